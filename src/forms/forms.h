// Report forms: versions that never change once published, what one body sees of them (the centre's, its province's additions, its commune's own), the windows an office reports in.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/id.h"
#include "base/result.h"
#include "measures/catalogue.h"
#include "measures/periods.h"
#include "organisation/organisation.h"
#include "platform/db/db.h"

namespace khuyenhoc {

struct House;
class Pages;
class Viewer;

using FormVersionId = Id<struct FormVersionTag>;

// The columns of a line in the report (domain 0b.4). What was done is always there; an estimate is never a fact.
enum class FormColumn : std::uint8_t { plan = 1, done = 2, estimate = 4, same_period = 8, against_plan = 16 };
class FormColumns {
 public:
  constexpr FormColumns() = default;
  static constexpr FormColumns of_bits(std::int64_t bits) { return FormColumns(static_cast<std::uint8_t>((bits & 31) | 2)); }
  static constexpr FormColumns all() { return of_bits(31); }
  static constexpr FormColumns usual() { return of_bits(1 | 2 | 8 | 16); }       // all but the estimate
  constexpr bool has(FormColumn column) const { return (bits_ & static_cast<std::uint8_t>(column)) != 0; }
  constexpr FormColumns with(FormColumn column) const { return FormColumns(static_cast<std::uint8_t>(bits_ | static_cast<std::uint8_t>(column))); }
  constexpr FormColumns operator|(FormColumns other) const { return FormColumns(static_cast<std::uint8_t>(bits_ | other.bits_)); }
  constexpr std::int64_t bits() const { return bits_; }
  bool operator==(const FormColumns&) const = default;

