// From judged rows to acts of a draft.
#include <algorithm>
#include <set>

#include "base/i18n.h"
#include "base/text.h"
#include "organisation/in_charge.h"
#include "restructure/draft_queries.h"
#include "restructure/restructure_list.h"

namespace khuyenhoc {

void ListReading::effect(std::size_t row, std::string text) {
  judged[row].verdict = ImportVerdict::added;
  judged[row].effect = std::move(text);
}

// A new body is called as its row says, with the beginning that names of its kind have, and lies where its commune is.
DraftBody ListReading::new_body(std::size_t row, BodyId like) const {
  const auto& read = read_[row];
  const auto& version = organisation_->body(like).on(day_);
  const auto& kind = organisation_->kind(like);
  DraftBody out{kind.code, read.new_name, read.new_name, {read.place ? read.place : proposals_.superior_of(like)}, {}};
  // "Thôn 8" beside "Chi hội Thôn 2": the beginning is what stands before the short name
  const std::string full = lower_case(version.name), brief = lower_case(version.short_name);
  if (full.ends_with(brief) && full.size() > brief.size()) {
    const std::string beginning = version.name.substr(0, version.name.size() - version.short_name.size());
    if (folded(out.name).starts_with(folded(beginning))) out.short_name = out.name.substr(std::min(out.name.size(), beginning.size()));
    else if (level_in_charge_of(kind)) out.name = beginning + lower_case(out.name.substr(0, 1)) + out.name.substr(1);
    else out.name = beginning + out.name;
  }
  if (level_in_charge_of(kind)) {
    const Territory& territory = organisation_->territory();
    const UnitId whole = organisation_->body(context_.body).on(day_).area;
    for (const auto unit : territory.search(out.short_name, day_, 20, [&](UnitId id) { return territory.unit(id).alive(day_) && territory.ancestor(id, territory.unit(whole).level, day_) == whole; }))
      if (folded(territory.unit(unit).full_name(day_)) == folded(out.short_name)) out.area = unit;
    if (out.area) out.short_name = territory.unit(out.area).full_name(day_);
  }
  if (!out.area) {
    const auto units = proposals_.units_of({like});
    const BodyId above = out.superior.body;
    out.area = units.size() == 1 ? units.front() : above && organisation_->find(above) != nullptr ? organisation_->body(above).on(day_).area : version.area;
  }
  return out;
}

// A body that is there already and bears the new name: one of the olds that goes on, or another that takes them in.
BodyId ListReading::existing(std::size_t row, const std::vector<BodyId>& olds) const {
  const auto& read = read_[row];
  if (read.form == Form::merge && rows_.text(row, form) == "hop-nhat") return {};
  const BodyId above = read.place ? read.place : proposals_.superior_of(olds.front());
  for (const auto id : found(read.new_name, {})) {
    const bool one_of_them = std::ranges::find(olds, id) != olds.end();
    if (one_of_them || (organisation_->body(id).on(day_).superior == above && organisation_->kind(id).level == organisation_->kind(olds.front()).level)) return id;
  }
  return {};
}

void ListReading::build_merger(const std::string& name_key, const std::vector<std::size_t>& rows) {
  std::vector<BodyId> olds;
  for (const auto row : rows) olds.push_back(read_[row].old_body);
  DraftAct act;
  act.number = static_cast<std::int64_t>(acts.size()) + 1;
  act.kind = BodyAct::Kind::merge;
  act.bodies = olds;
  std::string name;
  if (const auto goes_on = existing(rows.front(), olds)) {
    std::erase(act.bodies, goes_on);
    act.successors.push_back({goes_on});
    opened_[name_key] = {goes_on};
    name = organisation_->body(goes_on).on(day_).name;
  } else {
    act.opened.push_back(new_body(rows.front(), olds.front()));
    opened_[name_key] = {{}, act.number, 0};
    name = act.opened.front().name;
  }
  for (const auto row : rows) {
    const bool stays = !act.successors.empty() && read_[row].old_body == act.successors.front().body;
    act_of_row[row] = acts.size();
    effect(row, stays ? tr("{} tiếp tục, nhận các đơn vị nhập vào", name) : tr("{} nhập vào {}", called(read_[row].old_body), name));
  }
  acts.push_back(std::move(act));
}

void ListReading::build_split(BodyId old_body, const std::vector<std::size_t>& rows) {
  DraftAct act;
  act.number = static_cast<std::int64_t>(acts.size()) + 1;
  act.kind = BodyAct::Kind::split;
  act.bodies = {old_body};
  for (const auto row : rows) {
    const auto name_key = key(row);
    if (const auto there = opened_.find(name_key); there != opened_.end()) act.successors.push_back(there->second);
    else if (const auto already = existing(row, {old_body}); already && already != old_body) act.successors.push_back({already});
    else {
      opened_[name_key] = {{}, act.number, act.opened.size()};
      act.opened.push_back(new_body(row, old_body));
    }
  }
  RestructureDraft alone;
  alone.acts = acts;
  proposals_.branches(act, alone);
  std::size_t undecided = 0;
  for (const auto& [branch, part] : act.branches) undecided += !part;
  for (const auto row : rows) {
    act_of_row[row] = acts.size();
    effect(row, tr("{} chia tách, một phần thành {}", called(old_body), read_[row].new_name));
    if (undecided > 0) judged[row].findings.push_back({ImportFinding::whole_row, "restructure_list.branches", tr("Còn {} chi hội, ban phải chọn nơi nhận trong bản nháp.", undecided)});
  }
  acts.push_back(std::move(act));
}

void ListReading::build_single(std::size_t row) {
  const auto& read = read_[row];
  DraftAct act;
  act.number = static_cast<std::int64_t>(acts.size()) + 1;
  const std::string old = read.old_body ? called(read.old_body) : std::string();
  if (read.old_body) act.bodies = {read.old_body};
  switch (read.form) {
    case Form::dissolve:
      act.kind = BodyAct::Kind::dissolve;
      if (read.place) act.successors.push_back({read.place});
      effect(row, tr("{} giải thể", old));
      if (const auto below = organisation_->children(read.old_body, day_).size(); below > 0)
        judged[row].findings.push_back({ImportFinding::whole_row, "restructure_list.branches", tr("Còn {} chi hội, ban phải chuyển đi trước khi thực hiện.", below)});
      break;
    case Form::rename: {
      const auto named = new_body(row, read.old_body);
      act.kind = BodyAct::Kind::rename;
      act.name = named.name;
      act.short_name = named.short_name;
      effect(row, tr("{} đổi tên thành {}", old, act.name));
      break;
    }
    case Form::transfer:
      act.kind = BodyAct::Kind::transfer;
      act.superior = {read.place};
      effect(row, tr("{} chuyển về {}", old, organisation_->body(read.place).on(day_).name));
      break;
    case Form::open: {
      act.kind = BodyAct::Kind::open;
      const BodyId above = read.place ? read.place : context_.body;
      const auto siblings = organisation_->children(above, day_);
      if (siblings.empty()) {
        refuse_row(row, new_name, "restructure_list.kind", tr("Chưa rõ loại tổ chức của “{}”; xin thêm việc “Thành lập” trong bản nháp.", read.new_name));
        return;
      }
      act.opened.push_back(new_body(row, siblings.front()));
      act.opened.back().superior = {above};
      effect(row, tr("Thành lập {}", act.opened.back().name));
      break;
    }
    default: return;
  }
  act_of_row[row] = acts.size();
  acts.push_back(std::move(act));
}

void ListReading::build() {
  // what several become is opened before those that divide into it
  for (const auto& [name_key, rows] : by_new_) {
    std::vector<std::size_t> whole;
    for (const auto row : rows)
      if (read_[row].good && (read_[row].form == Form::merge || read_[row].form == Form::join)) whole.push_back(row);
    if (!whole.empty()) build_merger(name_key, whole);
  }
  for (const auto& [body, rows] : by_old_)
    if (read_[rows.front()].good && read_[rows.front()].form == Form::split) build_split(body, rows);
  for (std::size_t row = 0; row < read_.size(); ++row)
    if (read_[row].good && act_of_row[row] == none) build_single(row);
}

namespace {

constexpr std::string_view new_draft = "moi";

class RestructureListKind : public ImportKind {
 public:
  explicit RestructureListKind(House& house) : house_(house) {}
  std::string_view code() const override { return "sap-xep"; }
  Permission needs() const override { return Permission::restructure; }
  MenuItem section() const override { return MenuItem::organisation; }
  std::string title() const override { return tr("Đọc danh sách sắp xếp đơn vị"); }
  std::string explanation(const ImportContext&) const override {
    return tr("Mỗi dòng một đơn vị cũ và đơn vị mới của nó. Nhiều dòng cùng đơn vị mới là hợp nhất; một đơn vị cũ ở nhiều dòng là chia tách. Danh sách đưa vào bản nháp, chưa thay đổi gì trong tổ chức.");
  }
  std::string way_back(BodyId) const override { return "/sap-xep"; }
  std::string result_at(db::Reader& reader, const ImportRecord& record) const override {
    for (const auto& draft : restructure_sql::open_drafts(reader))
      if (std::ranges::any_of(draft.acts, [&](const DraftAct& act) { return act.list == record.id.value; })) return fmt::format("/sap-xep/ban-nhap/{}", draft.id.value);
    return way_back(record.body);
  }
  Result<void> offered(const ImportContext& context) const override {
    if (house_.organisation.current()->kind(context.body).level == BodyKind::Level::branch)
      return refuse("restructure_list.body", tr("Chi hội, ban không lập danh sách sắp xếp; xin đề nghị Hội cấp xã."));
    return {};
  }
  std::vector<ImportField> options(const ImportContext& context) const override {
    ImportField draft{.code = "ban_nhap", .label = tr("Đưa vào bản nháp"), .help = tr("Bản nháp đang làm dở, hoặc lập bản mới."), .holds = ImportField::Holds::choice, .need = ImportNeed::required,
                      .choices = {{std::string(new_draft), tr("Bản nháp mới")}}, .proposed = std::string(new_draft)};
    for (const auto& one : drafts(context)) draft.choices.push_back({std::to_string(one.id.value), one.title.empty() ? tr("Bản nháp chưa đặt tên, sửa lúc {}", time_text(one.changed_ms)) : one.title});
    return {std::move(draft), {.code = "ngay", .label = tr("Có hiệu lực từ ngày"), .help = tr("Tên đơn vị cũ tìm trong tổ chức của ngày này."), .holds = ImportField::Holds::day, .need = ImportNeed::required, .proposed = context.viewer.today().text()}};
  }
  std::vector<ImportColumn> columns(const ImportContext&) const override {
    return {
        {.code = "don_vi_cu", .label = tr("Đơn vị cũ"), .other_headings = {"Tên cũ", "Tổ chức cũ", "Đơn vị trước sắp xếp", "Đơn vị hiện nay", "Chi hội cũ", "Thôn cũ"}, .example = "Chi hội Thôn 8", .help = tr("Để trống khi thành lập mới.")},
        {.code = "xa", .label = tr("Xã"), .other_headings = {"Thuộc xã", "Xã, phường", "Thuộc", "Cấp trên", "Xã cũ"}, .example = "Xã Ea Kar", .help = tr("Nơi đơn vị cũ trực thuộc; cần khi trùng tên.")},
        {.code = "hinh_thuc", .label = tr("Hình thức"), .holds = ImportHolds::choice, .other_headings = {"Cách sắp xếp", "Phương án"}, .choices = forms(), .help = tr("Để trống thì suy từ các dòng.")},
        {.code = "don_vi_moi", .label = tr("Đơn vị mới"), .other_headings = {"Tên mới", "Tổ chức mới", "Đơn vị sau sắp xếp", "Chi hội mới", "Thôn mới"}, .example = "Chi hội Thôn 9", .help = tr("Để trống khi giải thể.")},
        {.code = "xa_moi", .label = tr("Xã mới"), .other_headings = {"Thuộc xã mới", "Cấp trên mới", "Về xã"}, .help = tr("Khi đơn vị mới thuộc xã khác.")},
        {.code = "ghi_chu", .label = tr("Ghi chú"), .other_headings = {"Lý do"}},
    };
  }

