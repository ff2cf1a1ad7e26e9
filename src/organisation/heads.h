// Who heads a body: whoever holds its leading post on the day, and where no such is recorded the person kept as its contact.
#pragma once

#include <optional>
#include <string>

#include "organisation/contacts.h"
#include "organisation/posts.h"

namespace khuyenhoc {

struct Head {
  std::string name;
  std::string telephone;                 // of this very person; may be empty
  std::optional<PostHolding> post;       // none: known only as the contact
};
// `known`: what contact() says of the body. None when neither says who it is.
std::optional<Head> head_of(db::Reader& reader, BodyId body, Day day, const std::optional<Contact>& known);

}  // namespace khuyenhoc
