// What the pages about one account share. Used by the .cpp files of this folder only.
#pragma once

#include "accounts/pages/account_pages.h"
#include "shell/visit.h"

namespace khuyenhoc {

// The account named by {user}, when one of its bodies, or the last it had, lies within what the viewer manages.
std::optional<UserRow> account_in_care(const Visit& visit);
AccountState state_of(const AccountStanding& standing, Day today, std::int64_t now_ms);
std::string units_text(const Visit& visit, const std::vector<ActingUnit>& units);
std::string permission_words(std::span<const Permission> permissions);
AccountHead head_of(const UserRow& user);
std::vector<TrailRow> history_rows(const Visit& visit, db::Reader& reader, const std::vector<AuditEntry>& entries, std::size_t limit);
std::vector<DeputisingRow> deputising_rows(const Visit& visit, db::Reader& reader, std::vector<Deputising> all);
std::optional<Deputising> deputising_of_key(const std::string& key);
// As slips name it: the public address, else how this browser came here.
std::string site_address(const http::Request& request);
http::Response slip_response(const Visit& visit, const Users::Slip& slip, std::string said);

}  // namespace khuyenhoc
