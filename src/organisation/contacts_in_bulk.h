// Whom to call in very many bodies, read in one go.
#pragma once

#include <map>
#include <set>

#include "organisation/contacts.h"

namespace khuyenhoc {

// Those of the wanted bodies that have one.
std::map<BodyId, Contact> contacts_of(db::Reader& reader, const crypto::KeyRing& keys, const std::set<BodyId>& wanted);

}  // namespace khuyenhoc
