// How values come into a page: one overload per type, called by compiled templates. A type without an overload does not compile;
// give your own type one with `void append_value(html::SafeHtml& out, const Yours& value)` beside it.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/day.h"
#include "base/i18n.h"
#include "base/id.h"
#include "base/money.h"
#include "platform/html/json_text.h"
#include "platform/html/safe_html.h"
#include "platform/html/url.h"

namespace khuyenhoc::html {

inline void append_value(SafeHtml& out, std::string_view text) { out.append(text); }
inline void append_value(SafeHtml& out, const std::string& text) { out.append(std::string_view(text)); }
inline void append_value(SafeHtml& out, const char* text) { out.append(std::string_view(text)); }
inline void append_value(SafeHtml& out, const SafeHtml& html) { out.append(html); }
inline void append_value(SafeHtml& out, const Url& url) { out.append(std::string_view(url.text())); }
inline void append_value(SafeHtml& out, Day day) { out.append(std::string_view(day.text())); }
inline void append_value(SafeHtml& out, Money money) { out.append(std::string_view(money.text())); }
inline void append_value(SafeHtml& out, const Uuid& uuid) { out.append(std::string_view(uuid.text())); }
void append_value(SafeHtml& out, std::int64_t plain);    // "1234567"; for reading write {{ number(n) }}
template <std::integral T>
void append_value(SafeHtml& out, T plain) { append_value(out, static_cast<std::int64_t>(plain)); }
template <class Tag>
void append_value(SafeHtml& out, Id<Tag> id) { append_value(out, id.value); }
void append_value(SafeHtml& out, bool) = delete;         // say in words what it means
void append_value(SafeHtml& out, char) = delete;
void append_value(SafeHtml& out, double) = delete;       // format it first: figures are whole numbers and percent_text

// A whole link: only a Url will do.
inline void append_link(SafeHtml& out, const Url& url) { out.append(std::string_view(url.text())); }
template <class T>
  requires(!std::same_as<T, Url>)
void append_link(SafeHtml& out, const T& not_a_link) = delete;   // make it a Url: path("/don-vi/{}", id)

// A value behind the fixed beginning of a link: percent-encoded, so it stays one segment or one query value.
inline void append_link_part(SafeHtml& out, std::string_view text) { out.append(std::string_view(percent_encoded(text))); }
inline void append_link_part(SafeHtml& out, Day day) { out.append(std::string_view(day.iso())); }
inline void append_link_part(SafeHtml& out, const Period& period) { append_link_part(out, std::string_view(period.iso())); }
inline void append_link_part(SafeHtml& out, const Uuid& uuid) { out.append(std::string_view(uuid.text())); }
template <std::integral T>
void append_link_part(SafeHtml& out, T value) { append_value(out, static_cast<std::int64_t>(value)); }
template <class Tag>
void append_link_part(SafeHtml& out, Id<Tag> id) { append_value(out, id.value); }
void append_link_part(SafeHtml& out, bool) = delete;
void append_link_part(SafeHtml& out, const Url& url) = delete;
void append_link_part(SafeHtml& out, const SafeHtml& html) = delete;

inline void append_json_attribute(SafeHtml& out, const JsonText& json) { out.append(std::string_view(json.text())); }
void append_json(SafeHtml& out, const JsonText& json);   // into a data block: < as \u003c, so no tag can end it
inline void append_json(SafeHtml& out, const boost::json::value& value) { append_json(out, JsonText(value)); }
inline void append_json(SafeHtml& out, const boost::json::object& object) { append_json(out, JsonText(object)); }
inline void append_json(SafeHtml& out, const boost::json::array& array) { append_json(out, JsonText(array)); }

// The translation of a marked message, its {} or {0} {1} filled with values, each appended by its own rule.
// `next_hole` appends the text up to the next hole, puts the hole's number into `hole` (untouched at the end) and gives the rest.
std::string_view next_hole(SafeHtml& out, std::string_view message, std::size_t& hole, std::size_t& next);

template <class... Values>
void append_message(SafeHtml& out, const char* vietnamese, const Values&... values) {
  std::string_view rest = translated(vietnamese, count_in(values...));
  std::size_t next = 0;
  while (!rest.empty()) {
    std::size_t hole = sizeof...(Values);
    rest = next_hole(out, rest, hole, next);
    std::size_t i = 0;
    [[maybe_unused]] const auto fill = [&](const auto& value) {
      if (i++ == hole) append_value(out, value);
    };
    (fill(values), ...);
  }
}

// Whole numbers for reading, by the page's language: "1.234.567" in Vietnamese, "1,234,567" in English.
std::string number(std::int64_t value);

}  // namespace khuyenhoc::html

namespace khuyenhoc {
using html::number;
using html::path;
}
