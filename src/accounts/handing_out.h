// Accounts over time as the office above keeps them: given with a post, handed over to a successor, deputised until a day, closed when somebody leaves, opened again.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "access/account_life.h"
#include "shell/house.h"
#include "shell/typed.h"

namespace khuyenhoc::accounts {

struct PersonForm {
  std::string telephone, salutation, name;
};

// What was done, or why not. A slip is there where somebody signs in for the first time, and is shown once.
struct Outcome {
  FormErrors errors;
  std::optional<Users::Slip> slip;
  std::string said;
  UserId user;
  std::string known_person;              // the telephone number belongs to this person already: the form asks whether it is the same
  bool done() const { return errors.empty(); }
};

// A person in a post of a body, from a day, perhaps until one.
struct GiveForm {
  PersonForm person;
  BodyId body;
  std::string post, from, until, term;
  bool same_person = false;              // the account that has this telephone number is meant
};
Outcome give_account(House& house, const Viewer& viewer, const GiveForm& form);
// The kinds of posts of this body that the viewer may hand out, in the order of the catalogue.
std::vector<const PostKind*> posts_to_give(const Viewer& viewer, BodyId body);

// The post and its access: in the place of the roster that waits under this name, else a new one. Refusals of give_access and appoint_with_access.
Result<void> take_up_post(House& house, db::Writer& writer, const Giver& giver, const AuditSink& sink, PostHolding holding);

// A new code for somebody who has an account. The office above, and never for an account that may do more than who asks.
Result<Users::Slip> new_slip(House& house, const Viewer& viewer, UserId user);

// A post goes to its successor on a day: everything is said first (plan), then done in one step.
struct HandOverForm {
  std::int64_t holding = 0, version = 0;
  PersonForm successor;
  std::string day, term;
  bool same_person = false;
};
struct HandOverPlan {
  FormErrors errors;
  PostHolding before;                    // as it is now
  std::string post, body_name;           // in words
  Day day;
  std::string term;
  std::optional<UserRow> successor;      // who has an account already
  std::string known_person;
  std::vector<Permission> permissions;   // that come with the post
  bool had_access = false;               // whether the old holder signs in by this post
  std::vector<std::string> kept;         // posts that the old holder keeps, in words
  std::vector<std::string> deputies;     // deputising that ends with the post, in words
};
std::optional<HandOverPlan> plan_hand_over(House& house, const Viewer& viewer, const HandOverForm& form);   // none: no such post within the scope
Outcome hand_over(House& house, const Viewer& viewer, const HandOverForm& form);

// Leaving the association or moving to other work.
struct LeaveForm {
  UserId user;
  std::string day, why, note;            // why: "nghi", "chuyen", "nham", "khac"
};
struct Why {
  std::string code, label;
};
std::vector<Why> reasons_to_leave();
Outcome leave(House& house, const Viewer& viewer, const LeaveForm& form);
Outcome take_back(House& house, const Viewer& viewer, UserId user);
// Posts that ended when this person left and that nobody holds since.
std::vector<PostHolding> waiting_for_a_successor(db::Reader& reader, const Viewer& viewer, UserId user);

struct DeputiseForm {
  UserId for_user;
  std::string deputy;                    // telephone number
  BodyId body;
  std::string from, until;
};
Outcome deputise(House& house, const Viewer& viewer, const DeputiseForm& form);
Outcome end_deputising(House& house, const Viewer& viewer, const Deputising& which);

// "Thư ký, Hội Khuyến học xã Ea Kar, từ 01/8/2025, nhiệm kỳ 2025 - 2030"
std::string post_in_words(const Organisation& organisation, const PostHolding& holding, Day today);
// The trail's sink whose entries about posts carry this sentence.
AuditSink told_as(House& house, const Viewer& viewer, std::string sentence);
std::string summary_json(const std::string& sentence);

}  // namespace khuyenhoc::accounts
