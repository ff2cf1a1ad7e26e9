// What a name in a list says: which kind of body it means, what remains of it to compare by, how it is written out in full.
#pragma once

#include <string>
#include <string_view>

#include "organisation/systems.h"

namespace khuyenhoc::body_lists {

// "chi hội thôn", "Ban khuyến học trường học", "CHI HOI TO DAN PHO 5": the kind that the words mean. None where they mean nothing, and for a mere "chi hội".
const BodyKind* kind_of_words(const Systems& systems, std::string_view words);
// Words that say no more than that it is some branch.
bool means_a_branch(std::string_view words);

struct NameKeys {
  std::string loose;       // folded, without "chi hội", "ban khuyến học", …, numbers without zeros in front: "thon 8"
  std::string exact;       // the same with its tones
};
NameKeys keys_of(std::string_view name);
bool has_accents(std::string_view name);
// "Thôn 8" of a branch is "Chi hội Thôn 8".
std::string full_name(std::string_view typed, const BodyKind& kind);
std::string derived_short_name(const std::string& full_name);

}  // namespace khuyenhoc::body_lists
