#include "rounds/pages/form_choices.h"

#include <charconv>

#include "base/i18n.h"
#include "forms/forms.h"

namespace khuyenhoc::rounds {

std::vector<FormChoice> form_choices(db::Reader& reader, const House& house, BodyId office, Day today, std::string_view wanted) {
  std::vector<FormChoice> out;
  for (const FormVersion& version : forms_in_force(reader, house, office, today))
    out.push_back({std::to_string(version.id.value), version.name(current_language()), version.code, version.family, version.windows, {}, {}});
  FormVersionId id;
  std::from_chars(wanted.data(), wanted.data() + wanted.size(), id.value);
  if (!id) return out;
  const auto asked = form_version(reader, house, id);
  // a request of another office is none of this one's
  if (!asked || asked->is_draft() || asked->kind != FormVersion::Kind::request || asked->owner != office || !asked->request_period) return out;
  const auto named = house.periods.find(*asked->request_period);
  NamedPeriod period = named ? *named : NamedPeriod{"", "", asked->request_period->last.year(), *asked->request_period};
  out.push_back({std::to_string(asked->id.value), asked->name(current_language()), asked->code, asked->family, {}, std::move(period), asked->request_due});
  return out;
}

std::vector<FormVersionId> form_pins(db::Reader& reader, const House& house, const FormChoice& form, BodyId office, Period window) {
  if (form.request) {
    FormVersionId id;
    std::from_chars(form.value.data(), form.value.data() + form.value.size(), id.value);
    return {id};
  }
  return pins_in_force(reader, house, form.code, office, window.last, PinBelow::yes).versions;
}

std::shared_ptr<const Periods> round_periods(db::Reader& reader, const House& house, BodyId office) { return periods_of(reader, house, office); }

}  // namespace khuyenhoc::rounds
