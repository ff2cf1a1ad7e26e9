#include "platform/http/static_files.h"

#include <cassert>
#include <fstream>
#include <iterator>

#include <boost/json.hpp>

#include "base/i18n.h"
#include "platform/http/compression.h"

namespace khuyenhoc::http {
namespace {

constexpr std::string_view prefix = "/assets/";

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::shared_ptr<const std::string> compressed_if_smaller(const std::string& plain, std::string_view content_type, Encoding encoding) {
  if (!is_worth_compressing(content_type, plain.size())) return nullptr;
  auto smaller = std::make_shared<const std::string>(compressed(plain, encoding, Effort::thorough));
  return smaller->size() < plain.size() ? smaller : nullptr;
}

}  // namespace

std::string_view content_type_of(std::string_view file_name) {
  static constexpr std::pair<std::string_view, std::string_view> types[] = {
      {".css", "text/css; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"}, {".svg", "image/svg+xml"}, {".woff2", "font/woff2"}, {".png", "image/png"},
      {".jpg", "image/jpeg"}, {".json", "application/json"}, {".ico", "image/x-icon"}, {".webmanifest", "application/manifest+json"}, {".map", "application/json"}};
  for (const auto& [ending, type] : types) {
    if (file_name.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

Result<StaticFiles> StaticFiles::load(const std::filesystem::path& folder) {
  StaticFiles result;
  boost::system::error_code broken;
  const auto manifest = boost::json::parse(read_file(folder / "manifest.json"), broken);
  if (broken || !manifest.is_object()) return refuse("assets.no_manifest", tr("Thư mục giao diện {} thiếu tệp manifest.json. Xin dựng lại chương trình.", folder.string()));
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_regular_file() || name == "manifest.json") continue;
    File file;
    file.content_type = content_type_of(name);
    file.plain = std::make_shared<const std::string>(read_file(entry.path()));
    file.gzip = compressed_if_smaller(*file.plain, file.content_type, Encoding::gzip);
    file.brotli = compressed_if_smaller(*file.plain, file.content_type, Encoding::brotli);
    result.files_.emplace(name, std::move(file));
  }
  for (const auto& [plain_name, hashed_name] : manifest.as_object()) {
    const std::string hashed = hashed_name.is_string() ? std::string(hashed_name.as_string()) : std::string();
    if (!result.files_.contains(hashed)) return refuse("assets.missing_file", tr("Thư mục giao diện {} thiếu tệp {}. Xin dựng lại chương trình.", folder.string(), hashed));
    result.names_.emplace(plain_name, hashed);
  }
  return result;
}

html::Url StaticFiles::address(std::string_view plain_name) const {
  const auto found = names_.find(plain_name);
  assert(found != names_.end() && "the manifest of the built assets names it");
  return html::path("/assets/{}", found->second);
}

Response StaticFiles::answer(std::string_view name, std::string_view accept_encoding, const Router& router, const Request& request) const {
  const auto found = files_.find(name);
  if (found == files_.end()) return router.error(request, Status::not_found);
  const File& file = found->second;
  const Encoding encoding = accepted_encoding(accept_encoding);
  const auto& variant = encoding == Encoding::brotli ? file.brotli : encoding == Encoding::gzip ? file.gzip : file.plain;
  Response response = Response::bytes(variant ? variant : file.plain, file.content_type);
  if (variant && encoding != Encoding::plain) response.header("Content-Encoding", encoding_text(encoding));
  if (file.gzip || file.brotli) response.header("Vary", "Accept-Encoding");
  return response.cache_for_ever().etag(std::string(name) + "-" + std::string(variant ? encoding_text(encoding) : "identity"));
}

void StaticFiles::add_routes(Router& router) const {
  RouteInfo info{"public", "styles, scripts and fonts"};
  info.runs = Runs::direct;
  router.add(Method::get, std::string(prefix) + "{name}", [this, &router](Request& request) { return answer(request.parameter("name"), request.header("Accept-Encoding"), router, request); }, info);
}

}  // namespace khuyenhoc::http
