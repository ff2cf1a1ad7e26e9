#include "app/verification.h"

#include <array>
#include <map>
#include <unordered_map>

#include "app/asked.h"
#include "app/installation_queries.h"
#include "base/number.h"
#include "platform/files/files.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t complaints_kept = 5;
constexpr std::int64_t statements_looked_at = 2'000;

void complain(std::vector<std::string>& wrong, std::string sentence) {
  if (wrong.size() < complaints_kept) wrong.push_back(std::move(sentence));
}

// What is asked of every node of a tree: how much there is on a day, and how much came in a year.
struct Asking {
  Day tree, day;
  Period year;
};

std::vector<Asking> askings(Day today) {
  const Day before_reform = reform_day() - 1;
  return {{today, today, Period::year(today.year())},
          {before_reform, today, Period::year(today.year())},
          {before_reform, before_reform, Period::year(before_reform.year())},
          {today, before_reform, Period::year(before_reform.year())}};
}

struct Sums {
  std::int64_t level = 0, flow = 0;
  Sums& operator+=(const Sums& other) {
    level += other.level;
    flow += other.flow;
    return *this;
  }
};

using SumsByNode = std::unordered_map<Node, Sums>;
using SumsBySeries = std::map<Series, SumsByNode>;                       // of bodies' own facts

// Where a node's figures are shown in the tree, and what that hangs under.
Node shown(const TreeInTime& tree, Node node, Day day) {
  const Placement place = tree.place(node, day);
  switch (place.kind) {
    case Placement::Kind::inside: return place.at;
    case Placement::Kind::nowhere: return no_node;
    default: return node;
  }
}

Node above(const TreeInTime& tree, Node node, Day day) {
  if (tree.alive(node, day)) return tree.hangs_under(node, day);
  return tree.place(node, day).at;
}

SumsByNode rolled_up(const TreeInTime& tree, Day day, const SumsByNode& own) {
  SumsByNode out;
  for (const auto& [node, sums] : own)
    for (Node at = shown(tree, node, day); at != no_node; at = above(tree, at, day)) out[at] += sums;
  return out;
}

class CubeCheck {
 public:
  explicit CubeCheck(House& house) : house_(house), askings_(askings(house.clock.today())), own_(askings_.size()) {}

  CubeVerdict run() {
    house_.store.read([&](db::Reader& reader) {
      if (house_.store.access() == db::Options::Access::read_only) house_.ledger.follow();
      each_logged_fact(reader, [&](const LoggedFact& fact) { add(fact); });
    });
    view_ = house_.ledger.view();
    for (std::size_t i = 0; i < askings_.size(); ++i) {
      verdict_.series = std::max(verdict_.series, static_cast<std::int64_t>(own_[i].size()));
      compare(askings_[i], AxisKind::superiors, own_[i]);
      compare(askings_[i], AxisKind::areas, own_[i]);
    }
    same_everywhere();
    return std::move(verdict_);
  }

 private:
  void add(const LoggedFact& fact) {
    ++verdict_.facts;
    const auto series = house_.ledger.series_of_stored(fact.stored_series);
    const OrganisationView organisation = house_.ledger.organisation();
    if (!series || organisation->find(fact.body) == nullptr) return;
    const Node node = organisation->node(fact.body);
    for (std::size_t i = 0; i < askings_.size(); ++i) {
      const Sums sums{fact.day <= askings_[i].day ? fact.amount : 0, askings_[i].year.contains(fact.day) ? fact.amount : 0};
      if (sums.level != 0 || sums.flow != 0) own_[i][*series][node] += sums;
    }
  }

  void compare(const Asking& asking, AxisKind kind, const SumsBySeries& own) {
    ++verdict_.trees;
    const Organisation& organisation = *view_.organisation;
    const TreeInTime& tree = kind == AxisKind::superiors ? organisation.superiors() : organisation.areas();
    const auto axis = view_.cube->axis(kind, asking.tree);
    for (const auto& [series, by_body] : own) {
      SumsByNode on_axis;
      for (const auto& [node, sums] : by_body) {
        const Node there = kind == AxisKind::superiors ? node : organisation.area_node(organisation.id(node));
        if (there != no_node) on_axis[there] += sums;
      }
      compare(asking, *axis, series, rolled_up(tree, asking.tree, on_axis));
    }
  }

  void compare(const Asking& asking, const Axis& axis, Series series, const SumsByNode& plain) {
    std::vector<Node> nodes;
    std::vector<LabelRange> ranges;
    for (Node node = 0; node < axis.layout().size(); ++node)
      if (const auto kind = axis.layout().placement(node).kind; kind == Placement::Kind::itself || kind == Placement::Kind::line) {
        nodes.push_back(node);
        ranges.push_back(axis.layout().subtree(node));
      }
    std::vector<std::int64_t> levels(nodes.size()), flows(nodes.size());
    view_.cube->levels(axis, series, ranges, asking.day, levels);
    view_.cube->flows(axis, series, ranges, asking.year, flows);
    verdict_.figures += static_cast<std::int64_t>(2 * nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const auto found = plain.find(nodes[i]);
      const Sums sums = found == plain.end() ? Sums{} : found->second;
      if (sums.level == levels[i] && sums.flow == flows[i]) continue;
      complain(verdict_.wrong, fmt::format("“{}” của {}, cây ngày {}: cộng thẳng từ sổ được {} và {}, chương trình trả lời {} và {}", name_of(series), name_of(axis, nodes[i], asking.tree),
                                           asking.tree.text(), number_text(sums.level), number_text(sums.flow), number_text(levels[i]), number_text(flows[i])));
    }
  }

