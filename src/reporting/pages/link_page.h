// What the pages of links show: the list from which an association makes them, and what opens behind one.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reporting/links.h"
#include "reporting/pages/form_page.h"

namespace khuyenhoc {

// ---- making them
struct LinkRow {
  BodyId body;
  std::int64_t link = 0;                // one that opens now; 0: none
  std::string name, state, look, words; // "Chi hội Thôn 8"; "Đã xác nhận"; "Còn dùng đến 05/6/2026; người ghi: …"
  bool ticked = false;
};
struct LinkMessage {
  std::string name, id, message;        // id of the text on the page
};
struct LinksPage {
  std::string title, intro, until, error;
  struct Group {
    std::string label;                  // "Xã Cư Huê (cũ)"
    std::vector<LinkRow> rows;
  };
  std::vector<Group> groups;
  std::vector<LinkMessage> made;        // shown once, right after they were made
  Url post_link = Url("/"), revoke_link = Url("/"), back_link = Url("/");
};

// ---- behind one
struct LinkedPage {
  std::string body_name, association_name, title, until;
  std::string text, help;               // where it does not open: why, and whom to call
  std::optional<Url> call;
  std::string call_words;
  std::string csrf;
  // the first step: who fills it in
  std::string name, name_error, intro;
  Url post_link = Url("/");
};
struct LinkedForm {
  FormPage form;
  LinkedPage about;
  Url rename_link = Url("/"), confirm_link = Url("/");
  std::string confirmed;                // "Đã xác nhận ghi đủ lúc …"
};

}  // namespace khuyenhoc