  struct Plan : ImportPlan {
    std::vector<DraftAct> acts;
    std::vector<std::size_t> act_of_row;
  };

  std::unique_ptr<ImportPlan> judge(db::Reader& reader, const ImportContext& context, const ImportRows& rows) const override {
    const Day day = context.options.day("ngay").value_or(context.viewer.today());
    auto waiting = restructure_sql::open_drafts(reader);
    std::erase_if(waiting, [&](const RestructureDraft& draft) { return draft.unit != context.body; });
    ListReading reading(context, rows, day, waiting);
    auto plan = std::make_unique<Plan>();
    std::map<BodyAct::Kind, std::size_t> counts;
    for (const auto& act : reading.acts) ++counts[act.kind];
    for (const auto& [kind, count] : counts) plan->totals.push_back({act_label_of(kind), std::to_string(count)});
    plan->rows = std::move(reading.judged);
    plan->acts = std::move(reading.acts);
    plan->act_of_row = std::move(reading.act_of_row);
    return plan;
  }

  Result<Done> write(db::Writer& writer, const ImportContext& context, const ImportRows& rows, ImportPlan& given, std::span<const std::size_t> chosen, ImportId batch) const override {
    auto& plan = static_cast<Plan&>(given);
    // an act is taken when all its rows are, and what it refers to is taken, too
    std::vector<std::size_t> wanted(plan.acts.size()), has(plan.acts.size());
    for (const auto act : plan.act_of_row)
      if (act != ListReading::none) ++wanted[act];
    for (const auto row : chosen)
      if (plan.act_of_row[row] != ListReading::none) ++has[plan.act_of_row[row]];
    std::vector<char> taken(plan.acts.size());
    for (std::size_t i = 0; i < taken.size(); ++i) taken[i] = wanted[i] > 0 && wanted[i] == has[i];
    for (bool again = true; again;) {
      again = false;
      for (std::size_t i = 0; i < taken.size(); ++i)
        for (const auto& ref : plan.acts[i].successors)
          if (taken[i] && ref.act != 0 && !taken[static_cast<std::size_t>(ref.act - 1)]) taken[i] = 0, again = true;
    }
    const auto chosen_draft = context.options.text("ban_nhap");
    std::optional<RestructureDraft> draft;
    if (const auto ref = DraftRef::parse(chosen_draft)) draft = restructure_sql::draft(writer, DraftId{ref->body.value});
    if (chosen_draft != new_draft && (!draft || draft->unit != context.body || draft->state != RestructureDraft::State::open))
      return refuse("restructure_list.draft", tr("Bản nháp đã chọn không còn; xin chọn bản khác hoặc lập bản mới."));
    const bool fresh = !draft;
    if (fresh) {
      draft.emplace();
      draft->id = house_.store.new_id<DraftId>();
      draft->unit = context.body;
      draft->by = context.viewer.user();
      draft->created_ms = house_.clock.now_ms();
      draft->issuer = house_.organisation.current()->body(context.body).on(context.viewer.today()).name;
    }
    draft->changed_ms = house_.clock.now_ms();
    draft->day = context.options.day("ngay").value_or(context.viewer.today()).text();
    const auto offset = draft->next_number() - 1;
    const auto moved = [&](DraftRef ref) {
      if (ref.act != 0) ref.act += offset;
      return ref;
    };
    std::size_t added = 0;
    for (std::size_t i = 0; i < plan.acts.size(); ++i) {
      if (!taken[i]) continue;
      auto act = plan.acts[i];
      act.number += offset;
      act.list = batch.value;
      for (auto& ref : act.successors) ref = moved(ref);
      for (auto& [branch, part] : act.branches) part = moved(part);
      draft->acts.push_back(std::move(act));
      ++added;
    }
    if (fresh) restructure_sql::insert_draft(writer, *draft);
    else if (!restructure_sql::update_draft(writer, *draft)) return refuse("draft.stale", tr("Bản nháp vừa được người khác sửa. Xin đọc lại danh sách."));
    Done done;
    for (const auto row : chosen)
      if (plan.act_of_row[row] != ListReading::none && taken[plan.act_of_row[row]]) done.written.push_back({rows.number(row), ImportVerdict::added, draft->id.value, {}});
    done.summary = tr(Language::vietnamese, "Đưa {} việc sắp xếp từ danh sách vào bản nháp", added);
    return done;
  }