 private:
  constexpr explicit FormColumns(std::uint8_t bits) : bits_(bits) {}
  std::uint8_t bits_ = 2;
};

// One line of a report: an indicator as this form says it.
struct AskedLine {
  MeasureIndex measure = 0;             // of the house's catalogue, or an own indicator of the office (measures/own_indicators.h)
  std::string label_vi, label_en;       // as this form says it; never empty when read
  FormColumns columns;
  BodyId added_by;                      // in a composed form: the office whose addition it is; none for the form itself
  const std::string& label(Language language) const { return language == Language::english ? label_en : label_vi; }
};

struct FormSection {
  std::string code;                     // "B"; unique in a form, an addition may add lines to a section of the form by its code
  std::string heading_vi, heading_en;
  std::vector<AskedLine> lines;
  const std::string& heading(Language language) const { return language == Language::english ? heading_en : heading_vi; }
};

// A block of text in the report: "Ưu điểm", with what the office says should stand in it.
struct NarrativeBlock {
  enum class Need : std::uint8_t { optional, required };
  std::string code;                     // "uu_diem"; unique in a form; what report_texts stores
  std::string part_vi, part_en;         // "II. Đánh giá chung": blocks with the same part stand under one heading; empty: the block is a part of its own
  std::string heading_vi, heading_en;   // "1. Ưu điểm"
  std::string guidance_vi, guidance_en;
  Need need = Need::optional;
  std::vector<BodyKind::Level> asked_of;   // empty: of every association (not of branches)
  BodyId added_by;
  std::vector<std::string> branches = {};  // of branches only those with one of these short forms: "thon"; empty: all of them
  bool is_asked_of(const BodyKind& kind) const;
  const std::string& part(Language language) const { return language == Language::english ? part_en : part_vi; }
  const std::string& heading(Language language) const { return language == Language::english ? heading_en : heading_vi; }
  const std::string& guidance(Language language) const { return language == Language::english ? guidance_en : guidance_vi; }
};

// A question an office asks by itself, as it stands in a draft; on publishing a number becomes an own indicator of the office, a text becomes a block.
struct OwnQuestion {
  enum class Kind : std::int64_t { number = 1, money = 2, yes_no = 3, text = 4 };
  enum class Moment : std::int64_t { during = 1, at_the_end = 2 };   // counted over the days asked about, or as it stands on the last of them
  std::string text;                     // "Số giếng nước sạch tặng trường học"
  Kind kind = Kind::number;
  Moment moment = Moment::during;
  std::string unit;                     // of a number
  std::string help;
  std::vector<std::string> asked_of;    // codes of short forms: "thon", "truong", "co_quan", "dong_ho", "xa", "tinh"
};

// What a version holds; of an addition, only what it adds.
struct FormContent {
  std::vector<FormSection> sections;    // the report's tables, for associations
  std::vector<NarrativeBlock> blocks;
  std::vector<Check> checks;            // on top of the catalogue's, which hold for every form that asks their indicators
  std::vector<ShortForm> short_forms;   // what each kind of body is asked to type: "thon", "truong", "co_quan", "dong_ho", and "xa", "tinh" for an association's own figures
  const ShortForm* short_form(std::string_view code) const;
  const FormSection* section(std::string_view code) const;
  std::vector<OwnQuestion> questions;   // of a draft; empty once published
  bool has(MeasureIndex measure) const; // in any section or short form
};

struct FormVersion {
  enum class Kind : std::int64_t {
    periodic = 1,                       // asked every period of its family
    addition = 2,                       // what an office adds to the form of the same code for the bodies below it
    request = 3,                        // asked once: "yêu cầu báo cáo đột xuất"
  };
  FormVersionId id;
  Kind kind = Kind::periodic;
  std::string code;                     // "bao_cao", "nam_hoc", "nhiem_ky"; the same for all versions and additions of one form
  int number = 1;                       // version of (code, owner)
  BodyId owner;                         // none: the house's own form, which stands for the centre's
  std::string name_vi, name_en;
  std::vector<std::string> systems;     // systems of bodies it is for: {"HKH"}
  std::string family;                   // of periods: "bao_cao"; empty for a request
  std::vector<std::string> windows;     // of the family that it serves: {"H1", "9M", "Y"}
  std::optional<Period> request_period; // of a request: the days asked about
  std::optional<Day> request_due;
  Day in_force_from;                    // rounds whose window ends on or after this day use it, until a newer version's day
  FormContent content;
  std::int64_t published_ms = 0;        // 0: a draft
  UserId published_by;
  std::int64_t row_version = 1;
  std::string note;                     // what changed, in the words of who published it
  bool is_draft() const { return published_ms == 0; }
  const std::string& name(Language language) const { return language == Language::english ? name_en : name_vi; }
};

// What a round pins when it opens (and, of additions, when an office passes it down): the versions by id, the form first. Later versions never change it.
struct FormPins {
  std::vector<FormVersionId> versions;
  std::string text() const;             // "17 204": what a table stores
  static FormPins of_text(std::string_view text);
  bool empty() const { return versions.empty(); }
};

// The form as one body sees it: sections, blocks and short forms of the pinned versions whose owner is the body or stands above it on the day, in the order centre, province, commune.
struct ComposedForm {
  FormPins pins;                        // those that have a part in it
  std::string code, name_vi, name_en, family;
  FormVersion::Kind kind = FormVersion::Kind::periodic;
  BodyId body;
  std::vector<FormSection> sections;
  std::vector<NarrativeBlock> blocks;   // only those asked of this body's level
  std::vector<Check> checks;            // the catalogue's whose indicators it asks, then the form's own
  std::vector<ShortForm> short_forms;
  ShortForm asked;                      // what this body itself types: its kind's short form; of an association "xa" or "tinh". Without fields: nothing
  const ShortForm* short_form(std::string_view code) const;
  const AskedLine* line(MeasureIndex measure) const;
  std::vector<MeasureIndex> measures() const;   // of all sections and short forms, each once
  const std::string& name(Language language) const { return language == Language::english ? name_en : name_vi; }
};

// ---- asking ----
// The forms that a body reports on, on a day: the newest published periodic versions for its system.
std::vector<FormVersion> forms_in_force(db::Reader& reader, const House& house, BodyId body, Day day);
// What a round on this form pins for the region of `office`: the form's version in force on the day, and the additions of the office, of those above it and, with
// `below`, of all those below it (a round opened by the province carries what its communes have added so far; passing down later adds theirs: call again and merge).
enum class PinBelow : std::uint8_t { no, yes };
FormPins pins_in_force(db::Reader& reader, const House& house, std::string_view code, BodyId office, Day day, PinBelow below);
FormPins merged(FormPins pins, const FormPins& more);
// "form.unknown"
Result<FormVersion> form_version(db::Reader& reader, const House& house, FormVersionId id);
Result<ComposedForm> compose(db::Reader& reader, const House& house, const FormPins& pins, BodyId body, Day day);
// Those of the pins that have a part in the form of whoever stands at or below the body: what compose() composes. "form.unknown"
Result<FormPins> pins_concerning(db::Reader& reader, const House& house, const FormPins& pins, BodyId body, Day day);
// The days a request asks about, as a period of its own that the request's code names ("yc17"); none when there is no such published request.
std::optional<NamedPeriod> request_window(db::Reader& reader, const House& house, std::string_view code);
// The same for a kind of body that need not exist yet (previews): `above` is the nearest association over it.
Result<ComposedForm> compose_for_kind(db::Reader& reader, const House& house, const FormPins& pins, const BodyKind& kind, BodyId above, Day day);
// Short of the store: versions in order of composing.
ComposedForm composed(const Catalogue& catalogue, std::span<const FormVersion> versions, const BodyKind& kind, BodyId body);

// What stands in braces in headings and guidance: {year}, {next} ("6 tháng cuối năm 2026", "năm 2027"), {period} ("6 tháng đầu năm 2026").
std::string said_in(std::string text, const Periods& periods, const NamedPeriod& period, Language language);

// ---- windows ----
// The periods an office reports in: the family's usual windows with the dated rules of the office, or of the nearest one above that has any (measures/periods.h).
// Every name of Periods works on it (named, at, before, label, due).
std::shared_ptr<const Periods> periods_of(db::Reader& reader, const House& house, BodyId office);
// The office's own windows of a family as kept, by first year.
std::vector<OfficeWindows> own_windows(db::Reader& reader, BodyId office, std::string_view family);
// Sets them from a year on, in place of what the office had set for that very year. Refused where they gap or overlap (Periods::with), or where the year has begun.
Result<void> set_own_windows(House& house, const Viewer& viewer, BodyId office, std::string_view family, OfficeWindows windows);
// The usual windows moved to an office's own days: the first day of its year, and the last days of its first half and nine months (for families that have them).
OfficeWindows moved_windows(const PeriodFamily& family, int from_year, Day first, std::optional<Day> half_ends, std::optional<Day> nine_months_end, OfficeWindows::Seam seam);

// ---- drafts and publishing; all by the viewer, with an audit entry ----
// May keep forms: sign at the office. A form binds everybody below, so it is published by whoever signs for the office; keep_bodies may prepare drafts.
bool may_draft_forms(const Viewer& viewer, BodyId office);
bool may_publish_forms(const Viewer& viewer, BodyId office);
// A draft of the next version: of the centre's form when the office is its owner, otherwise of the office's addition; starts from the version in force.
Result<FormVersionId> begin_draft(House& house, const Viewer& viewer, BodyId office, std::string_view code);
// An ad-hoc request of the office, as a draft.
Result<FormVersionId> begin_request(House& house, const Viewer& viewer, BodyId office);
// Keeps the whole draft. "form.stale" when somebody else saved first (row_version), "form.published", "form.empty", "form.line", "form.check", "form.window".
Result<std::int64_t> keep_draft(House& house, const Viewer& viewer, const FormVersion& draft);
Result<void> discard_draft(House& house, const Viewer& viewer, FormVersionId draft, std::int64_t row_version);
Result<void> publish_draft(House& house, const Viewer& viewer, FormVersionId draft, std::int64_t row_version, Day in_force_from);

// The house's own forms (catalogue/forms.toml) are kept in the store as versions without an owner, so that a newer program never changes old reports. Called at start by
// whatever may write; does nothing when they are there.
void keep_house_forms(db::Store& store, const Catalogue& catalogue, std::int64_t now_ms);

// ---- pages ----
// A round that uses a version, told by the room above.
struct FormUse {
  std::string label;                    // "6 tháng đầu năm 2026, Hội Khuyến học tỉnh Đắk Lắk"
  std::string path;                     // of its page
};
using FormUses = std::function<std::vector<FormUse>(db::Reader&, FormVersionId)>;
// /bieu-mau…; `open_round` is the path that opens a round on a published version, with "?mau=<id>" added ("/dot-bao-cao/moi"); empty: no such link.
void add_form_pages(Pages& pages, FormUses uses = {}, std::string open_round = {});

}  // namespace khuyenhoc
