// The cube's smallest part: amounts by label, so stored that the sum of any range of labels is two short searches.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "territory/layout.h"

namespace khuyenhoc {

// Whole numbers in as few bytes each as the largest of them needs.
class NarrowColumn {
 public:
  NarrowColumn() = default;
  explicit NarrowColumn(std::span<const std::int64_t> values);
  std::size_t size() const { return bytes_.size() / width_; }
  std::int64_t at(std::size_t index) const;
  std::int64_t sum(std::size_t first, std::size_t end) const;
  void read_into(std::vector<std::int64_t>& values) const;   // all of them
  const void* address(std::size_t index) const { return bytes_.data() + index * width_; }
  std::size_t resident_bytes() const { return bytes_.capacity(); }

 private:
  template <class Narrow>
  Narrow load(std::size_t index) const {
    Narrow value;
    std::memcpy(&value, bytes_.data() + index * sizeof(Narrow), sizeof(Narrow));
    return value;
  }
  template <class Narrow>
  void store(std::span<const std::int64_t> values);
  template <class Narrow>
  void read_as(std::vector<std::int64_t>& values) const;
  template <class Narrow>
  std::int64_t sum_as(std::size_t first, std::size_t end) const;

  std::size_t width_ = 1;
  std::vector<std::byte> bytes_;
};

struct RunEntry {
  Label label;
  std::int64_t amount;
};

// Immutable. Labels ascend, each once; every block of entries knows the sum before it.
class Run {
 public:
  explicit Run(std::span<const RunEntry> entries);               // ordered by label, each once
  std::int64_t before(Label label) const;                        // sum of the amounts at labels below
  std::int64_t within(LabelRange range) const { return before(range.end) - before(range.first); }
  // out[i * stride] += the sum within ranges[i].
  void add_within(std::span<const LabelRange> ranges, std::int64_t* out, std::size_t stride) const;
  std::vector<RunEntry> plus(std::span<const RunEntry> more) const;   // merged, without those that became zero
  std::size_t resident_bytes() const;

 private:
  static constexpr std::size_t block = 32;
  std::size_t blocks_before(Label label) const;
  std::int64_t before(Label label, std::size_t blocks) const;
  std::vector<Label> labels_;
  NarrowColumn amounts_;
  std::vector<Label> block_first_;
  std::vector<std::int64_t> block_before_;                       // one more than there are blocks: the last is the total
};

// Orders by label and adds up entries of the same label.
void put_in_order(std::vector<RunEntry>& entries);

}  // namespace khuyenhoc
