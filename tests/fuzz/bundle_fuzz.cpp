// Any bytes given as a zip of files: each file within its limits with a clean name, or a refusal, never a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "platform/spreadsheet/bundle.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace khuyenhoc::spreadsheet;
  constexpr BundleLimits limits{.files = 20, .a_file_bytes = 1U << 16, .unpacked_bytes = 1U << 18};
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)is_bundle(bytes);
  const auto files = read_bundle(bytes, limits);
  if (!files) return 0;
  if (files->empty() || files->size() > limits.files) std::abort();
  for (const BundledFile& file : *files)
    if (!khuyenhoc::is_valid_utf8(file.name) || file.content.size() > limits.a_file_bytes || (file.refusal && !file.content.empty())) std::abort();
  return 0;
}
