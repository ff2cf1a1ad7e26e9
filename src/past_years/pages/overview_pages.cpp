#include <algorithm>
#include <set>

#include "base/i18n.h"
#include "base/phrases.h"
#include "measures/figures.h"
#include "past_years/annex_loading.h"
#include "past_years/carrying.h"
#include "past_years/old_bodies.h"
#include "past_years/pages/annex_shared.h"
#include "past_years/pages/overview.html.h"
#include "past_years/past_years.h"
#include "past_years/past_years_queries.h"
#include "restructure/restructure.h"
#include "shell/start_under_way.h"

namespace khuyenhoc {

std::optional<BodyId> past_years::office_of(const Visit& visit, Permission permission) {
  const auto body = visit.body(permission);
  if (!body) return std::nullopt;
  const auto& organisation = *visit.organisation();
  const BodyKind& kind = organisation.kind(*body);
  const bool keeps_units = kind.code == "tinh_hoi" || kind.code == "hoi_co_so";
  return keeps_units && organisation.body(*body).alive(visit.today()) ? body : std::nullopt;
}

html::Url past_years::past_years_page(BodyId office) { return html::path("/so-lieu-nam-truoc/{}", office); }

namespace {

using namespace past_years;

constexpr int years_shown = 3;

std::string agreement(House& house, db::Reader& reader, const Annex& annex) {
  if (annex.state != AnnexState::loaded) return {};
  const auto totals = past_years_sql::explanations(reader, house.catalogue, annex.id);
  if (totals.empty()) return tr("không có số tổng để đối chiếu");
  std::size_t same = 0, open = 0;
  for (const AnnexExplanation& one : totals) {
    if (one.rows_sum == one.signed_total || one.reason == AnnexReason::own_of_office) ++same;
    if (one.reason == AnnexReason::open) ++open;
  }
  if (same == totals.size()) return tr("khớp cả {} số tổng", totals.size());
  const std::size_t differing = totals.size() - same;
  return open == 0 ? tr("khớp {}/{} số tổng; {} chỗ in sai trong báo cáo", same, totals.size(), differing)
                   : tr("khớp {}/{} số tổng; {} chỗ chưa rõ", same, totals.size(), open);
}

std::string part_name(const Territory& land, UnitId area, AnnexLand kind, Day day) {
  const auto& unit = land.unit(area);
  return kind == AnnexLand::old_units && unit.ended ? tr("{} (cũ)", unit.full_name(day)) : unit.full_name(day);
}

// Typed in or recorded at the time: not everything comes from annexes. How many indicators have a figure of exactly this period; zero where nobody stated any.
std::size_t indicators_entered(const House& house, const Organisation& organisation, UnitId area, Period period) {
  const BodyId body = association_of(organisation, area, period.last);
  const Figures figures(house.ledger.view());
  if (!body || !is_stated_in(figures, body, period)) return 0;
  std::size_t out = 0;
  for (std::size_t i = 0; i < house.catalogue.measures().size(); ++i) {
    const auto index = static_cast<MeasureIndex>(i);
    if (!is_typed(house.catalogue.measure(index).kind)) continue;
    const auto figure = figures.figure(index, {body, period, period.last});
    out += figure && figure->defined() && figure->value != 0 ? 1U : 0U;
  }
  return std::max<std::size_t>(out, 1);
}

std::size_t indicators_of(const Annex& annex) {
  std::set<Series> out;
  for (const AnnexColumnChoice& one : annex.columns)
    if (one.series) out.insert(*one.series);
  return out.size();
}

OverviewPage::Slot slot(const Visit& visit, BodyId body, const NamedPeriod& period, UnitId area, const std::vector<Annex>& annexes) {
  const House& house = visit.house();
  const auto& land = visit.organisation()->territory();
  OverviewPage::Slot out;
  out.period = house.periods.label(period, visit.language());
  out.part = part_name(land, area, usual_land(period.period.last), period.period.last);
  const Annex* best = nullptr;
  // One half way comes first: whatever else there is of the period, it is not whole.
  const auto weight = [](const Annex& one) { return is_half_way(one.state) ? 2 : one.state == AnnexState::loaded ? 1 : 0; };
  for (const Annex& one : annexes)
    if (one.area == area && one.period == period && one.state != AnnexState::withdrawn && (best == nullptr || weight(one) > weight(*best))) best = &one;
  if (best != nullptr) {
    out.link = html::path("/so-lieu-nam-truoc/{}/{}", body, best->id);
    if (is_half_way(best->state)) {
      out.state = half_way_state(*best, house.clock.now_ms());
      out.mood = "bad";
      out.icon = "alert-triangle";
      out.detail = tr("báo cáo số {}, {}: số của kỳ này chưa đủ", best->report_number, half_way_words(*best));
      out.action = is_under_way(*best, house.clock.now_ms()) ? tr("Xem") : tr("Làm tiếp");
      return out;
    }
    const bool loaded = best->state == AnnexState::loaded;
    out.state = loaded ? tr("Đã nạp từ phụ lục") : tr("Đang làm, chưa ghi");
    out.mood = loaded ? "good" : "wait";
    out.icon = loaded ? "circle-check" : "clock";
    out.detail = loaded ? tr("báo cáo số {}, {} chỉ tiêu", best->report_number, indicators_of(*best)) : tr("báo cáo số {}", best->report_number);
    out.action = loaded ? tr("Xem") : tr("Làm tiếp");
    return out;
  }
  out.link = html::path("/so-lieu-nam-truoc/{}/nap", body).with("ky", period.name()).with("vung", area.value);
  if (const std::size_t entered = indicators_entered(house, *visit.organisation(), area, period.period); entered > 0) {
    out.state = tr("Đã có số liệu, {} chỉ tiêu", entered);
    out.detail = tr("nhập trong chương trình");
    out.mood = "good";
    out.icon = "circle-check";
    out.action = tr("Nạp thêm phụ lục");
    return out;
  }
  out.state = tr("Chưa có số liệu");
  out.icon = "circle-dashed";
  out.action = tr("Nạp phụ lục");
  return out;
}

http::Response show(const Visit& visit) {
  const auto body = office_of(visit);
  if (!body) return visit.not_found();
  House& house = visit.house();
  const auto organisation = visit.organisation();
  OverviewPage page;
  page.office = organisation->body(*body).on(visit.today()).name;
  page.office_start = start_under_way(visit);
  page.page = past_years_page(*body);
  page.add = html::path("/so-lieu-nam-truoc/{}/nap", *body);
  page.old_bodies = html::path("/so-lieu-nam-truoc/{}/to-chuc-cu", *body);
  page.recount = html::path("/so-lieu-nam-truoc/{}/tinh-lai", *body);
  page.may_build = visit.viewer().may(Permission::keep_bodies, *body);
  for (const MissingComparison& gap : missing_comparisons(house, *body, visit.today())) {
    std::vector<std::string> names;
    for (const MeasureIndex measure : gap.measures) names.push_back(house.catalogue.measure(measure).short_label(visit.language()));
    page.gaps.push_back({gap.sentence, enumerated(names)});
  }
  house.store.read([&](db::Reader& reader) {
    const auto annexes = past_years_sql::of_body(reader, house.catalogue, *body);
    // While one is half way it is worked out at its end.
    page.carried = std::ranges::any_of(annexes, [](const Annex& one) { return is_half_way(one.state); }) || is_carried(house, reader);
    for (int year = visit.today().year() - 1; year >= visit.today().year() - years_shown; --year)
      for (const char* window : {"Y", "9M", "H1"}) {
        const auto period = house.periods.named("bao_cao", window, year);
        if (!period || period->period.last >= visit.today()) continue;
        // Of nine months there is only what this year's report will be compared with.
        if (std::string_view(window) == "9M" && year < visit.today().year() - 1) continue;
        const auto areas = areas_of(*organisation, *body, usual_land(period->period.last), visit.today());
        for (const UnitId area : areas) page.slots.push_back(slot(visit, *body, *period, area, annexes));
      }
    for (const Annex& one : annexes) {
      OverviewPage::Line line;
      line.report = tr("Báo cáo số {} ngày {}", one.report_number, one.report_day.text());
      line.period = house.periods.label(one.period, visit.language());
      line.about = part_name(organisation->territory(), one.area, one.land, annex_day(one));
      line.link = html::path("/so-lieu-nam-truoc/{}/{}", *body, one.id);
      line.state = is_half_way(one.state) ? half_way_state(one, house.clock.now_ms()) : one.state == AnnexState::loaded ? tr("Đã nạp") : one.state == AnnexState::draft ? tr("Chưa ghi") : tr("Đã khôi phục như cũ");
      line.mood = is_half_way(one.state) ? "bad" : one.state == AnnexState::loaded ? "good" : one.state == AnnexState::draft ? "wait" : "";
      line.icon = is_half_way(one.state) ? "alert-triangle" : one.state == AnnexState::loaded ? "circle-check" : one.state == AnnexState::draft ? "clock" : "arrow-back-up";
      line.agreement = is_half_way(one.state) ? half_way_words(one) : agreement(house, reader, one);
      if (one.signed_file) line.signed_file = html::path("/so-lieu-nam-truoc/{}/{}/ban-ky", *body, one.id);
      page.annexes.push_back(std::move(line));
    }
  });
  return http::Response::html(past_years_pages::overview(visit.frame(tr("Số liệu các năm trước"), MenuItem::figures), page));
}

// Lines of old bodies, when somebody typed figures of the time of transition by hand.
http::Response recount(const Visit& visit) {
  const auto body = office_of(visit);
  if (!body) return visit.not_found();
  House& house = visit.house();
  Restructures restructures(house.organisation, house.ledger, house.statements);
  const std::int64_t now = house.clock.now_ms();
  const bool changed = house.store.write([&](db::Writer& writer) {
    if (is_carried(house, writer)) return false;
    carry_over(house, restructures, writer, visit.viewer().user(), now);
    house.trail.write(writer, visit.viewer(), *body, "past_founding", body->value, "carry", {},
                      R"({"summary":")" + tr(Language::vietnamese, "Tính lại phần chuyển tiếp từ các tổ chức cũ sang các đơn vị hiện nay") + R"("})");
    return true;
  });
  if (changed)
    if (auto settled = restructures.settle({visit.viewer().user(), now, {}}); !settled) return visit.refused(settled.error(), http::Status::conflict);
  return visit.done(past_years_page(*body), changed ? tr("Đã tính lại phần chuyển tiếp từ các tổ chức cũ.") : tr("Phần chuyển tiếp đã đúng, không phải tính lại."));
}

}  // namespace

void add_past_overview_pages(Pages& pages) {
  pages.get("/so-lieu-nam-truoc", Permission::enter_figures, RouteScope::signed_in, [](const Visit& visit) { return http::Response::redirect(past_years_page(visit.viewer().acting_for())); });
  pages.get("/so-lieu-nam-truoc/{body:number}", Permission::enter_figures, RouteScope::body, show);
  pages.post("/so-lieu-nam-truoc/{body:number}/tinh-lai", Permission::enter_figures, RouteScope::body, recount);
}

void add_past_year_pages(Pages& pages) {
  add_past_overview_pages(pages);
  add_annex_pages(pages);
  add_annex_check_pages(pages);
  add_old_bodies_pages(pages);
}

}  // namespace khuyenhoc
