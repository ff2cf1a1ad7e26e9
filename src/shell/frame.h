// What stands around every page: who is asking, for which unit and period, in which territory, and the way to the other pages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/i18n.h"
#include "platform/html/url.h"

namespace khuyenhoc {

// The main navigation, in the words of the work.
enum class MenuItem { none, home, start, organisation, figures, entry, reports, audit, users, more };

struct FrameLink {
  std::string label;
  Url link;
  bool current = false;
};

struct FrameUnit {
  std::int64_t body = 0;
  std::string name;
  std::string title;                  // "Thư ký"
  bool current = false;
};

struct Frame {
  std::string title;                  // of the page; the browser adds the product's name
  MenuItem section = MenuItem::none;
  std::string user_name;              // "Bà Trần Kim Liên"
  std::string user_title;
  std::string on_behalf_of;           // "Thay ông …", or empty
  std::string unit_name;
  std::vector<FrameUnit> units;       // all the user may act for
  std::string period_label;           // "6 tháng đầu năm 2026"
  std::vector<FrameLink> periods;
  std::optional<Day> old_territory;   // the day of the tree when it is not today's
  std::string here;                   // path and query of this page, to come back to
  std::string csrf;
  bool large_type = false;
  bool may_see_audit = false;
  bool may_manage_users = false;
  bool start_under_way = false;       // the steps of the start stand in the menu
  std::int64_t things_to_do = 0;
  std::vector<std::string_view> scripts;   // islands of this page: "grid.js"
  std::string said;                   // what the last action did, shown once on top
  bool signed_in = true;
};

// The address of a built asset by its plain name ("page.css"), with the hash of its content in it.
Url asset_url(std::string_view name);
void set_asset_names(std::vector<std::pair<std::string, std::string>> plain_to_hashed);
Url icon_url(std::string_view name);
std::string telephone_text(const std::string& stored);   // "0912 345 678", as people read it out
std::string_view other_language_name();   // in its own words: "English" on a Vietnamese page

}  // namespace khuyenhoc
