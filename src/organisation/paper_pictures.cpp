#include "organisation/paper_pictures.h"

#include <algorithm>
#include <cmath>

#include "base/i18n.h"
#include "organisation/body_queries.h"
#include "organisation/posts.h"
#include "organisation/signing_queries.h"
#include "platform/files/files.h"

namespace khuyenhoc {
namespace {

// A round seal of an association is 36 mm across; a signature fits the room left for it.
constexpr double seal_mm = 36;
constexpr double signature_width_mm = 50, signature_height_mm = 20;

std::string json_of(const PaperPicture& picture) {
  return fmt::format(R"({{"id":{},"kind":"{}","holding":{},"from":"{}","until":{}}})", picture.id, picture.kind == PictureKind::seal ? "seal" : "signature", picture.holding, picture.from.iso(),
                     picture.until ? json_text(picture.until->iso()) : "null");
}

void tell(db::Writer& writer, const AuditSink& sink, const PaperPicture& picture, std::string_view action, std::string before) {
  if (sink) sink(writer, ChangeNote{picture.body, "paper_picture", picture.id, action, std::move(before), json_of(picture), {}, {}});
}

void size_on_paper(PaperPicture& picture, const document::PngSize& dots) {
  const double width = dots.width, height = dots.height;
  const double most_wide = picture.kind == PictureKind::seal ? seal_mm : signature_width_mm;
  const double most_high = picture.kind == PictureKind::seal ? seal_mm : signature_height_mm;
  const double scale = std::min(most_wide / width, most_high / height);
  picture.width_tenths_mm = std::max<std::int64_t>(std::llround(width * scale * 10), 1);
  picture.height_tenths_mm = std::max<std::int64_t>(std::llround(height * scale * 10), 1);
}

}  // namespace

Result<PaperPicture> set_picture(db::Store& store, db::Writer& writer, const AuditSink& sink, const NewPicture& given, std::int64_t now_ms) {
  const auto body = load_body(writer, given.body);
  if (!body || !body->alive(given.from)) return refuse("picture.body", tr("Ngày {} tổ chức này chưa thành lập hoặc đã kết thúc.", given.from.text()), "from");
  PaperPicture made{.id = 0, .body = given.body, .kind = given.kind, .holding = given.kind == PictureKind::signature ? given.holding : 0, .from = given.from, .until = {}};
  if (given.kind == PictureKind::signature) {
    const auto holding = find_post_holding(writer, given.holding);
    if (!holding || holding->body != given.body) return refuse("picture.holder", tr("Xin chọn người có chữ ký này."), "holding");
  }
  auto attachment = files::accept(given.content, given.file_name);
  if (!attachment) {
    attachment.error().place = "file";
    return std::unexpected(attachment.error());
  }
  const auto size = document::read_png(attachment->content);
  if (!size) return refuse(size.error().code, size.error().message, "file");
  if (!size->has_transparency)
    return refuse("picture.opaque", tr("Nền của ảnh không trong suốt nên sẽ che chữ bên dưới. Xin lưu ảnh PNG với nền trong suốt rồi chọn lại."), "file");
  for (PaperPicture other : paper_pictures(writer, given.body)) {
    if (other.kind != made.kind || other.holding != made.holding || (other.until && *other.until <= made.from)) continue;
    if (other.from > made.from) return refuse("picture.days", tr("Đã có ảnh dùng từ {}. Xin ghi ngày sau ngày đó.", other.from.text()), "from");
    const std::string before = json_of(other);
    other.until = made.from;
    ++other.row_version;
    signing_sql::update(writer, other);
    tell(writer, sink, other, "end", before);
  }
  files::keep(writer, *attachment, now_ms);
  made.digest = attachment->digest;
  size_on_paper(made, *size);
  made.id = store.new_id();
  signing_sql::insert(writer, made);
  tell(writer, sink, made, "set", {});
  return made;
}

Result<void> end_picture(db::Writer& writer, const AuditSink& sink, std::int64_t id, Day first_day_gone, std::int64_t expected_version) {
  auto picture = signing_sql::find_picture(writer, id);
  if (!picture) return refuse("picture.unknown", tr("Không tìm thấy ảnh này."));
  if (picture->row_version != expected_version) return refuse("picture.stale", tr("Ảnh này vừa được người khác sửa. Xin xem lại rồi ghi tiếp."));
  if (first_day_gone < picture->from) return refuse("picture.days", tr("Ngày thôi dùng không được trước ngày bắt đầu dùng."), "until");
  const std::string before = json_of(*picture);
  picture->until = first_day_gone;
  ++picture->row_version;
  signing_sql::update(writer, *picture);
  tell(writer, sink, *picture, "end", before);
  return {};
}

std::optional<document::Picture> picture_of(db::Reader& reader, const PaperPicture& picture) {
  auto file = files::find(reader, picture.digest);
  if (!file) return std::nullopt;
  return document::Picture{std::make_shared<const std::string>(std::move(file->content)), static_cast<double>(picture.width_tenths_mm) / 10, static_cast<double>(picture.height_tenths_mm) / 10};
}

std::optional<document::Picture> seal_on(db::Reader& reader, BodyId body, Day day) {
  for (const PaperPicture& picture : paper_pictures(reader, body))
    if (picture.kind == PictureKind::seal && picture.on(day)) return picture_of(reader, picture);
  return std::nullopt;
}

std::optional<document::Picture> signature_on(db::Reader& reader, std::int64_t holding, Day day) {
  for (const PaperPicture& picture : signing_sql::signatures_of(reader, holding))
    if (picture.on(day)) return picture_of(reader, picture);
  return std::nullopt;
}

}  // namespace khuyenhoc
