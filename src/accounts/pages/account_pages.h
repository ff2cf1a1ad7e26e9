// What the pages of accounts show.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "access/audit.h"
#include "accounts/handing_out.h"
#include "accounts/pages/slip_views.h"
#include "platform/html/url.h"
#include "shell/frame.h"
#include "shell/house.h"

namespace khuyenhoc {

struct SignInForm {
  std::string telephone;
  std::string error;
  std::string error_place;                      // "telephone" or "password"
  std::string back;                             // where to go afterwards
  const std::vector<DemoSignIn>* demo = nullptr;
  bool nobody_yet = false;                      // an installation that has not begun: nobody can sign in
};

struct PasswordForm {
  bool must_change = false;                     // the code on the slip was used
  std::vector<std::pair<std::string, std::string>> errors;   // field, sentence
  std::string error_of(std::string_view field) const;
};

enum class AccountState { in_use, no_slip, waits, expired, closed };

struct AccountRow {
  std::int64_t user = 0;
  std::string name, telephone, units;
  AccountState state = AccountState::in_use;
};

struct AccountList {
  std::optional<FrameLink> office_start;         // the steps of the start, for whoever came from there
  std::string query, state;                     // as asked
  std::vector<AccountRow> rows;
  std::int64_t total = 0, first = 0, last = 0;
  std::size_t pages = 1;
  std::vector<FrameLink> chips, page_links;
};

struct AccountChoice {
  std::string value, label;
};
enum class LineNeed { optional, required };
std::string error_of(const FormErrors& errors, std::string_view field);
const std::vector<std::string>& salutations();

struct AccountHead {
  std::int64_t user = 0;
  std::string name;
};

struct PostLine {
  std::string words;
  std::optional<Url> link;
};
struct DeputisingRow {
  std::string words;
  std::string key;                              // which of them, for the form that ends it
  bool may_end = false;
};
struct TrailRow {
  std::int64_t position = 0;
  std::string when, who, unit, what, reason;
};

struct AccountPage {
  AccountHead head;
  std::string telephone;
  AccountState state = AccountState::in_use;
  std::string state_words;
  std::vector<PostLine> posts, waiting;
  std::vector<std::string> by_hand;             // "Cộng tác viên, Hội Khuyến học xã Ea Ô"
  std::string permissions;
  std::vector<DeputisingRow> deputising;
  Url deputise_action{"/uy-quyen"};
  bool may_act = false, closed = false, own = false;
  std::string why_not;
  std::vector<TrailRow> history;
};

struct GivePage {
  accounts::GiveForm form;
  FormErrors errors;
  std::string known_person;
  std::vector<AccountChoice> bodies, posts;
};

struct HandOverPage {
  std::optional<AccountHead> head;              // of the old holder's account
  accounts::HandOverForm form;
  accounts::HandOverPlan plan;
  FormErrors errors;
  std::string known_person, post_words, permissions, successor_name, telephone;
  bool checked = false;                         // everything is said: only the confirmation is missing
};

struct LeavePage {
  AccountHead head;
  FormErrors errors;
  std::vector<PostLine> posts;
  std::vector<std::string> deputies;
  std::vector<AccountChoice> reasons;
  std::string why, day, note;
};

struct DeputisePage {
  AccountHead head;                             // who is away
  bool own = false;
  Url action{"/uy-quyen"};
  FormErrors errors;
  std::vector<AccountChoice> bodies;
  std::vector<DeputisingRow> running;
  std::string body, deputy, from, until;
};

struct TrailPage {
  std::vector<TrailRow> rows;
  std::int64_t next_before = 0;                 // 0: no more
  std::int64_t entries = 0, sealed = 0, unsealed = 0;
  std::string head;
  bool good = true;
  std::int64_t first_bad = 0;
  std::string whole_at;                         // when the chain was last checked from its beginning
};

}  // namespace khuyenhoc
