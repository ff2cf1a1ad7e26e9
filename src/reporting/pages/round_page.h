// What the pages show that follow a round: who has entered what, and a ready message to a branch that has not.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/html/url.h"

namespace khuyenhoc {

struct RoundRow {
  std::string name, level, state, progress;
  std::size_t reported = 0, rows = 0;
  Url link = Url("/");
};

struct RoundChip {
  std::string label;
  Url link = Url("/");
  bool current = false;
};

struct RoundPage {
  std::string title, name, due, sentence;
  std::size_t with_figures = 0, all = 0;
  std::vector<RoundChip> chips;
  std::vector<RoundRow> rows;
  std::optional<Url> own_link, branches_link;
  std::optional<Url> round_link;        // where reports are sent and received, when a round was opened for the period
  std::string own_words;
};

struct ReminderPage {
  std::string title, who, telephone, message;
  std::optional<Url> call;
  Url back_link = Url("/"), form_link = Url("/"), link_link = Url("/");   // link_link: where a link to its form is made
};

}  // namespace khuyenhoc
