#include "territory/layout.h"

#include <algorithm>
#include <cassert>

#include "territory/tree_on_day.h"

namespace khuyenhoc {

namespace {

using Kind = Placement::Kind;

bool is_shown(Kind kind) { return kind == Kind::itself || kind == Kind::line; }

// Room for later children at the end of a node, in slots: what has many now will get more.
std::uint64_t spare_slots(std::size_t below) { return 1 + below / 4; }

}  // namespace

Layout::Layout(const TreeInTime& tree, Day day) : day_(day), spots_(tree.size()) {
  find_places(tree);
  const Lists inside = collect(Kind::inside);
  children_ = collect(Kind::itself);
  lines_ = collect(Kind::line);
  std::vector<Node> reached = preorder();
  for (;;) {
    const auto shown = static_cast<std::size_t>(std::count_if(spots_.begin(), spots_.end(), [](const Spot& spot) { return is_shown(spot.kind); }));
    if (reached.size() == shown) break;
    break_circles(reached);
    children_ = collect(Kind::itself);
    lines_ = collect(Kind::line);
    reached = preorder();
  }
  give_labels(inside, reached);
}

void Layout::find_places(const TreeInTime& tree) {
  TreeOnDay on_day(tree, day_, TreeOnDay::Questions::all);
  for (Node node = 0; node < spots_.size(); ++node) {
    Spot& spot = spots_[node];
    const Placement placement = on_day.place(node);
    spot.kind = placement.kind;
    spot.under = placement.kind == Kind::itself ? on_day.hangs_under(node) : placement.at;
  }
  // Successions that lead back to themselves (wrong data) can name a host that is itself counted inside another: brought up to what is shown.
  for (Spot& spot : spots_) {
    if (spot.under == no_node || is_shown(spots_[spot.under].kind)) continue;
    const Node above = spots_[spot.under].under;
    spot.under = above != no_node && is_shown(spots_[above].kind) ? above : no_node;
    if (spot.under == no_node && spot.kind == Kind::inside) spot.kind = Kind::nowhere;
  }
}

// A counting sort: nodes of one kind listed under the node they belong to, in order of index.
Layout::Lists Layout::collect(Kind kind) const {
  Lists lists;
  lists.starts.assign(spots_.size() + 2, 0);
  for (const Spot& spot : spots_) {
    if (spot.kind == kind) ++lists.starts[list_of(spot.under) + 1];
  }
  for (std::size_t list = 1; list < lists.starts.size(); ++list) lists.starts[list] += lists.starts[list - 1];
  lists.nodes.resize(lists.starts.back());
  std::vector<std::uint32_t> next(lists.starts.begin(), lists.starts.end() - 1);
  for (Node node = 0; node < spots_.size(); ++node) {
    if (spots_[node].kind == kind) lists.nodes[next[list_of(spots_[node].under)]++] = node;
  }
  return lists;
}

// Shown nodes in the order of their labels: each before its lines, its lines before its children.
std::vector<Node> Layout::preorder() const {
  std::vector<Node> reached, stack;
  reached.reserve(spots_.size());
  const auto push_below = [&](std::size_t list) {
    const auto children = children_.of(list);
    stack.insert(stack.end(), children.rbegin(), children.rend());
    const auto lines = lines_.of(list);
    stack.insert(stack.end(), lines.rbegin(), lines.rend());
  };
  push_below(spots_.size());
  while (!stack.empty()) {
    const Node node = stack.back();
    stack.pop_back();
    reached.push_back(node);
    push_below(node);
  }
  return reached;
}

// Wrong data may hang nodes in a circle, out of reach of any root. Each circle is cut at its lowest node, which goes to the top: nothing is lost from the totals.
void Layout::break_circles(const std::vector<Node>& reached) {
  std::vector<std::uint32_t> seen(spots_.size(), 0);   // 1: reached from the top; else the round that saw it
  for (const Node node : reached) seen[node] = 1;
  std::uint32_t round = 1;
  for (Node start = 0; start < spots_.size(); ++start) {
    if (!is_shown(spots_[start].kind) || seen[start] != 0) continue;
    ++round;
    Node at = start;
    while (at != no_node && seen[at] == 0) {
      seen[at] = round;
      at = spots_[at].under;
    }
    if (at == no_node || seen[at] != round) continue;
    Node lowest = at;
    for (Node other = spots_[at].under; other != at; other = spots_[other].under) lowest = std::min(lowest, other);
    spots_[lowest].under = no_node;
  }
}

void Layout::give_labels(const Lists& inside, const std::vector<Node>& reached) {
  const auto below = [&](std::size_t list) { return children_.of(list).size() + lines_.of(list).size(); };
  const std::size_t top = spots_.size();
  std::uint64_t slots = spare_slots(below(top)) + 1;
  for (const Node node : reached) slots += 1 + inside.of(node).size() + spare_slots(below(node));
  slots += spots_.size() - reached.size() - inside.nodes.size();   // those without a place
  const auto stride = static_cast<Label>(0xFFFFFFFEu / slots);
  assert(stride >= 2);

  order_.clear();
  order_.reserve(spots_.size());
  std::uint64_t slot = 0;
  const auto label_here = [&] { return static_cast<Label>(slot * stride); };
  std::vector<Node> open;
  const auto close_until = [&](Node under) {
    while (!open.empty() && open.back() != under) {
      slot += spare_slots(below(open.back()));
      spots_[open.back()].end = label_here();
      open.pop_back();
    }
  };
  for (const Node node : reached) {
    close_until(spots_[node].under);
    Spot& spot = spots_[node];
    spot.first = label_here();
    order_.push_back(node);
    ++slot;
    for (const Node part : inside.of(node)) {
      spots_[part].first = label_here();
      spots_[part].own_end = spots_[part].end = label_here() + 1;
      order_.push_back(part);
      ++slot;
    }
    spot.own_end = label_here();
    open.push_back(node);
  }
  close_until(no_node);
  slot += spare_slots(below(top));
  nowhere_first_ = label_here();
  for (Node node = 0; node < spots_.size(); ++node) {
    if (spots_[node].kind != Kind::nowhere) continue;
    spots_[node].first = label_here();
    spots_[node].own_end = spots_[node].end = label_here() + 1;
    order_.push_back(node);
    ++slot;
  }
  end_ = 0xFFFFFFFFu;
  assert(order_.size() == spots_.size());
}

LabelRange Layout::subtree(Node node) const { return {spots_[node].first, spots_[node].end}; }

LabelRange Layout::own(Node node) const { return {spots_[node].first, spots_[node].own_end}; }

Placement Layout::placement(Node node) const {
  const Spot& spot = spots_[node];
  return {spot.kind, spot.kind == Kind::itself ? node : spot.under};
}

Node Layout::shown_parent(Node node) const {
  assert(is_shown(spots_[node].kind));
  return spots_[node].under;
}

std::span<const Node> Layout::children(Node node) const { return children_.of(list_of(node)); }

std::span<const Node> Layout::lines(Node node) const { return lines_.of(list_of(node)); }

Node Layout::holder(Label label) const {
  auto after = std::upper_bound(order_.begin(), order_.end(), label, [&](Label wanted, Node node) { return wanted < spots_[node].first; });
  if (after == order_.begin()) return no_node;
  Node node = *std::prev(after);
  if (spots_[node].kind == Kind::inside) node = spots_[node].under;
  if (!is_shown(spots_[node].kind) || label >= spots_[node].own_end) return no_node;
  return node;
}

void Layout::Lists::put_last(std::size_t list, Node node) {
  nodes.insert(nodes.begin() + starts[list + 1], node);
  for (std::size_t later = list + 1; later < starts.size(); ++later) ++starts[later];
}

void Layout::Lists::add_list_before_top() {
  starts.insert(starts.end() - 2, starts[starts.size() - 2]);
}

LabelRange Layout::gap_below(Node host) const {
  Label first = host == no_node ? 0 : spots_[host].own_end;
  const std::size_t list = list_of(host);
  if (!children_.of(list).empty()) first = std::max(first, spots_[children_.of(list).back()].end);
  if (!lines_.of(list).empty()) first = std::max(first, spots_[lines_.of(list).back()].end);
  return {first, host == no_node ? nowhere_first_ : spots_[host].end};
}

LabelRange Layout::gap_inside(Node host) const {
  if (order_.empty()) return nowhere();
  const Label end = host == no_node ? end_ : spots_[host].own_end;
  const auto last = std::prev(std::lower_bound(order_.begin(), order_.end(), end, [&](Node node, Label wanted) { return spots_[node].first < wanted; }));
  return {host == no_node ? std::max(nowhere_first_, spots_[*last].first + 1) : spots_[*last].first + 1, end};
}

bool Layout::add_next(const TreeInTime& tree) {
  const auto added = static_cast<Node>(spots_.size());
  const Placement placement = tree.place(added, day_);
  Spot spot;
  spot.kind = placement.kind;
  spot.under = placement.kind == Kind::itself ? tree.hangs_under(added, day_) : placement.at;
  const LabelRange gap = is_shown(spot.kind) ? gap_below(spot.under) : gap_inside(spot.under);
  if (gap.first >= gap.end) return false;
  spot.first = gap.first;
  spot.own_end = spot.end = gap.first + 1;
  if (is_shown(spot.kind)) {                            // an eighth of the room, a quarter of that for what will be counted inside it
    spot.end = gap.first + std::max<Label>(1, (gap.end - gap.first) / 8);
    spot.own_end = gap.first + std::max<Label>(1, (spot.end - spot.first) / 4);
  }
  const auto place = std::lower_bound(order_.begin(), order_.end(), spot.first, [&](Node node, Label wanted) { return spots_[node].first < wanted; });
  order_.insert(place, added);
  spots_.push_back(spot);
  children_.add_list_before_top();
  lines_.add_list_before_top();
  if (spot.kind == Kind::itself) children_.put_last(list_of(spot.under), added);
  if (spot.kind == Kind::line) lines_.put_last(list_of(spot.under), added);
  return true;
}

std::optional<Layout> Layout::with_added(const TreeInTime& tree, Node added) const {
  assert(added == size() && added < tree.size());
  Layout layout = *this;
  if (!layout.add_next(tree)) return std::nullopt;
  return layout;
}

namespace {

// Each moves what stands behind it in the lists, so very many are sooner laid out anew.
constexpr std::size_t most_added_one_by_one = 256;

}  // namespace

std::optional<Layout> Layout::with_all_added(const TreeInTime& tree, Day day) const {
  if (tree.size() - size() > most_added_one_by_one) return std::nullopt;
  Layout layout = *this;
  layout.day_ = day;
  while (layout.size() < tree.size()) {
    if (!layout.add_next(tree)) return std::nullopt;
  }
  return layout;
}

std::size_t Layout::resident_bytes() const {
  return spots_.capacity() * sizeof(Spot) + order_.capacity() * sizeof(Node) +
         (children_.starts.capacity() + lines_.starts.capacity()) * sizeof(std::uint32_t) + (children_.nodes.capacity() + lines_.nodes.capacity()) * sizeof(Node);
}

}  // namespace khuyenhoc
