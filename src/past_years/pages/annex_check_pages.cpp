// The check against the signed totals, writing, the record of it, and taking it back.
#include <algorithm>

#include "base/i18n.h"
#include "base/number.h"
#include "past_years/annex_loading.h"
#include "past_years/marked_workbook.h"
#include "past_years/pages/annex_shared.h"
#include "past_years/pages/check.html.h"
#include "past_years/past_years.h"
#include "past_years/past_years_queries.h"

namespace khuyenhoc {
namespace {

using namespace past_years;

constexpr std::string_view xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr std::size_t meetings_shown = 50;

std::string reason_words(AnnexReason reason) {
  switch (reason) {
    case AnnexReason::own_of_office: return tr("Phần của cơ quan cấp đó, không thuộc đơn vị nào");
    case AnnexReason::misprint: return tr("Số tổng in sai trong báo cáo");
    case AnnexReason::open: return tr("Chưa rõ");
    case AnnexReason::none: break;
  }
  return tr("Chưa giải thích");
}

std::string key_of(const Visit& visit, const AnnexTotal& total) {
  const Catalogue& catalogue = visit.house().catalogue;
  std::string member = catalogue.member_key(total.series);
  std::ranges::replace(member, '/', '_');
  return fmt::format("{}_{}{}", total.unit.value, catalogue.measure(catalogue.measure_of(total.series)).code, member.empty() ? "" : "_" + member);
}

std::string unit_words(const Visit& visit, const Annex& annex, UnitId unit) { return visit.organisation()->territory().unit(unit).full_name(annex_day(annex)); }

void show_table(const Visit& visit, const AnnexPlan& plan, CheckPage& page) {
  const Catalogue& catalogue = visit.house().catalogue;
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < plan.table.columns.size(); ++i)
    if (plan.table.columns[i].series) {
      shown.push_back(i);
      const Series series = *plan.table.columns[i].series;
      page.heads.push_back(catalogue.is_whole(series) ? catalogue.measure(catalogue.measure_of(series)).short_label(visit.language()) : catalogue.label(series, visit.language()));
    }
  for (const AnnexRow& row : plan.table.rows) {
    if (row.role == AnnexRole::left_out) continue;
    CheckPage::Row one{row.label, {}, {}, row.role == AnnexRole::total || row.role == AnnexRole::subtotal};
    if (row.role == AnnexRole::unit && row.unit) one.remark = unit_words(visit, plan.annex, row.unit);
    if (row.role == AnnexRole::total) one.remark = tr("đã ký");
    if (!row.problem.empty()) one.remark = tr("chưa đọc");
    for (const std::size_t i : shown) one.cells.push_back(row.values.size() > i && row.values[i] ? number_text(*row.values[i]) : std::string());
    page.rows.push_back(std::move(one));
  }
}

void fill(const Visit& visit, const AnnexPlan& plan, CheckPage& page) {
  const House& house = visit.house();
  page.fresh = plan.fresh;
  page.same = plan.same;
  page.differing = plan.differing;
  page.agreeing = plan.agreeing;
  page.totals = plan.table.totals.size();
  page.hindrances = plan.hindrances;
  for (const AnnexProblem& one : plan.table.problems) page.problems.push_back({one.address, one.message});
  // While rows are unread the sums say nothing.
  for (const AnnexDifference& one : plan.table.problems.empty() ? plan.differences : std::vector<AnnexDifference>{}) {
    CheckPage::Difference line;
    line.key = key_of(visit, one.total);
    line.where = one.total.unit == plan.annex.area ? tr("cả phụ lục, dòng {}", one.total.row) : tr("{}, dòng {}", one.total.label, one.total.row);
    line.measure = house.catalogue.label(one.total.series, visit.language());
    line.sum = number_text(one.total.rows_sum);
    line.signed_total = number_text(one.total.signed_total);
    line.change = change_text(one.total.difference());
    line.reason = static_cast<std::int64_t>(one.reason);
    line.note = one.note;
    line.may_be_own = may_be_own(one.total);
    line.reason_words = reason_words(one.reason);
    page.differences.push_back(std::move(line));
  }
  for (const AnnexCell& cell : plan.cells)
    if (cell.differs() && page.meetings.size() < meetings_shown)
      page.meetings.push_back({visit.organisation()->body(cell.body).on(plan.annex.period.period.last).name, house.catalogue.label(cell.from.series, visit.language()), number_text(*cell.stored),
                               number_text(cell.from.value)});
  for (const UnitId unit : plan.without_association) page.without_association.push_back(unit_words(visit, plan.annex, unit));
  for (const UnitId unit : plan.table.without_row) page.without_row.push_back(unit_words(visit, plan.annex, unit));
  const std::size_t writes = plan.fresh + (plan.annex.replaces ? plan.differing : 0);
  if (plan.changes_something()) page.button = tr("Ghi {} số", number_text(static_cast<std::int64_t>(writes)));
  show_table(visit, plan, page);
}

http::Response check_page(const Visit& visit, const Annex& annex, std::string error, http::Status status) {
  House& house = visit.house();
  CheckPage page;
  page.written = annex.state == AnnexState::loaded;
  page.withdrawn = annex.state == AnnexState::withdrawn;
  page.half_way = is_half_way(annex.state);
  page.under_way = is_under_way(annex, house.clock.now_ms());
  page.steps = steps_of(visit, annex, page.written || page.half_way ? 4 : 3);
  page.back = past_years_page(annex.body);
  page.page = annex_page(annex);
  const auto below = [&](std::string_view what) { return *Url::local(annex_page(annex).text() + "/" + std::string(what)); };
  page.columns = below("cot");
  page.marked = below("loi");
  page.workbook = below("tep");
  page.drop = below("bo");
  page.undo = below("khoi-phuc");
  page.attach = below("ban-ky");
  if (annex.signed_file) page.signed_file = page.attach;
  page.signed_name = annex.signed_name;
  page.signer = tr("Ký ngày {}, {}", annex.report_day.text(), annex.signer);
  page.old_bodies = html::path("/so-lieu-nam-truoc/{}/to-chuc-cu", annex.body).with("ve", annex_page(annex).text());
  page.version = annex.row_version;
  page.error = std::move(error);
  page.replaces = annex.replaces;
  const std::string area = unit_words(visit, annex, annex.area);
  page.about = annex.land == AnnexLand::old_units ? tr("{}, theo địa giới cũ", area) : tr("{}, theo địa giới hiện nay", area);
  if (page.written) page.when = tr("Đã ghi lúc {}. Các số này đứng ở đơn vị của thời kỳ đó và được tính vào cột cùng kỳ.", time_text(*annex.loaded_ms));
  if (page.withdrawn) page.when = annex.withdrawn_ms && annex.loaded_ms ? tr("Đã khôi phục như cũ lúc {}.", time_text(*annex.withdrawn_ms)) : tr("Phụ lục này đã bỏ, chưa ghi số nào.");
  if (page.half_way) {
    const std::string how_many = half_way_words(annex);
    if (page.under_way) page.when = annex.state == AnnexState::loading ? tr("Đang ghi, {}. Xin đợi giây lát rồi mở lại trang này.", how_many) : tr("Đang khôi phục như cũ, {}. Xin đợi giây lát rồi mở lại trang này.", how_many);
    else page.when = annex.state == AnnexState::loading ? tr("Việc ghi đã dừng giữa chừng: {}.", how_many) : tr("Việc khôi phục như cũ đã dừng giữa chừng: {}.", how_many);
    page.rest = tr("Ghi tiếp {} số còn lại", number_text(annex.figures_wanted - annex.figures_written));
  }
  if (page.written) page.steps.written = tr("lúc {}", time_text(*annex.loaded_ms));
  auto plan = house.store.read([&](db::Reader& reader) { return plan_annex(house, reader, annex); });
  if (!plan) {
    page.error = page.error.empty() ? plan.error().message : page.error;
    page.hindrances.push_back(tr("Chưa đọc được bảng trong tệp."));
  } else {
    fill(visit, *plan, page);
  }
  return http::Response::html(past_years_pages::check(visit.frame(page.written ? tr("Phụ lục đã nạp") : page.half_way ? tr("Phụ lục ghi chưa xong") : tr("Xem trước, đối chiếu (chưa ghi)"), MenuItem::figures), page), status);
}

http::Response show(const Visit& visit) {
  const auto annex = annex_of(visit);
  return annex ? check_page(visit, *annex, {}, http::Status::ok) : visit.not_found();
}

// What was chosen for each difference, kept with the very difference it is about.
void take_explanations(const Visit& visit, db::Writer& writer, const AnnexPlan& plan) {
  std::vector<AnnexExplanation> given;
  for (const AnnexDifference& one : plan.differences) {
    const std::string key = key_of(visit, one.total), chosen = visit.request().text("lech_" + key);
    AnnexExplanation kept{one.total.unit, one.total.series, one.total.rows_sum, one.total.signed_total, AnnexReason::none, visit.request().text("ghi_" + key)};
    if (chosen == "1" && may_be_own(one.total)) kept.reason = AnnexReason::own_of_office;
    if (chosen == "2") kept.reason = AnnexReason::misprint;
    if (chosen == "3" && !kept.note.empty()) kept.reason = AnnexReason::open;     // what is left open says why
    given.push_back(std::move(kept));
  }
  past_years_sql::keep_explanations(writer, visit.house().catalogue, plan.annex.id, given);
}

bool open_without_note(const Visit& visit, const AnnexPlan& plan) {
  return std::ranges::any_of(plan.differences, [&](const AnnexDifference& one) {
    const std::string key = key_of(visit, one.total);
    return visit.request().text("lech_" + key) == "3" && visit.request().text("ghi_" + key).empty();
  });
}

http::Response write_now(const Visit& visit, const Annex& annex) {
  House& house = visit.house();
  const auto written = load_annex(house, visit.viewer(), annex);
  if (!written) return check_page(visit, *annex_of(visit), written.error().message, http::Status::conflict);
  return visit.done(annex_page(annex), tr("Đã ghi {} số của {} từ báo cáo số {}.", number_text(static_cast<std::int64_t>(*written)), house.periods.label(annex.period, visit.language()), annex.report_number));
}

// One that was left half way; while somebody's writing goes on it is only looked at.
http::Response go_on(const Visit& visit, const Annex& annex) {
  if (is_under_way(annex, visit.house().clock.now_ms())) return http::Response::redirect(annex_page(annex));
  if (!same_version(visit, annex)) return check_page(visit, annex, stale_words(), http::Status::conflict);
  return write_now(visit, annex);
}

http::Response take(const Visit& visit) {
  auto annex = annex_of(visit);
  if (!annex) return visit.not_found();
  House& house = visit.house();
  if (annex->state == AnnexState::loaded) return visit.done(annex_page(*annex), tr("Phụ lục này đã được ghi; không có số nào thay đổi."));
  if (is_half_way(annex->state)) return go_on(visit, *annex);
  if (annex->state != AnnexState::draft) return visit.not_found();
  if (!same_version(visit, *annex)) return check_page(visit, *annex, stale_words(), http::Status::conflict);
  const auto plan = house.store.read([&](db::Reader& reader) { return plan_annex(house, reader, *annex); });
  if (!plan) return check_page(visit, *annex, plan.error().message, http::Status::unprocessable);
  const bool saves = visit.request().text("viec") == "luu" || !plan->differences.empty() || plan->differing > 0;
  if (saves) {
    annex->replaces = visit.request().text("thay") == "1";
    const bool kept = house.store.write([&](db::Writer& writer) {
      if (!past_years_sql::update(writer, house.catalogue, *annex)) return false;
      take_explanations(visit, writer, *plan);
      house.trail.write(writer, visit.viewer(), annex->body, "past_annex", annex->id.value, "explain", {},
                        summary_json(tr(Language::vietnamese, "Giải thích chỗ lệch với số tổng đã ký của báo cáo số {}", annex->report_number)));
      return true;
    });
    annex = annex_of(visit);
    if (!kept) return check_page(visit, *annex, stale_words(), http::Status::conflict);
    if (open_without_note(visit, *plan)) return check_page(visit, *annex, tr("Chỗ nào để “Chưa rõ” thì xin ghi chú đôi lời."), http::Status::unprocessable);
  }
  if (visit.request().text("viec") != "ghi") return http::Response::redirect(annex_page(*annex));
  return write_now(visit, *annex);
}

http::Response undo(const Visit& visit) {
  const auto annex = annex_of(visit);
  if (!annex || (annex->state != AnnexState::loaded && !is_half_way(annex->state))) return visit.not_found();
  if (is_under_way(*annex, visit.house().clock.now_ms())) return http::Response::redirect(annex_page(*annex));
  if (!same_version(visit, *annex)) return check_page(visit, *annex, stale_words(), http::Status::conflict);
  const auto done = withdraw_annex(visit.house(), visit.viewer(), *annex);
  if (!done) return check_page(visit, *annex_of(visit), done.error().message, http::Status::conflict);
  return visit.done(past_years_page(annex->body), tr("Đã khôi phục như cũ: {} số của báo cáo số {}.", number_text(static_cast<std::int64_t>(*done)), annex->report_number));
}

http::Response drop(const Visit& visit) {
  const auto annex = annex_of(visit);
  if (!annex || annex->state != AnnexState::draft) return visit.not_found();
  House& house = visit.house();
  house.store.write([&](db::Writer& writer) {
    past_years_sql::set_state(writer, annex->id, AnnexState::withdrawn, visit.viewer().user(), house.clock.now_ms());
    house.trail.write(writer, visit.viewer(), annex->body, "past_annex", annex->id.value, "drop", {}, summary_json(tr(Language::vietnamese, "Bỏ phụ lục báo cáo số {}", annex->report_number)));
  });
  return visit.done(past_years_page(annex->body), tr("Đã bỏ phụ lục báo cáo số {}; chưa ghi số nào.", annex->report_number));
}

http::Response attach(const Visit& visit) {
  auto annex = annex_of(visit);
  if (!annex || annex->signed_file) return visit.not_found();
  House& house = visit.house();
  if (!same_version(visit, *annex)) return check_page(visit, *annex, stale_words(), http::Status::conflict);
  const http::Upload* given = visit.request().file("ban_ky");
  if (given == nullptr || given->content.empty()) return check_page(visit, *annex, tr("Xin chọn tệp của bản đã ký."), http::Status::unprocessable);
  const auto file = accept_signed(*given);
  if (!file) return check_page(visit, *annex, file.error().message, http::Status::unprocessable);
  annex->signed_name = files::safe_name(given->file_name);
  annex->signed_file = file->digest;
  const bool kept = house.store.write([&](db::Writer& writer) {
    files::keep(writer, *file, house.clock.now_ms());
    if (!past_years_sql::update(writer, house.catalogue, *annex)) return false;
    house.trail.write(writer, visit.viewer(), annex->body, "past_annex", annex->id.value, "attach", {},
                      summary_json(tr(Language::vietnamese, "Đính kèm bản đã ký của báo cáo số {}", annex->report_number)));
    return true;
  });
  if (!kept) return check_page(visit, *annex_of(visit), stale_words(), http::Status::conflict);
  return visit.done(annex_page(*annex), tr("Đã đính kèm bản đã ký của báo cáo số {}.", annex->report_number));
}

http::Response give(const Visit& visit, const std::optional<db::Digest>& digest, const std::string& name) {
  if (!digest) return visit.not_found();
  const auto file = visit.house().store.read([&](db::Reader& reader) { return files::find(reader, *digest); });
  if (!file) return visit.not_found();
  return http::Response::download(std::make_shared<const std::string>(file->content), file->media_type, name);
}

http::Response give_workbook(const Visit& visit) {
  const auto annex = annex_of(visit);
  return annex ? give(visit, annex->content, annex->file_name) : visit.not_found();
}

http::Response give_signed(const Visit& visit) {
  const auto annex = annex_of(visit);
  return annex ? give(visit, annex->signed_file, annex->signed_name) : visit.not_found();
}

http::Response give_marked(const Visit& visit) {
  const auto annex = annex_of(visit);
  if (!annex) return visit.not_found();
  House& house = visit.house();
  const auto plan = house.store.read([&](db::Reader& reader) { return plan_annex(house, reader, *annex); });
  if (!plan) return visit.refused(plan.error(), http::Status::unprocessable);
  auto bytes = house.store.read([&](db::Reader& reader) { return marked_workbook(reader, *plan, visit.today()); });
  if (!bytes) return visit.refused(bytes.error(), http::Status::unavailable);
  return http::Response::download(std::make_shared<const std::string>(std::move(*bytes)), xlsx, tr("Phụ lục có đánh dấu chỗ sai.xlsx"));
}

}  // namespace

