// Posts: what is printed under a signature, who holds it in which body from when until when. Kinds of posts are data (catalogue/posts.toml).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/i18n.h"
#include "base/result.h"
#include "organisation/audit_sink.h"
#include "platform/db/db.h"

namespace khuyenhoc {

struct PostKind {
  std::string code;                               // "chu_tich"
  std::string label_vi, label_en;                 // "Chủ tịch"
  enum class Reach { subtree, alone, list } reach = Reach::alone;
  bool single = false;                            // at most one holder in a body at a time
  bool leads = false;                             // its holder heads the body
  std::vector<std::string> permissions;           // usual ones: "see_figures", "sign", …
  std::vector<std::string> never_with;            // posts of the same body that the same person must not hold
  const std::string& label(Language language) const { return language == Language::english ? label_en : label_vi; }
};

class Posts {
 public:
  static Result<Posts> parse(std::string_view toml);        // "config.syntax", "posts.entry"
  static const Posts& house();
  std::span<const PostKind> kinds() const { return kinds_; }
  const PostKind* find(std::string_view code) const;

 private:
  std::vector<PostKind> kinds_;
};

struct PostHolding {
  std::int64_t id = 0;
  BodyId body;
  std::string post;                               // code
  std::string person_name;
  UserId user;                                    // none: the person does not sign in
  Day from;
  std::optional<Day> until;                       // first day it is no longer held
  std::string term;                               // "nhiệm kỳ 2025 - 2030"
  std::int64_t row_version = 1;
  bool on(Day day) const { return from <= day && (!until || day < *until); }
};

// Refusals: "post.kind", "post.person", "post.taken" (single, held by another on a day of this holding), "post.never_with" (accountant and treasurer), "post.body", "post.days".
Result<PostHolding> appoint(db::Store& store, db::Writer& writer, const AuditSink& sink, PostHolding holding, const Posts& posts = Posts::house());
// "post.unknown", "post.stale", "post.days"
Result<void> leave_post(db::Writer& writer, const AuditSink& sink, std::int64_t holding, Day first_day_gone, std::int64_t expected_version, std::string reason = {});
void restore_post(db::Writer& writer, const AuditSink& sink, const PostHolding& before, const std::string& reason);

std::vector<PostHolding> post_holdings(db::Reader& reader, BodyId body);                  // all, by day
std::vector<PostHolding> post_holders(db::Reader& reader, BodyId body, Day day);          // held on the day, in the order of the catalogue
std::vector<PostHolding> posts_of_user(db::Reader& reader, UserId user, Day day);
std::optional<PostHolding> find_post_holding(db::Reader& reader, std::int64_t holding);

}  // namespace khuyenhoc
