#include <chrono>

#include <boost/json.hpp>

#include "base/i18n.h"
#include "base/number.h"
#include "base/slice_size.h"
#include "body_lists/body_lists.h"
#include "body_lists/body_lists_queries.h"
#include "body_lists/judging.h"
#include "body_lists/list_columns.h"
#include "organisation/contacts_in_bulk.h"

namespace khuyenhoc {
namespace body_lists {
namespace {

namespace json = boost::json;

constexpr std::size_t rows_in_a_slice = 400;

std::string json_of(const Contact& before) { return json::serialize(json::object{{"head", before.head_name}, {"telephone", before.telephone}, {"version", before.row_version}}); }

// What contacts were, each with the version that the list left: they go back to it unless somebody has changed them since.
std::vector<Contact> contacts_before(std::span<const ImportWritten> written) {
  std::vector<Contact> out;
  for (const ImportWritten& row : written) {
    if (row.verdict != ImportVerdict::changed) continue;
    const json::value before = json::parse(row.before);
    out.push_back({BodyId{row.record}, std::string(before.at("head").as_string()), std::string(before.at("telephone").as_string()), before.at("version").as_int64() + 1});
  }
  return out;
}

// Nobody has changed one of these contacts since they were read; else the sentence says whose.
template <class Say>
Result<void> contacts_still(const ImportContext& context, StagedContacts& contacts, Say say) {
  if (contacts.size() == 0) return {};
  const auto overtaken = context.house.store.read([&](db::Reader& reader) { return contacts.prepare(reader); });
  if (!overtaken) return {};
  return refuse("body_list.contact_changed", say(context.house.organisation.current()->body(*overtaken).on(context.viewer.today()).name));
}

class Undo : public ImportUndo {
 public:
  Undo(const ImportContext& context, const ImportRecord& import, std::span<const ImportWritten> written) : context_(context), import_(import), written_(written) {}

  Result<void> prepare() override {
    auto ready = contacts_ready();
    if (ready) ready = bodies_ready();
    if (!ready) leave();
    return ready;
  }
  Result<std::string> carry_out(db::Writer& writer) override {
    std::size_t bodies = 0;
    if (back_) {
      const auto count = back_->carry_out(writer);
      if (!count) return std::unexpected(count.error());
      bodies = *count;
    }
    const std::size_t contacts = contacts_ ? contacts_->size() : 0;
    if (contacts > 0)
      if (auto given_back = contacts_->appear(writer); !given_back) return std::unexpected(given_back.error());
    return tr(Language::vietnamese, "Khôi phục như cũ lần nhập tệp “{}”: bỏ {} tổ chức, trả lại {} người liên hệ", import_.file_name, bodies, contacts);
  }
  void leave() override {
    if (back_) back_->leave();
    back_.reset();
    if (contacts_ && contacts_->size() > 0) contacts_->discard();
    contacts_.reset();
  }

 private:
  Result<void> contacts_ready() {
    House& house = context_.house;
    contacts_.emplace(house.store, house.keys, house.clock);
    if (auto gathered = contacts_->gather(contacts_before(written_)); !gathered) return gathered;
    SliceSize slice(rows_in_a_slice);
    for (std::size_t at = 0; at < contacts_->size();) {
      const std::size_t count = std::min(slice.now(), contacts_->size() - at);
      std::chrono::nanoseconds taken{};
      house.store.write([&](db::Writer& writer) {
        const auto began = std::chrono::steady_clock::now();
        contacts_->stage(writer, at, count);
        taken = std::chrono::steady_clock::now() - began;
      });
      at += count;
      slice.took(taken);
    }
    return contacts_still(context_, *contacts_, [&](const std::string& name) { return tr("Người liên hệ của {} đã được sửa sau lần nhập này, nên không khôi phục được.", name); });
  }
  Result<void> bodies_ready() {
    House& house = context_.house;
    const auto batch = house.store.read([&](db::Reader& reader) { return batch_of_source(reader, import_.id.value); });
    if (!batch) return {};
    back_.emplace(house.organisation, house.clock, *batch);
    const OrganisationView names = house.organisation.current();
    return back_->prepare([&, names](db::Reader& reader, std::span<const BodyId> bodies) -> Result<void> {
      for (const BodyId body : bodies)
        if (const auto what = what_depends(reader, body)) {
          const std::string& name = names->body(body).versions.back().name;
          return refuse("body_list.depends", *what == Depends::figures ? tr("{} đã có số liệu, nên không khôi phục được. Xin bỏ số liệu ấy trước.", name)
                                                                       : tr("{} đã có người được cấp tài khoản, nên không khôi phục được. Xin bỏ phân công ấy trước.", name));
        }
      return {};
    });
  }