  Result<std::string> undo(db::Writer& writer, const ImportContext&, const ImportRecord& import, std::span<const ImportWritten> written) const override {
    if (written.empty()) return tr(Language::vietnamese, "Bỏ danh sách sắp xếp");
    auto draft = restructure_sql::draft(writer, DraftId{written.front().record});
    if (!draft || draft->state == RestructureDraft::State::dropped) return tr(Language::vietnamese, "Bỏ danh sách sắp xếp; bản nháp đã bỏ từ trước");
    if (draft->state == RestructureDraft::State::applied)
      return refuse("restructure_list.applied", tr("Bản nháp có danh sách này đã được thực hiện. Xin khôi phục đợt sắp xếp đó trước."));
    const auto before = draft->acts.size();
    std::erase_if(draft->acts, [&](const DraftAct& act) { return act.list == import.id.value; });
    for (const auto& act : draft->acts) {
      const auto lost = [&](const DraftRef& ref) { return ref.act != 0 && draft->act(ref.act) == nullptr; };
      if (std::ranges::any_of(act.successors, lost) || lost(act.superior) || std::ranges::any_of(act.opened, [&](const DraftBody& one) { return lost(one.superior); }))
        return refuse("restructure_list.depends", tr("Trong bản nháp còn việc khác dùng tổ chức mở trong danh sách này. Xin bỏ việc đó trước."));
    }
    draft->changed_ms = house_.clock.now_ms();
    restructure_sql::update_draft(writer, *draft);
    return tr(Language::vietnamese, "Bỏ {} việc của danh sách khỏi bản nháp", before - draft->acts.size());
  }

