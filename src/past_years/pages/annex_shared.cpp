#include "past_years/pages/annex_shared.h"

#include <charconv>

#include <boost/json.hpp>

#include "base/i18n.h"
#include "base/number.h"
#include "past_years/annex_loading.h"
#include "past_years/past_years_queries.h"

namespace khuyenhoc::past_years {

std::optional<Annex> annex_of(const Visit& visit) {
  const auto body = office_of(visit);
  if (!body) return std::nullopt;
  House& house = visit.house();
  auto annex = house.store.read([&](db::Reader& reader) { return past_years_sql::find(reader, house.catalogue, visit.request().id<AnnexTag>("phu_luc")); });
  return annex && annex->body == *body ? annex : std::nullopt;
}

Url annex_page(const Annex& annex) { return html::path("/so-lieu-nam-truoc/{}/{}", annex.body, annex.id); }

bool same_version(const Visit& visit, const Annex& annex) {
  const std::string typed = visit.request().text("version");
  std::int64_t version = 0;
  std::from_chars(typed.data(), typed.data() + typed.size(), version);
  return version == annex.row_version;
}

std::string stale_words() { return tr("Phụ lục này vừa được người khác sửa. Dưới đây là bản mới nhất; xin xem lại rồi ghi tiếp."); }

Steps steps_of(const Visit& visit, const Annex& annex, int current) {
  Steps out;
  out.current = current;
  out.report = tr("Báo cáo số {}, {}", annex.report_number, visit.house().periods.label(annex.period, visit.language()));
  if (annex.understood_ms && current > 2) out.understood = tr("{} cột", annex.columns.size());
  return out;
}

std::string half_way_state(const Annex& annex, std::int64_t now_ms) {
  if (is_under_way(annex, now_ms)) return annex.state == AnnexState::loading ? tr("Đang ghi") : tr("Đang khôi phục");
  return annex.state == AnnexState::loading ? tr("Ghi dở dang") : tr("Khôi phục dở dang");
}

std::string half_way_words(const Annex& annex) { return tr("mới có {} trên {} số", number_text(annex.figures_written), number_text(annex.figures_wanted)); }

std::string summary_json(const std::string& summary) { return boost::json::serialize(boost::json::object{{"summary", summary}}); }

std::vector<std::string> sheet_names(House& house, const Annex& annex) {
  std::vector<std::string> out;
  const auto file = house.store.read([&](db::Reader& reader) { return files::find(reader, annex.content); });
  if (!file) return out;
  if (const auto book = spreadsheet::read_workbook(spreadsheet::bytes_of(file->content)))
    for (const auto& sheet : book->sheets) out.push_back(sheet.name);
  return out;
}

Result<files::Attachment> accept_signed(const http::Upload& given) {
  auto out = files::accept(std::string(given.content), files::safe_name(given.file_name));
  if (out && out->media_type != "application/pdf" && !out->media_type.starts_with("image/"))
    return refuse("annex.signed_kind", tr("Bản đã ký phải là tệp PDF hoặc ảnh chụp."), "ban_ky");
  return out;
}

}  // namespace khuyenhoc::past_years
