// Changing what is known about a body: a new name from a day, whom to call there. Each in one transaction with its entry in the trail.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "directory/outlook.h"
#include "organisation/contacts.h"
#include "shell/house.h"
#include "shell/typed.h"

namespace khuyenhoc::directory {

// What somebody else saved while the form was open, so that both can be shown.
struct SavedMeanwhile {
  std::string who, when;                // empty where the trail does not say
  std::string now;                      // what stands there now
  std::int64_t version = 0;
};

struct Kept {
  FormErrors errors;
  std::optional<SavedMeanwhile> meanwhile;
  std::string said;                     // what was done, when it was
  BodyId founded;
  bool done() const { return errors.empty() && !meanwhile; }
};

struct RenameForm {
  std::string name, short_name, from, reason;   // as typed
  std::int64_t version = 0;
};
RenameForm rename_form(const Organisation& organisation, BodyId body, Day today);
Kept rename_body(House& house, const Viewer& viewer, BodyId body, const RenameForm& form);

// Whom to call: the head, or where a post says who that is, somebody beside the head.
struct HeadForm {
  std::string head_name, telephone;     // as typed
  std::int64_t version = 0;             // 0: nothing is kept yet
};
struct HeadKnown {
  std::string head;                     // by post: "Nguyễn Đình Sơn, Chủ tịch"; empty: the contact is the head
  bool anything = false;                // a contact is kept that could be taken away
};
HeadForm head_form(House& house, BodyId body);
HeadKnown head_known(House& house, BodyId body, Day today, Language language);
// A form without a name is refused at its field: what is kept is taken away by forget_head alone.
Kept keep_head(House& house, const Viewer& viewer, BodyId body, const HeadForm& form);
Kept forget_head(House& house, const Viewer& viewer, BodyId body, std::int64_t version);

struct Choice {
  std::string value, label;
};
Kept refused_in(const Refusal& refusal, std::string_view otherwise);

}  // namespace khuyenhoc::directory
