// What the page of answers in words shows: each question with what the branches wrote, so that nobody has to open their forms one by one.
#pragma once

#include <string>
#include <vector>

#include "platform/html/url.h"

namespace khuyenhoc {

struct AnswersPage {
  struct Answer {
    std::string name, text, told;       // "Chi hội Thôn 8"; "Bà H'Lan ghi lúc …"
    html::Url form = html::Url("/");
  };
  struct Question {
    std::string heading, guidance, count;
    std::vector<Answer> answers;
    std::vector<Answer> silent;         // asked, and not answered yet
  };
  std::string title, intro;
  std::vector<Question> questions;
  html::Url back_link = html::Url("/");
};

}  // namespace khuyenhoc
