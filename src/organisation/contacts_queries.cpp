#include "base/i18n.h"
#include "base/telephone.h"
#include "base/text.h"
#include "organisation/contacts.h"
#include "organisation/contacts_in_bulk.h"
#include "organisation/staged_contacts_queries.h"

namespace khuyenhoc {
namespace {

crypto::Place place_of(BodyId body) { return {"body_contact", body.value, "telephone"}; }

std::string json_of(const Contact& contact) {
  return fmt::format(R"({{"head_name":{},"telephone":{}}})", json_text(contact.head_name), json_text(contact.telephone));
}

}  // namespace

Result<Contact> checked_contact(Contact given) {
  given.head_name = normalised(given.head_name);
  if (count_characters(given.head_name) > 100) return refuse("contact.name", tr("Họ và tên dài quá 100 chữ; xin xem lại."), "head_name");
  const auto typed = normalised(given.telephone);
  given.telephone.clear();
  if (!typed.empty()) {
    const auto digits = telephone_digits(typed);
    if (!digits) return refuse("contact.telephone", tr("“{}” không phải là số điện thoại. Số di động có 10 chữ số, ví dụ 0912 345 678.", typed), "telephone");
    given.telephone = *digits;
  }
  return given;
}

std::optional<crypto::Bytes> sealed_telephone(const crypto::KeyRing& keys, const Contact& contact) {
  if (contact.telephone.empty()) return std::nullopt;
  return keys.seal(place_of(contact.body), crypto::bytes_of(contact.telephone));
}

constexpr std::string_view select_contact = "SELECT head_name, telephone_sealed, row_version FROM body_contact_now WHERE body = $1";
std::optional<Contact> contact(db::Reader& reader, const crypto::KeyRing& keys, BodyId body) {
  return reader.first(select_contact, {body}, [&](const db::Row& row) {
    Contact out{body, std::string(row.text(0)), {}, row.number(2)};
    if (!row.is_null(1))
      if (const auto open = keys.unseal(place_of(body), row.bytes(1))) out.telephone.assign(reinterpret_cast<const char*>(open->data()), open->size());
    return out;
  });
}

constexpr std::string_view select_contacts = "SELECT body, head_name, telephone_sealed, row_version FROM body_contact_now";
std::map<BodyId, Contact> contacts_of(db::Reader& reader, const crypto::KeyRing& keys, const std::set<BodyId>& wanted) {
  constexpr std::size_t few = 500;
  std::map<BodyId, Contact> out;
  if (wanted.size() < few) {
    for (const BodyId body : wanted)
      if (auto known = contact(reader, keys, body)) out.emplace(body, std::move(*known));
    return out;
  }
  reader.each(select_contacts, {}, [&](const db::Row& row) {
    const auto body = row.id<BodyId>(0);
    if (!wanted.contains(body)) return;
    Contact one{body, std::string(row.text(1)), {}, row.number(3)};
    if (!row.is_null(2))
      if (const auto open = keys.unseal(place_of(body), row.bytes(2))) one.telephone.assign(reinterpret_cast<const char*>(open->data()), open->size());
    out.emplace(body, std::move(one));
  });
  return out;
}

std::int64_t changes_of_contacts(db::Reader& reader) { return contact_sql::changes(reader); }

constexpr std::string_view upsert_contact =
    "INSERT INTO body_contact (body, head_name, telephone_sealed, row_version) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (body) DO UPDATE SET head_name = excluded.head_name, telephone_sealed = excluded.telephone_sealed, row_version = excluded.row_version";
Result<void> keep_contact(db::Writer& writer, const crypto::KeyRing& keys, const AuditSink& sink, Contact typed) {
  auto checked = checked_contact(std::move(typed));
  if (!checked) return std::unexpected(checked.error());
  const Contact& given = *checked;
  const auto before = contact(writer, keys, given.body);
  if ((before ? before->row_version : 0) != given.row_version)
    return refuse("contact.stale", tr("Người liên hệ vừa được người khác sửa. Xin xem lại rồi ghi tiếp."));
  writer.run(upsert_contact, {given.body, given.head_name, sealed_telephone(keys, given), given.row_version + 1});
  contact_sql::count_change(writer);
  if (sink)
    sink(writer, ChangeNote{given.body, "contact", given.body.value, "keep", {}, {}, {},
                            fmt::format(R"({{"before":{},"after":{}}})", before ? json_of(*before) : "null", json_of(given))});
  return {};
}

}  // namespace khuyenhoc