  const ImportContext& context_;
  const ImportRecord& import_;
  std::span<const ImportWritten> written_;
  std::optional<BatchTakingBack> back_;
  std::optional<StagedContacts> contacts_;
};

class Kind : public ImportKind {
 public:
  std::string_view code() const override { return "to-chuc"; }
  Permission needs() const override { return Permission::keep_bodies; }
  MenuItem section() const override { return MenuItem::organisation; }
  std::string title() const override { return tr("Nhập danh sách tổ chức từ Excel"); }
  std::string explanation(const ImportContext&) const override {
    return tr("Danh sách Hội Khuyến học xã, phường, chi hội, ban: mỗi dòng một tổ chức, có tên, loại, xã phường, người đứng đầu, điện thoại. Tổ chức đã có được nhận ra; tổ chức chưa có được lập mới.");
  }
  std::string way_back(BodyId body) const override { return fmt::format("/to-chuc/{}", body.value); }
  Result<void> offered(const ImportContext& context) const override {
    const OrganisationView organisation = context.house.organisation.current();
    const BodyKind& above = organisation->kind(context.body);
    if (above.system == hkh && !kinds_below(context.house.organisation.systems(), above, context.viewer.today()).empty()) return {};
    return refuse("body_list.nothing_below", tr("{} không có tổ chức trực thuộc nên không nhập danh sách tổ chức được.", organisation->body(context.body).on(context.viewer.today()).name));
  }
  // The first list of an office is of bodies that have been there as long as the office itself.
  std::vector<ImportField> options(const ImportContext& context) const override {
    const Organisation& organisation = *context.viewer.organisation();
    const Day today = context.viewer.today();
    return body_lists::options(organisation.directly_below(context.body, today).empty() ? organisation.body(context.body).born : today);
  }
  std::vector<std::pair<std::string, std::string>> check_options(const ImportContext& context) const override {
    if (context.options.day("tu-ngay").value_or(Day::earliest()) > context.viewer.today()) return {{"tu-ngay", tr("Ngày thành lập chưa đến. Xin ghi hôm nay hoặc một ngày đã qua.")}};
    return {};
  }
  std::vector<ImportColumn> columns(const ImportContext& context) const override {
    return body_lists::columns(context.house.organisation.systems(), context.house.organisation.current()->kind(context.body));
  }
  std::vector<std::pair<std::string, std::vector<std::vector<std::string>>>> template_lists(const ImportContext& context) const override {
    const OrganisationView organisation = context.house.organisation.current();
    const Territory& territory = organisation->territory();
    const Day today = context.viewer.today();
    std::vector<std::vector<std::string>> kinds{{tr("Loại tổ chức")}}, communes{{tr("Mã xã"), tr("Xã, phường")}};
    for (const BodyKind* kind : kinds_below(context.house.organisation.systems(), organisation->kind(context.body), today)) kinds.push_back({label_of(*kind)});
    const UnitId area = organisation->body(context.body).on(today).area;
    if (const Unit* unit = territory.find(area); unit != nullptr && unit->level == UnitLevel::province)
      for (const UnitId child : territory.children(area, today)) communes.push_back({territory.unit(child).on(today).code, territory.unit(child).full_name(today)});
    std::vector<std::pair<std::string, std::vector<std::vector<std::string>>>> out{{tr("Loại tổ chức"), std::move(kinds)}};
    if (communes.size() > 1) out.emplace_back(tr("Xã, phường"), std::move(communes));
    return out;
  }
  std::string stamp(db::Reader& reader, const ImportContext& context) const override {
    return fmt::format("{}|{}|{}|{}", changes_of_contacts(reader), context.house.organisation.current()->version(), context.house.territory.current()->version(), context.viewer.today().number());
  }
  std::unique_ptr<ImportPlan> judge(db::Reader& reader, const ImportContext& context, const ImportRows& rows) const override { return body_lists::judge(reader, context, rows); }

  std::size_t slice() const override { return rows_in_a_slice; }
  void discard(db::Writer& writer, ImportId batch) const override {
    give_up_staged(writer, batch.value);
    give_up_staged_contacts(writer, batch.value);
  }

  Result<void> before_staging(const ImportContext& context, const ImportRows& rows, ImportPlan& given, std::span<const std::size_t> chosen, ImportId batch) const override {
    Plan& plan = static_cast<Plan&>(given);
    plan.staged = std::make_unique<StagedBodies>(context.house.organisation, context.house.keys, context.house.clock, batch.value);
    plan.ids.assign(rows.size(), BodyId{});
    plan.first_chosen = chosen.data();
    plan.founded_before.assign(1, 0);
    plan.changed_before.assign(1, 0);
    sweep_contact_changes(context.house.store, context.house.clock, StagedContactsSweep::beside_others);
    plan.contacts = std::make_unique<StagedContacts>(context.house.store, context.house.keys, context.house.clock, batch.value);
    std::vector<Contact> contacts;
    for (const std::size_t row : chosen) {
      const RowPlan& does = plan.does[row];
      const bool founds = does.does == RowPlan::Does::founds, changes = does.does == RowPlan::Does::changes_contact;
      plan.ids[row] = founds ? plan.staged->new_id() : does.existing;
      plan.founded_before.push_back(plan.founded_before.back() + (founds ? 1 : 0));
      plan.changed_before.push_back(plan.changed_before.back() + (changes ? 1 : 0));
      if (!changes) continue;
      contacts.push_back(does.after);
      contacts.back().row_version = does.before.row_version;
    }
    if (auto gathered = plan.contacts->gather(std::move(contacts)); !gathered) return gathered;
    std::vector<StagedBody> bodies;
    std::vector<std::size_t> row_of;
    for (const std::size_t row : chosen) {
      const RowPlan& does = plan.does[row];
      if (does.does != RowPlan::Does::founds) continue;
      StagedBody body{plan.ids[row], does.given, does.after.head_name, does.after.telephone};
      if (does.superior_row) body.given.superior = plan.ids[*does.superior_row];
      bodies.push_back(std::move(body));
      row_of.push_back(row);
    }
    const auto refused = plan.staged->gather(std::move(bodies));
    if (refused.empty()) return {};
    const auto& [place, why] = refused.front();
    return refuse("import.changed", tr("Dòng {}: {} Chưa ghi dòng nào.", rows.number(row_of[place]), why.message));
  }

