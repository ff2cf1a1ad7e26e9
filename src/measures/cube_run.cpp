#include "measures/cube_run.h"

#include <array>
#include <cassert>
#include <limits>

namespace khuyenhoc {

template <class Narrow>
void NarrowColumn::store(std::span<const std::int64_t> values) {
  width_ = sizeof(Narrow);
  bytes_.resize(values.size() * sizeof(Narrow));
  for (std::size_t index = 0; index < values.size(); ++index) {
    const auto value = static_cast<Narrow>(values[index]);
    std::memcpy(bytes_.data() + index * sizeof(Narrow), &value, sizeof(Narrow));
  }
}

NarrowColumn::NarrowColumn(std::span<const std::int64_t> values) {
  if (values.empty()) return;
  const auto [least, greatest] = std::minmax_element(values.begin(), values.end());
  const auto fits = [&]<class Narrow>(Narrow) { return *least >= std::numeric_limits<Narrow>::min() && *greatest <= std::numeric_limits<Narrow>::max(); };
  if (fits(std::int8_t{})) store<std::int8_t>(values);
  else if (fits(std::int16_t{})) store<std::int16_t>(values);
  else if (fits(std::int32_t{})) store<std::int32_t>(values);
  else store<std::int64_t>(values);
}

std::int64_t NarrowColumn::at(std::size_t index) const {
  switch (width_) {
    case 1: return load<std::int8_t>(index);
    case 2: return load<std::int16_t>(index);
    case 4: return load<std::int32_t>(index);
    default: return load<std::int64_t>(index);
  }
}

template <class Narrow>
std::int64_t NarrowColumn::sum_as(std::size_t first, std::size_t end) const {
  std::int64_t total = 0;
  for (std::size_t index = first; index < end; ++index) total += load<Narrow>(index);
  return total;
}

std::int64_t NarrowColumn::sum(std::size_t first, std::size_t end) const {
  switch (width_) {
    case 1: return sum_as<std::int8_t>(first, end);
    case 2: return sum_as<std::int16_t>(first, end);
    case 4: return sum_as<std::int32_t>(first, end);
    default: return sum_as<std::int64_t>(first, end);
  }
}

template <class Narrow>
void NarrowColumn::read_as(std::vector<std::int64_t>& values) const {
  for (std::size_t index = 0; index < values.size(); ++index) values[index] = load<Narrow>(index);
}

void NarrowColumn::read_into(std::vector<std::int64_t>& values) const {
  values.resize(size());
  switch (width_) {
    case 1: return read_as<std::int8_t>(values);
    case 2: return read_as<std::int16_t>(values);
    case 4: return read_as<std::int32_t>(values);
    default: return read_as<std::int64_t>(values);
  }
}

Run::Run(std::span<const RunEntry> entries) {
  labels_.resize(entries.size());
  std::vector<std::int64_t> amounts(entries.size());
  const std::size_t blocks = (entries.size() + block - 1) / block;
  block_first_.reserve(blocks);
  block_before_.reserve(blocks + 1);
  std::int64_t total = 0;
  for (std::size_t index = 0; index < entries.size(); ++index) {
    assert(index == 0 || entries[index - 1].label < entries[index].label);
    if (index % block == 0) {
      block_first_.push_back(entries[index].label);
      block_before_.push_back(total);
    }
    labels_[index] = entries[index].label;
    amounts[index] = entries[index].amount;
    total += entries[index].amount;
  }
  block_before_.push_back(total);
  amounts_ = NarrowColumn(amounts);
}

namespace {

// How many of the ascending labels are below `label`, without branches that the processor could guess wrong.
std::size_t count_below(const Label* labels, std::size_t count, Label label) {
  const Label* base = labels;
  while (count > 1) {
    const std::size_t half = count / 2;
    base += (base[half - 1] < label) ? half : 0;
    count -= half;
  }
  return static_cast<std::size_t>(base - labels) + (count == 1 && *base < label ? 1 : 0);
}

}  // namespace

// How many blocks begin below the label: the last of them is where it would stand.
std::size_t Run::blocks_before(Label label) const { return count_below(block_first_.data(), block_first_.size(), label); }

std::int64_t Run::before(Label label, std::size_t blocks) const {
  if (blocks == 0) return 0;
  const std::size_t first = (blocks - 1) * block;
  const std::size_t size = std::min(block, labels_.size() - first);
  const std::size_t below = count_below(labels_.data() + first, size, label);
  if (below == size) return block_before_[blocks];
  return block_before_[blocks - 1] + amounts_.sum(first, first + below);
}

std::int64_t Run::before(Label label) const { return before(label, blocks_before(label)); }

// Most of a look-up is waiting for memory. So all blocks of a batch are found first and asked for, and read when they have come; and since children of a node
// follow each other, the end of one range is mostly the beginning of the next and is looked up once.
void Run::add_within(std::span<const LabelRange> ranges, std::int64_t* out, std::size_t stride) const {
  if (labels_.empty()) return;
  constexpr std::size_t batch = 64;
  std::array<std::size_t, batch> first_blocks, end_blocks;
  constexpr std::size_t labels_per_line = 64 / sizeof(Label), few_lines = 64;
  if (ranges.size() > 8 && block_first_.size() <= few_lines * labels_per_line) {
    for (std::size_t index = 0; index < block_first_.size(); index += labels_per_line) __builtin_prefetch(block_first_.data() + index);
  }
  while (!ranges.empty()) {
    const auto some = ranges.first(std::min(batch, ranges.size()));
    const auto find = [&](Label label) {
      const std::size_t blocks = blocks_before(label);
      const std::size_t first = blocks == 0 ? 0 : (blocks - 1) * block;
      __builtin_prefetch(labels_.data() + first);
      __builtin_prefetch(labels_.data() + std::min(first + block / 2, labels_.size() - 1));
      __builtin_prefetch(amounts_.address(first));
      __builtin_prefetch(block_before_.data() + blocks);
      return blocks;
    };
    for (std::size_t index = 0; index < some.size(); ++index) {
      first_blocks[index] = index > 0 && some[index].first == some[index - 1].end ? end_blocks[index - 1] : find(some[index].first);
      end_blocks[index] = find(some[index].end);
    }
    std::int64_t before_end = 0;
    for (std::size_t index = 0; index < some.size(); ++index) {
      const bool follows = index > 0 && some[index].first == some[index - 1].end;
      const std::int64_t before_first = follows ? before_end : before(some[index].first, first_blocks[index]);
      before_end = before(some[index].end, end_blocks[index]);
      *out += before_end - before_first;
      out += stride;
    }
    ranges = ranges.subspan(some.size());
  }
}

std::vector<RunEntry> Run::plus(std::span<const RunEntry> more) const {
  std::vector<RunEntry> merged;
  merged.reserve(labels_.size() + more.size());
  auto next = more.begin();
  for (std::size_t index = 0; index < labels_.size(); ++index) {
    while (next != more.end() && next->label < labels_[index]) merged.push_back(*next++);
    std::int64_t amount = amounts_.at(index);
    if (next != more.end() && next->label == labels_[index]) amount += (next++)->amount;
    if (amount != 0) merged.push_back({labels_[index], amount});
  }
  merged.insert(merged.end(), next, more.end());
  return merged;
}

std::size_t Run::resident_bytes() const {
  return sizeof(Run) + (labels_.capacity() + block_first_.capacity()) * sizeof(Label) + amounts_.resident_bytes() + block_before_.capacity() * sizeof(std::int64_t);
}

void put_in_order(std::vector<RunEntry>& entries) {
  std::sort(entries.begin(), entries.end(), [](const RunEntry& a, const RunEntry& b) { return a.label < b.label; });
  std::size_t kept = 0;
  for (std::size_t index = 0; index < entries.size(); ++index) {
    if (kept > 0 && entries[kept - 1].label == entries[index].label) entries[kept - 1].amount += entries[index].amount;
    else entries[kept++] = entries[index];
  }
  entries.resize(kept);
  std::erase_if(entries, [](const RunEntry& entry) { return entry.amount == 0; });
}

}  // namespace khuyenhoc