void add_annex_check_pages(Pages& pages) {
  pages.get("/so-lieu-nam-truoc/{body:number}/{phu_luc:number}", Permission::enter_figures, RouteScope::body, show);
  pages.post("/so-lieu-nam-truoc/{body:number}/{phu_luc:number}", Permission::enter_figures, RouteScope::body, take);
  pages.post("/so-lieu-nam-truoc/{body:number}/{phu_luc:number}/khoi-phuc", Permission::enter_figures, RouteScope::body, undo);
  pages.post("/so-lieu-nam-truoc/{body:number}/{phu_luc:number}/bo", Permission::enter_figures, RouteScope::body, drop);
  pages.get("/so-lieu-nam-truoc/{body:number}/{phu_luc:number}/tep", Permission::enter_figures, RouteScope::body, give_workbook);
  pages.get("/so-lieu-nam-truoc/{body:number}/{phu_luc:number}/loi", Permission::enter_figures, RouteScope::body, give_marked);
  pages.get("/so-lieu-nam-truoc/{body:number}/{phu_luc:number}/ban-ky", Permission::enter_figures, RouteScope::body, give_signed);
  pages.post_file("/so-lieu-nam-truoc/{body:number}/{phu_luc:number}/ban-ky", Permission::enter_figures, RouteScope::body, attach);
}

}  // namespace khuyenhoc
