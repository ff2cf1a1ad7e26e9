// The figures of branches and boards, of communes that add them up or state the whole, of associations in offices, and of those above the communes.
#include <algorithm>

#include "world/maker.h"

namespace khuyenhoc::world {

void Maker::branch() {
  WorldBody& body = *body_;
  if (body.quiet) return;
  const auto say = [&](std::string_view code, std::int64_t value) {
    const bool asked = body.form != nullptr && body.form->asks(catalogue_.index(code));
    if (asked && value >= 0 && !(body.silent && period_->open)) give(code, value, Extent::subtree);
    return std::max<std::int64_t>(0, value);
  };
  // as the script tells it, or as the branch goes on
  const auto said = [&](std::string_view code, std::int64_t value) { return say(code, told(code).value_or(value)); };
  const auto flowing = [&](std::string_view code, std::int64_t thousandths, const Course& course) {
    const auto known = told(code);
    return say(code, known ? *known : flow(code, thousandths, course));
  };
  const Movement moved = movement(body, *period_);
  const auto* exactly = told_for(body, *period_);
  const std::int64_t members = say("B01", exactly ? exactly->front() : held("B01") + moved.in - moved.out);
  body.levels.set(series("B01"), members);
  say("B02", moved.in);
  say("B03", moved.out);
  WorldBody& above = world_.bodies[body.superior];
  above.below_members += members;
  above.below_new += moved.in;
  above.below_lost += moved.out;
  if (above.divided_rest > 0) return;        // its commune states the rest
  const bool village = body.kind == "chi_hoi_thon_tdp", school = body.kind.ends_with("truong"), clan = body.kind.starts_with("ban_dong") || body.kind == "ban_ton_giao";
  const std::int64_t registered = said("C02", share("C02", village ? body.households : body.members, chance(540, 640, "C02", 8), 9));
  const std::int64_t with_title = say("C03", recognised("C03", registered));
  if (village) above.below_recognised += with_title;
  if (const std::int64_t persons = citizens("C18", members, chance(620, 740, "C18", 8)); persons > 0)
    if (const std::int64_t told_persons = said("C18", persons); told_persons > 0) say("C19", recognised("C19", told_persons));
  const std::int64_t each = village ? 42'000 : clan ? 210'000 : school ? 58'000 : 130'000;
  Fund money = fund(body.members * each, 86, 101);
  if (const auto income = told("D02")) {
    money.in = *income;
    money.out = std::min(rounded(money.in * drawn(80, 97, "D03") / 100), held("D04") + money.in);
    money.left = held("D04") + money.in - money.out;
  }
  say("D02", money.in);
  say("D03", money.out);
  say("D04", money.left);
  body.levels.set(series("D04"), money.left);
  above.below_scholarships += flowing("E01", body.members * chance(22, 34, "E01", 8), {.season = Season::school_year, .in_2021 = 950});
  flowing("E03", body.members * (school ? chance(280, 420, "E03", 8) : chance(34, 56, "E03", 8)), {.season = Season::school_year, .in_2021 = 850});
  flowing("E05", body.members * chance(20, 38, "E05", 8), {.in_2021 = 1150});
  if (school) say("E07", std::max(held("E07"), body.members * chance(30, 60, "E07", 8) * (1000 + 8 * period_->step) / 1'000'000 + 1));
  const std::int64_t lost = flowing("E08", village ? body.members * 2 : 0, {.growth = -6, .noise = 200, .in_2021 = 1150});
  const auto back = told("E09");
  say("E09", back ? std::min(*back, told_for(body, *period_) ? *back : lost) : whole(lost * drawn(640, 860, "E09"), "E09"));
}

void Maker::give_members(const Movement& moved) {
  WorldBody& body = *body_;
  std::int64_t members = held("B01") + moved.in - moved.out;
  const std::int64_t kept = members;
  if (body.divided_rest > 0) members += body.below_members;
  give("B01", members, Extent::subtree);
  give("B02", moved.in + body.below_new, Extent::subtree);
  give("B03", moved.out + body.below_lost, Extent::subtree);
  if (!annexed()) {
    const Series women = catalogue_.series(catalogue_.index("B01"), "gioi", "nu").value();
    give(women, std::max(body.levels.of(women), members * chance(46, 57, "nu", 8) / 100), Extent::subtree);
  }
  give_growing("B06", members * std::min<std::int64_t>(930, 640 + 17 * period_->step) / 1000, Extent::subtree);
  if (body.divided_rest > 0) body.levels.set(series("B01"), kept);
}

void Maker::families_and_citizens() {
  const std::int64_t near = chance(930, 1070, "C02", 9);
  const std::int64_t families = share("C02", held("C01"), script().models[0] * 1095 / 1000 * near / 1000, 9);
  give("C02", families, Extent::subtree);
  const std::int64_t with_title = recognised("C03", families);
  give("C03", with_title, Extent::subtree);
  if (period_->second_half || period_->halves == 2) give("C22", with_title, Extent::subtree);
  const std::int64_t persons = citizens("C18", held("C17"), chance(300, 420, "C18", 8));
  if (persons == 0) return;
  give("C18", persons, Extent::subtree);
  give("C19", recognised("C19", persons), Extent::subtree);
}

void Maker::whole_commune() {
  WorldBody& body = *body_;
  references();
  const Movement moved = movement(body, *period_);
  const std::int64_t members = held("B01") + moved.in - moved.out;
  give_members(moved);
  families_and_citizens();
  models(Extent::subtree);
  const Fund money = fund(body.people * script().raised_per_head * chance(820, 1180, "D02", 9) / 1000, 84, 101);
  give_fund(money, Extent::subtree);
  scholarships_and_rewards(members, 0, money, Extent::subtree);
  help(members, money, Extent::subtree);
  const std::int64_t lost = flow("E08", members * chance(500, 900, "E08", 8) / 1000, {.growth = -6, .noise = 200, .in_2021 = 1150});
  give("E08", lost, Extent::subtree);
  give("E09", std::min(lost, whole(lost * std::min<std::int64_t>(960, drawn(620, 760, "E09") + 7 * period_->step), "E09")), Extent::subtree);
  centre_of_learning();
  work(Extent::subtree);
}

void Maker::adding_commune() {
  WorldBody& body = *body_;
  references();
  models(Extent::own);
  const Fund money = fund(body.people * 4'200, 84, 100);
  give_fund(money, Extent::own);
  scholarships_and_rewards(body.people / 12, body.below_scholarships, money, Extent::own);
  help(body.people / 12, money, Extent::own);
  if (period_->second_half || period_->halves == 2) give("C22", body.below_recognised, Extent::own);
  give_growing("B06", body.below_members * std::min<std::int64_t>(930, 640 + 17 * period_->step) / 1000, Extent::own);
  centre_of_learning();
  work(Extent::own);
}

void Maker::unit() {
  const WorldBody& body = *body_;
  const Movement moved = movement(body, *period_);
  give("B01", held("B01") + moved.in - moved.out, Extent::subtree);
  give("B02", moved.in, Extent::subtree);
  give("B03", moved.out, Extent::subtree);
  if (const std::int64_t persons = citizens("C18", held("B01"), chance(720, 860, "C18", 8)); persons > 0) {
    give("C18", persons, Extent::subtree);
    give("C19", recognised("C19", persons), Extent::subtree);
  }
  const Fund money = fund(body.members * 90'000, 84, 101);
  give("D02", money.in, Extent::subtree);
  give("D03", money.out, Extent::subtree);
  give("D04", money.left, Extent::subtree);
  give("E01", flow("E01", body.members * chance(34, 56, "E01", 8), {.season = Season::school_year, .in_2021 = 950}), Extent::subtree);
  give("E03", flow("E03", body.members * chance(120, 190, "E03", 8), {.season = Season::school_year, .in_2021 = 850}), Extent::subtree);
}

// An association above the communes: its own fund, help and work.
void Maker::office(std::int64_t raised, std::int64_t scholarships) {
  const Fund money = fund(raised, 88, 102);
  give_fund(money, Extent::own);
  const std::int64_t scholars = flow("E01", scholarships * 1000, {.season = Season::school_year, .in_2021 = 950});
  give("E01", scholars, Extent::own);
  give("E02", std::min(scholars * drawn(20, 40, "E02") * note, money.out * 45 / 100 / note * note), Extent::own);
  const std::int64_t rewarded = flow("E03", scholarships * 3000, {.season = Season::school_year, .in_2021 = 850});
  give("E03", rewarded, Extent::own);
  give("E04", std::min(rewarded * drawn(6, 12, "E04") * note, money.out * 25 / 100 / note * note), Extent::own);
  if (body_->role == Role::centre) return;
  const std::int64_t helped = flow("E05", scholarships * 2500, {.in_2021 = 1150});
  give("E05", helped, Extent::own);
  give("E06", std::min(helped * drawn(8, 14, "E06") * note, money.out * 22 / 100 / note * note), Extent::own);
  work_of_an_office();
  body_->annexed.clear();
}

}  // namespace khuyenhoc::world
