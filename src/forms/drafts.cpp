#include <algorithm>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/i18n.h"
#include "forms/form_content.h"
#include "forms/forms_queries.h"
#include "forms/judging.h"
#include "forms/known_versions.h"
#include "measures/own_indicators.h"
#include "shell/house.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t longest_name = 250;

std::string summary(const std::string& sentence) { return boost::json::serialize(boost::json::object{{"summary", sentence}}); }

Refusal may_not() { return {"form.may_not", tr("Việc này do người được giao ký văn bản hoặc quản lý tổ chức của đơn vị làm."), {}}; }
Refusal stale() { return {"form.stale", tr("Vừa có người khác ghi bản nháp này trước ông/bà. Xin xem bản mới rồi ghi lại phần của mình."), {}}; }

bool owns(const Organisation& organisation, const FormVersion& base, BodyId office, Day day) {
  if (base.owner == office) return true;
  return !base.owner && std::ranges::any_of(base.systems, [&](const std::string& system) { return organisation.head(system, day) == office; });
}

std::string version_words(const FormVersion& one) {
  if (one.kind == FormVersion::Kind::request) return tr(Language::vietnamese, "yêu cầu báo cáo “{}”", one.name_vi);
  if (one.kind == FormVersion::Kind::addition) return tr(Language::vietnamese, "phần thêm vào mẫu “{}”, bản {}", one.name_vi, one.number);
  return tr(Language::vietnamese, "mẫu “{}”, bản {}", one.name_vi, one.number);
}

// What a question's answer is counted as.
OwnIndicator indicator_of(const FormVersion& version, const OwnQuestion& question) {
  OwnIndicator out;
  out.owner = version.owner;
  out.label_vi = question.text;
  out.unit_vi = question.kind == OwnQuestion::Kind::number ? question.unit : std::string();
  out.help_vi = question.help;
  out.answer = question.kind == OwnQuestion::Kind::money ? OwnAnswer::money : question.kind == OwnQuestion::Kind::yes_no ? OwnAnswer::yes_no : OwnAnswer::number;
  out.kind = question.kind == OwnQuestion::Kind::yes_no || question.moment == OwnQuestion::Moment::at_the_end ? MeasureKind::stock : MeasureKind::flow;
  const bool of_branches = std::ranges::any_of(question.asked_of, [](const std::string& code) { return code != "xa" && code != "tinh"; });
  out.level = of_branches ? RecordedAt::branch : RecordedAt::commune;
  return out;
}

// The part of a short form, or the section of the tables, in which the office's own questions stand.
std::string own_heading(const Organisation& organisation, const FormVersion& version, Day day, Language language) {
  if (version.kind == FormVersion::Kind::request) return language == Language::english ? version.name_en : version.name_vi;
  return tr(language, "Chỉ tiêu riêng của {}", organisation.body(version.owner).on(day).name);
}

std::string own_code(const FormVersion& version) { return fmt::format("R{}", version.owner.value); }

// The one that fits, or a new one at the end.
template <class T, class Key>
T& found_or_added(std::vector<T>& list, Key T::* key, const std::string& wanted) {
  const auto at = std::ranges::find(list, wanted, key);
  if (at != list.end()) return *at;
  list.emplace_back();
  list.back().*key = wanted;
  return list.back();
}

void put_question(FormContent& content, const FormVersion& version, const OwnQuestion& question, MeasureIndex measure, const std::string& heading_vi, const std::string& heading_en) {
  FormSection& section = found_or_added(content.sections, &FormSection::code, own_code(version));
  section.heading_vi = heading_vi;
  section.heading_en = heading_en;
  section.lines.push_back({measure, {}, {}, FormColumns::of_bits(static_cast<std::int64_t>(FormColumn::done)), {}});
  for (const std::string& code : question.asked_of) {
    FormPart& part = found_or_added(found_or_added(content.short_forms, &ShortForm::code, code).parts, &FormPart::label_vi, heading_vi);
    part.label_en = heading_en;
    FormField field;
    field.measure = measure;
    part.fields.push_back(std::move(field));
  }
}

