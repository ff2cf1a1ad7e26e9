#include "template_generator.h"

#include <algorithm>
#include <cctype>
#include <memory>

#include "cpp_strings.h"
#include "template_code.h"
#include "template_markup.h"

namespace khuyenhoc::tools {
namespace {

// An open {% if %}, {% for %}, {% block %}, {% wrap %} or {% partial %}.
struct Frame {
  enum class Kind { condition, loop, block, wrap, partial };
  Kind kind = Kind::condition;
  int line = 1;
  std::string text = {};                    // the wrap's call, the block's name, the loop's flag
  Place entry = {};                         // where the HTML stood before it
  Neighbour entry_left = Neighbour::boundary;
  std::vector<Place> ends = {};             // of the branches that are done
  Neighbour left_of_ends = Neighbour::boundary;
  bool has_else = false;
};

class Generator {
 public:
  Generator(std::string_view path, std::string_view text) : path_(path), tokens_(split_template(text)) {
    main_.name = template_name(path);
  }

  CompiledTemplate run() {
    current_ = &main_;
    for (next_ = 0; next_ < tokens_.size(); ++next_) token(tokens_[next_]);
    if (!frames_.empty()) throw TemplateError(frames_.back().line, "this statement is never closed with {% end %}");
    expect_whole_html(tokens_.empty() ? 1 : tokens_.back().line, "at the end of the template");
    flush();
    const bool only_partials = main_.body.empty() && main_.parameters.empty() && !partials_.empty();
    std::vector<const TemplateFunction*> functions;
    if (!only_partials) functions.push_back(&main_);
    for (const auto& partial : partials_) functions.push_back(partial.get());
    return {written_header(path_, includes_, functions), written_source(path_, functions), std::move(messages_)};
  }

 private:
  std::string out() const { return "out_" + std::to_string(depth_); }
  void code(const std::string& line) { current_->body += line + "\n"; }
  void code_at(int line, const std::string& text) {
    flush();
    code("#line " + std::to_string(line) + " " + quoted("src/" + std::string(path_)));
    code(text);
  }
  void literal(std::string_view markup) { pending_ += markup; }
  void flush() {
    if (pending_.empty()) return;
    code("  " + out() + ".template_markup(" + quoted(pending_) + ");");
    pending_.clear();
  }

  void token(const Token& t) {
    switch (t.kind) {
      case Token::Kind::markup: literal(markup_.read(t.text, t.line, right_neighbour())); break;
      case Token::Kind::expression: expression(t); break;
      case Token::Kind::message: message(t); break;
      case Token::Kind::statement: statement(t); break;
    }
  }

  // What follows the literal at next_, statements being transparent.
  Neighbour right_neighbour() const {
    for (std::size_t i = next_ + 1; i < tokens_.size(); ++i) {
      const Token& t = tokens_[i];
      if (t.kind == Token::Kind::expression || t.kind == Token::Kind::message) return Neighbour::inline_text;
      // the next round of a loop may begin with text
      if (t.kind == Token::Kind::statement && t.text == "end" && i == next_ + 1 && !frames_.empty() && frames_.back().kind == Frame::Kind::loop) return Neighbour::inline_text;
      if (t.kind == Token::Kind::markup && trimmed(t.text) != "") return MarkupReader::first_mark(t.text);
    }
    return Neighbour::boundary;
  }

  void check_strings(const std::string& text, int line) {
    for (const CppString& found : find_strings(text, line)) {
      if (found.marked) {
        messages_.push_back({found.text, found.line});
      } else if (has_accented_letter(found.text)) {
        throw TemplateError(found.line, "text in an expression is not marked for translation: write tr(" + quoted(found.text) + ")");
      }
    }
  }

  void expression(const Token& t) {
    check_strings(t.text, t.line);
    static constexpr std::string_view functions[] = {"append_value", "append_value", "append_link", "append_link_part", "append_json_attribute"};
    const Slot slot = markup_.expression(t.line);
    code_at(t.line, "  " + std::string(functions[static_cast<std::size_t>(slot)]) + "(" + out() + ", (" + t.text + "));");
  }

  void message(const Token& t) {
    markup_.message(t.line);
    messages_.push_back({t.text, t.line});
    std::string arguments;
    for (const Expression& argument : t.arguments) {
      check_strings(argument.code, argument.line);
      arguments += ", (" + argument.code + ")";
    }
    code_at(t.line, "  append_message(" + out() + ", " + quoted(t.text) + arguments + ");");
  }

