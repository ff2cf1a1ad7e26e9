// Opening a round: whom it asks, when each is due, what another round already asks for; all rows in one transaction.
#include <algorithm>
#include <map>
#include <set>

#include "base/i18n.h"
#include "rounds/round_parts.h"
#include "rounds/rounds_queries.h"

namespace khuyenhoc {

using namespace rounds;

namespace {

struct DueField {
  BodyKind::Level level;
  std::string_view field;
  Message of;
};
constexpr DueField due_fields[] = {{BodyKind::Level::branch, "han-chi-hoi", mark("chi hội, ban")},
                                   {BodyKind::Level::commune, "han-xa", mark("xã, phường, đơn vị")},
                                   {BodyKind::Level::province, "han-tinh", mark("tỉnh, thành phố")},
                                   {BodyKind::Level::centre, "han-trung-uong", mark("Trung ương Hội")}};

BodyKind::Level due_level(BodyKind::Level level) { return level == BodyKind::Level::district ? BodyKind::Level::commune : level; }

// Those below the office that are chosen, and to whom each sends: the nearest one above it that is asked, too.
class Choosing {
 public:
  Choosing(const Organisation& organisation, const NewRound& given, Day day) : organisation_(organisation), given_(given), day_(day) {
    const std::string& system = organisation.kind(given.office).system;
    for (const BodyId body : organisation.below(given.office, day))
      if (body != given.office && organisation.kind(body).system == system) all_.push_back(body);
  }

  Result<std::vector<AskedBody>> chosen() {
    if (given_.asked.how == AskedBodies::How::kinds && given_.asked.kinds.empty()) return refuse("round.kinds", tr("Xin chọn ít nhất một loại tổ chức."), "loai");
    if (given_.asked.how == AskedBodies::How::list) {
      if (given_.asked.bodies.empty()) return refuse("round.list", tr("Xin chọn ít nhất một đơn vị trong danh sách."), "don-vi");
      for (const BodyId body : given_.asked.bodies)
        if (std::ranges::find(all_, body) == all_.end()) return refuse("round.list", tr("Có đơn vị không trực thuộc Hội mở đợt vào ngày {}. Xin chọn lại.", day_.text()), "don-vi");
    }
    for (const BodyId body : all_)
      if (asks_itself(body)) in_.insert(body);
    if (given_.asked.how != AskedBodies::How::subtree && given_.depth == RoundDepth::branches)
      for (const BodyId body : all_)
        if (organisation_.kind(body).level == BodyKind::Level::branch && in_.contains(reports_to(organisation_, body, day_))) in_.insert(body);
    std::vector<AskedBody> out;
    for (const BodyId body : all_) {
      if (!in_.contains(body)) continue;
      const BodyKind::Level level = organisation_.kind(body).level;
      out.push_back({body, receiver(body), level, given_.due.of(level)});
    }
    return out;
  }

 private:
  bool asks_itself(BodyId body) const {
    switch (given_.asked.how) {
      case AskedBodies::How::kinds: return std::ranges::find(given_.asked.kinds, organisation_.kind(body).code) != given_.asked.kinds.end();
      case AskedBodies::How::list: return std::ranges::find(given_.asked.bodies, body) != given_.asked.bodies.end();
      case AskedBodies::How::subtree: break;
    }
    return given_.depth == RoundDepth::branches || reports_to(organisation_, body, day_) == given_.office;
  }
  BodyId receiver(BodyId body) const {
    BodyId at = reports_to(organisation_, body, day_);
    while (at && at != given_.office && !in_.contains(at)) at = reports_to(organisation_, at, day_);
    return at ? at : given_.office;
  }

