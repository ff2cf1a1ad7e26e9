// What the pages of forms share: who may, the kinds a form is previewed for, versions as one would see them together.
#pragma once

#include <string>
#include <vector>

#include "forms/pages/forms_views.h"
#include "shell/visit.h"

namespace khuyenhoc::form_pages {

struct Shared {
  FormUses uses;
  std::string open_round;
};
Url list_path(BodyId office);
Url version_path(BodyId office, FormVersionId version);
Url draft_path(BodyId office, FormVersionId version);
std::vector<FrameLink> trail_of(const Visit& visit, BodyId office);
// One kind for each short form and level at or below the office, of the form's systems.
std::vector<const BodyKind*> kinds_previewed(const Organisation& organisation, const FormVersion& version, BodyId office);
std::string kind_label(const BodyKind& kind, Language language);
std::vector<FormKindChoice> preview_links(const Visit& visit, const FormVersion& version, BodyId office, const BodyKind* current);
// The version with what is pinned around it for the office: the form an addition adds to, the additions of those above.
std::vector<FormVersion> around(db::Reader& reader, const House& house, const FormVersion& version, BodyId office);
std::string columns_words(FormColumns columns);
std::string windows_words(const Periods& periods, const FormVersion& version, Language language);
// The version, when it is one the office has or stands under; none: answer not_found().
std::optional<FormVersion> version_asked(const Visit& visit, BodyId office);
std::vector<FormUse> uses_of(const Shared& shared, db::Reader& reader, FormVersionId version);

http::Response show_draft(const Visit& visit);
http::Response take_draft(const Visit& visit);
http::Response drop_draft(const Visit& visit);
http::Response show_publish(const Visit& visit, const Shared& shared);
http::Response take_publish(const Visit& visit, const Shared& shared);
http::Response show_windows(const Visit& visit);
http::Response take_windows(const Visit& visit);

}  // namespace khuyenhoc::form_pages