void put_text(FormContent& content, const OwnQuestion& question, int number, const std::string& prefix) {
  NarrativeBlock block;
  block.code = fmt::format("{}_{}", prefix, number);
  block.heading_vi = question.text;
  block.heading_en = question.text;
  block.guidance_vi = question.help;
  block.guidance_en = question.help;
  for (const std::string& code : question.asked_of) {
    const auto level = code == "tinh" ? BodyKind::Level::province : code == "xa" ? BodyKind::Level::commune : BodyKind::Level::branch;
    if (std::ranges::find(block.asked_of, level) == block.asked_of.end()) block.asked_of.push_back(level);
    if (level == BodyKind::Level::branch) block.branches.push_back(code);
  }
  content.blocks.push_back(std::move(block));
}

}  // namespace

bool may_draft_forms(const Viewer& viewer, BodyId office) {
  const auto organisation = viewer.organisation();
  if (organisation->find(office) == nullptr || !organisation->body(office).alive(viewer.today()) || organisation->kind(office).level == BodyKind::Level::branch) return false;
  return viewer.may(Permission::keep_bodies, office) || viewer.may(Permission::sign, office);
}

bool may_publish_forms(const Viewer& viewer, BodyId office) { return may_draft_forms(viewer, office) && viewer.may(Permission::sign, office); }

Result<FormVersionId> begin_draft(House& house, const Viewer& viewer, BodyId office, std::string_view code) {
  if (!may_draft_forms(viewer, office)) return std::unexpected(may_not());
  const Day today = viewer.today();
  return house.store.write([&](db::Writer& writer) -> Result<FormVersionId> {
    if (const auto draft = forms_sql::draft_of(writer, code, office)) return *draft;
    const FormPins pins = pins_in_force(writer, house, code, office, Day::latest(), PinBelow::no);
    if (pins.empty()) return refuse("form.unknown", tr("Không có mẫu báo cáo này."));
    const auto base = known_version(writer, house, pins.versions.front());
    if (!base) return std::unexpected(base.error());
    FormVersion made = **base;
    if (made.kind == FormVersion::Kind::request) return refuse("form.unknown", tr("Yêu cầu báo cáo đã gửi thì không sửa nữa. Xin lập yêu cầu mới."));
    if (!owns(*viewer.organisation(), made, office, today)) {
      made.kind = FormVersion::Kind::addition;
      made.content = {};
      for (const auto id : pins.versions)
        if (const auto one = known_version(writer, house, id); one && (*one)->owner == office && (*one)->kind == FormVersion::Kind::addition) made.content = (*one)->content;
      made.number = static_cast<int>(forms_sql::last_number_of(writer, code, office)) + 1;
    } else {
      made.number = static_cast<int>(forms_sql::last_number(writer, code, FormVersion::Kind::periodic)) + 1;
    }
    made.id = house.store.new_id<FormVersionId>();
    made.owner = office;
    made.published_ms = 0;
    made.published_by = {};
    made.row_version = 1;
    made.note.clear();
    made.in_force_from = today;
    forms_sql::insert(writer, {made, content_text(house.catalogue, made.content)});
    house.trail.write(writer, viewer, office, "form_version", made.id.value, "begin", {}, summary(tr(Language::vietnamese, "Bắt đầu soạn {}.", version_words(made))));
    return made.id;
  });
}

Result<FormVersionId> begin_request(House& house, const Viewer& viewer, BodyId office) {
  if (!may_draft_forms(viewer, office)) return std::unexpected(may_not());
  FormVersion made;
  made.kind = FormVersion::Kind::request;
  made.owner = office;
  made.systems = {viewer.organisation()->kind(office).system};
  made.in_force_from = viewer.today();
  return house.store.write([&](db::Writer& writer) -> Result<FormVersionId> {
    made.id = house.store.new_id<FormVersionId>();
    made.code = fmt::format("yc{}", made.id.value);
    forms_sql::insert(writer, {made, content_text(house.catalogue, made.content)});
    house.trail.write(writer, viewer, office, "form_version", made.id.value, "begin", {}, summary(tr(Language::vietnamese, mark("Bắt đầu soạn một yêu cầu báo cáo."))));
    return made.id;
  });
}

Result<std::int64_t> keep_draft(House& house, const Viewer& viewer, const FormVersion& draft) {
  if (!may_draft_forms(viewer, draft.owner)) return std::unexpected(may_not());
  if (draft.name_vi.size() > longest_name) return refuse("form.name", tr("Tên dài quá. Xin viết gọn trong một dòng."), "ten");
  return house.store.write([&](db::Writer& writer) -> Result<std::int64_t> {
    const auto stored = forms_sql::find(writer, draft.id);
    if (!stored || stored->version.owner != draft.owner) return refuse("form.unknown", tr("Không có bản nháp này."));
    if (!stored->version.is_draft()) return refuse("form.published", tr("Bản này đã ban hành nên không sửa được nữa. Xin soạn bản mới."));
    if (auto fine = judge_content(writer, house, draft, Judged::as_draft); !fine) return std::unexpected(fine.error());
    if (forms_sql::update_draft(writer, {draft, content_text(house.catalogue, draft.content)}) == 0) return std::unexpected(stale());
    return draft.row_version + 1;
  });
}

