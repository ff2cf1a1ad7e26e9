// Where restructures are prepared, carried out and taken back by somebody: within the own scope, with the posts that go over, each step in the trail.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "restructure/draft.h"
#include "shell/house.h"

namespace khuyenhoc {

// The rules of restructures with everything of the house that depends on bodies.
std::unique_ptr<Restructures> restructures_of(House& house);

class RestructureDesk {
 public:
  RestructureDesk(House& house, const Viewer& viewer);

  House& house() const { return house_; }
  const Viewer& viewer() const { return viewer_; }
  const Organisation& organisation() const { return *viewer_.organisation(); }
  Restructures& restructures() { return *restructures_; }
  RestructureBy by(std::string title = {}) const;          // audits under the viewer's name, in ready sentences that name the restructure

  // A body that the viewer may restructure, or one of another system that lies in the viewer's area and that nobody speaks for in the program: such a partner
  // can be merged into an association of the viewer's.
  bool may_restructure(db::Reader& reader, BodyId body) const;
  bool is_partner(db::Reader& reader, BodyId body) const;

  // ---- drafts: none outside the scope
  std::optional<RestructureDraft> draft(DraftId id) const;
  std::vector<RestructureDraft> drafts() const;
  RestructureDraft begin();
  // "draft.stale" when somebody else kept it meanwhile; `what` goes into the trail ("thêm Hợp nhất: …").
  Result<void> keep(RestructureDraft& draft, const std::string& what);
  Result<void> keep(db::Writer& writer, RestructureDraft& draft, const std::string& what);
  Result<void> drop(RestructureDraft& draft);

  // Refusals as those of Restructures, and "restructure.scope" for a body outside the scope.
  Result<RestructurePreview> preview(const RestructureDraft& draft);
  Result<BodyRestructureId> apply(RestructureDraft& draft);

  // ---- what was carried out: none where no body of it lies within the scope
  std::optional<StoredRestructure> stored(db::Reader& reader, BodyRestructureId id);
  std::vector<StoredRestructure> list(db::Reader& reader, std::size_t limit);
  Result<void> whole_in_scope(db::Reader& reader, BodyRestructureId id);       // "restructure.scope": somebody above must do it
  Result<void> undo(BodyRestructureId id);
  Result<void> hand_over(BodyRestructureId id, BodyId old_body, std::span<const Allocation> allocations, const HandoverMinutes& minutes, Arrival arrival);
  Result<void> re_home(BodyRestructureId id, BodyId old_body, BodyId successor);
  Result<void> bring_up_to_date(BodyRestructureId id);
  Result<void> close(BodyRestructureId id);

 private:
  Result<void> check_scope(db::Reader& reader, const RestructureDraft& draft) const;
  Result<void> settled(Result<void> done, const RestructureBy& by);

  House& house_;
  const Viewer& viewer_;
  Scope scope_;
  std::unique_ptr<Restructures> restructures_;
};

}  // namespace khuyenhoc
