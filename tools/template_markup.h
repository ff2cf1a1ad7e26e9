// Follows the HTML of a template character by character, so that every expression is known to stand in text, in a quoted
// attribute, in a link, or where no value may ever stand. Also checks that elements close and drops needless white space.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace khuyenhoc::tools {

// What an expression is written into; each has its own escaping.
enum class Slot { text, attribute, link_start, link_part, json_attribute };

// What stands on the other side of a run of white space.
enum class Neighbour { boundary, inline_text };

// Where in the HTML we stand. Two branches of an {% if %} must end in matching places.
struct Place {
  enum class State { text, tag_name, closing_name, declaration, in_tag, attribute_name, before_value, value };
  State state = State::text;
  char quote = '"';
  bool self_closing = false;
  bool needs_space = false;            // before the next attribute
  bool has_source = false;             // a <script src="…">
  std::string tag = {};
  std::string attribute = {};
  std::string literal_value = {};      // the attribute's value as far as it is literal
  bool value_has_expression = false;
  std::vector<std::string> open = {};  // elements not closed yet

  bool mixed_value = false;            // its beginning differs by branch, so nothing may be judged by it

  bool matches(const Place& other) const;   // equal but for what an attribute's value holds so far
  void merge(const Place& branch_end);      // of two matching ends of branches: what is sure after either
  std::string text() const;                 // for error messages
};

class MarkupReader {
 public:
  // Reads literal markup that begins on `line` and gives it back with white space condensed. `right` says what follows the end of it.
  std::string read(std::string_view markup, int line, Neighbour right);
  // A statement stands here: an attribute's name cannot go on behind it.
  void settle(int line);
  Slot expression(int line);           // an expression stands here; throws TemplateError where none may
  Slot message(int line);              // a translated text stands here

  // Of a literal that is yet to be read: what its first mark that is not white space is.
  static Neighbour first_mark(std::string_view markup);

  Place place;
  Neighbour left = Neighbour::boundary;

 private:
  void text_character(char c);
  void tag_character(char c);
  void white_space();
  void open_tag();
  void close_tag();
  void check_attribute_name() const;
  void check_spoken_value() const;
  void finish_value();
  void finish_text();
  bool keeps_white_space() const;
  [[noreturn]] void fail(const std::string& message) const;

  std::string_view rest_;              // of the literal being read
  Neighbour right_ = Neighbour::boundary;
  std::string out_;
  std::string words_;                  // literal text since the last tag
  int words_line_ = 1;
  int line_ = 1;
};

}  // namespace khuyenhoc::tools
