// Invented people: who holds which post, whom to call in each branch, who signs in.
#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "access/appointments.h"
#include "measures/figures.h"
#include "measures/targets.h"
#include "organisation/contacts.h"
#include "organisation/posts.h"
#include "world/steps.h"

namespace khuyenhoc::world {
namespace {

const std::string term = "nhiệm kỳ 2025 - 2030";

// Numbers that nobody can have: no network gives out 0900 0xx xxx.
std::string telephone(std::size_t n) { return fmt::format("0900{:06}", 1000 + n % 99'000); }

class People {
 public:
  explicit People(World& world) : world_(world), house_(world.house), organisation_(house_.organisation.current()) {}

  Result<UserId> appoint_all() {
    if (world_.is_demo()) {
      auto made = house_.users.hash(world_.script.password);
      if (!made) return std::unexpected(made.error());
      hash_ = std::move(*made);
    }
    return house_.store.write([&](db::Writer& writer) -> Result<UserId> {
      house_.demo_sign_ins.clear();
      world_.people.clear();
      world_.officers.clear();
      typist_ = {};
      users_ = 0;
      if (world_.is_demo())
        for (const SignInScript& person : world_.script.people)
          if (auto done = sign_in(writer, person); !done) return std::unexpected(done.error());
      for (std::size_t at = 0; at < world_.bodies.size(); ++at)
        if (!world_.bodies[at].ended)
          if (auto done = officers(writer, at); !done) return std::unexpected(done.error());
      if (auto done = unions(writer); !done) return std::unexpected(done.error());
      world_.report.users = users_;
      return typist_;
    });
  }

 private:
  std::string region(const WorldBody& body) const { return body.province == nobody ? "delta" : world_.provinces[body.province].script.region; }
  Day since(const WorldBody& body) const {
    const Day born = organisation_->body(body.id).born;
    return std::max(born, reform_day());
  }

  // Who signs in may do what the post brings as long as it is held.
  Result<void> hold(db::Writer& writer, BodyId body, const std::string& post, const std::string& name, UserId user, Day from) {
    PostHolding holding{.body = body, .post = post, .person_name = name, .user = user, .from = from, .until = {}, .term = term};
    const auto done = user ? appoint_with_access(house_.store, writer, Giver::program(), {}, {.holding = std::move(holding)}) : appoint(house_.store, writer, {}, std::move(holding));
    if (!done) return std::unexpected(done.error());
    holders_[{body, post}] = {name, {}};
    return {};
  }

  // An account for somebody who holds a post, as its pages would see them.
  Result<ViewerData> account(db::Writer& writer, BodyId body, const PostKind& post, const Person& person, const std::string& number, Day from) {
    const auto id = house_.users.add(writer, {number, person.salutation, person.name, {}, {}, from}, hash_);
    if (!id) return std::unexpected(id.error());
    ++users_;
    if (auto done = hold(writer, body, post.code, person.name, *id, from); !done) return std::unexpected(done.error());
    holders_[{body, post.code}].telephone = number;
    return viewer_of(*id, person, body, post);
  }
  static ViewerData viewer_of(UserId user, const Person& person, BodyId body, const PostKind& post) {
    ViewerData out;
    out.user = user;
    out.name = person.salutation + " " + person.name;
    out.acting_for = body;
    out.units = {{body, post.label_vi}};
    const Grant::Reach reach = post.reach == PostKind::Reach::alone ? Grant::Reach::alone : Grant::Reach::subtree;
    for (const Permission permission : usual_permissions(post)) out.grants.push_back({permission, reach, {body}});
    return out;
  }

  // Where rounds are told, whoever writes and signs has an account.
  Result<void> round_officers(db::Writer& writer, std::size_t at) {
    const WorldBody& body = world_.bodies[at];
    Officers& both = world_.officers[body.id];
    for (const auto& [code, viewer, number] : {std::tuple("thu_ky", &both.desk, fmt::format("0900{:06}", 200'000 + at % 99'000)), std::tuple("chu_tich", &both.head, telephone(at))}) {
      const PostKind& post = *Posts::house().find(code);
      const auto known = std::ranges::find_if(world_.people, [&](const DemoPerson& one) { return one.viewer.acting_for == body.id && one.viewer.units.front().post_title == post.label_vi; });
      if (known != world_.people.end()) {
        *viewer = known->viewer;
        continue;
      }
      auto made = account(writer, body.id, post, world_.words.person(world_.chance, body.key ^ Chance::key(code), region(body)), number, since(body));
      if (!made) return std::unexpected(made.error());
      *viewer = std::move(*made);
    }
    return {};
  }

  BodyId union_of(UnitId unit, std::string_view kind) const {
    for (const BodyId body : organisation_->bodies_covering(unit, "DOAN", world_.options.today))
      if (organisation_->kind(body).code == kind) return body;
    return {};
  }

  // Of the Youth Union: the province's office signs in to the demo, a dozen communes have begun their school-year report.
  Result<void> unions(db::Writer& writer) {
    world_.union_office = {};
    world_.commune_unions.clear();
    const auto ours = std::ranges::find_if(world_.bodies, [&](const WorldBody& one) { return one.role == Role::province && !one.ended && in_the_rounds(world_, one); });
    if (ours == world_.bodies.end()) return {};
    const PostKind& post = *Posts::house().find("bi_thu_doan");
    std::vector<std::pair<BodyId, std::uint64_t>> wanted;
    wanted.emplace_back(union_of(ours->area, "tinh_doan"), 0);
    for (const WorldBody& body : world_.bodies)
      if (body.role == Role::commune && !body.ended && in_the_rounds(world_, body) && world_.chance.happens(130, body.key, 91)) wanted.emplace_back(union_of(body.area, "doan_xa"), body.key);
    for (std::size_t n = 0; n < wanted.size(); ++n) {
      const auto& [body, key] = wanted[n];
      if (!body) continue;
      const Person person = world_.words.person(world_.chance, key ^ Chance::key("bi_thu_doan"), "highland");
      auto made = account(writer, body, post, {person.salutation == "Bà" ? "Chị" : "Anh", person.name}, fmt::format("0900{:06}", 300'000 + n), reform_day() + 80);
      if (!made) return std::unexpected(made.error());
      UnionOffice office{body, {*made, *made}};
      if (n > 0) world_.commune_unions.push_back(std::move(office));
      else world_.union_office = std::move(office);
    }
    return {};
  }

  std::optional<BodyId> named(const std::string& text) const {
    if (text == "centre") return world_.bodies[world_.centre].id;
    const auto rest = [&](std::string_view word) { return text.substr(word.size()); };
    for (const WorldBody& body : world_.bodies) {
      if (body.ended) continue;
      if (text.starts_with("row ") && body.row != nullptr && body.row->name == rest("row ")) return body.id;
      if (text.starts_with("province ") && body.role == Role::province && world_.territory().code_path(body.area, world_.options.today) == rest("province ")) return body.id;
      if (text.starts_with("commune ") && body.role == Role::commune && world_.territory().code_path(body.area, world_.options.today) == rest("commune ")) return body.id;
    }
    return std::nullopt;
  }

  Result<void> sign_in(db::Writer& writer, const SignInScript& person) {
    const auto body = named(person.body);
    if (!body && !world_.options.only.empty()) return {};        // its province was left out
    if (!body) return refuse("world.sign_in", "Kịch bản dữ liệu dùng thử nhắc đến một đơn vị không có: " + person.body);
    const PostKind* post = Posts::house().find(person.post);
    if (post == nullptr) return refuse("world.sign_in", "Kịch bản dữ liệu dùng thử nhắc đến một chức vụ không có: " + person.post);
    const Grant::Reach reach = post->reach == PostKind::Reach::alone ? Grant::Reach::alone : Grant::Reach::subtree;
    NewUser user{person.telephone, person.salutation, person.name, {}, {}, reform_day()};
    std::vector<Permission> permissions = usual_permissions(*post);
    // whoever tries the program out may look at the trail of what they did; given by hand where the post does not bring it
    if (reach == Grant::Reach::subtree && std::ranges::find(permissions, Permission::see_audit) == permissions.end()) {
      user.grants.push_back({Permission::see_audit, reach, {*body}});
      permissions.push_back(Permission::see_audit);
    }
    const auto id = house_.users.add(writer, user, hash_);
    if (!id) return std::unexpected(id.error());
    ++users_;
    // not before the body itself: a commune may have been founded late
    if (auto done = hold(writer, *body, person.post, person.name, *id, std::max(organisation_->body(*body).born, reform_day() + 62)); !done) return done;
    holders_[{*body, person.post}].telephone = person.telephone;
    if (person.post == "thu_ky") {
      typist_ = *id;
      world_.typist = person.telephone;
      world_.scripted_commune = static_cast<std::size_t>(std::ranges::find(world_.bodies, *body, &WorldBody::id) - world_.bodies.begin());
    }
    ViewerData viewer;
    viewer.user = *id;
    viewer.name = person.salutation + " " + person.name;
    viewer.acting_for = *body;
    viewer.units = {{*body, post->label_vi}};
    for (const Permission permission : permissions) viewer.grants.push_back({permission, reach, {*body}});
    const ActingUnit unit = viewer.units.front();
    world_.people.push_back({person.telephone, std::move(viewer)});
    WorldBody& theirs = *std::ranges::find(world_.bodies, *body, &WorldBody::id);
    if (theirs.role == Role::province) theirs.typed_by_hand = true;
    house_.demo_sign_ins.push_back(
        demo_sign_in(*organisation_, person.telephone, world_.script.password, person.salutation + " " + person.name, unit, world_.options.today));
    return {};
  }

  // Whom to call is who leads: the standing vice chairman of a province that has one who signs in, else the chairman.
  Result<void> officers(db::Writer& writer, std::size_t at) {
    const WorldBody& body = world_.bodies[at];
    switch (body.role) {
      case Role::centre: return posts(writer, body, {"chu_tich", "pho_chu_tich_thuong_truc"});
      case Role::province:
        if (auto done = posts(writer, body, {"chu_tich", "pho_chu_tich_thuong_truc", "chanh_van_phong", "ke_toan", "thu_quy", "truong_ban_kiem_tra"}); !done) return done;
        for (const DemoPerson& one : world_.people)
          if (one.viewer.acting_for == body.id && in_the_rounds(world_, body)) world_.officers[body.id] = {one.viewer, one.viewer};
        return contact(writer, body, holders_.at({body.id, "pho_chu_tich_thuong_truc"}).telephone.empty() ? "chu_tich" : "pho_chu_tich_thuong_truc", at);
      case Role::commune:
        if (in_the_rounds(world_, body))
          if (auto done = round_officers(writer, at); !done) return done;
        if (auto done = posts(writer, body, {"chu_tich", "thu_ky"}); !done) return done;
        return contact(writer, body, "chu_tich", at);
      case Role::unit:
        if (in_the_rounds(world_, body))
          if (auto done = round_officers(writer, at); !done) return done;
        if (auto done = posts(writer, body, {"chu_tich"}); !done) return done;
        return contact(writer, body, "chu_tich", at);
      case Role::branch: {
        Person head = world_.words.person(world_.chance, body.key, region(body));
        if (body.row != nullptr && !body.row->head.empty()) head = {"Ông", body.row->head};
        const auto signs_in = holders_.find({body.id, "chi_hoi_truong"});
        return keep_contact(writer, house_.keys, {}, {body.id, head.name, signs_in == holders_.end() ? telephone(at) : signs_in->second.telephone, 0});
      }
      case Role::district: return {};
    }
    return {};
  }

  Result<void> posts(db::Writer& writer, const WorldBody& body, std::initializer_list<const char*> which) {
    for (const char* post : which) {
      if (holders_.contains({body.id, post})) continue;
      const Person person = world_.words.person(world_.chance, body.key ^ Chance::key(post), region(body));
      if (auto done = hold(writer, body.id, post, person.name, {}, since(body)); !done) return done;
    }
    return {};
  }

  Result<void> contact(db::Writer& writer, const WorldBody& body, const std::string& post, std::size_t at) {
    const Holder& holder = holders_.at({body.id, post});
    return keep_contact(writer, house_.keys, {}, {body.id, holder.name, holder.telephone.empty() ? telephone(at) : holder.telephone, 0});
  }

  World& world_;
  House& house_;
  OrganisationView organisation_;
  struct Holder {
    std::string name, telephone;         // the number only of those who sign in
  };
  std::map<std::pair<BodyId, std::string>, Holder> holders_;
  UserId typist_;
  std::int64_t users_ = 0;
  std::string hash_;                     // of the password that all of the demo share
};

}  // namespace

DemoSignIn demo_sign_in(const Organisation& organisation, const std::string& telephone, const std::string& password, const std::string& person, const ActingUnit& unit, Day day) {
  const auto& version = organisation.body(unit.body).on(day);
  const bool branch = organisation.kind(unit.body).level == BodyKind::Level::branch && version.superior;
  const std::string place = branch ? version.name + ", " + organisation.body(version.superior).on(day).name : version.name;
  return {telephone, password, fmt::format("{}, {} {}", person, unit.post_title, place)};
}

Result<UserId> appoint_people(World& world) { return People(world).appoint_all(); }

// The province gives each commune a target for the year, suggested by the year before.
Result<void> set_targets(World& world) {
  House& house = world.house;
  const Figures figures(house.ledger.view());
  const int year = world.periods.back().named.year;
  const auto index = [&](std::string_view code) { return house.catalogue.index(code); };
  std::vector<Target> targets;
  for (const WorldBody& body : world.bodies) {
    if (body.ended || (body.role != Role::commune && body.role != Role::province)) continue;
    for (const int of : {year - 1, year}) {
      const Period before = house.periods.named("bao_cao", "Y", of - 1)->period;
      for (const auto& [code, least, most] : {std::tuple("B01", 1010, 1050), std::tuple("C03", 1020, 1070), std::tuple("D02", 1030, 1120), std::tuple("E01", 1000, 1080)}) {
        const auto last = figures.figure(index(code), {body.id, before, world.options.today, Lens::live});
        if (!last || !last->defined() || last->value == 0) continue;
        const std::int64_t round = std::string_view(code) == "D02" ? 1'000'000 : 10;
        const std::int64_t value = last->value * world.chance.between(least, most, body.key, static_cast<std::uint64_t>(of) * 10 + static_cast<std::uint64_t>(code[0])) / 1000;
        targets.push_back({body.id, index(code), of, (value + round - 1) / round * round});
      }
    }
  }
  house.store.write([&](db::Writer& writer) {
    for (const Target& one : targets) set_target(writer, house.catalogue, one);
  });
  return {};
}

void list_members(World& world) {
  House& house = world.house;
  const WorldPeriod& open = world.periods.back();
  for (const WorldBody& body : world.bodies) {
    if (body.row == nullptr || body.row->listed == 0) continue;
    Fact fact;
    fact.body = body.id;
    fact.day = open.named.period.first + 40;
    fact.series = house.catalogue.series(house.catalogue.index("B01"));
    fact.amount = body.row->listed;
    fact.source = {"batch", house.store.new_id()};
    house.store.write([&](db::Writer& writer) { house.statements.record(writer, fact, Arrival::within, {}, world.now_ms()); });
  }
}

}  // namespace khuyenhoc::world
