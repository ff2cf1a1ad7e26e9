#include "platform/http/compression.h"

#include <cassert>
#include <charconv>
#include <stdexcept>

#include <brotli/encode.h>
#include <zlib.h>

#include "platform/http/fields.h"

namespace khuyenhoc::http {
namespace {

constexpr std::size_t least_bytes = 1'024;   // below, head and packet outweigh what is saved

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// ";q=0.8" in thousandths; 1000 when it is not said.
int weight_of(std::string_view parameters) {
  const std::size_t at = parameters.find("q=");
  if (at == std::string_view::npos) return 1000;
  const std::string_view text = trimmed(parameters.substr(at + 2));
  double weight = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), weight);
  if (error != std::errc{} || !(weight >= 0 && weight <= 1)) return 0;   // "nan" is read, too
  return static_cast<int>(weight * 1000);
}

std::string gzipped(std::string_view bytes, Effort effort) {
  struct Stream {
    z_stream stream{};
    explicit Stream(int level) {
      if (deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::runtime_error("gzip cannot begin");
    }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream() { deflateEnd(&stream); }
  };
  // its 256 KB of tables are kept between pages
  thread_local Stream quick(4);
  thread_local Stream thorough(9);
  z_stream& stream = (effort == Effort::quick ? quick : thorough).stream;
  deflateReset(&stream);
  std::string result(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(result.data());
  stream.avail_out = static_cast<uInt>(result.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) throw std::runtime_error("gzip did not end");
  result.resize(result.size() - stream.avail_out);
  return result;
}

std::string brotlied(std::string_view bytes, Effort effort) {
  std::string result(BrotliEncoderMaxCompressedSize(bytes.size()), '\0');
  std::size_t size = result.size();
  int window = 16;
  while (window < 22 && (std::size_t{1} << window) < bytes.size()) ++window;
  const int quality = effort == Effort::quick ? 4 : 9;   // 10 and 11 take seconds for a chart library, and that at every start
  if (BrotliEncoderCompress(quality, window, BROTLI_MODE_TEXT, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()), &size, reinterpret_cast<std::uint8_t*>(result.data())) != BROTLI_TRUE) throw std::runtime_error("brotli failed");
  result.resize(size);
  return result;
}

}  // namespace

std::string_view encoding_text(Encoding encoding) { return encoding == Encoding::brotli ? "br" : encoding == Encoding::gzip ? "gzip" : "identity"; }

Encoding accepted_encoding(std::string_view accept_encoding) {
  int gzip = -1;
  int brotli = -1;
  int others = -1;
  while (!accept_encoding.empty()) {
    const std::size_t comma = std::min(accept_encoding.find(','), accept_encoding.size());
    const std::string_view item = accept_encoding.substr(0, comma);
    accept_encoding.remove_prefix(std::min(comma + 1, accept_encoding.size()));
    const std::size_t semicolon = std::min(item.find(';'), item.size());
    const std::string_view name = trimmed(item.substr(0, semicolon));
    const int weight = weight_of(item.substr(semicolon));
    if (same_in_any_case(name, "br")) brotli = weight;
    if (same_in_any_case(name, "gzip") || same_in_any_case(name, "x-gzip")) gzip = weight;
    if (name == "*") others = weight;
  }
  if (brotli < 0) brotli = others;
  if (gzip < 0) gzip = others;
  if (brotli > 0 && brotli >= gzip) return Encoding::brotli;
  return gzip > 0 ? Encoding::gzip : Encoding::plain;
}

bool is_worth_compressing(std::string_view content_type, std::size_t bytes) {
  if (bytes < least_bytes) return false;
  const std::string_view type = content_type.substr(0, content_type.find(';'));
  return type.starts_with("text/") || type == "application/json" || type == "application/javascript" || type == "image/svg+xml" || type == "application/xml" || type == "application/manifest+json";
}

std::string compressed(std::string_view bytes, Encoding encoding, Effort effort) {
  assert(encoding != Encoding::plain && "plain is not compressed");
  return encoding == Encoding::brotli ? brotlied(bytes, effort) : gzipped(bytes, effort);
}

}  // namespace khuyenhoc::http
