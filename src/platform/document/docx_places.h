// The named places of one part of a DOCX: found across the runs that Word split them into, and written over. Used by docx_template.cpp only.
#pragma once

#include <string>
#include <vector>

#include <pugixml.hpp>

namespace khuyenhoc::document {

// Preorder over everything under a node, without recursion: a file from outside may be nested as deep as it likes. `skip`: do not go into this one.
pugi::xml_node next_node(pugi::xml_node at, pugi::xml_node root, bool skip = false);
std::vector<pugi::xml_node> paragraphs_of(pugi::xml_node root);
pugi::xml_node ancestor_named(pugi::xml_node node, std::string_view name);      // none: an empty node

// The text of a paragraph with the runs it is spread over; text boxes inside it are paragraphs of their own.
class ParagraphText {
 public:
  // Mail-merge fields become written marks first.
  explicit ParagraphText(pugi::xml_node paragraph);

  struct Found {
    std::size_t from = 0, to = 0;        // bytes of text()
    std::string name;                    // between the marks
  };
  const std::string& text() const { return text_; }
  std::vector<Found> places() const;
  // An opening mark that no closing one follows: the words behind it.
  std::string unclosed() const;
  // Writes over, from the last place to the first; a line break becomes one of Word.
  void replace(const Found& place, const std::string& value);
  void write();                          // puts the changed pieces back
  pugi::xml_node run_of(const Found& place) const;

 private:
  struct Piece {
    pugi::xml_node text;                 // w:t; none: a tab, a break or something else that no name spans
    std::string value;
    std::size_t from = 0;
    bool changed = false;
  };
  void join();
  std::vector<Piece> pieces_;
  std::string text_;
};

// What a field of Word asks for: "MERGEFIELD", "PAGE", "INCLUDETEXT". Of all fields of a part, in capitals.
std::vector<std::string> field_words(pugi::xml_node root);

}  // namespace khuyenhoc::document
