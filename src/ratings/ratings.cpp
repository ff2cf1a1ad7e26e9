#include "ratings/ratings.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/i18n.h"
#include "organisation/systems.h"
#include "ratings/ratings_queries.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

constexpr int first_year = 1996;     // of the association

std::string state_of(const std::optional<Rating>& rating, const std::string& summary = {}) {
  json::object out;
  if (rating) out = {{"year", rating->year}, {"grade", static_cast<std::int64_t>(rating->grade)}, {"decision", rating->decision.number}};
  if (!summary.empty()) out["summary"] = summary;
  return out.empty() ? std::string() : json::serialize(out);
}

bool same(const Rating& a, const Rating& b) { return a.grade == b.grade && a.decision.number == b.decision.number && a.decision.day == b.decision.day && a.decision.issuer == b.decision.issuer; }

}  // namespace

std::string grade_label(Grade grade, Language language) {
  switch (grade) {
    case Grade::taken_back: return tr(language, "đã bỏ xếp loại vì ghi nhầm");
    case Grade::excellent: return tr(language, "Hoàn thành xuất sắc nhiệm vụ");
    case Grade::good: return tr(language, "Hoàn thành tốt nhiệm vụ");
    case Grade::fulfilled: return tr(language, "Hoàn thành nhiệm vụ");
    case Grade::not_fulfilled: return tr(language, "Không hoàn thành nhiệm vụ");
  }
  return {};
}

std::vector<BodyId> rated_by(const Organisation& organisation, BodyId superior, Day day) {
  auto out = organisation.children(superior, day);
  std::erase_if(out, [&](BodyId body) {
    const BodyKind& kind = organisation.kind(body);
    return kind.system != hkh || kind.level != BodyKind::Level::branch;
  });
  return out;
}

std::map<BodyId, std::vector<Rating>> ratings_below(db::Reader& reader, const Organisation& organisation, BodyId superior, Day day) {
  std::map<BodyId, std::vector<Rating>> out;
  for (const BodyId body : rated_by(organisation, superior, day)) out[body] = ratings_of(reader, body);
  return out;
}

Result<std::size_t> rate(House& house, const Viewer& viewer, BodyId superior, int year, const std::vector<RatingWanted>& wanted, const Decision& decision) {
  if (year < first_year || year > viewer.today().year()) return refuse("rating.year", tr("Năm xếp loại phải từ {} đến {}.", std::to_string(first_year), std::to_string(viewer.today().year())), "nam");
  const auto organisation = house.organisation.current();
  const auto rated = rated_by(*organisation, superior, viewer.today());
  return house.store.write([&](db::Writer& writer) -> Result<std::size_t> {
    std::size_t changed = 0;
    for (const RatingWanted& line : wanted) {
      if (std::ranges::find(rated, line.body) == rated.end()) return refuse("rating.body", tr("Xin chọn chi hội, ban trong danh sách."), "nam");
      const auto before = ratings_sql::find(writer, line.body, year);
      const std::string& name = organisation->body(line.body).on(viewer.today()).name;
      std::optional<Rating> after;
      // a decision that was entered belongs to what this table changes; the others keep theirs
      if (line.grade) after = Rating{line.body, year, *line.grade, superior, before && before->grade == *line.grade && decision.empty() ? before->decision : decision, 1};
      const bool rated_before = before && before->grade != Grade::taken_back;
      if (!after && rated_before) {
        after = before;
        after->grade = Grade::taken_back;
      }
      if (!after) continue;
      if (before && same(*before, *after)) continue;
      if (before && before->grade == after->grade && !before->decision.empty() && decision.empty()) continue;
      if ((before ? before->row_version : 0) != line.known)
        return refuse("rating.stale", tr("Xếp loại của {} vừa được người khác sửa, đang lưu: {}. Ghi lần nữa nếu vẫn muốn dùng điều ông/bà chọn.", name,
                                          before ? grade_label(before->grade, current_language()) : tr("chưa xếp loại")), fmt::format("loai-{}", line.body.value));
      if (before) {
        after->row_version = before->row_version + 1;
        ratings_sql::update(writer, *after);
      } else {
        ratings_sql::insert(writer, *after);
      }
      const bool kept = after->grade != Grade::taken_back;
      const std::string summary = kept ? tr(Language::vietnamese, "Xếp loại năm {} của {}: {}", std::to_string(year), name, grade_label(after->grade, Language::vietnamese))
                                        : tr(Language::vietnamese, "Bỏ xếp loại năm {} của {} vì ghi nhầm", std::to_string(year), name);
      house.trail.write(writer, viewer, line.body, "rating", line.body.value, kept ? "rate" : "take_back", state_of(before), state_of(after, summary));
      ++changed;
    }
    return changed;
  });
}

}  // namespace khuyenhoc
