#include <algorithm>
#include <charconv>

#include "importing/importing.h"

namespace khuyenhoc {

std::string ImportOptions::text(std::string_view code) const {
  const auto found = values_.find(code);
  return found == values_.end() ? std::string() : found->second;
}

std::optional<Day> ImportOptions::day(std::string_view code) const { return Day::parse_iso(text(code)); }

std::optional<std::int64_t> ImportOptions::whole(std::string_view code) const {
  const std::string typed = text(code);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
  return error == std::errc() && end == typed.data() + typed.size() ? std::optional(number) : std::nullopt;
}

bool ImportOptions::yes(std::string_view code) const { return text(code) == "co"; }

std::string_view ImportRows::decided(std::size_t row) const {
  const auto found = decided_.find(numbers_[row]);
  return found == decided_.end() ? std::string_view{} : std::string_view(found->second);
}

void ImportRows::add(int number, std::span<const ImportCell> cells, bool readable) {
  numbers_.push_back(number);
  cells_.insert(cells_.end(), cells.begin(), cells.end());
  readable_.push_back(readable ? 1 : 0);
}

Result<std::vector<ImportWritten>> ImportKind::stage(db::Writer&, const ImportContext&, const ImportRows&, ImportPlan&, std::span<const std::size_t>, ImportId) const {
  return std::vector<ImportWritten>{};
}

Result<void> ImportKind::before_staging(const ImportContext&, const ImportRows&, ImportPlan&, std::span<const std::size_t>, ImportId) const { return {}; }

std::unique_ptr<ImportUndo> ImportKind::prepared_undo(const ImportContext&, const ImportRecord&, std::span<const ImportWritten>) const { return nullptr; }

const ImportKind* ImportKinds::find(std::string_view code) const {
  const auto found = std::ranges::find(kinds_, code, [](const auto& kind) { return kind->code(); });
  return found == kinds_.end() ? nullptr : found->get();
}

std::string import_path(BodyId body, std::string_view kind) { return fmt::format("/nhap-tep/{}/{}", body.value, kind); }

}  // namespace khuyenhoc
