// A restructure being prepared: what was chosen and typed so far, kept between visits, and the plan it comes to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "restructure/restructure.h"
#include "shell/typed.h"

namespace khuyenhoc {

using DraftId = Id<struct RestructureDraftTag>;

// A body that exists, or one that an act of the same draft opens.
struct DraftRef {
  BodyId body;
  std::int64_t act = 0;                 // number of the act that opens it; 0: `body` exists already
  std::size_t part = 0;                 // which of those it opens, from 0
  explicit operator bool() const { return act != 0 || bool(body); }
  auto operator<=>(const DraftRef&) const = default;
  std::string text() const;             // "123", "moi-2-0": as forms carry it
  static std::optional<DraftRef> parse(std::string_view text);
};

struct DraftBody {                      // to be opened, as typed
  std::string kind, name, short_name;
  DraftRef superior;
  UnitId area;
};

struct DraftAct {
  std::int64_t number = 0;              // its own within the draft, whatever else comes and goes
  BodyAct::Kind kind = BodyAct::Kind::merge;
  std::vector<BodyId> bodies;
  std::vector<DraftBody> opened;
  std::vector<DraftRef> successors;     // merge: the one that goes on; split: those that take a part; dissolve: who takes the stocks
  std::vector<std::pair<BodyId, DraftRef>> branches;
  DraftRef superior;                    // transfer
  UnitId area;                          // transfer
  std::string name, short_name;         // rename
  std::int64_t list = 0;                // the import of a list that brought it; 0: entered by hand
  bool operator==(const DraftAct&) const;
};

struct DraftPost {                      // what becomes of a post that ends
  std::int64_t holding = 0;
  DraftRef body;                        // none: it ends
  std::string post;                     // code
};

struct RestructureDraft {
  enum class State : std::int64_t { open = 1, applied = 2, dropped = 3 };
  DraftId id;
  BodyId unit;                          // for which it is prepared: whoever may restructure there goes on with it
  UserId by;
  State state = State::open;
  BodyRestructureId restructure;        // once it was carried out
  std::int64_t row_version = 1;
  std::int64_t created_ms = 0, changed_ms = 0;

  std::string title, day, number, date, issuer;   // as typed
  std::vector<DraftAct> acts;
  std::vector<DraftPost> posts;

  const DraftAct* act(std::int64_t number) const;
  const DraftBody* planned(const DraftRef& ref) const;       // none where it exists or nothing opens it
  std::int64_t next_number() const;
};

// Which parts a split or a merge comes to, in the order in which forms name them: those to be opened, then those that exist.
std::vector<DraftRef> parts_of(const DraftAct& act);
// Every existing body that the acts name, each once.
std::vector<BodyId> bodies_named(const RestructureDraft& draft);
// "3 tổ chức thành 1: Hội Khuyến học xã Ea Kar": an act in a line.
std::string act_sentence(const RestructureDraft& draft, const DraftAct& act, const Organisation& organisation, Day day);
std::string act_label(BodyAct::Kind kind);                   // "Hợp nhất"
std::string name_of(const RestructureDraft& draft, const DraftRef& ref, const Organisation& organisation, Day day);
// The first day of the new state as typed; today where nothing readable stands there.
Day day_of(const RestructureDraft& draft, Day today);

// Wrong fields of the heading, each with its sentence.
enum class Strictness { preview, apply };                    // a preview does without the number of the decision
FormErrors heading_errors(const RestructureDraft& draft, Day today, Strictness how);

struct DraftPlan {
  BodyRestructure restructure;
  std::vector<DraftRef> opened;         // in the order in which they are opened
};
// What stands in the draft as a plan; acts that open a superior come before those that hang something under it. The heading must be without errors.
DraftPlan plan_of(const RestructureDraft& draft, Strictness how);

std::string content_json(const RestructureDraft& draft);
void read_content(RestructureDraft& draft, std::string_view json);

}  // namespace khuyenhoc
