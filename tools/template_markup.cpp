#include "template_markup.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "cpp_strings.h"
#include "template_tokens.h"

namespace khuyenhoc::tools {
namespace {

constexpr std::array<std::string_view, 13> void_elements = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"};
constexpr std::array<std::string_view, 33> inline_elements = {"a", "abbr", "b", "bdi", "bdo", "button", "cite", "code", "data", "em", "i", "img", "input", "kbd", "label", "mark", "meter",
                                                              "output", "progress", "q", "s", "samp", "select", "small", "span", "strong", "sub", "sup", "svg", "textarea", "time", "u", "var"};
constexpr std::array<std::string_view, 19> link_attributes = {"href", "src", "action", "formaction", "poster", "cite", "data", "background", "manifest", "ping", "xlink:href",
                                                              "hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete", "hx-push-url", "hx-replace-url", "sse-connect"};
constexpr std::array<std::string_view, 3> json_attributes = {"hx-vals", "hx-headers", "hx-request"};
constexpr std::array<std::string_view, 11> spoken_attributes = {"title", "alt", "placeholder", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "label", "summary", "hx-confirm", "hx-prompt"};

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == ':' || c == '_' || c == '.' || c == '@'; }

std::string without_entities(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '&') {
      const std::size_t end = text.find(';', i);
      if (end != std::string_view::npos && end - i < 12 && text.substr(i + 1, end - i - 1).find_first_of(" &<") == std::string_view::npos) {
        i = end;
        continue;
      }
    }
    result += text[i];
  }
  return result;
}

// A value put behind this prefix stays a part of the path, query or fragment, never the scheme or the host.
bool fixes_the_origin(std::string_view prefix) {
  if (prefix.starts_with("#") || prefix.starts_with("?")) return true;
  if (prefix.starts_with("/")) return prefix.size() == 1 || (prefix[1] != '/' && prefix[1] != '\\');
  return prefix.starts_with("https://") && prefix.find('/', 8) != std::string_view::npos && prefix.find('/', 8) > 8;
}

bool is_safe_literal_link(std::string_view link) {
  if (link.empty() || fixes_the_origin(link)) return true;
  const std::size_t colon = link.find(':');
  if (colon == std::string_view::npos || link.find_first_of("/?#") < colon) return !link.starts_with("//") && !link.starts_with("\\");
  return link.starts_with("https://") || link.starts_with("tel:") || link.starts_with("mailto:");
}

}  // namespace

bool Place::matches(const Place& other) const {
  return state == other.state && open == other.open && (state == State::text || (tag == other.tag && (state == State::in_tag || (attribute == other.attribute && quote == other.quote))));
}

void Place::merge(const Place& branch_end) {
  if (state == State::value && (literal_value != branch_end.literal_value || value_has_expression != branch_end.value_has_expression)) {
    const bool fixed = (value_has_expression && branch_end.value_has_expression) || (fixes_the_origin(literal_value) && fixes_the_origin(branch_end.literal_value));
    mixed_value = mixed_value || !fixed;
  }
  mixed_value = mixed_value || branch_end.mixed_value;
  needs_space = needs_space || branch_end.needs_space;
  self_closing = self_closing || branch_end.self_closing;
  has_source = has_source && branch_end.has_source;
}

std::string Place::text() const {
  if (state == State::text) return open.empty() ? "outside every element" : "inside <" + open.back() + ">";
  if (state == State::value) return "inside " + attribute + "=\"…\" of <" + tag + ">";
  return "inside the tag <" + tag + ">";
}

void MarkupReader::fail(const std::string& message) const { throw TemplateError(line_, message); }

bool MarkupReader::keeps_white_space() const {
  return std::any_of(place.open.begin(), place.open.end(), [](const std::string& name) { return name == "pre" || name == "textarea"; });
}

Neighbour MarkupReader::first_mark(std::string_view markup) {
  const std::size_t start = markup.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return Neighbour::boundary;
  markup.remove_prefix(start);
  if (markup.front() != '<') return Neighbour::inline_text;
  markup.remove_prefix(1);
  if (!markup.empty() && markup.front() == '/') markup.remove_prefix(1);
  std::size_t length = 0;
  while (length < markup.size() && is_name(markup[length])) ++length;
  return is_one_of(markup.substr(0, length), inline_elements) ? Neighbour::inline_text : Neighbour::boundary;
}

