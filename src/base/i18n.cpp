#include "base/i18n.h"

#include <locale>

#include <boost/locale/gnu_gettext.hpp>

namespace khuyenhoc {
namespace {

thread_local Language language_of_thread = Language::vietnamese;

}  // namespace

// Made from catalogue/en.po by msgfmt and embedded, so that one file is the whole program.
extern const std::string_view english_catalogue;

namespace {

using Catalogue = boost::locale::message_format<char>;

const Catalogue& english() {
  static const std::locale locale = [] {
    boost::locale::gnu_gettext::messages_info info;
    info.language = "en";
    info.encoding = "UTF-8";
    info.paths.emplace_back("");
    info.domains.emplace_back("khuyenhoc");
    info.callback = [](const std::string& file, const std::string&) {
      if (file.find("/en/") == std::string::npos) return std::vector<char>{};
      return std::vector<char>(english_catalogue.begin(), english_catalogue.end());
    };
    return std::locale(std::locale::classic(), boost::locale::gnu_gettext::create_messages_facet<char>(info));
  }();
  return std::use_facet<Catalogue>(locale);
}

}  // namespace

std::string_view language_code(Language language) { return language == Language::english ? "en" : "vi"; }

Language current_language() { return language_of_thread; }

LanguageScope::LanguageScope(Language language) : before_(language_of_thread) { language_of_thread = language; }
LanguageScope::~LanguageScope() { language_of_thread = before_; }

std::string_view translated(Language language, const char* vietnamese, std::int64_t count) {
  if (language == Language::vietnamese) return vietnamese;
  const char* found = english().get(0, nullptr, vietnamese);
  if (found == nullptr) return vietnamese;
  const std::string_view text = found;
  static constexpr std::string_view between = " || ";
  const std::size_t bar = text.find(between);
  if (bar == std::string_view::npos) return text;
  return count == 1 ? text.substr(0, bar) : text.substr(bar + between.size());
}

std::string_view translated(const char* vietnamese, std::int64_t count) { return translated(current_language(), vietnamese, count); }

}  // namespace khuyenhoc
