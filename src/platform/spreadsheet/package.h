// The zip package that a workbook (.xlsx) or a document (.docx) is: read with every size counted, written the same byte for byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace khuyenhoc::spreadsheet {

// What an uploaded file may cost at most. The unpacked size is checked as the file claims it, and counted again while unpacking.
struct PackageLimits {
  std::size_t file_bytes = 20u << 20;
  std::uint64_t unpacked_bytes = 400u << 20;
  std::uint64_t entries = 2'000;
  std::uint64_t ratio = 300;                     // unpacked to packed; honest workbooks stay under 50
  std::uint64_t ratio_free_bytes = 16u << 20;    // nobody minds the ratio of less than this
};

struct PackageState;

// One part, unpacked piece by piece. Lives no longer than its Package.
class PartStream {
 public:
  PartStream(PartStream&&) noexcept;
  PartStream& operator=(PartStream&&) noexcept;
  ~PartStream();
  // Fills the buffer from its start; 0 at the end of the part. Refuses damage ("workbook.broken") and bombs ("workbook.bomb").
  Result<std::size_t> read(std::span<char> buffer);

 private:
  friend class Package;
  struct State;
  explicit PartStream(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

class Package {
 public:
  // The bytes must outlive the package.
  static Result<Package> open(std::span<const std::byte> bytes, const PackageLimits& limits);
  Package(Package&&) noexcept;
  Package& operator=(Package&&) noexcept;
  ~Package();

  bool has(std::string_view name) const;
  std::vector<std::string> names() const;        // of all parts, in the order of the file
  Result<PartStream> stream(std::string_view name);
  // A whole part; refused past `at_most_bytes`.
  Result<std::string> read(std::string_view name, std::size_t at_most_bytes);

 private:
  explicit Package(std::unique_ptr<PackageState> state);
  std::unique_ptr<PackageState> state_;
};

// Parts in the order they were added, all dated 1 January 1980, so that the same parts give the same bytes.
class PackageWriter {
 public:
  PackageWriter();
  PackageWriter(PackageWriter&&) noexcept;
  ~PackageWriter();
  void add(std::string name, std::string content);
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Text as XML accepts it: valid UTF-8 without control characters; line breaks and tabs are kept.
std::string xml_text(std::string_view value);

}  // namespace khuyenhoc::spreadsheet
