// Markdown as people write it in a report: paragraphs, lists, bold and italic, small tables, quotes. Read by md4c with raw HTML off, given as blocks of a paper or as HTML.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/document/document.h"
#include "platform/html/safe_html.h"

namespace khuyenhoc::markdown {

// How a text is stored: NFC, no control characters, blanks at the beginning of a line kept as they mean something, no blank lines around it.
std::string stored_form(std::string_view typed);

// What the text holds, one after the other; lists and quotes are told by each part's own depth.
struct Part {
  enum class Kind : std::uint8_t { paragraph, heading, bullet, numbered, table } kind = Kind::paragraph;
  document::Text text = {};              // of a table: none
  int depth = 0;                         // of an item: 1 for the outer list; of a paragraph: inside that item; 0: in no list
  int number = 0;                        // of a numbered item
  int quoted = 0;                        // how deep inside quotes; text taken over from another report
  std::vector<std::vector<document::Text>> rows = {};   // of a table: its head first; every row as long as the head
};
// Links keep their words only, pictures their description. A single new line is a new line. Anything is Markdown: there is nothing to refuse.
std::vector<Part> parts_of(std::string_view markdown);

// A piece of text in double braces stands for something else: called for each, with what is between them ("B01: cùng kỳ"). Runs that hold none stay as they are.
using Fill = std::function<document::Run(std::string_view inside)>;
void fill_braces(std::vector<Part>& parts, const Fill& fill);

// As administrative papers have it: "- " before items, "+ " before those inside them, "1. " before numbered ones; quoted text like any other.
std::vector<document::Block> to_blocks(const std::vector<Part>& parts);
std::vector<document::Block> to_blocks(std::string_view markdown);
// Paragraphs, lists, tables and quotes of HTML; everything in it escaped.
html::SafeHtml to_html(const std::vector<Part>& parts);
html::SafeHtml to_html(std::string_view markdown);

// The same for an editor: a run whose link is a text in braces is that text's place, <span data-token="{{B01}}">12.309</span>, and nothing else is a link.
html::SafeHtml to_editor_html(const std::vector<Part>& parts);

// What stands in the Markdown where each {{…}} is replaced by plain text, made safe so that it stays that text.
std::string with_braces_filled(std::string_view markdown, const std::function<std::string(std::string_view inside)>& fill);
std::string escaped(std::string_view plain);
// Every line behind "> ".
std::string quoted(std::string_view markdown);
// Its words only, for a short excerpt.
std::string plain(std::string_view markdown, std::size_t longest_letters);

}  // namespace khuyenhoc::markdown