Result<void> discard_draft(House& house, const Viewer& viewer, FormVersionId id, std::int64_t row_version) {
  return house.store.write([&](db::Writer& writer) -> Result<void> {
    const auto stored = forms_sql::find(writer, id);
    if (!stored || !stored->version.is_draft()) return refuse("form.unknown", tr("Không có bản nháp này."));
    if (!may_draft_forms(viewer, stored->version.owner)) return std::unexpected(may_not());
    if (forms_sql::remove_draft(writer, id, row_version) == 0) return std::unexpected(stale());
    house.trail.write(writer, viewer, stored->version.owner, "form_version", id.value, "discard", {}, summary(tr(Language::vietnamese, "Bỏ bản nháp {}.", version_words(stored->version))));
    return {};
  });
}

Result<void> publish_draft(House& house, const Viewer& viewer, FormVersionId id, std::int64_t row_version, Day in_force_from) {
  // own indicators first, in a transaction of their own: the content names them by code, and a catalogue knows them when they are committed
  const auto draft = house.store.read([&](db::Reader& reader) { return form_version(reader, house, id); });
  if (!draft) return std::unexpected(draft.error());
  if (!may_publish_forms(viewer, draft->owner)) return refuse("form.may_not", tr("Mẫu báo cáo ràng buộc mọi đơn vị bên dưới, nên do người được giao ký văn bản của đơn vị ban hành."));
  if (!draft->is_draft()) return refuse("form.published", tr("Bản này đã ban hành rồi."));
  if (draft->row_version != row_version) return std::unexpected(stale());
  if (auto fine = house.store.read([&](db::Reader& reader) { return judge_content(reader, house, *draft, Judged::for_publishing); }); !fine) return fine;
  const Day last_used = viewer.today();
  if (draft->kind != FormVersion::Kind::request && in_force_from < last_used)
    return refuse("form.window", tr("Mẫu mới chỉ dùng được từ hôm nay trở đi; báo cáo cũ giữ nguyên mẫu của nó."), "tu-ngay");
  FormVersion made = *draft;
  std::vector<OwnIndicator> own;
  if (!made.content.questions.empty() && !house.ledger.keeps_own()) return refuse("form.own", tr("Bản chương trình này chưa giữ được chỉ tiêu riêng."));
  const auto defined = house.store.write([&](db::Writer& writer) -> Result<void> {
    own.clear();
    for (const OwnQuestion& question : made.content.questions) {
      if (question.kind == OwnQuestion::Kind::text) continue;
      auto one = house.ledger.own().define(writer, indicator_of(made, question), viewer.user(), house.clock.now_ms());
      if (!one) return std::unexpected(one.error());
      own.push_back(std::move(*one));
    }
    return {};
  });
  if (!defined) return defined;
  const std::string heading_vi = own_heading(*viewer.organisation(), made, viewer.today(), Language::vietnamese);
  const std::string heading_en = own_heading(*viewer.organisation(), made, viewer.today(), Language::english);
  auto next = own.begin();
  int number = 0;
  for (const OwnQuestion& question : made.content.questions) {
    ++number;
    if (question.kind == OwnQuestion::Kind::text) put_text(made.content, question, number, fmt::format("r{}", made.id.value));
    else put_question(made.content, made, question, house.catalogue.index((next++)->code()), heading_vi, heading_en);
  }
  made.content.questions.clear();
  made.in_force_from = in_force_from;
  return house.store.write([&](db::Writer& writer) -> Result<void> {
    if (forms_sql::publish(writer, {made, content_text(house.catalogue, made.content)}, viewer.user(), house.clock.now_ms()) == 0) return std::unexpected(stale());
    house.trail.write(writer, viewer, made.owner, "form_version", id.value, "publish", {},
                      summary(tr(Language::vietnamese, "Ban hành {}, dùng từ {}.", version_words(made), in_force_from.text())), made.note);
    return {};
  });
}

}  // namespace khuyenhoc