  void statement(const Token& t) {
    markup_.settle(t.line);
    const std::size_t space = t.text.find_first_of(" \t\n");
    const std::string word = t.text.substr(0, space);
    const std::string rest = space == std::string::npos ? "" : trimmed(t.text.substr(space));
    check_strings(rest, t.line);
    const auto need = [&](std::string_view what) {
      if (rest.empty()) throw TemplateError(t.line, "{% " + word + " %} needs " + std::string(what));
    };
    if (word == "include") {
      need("the header's path in quotes");
      if ((rest.front() != '"' || rest.back() != '"') && (rest.front() != '<' || rest.back() != '>')) throw TemplateError(t.line, "write {% include \"folder/header.h\" %}");
      includes_.push_back(rest);
    } else if (word == "param") {
      need("a type and a name");
      if (!frames_.empty() || !main_.body.empty() || !pending_.empty()) throw TemplateError(t.line, "parameters stand at the top of the file, before any markup");
      main_.parameters.push_back(rest);
    } else if (word == "partial") {
      need("a name and parameters: row(const Row& row)");
      open_partial(t.line, rest);
    } else if (word == "if") {
      need("a condition");
      open({Frame::Kind::condition, t.line});
      code_at(t.line, "  if (" + rest + ") {");
    } else if (word == "elif" || word == "else") {
      if (word == "elif") need("a condition");
      alternative(t.line, word == "elif", rest);
    } else if (word == "for") {
      need("a name and a range: row in page.rows");
      open_loop(t.line, rest);
    } else if (word == "let") {
      open_let(t.line, rest);
    } else if (word == "block") {
      need("a name");
      open_inner(Frame::Kind::block, t.line, rest);
    } else if (word == "wrap") {
      need("the template to wrap the content into: layout(page.title)");
      call_parts(rest, t.line);
      open_inner(Frame::Kind::wrap, t.line, rest);
    } else if (word == "call") {
      need("a template with its arguments");
      expect_text(t.line, "{% call %}");
      const CallParts call = call_parts(rest, t.line);
      code_at(t.line, "  " + call.function + "(" + out() + (call.arguments.empty() ? "" : ", ") + call.arguments + ");");
      markup_.left = Neighbour::inline_text;
    } else if (word == "json") {
      json_block(t.line, rest);
    } else if (word == "end") {
      close(t.line);
    } else {
      throw TemplateError(t.line, "unknown statement {% " + word + " %}: there are include, param, partial, if, elif, else, for, let, block, wrap, call, json and end");
    }
  }

  void expect_text(int line, const std::string& what) const {
    if (markup_.place.state != Place::State::text) throw TemplateError(line, what + " may not stand " + markup_.place.text());
  }
  void expect_whole_html(int line, const std::string& where) const {
    if (markup_.place.state != Place::State::text) throw TemplateError(line, where + " the HTML stands " + markup_.place.text());
    if (!markup_.place.open.empty()) throw TemplateError(line, where + " <" + markup_.place.open.back() + "> is still open");
  }

  void open(Frame frame) {
    frame.entry = markup_.place;
    frame.entry_left = markup_.left;
    frames_.push_back(std::move(frame));
  }

  void alternative(int line, bool has_condition, const std::string& condition) {
    if (frames_.empty()) throw TemplateError(line, "{% else %} without {% if %} or {% for %}");
    Frame& frame = frames_.back();
    const bool fits = frame.kind == Frame::Kind::condition || (frame.kind == Frame::Kind::loop && !has_condition);
    if (!fits || frame.has_else) throw TemplateError(line, "this {% else %} belongs to no open {% if %} or {% for %}");
    end_branch(frame, line);
    if (frame.kind == Frame::Kind::loop) {
      check_loop_end(frame, line);
      frame.has_else = true;
      code_at(line, "  }\n  if (!" + frame.text + ") {");
    } else {
      frame.has_else = !has_condition;
      code_at(line, has_condition ? "  } else if (" + condition + ") {" : "  } else {");
    }
    markup_.place = frame.entry;
    markup_.left = frame.entry_left;
  }

  void end_branch(Frame& frame, int line) {
    flush();
    if (!frame.ends.empty() && !frame.ends.front().matches(markup_.place)) throw TemplateError(line, "one branch ends " + frame.ends.front().text() + ", the other " + markup_.place.text());
    if (markup_.left == Neighbour::inline_text) frame.left_of_ends = Neighbour::inline_text;
    frame.ends.push_back(markup_.place);
  }

  void check_loop_end(const Frame& frame, int line) const {
    if (!frame.entry.matches(frame.ends.front())) throw TemplateError(line, "the loop begins " + frame.entry.text() + " and ends " + frame.ends.front().text());
  }

  void open_loop(int line, const std::string& text) {
    const std::size_t in = text.find(" in ");
    if (in == std::string::npos) throw TemplateError(line, "write {% for row in page.rows %}");
    const std::string name = trimmed(text.substr(0, in));
    const bool is_binding = name.size() > 2 && name.front() == '[' && name.back() == ']';
    if (!is_identifier(name) && !is_binding) throw TemplateError(line, name + " is not a name for the loop's item; write row, or [key, value]");
    flush();
    const std::string any = "any_" + std::to_string(++loops_);
    open({Frame::Kind::loop, line, any});
    code("  [[maybe_unused]] bool " + any + " = false;");
    code_at(line, "  for ([[maybe_unused]] const auto& " + name + " : " + trimmed(text.substr(in + 4)) + ") {\n  " + any + " = true;");
  }

  void open_let(int line, const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || !is_identifier(trimmed(text.substr(0, equals)))) throw TemplateError(line, "write {% let name = expression %}");
    code_at(line, "  [[maybe_unused]] const auto& " + trimmed(text.substr(0, equals)) + " = " + trimmed(text.substr(equals + 1)) + ";");
  }

