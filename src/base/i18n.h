// Two languages: Vietnamese is written in the source, English comes from catalogue/en.po. Every text a person reads goes through tr.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include <fmt/format.h>

namespace khuyenhoc {

enum class Language : std::uint8_t { vietnamese, english };

std::string_view language_code(Language language);     // "vi", "en"

// The language of the request this thread works on; Vietnamese where nobody chose.
Language current_language();
class LanguageScope {
 public:
  explicit LanguageScope(Language language);
  ~LanguageScope();
  LanguageScope(const LanguageScope&) = delete;
  LanguageScope& operator=(const LanguageScope&) = delete;

 private:
  Language before_;
};

// A message that stands somewhere else than where it is shown (a table of labels): constexpr Message label = mark("Hội viên");
struct Message {
  const char* vietnamese = "";
};
consteval Message mark(const char* vietnamese) { return {vietnamese}; }

// The translation of a marked literal, or the literal itself. Where English has two forms, en.po writes "{} member || {} members", and
// `count` chooses; a negative count takes the second.
std::string_view translated(Language language, const char* vietnamese, std::int64_t count = -1);
std::string_view translated(const char* vietnamese, std::int64_t count = -1);

// The first whole number among the values, which chooses the form; -1 without one.
template <class... Values>
std::int64_t count_in(const Values&... values) {
  std::int64_t count = -1;
  bool found = false;
  [[maybe_unused]] const auto look = [&](const auto& value) {
    using T = std::remove_cvref_t<decltype(value)>;
    if constexpr (std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>) {
      if (!found) count = static_cast<std::int64_t>(value);
      found = true;
    }
  };
  (look(values), ...);
  return count;
}

// A literal whose {} fit the values; checked while compiling.
template <class... Values>
class Phrase {
 public:
  consteval Phrase(const char* vietnamese) : vietnamese_(vietnamese) { [[maybe_unused]] const fmt::format_string<Values...> checked(vietnamese); }
  constexpr const char* vietnamese() const { return vietnamese_; }

 private:
  const char* vietnamese_;
};

// tr("Văn bản có {} chỗ cần sửa.", count), in the current language or in the one given. The message is always a literal: the collector of
// messages finds it, and the test `messages` fails until en.po has it.
template <class... Values>
std::string tr(Language language, Phrase<std::type_identity_t<const Values&>...> phrase, const Values&... values) {
  const std::string_view text = translated(language, phrase.vietnamese(), count_in(values...));
  return fmt::vformat(text, fmt::make_format_args(values...));
}
template <class... Values>
std::string tr(Phrase<std::type_identity_t<const Values&>...> phrase, const Values&... values) {
  return tr<Values...>(current_language(), phrase, values...);
}
inline std::string tr(Language language, Message message) { return std::string(translated(language, message.vietnamese)); }
inline std::string tr(Message message) { return tr(current_language(), message); }

}  // namespace khuyenhoc
