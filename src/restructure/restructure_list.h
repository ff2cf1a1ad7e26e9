// The Excel list of a restructure (the villages of a province, a reform): rows old -> new, matched with and without accents, that fill a draft.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "importing/importing.h"
#include "restructure/list_places.h"
#include "restructure/proposals.h"

namespace khuyenhoc {

std::unique_ptr<ImportKind> restructure_import(House& house);

// What a list comes to: acts numbered from 1 among themselves, and for each row the act that it belongs to.
class ListReading {
 public:
  enum Column : std::size_t { old_name, old_place, form, new_name, new_place, remark };

  ListReading(const ImportContext& context, const ImportRows& rows, Day day, const std::vector<RestructureDraft>& drafts);

  std::vector<DraftAct> acts;
  std::vector<std::size_t> act_of_row;                     // place in acts; none: of a row that does nothing
  std::vector<ImportJudgement> judged;
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

 private:
  enum class Form { unknown, merge, join, split, dissolve, rename, transfer, open, same };
  struct Row {
    BodyId old_body, place;                                // place: where the new one hangs, as named
    std::string new_name;
    Form form = Form::unknown;
    bool good = true;
  };
  void index();
  void match(std::size_t row);
  // `said`: what a name was taken for that says another kind of unit than the one found.
  std::vector<BodyId> found(const std::string& typed, const std::string& place, std::string* said = nullptr) const;
  std::vector<BodyId> named(const std::string& typed, std::string* said) const;
  std::vector<BodyId> at_place_of_another_kind(const std::vector<BodyId>& among, const std::string& place, std::string* said) const;
  std::string where(BodyId body) const;
  std::string called(BodyId body) const;                   // told apart from its siblings
  bool lay_in(BodyId body, const std::string& place) const;            // in a commune that is gone
  void refuse_row(std::size_t row, int column, std::string code, std::string message);
  std::string key(std::size_t row) const;                  // of the new body
  void infer();
  void leave_out_known(const std::vector<RestructureDraft>& drafts);
  void judge_groups();
  void build();
  void build_merger(const std::string& key, const std::vector<std::size_t>& rows);
  void build_split(BodyId old_body, const std::vector<std::size_t>& rows);
  void build_single(std::size_t row);
  DraftBody new_body(std::size_t row, BodyId like) const;
  BodyId existing(std::size_t row, const std::vector<BodyId>& olds) const;
  void effect(std::size_t row, std::string text);

  const ImportContext& context_;
  const ImportRows& rows_;
  Day day_;
  std::shared_ptr<const Organisation> organisation_;
  Proposals proposals_;
  ListPlaces places_;
  std::multimap<std::string, BodyId> by_name_;             // folded: full names, short ones
  std::map<BodyId, std::string> told_apart_;               // of those called like a sibling
  std::vector<Row> read_;
  std::map<std::string, std::vector<std::size_t>> by_new_;
  std::map<BodyId, std::vector<std::size_t>> by_old_;
  std::map<std::string, DraftRef> opened_;                 // by key of the new body: what opens it, or the one that goes on
};

}  // namespace khuyenhoc
