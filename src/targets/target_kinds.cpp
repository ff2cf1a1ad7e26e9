#include <cassert>

#include "base/i18n.h"
#include "platform/config/table.h"
#include "targets/targets.h"

namespace khuyenhoc {

extern const std::string_view targets_catalogue;

Result<TargetKinds> TargetKinds::parse(std::string_view toml, const Catalogue& catalogue) {
  const auto file = config::Table::parse(toml, "targets.toml");
  if (!file) return std::unexpected(file.error());
  TargetKinds out;
  for (const auto& entry : file->tables("target")) {
    const auto measure = catalogue.find(entry.text("code")), by = catalogue.find(entry.text("by"));
    const std::int64_t growth = entry.number("growth_permille").value_or(0), round = entry.number("round").value_or(1);
    if (!measure || !by || growth < 0 || round <= 0) return refuse("targets.entry", "Mỗi chỉ tiêu năm cần có mã, số nền và cách làm tròn đúng.", entry.text("code"));
    out.kinds_.push_back({*measure, growth, *by, round});
  }
  return out;
}

const TargetKinds& TargetKinds::house() {
  static const TargetKinds kinds = [] {
    auto parsed = parse(targets_catalogue, Catalogue::house());
    assert(parsed && "the embedded list of targets must be readable");
    return std::move(*parsed);
  }();
  return kinds;
}

const TargetKind* TargetKinds::find(std::string_view code) const {
  const auto measure = Catalogue::house().find(code);
  if (!measure) return nullptr;
  for (const TargetKind& kind : kinds_)
    if (kind.measure == *measure) return &kind;
  return nullptr;
}

}  // namespace khuyenhoc
