#include "territory/tree_in_time.h"

#include <algorithm>
#include <cassert>

#include "territory/tree_on_day.h"

namespace khuyenhoc {

namespace {

void insert_once(std::vector<Node>& nodes, Node node) {
  if (std::find(nodes.begin(), nodes.end(), node) == nodes.end()) nodes.push_back(node);
}

}  // namespace

Node TreeInTime::add(Day born, Node parent) {
  assert(parent == no_node || parent < size());
  const auto node = static_cast<Node>(lives_.size());
  assert(node != no_node);
  Life life{.born = born, .parent = parent};
  if (parent != no_node) {
    life.next_sibling = lives_[parent].first_child;
    lives_[parent].first_child = node;
  }
  lives_.push_back(life);
  note_change(born);
  return node;
}

TreeInTime::More& TreeInTime::more(Node node) {
  Life& life = lives_[node];
  if (life.more == nothing_more) {
    life.more = static_cast<std::uint32_t>(more_.size());
    more_.emplace_back();
  }
  return more_[life.more];
}

void TreeInTime::note_change(Day day) {
  const auto place = std::lower_bound(change_days_.begin(), change_days_.end(), day);
  if (place == change_days_.end() || *place != day) change_days_.insert(place, day);
}

void TreeInTime::move(Node node, Day from, Node parent) {
  assert(node < size() && (parent == no_node || parent < size()));
  {
    Life& life = lives_[node];
    auto& versions = more(node).versions;
    if (versions.empty()) versions.push_back({life.born, life.parent});
    const auto place = std::lower_bound(versions.begin(), versions.end(), from, [](const Version& version, Day day) { return version.from < day; });
    if (place != versions.end() && place->from == from) place->parent = parent;
    else versions.insert(place, {from, parent});
    life.parent = versions.front().parent;
  }
  if (parent != no_node) insert_once(more(parent).adopted, node);
  note_change(from);
}

void TreeInTime::end(Node node, Day first_day_gone) {
  assert(node < size());
  lives_[node].gone = first_day_gone;
  note_change(first_day_gone);
}

void TreeInTime::revive(Node node) {
  assert(node < size());
  lives_[node].gone = never;
}

void TreeInTime::succeed(Node predecessor, Node successor) {
  assert(predecessor < size() && successor < size() && predecessor != successor);
  insert_once(more(predecessor).successors, successor);
  insert_once(more(successor).predecessors, predecessor);
}

void TreeInTime::forget_succession(Node predecessor, Node successor) {
  assert(predecessor < size() && successor < size());
  std::erase(more(predecessor).successors, successor);
  std::erase(more(successor).predecessors, predecessor);
}

void TreeInTime::lay_in(Node node, Node former) {
  assert(node < size() && former < size() && node != former);
  more(node).former = former;
  insert_once(more(former).laid_in, node);
}

std::optional<Day> TreeInTime::ended(Node node) const {
  if (lives_[node].gone == never) return std::nullopt;
  return lives_[node].gone;
}

Node TreeInTime::parent(Node node, Day day) const {
  const More* history_of = history(node);
  if (history_of == nullptr || history_of->versions.empty()) return lives_[node].parent;
  const auto& versions = history_of->versions;
  const Day asked = std::min(day, lives_[node].gone - 1);        // a version dated after the end never came into force
  auto after = std::upper_bound(versions.begin(), versions.end(), asked, [](Day wanted, const Version& version) { return wanted < version.from; });
  return after == versions.begin() ? versions.front().parent : std::prev(after)->parent;
}

std::span<const Node> TreeInTime::successors(Node node) const {
  const More* history_of = history(node);
  return history_of == nullptr ? std::span<const Node>{} : std::span<const Node>(history_of->successors);
}

std::span<const Node> TreeInTime::predecessors(Node node) const {
  const More* history_of = history(node);
  return history_of == nullptr ? std::span<const Node>{} : std::span<const Node>(history_of->predecessors);
}

Node TreeInTime::former(Node node) const {
  const More* history_of = history(node);
  return history_of == nullptr ? no_node : history_of->former;
}

Placement TreeInTime::place(Node node, Day day) const {
  assert(node < size());
  if (alive(node, day)) return {Placement::Kind::itself, node};
  return TreeOnDay(*this, day, TreeOnDay::Questions::few).place(node);
}

Node TreeInTime::hangs_under(Node node, Day day) const {
  assert(node < size());
  const Node above = parent(node, day);
  if (above == no_node || alive(above, day)) return above;
  return TreeOnDay(*this, day, TreeOnDay::Questions::few).hangs_under(node);
}

bool TreeInTime::is_within(Node node, Node ancestor, Day day) const {
  TreeOnDay on_day(*this, day, TreeOnDay::Questions::few);
  for (std::size_t steps = 0; node != no_node && steps <= size(); ++steps) {
    if (node == ancestor) return true;
    node = on_day.hangs_under(node);
  }
  return false;
}

template <class Visit>
void TreeInTime::each_born_or_moved_under(Node node, Visit visit) const {
  for (Node child = lives_[node].first_child; child != no_node; child = lives_[child].next_sibling) visit(child);
  if (const More* history_of = history(node)) {
    for (const Node child : history_of->adopted) visit(child);
    for (const Node child : history_of->laid_in) visit(child);
  }
}

// Besides its own children a node takes those of every node that is counted inside it; these are found by walking successions and births backwards from it.
std::vector<Node> TreeInTime::children(Node node, Day day) const {
  if (node == no_node) return roots(day);
  TreeOnDay on_day(*this, day, TreeOnDay::Questions::few);
  std::vector<Node> found;
  std::vector<Node> parts{node};
  const auto take_part = [&](Node other) {
    if (alive(other, day) || std::find(parts.begin(), parts.end(), other) != parts.end()) return;
    const Placement placement = on_day.place(other);
    if (placement.kind != Placement::Kind::inside) return;
    if (placement.at == node) parts.push_back(other);
    else if (alive(placement.at, day) && on_day.hangs_under(placement.at) == node) found.push_back(placement.at);   // took the place of its own parent
  };
  for (std::size_t next = 0; next < parts.size(); ++next) {
    const Node part = parts[next];
    each_born_or_moved_under(part, [&](Node child) {
      if (!alive(child, day)) take_part(child);
      else if (child != node && on_day.hangs_under(child) == node) found.push_back(child);
    });
    for (const Node other : predecessors(part)) take_part(other);
    for (const Node other : successors(part)) take_part(other);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<Node> TreeInTime::roots(Day day) const {
  TreeOnDay on_day(*this, day, TreeOnDay::Questions::all);
  std::vector<Node> found;
  for (Node node = 0; node < size(); ++node) {
    if (alive(node, day) && on_day.hangs_under(node) == no_node) found.push_back(node);
  }
  return found;
}

Node TreeInTime::common_ancestor(std::span<const Node> nodes, Day day) const {
  return TreeOnDay(*this, day, TreeOnDay::Questions::few).common_ancestor(nodes);
}

Day TreeInTime::unchanged_since(Day day) const {
  const auto after = std::upper_bound(change_days_.begin(), change_days_.end(), day);
  return after == change_days_.begin() ? Day::earliest() : *std::prev(after);
}

bool TreeInTime::only_added_since(const TreeInTime& older) const {
  if (size() < older.size()) return false;
  static const More none;
  for (Node node = 0; node < older.size(); ++node) {
    const Life& now = lives_[node];
    const Life& then = older.lives_[node];
    if (now.born != then.born || now.gone != then.gone || now.parent != then.parent) return false;
    const More* now_more = history(node);
    const More* then_more = older.history(node);
    if (now_more == nullptr && then_more == nullptr) continue;
    const More& a = now_more == nullptr ? none : *now_more;
    const More& b = then_more == nullptr ? none : *then_more;
    if (a.versions != b.versions || a.successors != b.successors || a.predecessors != b.predecessors || a.former != b.former) return false;
  }
  return true;
}

std::size_t TreeInTime::resident_bytes() const {
  std::size_t bytes = lives_.capacity() * sizeof(Life) + more_.capacity() * sizeof(More) + change_days_.capacity() * sizeof(Day);
  for (const More& one : more_) {
    bytes += one.versions.capacity() * sizeof(Version);
    bytes += (one.successors.capacity() + one.predecessors.capacity() + one.adopted.capacity() + one.laid_in.capacity()) * sizeof(Node);
  }
  return bytes;
}

}  // namespace khuyenhoc
