// Where the texts of a workbook live: blocks that never move, so that cells can point into them.
#pragma once

#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace khuyenhoc::spreadsheet {

class TextStore {
 public:
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    if (text.size() > left_) {
      const auto size = text.size() > block ? text.size() : block;
      blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
      next_ = blocks_.back().get();
      left_ = size;
    }
    char* const at = next_;
    std::memcpy(at, text.data(), text.size());
    next_ += text.size();
    left_ -= text.size();
    return {at, text.size()};
  }

 private:
  static constexpr std::size_t block = 64u << 10;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace khuyenhoc::spreadsheet