  Result<std::vector<ImportWritten>> stage(db::Writer& writer, const ImportContext&, const ImportRows& rows, ImportPlan& given, std::span<const std::size_t> slice, ImportId) const override {
    Plan& plan = static_cast<Plan&>(given);
    const std::size_t at = static_cast<std::size_t>(slice.data() - plan.first_chosen);
    const std::size_t first = plan.founded_before[at], last = plan.founded_before[at + slice.size()];
    if (last > first)
      if (auto staged = plan.staged->stage(writer, first, last - first); !staged) return std::unexpected(staged.error());
    const std::size_t first_contact = plan.changed_before[at], last_contact = plan.changed_before[at + slice.size()];
    if (last_contact > first_contact) plan.contacts->stage(writer, first_contact, last_contact - first_contact);
    std::vector<ImportWritten> out;
    for (const std::size_t row : slice)
      out.push_back({rows.number(row), plan.rows[row].verdict, plan.ids[row].value, plan.does[row].does == RowPlan::Does::changes_contact ? json_of(plan.does[row].before) : std::string()});
    return out;
  }

  Result<void> before_appearing(const ImportContext& context, ImportPlan& given) const override {
    Plan& plan = static_cast<Plan&>(given);
    if (auto still = contacts_still(context, *plan.contacts, [](const std::string& name) { return tr("Người liên hệ của {} vừa được người khác sửa. Chưa ghi dòng nào; xin xem trước lại.", name); }); !still)
      return still;
    return plan.staged->size() == 0 ? Result<void>() : plan.staged->prepare();
  }

  Result<Done> write(db::Writer& writer, const ImportContext& context, const ImportRows&, ImportPlan& given, std::span<const std::size_t>, ImportId) const override {
    Plan& plan = static_cast<Plan&>(given);
    std::size_t founded = 0;
    const std::size_t contacts = plan.contacts->size();
    const auto again = [](const Refusal& why) { return why.code == "staged.again" ? refuse("import.again", why.message) : std::unexpected(why); };
    if (contacts > 0)
      if (auto appeared = plan.contacts->appear(writer); !appeared) return again(appeared.error());
    if (plan.staged->size() > 0) {
      const auto appeared = plan.staged->appear(writer);
      if (!appeared) return again(appeared.error());
      founded = appeared->bodies;
    }
    const std::string who = context.house.organisation.current()->body(context.body).on(context.viewer.today()).name;
    Done done;
    if (contacts == 0) done.summary = tr(Language::vietnamese, "Nhập danh sách tổ chức của {} từ tệp Excel: lập {} tổ chức", who, number_text(static_cast<std::int64_t>(founded)));
    else done.summary = tr(Language::vietnamese, "Nhập danh sách tổ chức của {} từ tệp Excel: lập {} tổ chức, sửa {} người liên hệ", who, number_text(static_cast<std::int64_t>(founded)), number_text(static_cast<std::int64_t>(contacts)));
    return done;
  }
  void give_up(ImportPlan& given) const override {
    Plan& plan = static_cast<Plan&>(given);
    if (plan.staged) plan.staged->discard();
    plan.staged.reset();
    if (plan.contacts && plan.contacts->size() > 0) plan.contacts->discard();
    plan.contacts.reset();
  }

  Result<std::string> undo(db::Writer& writer, const ImportContext& context, const ImportRecord& import, std::span<const ImportWritten> written) const override {
    return Undo(context, import, written).carry_out(writer);      // of a list that changed nothing; the wizard asks for prepared_undo()
  }
  std::unique_ptr<ImportUndo> prepared_undo(const ImportContext& context, const ImportRecord& import, std::span<const ImportWritten> written) const override {
    return std::make_unique<Undo>(context, import, written);
  }
};

}  // namespace
}  // namespace body_lists

std::unique_ptr<ImportKind> body_lists_import(House&) { return std::make_unique<body_lists::Kind>(); }

}  // namespace khuyenhoc