  // What is written until {% end %} goes into a SafeHtml of its own.
  void open_inner(Frame::Kind kind, int line, const std::string& text) {
    expect_text(line, kind == Frame::Kind::block ? "{% block %}" : "{% wrap %}");
    if (kind == Frame::Kind::block && !is_identifier(text)) throw TemplateError(line, "write {% block name %}");
    flush();
    open({kind, line, text});
    markup_.place = Place{};
    markup_.left = Neighbour::boundary;
    if (kind == Frame::Kind::block) code_at(line, "  ::khuyenhoc::html::SafeHtml " + text + ";");
    ++depth_;
    code("  {");
    code(kind == Frame::Kind::block ? "  auto& " + out() + " = " + text + ";" : "  ::khuyenhoc::html::SafeHtml " + out() + ";");
  }

  void open_partial(int line, const std::string& text) {
    if (!frames_.empty()) throw TemplateError(line, "a partial stands at the top level of the file");
    expect_whole_html(line, "before the partial");
    const std::size_t bracket = text.find('(');
    if (bracket == std::string::npos || text.back() != ')' || !is_identifier(trimmed(text.substr(0, bracket)))) throw TemplateError(line, "write {% partial row(const Row& row) %}");
    flush();
    open({Frame::Kind::partial, line});
    partials_.push_back(std::make_unique<TemplateFunction>(TemplateFunction{trimmed(text.substr(0, bracket)), split_parameters(text.substr(bracket + 1, text.size() - bracket - 2)), "", line}));
    current_ = partials_.back().get();
    markup_.left = Neighbour::boundary;
  }

  void json_block(int line, const std::string& rest) {
    expect_text(line, "{% json %}");
    const std::size_t end = rest.empty() || rest.front() != '"' ? std::string::npos : rest.find('"', 1);
    if (end == std::string::npos || trimmed(rest.substr(end + 1)).empty()) throw TemplateError(line, "write {% json \"id\" expression %}");
    const std::string id = rest.substr(1, end - 1);
    const bool plain = !id.empty() && std::all_of(id.begin(), id.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_'; });
    if (!plain) throw TemplateError(line, "the id of a {% json %} block is made of letters, digits and -");
    literal("<script type=\"application/json\" id=\"" + id + "\">");
    code_at(line, "  append_json(" + out() + ", (" + trimmed(rest.substr(end + 1)) + "));");
    literal("</script>");
    markup_.left = Neighbour::boundary;
  }

  void close(int line) {
    if (frames_.empty()) throw TemplateError(line, "{% end %} closes nothing");
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    switch (frame.kind) {
      case Frame::Kind::condition:
        end_branch(frame, line);
        code("  }");
        if (!frame.has_else) {
          if (!frame.entry.matches(frame.ends.front())) throw TemplateError(line, "the condition begins " + frame.entry.text() + " and ends " + frame.ends.front().text());
          frame.ends.push_back(frame.entry);
          if (frame.entry_left == Neighbour::inline_text) frame.left_of_ends = Neighbour::inline_text;
        }
        merge_ends(frame);
        break;
      case Frame::Kind::loop:
        end_branch(frame, line);
        check_loop_end(frame, line);
        code("  }");
        frame.ends.push_back(frame.entry);
        if (frame.entry_left == Neighbour::inline_text) frame.left_of_ends = Neighbour::inline_text;
        merge_ends(frame);
        break;
      case Frame::Kind::block:
      case Frame::Kind::wrap: close_inner(frame, line); break;
      case Frame::Kind::partial:
        expect_whole_html(line, "at the end of the partial");
        flush();
        current_ = &main_;
        markup_.left = frame.entry_left;
        break;
    }
  }

  void merge_ends(const Frame& frame) {
    markup_.place = frame.ends.front();
    for (const Place& end : frame.ends) markup_.place.merge(end);
    markup_.left = frame.left_of_ends;
  }

  void close_inner(const Frame& frame, int line) {
    expect_whole_html(line, frame.kind == Frame::Kind::block ? "at the end of the block" : "at the end of the wrapped content");
    flush();
    const std::string inner = out();
    --depth_;
    if (frame.kind == Frame::Kind::wrap) {
      const CallParts call = call_parts(frame.text, frame.line);
      code_at(frame.line, "  " + call.function + "(" + out() + ", " + call.arguments + (call.arguments.empty() ? "" : ", ") + inner + ");");
    }
    code("  }");
    markup_.place = frame.entry;
    markup_.left = frame.entry_left;
  }

  std::string_view path_;
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  TemplateFunction main_;
  std::vector<std::unique_ptr<TemplateFunction>> partials_;
  TemplateFunction* current_ = nullptr;
  std::vector<std::string> includes_;
  std::vector<MarkedMessage> messages_;
  MarkupReader markup_;
  std::vector<Frame> frames_;
  std::string pending_;
  int depth_ = 0;
  int loops_ = 0;
};

}  // namespace

CompiledTemplate compile_template(std::string_view path, std::string_view text) { return Generator(path, text).run(); }

}  // namespace khuyenhoc::tools
