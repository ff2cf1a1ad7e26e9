#include "shell/frame.h"

#include <map>

namespace khuyenhoc {
namespace {

std::map<std::string, Url, std::less<>>& names() {
  static std::map<std::string, Url, std::less<>> known;
  return known;
}

}  // namespace

void set_asset_names(std::vector<std::pair<std::string, std::string>> plain_to_hashed) {
  names().clear();
  for (auto& [plain, hashed] : plain_to_hashed)
    if (auto address = Url::local("/assets/" + hashed)) names().insert_or_assign(std::move(plain), *address);
}

Url asset_url(std::string_view name) {
  const auto found = names().find(name);
  return found != names().end() ? found->second : html::path("/assets/{}", name);
}

std::string telephone_text(const std::string& stored) {
  if (stored.size() != 10) return stored;
  return stored.substr(0, 4) + " " + stored.substr(4, 3) + " " + stored.substr(7);
}

std::string_view other_language_name() { return current_language() == Language::vietnamese ? "English" : "Tiếng Việt"; }

Url icon_url(std::string_view name) { return asset_url("icons.svg").at(name); }

}  // namespace khuyenhoc