  // All views add up to the same grand total: what has no place in a tree is counted beside it.
  void same_everywhere() {
    for (const Asking& one : askings_)
      for (const AxisKind kind : {AxisKind::superiors, AxisKind::areas}) {
        const auto axis = view_.cube->axis(kind, one.tree), other = view_.cube->axis(kind, askings_.front().tree);
        for (const auto& [series, by_body] : own_.front()) {
          const std::int64_t here = view_.cube->level(*axis, series, axis->layout().everything(), one.day);
          const std::int64_t there = view_.cube->level(*other, series, other->layout().everything(), one.day);
          ++verdict_.figures;
          if (here != there)
            complain(verdict_.wrong, fmt::format("“{}” ngày {}: tổng theo địa giới ngày {} là {}, theo địa giới ngày {} là {}", name_of(series), one.day.text(), one.tree.text(),
                                                 number_text(here), askings_.front().tree.text(), number_text(there)));
        }
      }
  }

  std::string name_of(Series series) const {
    const Catalogue& catalogue = house_.catalogue;
    return catalogue.measure(catalogue.measure_of(series)).code + " " + catalogue.label(series, Language::vietnamese);
  }
  std::string name_of(const Axis& axis, Node node, Day day) const {
    const Organisation& organisation = *view_.organisation;
    if (axis.kind() == AxisKind::superiors) return organisation.path(organisation.id(node), day);
    if (node < organisation.territory().size()) return organisation.territory().path(organisation.territory().id(node), day);
    return fmt::format("đơn vị số {} theo địa bàn", node);
  }

  House& house_;
  LedgerView view_;
  std::vector<Asking> askings_;
  std::vector<SumsBySeries> own_;        // by asking
  CubeVerdict verdict_;
};

}  // namespace

CubeVerdict verify_cube(House& house) { return CubeCheck(house).run(); }

StatementVerdict verify_statements(House& house) {
  StatementVerdict verdict;
  const Figures figures(house.ledger.view());
  const Catalogue& catalogue = house.catalogue;
  house.store.read([&](db::Reader& reader) {
    verdict.in_force = statements_in_force(reader);
    std::vector<Statement> sample;
    each_statement(reader, std::max<std::int64_t>(1, verdict.in_force / statements_looked_at), [&](const StatedFigure& one) {
      if (const auto series = house.ledger.series_of_stored(one.stored_series); series && one.statement.extent == Extent::subtree) {
        sample.push_back(one.statement);
        sample.back().series = *series;
      }
    });
    for (const Statement& statement : sample) {
      ++verdict.looked_at;
      const StatementOutcome outcome = house.statements.explain(reader, statement);
      if (outcome.conflict) {
        ++verdict.conflicts;
        continue;
      }
      const auto figure = figures.member(statement.series, {statement.body, statement.period, statement.period.last, Lens::live});
      if (!figure || figure->value == *statement.value) continue;
      complain(verdict.wrong, fmt::format("“{}” của {}, {}: đã ghi {}, chương trình trả lời {}", catalogue.label(statement.series, Language::vietnamese),
                                          figures.view().organisation->path(statement.body, statement.period.last), house.periods.label(statement.period, Language::vietnamese),
                                          number_text(*statement.value), number_text(figure->value)));
    }
    each_wrong_count(reader, [&](const WrongCount& one) {
      complain(verdict.wrong, fmt::format("{}, {}: có {} số đã ghi, bảng đơn vị đã báo cáo lại ghi {}", figures.view().organisation->path(one.body, one.window.last),
                                          house.periods.label(one.window, Language::vietnamese), number_text(one.stated), number_text(one.kept)));
    });
  });
  return verdict;
}

FileVerdict verify_files(House& house) {
  FileVerdict verdict;
  house.store.read([&](db::Reader& reader) {
    each_attachment(reader, [&](const KeptFile& file) {
      ++verdict.files;
      verdict.bytes += static_cast<std::int64_t>(file.content.size());
      const db::Digest digest = db::digest_of({reinterpret_cast<const char*>(file.content.data()), file.content.size()});
      if (!std::ranges::equal(digest, file.digest)) complain(verdict.wrong, fmt::format("tệp đính kèm {} đã khác lúc lưu", crypto::hex(file.digest)));
    });
  });
  return verdict;
}

}  // namespace khuyenhoc
