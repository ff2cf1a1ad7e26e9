// The first two steps of the wizard: the signed report with its file, then what columns and rows mean.
#include <algorithm>
#include <charconv>
#include <map>

#include "base/i18n.h"
#include "base/number.h"
#include "base/text.h"
#include "past_years/annex_headings.h"
#include "past_years/annex_layout.h"
#include "past_years/annex_loading.h"
#include "past_years/pages/annex_shared.h"
#include "past_years/pages/new_annex.html.h"
#include "past_years/pages/understand.html.h"
#include "past_years/past_years.h"
#include "past_years/past_years_queries.h"
#include "platform/files/files.h"

namespace khuyenhoc {
namespace {

using namespace past_years;

constexpr int oldest_year = 8;
constexpr std::size_t longest_text = 200;

std::vector<NamedPeriod> periods_offered(const Visit& visit, std::string_view window) {
  std::vector<NamedPeriod> out;
  for (int year = visit.today().year(); year > visit.today().year() - oldest_year; --year)
    if (const auto period = visit.house().periods.named("bao_cao", window, year); period && period->period.last <= visit.today()) out.push_back(*period);
  return out;
}

void offer(const Visit& visit, BodyId body, NewAnnexPage& page, const std::string& period, const std::string& area) {
  const auto& periods = visit.house().periods;
  const auto group = [&](const std::string& label, std::string_view window) {
    OptionGroup out{label, {}};
    for (const NamedPeriod& one : periods_offered(visit, window)) out.options.push_back({one.name(), periods.label(one, visit.language()), one.name() == period});
    if (!out.options.empty()) page.periods.push_back(std::move(out));
  };
  group(tr("Báo cáo năm"), "Y");
  group(tr("Báo cáo 6 tháng đầu năm"), "H1");
  group(tr("Báo cáo 9 tháng"), "9M");
  OptionGroup terms{tr("Báo cáo nhiệm kỳ"), {}};
  for (int year = 2020; year + 5 <= visit.today().year(); year += 5)
    if (const auto one = periods.named("nhiem_ky", "Y", year); one && one->period.last <= visit.today())
      terms.options.push_back({one->name(), periods.label(*one, visit.language()), one->name() == period});
  if (!terms.options.empty()) page.periods.push_back(std::move(terms));
  const auto chosen = periods.parse_name("bao_cao", period);
  const AnnexLand usual = chosen ? usual_land(chosen->period.last) : AnnexLand::old_units;
  for (const AnnexLand land : {AnnexLand::old_units, AnnexLand::todays_units}) {
    OptionGroup out{land == AnnexLand::old_units ? tr("Địa giới cũ (63 tỉnh, có cấp huyện), đến hết 30/6/2025") : tr("Địa giới hiện nay, từ 01/7/2025"), {}};
    for (const UnitId id : areas_of(*visit.organisation(), body, land, visit.today())) {
      const std::string value = fmt::format("{}/{}", static_cast<int>(land), id.value);
      const bool is_chosen = area.empty() ? land == usual && page.areas.empty() && out.options.empty() : value == area || (land == usual && area == std::to_string(id.value));
      out.options.push_back({value, visit.organisation()->territory().unit(id).full_name(land == AnnexLand::old_units ? reform_day() - 1 : visit.today()), is_chosen});
    }
    page.areas.push_back(std::move(out));
  }
}

http::Response new_page(const Visit& visit, BodyId body, NewAnnexPage page, const std::string& period, const std::string& area, http::Status status) {
  page.office = visit.organisation()->body(body).on(visit.today()).name;
  page.back = past_years_page(body);
  page.page = html::path("/so-lieu-nam-truoc/{}/nap", body);
  offer(visit, body, page, period, area);
  return http::Response::html(past_years_pages::new_annex(visit.frame(tr("Nạp phụ lục của báo cáo đã ký"), MenuItem::figures), page), status);
}

http::Response ask(const Visit& visit) {
  const auto body = office_of(visit);
  if (!body) return visit.not_found();
  return new_page(visit, *body, {}, std::string(visit.request().query.value("ky")), std::string(visit.request().query.value("vung")), http::Status::ok);
}

std::optional<NamedPeriod> named_period(const Visit& visit, const std::string& name) {
  for (const char* family : {"bao_cao", "nhiem_ky"})
    if (const auto found = visit.house().periods.parse_name(family, name); found && found->family == family && found->period.last <= visit.today()) return found;
  return std::nullopt;
}

std::string checked_text(const Visit& visit, std::string_view field, const std::string& nothing, NewAnnexPage& page) {
  std::string out = visit.request().text(field);
  if (out.empty()) page.errors.emplace_back(field, nothing);
  else if (count_characters(out) > longest_text) page.errors.emplace_back(field, tr("Xin ghi gọn trong {} chữ.", longest_text));
  return out;
}

// Of two old provinces the wrong one was chosen: its neighbours share a name or two, and everything else would be strange.
std::string area_meant(const Visit& visit, const Annex& annex, const spreadsheet::Workbook& book) {
  const auto named_in = [&](UnitId area) {
    Annex other = annex;
    other.area = area;
    return units_named(book, units_of(*visit.organisation(), other));
  };
  const std::size_t chosen = named_in(annex.area);
  for (const UnitId area : areas_of(*visit.organisation(), annex.body, annex.land, visit.today()))
    if (area != annex.area && named_in(area) > chosen)
      return tr("Các dòng trong tệp là đơn vị của {}. Xin chọn lại rồi gửi tệp.", visit.organisation()->territory().unit(area).on(annex_day(annex)).running_name());
  return {};
}

http::Response take(const Visit& visit) {
  const auto body = office_of(visit);
  if (!body) return visit.not_found();
  House& house = visit.house();
  NewAnnexPage page;
  Annex annex;
  annex.body = *body;
  const std::string typed_period = visit.request().text("ky"), typed_area = visit.request().text("vung");
  const auto period = named_period(visit, typed_period);
  if (!period) page.errors.emplace_back("ky", tr("Xin chọn kỳ báo cáo trong danh sách."));
  else annex.period = *period;
  bool known_area = false;
  for (const AnnexLand land : {AnnexLand::old_units, AnnexLand::todays_units})
    for (const UnitId id : areas_of(*visit.organisation(), *body, land, visit.today()))
      if (typed_area == fmt::format("{}/{}", static_cast<int>(land), id.value)) {
        annex.land = land;
        annex.area = id;
        known_area = true;
      }
  if (!known_area) page.errors.emplace_back("vung", tr("Xin chọn đơn vị và địa giới của báo cáo."));
  else if (period && usual_land(period->period.last) != annex.land)
    page.errors.emplace_back("vung", annex.land == AnnexLand::old_units ? tr("Kỳ này kết thúc ngày {}, khi các đơn vị cũ đã hết; xin chọn địa giới hiện nay.", period->period.last.text())
                                                                        : tr("Kỳ này kết thúc ngày {}, trước khi có các đơn vị hiện nay; xin chọn đơn vị cũ.", period->period.last.text()));
  annex.report_number = page.number = checked_text(visit, "so", tr("Xin ghi số của báo cáo, ví dụ 12/BC-HKH."), page);
  annex.signer = page.signer = checked_text(visit, "nguoi_ky", tr("Xin ghi người ký báo cáo."), page);
  page.day = visit.request().text("ngay");
  if (const auto day = Day::parse(page.day); !day) page.errors.emplace_back("ngay", page.day.empty() ? tr("Xin ghi ngày ký báo cáo.") : day.error().message);
  else if (*day > visit.today()) page.errors.emplace_back("ngay", tr("Ngày ký chưa đến. Xin xem lại."));
  else annex.report_day = *day;
  std::optional<files::Attachment> signed_file;
  if (const http::Upload* given = visit.request().file("ban_ky"); given != nullptr && !given->content.empty()) {
    auto accepted = accept_signed(*given);
    if (!accepted) page.errors.emplace_back("ban_ky", accepted.error().message);
    else {
      annex.signed_name = files::safe_name(given->file_name);
      annex.signed_file = accepted->digest;
      signed_file = std::move(*accepted);
    }
  }
  std::optional<files::Attachment> workbook;
  if (const http::Upload* given = visit.request().file("tep"); given == nullptr || given->content.empty()) {
    page.errors.emplace_back("tep", tr("Xin chọn tệp Excel của phụ lục."));
  } else if (const auto book = spreadsheet::read_workbook(spreadsheet::bytes_of(given->content)); !book) {
    page.errors.emplace_back("tep", book.error().message);
  } else if (auto accepted = files::accept(std::string(given->content), files::safe_name(given->file_name)); !accepted) {
    page.errors.emplace_back("tep", accepted.error().message);
  } else {
    annex.file_name = files::safe_name(given->file_name);
    annex.content = accepted->digest;
    workbook = std::move(*accepted);
    if (page.errors.empty())
      if (std::string meant = area_meant(visit, annex, *book); !meant.empty()) page.errors.emplace_back("vung", std::move(meant));
  }
  if (!page.errors.empty()) return new_page(visit, *body, std::move(page), typed_period, typed_area, http::Status::unprocessable);
  annex.id = house.store.new_id<AnnexId>();
  annex.by = visit.viewer().user();
  annex.at_ms = house.clock.now_ms();
  house.store.write([&](db::Writer& writer) {
    files::keep(writer, *workbook, annex.at_ms);
    if (signed_file) files::keep(writer, *signed_file, annex.at_ms);
    past_years_sql::insert(writer, annex);
    const std::string summary = tr(Language::vietnamese, "Gửi phụ lục báo cáo số {}, {}", annex.report_number, house.periods.label(annex.period, Language::vietnamese));
    house.trail.write(writer, visit.viewer(), annex.body, "past_annex", annex.id.value, "create", {}, summary_json(summary));
  });
  return http::Response::redirect(html::path("/so-lieu-nam-truoc/{}/{}/cot", *body, annex.id));
}

// ---- Columns and rows

std::string value_of(const Catalogue& catalogue, std::optional<Series> series) {
  if (!series) return {};
  const std::string member = catalogue.member_key(*series);
  const std::string& code = catalogue.measure(catalogue.measure_of(*series)).code;
  return member.empty() ? code : code + " " + member;
}

std::vector<OptionGroup> measures_offered(const Visit& visit) {
  const Catalogue& catalogue = visit.house().catalogue;
  std::vector<OptionGroup> out;
  for (const Section& section : catalogue.sections()) {
    OptionGroup group{section.label(visit.language()), {}};
    for (const Measure& measure : catalogue.measures())
      if (measure.group == section.code && is_typed(measure.kind)) group.options.push_back({measure.code, measure.code + " " + measure.label(visit.language()), false});
    if (!group.options.empty()) out.push_back(std::move(group));
  }
  return out;
}

std::vector<OptionGroup> rows_offered(const AnnexUnits& units) {
  std::vector<OptionGroup> out;
  OptionGroup other{tr("Không phải một đơn vị"), {{"tong", tr("Dòng tổng cộng đã ký"), false}, {"bo", tr("Không đọc dòng này"), false}}};
  if (units.territory().unit(units.area()).level == UnitLevel::province) other.options.push_back({"co-quan", tr("Phần riêng của cơ quan tỉnh"), false});
  out.push_back(std::move(other));
  std::map<UnitId, OptionGroup> by_district;
  OptionGroup loose{units.territory().unit(units.area()).full_name(units.day()), {}};
  for (const auto& unit : units.all()) {
    const std::string value = fmt::format("u{}", unit.id.value);
    if (unit.level == UnitLevel::district) loose.options.push_back({value, unit.label, false});
    else if (unit.district) {
      OptionGroup& group = by_district[unit.district];
      if (group.label.empty()) group.label = units.find(unit.district)->label;
      group.options.push_back({value, unit.label, false});
    } else {
      loose.options.push_back({value, unit.label, false});
    }
  }
  if (!loose.options.empty()) out.push_back(std::move(loose));
  for (auto& [district, group] : by_district) out.push_back(std::move(group));
  return out;
}

std::string meaning_of(const AnnexUnits& units, const AnnexRow& row) {
  switch (row.role) {
    case AnnexRole::total: return tr("Dòng tổng cộng đã ký");
    case AnnexRole::office: return tr("Phần riêng của cơ quan tỉnh");
    case AnnexRole::left_out: return tr("Không đọc dòng này");
    case AnnexRole::subtotal: return tr("Cộng của {}", units.find(row.unit) != nullptr ? units.find(row.unit)->label : row.label);
    case AnnexRole::unit: break;
  }
  const auto* unit = units.find(row.unit);
  if (unit == nullptr) return {};
  return unit->district ? unit->label + ", " + units.territory().unit(unit->district).on(units.day()).running_name() : unit->label;
}

std::string choice_of(const Annex& annex, int row) {
  const auto chosen = std::ranges::find(annex.rows, row, &AnnexRowChoice::number);
  if (chosen == annex.rows.end()) return {};
  switch (chosen->role) {
    case AnnexRole::total: return "tong";
    case AnnexRole::office: return "co-quan";
    case AnnexRole::left_out: return "bo";
    default: return fmt::format("u{}", chosen->unit.value);
  }
}

http::Response understand_page(const Visit& visit, const Annex& annex, std::string notice, http::Status status) {
  House& house = visit.house();
  const auto plan = house.store.read([&](db::Reader& reader) { return plan_annex(house, reader, annex); });
  UnderstandPage page;
  page.steps = steps_of(visit, annex, 2);
  page.back = past_years_page(annex.body);
  page.check = annex_page(annex);
  page.page = html::path("/so-lieu-nam-truoc/{}/{}/cot", annex.body, annex.id);
  page.drop = html::path("/so-lieu-nam-truoc/{}/{}/bo", annex.body, annex.id);
  page.version = annex.row_version;
  page.notice = std::move(notice);
  page.factors = {{"1", tr("đúng đơn vị, đồng"), false}, {"1000", factor_words(1'000), false}, {"1000000", factor_words(1'000'000), false}, {"1000000000", factor_words(1'000'000'000), false}};
  page.without_total = annex.without_total;
  if (!plan) {
    page.refused = plan.error().message;
    if (annex.head_first) page.head_first = std::to_string(*annex.head_first);
    if (annex.head_last) page.head_last = std::to_string(*annex.head_last);
    if (annex.unit_column) page.unit_column = spreadsheet::column_name(*annex.unit_column);
    for (const std::string& name : sheet_names(house, annex)) page.sheets.push_back({name, name, name == annex.sheet});
    return http::Response::html(past_years_pages::understand(visit.frame(tr("Cột và dòng của phụ lục"), MenuItem::figures), page), status == http::Status::ok ? http::Status::unprocessable : status);
  }
  const AnnexTable& table = plan->table;
  const AnnexUnits units = units_of(*visit.organisation(), annex);
  for (const std::string& name : table.sheets) page.sheets.push_back({name, name, name == table.sheet});
  page.head_first = std::to_string(table.head_first);
  page.head_last = std::to_string(table.head_last);
  page.unit_column = spreadsheet::column_name(table.unit_column);
  page.measures = measures_offered(visit);
  page.units = rows_offered(units);
  page.has_total = table.has_total;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const AnnexColumn& column = table.columns[i];
    UnderstandPage::Column one;
    one.number = column.number;
    one.letter = column.letter;
    one.heading = column.heading;
    one.remark = column.remark;
    one.value = value_of(house.catalogue, column.series);
    one.is_whole = !column.series || house.catalogue.is_whole(*column.series);
    if (!one.is_whole) one.value_label = house.catalogue.label(*column.series, visit.language());
    one.guessed = column.guessed;
    one.factor = column.factor;
    one.is_bad = column.series && !column.remark.empty();
    one.example = column.example;
    page.columns.push_back(std::move(one));
  }
  for (const AnnexRow& row : table.rows) {
    UnderstandPage::Row one{row.number, row.label, row.problem, meaning_of(units, row), choice_of(annex, row.number)};
    (row.problem.empty() ? page.rows : page.doubtful).push_back(std::move(one));
  }
  return http::Response::html(past_years_pages::understand(visit.frame(tr("Cột và dòng của phụ lục"), MenuItem::figures), page), status);
}

http::Response show_understand(const Visit& visit) {
  const auto annex = annex_of(visit);
  if (!annex || annex->state != AnnexState::draft) return visit.not_found();
  return understand_page(visit, *annex, {}, http::Status::ok);
}

std::optional<int> typed_number(const std::string& text) {
  const auto number = parse_whole_number(text);
  return number && *number > 0 && *number <= spreadsheet::last_possible_row ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

std::optional<int> typed_column(const std::string& text) {
  const auto place = spreadsheet::parse_address(upper_case(text) + "1");
  return place ? std::optional(place->column) : std::nullopt;
}

void take_columns(const Visit& visit, Annex& annex, const AnnexTable& table) {
  annex.columns.clear();
  for (const AnnexColumn& column : table.columns) {
    const std::string chosen = visit.request().text(fmt::format("cot_{}", column.number)), factor = visit.request().text(fmt::format("nhan_{}", column.number));
    AnnexColumnChoice one{column.number, column.heading, {}, 1};
    const auto blank = chosen.find(' ');
    if (!chosen.empty()) one.series = visit.house().catalogue.series_by_key(chosen.substr(0, blank), blank == std::string::npos ? std::string() : chosen.substr(blank + 1));
    if (one.series && !is_typed(visit.house().catalogue.measure(visit.house().catalogue.measure_of(*one.series)).kind)) one.series.reset();
    if (factor == "1000" || factor == "1000000" || factor == "1000000000") one.factor = std::stoll(factor);
    annex.columns.push_back(std::move(one));
  }
}

void take_rows(const Visit& visit, Annex& annex, const AnnexTable& table, const AnnexUnits& units) {
  for (const AnnexRow& row : table.rows) {
    const std::string chosen = visit.request().text(fmt::format("dong_{}", row.number));
    std::erase_if(annex.rows, [&](const AnnexRowChoice& one) { return one.number == row.number; });
    AnnexRowChoice one{row.number, AnnexRole::left_out, {}};
    if (chosen == "tong") one.role = AnnexRole::total;
    else if (chosen == "co-quan") one.role = AnnexRole::office;
    else if (chosen.starts_with("u")) {
      std::int64_t id = 0;
      std::from_chars(chosen.data() + 1, chosen.data() + chosen.size(), id);
      if (units.find(UnitId{id}) == nullptr) continue;
      one.role = AnnexRole::unit;
      one.unit = UnitId{id};
    } else if (chosen != "bo") {
      continue;
    }
    annex.rows.push_back(one);
  }
  std::ranges::sort(annex.rows, {}, &AnnexRowChoice::number);
}

http::Response take_understanding(const Visit& visit) {
  auto annex = annex_of(visit);
  if (!annex || annex->state != AnnexState::draft) return visit.not_found();
  House& house = visit.house();
  if (!same_version(visit, *annex)) return understand_page(visit, *annex, stale_words(), http::Status::conflict);
  const bool reread = visit.request().text("viec") == "doc-lai";
  const auto before = house.store.read([&](db::Reader& reader) { return plan_annex(house, reader, *annex); });
  if (before && !reread) {
    take_columns(visit, *annex, before->table);
    take_rows(visit, *annex, before->table, units_of(*visit.organisation(), *annex));
    annex->without_total = visit.request().text("khong_tong") == "1";
    annex->understood_ms = house.clock.now_ms();
  } else {
    annex->sheet = visit.request().text("trang");
    annex->head_first = typed_number(visit.request().text("dau"));
    annex->head_last = typed_number(visit.request().text("cuoi"));
    annex->unit_column = typed_column(visit.request().text("ten"));
    if (annex->head_first && annex->head_last && *annex->head_last < *annex->head_first) annex->head_first = annex->head_last;
    annex->columns.clear();
    annex->rows.clear();
    annex->understood_ms.reset();
  }
  const bool kept = house.store.write([&](db::Writer& writer) {
    if (!past_years_sql::update(writer, house.catalogue, *annex)) return false;
    if (annex->understood_ms)
      house.trail.write(writer, visit.viewer(), annex->body, "past_annex", annex->id.value, "understand", {},
                        summary_json(tr(Language::vietnamese, "Xác nhận cột và dòng của phụ lục báo cáo số {}", annex->report_number)));
    return true;
  });
  if (!kept) return understand_page(visit, *annex_of(visit), stale_words(), http::Status::conflict);
  return http::Response::redirect(annex->understood_ms ? annex_page(*annex) : html::path("/so-lieu-nam-truoc/{}/{}/cot", annex->body, annex->id));
}

}  // namespace

void add_annex_pages(Pages& pages) {
  pages.get("/so-lieu-nam-truoc/{body:number}/nap", Permission::enter_figures, RouteScope::body, ask);
  pages.post_file("/so-lieu-nam-truoc/{body:number}/nap", Permission::enter_figures, RouteScope::body, take);
  pages.get("/so-lieu-nam-truoc/{body:number}/{phu_luc:number}/cot", Permission::enter_figures, RouteScope::body, show_understand);
  pages.post("/so-lieu-nam-truoc/{body:number}/{phu_luc:number}/cot", Permission::enter_figures, RouteScope::body, take_understanding);
}

}  // namespace khuyenhoc
