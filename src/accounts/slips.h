// Slips for the first sign-in, many at once: whom they would be for, made by a job (each code is hashed slowly), printed eight to a page with a QR code, with a
// list to sign on receipt. A code is kept sealed for a day at most, for whoever made the sheet and nobody else (docs/decisions/0010).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/document/cards.h"
#include "platform/document/document.h"
#include "platform/jobs/jobs.h"
#include "platform/qr/qr.h"
#include "shell/house.h"

namespace khuyenhoc {

using SlipSheetId = Id<struct SlipSheetTag>;

struct SlipOrder {
  BodyId under;                                                    // its subordinates get slips
  enum class Level { associations, branches } level = Level::associations;
  enum class Whom { waiting, everybody } whom = Whom::waiting;     // everybody: passwords in use end, too
};

// Somebody who would get a slip: with an account that waits; on the roster of a body (who heads it or keeps its books, and whoever else is its contact); or known as
// the contact of a body of which no head is recorded.
struct SlipWish {
  BodyId body;
  std::string body_name;
  UserId user;                           // none: the account is made with the slip
  std::string name, telephone, post;     // post: code
  std::int64_t holding = 0;              // of the roster, for which the account is made; 0: the post is made with it
  std::string refused;                   // why there is no slip for this one, and how to mend it: whom to ask
};
std::vector<SlipWish> slip_wishes(House& house, const Viewer& viewer, const SlipOrder& order);
// About how long it takes to make so many, in seconds.
int seconds_for_slips(std::size_t count);

// Asks for a sheet of all wishes; those that are refused stand in it with the reason. `site`: how the browser reaches this site. "slips.none"
Result<SlipSheetId> ask_for_slips(House& house, const Viewer& viewer, const SlipOrder& order, const std::string& site);
void add_slip_jobs(jobs::Worker& worker, House& house);            // before its start()

struct SlipOfSheet {
  BodyId body;
  std::string post, name, telephone, code, refused;
  std::optional<UserId> user;
  std::optional<Day> until;
  bool used = false;                     // signed in since: the code on it is worth nothing any more
};
struct SlipSheet {
  SlipSheetId id;
  BodyId body;
  std::string site;
  std::int64_t asked_ms = 0, codes_until_ms = 0;
  std::optional<jobs::Job> job;
  std::vector<SlipOfSheet> slips;        // in the order of the list
  bool is_ready() const { return job && job->state == jobs::State::done; }
};
// Of the maker only.
std::optional<SlipSheet> find_slip_sheet(House& house, const Viewer& viewer, SlipSheetId sheet);
std::vector<SlipSheet> slip_sheets_of(House& house, const Viewer& viewer);      // the last ones, without their slips
Result<void> forget_codes(House& house, const Viewer& viewer, SlipSheetId sheet);

document::CardSheets printed_slips(const Organisation& organisation, const SlipSheet& sheet, Day today);
document::Document receipt_list(House& house, const SlipSheet& sheet, Day today);

// "https://hoi.example.vn/dang-nhap?so=0912345678": opens the sign-in page with the number filled in. Never the code.
std::string sign_in_link(const std::string& site, const std::string& telephone);
std::string sign_in_in_words(const std::string& site);             // "hoi.example.vn/dang-nhap"

}  // namespace khuyenhoc
