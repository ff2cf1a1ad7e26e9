#include <charconv>

#include "base/i18n.h"
#include "reporting/known_sheets.h"
#include "reporting/pages/reporting_pages.h"
#include "reporting/pages/zeros.html.h"
#include "reporting/pages/zeros_page.h"

namespace khuyenhoc {
namespace {

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::string joined(const std::vector<std::string>& labels) {
  std::string out;
  for (const std::string& label : labels) out += (out.empty() ? "" : ", ") + label;
  return out;
}

// Where the blanks are: a branch's form, an association's own figures, its totals, or its grid.
enum class Part { branch, own, whole, grid };

Part part_of(const Visit& visit, BodyId body) {
  if (visit.request().path.starts_with("/phieu/")) return Part::branch;
  const std::string_view part = visit.request().query.value("phan");
  (void)body;
  return part == "rieng" ? Part::own : part == "chung" ? Part::whole : Part::grid;
}

Url page_of(const Visit& visit, BodyId body, Part part) {
  const std::string named = entered_period(visit).name();
  if (part == Part::branch) return path("/phieu/{}", body).with("ky", named);
  return path("/nhap-so-lieu/{}", body).with("phan", part == Part::own ? "rieng" : part == Part::whole ? "chung" : "chi-hoi").with("ky", named);
}

Url zeros_of(const Visit& visit, BodyId body, Part part) {
  const std::string named = entered_period(visit).name();
  if (part == Part::branch) return path("/phieu/{}/ghi-so-0", body).with("ky", named);
  return path("/nhap-so-lieu/{}/ghi-so-0", body).with("phan", part == Part::own ? "rieng" : part == Part::whole ? "chung" : "chi-hoi").with("ky", named);
}

BodyId desk_of(const Visit& visit, BodyId body) { return association_of(*visit.organisation(), body, entry_day(entered_period(visit), visit.today())).value_or(body); }

Result<std::vector<BlankRow>> blanks_of(const Visit& visit, BodyId body, Part part) {
  const House& house = visit.house();
  if (part == Part::grid) {
    const auto sheet = known_sheet(house, body, entered_period(visit), visit.today());
    if (!sheet) return std::unexpected(sheet.error());
    if ((*sheet)->mode == EntryMode::stated_whole) return refuse("entry.mode", tr("Toàn đơn vị đang ghi số chung, nên ô của chi hội, ban không ghi được."));
    return blank_rows(house.catalogue, **sheet);
  }
  const auto form = part == Part::branch ? branch_form(house, body, entered_period(visit), visit.today())
                                         : house.store.read([&](db::Reader& reader) { return (part == Part::own ? own_form : whole_form)(house, reader, body, entered_period(visit), visit.today()); });
  if (!form) return std::unexpected(form.error());
  return std::vector{blank_row(*form, visit.organisation()->body(body).on(visit.today()).name)};
}

http::Response show(const Visit& visit) {
  const BodyId body = *entered_body(visit);
  const Part part = part_of(visit, body);
  auto rows = blanks_of(visit, body, part);
  if (!rows) return visit.refused(rows.error(), http::Status::unprocessable);
  ZerosPage page = zeros_page(std::move(*rows), part != Part::grid);
  page.intro = fmt::format("{}. {}", visit.organisation()->body(body).on(visit.today()).name, visit.house().periods.label(entered_period(visit), visit.language()));
  page.post_link = zeros_of(visit, body, part);
  page.back_link = page_of(visit, body, part);
  page.back_words = part == Part::grid ? tr("Quay lại bảng số liệu") : tr("Quay lại phiếu số liệu");
  return http::Response::html(reporting_pages::zeros(visit.frame(page.title, MenuItem::entry), page));
}

http::Response write(const Visit& visit) {
  House& house = visit.house();
  const BodyId body = *entered_body(visit);
  const Part part = part_of(visit, body);
  const auto blank = sent_blanks(visit.request());
  if (blank.empty()) return visit.refused({"zeros.none", tr("Chưa đánh dấu đơn vị nào, hoặc không còn ô trống. Xin quay lại và chọn."), {}}, http::Status::unprocessable);
  EntryDesk desk(house, visit.viewer(), desk_of(visit, body), entered_period(visit));
  desk.written_in("zeros");
  const ZeroOutcome done = house.store.write([&](db::Writer& writer) { return write_zeros(writer, house, visit.viewer(), desk, body, blank); });
  if (done.step.id == 0) {
    if (!done.refused.empty()) return visit.refused({done.refused.front().code, done.refused.front().message, {}}, http::Status::unprocessable);
    return visit.done(page_of(visit, body, part), tr("Không có ô nào thay đổi."));
  }
  std::string said = tr("Đã ghi 0 vào {} ô của {} đơn vị.", done.step.cells, done.step.bodies);
  if (!done.refused.empty()) said += " " + tr("{} ô vừa có người ghi số khác nên giữ nguyên.", done.refused.size());
  return visit.done(page_of(visit, body, part), said);
}

http::Response take_back(const Visit& visit) {
  House& house = visit.house();
  const BodyId body = *entered_body(visit);
  EntryDesk desk(house, visit.viewer(), desk_of(visit, body), entered_period(visit));
  desk.written_in("zeros");
  const std::int64_t step = visit.request().number("lan");
  const auto done = house.store.write([&](db::Writer& writer) { return take_zeros_back(writer, house, visit.viewer(), desk, body, step); });
  if (!done) return done.error().code == "zeros.unknown" ? visit.not_found() : visit.refused(done.error(), http::Status::unprocessable);
  return visit.done(page_of(visit, body, part_of(visit, body)), tr("Đã hoàn tác: {} ô để trống trở lại.", *done));
}

}  // namespace

std::size_t ZerosPage::cells() const {
  std::size_t out = 0;
  for (const Row& row : reported) out += row.count;
  return out;
}

ZerosPage zeros_page(std::vector<BlankRow> rows, bool single) {
  ZerosPage page;
  page.single = single;
  page.title = tr("Ghi 0 vào các ô còn trống");
  std::size_t bodies = 0;
  for (BlankRow& from : rows) {
    if (from.cells.empty() && (from.carried.empty() || !from.reported)) continue;
    ZerosPage::Row row{from.body, std::move(from.name), {}, {}, {}, from.cells.size(), single || from.reported};
    std::vector<std::string> labels;
    for (BlankCell& cell : from.cells) {
      row.cells += fmt::format("{}{}:{}", row.cells.empty() ? "" : " ", cell.measure, cell.version);
      labels.push_back(std::move(cell.label));
    }
    row.labels = joined(labels);
    if (!from.carried.empty()) row.carried = tr("Đang lấy số kỳ trước, không ghi 0: {}", joined(from.carried));
    bodies += row.ticked && row.count > 0 ? 1 : 0;
    (row.ticked ? page.reported : page.silent).push_back(std::move(row));
  }
  page.sentence = single ? tr("Sẽ ghi 0 vào {} ô dưới đây.", page.cells()) : tr("Đã đánh dấu sẵn: ghi 0 vào {} ô của {} đơn vị.", page.cells(), bodies);
  if (page.cells() == 0 && page.silent.empty()) page.reported.clear();
  return page;
}

std::vector<CellEntry> sent_blanks(const http::Request& request) {
  std::vector<CellEntry> out;
  for (std::size_t i = 0; i < request.form.fields.size(); ++i) {
    const auto field = request.form.fields.at(i);
    if (!field.name.starts_with("d.")) continue;
    const auto body = whole(field.name.substr(2));
    if (!body) continue;
    std::string_view cells = request.form.fields.value(fmt::format("o.{}", *body));
    while (!cells.empty()) {
      const std::string_view one = cells.substr(0, cells.find(' '));
      cells.remove_prefix(std::min(cells.size(), one.size() + 1));
      const auto colon = one.find(':');
      const auto version = colon == std::string_view::npos ? std::nullopt : whole(one.substr(colon + 1));
      if (version) out.push_back({BodyId{*body}, std::string(one.substr(0, colon)), 0, *version});
    }
  }
  return out;
}

void add_zero_pages(Pages& pages) {
  for (const std::string_view place : {"/nhap-so-lieu/{body:number}/ghi-so-0", "/phieu/{body:number}/ghi-so-0"}) {
    pages.get(place, Permission::enter_figures, RouteScope::body, show);
    pages.post(place, Permission::enter_figures, RouteScope::body, write);
  }
  for (const std::string_view place : {"/nhap-so-lieu/{body:number}/ghi-so-0/{lan:number}", "/phieu/{body:number}/ghi-so-0/{lan:number}"})
    pages.post(place, Permission::enter_figures, RouteScope::body, take_back);
}

}  // namespace khuyenhoc
