#include "targets/targets.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/i18n.h"
#include "base/number.h"
#include "base/text.h"
#include "measures/targets.h"
#include "targets/targets_queries.h"

namespace khuyenhoc {
namespace {

constexpr std::int64_t largest_target = 1'000'000'000'000'000;   // a million milliards of đồng

std::optional<std::int64_t> of_year(const Figures& figures, MeasureIndex measure, BodyId body, int year, Day today) {
  const auto figure = figures.figure(measure, {body, Period::year(year), today, Lens::live});
  if (!figure || !figure->defined() || figure->is_ratio || figure->value == 0) return std::nullopt;
  return figure->value;
}

std::int64_t rounded_up(std::int64_t value, std::int64_t to) { return (value + to - 1) / to * to; }

// Part of a whole in the proportion of two reference figures, without leaving 64 bits.
std::int64_t share(std::int64_t whole, std::int64_t part_of, std::int64_t all) {
  return static_cast<std::int64_t>(static_cast<long double>(whole) * static_cast<long double>(part_of) / static_cast<long double>(all));
}

class Suggesting {
 public:
  Suggesting(db::Reader& reader, House& house, const Figures& figures, int year, Day today)
      : reader_(reader), house_(house), figures_(figures), organisation_(*figures.view().organisation), year_(year), today_(today) {}

  TargetCell cell(BodyId body, const TargetKind& kind) {
    TargetCell out{body, kind.measure, target(reader_, house_.catalogue, body, kind.measure, year_), of_year(figures_, kind.measure, body, year_ - 1, today_), {}};
    if (out.last_year) {
      const auto grown = static_cast<std::int64_t>(static_cast<long double>(*out.last_year) * static_cast<long double>(1000 + kind.growth_permille) / 1000);
      out.suggested = rounded_up(grown, kind.round);
      return out;
    }
    // no figure of last year: the share of the office above's own target
    const BodyId above = organisation_.body(body).on(today_).superior;
    if (!above) return out;
    const auto whole = target(reader_, house_.catalogue, above, kind.measure, year_);
    const auto own = of_year(figures_, kind.by, body, year_, today_), all = of_year(figures_, kind.by, above, year_, today_);
    if (whole && own && all && *all > 0) out.suggested = rounded_up(share(*whole, *own, *all), kind.round);
    return out;
  }

