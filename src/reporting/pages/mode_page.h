// What the pages show that ask how totals come about: from the branches or stated for the whole, and what a branch's figure means to a stated total.
#pragma once

#include <string>
#include <vector>

#include "measures/entry_mode.h"
#include "platform/html/url.h"

namespace khuyenhoc {

struct ModeRow {
  std::string label, before, after, change;
};

struct ModePage {
  std::string title, name, now, next, unit_word, consequence, effect_digest;
  std::vector<ModeRow> rows;
  Url post_link = Url("/"), back_link = Url("/");
};

struct QuestionRow {
  std::string label, stated, branches;
};

struct QuestionPage {
  std::string title, unit_word, error;
  std::vector<QuestionRow> rows;
  std::string within_words, beyond_words;
  Url post_link = Url("/"), back_link = Url("/");
};

}  // namespace khuyenhoc
