#include "app/asked.h"
#include "app/command.h"
#include "app/commands.h"
#include "app/office_work.h"
#include "base/text.h"
#include "territory/tree_in_time.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

struct UserWords {
  CommandPlace where;
  std::string telephone, name, salutation = "Ông/Bà", unit, post = "thu_ky";
  Output output = Output::text;
};

int done(const Result<json::object>& outcome, Output output) {
  if (!outcome) return refused(outcome.error());
  json::object shown = *outcome;
  const std::string text = text_in(shown, "text");
  shown.erase("text");
  say(output == Output::json ? json::serialize(shown) + "\n" : text);
  return status_done;
}

int add(const UserWords& words) {
  return done(have_done(words.where, "user.add",
                        {{"telephone", words.telephone}, {"name", words.name}, {"salutation", words.salutation}, {"unit", words.unit}, {"post", words.post}}),
              words.output);
}

int reset(const UserWords& words) { return done(have_done(words.where, "user.reset", {{"telephone", words.telephone}}), words.output); }

// Those who act for the unit's association or a body below it; without a unit, everybody.
Result<Scope> scope_of(const House& house, const std::string& unit) {
  const OrganisationView organisation = house.organisation.current();
  const Day today = house.clock.today();
  std::vector<BodyId> tops;
  if (unit.empty()) {
    for (const Node root : organisation->superiors().roots(today)) tops.push_back(organisation->id(root));
  } else {
    AskedWords words;
    words.unit = unit;
    words.period = "2026";               // any: only the unit is asked
    const auto asked = ask(house, words);
    if (!asked) return std::unexpected(asked.error());
    if (const auto* body = std::get_if<BodyId>(&asked->question.subject)) tops = {*body};
    else tops = organisation->bodies_within(std::get<UnitId>(asked->question.subject), "HKH", today);
  }
  return Scope({{Permission::manage_users, Grant::Reach::list, std::move(tops)}}, organisation, today);
}

int list(const UserWords& words) {
  auto application = open_to_read(words.where);
  if (!application) return refused(application.error());
  House& house = (*application)->house();
  const auto scope = scope_of(house, words.unit);
  if (!scope) return refused(scope.error());
  const auto users = house.store.read([&](db::Reader& reader) { return house.users.list(reader, *scope); });
  const OrganisationView organisation = house.organisation.current();
  const Day today = house.clock.today();
  json::array rows;
  std::string text;
  for (const UserRow& user : users) {
    json::array units;
    std::string places;
    for (const ActingUnit& unit : user.units) {
      const Body* body = organisation->find(unit.body);
      if (body == nullptr) continue;
      units.push_back(json::object{{"unit", subject_code(*organisation, unit.body, today, today)}, {"body", unit.body.value}, {"label", body->on(today).name}, {"post", unit.post_title}});
      places += (places.empty() ? "" : "; ") + unit.post_title + ", " + body->on(today).name;
    }
    rows.push_back(json::object{{"name", user.name}, {"salutation", user.salutation}, {"telephone", user.telephone}, {"active", user.active}, {"units", std::move(units)}});
    text += fmt::format("{}  {}  {}{}\n", padded(user.telephone, 11, Align::left), padded(user.salutation + " " + user.name, 32, Align::left), places,
                        user.active ? "" : " (đã ngừng)");
  }
  say(words.output == Output::json ? json::serialize(json::object{{"users", std::move(rows)}}) + "\n" : text + fmt::format("{} tài khoản\n", users.size()));
  return status_done;
}

}  // namespace

void add_user_command(CLI::App& program, int& status) {
  auto words = std::make_shared<UserWords>();
  auto* command = program.add_subcommand("user", "tài khoản của người dùng: cấp, xem, cấp lại mã đăng nhập");
  command->require_subcommand(1);

  auto* adding = command->add_subcommand("add", "cấp tài khoản và in mã đăng nhập lần đầu");
  add_place(*adding, words->where);
  adding->add_option("TELEPHONE", words->telephone, "số điện thoại, dùng để đăng nhập")->required();
  adding->add_option("--name", words->name, "họ và tên")->required()->type_name("HỌ_TÊN");
  adding->add_option("--salutation", words->salutation, "Ông, Bà, Anh hoặc Chị")->type_name("CÁCH_GỌI")->capture_default_str();
  adding->add_option("--unit", words->unit, "đơn vị làm việc: 66/24490, hoặc hoi/SỐ cho chi hội, ban")->required()->type_name("MÃ");
  adding->add_option("--post", words->post, "chức danh, kèm quyền thường có: chu_tich, thu_ky, ke_toan, chi_hoi_truong…")->type_name("MÃ")->capture_default_str();
  add_json(*adding, words->output);
  adding->callback([words, &status] { status = add(*words); });

  auto* listing = command->add_subcommand("list", "xem các tài khoản, theo tên");
  add_place(*listing, words->where);
  listing->add_option("--unit", words->unit, "chỉ của đơn vị này và các đơn vị trực thuộc")->type_name("MÃ");
  add_json(*listing, words->output);
  listing->callback([words, &status] { status = list(*words); });

  auto* resetting = command->add_subcommand("reset", "cấp lại mã đăng nhập; các phiên đang mở đều kết thúc");
  add_place(*resetting, words->where);
  resetting->add_option("TELEPHONE", words->telephone, "số điện thoại của tài khoản")->required();
  add_json(*resetting, words->output);
  resetting->callback([words, &status] { status = reset(*words); });
}

}  // namespace khuyenhoc
