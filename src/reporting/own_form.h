// Forms of one column: the short form of a branch, the figures an association records itself, and its totals where it states them for all its branches.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reporting/entry_desk.h"
#include "reporting/entry_sheet.h"

namespace khuyenhoc {

struct FigureField {
  std::string name;                     // "B02", "D02-rieng": as the desk knows it
  MeasureIndex measure = 0;
  Extent extent = Extent::subtree;
  std::string label, help, unit;
  bool is_money = false;
  bool is_yes_no = false;               // one answer: 1 for yes, 0 for no; never a total of them
  bool is_level = false;                // `was` is the last closed level; of a flow it is the same period of the year before
  std::optional<std::int64_t> value;
  std::int64_t version = 0;
  std::int64_t at_ms = 0;
  UserId by;
  std::optional<std::int64_t> was;
  std::optional<std::int64_t> carried;  // what counts while it is blank: a reference figure of an earlier year
  std::optional<std::int64_t> target;
  std::vector<EntryRemark> remarks;
  std::string agreement;                // "Khớp: 118 thêm 5, giảm 3 thì còn 120."
  std::string reason;                   // given for a change of more than 30 %
  bool wants_reason = false;            // changed by more than 30 %: to be said before the figures are sent
  std::int64_t reason_version = 0;
  // The arithmetic of a level, for what is said while typing: start, then what is added and taken.
  std::optional<std::int64_t> check_start;
  std::string check_add, check_take;
};

struct FigureSection {
  std::string label;
  std::vector<FigureField> fields;
};

// A question that is answered in words.
struct FigureQuestion {
  std::string code, heading, guidance, text;
  bool required = false;
  std::int64_t version = 0;
  UserId by;
  std::int64_t at_ms = 0;
};

struct FigureForm {
  enum class Kind { branch, own, whole } kind = Kind::branch;
  BodyId body;
  BodyId association;                   // whose desk it is; of own and whole the body itself
  NamedPeriod period;
  std::string title;
  std::vector<FigureSection> sections;
  std::vector<FigureQuestion> questions;   // of a branch; an association writes its own in its report
  std::shared_ptr<const AskedForms> form;  // by what it asks
  std::size_t asked = 0, filled = 0;       // figures
  std::size_t answered() const;            // questions
  std::int64_t saved_ms = 0;
  std::string news;                     // where it stands in what is written (pages/news.h)
  const FigureField* field(std::string_view name) const;
  const FigureQuestion* question(std::string_view code) const;
  // The first large change without its reason; none when all are explained.
  const FigureField* unexplained() const;
};

struct EntryProgress {
  std::size_t filled = 0, asked = 0;
};

// The association a branch reports through: the nearest body above that is no branch.
std::optional<BodyId> association_of(const Organisation& organisation, BodyId body, Day day);

// "entry.no_form": nothing is asked of this kind of body; "entry.not_alive"; "entry.not_asked": a request that goes to others.
// Of a branch, from the sheet of its association: never inside a read() of the store (known_sheets.h).
Result<FigureForm> branch_form(const House& house, BodyId body, const NamedPeriod& period, Day today);
Result<FigureForm> own_form(const House& house, db::Reader& reader, BodyId body, const NamedPeriod& period, Day today);
Result<FigureForm> whole_form(const House& house, db::Reader& reader, BodyId body, const NamedPeriod& period, Day today);
EntryProgress own_form_progress(const House& house, db::Reader& reader, BodyId body, const NamedPeriod& period);

}  // namespace khuyenhoc