  const Organisation& organisation_;
  const NewRound& given_;
  Day day_;
  std::vector<BodyId> all_;
  std::set<BodyId> in_;
};

Result<void> check_due(const Organisation& organisation, const NewRound& given, std::span<const AskedBody> asked) {
  std::set<BodyKind::Level> used{due_level(organisation.kind(given.office).level)};
  for (const AskedBody& one : asked) used.insert(due_level(one.level));
  std::optional<Day> before;
  Message before_of;
  for (const DueField& field : due_fields) {
    const auto due = given.due.of(field.level);
    const std::string of(translated(field.of.vietnamese));
    const bool own_centre = field.level == BodyKind::Level::centre;            // the centre owes its report to nobody here
    if (!due && used.contains(field.level) && !own_centre) return refuse("round.due", tr("Xin ghi hạn nộp của {}.", of), std::string(field.field));
    if (!due) continue;
    if (*due < given.period.period.last)
      return refuse("round.due", tr("Hạn nộp phải từ ngày khóa số ({}) trở đi, vì số liệu tính đến hết ngày đó.", given.period.period.last.text()), std::string(field.field));
    if (before && *due < *before)
      return refuse("round.due", tr("Hạn của {} không được trước hạn của {} ({}).", of, translated(before_of.vietnamese), before->text()), std::string(field.field));
    before = due;
    before_of = field.of;
  }
  return {};
}

struct Plan {
  RoundPreview preview;
  std::vector<ReportId> moved;           // reports of offices that opened a round themselves and are asked from above now
  std::map<BodyId, ReportId> moved_of;
};

Result<Plan> plan_of(db::Reader& reader, const House& house, const Viewer& viewer, const NewRound& given) {
  const Organisation& organisation = *house.organisation.current();
  const Day today = viewer.today();
  const Body* office = organisation.find(given.office);
  if (office == nullptr || !viewer.may(Permission::receive, given.office)) return std::unexpected(unknown_round());
  if (organisation.kind(given.office).level == BodyKind::Level::branch)
    return refuse("round.branch", tr("Chi hội, ban khuyến học không mở đợt báo cáo. Xin đề nghị Hội cấp trên trực tiếp mở đợt."));
  if (given.form.empty()) return refuse("round.form", tr("Xin chọn mẫu báo cáo."), "mau");
  const Period window = given.period.period;
  if (window.last < window.first) return refuse("round.period", tr("Ngày cuối kỳ phải sau ngày đầu kỳ."), "ky");
  const Day day = asking_day(window, today);
  if (!office->alive(day)) return refuse("round.period", tr("Ngày {}, {} chưa thành lập hoặc đã kết thúc. Xin chọn kỳ khác.", day.text(), office->on(day).name), "ky");
  auto chosen = Choosing(organisation, given, day).chosen();
  if (!chosen) return std::unexpected(chosen.error());
  if (chosen->empty()) return refuse("round.asked", tr("Không có đơn vị nào để yêu cầu báo cáo. Xin chọn lại đối tượng, hoặc thành lập đơn vị trực thuộc trước."), "doi-tuong");
  if (auto due = check_due(organisation, given, *chosen); !due) return std::unexpected(due.error());

  std::map<BodyId, RoundReport> there;
  for (RoundReport& one : rounds_sql::reports_of_form(reader, given.form, window)) there.emplace(one.body, std::move(one));
  if (const auto own = there.find(given.office); own != there.end()) {
    const auto round = find_round(reader, own->second.round);
    if (round && round->office != given.office)
      return refuse("round.asked_above", tr("{} đã mở đợt “{}” cho kỳ này. Xin chuyển tiếp đợt ấy xuống dưới thay vì mở đợt riêng.", name_on(organisation, round->office, day), round->title), "ky");
    return refuse("round.asked_already", tr("Đơn vị đã mở đợt này (“{}”). Muốn thêm đơn vị, xin mở đợt ấy và bấm “Bổ sung đơn vị”.", round ? round->title : std::string()), "ky");
  }
  Plan out;
  const BodyKind::Level own_level = organisation.kind(given.office).level;
  out.preview.asked.push_back({given.office, BodyId{}, own_level, given.due.of(own_level)});
  for (const AskedBody& one : *chosen) {
    if (const auto at = there.find(one.body); at != there.end()) {
      if (at->second.sends_to) {
        out.preview.elsewhere.push_back(one.body);
        continue;
      }
      out.moved.push_back(at->second.id);
      out.moved_of.emplace(one.body, at->second.id);
    }
    std::size_t& count = one.level == BodyKind::Level::branch ? out.preview.branches : one.level == BodyKind::Level::province ? out.preview.provinces : out.preview.associations;
    ++count;
    out.preview.asked.push_back(one);
  }
  if (out.preview.asked.size() == 1) return refuse("round.asked_already", tr("Tất cả các đơn vị này đã được yêu cầu báo cáo kỳ này trong đợt khác."), "doi-tuong");
  return out;
}

}  // namespace

Result<RoundPreview> preview_round(db::Reader& reader, const House& house, const Viewer& viewer, const NewRound& given) {
  auto plan = plan_of(reader, house, viewer, given);
  if (!plan) return std::unexpected(plan.error());
  return std::move(plan->preview);
}

Result<ReportingRound> open_round(db::Writer& writer, const House& house, const Viewer& viewer, const NewRound& given) {
  const LanguageScope in_vietnamese(Language::vietnamese);          // what is stored is read by everybody
  const auto plan = plan_of(writer, house, viewer, given);
  if (!plan) return std::unexpected(plan.error());
  ReportingRound round;
  round.id = house.store.new_id<RoundId>();
  round.opened_ms = house.clock.now_ms();
  round.uid = Uuid::make(round.opened_ms);
  round.office = given.office;
  round.form = given.form;
  round.form_versions = given.form_versions;
  round.period = given.period;
  round.title = given.title.empty() ? tr("Báo cáo {}", house.periods.label(given.period.period, Language::vietnamese)) : given.title;
  round.message = given.message;
  round.asked = given.asked;
  round.depth = given.depth;
  round.due = given.due;
  round.by = viewer.user();
  rounds_sql::insert_round(writer, round);
  std::vector<RoundReport> rows;
  rows.reserve(plan->preview.asked.size());
  for (const AskedBody& one : plan->preview.asked) {
    if (const auto moved = plan->moved_of.find(one.body); moved != plan->moved_of.end()) {
      auto report = find_report(writer, moved->second);
      if (!report) return std::unexpected(stale_round());
      report->round = round.id;
      report->sends_to = one.sends_to;
      report->due = one.due;
      if (!rounds_sql::update_report(writer, *report, report->row_version)) return std::unexpected(stale_round());
      tell_event(writer, house, viewer, *report, ReportStep::moved, report->state, report->state, round.title);
      continue;
    }
    RoundReport& row = rows.emplace_back();
    row.id = house.store.new_id<ReportId>();
    row.round = round.id;
    row.body = one.body;
    row.sends_to = one.sends_to;
    row.level = one.level;
    row.form = round.form;
    row.window = round.period.period;
    row.due = one.due;
  }
  rounds_sql::insert_reports(writer, rows);
  tell_trail(writer, house, viewer, round.office, "round", round.id.value, "open",
             tr("Mở đợt “{}” ({}), yêu cầu {} đơn vị báo cáo", round.title, round.period.period.text(), plan->preview.asked.size() - 1));
  return round;
}

}  // namespace khuyenhoc
