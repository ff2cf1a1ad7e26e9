// The rows of mail servers, rules, addresses, reminders and calendars.
#pragma once

#include "platform/db/digest.h"
#include "reminders/reminders.h"

namespace khuyenhoc::reminders_sql {

std::optional<MailServer> server(db::Reader& reader, const crypto::KeyRing& keys, BodyId body);
void put_server(db::Writer& writer, const MailServer& server, const std::optional<crypto::Bytes>& password, UserId by, std::int64_t at_ms);
void remove_server(db::Writer& writer, BodyId body);
std::optional<ReminderRule> rule(db::Reader& reader, BodyId body);
std::vector<BodyId> bodies_with_rules(db::Reader& reader);
void put_rule(db::Writer& writer, const ReminderRule& rule, UserId by, std::int64_t at_ms);

std::optional<MailAddress> address(db::Reader& reader, const crypto::KeyRing& keys, MailAddress::Owner owner, std::int64_t of);
std::optional<MailAddress> address_by_id(db::Reader& reader, const crypto::KeyRing& keys, std::int64_t id);
void put_address(db::Writer& writer, const crypto::KeyRing& keys, const MailAddress& address);
void set_stopped(db::Writer& writer, std::int64_t address, std::optional<std::int64_t> at_ms);

bool insert_mail(db::Writer& writer, const ReminderMail& mail);      // false where it was asked for before
void update_mail(db::Writer& writer, const ReminderMail& mail);
std::optional<ReminderMail> mail(db::Reader& reader, std::int64_t id);
std::vector<ReminderMail> mails_of(db::Reader& reader, BodyId office, std::int64_t limit);
std::map<ReminderMail::State, std::int64_t> counts(db::Reader& reader, BodyId office);

std::optional<db::Blob> sealed_token(db::Reader& reader, UserId user);
std::optional<UserId> user_of_token(db::Reader& reader, const db::Digest& token);
void put_feed(db::Writer& writer, UserId user, const db::Digest& token, const crypto::Bytes& sealed, std::int64_t made_ms);
void remove_feed(db::Writer& writer, UserId user);

struct KeptDay {
  std::string uid;
  Day day;
  std::string said;
  std::int64_t sequence = 0, changed_ms = 0;
  bool called_off = false;
  bool operator==(const KeptDay&) const = default;
};
std::vector<KeptDay> days(db::Reader& reader, UserId user);
void put_day(db::Writer& writer, UserId user, const KeptDay& day);

}  // namespace khuyenhoc::reminders_sql
