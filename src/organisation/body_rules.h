// What a body must be to stand where it is put: the same rules for one founding, for a move, and for many bodies at once.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "organisation/organisation_store.h"

namespace khuyenhoc {

// Bodies as whoever asks sees them; none where there is no such. What it returns stays valid while the rules are asked.
using FindBody = std::function<const Body*(BodyId)>;

// Tidied. "body.name"
Result<std::string> checked_body_name(std::string_view typed, std::string_view place);
// The body that would be founded, without id and uid; its place is not yet looked at. "body.kind", "body.kind_closed", "body.name", "body.area"
Result<Body> body_to_found(const Systems& systems, const Territory& territory, const NewBody& given);
// Whether it can answer to this superior and lie in this area from that day. "body.superior", "body.circle", "body.area"
Result<void> check_place(const Systems& systems, const Territory& territory, const Body& child, const BodyVersion& version, Day day, const FindBody& find);
// Names that people would take for one.
std::string namesake_key(std::string_view name);
std::unexpected<Refusal> refuse_namesake(std::string_view name);

}  // namespace khuyenhoc
