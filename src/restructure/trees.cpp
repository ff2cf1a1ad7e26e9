// The two trees of a draft.
#include "restructure/trees.h"

#include <algorithm>
#include <map>
#include <set>

#include "restructure/naming.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t bodies_shown = 120;       // of each tree
constexpr std::size_t branches_shown = 8;       // of each body

class Drawing {
 public:
  Drawing(const RestructureDraft& draft, const Organisation& organisation, Day day) : draft_(draft), organisation_(organisation), day_(day) {
    for (const auto& act : draft.acts) read(act);
  }

  TwoTrees draw() {
    TwoTrees out;
    out.before = before(out.left_out);
    out.after = after(out.left_out);
    return out;
  }

 private:
  std::string name(BodyId id) const { return name_then(organisation_, id, day_); }
  std::vector<BodyId> children(BodyId id) const { return organisation_.find(id) != nullptr ? organisation_.children(id, day_) : std::vector<BodyId>{}; }
  BodyId superior(BodyId id) const { return organisation_.body(id).on(day_).superior; }
  bool known(BodyId id) const { return id && organisation_.find(id) != nullptr; }

  void show(DraftRef ref, DraftRef under) {
    if (shown_.emplace(ref, under).second) order_.push_back(ref);
  }

  void read(const DraftAct& act) {
    for (const auto id : act.bodies)
      if (known(id) && was_.insert(id).second) was_order_.push_back(id);
    for (std::size_t i = 0; i < act.opened.size(); ++i) show({{}, act.number, i}, act.opened[i].superior);
    const auto parts = parts_of(act);
    switch (act.kind) {
      case BodyAct::Kind::merge:
      case BodyAct::Kind::split:
      case BodyAct::Kind::dissolve:
        for (const auto id : act.bodies) ended_.insert(id);
        for (const auto& ref : act.successors)
          if (known(ref.body)) {
            show(ref, {superior(ref.body)});
            if (was_.insert(ref.body).second) was_order_.push_back(ref.body);
          }
        if (act.kind == BodyAct::Kind::merge && parts.size() == 1)
          for (const auto id : act.bodies)
            for (const auto branch : children(id)) goes_to_[branch] = parts.front();
        for (const auto& [branch, part] : act.branches)
          if (part) goes_to_[branch] = part;
        break;
      case BodyAct::Kind::transfer:
        for (const auto id : act.bodies)
          if (known(id)) {
            const DraftRef to = act.superior ? act.superior : DraftRef{superior(id)};
            show({id}, to);
            moved_.insert(id);
          }
        break;
      case BodyAct::Kind::rename:
        for (const auto id : act.bodies)
          if (known(id)) {
            show({id}, {superior(id)});
            renamed_[id] = act.name;
          }
        break;
      case BodyAct::Kind::open: break;
    }
  }

  TreeNode was(BodyId id) const {
    TreeNode out{name(id), ended_.contains(id) ? TreeMark::ends : TreeMark::none, {}, {}, 0};
    for (const auto branch : children(id)) {
      if (out.below.size() < branches_shown) out.below.push_back({name(branch), ended_.contains(branch) ? TreeMark::ends : TreeMark::none, {}, {}, 0});
      else ++out.more;
    }
    return out;
  }

  std::vector<TreeNode> before(std::size_t& left_out) const {
    std::vector<TreeNode> out;
    std::map<BodyId, std::size_t> at;
    std::size_t drawn = 0;
    for (const auto id : was_order_) {
      const BodyId above = superior(id);
      if (was_.contains(above)) continue;                  // stands below another that is drawn
      if (++drawn > bodies_shown) {
        ++left_out;
        continue;
      }
      if (!known(above)) {
        out.push_back(was(id));
        continue;
      }
      const auto [place, fresh] = at.emplace(above, out.size());
      if (fresh) out.push_back({name(above), TreeMark::none, {}, {}, children(above).size()});
      out[place->second].below.push_back(was(id));
      --out[place->second].more;
    }
    return out;
  }

  TreeNode will_be(const DraftRef& ref, int depth) const {
    TreeNode out{name_of(draft_, ref, organisation_, day_), TreeMark::none, {}, {}, 0};
    if (ref.act != 0) out.mark = TreeMark::opens;
    else if (moved_.contains(ref.body)) out.mark = TreeMark::comes;
    else if (const auto renamed = renamed_.find(ref.body); renamed != renamed_.end()) {
      out.mark = TreeMark::renamed;
      out.remark = out.name;
      out.name = renamed->second;
    } else out.mark = TreeMark::goes_on;
    if (depth > 4) return out;
    for (const auto& other : order_)
      if (shown_.at(other) == ref) out.below.push_back(will_be(other, depth + 1));
    std::size_t coming = 0;
    for (const auto& [branch, to] : goes_to_) {
      if (to != ref || ended_.contains(branch) || moved_.contains(branch) || !known(branch)) continue;
      if (coming++ < branches_shown) out.below.push_back({name(branch), TreeMark::comes, {}, {}, 0});
      else ++out.more;
    }
    if (ref.act == 0)
      for (const auto branch : children(ref.body))
        if (!ended_.contains(branch) && !goes_to_.contains(branch) && !shown_.contains({branch})) ++out.more;
    return out;
  }

  std::vector<TreeNode> after(std::size_t& left_out) const {
    std::vector<TreeNode> out;
    std::map<DraftRef, std::size_t> at;
    std::size_t drawn = 0;
    for (const auto& ref : order_) {
      const DraftRef above = shown_.at(ref);
      if (shown_.contains(above)) continue;
      if (++drawn > bodies_shown) {
        ++left_out;
        continue;
      }
      if (!above) {
        out.push_back(will_be(ref, 0));
        continue;
      }
      const auto [place, fresh] = at.emplace(above, out.size());
      if (fresh) {
        std::size_t others = 0;
        for (const auto child : above.act == 0 ? children(above.body) : std::vector<BodyId>{})
          if (!ended_.contains(child) && !shown_.contains({child}) && !goes_to_.contains(child)) ++others;
        out.push_back({name_of(draft_, above, organisation_, day_), TreeMark::none, {}, {}, others});
      }
      out[place->second].below.push_back(will_be(ref, 1));
    }
    return out;
  }

  const RestructureDraft& draft_;
  const Organisation& organisation_;
  Day day_;
  std::set<BodyId> was_, ended_, moved_;
  std::vector<BodyId> was_order_;
  std::map<BodyId, std::string> renamed_;
  std::map<BodyId, DraftRef> goes_to_;                     // branches of bodies that end
  std::map<DraftRef, DraftRef> shown_;                     // what stands afterwards, and under whom
  std::vector<DraftRef> order_;
};

}  // namespace

TwoTrees trees_of(const RestructureDraft& draft, const Organisation& organisation, Day day) { return Drawing(draft, organisation, day).draw(); }

}  // namespace khuyenhoc
