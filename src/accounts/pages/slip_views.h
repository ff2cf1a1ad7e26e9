// What the pages of slips show: one slip, and sheets of many.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/users.h"
#include "platform/html/url.h"
#include "shell/frame.h"

namespace khuyenhoc {

struct SlipPage {
  Users::Slip slip;
  std::string post, said;
  std::string address;                          // of the sign-in page, in words
  std::string qr_path, qr_box;                  // the QR code as a path of squares, and its box
};

struct SlipLine {
  std::string name, unit, post, telephone;
  std::string state;                            // why there is none
  bool used = false;
  std::optional<Url> body, account;
  bool in_work = false;                         // its slip is not made yet
};

enum class WishReason { none, shown };

struct SlipOrderPage {
  std::optional<FrameLink> office_start;        // the steps of the start, for whoever came from there
  std::string under, error;
  std::string level, whom_code;                 // as chosen
  bool everybody = false;
  std::vector<FrameLink> levels, whom, sheets;
  std::vector<SlipLine> ready, folded, refused;   // folded: the rest of those ready, to be opened
  std::int64_t total = 0, fresh = 0, more = 0;
  std::int64_t without = 0;                      // refused, of whom the first are shown
  int seconds = 0;
};

struct SlipSheetPage {
  std::optional<FrameLink> office_start;        // the steps of the start, for whoever came from there
  std::string when, progress, failed, codes_until;
  int percent = 0;
  bool running = false;
  std::int64_t codes = 0;
  Url slips_pdf{"/"}, list_pdf{"/"}, list_docx{"/"}, forget{"/"};
  std::vector<SlipLine> lines, folded;          // what needs somebody stands first
  std::int64_t more = 0;                        // only in the list to print
};

}  // namespace khuyenhoc
