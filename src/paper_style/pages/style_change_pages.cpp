#include "base/text.h"
#include "paper_style/pages/head_form.html.h"
#include "paper_style/pages/parts_of_paper_style.h"

namespace khuyenhoc {
namespace {

using namespace paper_style;

// ---- the head ----

PlainForm head_form(const Visit& visit, BodyId body, const Letterhead& shown, const std::string& from) {
  PlainForm page{.trail = trail_to_style(visit, body), .action = html::path("/to-chuc/{}/the-thuc/dau-van-ban", body), .fields = {}, .button = tr("Ghi đầu văn bản"),
                .consequence = tr("Văn bản có ngày trước ngày này giữ đầu văn bản cũ.")};
  page.fields = {FormLine::hidden("version", std::to_string(shown.row_version)),
                 FormLine::text("superior_line", tr("Cơ quan cấp trên"), shown.superior_line, tr("Dòng trên cùng, ví dụ HỘI KHUYẾN HỌC VIỆT NAM, UBND XÃ EA KAR. Có thể để trống.")),
                 FormLine::text("issuer_line", tr("Cơ quan ban hành"), shown.issuer_line, tr("Dòng in đậm bên dưới, ví dụ HỘI KHUYẾN HỌC TỈNH ĐẮK LẮK."), FormLine::Wanted::yes),
                 FormLine::text("place_name", tr("Địa danh"), shown.place_name, tr("Đứng trước ngày tháng, ví dụ Đắk Lắk."), FormLine::Wanted::yes),
                 FormLine::text("numbering_suffix", tr("Ký hiệu sau số"), shown.numbering_suffix, tr("Ví dụ HKH trong Số: 05/BC-HKH."), FormLine::Wanted::yes),
                 FormLine::text("from", tr("Dùng từ ngày"), from, {}, FormLine::Wanted::yes)};
  return page;
}

http::Response head_answer(const Visit& visit, BodyId body, const PlainForm& form, const std::optional<Letterhead>& typed, http::Status status) {
  const document::Document paper = example_paper(visit.house(), {.body = body, .paper = "bao_cao", .day = visit.today()}, typed);
  document::Document head = paper;
  head.blocks.clear();
  return http::Response::html(paper_style_pages::head_form(visit.frame(tr("Đầu văn bản"), MenuItem::organisation), form, html::vouched_html(document::to_html(head))), status);
}

http::Response ask_head(const Visit& visit) {
  const auto body = body_to_keep(visit);
  if (!body) return visit.not_found();
  const auto now = visit.house().store.read([&](db::Reader& reader) { return letterhead(reader, *visit.organisation(), *body, visit.today()); });
  return head_answer(visit, *body, head_form(visit, *body, now, visit.today().text()), std::nullopt, http::Status::ok);
}

http::Response take_head(const Visit& visit) {
  const auto body = body_to_keep(visit);
  if (!body) return visit.not_found();
  House& house = visit.house();
  const http::Request& request = visit.request();
  Letterhead given{*body, {}, request.text("superior_line"), request.text("issuer_line"), request.text("place_name"), request.text("numbering_suffix"), typed_number(request, "version")};
  PlainForm form = head_form(visit, *body, given, request.text("from"));
  // only shown, not kept
  if (request.text("xem") == "1") return head_answer(visit, *body, form, given, http::Status::ok);
  if (const auto from = typed_day(request, "from", form.errors)) given.from = *from;
  if (!form.errors.empty()) return head_answer(visit, *body, form, given, http::Status::unprocessable);
  const std::string name = visit.organisation()->body(*body).on(visit.today()).name;
  const auto done = house.store.write([&](db::Writer& writer) {
    return set_letterhead(writer, sink_of(house.trail, visit.viewer(), [&](const ChangeNote&) { return tr(Language::vietnamese, "Sửa đầu văn bản của {}, dùng từ {}", name, given.from.text()); }), given);
  });
  if (done) return visit.done(style_of(*body), tr("Đã ghi đầu văn bản, dùng từ {}.", given.from.text()));
  put(form.errors, done.error(), "issuer_line");
  if (status_of(done.error()) == http::Status::conflict) {
    const auto now = house.store.read([&](db::Reader& reader) { return letterhead(reader, *visit.organisation(), *body, given.from); });
    form.notice = tr("Đang lưu: {} / {}; {}; {}. Bấm ghi lần nữa nếu vẫn muốn dùng điều ông/bà ghi.", now.superior_line, now.issuer_line, now.place_name, now.numbering_suffix);
    form.fields.front().value = std::to_string(now.row_version);
  }
  return head_answer(visit, *body, form, given, status_of(done.error()));
}

// ---- the numbers ----

std::string next_field(const std::string& paper) { return "so-" + (paper.empty() ? std::string("chung") : paper); }

PlainForm numbering_form(const Visit& visit, BodyId body) {
  const http::Request& request = visit.request();
  const bool sent = request.method == http::Method::post;
  NumberingRule now;
  std::map<std::string, std::int64_t> next;
  visit.house().store.read([&](db::Reader& reader) {
    now = numbering_rule(reader, body, visit.today());
    next = next_numbers(reader, body, visit.today().year());
  });
  const auto shown = [&](const std::string& field, std::string known) { return sent ? request.text(field) : known; };
  PlainForm page{.trail = trail_to_style(visit, body), .action = html::path("/to-chuc/{}/the-thuc/danh-so", body), .fields = {}, .button = tr("Ghi cách đánh số"),
                .consequence = tr("Văn bản có ngày trước ngày này giữ cách đánh số cũ.")};
  page.fields = {FormLine::hidden("version", shown("version", std::to_string(now.row_version))),
                 FormLine::choice("series", tr("Dãy số"), shown("series", std::to_string(static_cast<std::int64_t>(now.series))),
                                   {{"1", tr("Mỗi loại văn bản một dãy số riêng")}, {"2", tr("Một dãy số chung cho mọi loại văn bản")}}),
                 FormLine::choice("restarts", tr("Bắt đầu lại từ 01"), shown("restarts", std::to_string(static_cast<std::int64_t>(now.restarts))), {{"1", tr("Mỗi năm")}, {"2", tr("Mỗi nhiệm kỳ")}}),
                 {.kind = FormLine::Kind::tick, .name = "digital", .label = tr("Phát hành văn bản có ảnh chữ ký và con dấu"), .value = shown("digital", now.digital_pictures ? "1" : ""),
                  .help = tr("Bản Word, PDF in kèm ảnh chữ ký của người ký và con dấu đang dùng. Bỏ chọn nếu ký tay, đóng dấu trên bản giấy.")},
                 FormLine::text("from", tr("Áp dụng từ ngày"), shown("from", visit.today().text()), {}, FormLine::Wanted::yes), FormLine::heading(tr("Số kế tiếp trong sổ năm {}", visit.today().year()))};
  const auto number = [&](const std::string& paper, const std::string& label, const std::string& help) {
    const auto at = next.find(paper);
    page.fields.push_back(FormLine::text(next_field(paper), label, shown(next_field(paper), at == next.end() ? std::string() : std::to_string(at->second)), help));
  };
  number("", tr("Số chung"), tr("Chỉ dùng khi đánh một dãy số chung. Để trống: bắt đầu từ 1."));
  for (const PaperKind& kind : PaperKinds::house().kinds()) number(kind.code, kind.label(visit.language()), {});
  return page;
}

http::Response ask_numbering(const Visit& visit) {
  const auto body = body_to_keep(visit);
  if (!body) return visit.not_found();
  return form_answer(visit, tr("Đánh số văn bản"), numbering_form(visit, *body), http::Status::ok);
}

http::Response take_numbering(const Visit& visit) {
  const auto body = body_to_keep(visit);
  if (!body) return visit.not_found();
  House& house = visit.house();
  const http::Request& request = visit.request();
  PlainForm page = numbering_form(visit, *body);
  NumberingRule given{.body = *body, .from = {}};
  given.series = typed_number(request, "series") == 2 ? NumberSeries::one : NumberSeries::by_kind;
  given.restarts = typed_number(request, "restarts") == 2 ? NumberRestart::every_term : NumberRestart::every_year;
  given.digital_pictures = request.text("digital") == "1";
  if (const auto from = typed_day(request, "from", page.errors)) given.from = *from;
  std::map<std::string, std::int64_t> next;
  const auto read = [&](const std::string& paper) {
    const std::string typed = request.text(next_field(paper));
    if (typed.empty()) return;
    const auto number = typed_number(request, next_field(paper));
    if (number < 1) page.errors.emplace_back(next_field(paper), tr("“{}” không phải là số thứ tự. Ví dụ: 42.", typed));
    else next[paper] = number;
  };
  read("");
  for (const PaperKind& kind : PaperKinds::house().kinds()) read(kind.code);
  if (!page.errors.empty()) return form_answer(visit, tr("Đánh số văn bản"), page, http::Status::unprocessable);
  const std::string name = visit.organisation()->body(*body).on(visit.today()).name;
  const auto done = house.store.write([&](db::Writer& writer) -> Result<void> {
    const auto sink = sink_of(house.trail, visit.viewer(), [&](const ChangeNote& note) {
      return note.action == "next" ? tr(Language::vietnamese, "Ghi số kế tiếp trong sổ văn bản của {}", name) : tr(Language::vietnamese, "Sửa cách đánh số văn bản của {}, từ {}", name, given.from.text());
    });
    if (auto set = set_numbering_rule(writer, sink, given, typed_number(request, "version")); !set) return set;
    return set_next_numbers(writer, sink, *body, visit.today().year(), next);
  });
  if (done) return visit.done(style_of(*body), tr("Đã ghi cách đánh số văn bản, áp dụng từ {}.", given.from.text()));
  Refusal refusal = done.error();
  if (refusal.code == "numbering.number") refusal.place = next_field(refusal.place);
  put(page.errors, refusal, "from");
  if (status_of(refusal) == http::Status::conflict)
    page.fields.front().value = std::to_string(house.store.read([&](db::Reader& reader) { return numbering_rule(reader, *body, given.from).row_version; }));
  return form_answer(visit, tr("Đánh số văn bản"), page, status_of(refusal));
}

}  // namespace

void add_style_change_pages(Pages& pages) {
  pages.get("/to-chuc/{body:number}/the-thuc/dau-van-ban", Permission::keep_bodies, RouteScope::body, ask_head);
  pages.post("/to-chuc/{body:number}/the-thuc/dau-van-ban", Permission::keep_bodies, RouteScope::body, take_head);
  pages.get("/to-chuc/{body:number}/the-thuc/danh-so", Permission::keep_bodies, RouteScope::body, ask_numbering);
  pages.post("/to-chuc/{body:number}/the-thuc/danh-so", Permission::keep_bodies, RouteScope::body, take_numbering);
}

}  // namespace khuyenhoc