std::string MarkupReader::read(std::string_view markup, int line, Neighbour right) {
  line_ = line;
  right_ = right;
  out_.clear();
  words_.clear();
  words_line_ = line;
  rest_ = markup;
  while (!rest_.empty()) {
    const char c = rest_.front();
    const bool in_value = place.state == Place::State::value;
    if (is_blank(c) && !in_value && !(place.state == Place::State::text && keeps_white_space())) {
      white_space();
      continue;
    }
    rest_.remove_prefix(1);
    if (place.state == Place::State::text) {
      text_character(c);
    } else {
      tag_character(c);
    }
    if (c == '\n') ++line_;
  }
  finish_text();
  if (place.state == Place::State::value) check_spoken_value();
  return out_;
}

void MarkupReader::white_space() {
  std::size_t length = 0;
  while (length < rest_.size() && is_blank(rest_[length])) {
    if (rest_[length] == '\n') ++line_;
    ++length;
  }
  rest_.remove_prefix(length);
  if (place.state == Place::State::text) {
    const Neighbour right = rest_.empty() ? right_ : first_mark(rest_);
    if (left == Neighbour::inline_text && right == Neighbour::inline_text) {
      out_ += ' ';
      if (!words_.empty()) words_ += ' ';
    }
    return;
  }
  if (place.state == Place::State::before_value) fail("no space between an attribute and its value: " + place.attribute + "=\"…\"");
  if (place.state == Place::State::tag_name || place.state == Place::State::attribute_name) {
    if (place.state == Place::State::attribute_name) check_attribute_name();
    place.state = Place::State::in_tag;
  }
  if (place.state == Place::State::declaration) out_ += ' ';
  place.needs_space = true;
}

void MarkupReader::settle(int line) {
  line_ = line;
  if (place.state != Place::State::tag_name && place.state != Place::State::attribute_name) return;
  if (place.state == Place::State::attribute_name) check_attribute_name();
  place.state = Place::State::in_tag;
  place.needs_space = true;
}

void MarkupReader::text_character(char c) {
  if (c != '<') {
    if (words_.empty()) words_line_ = line_;
    words_ += c;
    out_ += c;
    left = Neighbour::inline_text;
    return;
  }
  finish_text();
  const char next = rest_.empty() ? '\0' : rest_.front();
  place.tag.clear();
  place.needs_space = false;
  place.self_closing = false;
  place.has_source = false;
  if (next == '/') {
    rest_.remove_prefix(1);
    out_ += "</";
    place.state = Place::State::closing_name;
  } else if (next == '!') {
    out_ += '<';
    place.state = Place::State::declaration;
  } else if (std::isalpha(static_cast<unsigned char>(next)) != 0) {
    out_ += '<';
    place.state = Place::State::tag_name;
  } else {
    fail("write &lt; for a < that opens no element");
  }
}

void MarkupReader::tag_character(char c) {
  using State = Place::State;
  if (place.state == State::in_tag && is_name(c) && place.needs_space) out_ += ' ';
  out_ += c;
  if (place.state == State::value) {
    if (c == place.quote) {
      finish_value();
      place.state = State::in_tag;
      place.needs_space = true;
    } else {
      place.literal_value += c;
    }
  } else if (place.state == State::before_value) {
    if (c != '"' && c != '\'') fail("put the value of " + place.attribute + " into quotes");
    place.quote = c;
    place.literal_value.clear();
    place.value_has_expression = false;
    place.mixed_value = false;
    place.state = State::value;
  } else if (c == '>') {
    if (place.state == State::attribute_name) check_attribute_name();
    if (place.state == State::closing_name) {
      close_tag();
    } else if (place.state == State::declaration) {
      place.state = State::text;
    } else {
      open_tag();
    }
  } else if (place.state == State::declaration) {
    return;
  } else if (place.state == State::tag_name || place.state == State::closing_name) {
    if (c == '/' && place.state == State::tag_name) {
      place.self_closing = true;
    } else if (is_name(c)) {
      place.tag += c;
    } else {
      fail(std::string("unexpected ") + c + " in the name of <" + place.tag);
    }
  } else if (c == '=' && place.state == State::attribute_name) {
    check_attribute_name();
    place.state = State::before_value;
  } else if (c == '/') {
    place.self_closing = true;
  } else if (is_name(c)) {
    if (place.state == State::in_tag) place.attribute.clear();
    place.attribute += c;
    place.needs_space = false;
    place.state = State::attribute_name;
  } else {
    fail(std::string("unexpected ") + c + " in the tag <" + place.tag + ">");
  }
}

void MarkupReader::check_attribute_name() const {
  const std::string& name = place.attribute;
  if (name == "style") fail("style=\"…\" does not run under our content security policy: use a class");
  if (name.starts_with("on") || name.starts_with("hx-on")) fail(name + "=\"…\" does not run under our content security policy: listen from an island");
  if (name == "srcdoc") fail("srcdoc is not allowed: give the frame a page of its own");
}

