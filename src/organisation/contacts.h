// Whom to call in a body: the head's name and telephone number, and nothing more. The number is stored sealed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "organisation/audit_sink.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"

namespace khuyenhoc {

struct Contact {
  BodyId body;
  std::string head_name;                 // may be empty
  std::string telephone;                 // "0912345678"; may be empty
  std::int64_t row_version = 0;          // 0: none stored yet
};

// Tidied, or refused as by keep_contact().
Result<Contact> checked_contact(Contact given);
// The number as it is stored of this body.
std::optional<crypto::Bytes> sealed_telephone(const crypto::KeyRing& keys, const Contact& contact);

std::optional<Contact> contact(db::Reader& reader, const crypto::KeyRing& keys, BodyId body);
// Both fields empty removes what was known. "contact.telephone", "contact.name", "contact.stale".
Result<void> keep_contact(db::Writer& writer, const crypto::KeyRing& keys, const AuditSink& sink, Contact given);

}  // namespace khuyenhoc
