// What the pages of a body's paper style share.
#pragma once

#include <string>
#include <vector>

#include "organisation/numbering.h"
#include "organisation/paper_pictures.h"
#include "paper_style/preview.h"
#include "shell/form_answers.h"
#include "shell/visit.h"

namespace khuyenhoc {

void add_style_pages(Pages& pages);
void add_style_change_pages(Pages& pages);
void add_signing_pages(Pages& pages);
void add_picture_pages(Pages& pages);

namespace paper_style {

struct RuleRow {
  std::int64_t id = 0;
  std::string who, paper, manner, basis, days;
  bool in_force = false, may_end = false;
};
struct PictureRow {
  std::int64_t id = 0;
  std::string what, days;
  bool in_use = false, may_end = false;
};
struct HeadRow {
  std::string days, issuer, superior, place, suffix;
};
struct StylePage {
  BodyId body;
  std::string body_name;
  bool may_keep = false, may_sign = false, writes_reports = false;
  std::vector<HeadRow> heads;                               // as set, newest first
  std::string numbering, digital, next;                     // in words
  std::vector<RuleRow> rules;
  std::vector<PictureRow> pictures;
  std::vector<FormChoice> papers, signers;                  // of the preview
  std::string paper, signer;                                // chosen
};

Url style_of(BodyId body);
std::vector<FrameLink> trail_to(const Visit& visit, BodyId body);
std::vector<FrameLink> trail_to_style(const Visit& visit, BodyId body);
// The body of the address where its papers may be kept, alive; none: answer not_found().
std::optional<BodyId> body_to_keep(const Visit& visit);
// Where its seal and signatures may be seen and changed: by those who may sign for it.
std::optional<BodyId> body_to_sign_for(const Visit& visit);
std::vector<FormChoice> paper_choices(Language language);
std::string stretch(Day from, const std::optional<Day>& until);

}  // namespace paper_style
}  // namespace khuyenhoc
