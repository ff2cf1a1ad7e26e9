// What a signature froze: one version of one report, never changed again, and the proof that it was not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "measures/closed_rounds.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"
#include "rounds/rounds.h"

namespace khuyenhoc {

using ReportVersionId = Id<struct ReportVersionTag>;

struct FrozenText {
  std::string code, heading, markdown;
};
// The code of what is frozen besides the words, for the paper of the report (reports/frozen_paper.h): nobody reads it as a text.
inline constexpr std::string_view frozen_beside = "@van_ban";

// The closing of a body below that the totals were added up from.
struct UsedChild {
  BodyId body;
  std::int64_t closing = 0;
  Period period;                         // of the closing: an earlier one where its levels are carried
  bool carried = false;
};

struct SignedVersion {
  ReportVersionId id;
  ReportId report;
  BodyId body;
  std::int64_t version = 0;              // 1, 2, … of the report
  enum class Kind : std::int64_t { signing = 1, adjustment = 2 } kind = Kind::signing;
  std::string family;                    // of the official lens: the form's code
  Period period;
  BodyId numbered_by;                    // the body, or the heir that signed for it
  std::int64_t number = 0;
  std::string number_text;               // "07/BC-HKH"
  Day signed_day;
  UserId by;
  std::optional<UserId> on_behalf_of;
  std::int64_t holding = 0;              // 0: nobody of the register held the post
  std::string signer_name;
  std::vector<std::string> authority;    // "TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"
  std::string basis;
  std::int64_t at_ms = 0;
  std::string reason;                    // of an adjustment
  crypto::Digest digest{};
  std::vector<std::int64_t> closings;    // its own frozen figures: the body's first, then those on lines that hang under it
};

// The rest of a version: read where it is needed.
struct VersionContent {
  std::vector<std::pair<Series, std::int64_t>> own;        // the body's own closing
  std::vector<std::pair<Series, std::int64_t>> totals;     // of its whole subtree as signed, by series
  std::vector<UsedChild> children;
  std::vector<FrozenText> texts;
  std::int64_t total(Series series) const;
};

std::optional<SignedVersion> find_version(db::Reader& reader, ReportVersionId id);
std::optional<SignedVersion> last_version(db::Reader& reader, ReportId report);          // the newest signed one
std::vector<SignedVersion> versions_of(db::Reader& reader, ReportId report);             // newest first
VersionContent content_of(db::Reader& reader, const Ledger& ledger, const SignedVersion& version);
// Whether the official lens shows it now.
bool is_in_force(db::Reader& reader, const SignedVersion& version);
// The digest worked out anew from what is stored.
bool is_as_signed(db::Reader& reader, const SignedVersion& version);

}  // namespace khuyenhoc
