#include "starting/first_run.h"

#include <algorithm>

#include <boost/json.hpp>

#include "access/appointments.h"
#include "base/text.h"
#include "organisation/contacts.h"
#include "organisation/in_charge.h"
#include "starting/first_run_queries.h"
#include "starting/starting.h"

namespace khuyenhoc {

namespace json = boost::json;

Result<std::optional<std::string>> open_first_run(House& house) {
  if (house.store.read([](db::Reader& reader) { return has_accounts(reader); })) return std::optional<std::string>();
  if (!house.territory.current()->country()) {
    const auto framed = house.store.write([&](db::Writer& writer) { return house.territory.install_frame(writer); });
    // another server of the same database may have been first
    if (!framed && framed.error().code != "territory.not_empty") return std::unexpected(framed.error());
    if (!framed) house.store.read([&](db::Reader& reader) { house.territory.refresh(reader); });
  }
  constexpr std::size_t letters = 12;
  const std::string code = crypto::readable_code(letters);
  const auto digest = house.keys.token_key_digest(code);
  house.store.write([&](db::Writer& writer) { starting_sql::keep_code(writer, db::Blob(digest.begin(), digest.end()), house.clock.now_ms()); });
  return std::optional(code);
}

std::string first_run_address(const std::string& address, int port, const std::string& code) {
  const bool everywhere = address.empty() || address == "0.0.0.0" || address == "::";
  const std::string host = everywhere ? "127.0.0.1" : address.find(':') != std::string::npos ? "[" + address + "]" : address;
  return fmt::format("http://{}:{}{}", host, port, Url("/bat-dau").with("ma", code).text());
}

namespace starting {
namespace {

// Quyết định thành lập Hội Khuyến học Việt Nam: the association was founded on 2 October 1996.
Day centre_founded() { return Day::of(1996, 10, 2); }
constexpr std::string_view centre_name = "Trung ương Hội Khuyến học Việt Nam";
constexpr std::string_view centre_short_name = "Trung ương Hội";

constexpr std::array<std::pair<OfficeLevel, std::string_view>, 4> office_words{
    {{OfficeLevel::centre, "trung-uong"}, {OfficeLevel::province, "tinh"}, {OfficeLevel::commune, "xa"}, {OfficeLevel::institution, "don-vi"}}};

std::string_view kind_of(OfficeLevel office) {
  switch (office) {
    case OfficeLevel::centre: return "trung_uong";
    case OfficeLevel::province: return "tinh_hoi";
    case OfficeLevel::commune: return "hoi_co_so";
    case OfficeLevel::institution: break;
  }
  return "hoi_co_so_don_vi";
}

std::string association_of(const Unit& unit, Day day) { return "Hội Khuyến học " + unit.on(day).running_name(); }

// An office that began before the reform goes on in the area of today from its first day on.
Day area_begins(const Unit& unit) { return std::max(unit.born, centre_founded()); }
Day proposed_day(const Unit& unit) { return std::max(unit.born, reform_day()); }

Refusal used_up() { return {"first_run.accounts", tr("Chương trình này đã có người dùng đầu tiên. Xin đăng nhập bằng số điện thoại; người mới xin liên hệ người ấy để được cấp phiếu."), {}}; }
Refusal wrong_code() { return {"first_run.code", tr("Mã bắt đầu chưa đúng. Xin mở đúng địa chỉ chương trình in ra khi chạy."), {}}; }

db::Blob digest_of(const House& house, std::string_view code) {
  const auto digest = house.keys.token_key_digest(code);
  return {digest.begin(), digest.end()};
}

class Founding {
 public:
  Founding(House& house, db::Writer& writer, const FirstOfficeForm& form, Day born)
      : house_(house), writer_(writer), form_(form), born_(born), now_(house.organisation.current()), land_(house.territory.current()),
        changes_(house.organisation, writer, [this](db::Writer&, const ChangeNote& note) { keep_note(note); }, house.clock.now_ms()) {}

