// What a form of one column shows: a branch's short form on a phone, an association's own figures, its totals.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/number.h"
#include "reporting/own_form.h"
#include "reporting/pages/grid_page.h"

namespace khuyenhoc {

struct FormPage {
  FigureForm form;
  std::string name, association_name;   // "Chi hội Thôn 8", "Hội Khuyến học xã Ea Kar"
  std::string intro, due_level, due, saved, store_key, filled;
  std::string unit_word;
  std::string sent;                     // "Ông Phạm Văn Lượng đã gửi lúc …"; empty when not sent
  std::string locked;                   // why nothing can be written; empty when it can
  std::string until;                    // "Gửi rồi vẫn sửa được đến hết 05/6/2026."
  std::optional<Url> record_link;       // of its report in the round, where what was sent is taken back
  std::string help_name;
  std::optional<Url> help_call;
  std::int64_t user = 0;                // whose page it is; of a link none
  std::string news;                     // where the page stands in what is written
  Url news_link = Url("/"), session_link = Url("/"), zeros_link = Url("/");
  std::size_t blanks = 0;               // that zeros could be written into
  std::optional<Url> words_link;        // where an association writes what its form asks in words
  std::optional<UndoOffer> undo;
  bool sends = false;                   // the button sends to the commune; else it writes
  Url save_link = Url("/"), post_link = Url("/"), back_link = Url("/"), mode_link = Url("/");
  std::string back_words, other_mode_label;
  std::vector<CorrectionLine> asked;
  Typed typed;                          // by field name
  std::vector<std::pair<std::string, std::string>> errors;
  std::string text_of(const FigureField& field) const;
  std::string error_of(const FigureField& field) const;
  std::string reason_of(const FigureField& field) const;
  std::string answer_of(const FigureQuestion& question) const;
  std::string answer_error_of(const FigureQuestion& question) const;
  std::string reason_error_of(const FigureField& field) const;
};

// Numbers the fields of a page through its sections.
class FieldCounter {
 public:
  std::size_t next() const { return ++last_; }

 private:
  mutable std::size_t last_ = 0;    // a template holds its values as constants
};

// What the page was made from, for a form sent without script: "3:120".
std::string original_words(const FigureField& field);

}  // namespace khuyenhoc