 private:
  static std::string act_label_of(BodyAct::Kind kind) { return act_label(kind); }
  static std::vector<ImportChoice> forms() {
    return {{"hop-nhat", tr("Hợp nhất"), {"Gộp", "Hợp nhất lập mới"}}, {"sap-nhap", tr("Sáp nhập"), {"Nhập vào", "Nhập", "Sáp nhập vào"}}, {"chia-tach", tr("Chia tách"), {"Chia", "Tách"}},
            {"giai-the", tr("Giải thể"), {"Kết thúc", "Thôi hoạt động"}}, {"doi-ten", tr("Đổi tên"), {}}, {"chuyen", tr("Chuyển cấp trên"), {"Chuyển", "Điều chuyển"}},
            {"thanh-lap", tr("Thành lập"), {"Thành lập mới", "Lập mới"}}, {"giu-nguyen", tr("Giữ nguyên"), {"Không đổi", "Không thay đổi"}}};
  }
  std::vector<RestructureDraft> drafts(const ImportContext& context) const {
    auto out = house_.store.read([](db::Reader& reader) { return restructure_sql::open_drafts(reader); });
    std::erase_if(out, [&](const RestructureDraft& draft) { return draft.unit != context.body; });
    return out;
  }
  House& house_;
};

}  // namespace

std::unique_ptr<ImportKind> restructure_import(House& house) { return std::make_unique<RestructureListKind>(house); }

}  // namespace khuyenhoc
