#include <boost/json.hpp>

#include "base/i18n.h"
#include "base/telephone.h"
#include "base/text.h"
#include "directory/contact_people.h"

namespace khuyenhoc::directory {
namespace {

namespace json = boost::json;

constexpr std::size_t longest = 100;

crypto::Place place_of(std::int64_t person) { return {"body_contact_person", person, "telephone"}; }

std::string days_of(const ContactPerson& person, const std::string& summary) {
  json::object out{{"from", person.from.iso()}, {"until", person.until ? json::value(person.until->iso()) : json::value(nullptr)}};
  if (!summary.empty()) out["summary"] = summary;
  return json::serialize(out);
}

}  // namespace

constexpr std::string_view select_people =
    "SELECT id, body, person_name, task, telephone_sealed, from_day, until_day, row_version FROM body_contact_person WHERE body = $1 ORDER BY from_day DESC, id DESC";
std::vector<ContactPerson> contact_people(db::Reader& reader, const crypto::KeyRing& keys, BodyId body) {
  return reader.all(select_people, {body}, [&](const db::Row& row) {
    ContactPerson out{row.number(0), row.id<BodyId>(1), std::string(row.text(2)), std::string(row.text(3)), {}, row.day(5), row.maybe_day(6), row.number(7)};
    if (!row.is_null(4))
      if (const auto open = keys.unseal(place_of(out.id), row.bytes(4))) out.telephone.assign(reinterpret_cast<const char*>(open->data()), open->size());
    return out;
  });
}

constexpr std::string_view insert_person =
    "INSERT INTO body_contact_person (id, body, person_name, task, telephone_sealed, from_day, until_day, row_version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)";
Result<ContactPerson> add_contact_person(House& house, db::Writer& writer, const Viewer& viewer, ContactPerson given) {
  given.name = normalised(given.name);
  given.task = normalised(given.task);
  if (given.name.empty() || count_characters(given.name) > longest) return refuse("person.name", tr("Xin ghi họ và tên người liên hệ, không quá 100 chữ."), "contact_name");
  if (count_characters(given.task) > longest) return refuse("person.task", tr("Việc phụ trách dài quá 100 chữ; xin rút gọn."), "contact_task");
  const std::string typed = normalised(given.telephone);
  given.telephone.clear();
  if (!typed.empty()) {
    const auto digits = telephone_digits(typed);
    if (!digits) return refuse("person.telephone", tr("“{}” không phải là số điện thoại. Số di động có 10 chữ số, ví dụ 0912 345 678.", typed), "contact_telephone");
    given.telephone = *digits;
  }
  given.id = house.store.new_id();
  given.row_version = 1;
  db::Value sealed;
  if (!given.telephone.empty()) sealed = house.keys.seal(place_of(given.id), crypto::bytes_of(given.telephone));
  writer.run(insert_person, {given.id, given.body, given.name, given.task, sealed, given.from, given.until});
  const auto organisation = house.organisation.current();
  const Body* body = organisation->find(given.body);     // none while it is being founded in this very transaction
  const std::string summary = body != nullptr ? tr(Language::vietnamese, "Ghi thêm một người liên hệ của {}", body->on(given.from).name) : tr(Language::vietnamese, "Ghi người liên hệ của tổ chức mới");
  const Personal personal{"contact_person", given.id, json::serialize(json::object{{"after", json::object{{"name", given.name}, {"telephone", given.telephone}}}})};
  house.trail.write(writer, viewer, given.body, "contact_person", given.id, "add", {}, days_of(given, summary), {}, personal);
  return given;
}

constexpr std::string_view end_person = "UPDATE body_contact_person SET until_day = $2, row_version = row_version + 1 WHERE id = $1";
Result<void> end_contact_person(House& house, db::Writer& writer, const Viewer& viewer, BodyId body, std::int64_t id, Day first_day_gone, std::int64_t expected_version) {
  for (ContactPerson& person : contact_people(writer, house.keys, body)) {
    if (person.id != id) continue;
    if (person.row_version != expected_version || person.until) return refuse("person.stale", tr("Người liên hệ này vừa được người khác sửa. Xin xem lại rồi ghi tiếp."));
    if (first_day_gone < person.from) return refuse("person.days", tr("Ngày thôi liên hệ không được trước ngày bắt đầu."), "until");
    const std::string before = days_of(person, {});
    person.until = first_day_gone;
    writer.run(end_person, {id, first_day_gone});
    const std::string& name = house.organisation.current()->body(body).on(viewer.today()).name;
    house.trail.write(writer, viewer, body, "contact_person", id, "end", before, days_of(person, tr(Language::vietnamese, "Một người thôi là người liên hệ của {}, từ {}", name, first_day_gone.text())));
    return {};
  }
  return refuse("person.unknown", tr("Không tìm thấy người liên hệ này."));
}

}  // namespace khuyenhoc::directory
