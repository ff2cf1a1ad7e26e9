// Where a page stands in what is written: what came after it is news to it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/request.h"
#include "platform/http/response.h"
#include "reporting/own_form.h"

namespace khuyenhoc {

struct NewsPosition {
  std::string epoch;                    // of the process: positions of another one mean nothing here
  std::uint64_t count = 0;
  std::string text() const;             // "K7QD2M4X-1.532"
  static std::optional<NewsPosition> parse(std::string_view text);
};
// To be asked before what is shown is read.
NewsPosition news_position(const House& house);

enum class NamesIn { shown, hidden };

// {"tu": …} when nothing was written for the body since ?tu=, else the figures of its form.
http::Response form_news(const House& house, const http::Request& request, Day today, BodyId body, NamesIn names, const std::function<Result<FigureForm>()>& make);

}  // namespace khuyenhoc
