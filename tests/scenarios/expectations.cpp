// What can be expected: figures as people look them up, what is listed and what is not, where bodies stand, and what did not change.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/number.h"
#include "vocabulary.h"

namespace khuyenhoc::scenarios {
namespace {

std::string differs(std::string_view found, std::string_view expected) { return found == expected ? "" : fmt::format("it is {}", found); }
std::string same(const std::vector<std::string>& found, std::vector<std::string> expected) {
  auto sorted = found;
  std::ranges::sort(sorted);
  std::ranges::sort(expected);
  return sorted == expected ? "" : fmt::format("it is {}", fmt::join(found, ", "));
}

// "", " in the tree of 30/6/2025", " as closed"
Question question_of(ScenarioWorld& world, Subject subject, const std::string& period, const std::string& tree, const std::string& lens) {
  Question question{subject, world.period(period), {}, lens.empty() ? Lens::live : Lens::official};
  question.tree = tree.empty() ? question.period.last : world.day(tree);
  return question;
}
// Every figure asked for is also asked by child: the rows must add up to it.
std::string figure(ScenarioWorld& world, const std::string& words, const Question& question, const std::string& expected) {
  const Figures figures(world.ledger->view());
  const Series series = world.series(words);
  const Measure& measure = world.catalogue().measure(world.measure(words));
  const auto answer = figures.member(series, question);
  if (!answer) return differs("refused as " + answer.error().code, expected);
  if (!answer->is_ratio && answer->defined()) {
    const auto rows = figures.by_child(series, question);
    if (!rows) return "by child it is refused as " + rows.error().code;
    std::int64_t sum = 0;
    for (const Part& row : *rows) sum += row.figure.value;
    if (sum != answer->value) return fmt::format("it is {}, but its rows add up to {}", answer->value, sum);
  }
  return differs(answer->text(measure), expected);
}
std::string consists_of(ScenarioWorld& world, const std::string& words, const Question& question, const std::string& expected) {
  const auto rows = Figures(world.ledger->view()).by_child(world.series(words), question);
  if (!rows) return "it is refused as " + rows.error().code;
  std::vector<std::string> found;
  for (const Part& row : *rows)
    if (row.figure.value != 0) found.push_back(fmt::format("{} {}", row.label, row.figure.text(world.catalogue().measure(world.measure(words)))));
  return same(found, listed(expected));
}

std::optional<Statement> stated(ScenarioWorld& world, const std::string& words, const std::string& body, const std::string& own, const std::string& period) {
  return world.store->read([&](db::Reader& reader) {
    return world.statements->find(reader, world.body(body), world.series(words), world.period(period), own.empty() ? Extent::subtree : Extent::own);
  });
}
StatementOutcome explained(ScenarioWorld& world, const std::string& words, const std::string& body, const std::string& own, const std::string& period) {
  const auto found = stated(world, words, body, own, period);
  if (!found || !found->value) throw std::invalid_argument("nothing is stated there");
  return world.store->read([&](db::Reader& reader) { return world.statements->explain(reader, *found); });
}

std::vector<Remainder> remainders(ScenarioWorld& world) {
  std::vector<Remainder> out;
  for (const auto& [number, id] : world.decisions)
    for (const Remainder& one : world.store->read([&](db::Reader& reader) { return world.restructures->open_remainders(reader, id); })) out.push_back(one);
  return out;
}
std::vector<LateRecord> late(ScenarioWorld& world) {
  std::vector<LateRecord> out;
  for (const auto& [number, id] : world.decisions)
    for (const LateRecord& one : world.store->read([&](db::Reader& reader) { return world.restructures->late_records(reader, id); })) out.push_back(one);
  return out;
}
std::string what_is_left(ScenarioWorld& world) {
  const auto left = remainders(world);
  return left.empty() ? "" : fmt::format("{} still holds {} of {}", world.name(left.front().body), left.front().amount, world.catalogue().label(left.front().series, Language::english));
}

std::vector<std::string> names(ScenarioWorld& world, std::span<const BodyId> bodies) {
  std::vector<std::string> out;
  for (const BodyId body : bodies) out.push_back(world.name(body));
  return out;
}
Result<Coverage> coverage(ScenarioWorld& world, const std::string& body, const std::string& period) {
  return Figures(world.ledger->view()).coverage(question_of(world, world.body(body), period, "", "closed"));
}

// "members of A and B", or "" when nothing at all may have changed.
std::string changes_beside(ScenarioWorld& world, const std::string& measure, const std::string& bodies) {
  if (world.remembered.empty()) throw std::invalid_argument("no answers were remembered");
  std::set<std::string> allowed;
  if (!bodies.empty())
    for (const BodyId body : world.bodies(bodies)) allowed.insert(fmt::format("{} #{}", world.name(body), world.organisation->current()->node(body)));
  const std::string code = measure.empty() ? "" : world.catalogue().measure(world.measure(measure)).code;
  std::set<std::string> changed;
  for (const auto& [key, now] : world.answers()) {
    const auto before = world.remembered.find(key);
    const bool is_same = before == world.remembered.end() ? std::ranges::all_of(now, [](std::int64_t value) { return value == 0; }) : before->second == now;
    if (is_same) continue;
    if (key.first != code || !allowed.contains(key.second)) return fmt::format("{} of {} changed", key.first, key.second);
    changed.insert(key.second);
  }
  for (const std::string& one : allowed)
    if (!changed.contains(one)) return fmt::format("nothing changed at {}", one);
  return "";
}

std::string equal_in_every_tree(ScenarioWorld& world) {
  const auto rows = world.grand_totals();
  if (std::ranges::all_of(rows.front().second, [](std::int64_t value) { return value == 0; })) return "there are no figures at all";
  for (const auto& [tree, totals] : rows)
    if (totals != rows.front().second) return fmt::format("the totals by {} differ from those by {}", tree, rows.front().first);
  return "";
}

}  // namespace

const std::vector<Expectation>& expectations() {
  static const std::vector<Expectation> all{
      {"(.+?) of ((?:the former )?(?:[A-Z]|Đ|Ủ).*?) for ([^,]+?)(?: in the tree of ([0-9/]+))?( as closed)? is ([^ ]+|refused as [a-z_.]+)", {6},
       [](ScenarioWorld& world, const Words& w) { return figure(world, w[1], question_of(world, world.body(w[2]), w[3], w[4], w[5]), w[6]); }},
      {"(.+?) of ((?:the former )?(?:[A-Z]|Đ|Ủ).*?) for ([^,]+?)(?: in the tree of ([0-9/]+))?( as closed)? consists of (.+)", {6},
       [](ScenarioWorld& world, const Words& w) { return consists_of(world, w[1], question_of(world, world.body(w[2]), w[3], w[4], w[5]), w[6]); }},
      {"(.+?) in (.+) for ([^,]+?)(?: in the tree of ([0-9/]+))? is ([^ ]+|refused as [a-z_.]+)", {5},
       [](ScenarioWorld& world, const Words& w) { return figure(world, w[1], question_of(world, world.unit(w[2]), w[3], w[4], ""), w[5]); }},

      {"(.+) has listed ([0-9.]+) of its (.+?)( of its own)? for (.+), and ([0-9.]+) are not listed", {2, 6},
       [](ScenarioWorld& world, const Words& w) {
         const auto found = explained(world, w[3], w[1], w[4], w[5]);
         if (found.conflict) return fmt::format("it has listed {}, more than it stated", found.listed);
         return found.listed == world.number(w[2]) && found.residual == world.number(w[6]) ? "" : fmt::format("{} are listed and {} are not", found.listed, found.residual);
       }},
      {"(.+) has listed ([0-9.]+) (.+) for (.+), more than it stated", {2},
       [](ScenarioWorld& world, const Words& w) {
         const auto found = explained(world, w[3], w[1], "", w[4]);
         return found.conflict && found.listed == world.number(w[2]) ? "" : fmt::format("{} are listed and {} are not", found.listed, found.residual);
       }},
      {"nothing is stated of (.+) at (.+) for (.+)", {},
       [](ScenarioWorld& world, const Words& w) {
         const auto found = stated(world, w[1], w[2], "", w[3]);
         return found && found->value ? fmt::format("{} is stated", *found->value) : "";
       }},
      {"([0-9.]+) (.+) (?:is|are) stated at (.+) for (.+)", {1},
       [](ScenarioWorld& world, const Words& w) {
         const auto found = stated(world, w[2], w[3], "", w[4]);
         return found && found->value ? differs(number_text(*found->value), number_text(world.number(w[1]))) : "nothing is stated";
       }},
      {"the history of (.+) at (.+) for (.+) reads (.+)", {4},
       [](ScenarioWorld& world, const Words& w) {
         const auto found = stated(world, w[1], w[2], "", w[3]);
         if (!found) return std::string("nothing was ever stated");
         std::vector<std::string> values;
         for (const Statement& one : world.store->read([&](db::Reader& reader) { return world.statements->history(reader, found->id); }))
           values.push_back(one.value ? number_text(*one.value) : "taken back");
         return differs(fmt::format("{}", fmt::join(values, ", ")), w[4]);
       }},

      {"(.+) still holds ([0-9.]+) (.+) that nobody has taken over", {2},
       [](ScenarioWorld& world, const Words& w) -> std::string {
         for (const Remainder& one : remainders(world))
           if (one.body == world.body(w[1]) && one.series == world.series(w[3])) return differs(number_text(one.amount), number_text(world.number(w[2])));
         return "it holds nothing";
       }},
      {"nothing is left to hand over", {}, [](ScenarioWorld& world, const Words&) { return what_is_left(world); }},
      {"([0-9.]+) (.+) recorded late at (.+) wait for an owner", {1},
       [](ScenarioWorld& world, const Words& w) {
         std::int64_t sum = 0;
         for (const LateRecord& one : late(world))
           if (one.body == world.body(w[3]) && one.series == world.series(w[2])) sum += one.amount;
         return differs(number_text(sum), number_text(world.number(w[1])));
       }},
      {"nothing recorded late waits for an owner", {},
       [](ScenarioWorld& world, const Words&) { return late(world).empty() ? std::string() : fmt::format("something recorded at {} waits", world.name(late(world).front().body)); }},
      {"(.+) of (.+) would go from ([0-9.]+) to ([0-9.]+)", {3, 4},
       [](ScenarioWorld& world, const Words& w) -> std::string {
         if (!world.preview) throw std::invalid_argument("no decision was looked at");
         for (const auto& total : world.preview->totals)
           if (total.series == world.series(w[1]) && total.name == w[2])
             return differs(fmt::format("{} to {}", number_text(total.before), number_text(total.after)), fmt::format("{} to {}", w[3], w[4]));
         return "the preview says nothing about it";
       }},

      {"(.+) exists on ([0-9/]+)", {},
       [](ScenarioWorld& world, const Words& w) -> std::string { return world.organisation->current()->body(world.body(w[1])).alive(world.day(w[2])) ? "" : "it does not"; }},
      {"(.+) does not exist on ([0-9/]+)", {},
       [](ScenarioWorld& world, const Words& w) -> std::string { return world.organisation->current()->body(world.body(w[1])).alive(world.day(w[2])) ? "it does" : ""; }},
      {"there is no (.+)", {},
       [](ScenarioWorld& world, const Words& w) -> std::string {
         try {
           world.body(w[1]);
         } catch (const std::invalid_argument&) {
           return "";
         }
         return "there is one";
       }},
      {"(.+) answers to (.+) on ([0-9/]+)", {2},
       [](ScenarioWorld& world, const Words& w) {
         const auto& version = world.organisation->current()->body(world.body(w[1])).on(world.day(w[3]));
         return version.superior == world.body(w[2]) ? std::string() : "it answers to " + (version.superior ? world.name(version.superior) : std::string("nobody"));
       }},
      {"(.+) is succeeded by (.+)", {2},
       [](ScenarioWorld& world, const Words& w) {
         const auto successors = world.organisation->current()->successors(world.body(w[1]));
         return same(names(world, successors), names(world, world.bodies(w[2])));
       }},
      {"(.+) is called (.+) on ([0-9/]+)", {2},
       [](ScenarioWorld& world, const Words& w) { return differs(world.organisation->current()->body(world.body(w[1])).on(world.day(w[3])).name, w[2]); }},
      {"no association covers (.+) on ([0-9/]+)", {},
       [](ScenarioWorld& world, const Words& w) {
         const auto covering = world.organisation->current()->bodies_covering(world.unit(w[1]), "HKH", world.day(w[2]));
         const auto associations = std::ranges::count_if(covering, [&](BodyId body) { return world.organisation->current()->kind(body).level != BodyKind::Level::branch; });
         return associations == 0 ? std::string() : fmt::format("{} do", associations);
       }},

      {"([0-9]+) of ([0-9]+) associations below (.+) have closed (.+)", {1, 2},
       [](ScenarioWorld& world, const Words& w) {
         const auto found = coverage(world, w[3], w[4]);
         if (!found) return "it is refused as " + found.error().code;
         return differs(fmt::format("{} of {}", found->closed, found->expected), fmt::format("{} of {}", w[1], w[2]));
       }},
      {"below (.+) the last closed levels of (.+) stand in for ([^,]+)", {2},
       [](ScenarioWorld& world, const Words& w) {
         const auto found = coverage(world, w[1], w[3]);
         return found ? same(names(world, found->carried), names(world, world.bodies(w[2]))) : "it is refused as " + found.error().code;
       }},
      {"nothing has changed", {}, [](ScenarioWorld& world, const Words&) { return changes_beside(world, "", ""); }},
      {"nothing has changed but (.+?) of (.+)", {2}, [](ScenarioWorld& world, const Words& w) { return changes_beside(world, w[1], w[2]); }},
      {"all totals are the same in every tree", {}, [](ScenarioWorld& world, const Words&) { return equal_in_every_tree(world); }},
  };
  return all;
}

}  // namespace khuyenhoc::scenarios
