#include "reporting/asked_forms.h"

#include <algorithm>
#include <set>

#include "base/i18n.h"
#include "organisation/systems.h"
#include "reporting/known_of_tree.h"

namespace khuyenhoc {
namespace {

constexpr std::string_view commune_form = "xa", province_form = "tinh";
constexpr std::int64_t thousand = 1'000;

struct Pinned {
  FormPins pins;                                 // those that concern the association; none where no form is stored
};

constexpr std::string_view usual_family = "bao_cao";

// What the catalogue asks, for a store that keeps no forms yet.
FormVersion form_of_the_catalogue(const Catalogue& catalogue) {
  FormVersion out;
  out.code = out.family = usual_family;
  FormSection all;
  for (std::size_t i = 0; i < catalogue.measures().size(); ++i) all.lines.push_back({static_cast<MeasureIndex>(i), {}, {}, FormColumns::usual(), {}});
  out.content.sections.push_back(std::move(all));
  out.content.short_forms.assign(catalogue.forms().begin(), catalogue.forms().end());
  return out;
}

bool fits(const AskedByRound& one, const NamedPeriod& period) { return is_request(period) ? one.form == period.family : !one.family.empty() && one.family == period.family; }

Result<Pinned> pinned_for(db::Reader& reader, const House& house, BodyId association, const NamedPeriod& period, BodyId branch) {
  const Day day = period.period.last;
  const auto concerning = [&](const FormPins& pins) -> Result<Pinned> {
    auto out = pins_concerning(reader, house, pins, association, day);
    return out ? Result<Pinned>(Pinned{std::move(*out)}) : std::unexpected(out.error());
  };
  if (is_request(period)) return concerning(pins_in_force(reader, house, period.family, association, Day::latest(), PinBelow::no));
  for (const BodyId body : {association, branch})
    if (body)
      if (auto asked = round_that_asks(reader, house, body, period); asked && !asked->versions.empty())
        if (auto pinned = concerning(FormPins{std::move(asked->versions)})) return pinned;      // else the store no longer knows what was pinned
  for (const FormVersion& form : forms_in_force(reader, house, association, day))
    if (form.family == period.family) return concerning(pins_in_force(reader, house, form.code, association, day, PinBelow::no));
  if (period.family == usual_family && house.organisation.current()->kind(association).system == hkh) return Pinned{};
  return refuse("form.unknown", tr("Kỳ này không có mẫu báo cáo dành cho đơn vị này. Xin chọn kỳ khác."));
}

// The columns of a grid: those of the catalogue first, in its order, then what else its rows are asked, by the office that asks it.
class Columns {
 public:
  Columns(const Catalogue& catalogue, const Organisation& organisation, Day day, const AskedForms& forms) : catalogue_(catalogue), organisation_(organisation), day_(day), forms_(forms) {
    for (const auto& [code, branch] : forms.branches)
      for (const FormPart& part : branch.asked.parts)
        for (const FormField& field : part.fields) asked_.insert(field.measure);
    for (const EntryColumn& column : EntryColumns::house().all())
      if (asked_.erase(column.measure) > 0) out_.push_back(column);
  }

  // In the order in which the office asks, whatever kinds of bodies it asks first.
  void add(const FormVersion& version) {
    for (const FormSection& section : version.content.sections)
      for (const AskedLine& line : section.lines)
        if (asked_.erase(line.measure) > 0) out_.push_back(column_of(version, line.measure));
    for (const ShortForm& form : version.content.short_forms) {
      if (form.code == commune_form || form.code == province_form) continue;
      for (const FormPart& part : form.parts)
        for (const FormField& field : part.fields)
          if (asked_.erase(field.measure) > 0) out_.push_back(column_of(version, field.measure));
    }
  }
  EntryColumns take() { return EntryColumns(std::move(out_)); }

 private:
  const FormField* field_of(MeasureIndex measure) const {
    for (const auto& [code, branch] : forms_.branches)
      for (const FormPart& part : branch.asked.parts)
        for (const FormField& field : part.fields)
          if (field.measure == measure) return &field;
    return nullptr;
  }

  EntryColumn column_of(const FormVersion& version, MeasureIndex measure) const {
    const Measure& known = catalogue_.measure(measure);
    const FormField& field = *field_of(measure);
    EntryColumn out;
    out.measure = measure;
    out.code = known.code;
    out.label_vi = field.label_vi;
    out.label_en = field.label_en;
    out.unit_vi = field.unit_vi;
    out.unit_en = field.unit_en;
    out.is_yes_no = known.is_yes_no;
    if (known.is_money) {
      out.scale = thousand;
      out.unit_vi = tr(Language::vietnamese, mark("nghìn đồng"));
      out.unit_en = tr(Language::english, mark("nghìn đồng"));
    } else if (known.is_yes_no) {
      out.unit_vi = tr(Language::vietnamese, mark("1 có, 0 không"));
      out.unit_en = tr(Language::english, mark("1 có, 0 không"));
    }
    out.width = "asked";
    out.main = true;                     // asked by somebody in particular: never out of sight
    const BodyId office = known.owner ? known.owner : version.owner;
    if (version.kind == FormVersion::Kind::request) {
      out.group_vi = version.name_vi;
      out.group_en = version.name_en.empty() ? version.name_vi : version.name_en;
    } else if (office && organisation_.find(office) != nullptr) {
      const std::string& name = organisation_.body(office).on(day_).short_name;
      out.group_vi = tr(Language::vietnamese, "{} hỏi thêm", name);
      out.group_en = tr(Language::english, "{} hỏi thêm", name);
    } else {
      for (const Section& section : catalogue_.sections())
        if (section.code == known.group) {
          out.group_vi = section.label_vi;
          out.group_en = section.label_en;
        }
    }
    return out;
  }

