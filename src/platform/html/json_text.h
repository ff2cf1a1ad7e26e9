// JsonText: JSON that is known to be well formed, for data blocks of islands and for htmx values.
#pragma once

#include <string>

#include <boost/json/fwd.hpp>

namespace khuyenhoc::html {

class JsonText {
 public:
  explicit JsonText(const boost::json::value& value);
  explicit JsonText(const boost::json::object& object);
  explicit JsonText(const boost::json::array& array);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace khuyenhoc::html

namespace khuyenhoc {
using html::JsonText;
}
