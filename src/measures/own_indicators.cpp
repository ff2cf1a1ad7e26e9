#include "measures/own_indicators.h"

#include <cassert>

#include <fmt/format.h>

#include "base/i18n.h"
#include "measures/facts.h"
#include "measures/facts_queries.h"
#include "measures/own_indicators_queries.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t longest_label = 300, longest_unit = 40;

Result<void> check(const Catalogue& catalogue, const OwnIndicator& one) {
  if (one.label_vi.empty()) return refuse("indicator.label", tr("Xin ghi câu hỏi hoặc tên chỉ tiêu."), "label");
  if (one.label_vi.size() > longest_label) return refuse("indicator.label", tr("Tên chỉ tiêu dài quá. Xin viết ngắn lại, phần giải thích để ở hướng dẫn."), "label");
  if (one.answer == OwnAnswer::number && one.unit_vi.empty()) return refuse("indicator.unit", tr("Xin ghi đơn vị tính, ví dụ: người, hộ, buổi."), "unit");
  if (one.unit_vi.size() > longest_unit) return refuse("indicator.unit", tr("Đơn vị tính dài quá. Xin ghi một, hai từ."), "unit");
  if ((one.kind != MeasureKind::stock && one.kind != MeasureKind::flow) || (one.answer == OwnAnswer::yes_no && one.kind != MeasureKind::stock))
    return refuse("indicator.kind", tr("Chỉ tiêu riêng là số cuối kỳ hoặc số trong kỳ; câu hỏi có, không là số cuối kỳ."), "kind");
  if (one.level == RecordedAt::computed) return refuse("indicator.kind", tr("Chỉ tiêu riêng do đơn vị ghi, chương trình không tự tính."), "kind");
  if (!one.section.empty() && std::ranges::none_of(catalogue.sections(), [&](const Section& section) { return section.code == one.section; }))
    return refuse("indicator.kind", tr("Không có phần “{}” trong danh mục chỉ tiêu.", one.section), "section");
  return {};
}

Measure measure_of(const OwnIndicator& from) {
  Measure out;
  out.code = from.code();
  out.label_vi = from.label_vi;
  out.label_en = from.label_en.empty() ? from.label_vi : from.label_en;
  out.short_vi = from.short_vi.empty() ? from.label_vi : from.short_vi;
  out.short_en = out.short_vi;
  out.is_money = from.answer == OwnAnswer::money;
  out.is_yes_no = from.answer == OwnAnswer::yes_no;
  out.unit_vi = out.is_money ? "đồng" : out.is_yes_no ? "đơn vị" : from.unit_vi;
  out.unit_en = out.is_yes_no ? "bodies" : out.unit_vi;
  out.counted_vi = out.unit_vi;
  out.counted_en = out.unit_en;
  out.kind = from.kind;
  out.level = from.level;
  out.group = from.section.empty() ? "G" : from.section;
  out.help_vi = from.help_vi;
  out.help_en = from.help_vi;
  out.owner = from.owner;
  return out;
}

}  // namespace

std::string OwnIndicator::code() const { return fmt::format("R{}", id); }

OwnIndicators::OwnIndicators(db::Store& store, Catalogue& catalogue, Ledger& ledger) : store_(store), catalogue_(catalogue), ledger_(ledger) {}

Result<OwnIndicator> OwnIndicators::define(db::Writer& writer, OwnIndicator indicator, UserId by, std::int64_t now_ms) {
  assert(indicator.owner);
  if (auto fine = check(catalogue_, indicator); !fine) return std::unexpected(fine.error());
  if (catalogue_.own_count() >= catalogue_.series_room() - catalogue_.series_count())
    return refuse("indicator.full", tr("Chương trình đã giữ đủ chỉ tiêu riêng của các đơn vị, nên chưa thêm được nữa. Xin dùng lại chỉ tiêu đã có, hoặc báo cán bộ kỹ thuật."));
  indicator.id = store_.new_id();
  own_indicators_sql::Stored stored{indicator, 0, store_.new_id()};
  facts_sql::insert_series(writer, {stored.series, indicator.code(), ""});
  writer.before_commit([this, stored, by, now_ms](db::Writer& at_the_end) {
    own_indicators_sql::Stored row = stored;
    row.position = at_the_end.next_positions();
    own_indicators_sql::insert(at_the_end, row, by, now_ms);
    at_the_end.hint_after_commit();
    at_the_end.after_commit([this, row] { learn(row.indicator, row.series); });
  });
  return indicator;
}

void OwnIndicators::learn(const OwnIndicator& indicator, std::int64_t stored_series) {
  const auto index = catalogue_.add(measure_of(indicator));
  if (!index) return;                                            // full: what is stated of it waits in the store for a program with more room
  ledger_.series_stored(catalogue_.series(*index), stored_series);
}

void OwnIndicators::load(db::Reader& reader) {
  const std::lock_guard lock(mutex_);
  for (const auto& stored : own_indicators_sql::after(reader, known_)) {
    learn(stored.indicator, stored.series);
    known_ = stored.position;
  }
}

void OwnIndicators::follow() {
  store_.read([&](db::Reader& reader) { load(reader); });
}

std::vector<OwnIndicator> OwnIndicators::of_owner(db::Reader& reader, BodyId owner) const { return own_indicators_sql::of_owner(reader, owner); }

std::optional<OwnIndicator> OwnIndicators::find(db::Reader& reader, MeasureIndex measure) const {
  const Measure& known = catalogue_.measure(measure);
  if (!known.owner) return std::nullopt;
  return own_indicators_sql::find(reader, std::stoll(known.code.substr(1)));
}

}  // namespace khuyenhoc
