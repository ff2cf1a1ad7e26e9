// The scanned seal of a body and the signatures of those who sign for it: settings with a day, kept as attachments. Only pages of people who may sign show them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "organisation/audit_sink.h"
#include "organisation/organisation.h"
#include "platform/db/db.h"
#include "platform/db/digest.h"
#include "platform/document/picture.h"

namespace khuyenhoc {

enum class PictureKind : std::int64_t { seal = 1, signature = 2 };

struct PaperPicture {
  std::int64_t id = 0;
  BodyId body;
  PictureKind kind = PictureKind::seal;
  std::int64_t holding = 0;              // whose signature; 0 for the seal
  db::Digest digest{};
  std::int64_t width_tenths_mm = 0, height_tenths_mm = 0;    // on paper
  Day from;
  std::optional<Day> until;              // first day it no longer counts
  std::int64_t row_version = 1;
  bool on(Day day) const { return from <= day && (!until || day < *until); }
};

struct NewPicture {
  BodyId body;
  PictureKind kind = PictureKind::seal;
  std::int64_t holding = 0;
  Day from;
  std::string content, file_name;
};
// The picture before it ends on that day. Refusals of files::accept and document::read_png, "picture.holder", "picture.days" (there is a later one), "picture.body".
Result<PaperPicture> set_picture(db::Store& store, db::Writer& writer, const AuditSink& sink, const NewPicture& given, std::int64_t now_ms);
// "picture.unknown", "picture.stale", "picture.days"
Result<void> end_picture(db::Writer& writer, const AuditSink& sink, std::int64_t picture, Day first_day_gone, std::int64_t expected_version);

std::vector<PaperPicture> paper_pictures(db::Reader& reader, BodyId body);                       // newest first
std::optional<document::Picture> seal_on(db::Reader& reader, BodyId body, Day day);
std::optional<document::Picture> signature_on(db::Reader& reader, std::int64_t holding, Day day);
std::optional<document::Picture> picture_of(db::Reader& reader, const PaperPicture& picture);   // its bytes

}  // namespace khuyenhoc