  Result<BodyId> office() {
    const auto centre = centre_or_new();
    if (!centre || form_.office == OfficeLevel::centre) return centre;
    const Unit& unit = land_->unit(form_.unit);
    const UnitId province = land_->ancestor(form_.unit, UnitLevel::province, house_.clock.today());
    const auto province_body = association(province, *centre, form_.office == OfficeLevel::province ? born_ : std::max(land_->unit(province).born, std::min(born_, reform_day())));
    if (!province_body || form_.office == OfficeLevel::province) return province_body;
    if (form_.office == OfficeLevel::commune) return association(unit.id, *province_body, born_);
    return found({std::string(kind_of(OfficeLevel::institution)), normalised(form_.name), {}, *province_body, province, born_, {}, {}});
  }
  Result<std::int64_t> communes_below(BodyId province) {
    std::int64_t made = 0;
    const auto above = changes_.body(province);
    if (!above) return std::unexpected(above.error());
    for (const UnitId commune : form_.communes) {
      if (association_in_charge(*now_, commune, house_.clock.today())) continue;
      const auto body = association(commune, province, std::max({born_, above->born, land_->unit(commune).born}));
      if (!body) return std::unexpected(body.error());
      ++made;
    }
    return made;
  }
  // What was founded, told to the trail under the name of whoever did it.
  void tell(UserId user) {
    for (auto& [entry, name] : notes_) {
      entry.user = user;
      house_.trail.write(writer_, entry);
    }
  }

 private:
  Result<BodyId> centre_or_new() {
    const BodyId known = now_->head(hkh, house_.clock.today());
    if (known) return known;
    const Day born = form_.office == OfficeLevel::centre ? born_ : std::min(born_, centre_founded());
    return found({"trung_uong", std::string(centre_name), std::string(centre_short_name), {}, land_->country(), born, {}, {}});
  }
  Result<BodyId> association(UnitId unit_id, BodyId superior, Day born) {
    if (const BodyId known = association_in_charge(*now_, unit_id, house_.clock.today())) return known;
    const Unit& unit = land_->unit(unit_id);
    const Day today = house_.clock.today();
    return found({std::string(unit.level == UnitLevel::province ? kind_of(OfficeLevel::province) : kind_of(OfficeLevel::commune)), association_of(unit, today), unit.full_name(today), superior,
                  unit_id, born, {}, {}});
  }
  Result<BodyId> found(const NewBody& body) { return changes_.found(body); }
  void keep_note(const ChangeNote& note) {
    AuditEntry entry;
    entry.body = note.body;
    entry.noun = note.noun;
    entry.record = note.record;
    entry.action = note.action;
    json::object after = json::parse(note.after_json).as_object();
    const std::string name = changes_note_name(after);
    after["summary"] = tr(Language::vietnamese, "Bắt đầu sử dụng: ghi {} vào sổ", name);
    entry.after_json = json::serialize(after);
    notes_.emplace_back(std::move(entry), name);
  }
  static std::string changes_note_name(const json::object& body) {
    const json::value* versions = body.if_contains("versions");
    if (versions == nullptr || !versions->is_array() || versions->as_array().empty()) return tr(Language::vietnamese, "tổ chức");
    const json::value& last = versions->as_array().back();
    const json::value* name = last.is_object() ? last.as_object().if_contains("name") : nullptr;
    return name != nullptr && name->is_string() ? std::string(name->as_string()) : tr(Language::vietnamese, "tổ chức");
  }

