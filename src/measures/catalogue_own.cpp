#include <array>
#include <atomic>
#include <cassert>
#include <limits>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "measures/catalogue.h"

namespace khuyenhoc {

namespace {

constexpr std::size_t chunk_size = 128;
using Chunk = std::array<Measure, chunk_size>;

}  // namespace

// Measures lie in chunks that never move: a chunk is hung up and its measure written before the count that lets readers see it grows.
struct Catalogue::Growth {
  explicit Growth(std::size_t most) : room(most), chunks((most + chunk_size - 1) / chunk_size) {}
  const std::size_t room;
  std::vector<std::unique_ptr<Chunk>> chunks;
  std::atomic<std::size_t> count{0};
  std::mutex adding;
  mutable std::shared_mutex names_mutex;
  std::unordered_map<std::string, MeasureIndex> by_code;
};

void Catalogue::make_room(std::size_t own_indicators) {
  assert(growth_ == nullptr && measures_.size() + own_indicators <= std::numeric_limits<MeasureIndex>::max());
  growth_ = std::make_shared<Growth>(own_indicators);
}

std::size_t Catalogue::series_room() const { return series_.size() + (growth_ ? growth_->room : 0); }
std::size_t Catalogue::own_count() const { return growth_ ? growth_->count.load(std::memory_order_acquire) : 0; }

const Measure* Catalogue::own(MeasureIndex index) const {
  const std::size_t place = index - measures_.size();
  if (index < measures_.size() || place >= own_count()) return nullptr;
  return &(*growth_->chunks[place / chunk_size])[place % chunk_size];
}

std::optional<MeasureIndex> Catalogue::own_by_code(std::string_view code) const {
  if (!growth_) return std::nullopt;
  const std::shared_lock lock(growth_->names_mutex);
  const auto at = growth_->by_code.find(std::string(code));
  return at == growth_->by_code.end() ? std::nullopt : std::optional(at->second);
}

Result<MeasureIndex> Catalogue::add(Measure measure) {
  assert(growth_ && measure.dimensions.empty() && measure.formula.empty() && is_typed(measure.kind));
  const std::lock_guard lock(growth_->adding);
  if (const auto known = find(measure.code)) return *known;
  const std::size_t place = growth_->count.load(std::memory_order_relaxed);
  if (place == growth_->room)
    return refuse("indicator.full", tr("Chương trình đã giữ đủ {} chỉ tiêu riêng của các đơn vị, nên chưa thêm được nữa. Xin dùng lại chỉ tiêu đã có, hoặc báo cán bộ kỹ thuật.", place));
  auto& chunk = growth_->chunks[place / chunk_size];
  if (!chunk) chunk = std::make_unique<Chunk>();
  const auto index = static_cast<MeasureIndex>(measures_.size() + place);
  const std::string code = measure.code;
  (*chunk)[place % chunk_size] = std::move(measure);
  growth_->count.store(place + 1, std::memory_order_release);
  const std::unique_lock names(growth_->names_mutex);
  growth_->by_code.emplace(code, index);
  return index;
}

}  // namespace khuyenhoc