void MarkupReader::check_spoken_value() const {
  const std::string& name = place.attribute;
  if (is_one_of(name, spoken_attributes) && has_letter(without_entities(place.literal_value))) fail("text in " + name + "=\"…\" is not marked for translation: write " + name + "=\"[[…]]\"");
}

void MarkupReader::finish_value() {
  check_spoken_value();
  const std::string& name = place.attribute;
  if (is_one_of(name, link_attributes)) {
    if (!place.value_has_expression && !is_safe_literal_link(place.literal_value)) fail("a link goes to a path of ours, https:, tel: or mailto:, not to " + place.literal_value);
    if (name == "src") place.has_source = true;
  }
  if (is_one_of(name, json_attributes) && (place.literal_value.starts_with("js:") || place.literal_value.starts_with("javascript:"))) fail(name + " may not hold a script");
  place.attribute.clear();
  place.literal_value.clear();
  place.value_has_expression = false;
}

void MarkupReader::open_tag() {
  const std::string name = place.tag;
  if (name == "style") fail("<style> does not run under our content security policy: put the rule into the style sheet");
  if (name == "script" && !place.has_source) fail("a script without src does not run under our content security policy; data for an island goes through {% json \"id\" expression %}");
  const bool in_drawing = std::any_of(place.open.begin(), place.open.end(), [](const std::string& element) { return element == "svg" || element == "math"; });
  if (place.self_closing && !is_one_of(name, void_elements) && !in_drawing) fail("<" + name + "/> does not close itself in HTML: write <" + name + "></" + name + ">");
  if (!place.self_closing && !is_one_of(name, void_elements)) place.open.push_back(name);
  left = is_one_of(name, inline_elements) ? Neighbour::inline_text : Neighbour::boundary;
  place.state = Place::State::text;
}

void MarkupReader::close_tag() {
  if (place.open.empty()) fail("</" + place.tag + "> closes nothing that was opened in this block");
  if (place.open.back() != place.tag) fail("</" + place.tag + "> stands where <" + place.open.back() + "> is still open");
  place.open.pop_back();
  left = is_one_of(place.tag, inline_elements) ? Neighbour::inline_text : Neighbour::boundary;
  place.state = Place::State::text;
}

void MarkupReader::finish_text() {
  if (!place.open.empty() && place.open.back() == "script" && !words_.empty()) throw TemplateError(words_line_, "no text may stand inside <script>");
  if (has_letter(without_entities(words_))) throw TemplateError(words_line_, "text is not marked for translation: write [[" + trimmed(words_) + "]]");
  words_.clear();
}

Slot MarkupReader::expression(int line) {
  line_ = line;
  if (place.state == Place::State::text) {
    if (!place.open.empty() && place.open.back() == "script") fail("no value may be written into <script>: use {% json \"id\" expression %}");
    left = Neighbour::inline_text;
    return Slot::text;
  }
  if (place.state == Place::State::before_value) fail("put the value of " + place.attribute + " into quotes");
  if (place.state != Place::State::value) fail("an expression may stand in text or in a quoted attribute value, not in the tag <" + place.tag + "> itself; for a lone attribute write {% if … %}name{% end %}");
  if (place.attribute == "srcset" || place.attribute == "sandbox" || place.attribute == "integrity" || place.attribute == "nonce") fail("no value may be written into " + place.attribute);
  if (is_one_of(place.attribute, json_attributes)) {
    if (!place.literal_value.empty() || place.value_has_expression) fail(place.attribute + " takes one expression of type JsonText and nothing beside it");
    place.value_has_expression = true;
    return Slot::json_attribute;
  }
  if (place.mixed_value && is_one_of(place.attribute, link_attributes)) fail("this link begins differently by branch: choose between whole links instead");
  const bool first = !place.value_has_expression;
  place.value_has_expression = true;
  if (!is_one_of(place.attribute, link_attributes)) return Slot::attribute;
  if (first && place.literal_value.empty()) return Slot::link_start;
  if (first && !fixes_the_origin(place.literal_value)) fail("a value in " + place.attribute + " stands behind a path (/…), ? or #, or is a Url by itself");
  return Slot::link_part;
}

Slot MarkupReader::message(int line) {
  line_ = line;
  if (place.state == Place::State::value && (is_one_of(place.attribute, link_attributes) || is_one_of(place.attribute, json_attributes))) fail("a translated text may not stand in " + place.attribute);
  return expression(line);
}

}  // namespace khuyenhoc::tools