  House& house_;
  db::Writer& writer_;
  const FirstOfficeForm& form_;
  Day born_;
  OrganisationView now_;
  TerritoryView land_;
  std::vector<std::pair<AuditEntry, std::string>> notes_;
  OrganisationChanges changes_;
};

void check_office(const House& house, FirstOfficeForm& form, std::optional<Day>& born) {
  const auto land = house.territory.current();
  const Day today = house.clock.today();
  if (form.office == OfficeLevel::institution) {
    if (normalised(form.name).empty()) form.errors.emplace_back("name", tr("Xin ghi tên Hội, ví dụ Hội Khuyến học Trường Đại học Tây Nguyên."));
    else if (count_characters(normalised(form.name)) > 200) form.errors.emplace_back("name", tr("Tên Hội dài quá 200 chữ; xin rút gọn lại."));
  }
  const auto typed = Day::parse(form.born);
  if (normalised(form.born).empty()) form.errors.emplace_back("born", tr("Xin ghi ngày, ví dụ 01/7/2025."));
  else if (!typed) form.errors.emplace_back("born", typed.error().message);
  else if (*typed > today) form.errors.emplace_back("born", tr("Ngày này chưa đến. Xin ghi hôm nay hoặc một ngày đã qua."));
  else if (*typed < centre_founded()) form.errors.emplace_back("born", tr("Hội Khuyến học Việt Nam thành lập ngày {}. Xin ghi từ ngày ấy trở đi.", centre_founded().text()));
  else {
    for (UnitId unit = form.unit; unit; unit = land->parent(unit, today)) {
      const Unit& area = land->unit(unit);
      if (*typed >= area_begins(area)) continue;
      form.errors.emplace_back("born", tr("{} theo địa giới hiện nay có từ ngày {}. Xin ghi từ ngày ấy trở đi; những năm trước được nhập sau, theo địa giới khi đó.", area.full_name(today),
                                          area.born.text()));
      return;
    }
    born = *typed;
  }
}

void check_officer(FirstOfficeForm& form) {
  if (std::ranges::find(salutations(), form.salutation) == salutations().end()) form.errors.emplace_back("salutation", tr("Xin chọn cách xưng hô."));
  const std::string name = normalised(form.person_name);
  if (name.empty()) form.errors.emplace_back("person_name", tr("Xin ghi họ và tên."));
  else if (count_characters(name) > 80) form.errors.emplace_back("person_name", tr("Họ và tên dài quá 80 ký tự. Xin xem lại."));
  const auto posts = first_posts();
  if (std::ranges::find(posts, form.post, &PostKind::code) == posts.end()) form.errors.emplace_back("post", tr("Xin chọn chức vụ trong danh sách."));
  const auto telephone = normalised_telephone(form.telephone);
  if (!telephone) form.errors.emplace_back("telephone", telephone.error().message);
  if (const auto good = acceptable_password(form.password, telephone ? *telephone : std::string()); !good) form.errors.emplace_back("password", good.error().message);
  else if (form.password != form.again) form.errors.emplace_back("again", tr("Hai lần ghi mật khẩu chưa giống nhau."));
}

// Nobody stands above who could give more, and only what one holds can be handed out: whoever begins may do everything, so that the chairmen of the office and of
// those below it get their accounts. Who signs a paper follows from posts all the same.
NewUser first_user(const FirstOfficeForm& form, const PostKind& post, BodyId office, Day today) {
  NewUser user;
  user.telephone = form.telephone;
  user.salutation = form.salutation;
  user.name = form.person_name;
  user.from = today;
  const auto of_post = usual_permissions(post);
  for (auto number = first_permission; number <= last_permission; ++number) {
    const auto permission = static_cast<Permission>(number);
    if (std::ranges::find(of_post, permission) != of_post.end()) continue;
    user.grants.push_back({permission, Grant::Reach::subtree, {office}});
  }
  return user;
}

Result<void> settle_officer(House& house, db::Writer& writer, const FirstOfficeForm& form, BodyId office, UserId user, const std::string& name, const std::string& post_label) {
  const auto tell = [&](db::Writer& last, const ChangeNote& note) {
    AuditEntry entry;
    entry.user = user;
    entry.body = note.body;
    entry.noun = note.noun;
    entry.record = note.record;
    entry.action = note.action;
    entry.before_json = note.before_json;
    // the sentences name no person: personal fields travel apart in the trail
    json::object after = note.after_json.empty() ? json::object() : json::parse(note.after_json).as_object();
    after["summary"] = note.noun == "contact" ? tr(Language::vietnamese, "Cập nhật người liên hệ và số điện thoại của {}", name)
                                              : tr(Language::vietnamese, "Ghi người giữ chức vụ {} của {}", post_label, name);
    entry.after_json = json::serialize(after);
    std::optional<Personal> personal;
    if (!note.personal_json.empty()) personal = Personal{entry.noun, note.record, note.personal_json};
    house.trail.write(last, std::move(entry), personal);
  };
  const Day today = house.clock.today();
  PostHolding holding;
  holding.body = office;
  holding.post = form.post;
  holding.person_name = normalised(form.person_name);
  holding.user = user;
  holding.from = today;
  if (auto held = appoint_with_access(house.store, writer, Giver::program(), tell, {holding, {}, {}}); !held) return std::unexpected(held.error());
  const auto known = contact(writer, house.keys, office);
  if (!known) {
    if (auto kept = keep_contact(writer, house.keys, tell, {office, form.person_name, form.telephone, 0}); !kept) return kept;
  }
  AuditEntry entry;
  entry.user = user;
  entry.body = office;
  entry.noun = "user";
  entry.record = user.value;
  entry.action = "create";
  entry.after_json = json::serialize(json::object{{"summary", tr(Language::vietnamese, "Bắt đầu sử dụng tại {}: tài khoản đầu tiên, chức vụ {}", name, post_label)}});
  house.trail.write(writer, std::move(entry));
  return {};
}

}  // namespace

std::string_view office_word(OfficeLevel office) {
  for (const auto& [one, word] : office_words)
    if (one == office) return word;
  return {};
}

std::optional<OfficeLevel> office_from_word(std::string_view word) {
  for (const auto& [one, known] : office_words)
    if (known == word) return one;
  return std::nullopt;
}

std::string FirstOfficeForm::error_of(std::string_view field) const {
  for (const auto& [place, message] : errors)
    if (place == field) return message;
  return {};
}

std::vector<const PostKind*> first_posts() {
  std::vector<const PostKind*> out;
  for (const PostKind& kind : Posts::house().kinds()) {
    const auto brings = [&](Permission permission) { return std::ranges::find(kind.permissions, permission_code(permission)) != kind.permissions.end(); };
    if (brings(Permission::keep_bodies) && brings(Permission::manage_users)) out.push_back(&kind);
  }
  return out;
}

const std::array<std::string_view, salutation_count>& salutations() {
  static constexpr std::array<std::string_view, salutation_count> known{"Ông", "Bà", "Anh", "Chị"};
  return known;
}

std::vector<UnitChoice> provinces_found(const Territory& territory, Day today, std::string_view typed) {
  std::vector<UnitChoice> out;
  const std::string sought = folded(typed);
  for (const UnitId id : territory.units(UnitLevel::province, today)) {
    const Unit& unit = territory.unit(id);
    // who remembers the old province finds the one it became
    std::string before;
    bool fits = folded(unit.full_name(today)).find(sought) != std::string::npos;
    for (const UnitId old : territory.predecessors(id)) {
      const std::string name = territory.unit(old).full_name(today);
      if (old == id || name == unit.full_name(today)) continue;
      before += (before.empty() ? "" : ", ") + territory.unit(old).on(today).running_name();
      if (folded(name).find(sought) != std::string::npos) fits = true;
    }
    if (!fits) continue;
    const auto communes = territory.children(id, today).size();
    out.push_back({id, unit.full_name(today), before.empty() ? tr("{} xã, phường, đặc khu", communes) : tr("{} xã, phường, đặc khu; gồm cả {} trước đây", communes, before)});
  }
  std::ranges::sort(out, {}, [&](const UnitChoice& one) { return sort_key(territory.unit(one.unit).on(today).name); });
  return out;
}

std::vector<UnitChoice> communes_found(const Territory& territory, Day today, UnitId province, std::string_view typed) {
  constexpr std::size_t most = 60;
  std::vector<UnitChoice> out;
  const std::string sought = folded(typed);
  if (province) {
    for (const UnitId id : territory.children(province, today))
      if (folded(territory.unit(id).full_name(today)).find(sought) != std::string::npos) out.push_back({id, territory.unit(id).full_name(today), {}});
    std::ranges::sort(out, {}, [&](const UnitChoice& one) { return sort_key(territory.unit(one.unit).on(today).name); });
    return out;
  }
  if (sought.empty()) return out;
  for (const UnitId id : territory.search(typed, today, most, [&](UnitId unit) { return territory.unit(unit).level == UnitLevel::commune && territory.unit(unit).alive(today); }))
    out.push_back({id, territory.unit(id).full_name(today), territory.unit(territory.ancestor(id, UnitLevel::province, today)).on(today).running_name()});
  return out;
}

std::string office_name(const Territory& territory, OfficeLevel office, UnitId unit, Day today) {
  if (office == OfficeLevel::centre) return std::string(centre_name);
  return office == OfficeLevel::institution ? std::string() : association_of(territory.unit(unit), today);
}

std::vector<std::string> founded_above(const House& house, OfficeLevel office, UnitId unit) {
  const auto now = house.organisation.current();
  const auto land = house.territory.current();
  const Day today = house.clock.today();
  std::vector<std::string> out;
  if (office == OfficeLevel::centre) return out;
  if (!now->head(hkh, today)) out.emplace_back(centre_name);
  if (office == OfficeLevel::province) return out;
  const UnitId province = land->ancestor(unit, UnitLevel::province, today);
  if (!association_in_charge(*now, province, today)) out.push_back(association_of(land->unit(province), today));
  return out;
}

FirstOfficeForm first_form(const Territory& territory, OfficeLevel office, UnitId unit, Day today) {
  FirstOfficeForm form;
  form.office = office;
  form.unit = unit;
  form.born = (office == OfficeLevel::centre ? centre_founded() : std::min(today, proposed_day(territory.unit(unit)))).text();
  if (office == OfficeLevel::province) {
    form.found_communes = true;
    form.communes = territory.children(unit, today);
  }
  return form;
}

bool code_fits(House& house, std::string_view code) {
  if (code.empty() || code.size() > 64) return false;
  return house.store.read([&](db::Reader& reader) { return starting_sql::has_code(reader, digest_of(house, code)); });
}

Result<Begun> begin_first_office(House& house, std::string_view code, FirstOfficeForm& form) {
  form.errors.clear();
  std::optional<Day> born;
  check_office(house, form, born);
  check_officer(form);
  if (!form.errors.empty() || !born) return refuse("first_run.fields", tr("Còn chỗ cần sửa."));
  const auto hashed = house.users.hash(form.password);
  if (!hashed) return std::unexpected(hashed.error());
  const auto land = house.territory.current();
  const Day today = house.clock.today();
  const PostKind& post = *Posts::house().find(form.post);
  const std::string name = form.office == OfficeLevel::institution ? normalised(form.name) : office_name(*land, form.office, form.unit, today);
  auto begun = house.store.write([&](db::Writer& writer) -> Result<Begun> {
    if (has_accounts(writer)) return std::unexpected(used_up());
    if (!starting_sql::has_code(writer, digest_of(house, code))) return std::unexpected(wrong_code());
    Founding founding(house, writer, form, *born);
    const auto office = founding.office();
    if (!office) return std::unexpected(office.error());
    Begun out;
    if (form.office == OfficeLevel::province && form.found_communes) {
      const auto communes = founding.communes_below(*office);
      if (!communes) return std::unexpected(communes.error());
      out.communes = *communes;
    }
    const auto user = house.users.add(writer, first_user(form, post, *office, today), *hashed);
    if (!user) return std::unexpected(user.error());
    founding.tell(*user);
    if (auto settled = settle_officer(house, writer, form, *office, *user, name, post.label_vi); !settled) return std::unexpected(settled.error());
    starting_sql::begin_office(writer, *office, *user, house.clock.now_ms());
    starting_sql::forget_codes(writer);
    out.said = out.communes > 0 ? tr("Đã ghi {} và {} Hội Khuyến học xã, phường, đặc khu.", name, out.communes) : tr("Đã ghi {}.", name);
    return out;
  });
  if (!begun && begun.error().code != "first_run.code" && begun.error().code != "first_run.accounts") {
    // what the lower floors refuse still has its place in this form
    const std::string& place = begun.error().place;
    form.errors.emplace_back(place == "superior" || place == "area" || place.empty() || place == "from" ? "born" : place == "user" ? "telephone" : place, begun.error().message);
  }
  return begun;
}

}  // namespace starting
}  // namespace khuyenhoc