  const Catalogue& catalogue_;
  const Organisation& organisation_;
  Day day_;
  const AskedForms& forms_;
  std::set<MeasureIndex> asked_;
  std::vector<EntryColumn> out_;
};

AskedForms made(const House& house, const Organisation& organisation, const std::vector<FormVersion>& versions, const BodyKind& kind, Day day) {
  AskedForms out;
  out.own = composed(house.catalogue, versions, kind, {});
  out.code = out.own.code;
  out.kind = out.own.kind;
  out.name_vi = out.own.name_vi;
  out.name_en = out.own.name_en.empty() ? out.own.name_vi : out.own.name_en;
  for (const BodyKind& one : house.organisation.systems().kinds()) {
    if (one.level != BodyKind::Level::branch || one.short_form.empty() || out.branches.contains(one.short_form)) continue;
    ComposedForm form = composed(house.catalogue, versions, one, {});
    out.branches.emplace(one.short_form, BranchForm{std::move(form.asked), std::move(form.blocks)});
  }
  Columns columns(house.catalogue, organisation, day, out);
  for (const FormVersion& version : versions) columns.add(version);
  out.columns = columns.take();
  return out;
}

}  // namespace

const ShortForm* AskedForms::branch(std::string_view short_form) const {
  const auto found = branches.find(short_form);
  return found == branches.end() || found->second.asked.parts.empty() ? nullptr : &found->second.asked;
}

std::optional<AskedByRound> round_that_asks(db::Reader& reader, const House& house, BodyId body, const NamedPeriod& period) {
  if (!house.asked_by_rounds) return std::nullopt;
  for (AskedByRound& one : house.asked_by_rounds(reader, body, period.period))
    if (fits(one, period)) return std::move(one);
  return std::nullopt;
}

Result<std::shared_ptr<const AskedForms>> asked_forms(db::Reader& reader, const House& house, BodyId association, const NamedPeriod& period, BodyId branch) {
  const OrganisationView organisation = house.organisation.current();
  if (organisation->find(association) == nullptr) return refuse("form.unknown", tr("Không có đơn vị này."));
  const auto pinned = pinned_for(reader, house, association, period, branch);
  if (!pinned) return std::unexpected(pinned.error());
  const Day day = period.period.last;
  const FormPins& pins = pinned->pins;
  const BodyKind& kind = organisation->kind(association);
  // most associations of a province are asked the same: they share it
  using Key = std::tuple<std::uint64_t, std::string, int, Day>;
  constexpr std::size_t most = 300;
  static KnownOfTree<Key, AskedForms> known(most);
  return known.find_or_make(
      organisation, Key{house.ledger.number(), pins.text(), static_cast<int>(kind.level), day},
      [&] {
        std::vector<FormVersion> versions;
        for (const FormVersionId id : pins.versions) versions.push_back(form_version(reader, house, id).value());    // found a moment ago, and never changed
        if (pins.empty()) versions.push_back(form_of_the_catalogue(house.catalogue));
        AskedForms out = made(house, *organisation, versions, kind, day);
        out.pins = pins;
        return out;
      },
      [](const AskedForms&) { return std::size_t{1}; });
}

Result<void> check_asked(db::Reader& reader, const House& house, BodyId body, BodyId association, const NamedPeriod& period) {
  if (!is_request(period) || !house.asked_by_rounds) return {};
  for (const BodyId one : {body, association})
    if (round_that_asks(reader, house, one, period)) return {};
  return refuse("entry.not_asked", tr("Yêu cầu báo cáo này không gửi đến {}.", house.organisation.current()->body(body).on(house.clock.today()).name));
}

std::string said_of(const House& house, std::string text, const NamedPeriod& period) {
  const std::pair<std::string_view, std::string> holes[] = {{"{first}", period.period.first.text()}, {"{last}", period.period.last.text()}};
  for (const auto& [hole, value] : holes)
    for (auto at = text.find(hole); at != std::string::npos; at = text.find(hole, at + value.size())) text.replace(at, hole.size(), value);
  return text.find('{') == std::string::npos ? text : said_in(std::move(text), house.periods, period, current_language());
}

}  // namespace khuyenhoc
