// Answers made smaller on the way, as far as the browser understands it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace khuyenhoc::http {

enum class Encoding : std::uint8_t { plain, gzip, brotli };
std::string_view encoding_text(Encoding encoding);       // "br"

// The best that "gzip, br;q=0.8, *;q=0" accepts; brotli before gzip at equal weight.
Encoding accepted_encoding(std::string_view accept_encoding);
bool is_worth_compressing(std::string_view content_type, std::size_t bytes);

enum class Effort : std::uint8_t { quick, thorough };    // of one page, and of a file kept for ever
std::string compressed(std::string_view bytes, Encoding encoding, Effort effort);

}  // namespace khuyenhoc::http
