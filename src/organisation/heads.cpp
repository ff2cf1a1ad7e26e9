#include "organisation/heads.h"

#include "base/text.h"

namespace khuyenhoc {

std::optional<Head> head_of(db::Reader& reader, BodyId body, Day day, const std::optional<Contact>& known) {
  for (PostHolding& holding : post_holders(reader, body, day)) {
    const PostKind* kind = Posts::house().find(holding.post);
    if (kind == nullptr || !kind->leads) continue;
    const bool same = known && (known->head_name.empty() || tone_neutral(known->head_name) == tone_neutral(holding.person_name));
    return Head{holding.person_name, same ? known->telephone : std::string(), std::move(holding)};
  }
  if (!known || known->head_name.empty()) return std::nullopt;
  return Head{known->head_name, known->telephone, std::nullopt};
}

}  // namespace khuyenhoc
