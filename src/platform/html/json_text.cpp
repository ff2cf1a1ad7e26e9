#include "platform/html/json_text.h"

#include <boost/json.hpp>

namespace khuyenhoc::html {

JsonText::JsonText(const boost::json::value& value) : text_(boost::json::serialize(value)) {}
JsonText::JsonText(const boost::json::object& object) : text_(boost::json::serialize(object)) {}
JsonText::JsonText(const boost::json::array& array) : text_(boost::json::serialize(array)) {}

}  // namespace khuyenhoc::html
