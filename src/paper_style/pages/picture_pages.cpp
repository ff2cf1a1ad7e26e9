#include <algorithm>

#include "paper_style/pages/parts_of_paper_style.h"

namespace khuyenhoc {
namespace {

using namespace paper_style;

PlainForm picture_form(const Visit& visit, BodyId body) {
  const http::Request& request = visit.request();
  std::vector<FormChoice> what{{"dau", tr("Con dấu của đơn vị")}};
  visit.house().store.read([&](db::Reader& reader) {
    for (const PostHolding& holding : post_holders(reader, body, visit.today()))
      what.push_back({std::to_string(holding.id), tr("Chữ ký của {}, {}", holding.person_name, post_label(holding.post, visit.language()))});
  });
  PlainForm page{.trail = trail_to_style(visit, body), .action = html::path("/to-chuc/{}/the-thuc/anh", body), .fields = {}, .button = tr("Ghi ảnh"),
                .consequence = tr("Ảnh đang dùng thôi dùng từ ngày này; văn bản cũ giữ ảnh cũ.")};
  page.fields = {FormLine::choice("what", tr("Ảnh của"), request.text("what"), what),
                 {.kind = FormLine::Kind::file, .name = "file", .label = tr("Tệp ảnh"), .help = tr("Ảnh PNG nền trong suốt, mỗi chiều từ 60 đến 4.000 điểm. In ra: con dấu rộng 36 mm, chữ ký cao nhất 20 mm."), .wanted = FormLine::Wanted::yes},
                 FormLine::text("from", tr("Dùng từ ngày"), request.method == http::Method::post ? request.text("from") : visit.today().text(), {}, FormLine::Wanted::yes)};
  return page;
}

http::Response ask_picture(const Visit& visit) {
  const auto body = body_to_sign_for(visit);
  if (!body) return visit.not_found();
  return form_answer(visit, tr("Ảnh con dấu, chữ ký"), picture_form(visit, *body), http::Status::ok);
}

http::Response take_picture(const Visit& visit) {
  const auto body = body_to_sign_for(visit);
  if (!body) return visit.not_found();
  House& house = visit.house();
  PlainForm page = picture_form(visit, *body);
  const http::Upload* file = visit.request().file("file");
  if (file == nullptr || file->content.empty()) page.errors.emplace_back("file", tr("Xin chọn tệp ảnh."));
  const auto from = typed_day(visit.request(), "from", page.errors);
  if (!page.errors.empty()) return form_answer(visit, tr("Ảnh con dấu, chữ ký"), page, http::Status::unprocessable);
  NewPicture given{.body = *body, .kind = visit.request().text("what") == "dau" ? PictureKind::seal : PictureKind::signature, .holding = typed_number(visit.request(), "what"), .from = *from,
                   .content = std::string(file->content), .file_name = file->file_name};
  const std::string name = visit.organisation()->body(*body).on(visit.today()).name;
  const auto done = house.store.write([&](db::Writer& writer) {
    const auto sink = sink_of(house.trail, visit.viewer(), [&](const ChangeNote& note) {
      return note.action == "end" ? tr(Language::vietnamese, "Thôi dùng một ảnh con dấu hoặc chữ ký của {}, từ {}", name, from->text())
                                  : tr(Language::vietnamese, "Ghi ảnh con dấu hoặc chữ ký của {}, dùng từ {}", name, from->text());
    });
    return set_picture(house.store, writer, sink, given, house.clock.now_ms());
  });
  if (done) return visit.done(style_of(*body), tr("Đã ghi ảnh, dùng từ {}.", from->text()));
  Refusal refusal = done.error();
  if (refusal.place == "holding") refusal.place = "what";
  put(page.errors, refusal, "file");
  return form_answer(visit, tr("Ảnh con dấu, chữ ký"), page, status_of(refusal));
}

std::optional<PaperPicture> picture_in(const Visit& visit, BodyId body) {
  const auto all = visit.house().store.read([&](db::Reader& reader) { return paper_pictures(reader, body); });
  const auto at = std::ranges::find(all, visit.request().number("anh"), &PaperPicture::id);
  return at == all.end() ? std::nullopt : std::optional(*at);
}

http::Response show_picture(const Visit& visit) {
  const auto body = body_to_sign_for(visit);
  const auto picture = body ? picture_in(visit, *body) : std::nullopt;
  const auto bytes = picture ? visit.house().store.read([&](db::Reader& reader) { return picture_of(reader, *picture); }) : std::nullopt;
  if (!bytes) return visit.not_found();
  auto answer = http::Response::bytes(bytes->png, "image/png");
  answer.header("Cache-Control", "private, no-store");
  return answer;
}

http::Response end(const Visit& visit) {
  const auto body = body_to_sign_for(visit);
  const auto picture = body ? picture_in(visit, *body) : std::nullopt;
  if (!picture || picture->until) return visit.not_found();
  House& house = visit.house();
  const http::Request& request = visit.request();
  PlainForm page{.trail = trail_to_style(visit, *body), .action = html::path("/to-chuc/{}/the-thuc/anh/{}", *body, picture->id), .fields = {}, .button = tr("Thôi dùng ảnh")};
  page.fields = {FormLine::hidden("version", request.text("version").empty() ? std::to_string(picture->row_version) : request.text("version")),
                 FormLine::text("until", tr("Ngày đầu tiên không còn dùng"), request.method == http::Method::post ? request.text("until") : visit.today().text(), {}, FormLine::Wanted::yes)};
  const std::string title = tr("Thôi dùng ảnh con dấu, chữ ký");
  if (request.method == http::Method::get) return form_answer(visit, title, page, http::Status::ok);
  const auto until = typed_day(request, "until", page.errors);
  if (!until) return form_answer(visit, title, page, http::Status::unprocessable);
  const std::string name = visit.organisation()->body(*body).on(visit.today()).name;
  const auto done = house.store.write([&](db::Writer& writer) {
    return end_picture(writer, sink_of(house.trail, visit.viewer(), [&](const ChangeNote&) { return tr(Language::vietnamese, "Thôi dùng một ảnh con dấu hoặc chữ ký của {}, từ {}", name, until->text()); }), picture->id, *until,
                       typed_number(request, "version"));
  });
  if (done) return visit.done(style_of(*body), tr("Đã ghi thôi dùng ảnh từ {}.", until->text()));
  put(page.errors, done.error(), "until");
  if (status_of(done.error()) == http::Status::conflict) page.fields.front().value = std::to_string(picture->row_version);
  return form_answer(visit, title, page, status_of(done.error()));
}

}  // namespace

void add_picture_pages(Pages& pages) {
  pages.get("/to-chuc/{body:number}/the-thuc/anh", Permission::sign, RouteScope::body, ask_picture);
  pages.post_file("/to-chuc/{body:number}/the-thuc/anh", Permission::sign, RouteScope::body, take_picture);
  pages.get("/to-chuc/{body:number}/the-thuc/anh/{anh:number}/hinh.png", Permission::sign, RouteScope::body, show_picture);
  pages.get("/to-chuc/{body:number}/the-thuc/anh/{anh:number}", Permission::sign, RouteScope::body, end);
  pages.post("/to-chuc/{body:number}/the-thuc/anh/{anh:number}", Permission::sign, RouteScope::body, end);
}

}  // namespace khuyenhoc
