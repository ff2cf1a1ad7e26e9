// A paper of a kind as the body would issue it on a day: head, an example of text, signature block. To see the settings at work.
#pragma once

#include <string>

#include "organisation/letterheads.h"
#include "organisation/signing.h"
#include "platform/document/document.h"
#include "shell/house.h"

namespace khuyenhoc::paper_style {

struct PreviewOrder {
  BodyId body;
  std::string paper;                     // code of a kind
  Day day;
  std::int64_t signer = 0;               // a holding; 0: whoever would usually sign
  Pictures pictures = Pictures::none;
};
// With a head that is still being typed, or the one in force.
document::Document example_paper(House& house, const PreviewOrder& order, const std::optional<Letterhead>& typed = std::nullopt);

}  // namespace khuyenhoc::paper_style
