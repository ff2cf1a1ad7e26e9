// The built styles, scripts and fonts: kept in memory, compressed once, served under names that change with their content.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "platform/html/url.h"
#include "platform/http/router.h"

namespace khuyenhoc::http {

class StaticFiles {
 public:
  StaticFiles() = default;
  // A folder with manifest.json {"page.css": "page-4F2A.css"}; every other file in it is served. Refused when the manifest or a file it names is missing.
  static Result<StaticFiles> load(const std::filesystem::path& folder);

  html::Url address(std::string_view plain_name) const;    // "/assets/page-4F2A.css"; asserts that the manifest knows it
  bool knows(std::string_view plain_name) const { return names_.contains(plain_name); }
  std::vector<std::pair<std::string, std::string>> names() const { return {names_.begin(), names_.end()}; }   // plain and hashed
  void add_routes(Router& router) const;                   // GET /assets/{name}; this object must outlive the router
  Response answer(std::string_view file, std::string_view accept_encoding, const Router& router, const Request& request) const;

 private:
  struct File {
    std::string content_type;
    std::shared_ptr<const std::string> plain, gzip, brotli;   // the compressed ones only where they are smaller
  };
  std::map<std::string, std::string, std::less<>> names_;
  std::map<std::string, File, std::less<>> files_;
};

std::string_view content_type_of(std::string_view file_name);

}  // namespace khuyenhoc::http