 private:
  db::Reader& reader_;
  House& house_;
  const Figures& figures_;
  const Organisation& organisation_;
  int year_;
  Day today_;
};

std::string value_words(const Measure& measure, std::optional<std::int64_t> value) {
  return value ? number_text(*value) + " " + measure.unit(Language::vietnamese) : tr(Language::vietnamese, "chưa giao");
}

}  // namespace

std::vector<BodyId> bodies_assigned_to(const Organisation& organisation, BodyId body, Day day) {
  std::vector<BodyId> out;
  const std::string& system = organisation.kind(body).system;
  for (const BodyId below : organisation.children(body, day))
    if (organisation.kind(below).level != BodyKind::Level::branch && organisation.kind(below).system == system) out.push_back(below);
  return out;
}

TargetSheet target_sheet(db::Reader& reader, House& house, const Figures& figures, BodyId body, int year, Day today) {
  TargetSheet out{body, year, targets_sql::version(reader, body, year), {}};
  Suggesting suggesting(reader, house, figures, year, today);
  for (const TargetKind& kind : TargetKinds::house().all()) out.cells.push_back(suggesting.cell(body, kind));
  return out;
}

Assignment assignment(db::Reader& reader, House& house, const Figures& figures, BodyId body, const TargetKind& kind, int year, Day today) {
  Assignment out;
  Suggesting suggesting(reader, house, figures, year, today);
  out.whole = suggesting.cell(body, kind);
  for (const BodyId below : bodies_assigned_to(*figures.view().organisation, body, today)) {
    out.parts.push_back(suggesting.cell(below, kind));
    out.versions.push_back(targets_sql::version(reader, below, year));
    if (out.parts.back().value) out.sum = out.sum.value_or(0) + *out.parts.back().value;
  }
  return out;
}

std::optional<TargetDecision> target_decision(db::Reader& reader, BodyId body, int year) { return targets_sql::decision(reader, body, year); }

Result<void> keep_decision(House& house, db::Writer& writer, const Viewer& viewer, TargetDecision given) {
  given.number = normalised(given.number);
  if (given.number.empty()) return refuse("target.number", tr("Xin ghi số quyết định, ví dụ 15/QĐ-HKH."), "number");
  if (count_characters(given.number) > 40) return refuse("target.number", tr("Số quyết định dài quá 40 chữ. Xin xem lại."), "number");
  if (given.day > viewer.today()) return refuse("target.day", tr("Ngày quyết định chưa đến. Xin ghi hôm nay hoặc một ngày đã qua."), "day");
  const auto before = targets_sql::decision(writer, given.body, given.year);
  if ((before ? before->version : 0) != given.version) return refuse("target.stale", tr("Quyết định này vừa được người khác ghi. Xin xem lại rồi ghi tiếp."), "number");
  ++given.version;
  targets_sql::set_decision(writer, given);
  const std::string sentence = tr(Language::vietnamese, "Giao chỉ tiêu năm {} theo Quyết định số {} ngày {}", given.year, given.number, given.day.text());
  house.trail.write(writer, viewer, given.body, "target", given.body.value, "decide", {}, boost::json::serialize(boost::json::object{{"summary", sentence}}));
  return {};
}

bool may_set_targets(db::Reader& reader, const Viewer& viewer, BodyId body, int year) {
  const Body* found = viewer.organisation()->find(body);
  if (found == nullptr || !found->alive(viewer.today()) || !viewer.may(Permission::keep_bodies, body)) return false;
  const BodyId above = found->on(viewer.today()).superior;
  return !above || viewer.may(Permission::keep_bodies, above) || !targets_sql::decision(reader, above, year);
}

Result<std::size_t> set_targets(House& house, db::Writer& writer, const Viewer& viewer, int year, std::span<const TypedTarget> typed, std::span<const SheetVersion> versions, Day from) {
  std::map<BodyId, std::vector<TypedTarget>> changed;
  for (const TypedTarget& one : typed) {
    if (one.value && (*one.value < 0 || *one.value > largest_target))
      return refuse("target.value", tr("Chỉ tiêu phải là số không âm và không quá lớn. Xin xem lại."), std::to_string(one.body.value));
    if (target(writer, house.catalogue, one.body, one.measure, year) != one.value) changed[one.body].push_back(one);
  }
  std::size_t count = 0;
  for (const auto& [body, cells] : changed) {
    const std::int64_t now = targets_sql::version(writer, body, year);
    const auto shown = std::ranges::find(versions, body, &SheetVersion::body);
    if (shown != versions.end() && shown->version != now)
      return refuse("target.stale", tr("Chỉ tiêu của {} vừa được người khác ghi. Số đang lưu hiện bên cạnh; xin xem lại rồi ghi tiếp.", viewer.organisation()->body(body).on(viewer.today()).name),
                    std::to_string(body.value));
    std::string summary, before_text;
    for (const TypedTarget& cell : cells) {
      const Measure& measure = house.catalogue.measure(cell.measure);
      const auto before = target(writer, house.catalogue, body, cell.measure, year);
      if (cell.value) set_target(writer, house.catalogue, {body, cell.measure, year, *cell.value});
      else withdraw_target(writer, house.catalogue, body, cell.measure, year);
      targets_sql::insert_change(writer, house.store.new_id(), measure.code, {body, cell.measure, year, before, cell.value, from, viewer.user(), house.clock.now_ms()});
      summary += (summary.empty() ? "" : "; ") + tr(Language::vietnamese, "{}: {} thành {}", measure.short_label(Language::vietnamese), value_words(measure, before), value_words(measure, cell.value));
      ++count;
    }
    targets_sql::set_version(writer, body, year, now + 1);
    const std::string sentence = tr(Language::vietnamese, "Chỉ tiêu năm {} của {}: {}", year, viewer.organisation()->body(body).on(viewer.today()).name, summary);
    house.trail.write(writer, viewer, body, "target", body.value, "set", {}, boost::json::serialize(boost::json::object{{"summary", sentence}}));
  }
  return count;
}

std::vector<TargetChange> target_changes(db::Reader& reader, BodyId body, int year, std::size_t limit) {
  return targets_sql::changes(reader, Catalogue::house(), body, year, static_cast<std::int64_t>(limit));
}

std::optional<std::int64_t> target_on(db::Reader& reader, BodyId body, MeasureIndex measure, int year, Day day) {
  constexpr std::int64_t all = 100'000;
  const auto changes = targets_sql::changes(reader, Catalogue::house(), body, year, all);
  const TargetChange* earliest = nullptr;
  const TargetChange* in_force = nullptr;            // of one day the newest holds; newest come first
  for (const TargetChange& change : changes) {
    if (change.measure != measure) continue;
    earliest = &change;
    if (change.from <= day && (in_force == nullptr || change.from > in_force->from)) in_force = &change;
  }
  if (in_force != nullptr) return in_force->value;
  // what stood there before anybody changed it here
  return earliest != nullptr ? earliest->before : target(reader, Catalogue::house(), body, measure, year);
}

Url targets_page(BodyId body) { return html::path("/chi-tieu-nam/{}", body); }

}  // namespace khuyenhoc
