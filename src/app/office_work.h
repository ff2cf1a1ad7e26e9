// Changes asked for by the command line: done by the running server, whose lock on the store they would meet, or by the command itself where none runs.
#pragma once

#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "app/command.h"

namespace khuyenhoc {

// What to do: "user.add" with its particulars. The answer is what the command says afterwards.
using OfficeWork = Result<boost::json::object> (*)(House& house, const boost::json::object& request);

Result<boost::json::object> add_user(House& house, const boost::json::object& request);
Result<boost::json::object> reset_user(House& house, const boost::json::object& request);
Result<boost::json::object> import_territory(House& house, const boost::json::object& request);
Result<boost::json::object> import_figures(House& house, const boost::json::object& request);
Result<boost::json::object> import_body_list(House& house, const boost::json::object& request);

// The server's side: one line in, one line out. {"work","request"} -> {"done":{…}} or {"refused":{"code","message","place"}}.
std::string answer_office_work(House& house, std::string_view line);

// The command's side. "data.none" where there is no installation; "store.locked" when another command is writing.
Result<boost::json::object> have_done(const CommandPlace& where, std::string_view work, const boost::json::object& request);

// A text of the request, empty when it is not there.
std::string text_in(const boost::json::object& request, std::string_view key);

}  // namespace khuyenhoc
