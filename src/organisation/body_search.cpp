#include "organisation/body_search.h"

#include "base/text.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t changes_before_rebuild = 2'000;

// Cuts at blanks. Folded text has no other separator.
template <class Visit>
void each_word(std::string_view text, Visit visit) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto blank = text.find(' ', at);
    const auto end = blank == std::string_view::npos ? text.size() : blank;
    if (end > at) visit(text.substr(at, end - at));
    at = end + 1;
  }
}

// Names share their words ("Chi hội", "Thôn"), so each distinct word is folded once.
class FoldedWords {
 public:
  const std::string& of(std::string_view raw) {
    const auto at = known_.find(std::string(raw));
    if (at != known_.end()) return at->second;
    return known_.emplace(std::string(raw), folded(raw)).first->second;
  }
  std::string whole(std::string_view text) {
    std::string out;
    each_word(text, [&](std::string_view word) {
      const auto& folded_word = of(word);
      if (folded_word.empty()) return;
      if (!out.empty()) out += ' ';
      out += folded_word;
    });
    return out;
  }

 private:
  std::unordered_map<std::string, std::string> known_;
};

struct Found {
  Node node;
  bool alive;
  int score;
  int level;
};

}  // namespace

BodySearch::Entry BodySearch::entry_of(const Body& body) {
  Entry entry;
  for (const auto& version : body.versions)
    for (const auto& text : {folded(version.name), folded(version.short_name)})
      each_word(text, [&](std::string_view word) {
        if (std::ranges::find(entry.words, word) == entry.words.end()) entry.words.emplace_back(word);
      });
  entry.name = folded(body.versions.back().short_name);
  return entry;
}

std::shared_ptr<const BodySearch> BodySearch::build(std::span<const std::shared_ptr<const Body>> bodies) {
  auto index = std::make_shared<Index>();
  FoldedWords folds;
  std::unordered_map<std::string, std::uint32_t> numbers;
  std::vector<std::pair<std::uint32_t, Node>> pairs;
  std::vector<std::uint32_t> own;
  index->names.reserve(bodies.size());
  for (Node node = 0; node < bodies.size(); ++node) {
    own.clear();
    for (const auto& version : bodies[node]->versions)
      for (const auto* text : {&version.name, &version.short_name})
        each_word(*text, [&](std::string_view raw) {
          each_word(folds.of(raw), [&](std::string_view word) {
            const auto number = numbers.emplace(std::string(word), static_cast<std::uint32_t>(numbers.size())).first->second;
            if (std::ranges::find(own, number) == own.end()) own.push_back(number);
          });
        });
    for (const auto number : own) pairs.emplace_back(number, node);
    index->names.push_back(folds.whole(bodies[node]->versions.back().short_name));
  }
  std::vector<std::pair<std::string, std::uint32_t>> words(numbers.begin(), numbers.end());
  std::ranges::sort(words);
  std::vector<std::uint32_t> place(words.size());
  for (std::uint32_t i = 0; i < words.size(); ++i) place[words[i].second] = i;
  for (auto& [number, node] : pairs) number = place[number];
  std::ranges::sort(pairs);
  index->first.assign(words.size() + 1, 0);
  index->postings.reserve(pairs.size());
  for (const auto& [number, node] : pairs) {
    ++index->first[number + 1];
    index->postings.push_back(node);
  }
  for (std::size_t i = 0; i < words.size(); ++i) index->first[i + 1] += index->first[i];
  for (auto& [word, number] : words) index->vocabulary.push_back(std::move(word));
  auto out = std::make_shared<BodySearch>();
  out->index_ = std::move(index);
  out->size_ = bodies.size();
  return out;
}

std::shared_ptr<const BodySearch> BodySearch::with_changed(std::span<const std::shared_ptr<const Body>> bodies, std::span<const Node> changed) const {
  if (changed_.size() + changed.size() > changes_before_rebuild) return build(bodies);
  auto out = std::make_shared<BodySearch>(*this);
  out->size_ = bodies.size();
  for (const Node node : changed) out->changed_.insert_or_assign(node, entry_of(*bodies[node]));
  return out;
}

const std::string& BodySearch::name(Node node) const {
  const auto at = changed_.find(node);
  return at == changed_.end() ? index_->names[node] : at->second.name;
}

std::vector<std::uint8_t> BodySearch::strengths(std::string_view word) const {
  std::vector<std::uint8_t> out(size_, absent);
  const auto judge = [&](std::string_view candidate) {
    if (candidate == word) return whole;
    if (candidate.starts_with(word)) return prefix;
    return candidate.find(word) == std::string_view::npos ? absent : inside;
  };
  // The vocabulary is some ten thousand words, so looking inside each is cheaper than an index of its own.
  for (std::size_t i = 0; i < index_->vocabulary.size(); ++i) {
    const auto strength = judge(index_->vocabulary[i]);
    if (strength == absent) continue;
    for (auto at = index_->first[i]; at < index_->first[i + 1]; ++at) {
      auto& held = out[index_->postings[at]];
      held = std::max<std::uint8_t>(held, strength);
    }
  }
  for (const auto& [node, entry] : changed_) {
    out[node] = absent;
    for (const auto& candidate : entry.words) out[node] = std::max<std::uint8_t>(out[node], judge(candidate));
  }
  return out;
}

std::vector<Node> BodySearch::find(const Query& query) const {
  const auto phrase = folded(query.typed);
  std::vector<std::vector<std::uint8_t>> words;
  each_word(phrase, [&](std::string_view word) { words.push_back(strengths(word)); });
  if (words.empty() || query.limit == 0) return {};
  constexpr std::array<int, 4> own_score{0, 1, 4, 6};
  constexpr int above_score = 2;
  std::vector<Found> found;
  for (Node node = 0; node < size_; ++node) {
    int score = 0;
    std::size_t own = 0;
    for (const auto& word : words)
      if (word[node] != absent) {
        score += own_score[word[node]];
        ++own;
      }
    if (own == 0) continue;
    bool complete = true;
    if (own < words.size())
      for (const auto& word : words) {
        if (word[node] != absent) continue;
        Node above = query.superior(node);
        while (above != no_node && word[above] < prefix) above = query.superior(above);
        if (above == no_node) {
          complete = false;
          break;
        }
        score += above_score;
      }
    if (!complete || !query.allowed(node)) continue;
    if (name(node).starts_with(phrase)) score += name(node).size() == phrase.size() ? 16 : 8;
    found.push_back({node, query.alive(node), score, query.level(node)});
  }
  const auto better = [&](const Found& a, const Found& b) {
    if (a.alive != b.alive) return a.alive;
    if (a.score != b.score) return a.score > b.score;
    if (a.level != b.level) return a.level < b.level;
    // The shorter name is matched more nearly: "xã Ea Kar" before "UBND xã Ea Kar".
    if (name(a.node).size() != name(b.node).size()) return name(a.node).size() < name(b.node).size();
    if (const int order = name(a.node).compare(name(b.node)); order != 0) return order < 0;
    return a.node < b.node;
  };
  const auto keep = std::min(query.limit, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(keep), found.end(), better);
  std::vector<Node> out;
  for (std::size_t i = 0; i < keep; ++i) out.push_back(found[i].node);
  return out;
}

}  // namespace khuyenhoc
