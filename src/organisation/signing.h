// Who signs a body's papers and for whom (TM., KT., TL., TUQ., Q.): settings with a day over the usual ways, and the signature block that follows from them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "organisation/audit_sink.h"
#include "organisation/organisation.h"
#include "organisation/paper_kinds.h"
#include "organisation/paper_pictures.h"
#include "organisation/posts.h"
#include "platform/db/db.h"
#include "platform/document/document.h"

namespace khuyenhoc {

// In which capacity somebody signs (NĐ 30/2020/NĐ-CP, Điều 13 and Phụ lục I, mục II.7).
enum class SigningManner : std::int64_t {
  not_at_all = 0,
  as_head = 1,          // "CHỦ TỊCH"
  in_place = 2,         // "KT. CHỦ TỊCH" / "PHÓ CHỦ TỊCH": a deputy for the head
  by_order = 3,         // "TL. CHỦ TỊCH" / "CHÁNH VĂN PHÒNG"
  authorised = 4,       // "TUQ. CHỦ TỊCH" / own post: by a written authorisation, until a day
  acting = 5,           // "Q. CHỦ TỊCH": appointed to act as the head
};
std::string signing_manner_label(SigningManner manner, Language language);

// "From this day the chief of office signs notices by order." Paper or post empty: all of them. The narrowest rule in force counts: one of the person before
// one of the post, one of the paper before one of all papers, then the one that began last.
struct SigningRule {
  std::int64_t id = 0;
  BodyId body = {};
  std::string paper = {};                // code of a kind; empty: every paper
  std::string post = {};                 // code; empty when a person is named
  std::int64_t holding = 0;              // of this very person (authorised, acting); 0: whoever holds the post
  SigningManner manner = SigningManner::as_head;
  OnBehalf on_behalf = OnBehalf::nobody;
  std::string basis = {};                // "Giấy ủy quyền số 03/UQ-HKH ngày 05/3/2026"; needed for authorised and acting
  Day from;
  std::optional<Day> until = {};         // first day it no longer counts
  std::int64_t row_version = 1;
  bool on(Day day) const { return from <= day && (!until || day < *until); }
};

std::vector<SigningRule> signing_rules(db::Reader& reader, BodyId body);         // all, newest first
// "signing.paper", "signing.post", "signing.manner", "signing.basis", "signing.until" (an authorisation ends on a day), "signing.days"
Result<SigningRule> set_signing_rule(db::Store& store, db::Writer& writer, const AuditSink& sink, SigningRule given);
// "signing.unknown", "signing.stale", "signing.days"
Result<void> end_signing_rule(db::Writer& writer, const AuditSink& sink, std::int64_t rule, Day first_day_gone, std::int64_t expected_version);

// Somebody who may sign a paper on a day, and how the block then reads.
struct MaySign {
  PostHolding holding;
  SigningManner manner = SigningManner::as_head;
  std::vector<std::string> authority;    // "TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"
  std::string basis;
};
// The likeliest first: the head or who acts as one, deputies, by order, authorised.
std::vector<MaySign> who_may_sign(db::Reader& reader, const Organisation& organisation, BodyId body, std::string_view paper, Day day);

// Whether the block carries the scanned signature and seal: only on a paper that the office issues with digital pictures.
enum class Pictures { none, digital };

// Under a paper of a kind on a day: whoever would usually sign, or nobody's name with the head's capacity where nobody holds the post.
// A draft has no pictures; a digital paper has those of its day.
document::Signer signature_block(db::Reader& reader, const Organisation& organisation, BodyId body, std::string_view paper, Day day, Pictures pictures = Pictures::none);
// Signed by this very holder: "signing.may_not" when the holder may not sign that paper that day.
Result<document::Signer> signature_block_of(db::Reader& reader, const Organisation& organisation, BodyId body, std::string_view paper, Day day, std::int64_t holding,
                                            Pictures pictures = Pictures::none);

// "CHỦ TỊCH" of an association, "CHI HỘI TRƯỞNG" of a branch: whoever leads such a body.
std::string head_in_capitals(db::Reader& reader, const Organisation& organisation, BodyId body, Day day);

}  // namespace khuyenhoc
