// What the pages of reminders show.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "platform/html/url.h"
#include "shell/form.h"
#include "shell/frame.h"

namespace khuyenhoc::reminder_views {

inline PlainForm no_form() { return PlainForm{.trail = {}, .action = Url("/"), .fields = {}, .button = {}}; }

struct Office {
  std::vector<FrameLink> trail;
  std::int64_t body = 0;
  std::string name;
  // the server
  std::string in_use;                    // "Đang gửi qua smtp.gmail.com của Hội Khuyến học tỉnh Đắk Lắk"
  bool has_own = false, has_password = false;
  std::int64_t server_version = 0;
  PlainForm server = no_form();                      // its fields without the password
  std::string password_error;
  std::string try_to, try_error;
  bool may_try = false;
  // the body's own address
  PlainForm address = no_form();
  bool may_keep_address = false;
  // the rule
  PlainForm rule = no_form();
  struct Post {
    std::string code, label;
    bool chosen = false;
  };
  std::vector<Post> posts;
  std::string posts_error;
  bool sends = false;
  std::string preview_subject, preview_text, preview_note;
  bool without_links = false;            // nobody told the program how it is reached from outside
  Url sent = Url("/");
  std::string sent_words;
};

struct SentRow {
  std::string when, body, to, occasion, state, look, icon, reason;
  std::optional<Url> again;
};
struct Sent {
  std::vector<FrameLink> trail;
  std::string counts;
  std::vector<SentRow> rows;
};

struct Mine {
  PlainForm address = no_form();
  bool stopped = false;
  std::int64_t address_version = 0;
  bool has_address = false;
  std::string calendar;                  // the whole address; empty: none made
};

struct Stop {
  std::string address;                   // "li…@eakar.vn"
  bool stopped = false;
  Url action = Url("/");
};

}  // namespace khuyenhoc::reminder_views
