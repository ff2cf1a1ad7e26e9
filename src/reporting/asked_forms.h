// What is asked of an association and of the branches that report through it in one period: the composed form (forms/forms.h), by the pins of the round that asks, else by the
// versions in force. The grid, the short forms, the links and the workbook ask exactly this.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "forms/forms.h"
#include "reporting/entry_columns.h"
#include "shell/house.h"

namespace khuyenhoc {

// What the branches of one kind are asked: figures and, seldom, words.
struct BranchForm {
  ShortForm asked;
  std::vector<NarrativeBlock> blocks;
  bool asks_nothing() const { return asked.parts.empty() && blocks.empty(); }
};

struct AskedForms {
  std::string code;                     // of the form: "bao_cao"; "yc17" of a request
  FormVersion::Kind kind = FormVersion::Kind::periodic;
  std::string name_vi, name_en;
  FormPins pins;                        // those that have a part in it; empty: the house's own form, nothing being stored
  ComposedForm own;                     // as the association sees it
  std::map<std::string, BranchForm, std::less<>> branches;   // by short form: "thon"
  EntryColumns columns;                 // of the grid: every figure that a branch is asked
  const ShortForm* branch(std::string_view short_form) const;   // nullptr: it asks no figure of such a branch
  // A figure the association may state: its own, or a total of what its branches are asked.
  bool may_be_stated(MeasureIndex measure) const { return own.asked.asks(measure) || columns.place(measure).has_value(); }
  std::span<const Check> checks() const { return own.checks; }
  const std::string& name(Language language) const { return language == Language::english ? name_en : name_vi; }
};

// A request asked once: its days are a period of its own (Periods, forms/request_window).
inline bool is_request(const NamedPeriod& period) { return period.window.empty(); }

// The round's report that asks the form of the period of this very body; none: no round does.
std::optional<AskedByRound> round_that_asks(db::Reader& reader, const House& house, BodyId body, const NamedPeriod& period);

// The forms of an association in a period; of one of its branches, when a round asks that one and not its association. Kept for as long as nothing changes.
// "form.unknown": no form of the period is for bodies of this system, or the request does not exist.
Result<std::shared_ptr<const AskedForms>> asked_forms(db::Reader& reader, const House& house, BodyId association, const NamedPeriod& period, BodyId branch = {});

// A request goes to whom a round asks. "entry.not_asked"
Result<void> check_asked(db::Reader& reader, const House& house, BodyId body, BodyId association, const NamedPeriod& period);

// A text of a form with what stands in braces said: {first} {last} {year} {period} {next}.
std::string said_of(const House& house, std::string text, const NamedPeriod& period);

}  // namespace khuyenhoc
