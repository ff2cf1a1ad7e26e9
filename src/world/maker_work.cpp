// What a commune or an office does beside members and fund: reference figures, models, scholarships, help, learning centres, advice, joint work, schools and youth.
#include <algorithm>
#include <array>

#include "world/maker.h"

namespace khuyenhoc::world {
namespace {

// Done in half a year by one commune as it was before the reform, and by the office of a district and of a province; thousandths.
struct Work {
  const char* code;
  std::int64_t least, most, district, province;
  std::int64_t in_2021;
};
constexpr std::array counted{
    Work{"G01", 400, 900, 700, 3'500, 900},     Work{"G02", 160, 360, 600, 1'800, 600},    Work{"G06", 500, 1'000, 1'200, 5'000, 650}, Work{"G07", 260, 520, 1'300, 3'000, 600},
    Work{"G08", 1'200, 2'600, 9'000, 48'000, 800}, Work{"H01", 1'100, 2'200, 600, 3'000, 620}, Work{"H02", 800, 1'600, 500, 2'500, 900},  Work{"H04", 30, 130, 200, 2'500, 800},
    Work{"H05", 500, 1'100, 400, 2'000, 600},   Work{"H07", 3'000, 7'000, 9'000, 60'000, 600},
};

}  // namespace

// Population, households and the like: once a year, carried forward.
void Maker::references() {
  if (!period_->references) return;
  const WorldBody& body = *body_;
  constexpr int settled = 2025;
  const std::int64_t growth = 1000 - 8LL * (settled - period_->named.year);
  const auto grown = [&](std::string_view code, std::int64_t of_settled) {
    const std::int64_t known = held(code);
    give(code, period_->after_reform && known > 0 ? known * 1008 / 1000 : std::max(known, of_settled * growth / 1000), Extent::subtree);
  };
  const auto standing = [&](std::string_view code, std::int64_t value) { give(code, std::max(held(code), value), Extent::subtree); };
  grown("B04", body.people);
  grown("C01", body.households);
  grown("C17", body.people * 71 / 100);
  grown("E12", body.people * 33 / 1000);
  standing("C09", body.villages);
  standing("C05", body.clans);
  standing("C13", body.offices);
}

// What the commune itself knows, whether or not its branches tell the rest.
void Maker::models(Extent extent) {
  struct Model {
    std::string_view all, registered, titled;
    std::size_t place;
  };
  for (const Model& model : {Model{"C05", "C06", "C07", 1}, Model{"C09", "C10", "C11", 2}, Model{"C13", "C14", "C15", 3}}) {
    const std::int64_t near = chance(920, 1080, model.registered, 9);
    const std::int64_t registered = share(model.registered, held(model.all), script().models[model.place] * 1095 / 1000 * near / 1000, 7);
    give(model.registered, registered, extent);
    give(model.titled, recognised(model.titled, registered), extent);
  }
  give("E13", std::max(held("E13"), std::min(held("E12"), held("E12") * (chance(930, 962, "E13", 8) + period_->step) / 1000)), Extent::subtree);
}

void Maker::give_fund(const Fund& money, Extent extent) {
  give("D02", money.in, extent);
  give("D03", money.out, extent);
  give("D04", money.left, extent);
  give(catalogue_.series(catalogue_.index("D03"), "muc_dich", "quan_ly").value(), rounded(money.out * drawn(22, 48, "quan_ly") / 1000), extent);
}

void Maker::scholarships_and_rewards(std::int64_t members, std::int64_t below, const Fund& money, Extent extent) {
  const std::int64_t given = flow("E01", members * chance(24, 34, "E01", 8), {.season = Season::school_year, .in_2021 = 950});
  give("E01", given, extent);
  give("E02", std::min((given + below) * drawn(10, 15, "E02") * note, money.out * 45 / 100 / note * note), extent);
  const std::int64_t praised = flow("E03", members * chance(40, 64, "E03", 8), {.season = Season::school_year, .in_2021 = 850});
  give("E03", praised, extent);
  give("E04", std::min(praised * drawn(3, 5, "E04") * note, money.out * 25 / 100 / note * note), extent);
}

void Maker::help(std::int64_t members, const Fund& money, Extent extent) {
  const std::int64_t helped = flow("E05", members * chance(22, 36, "E05", 8), {.in_2021 = 1150});
  give("E05", helped, extent);
  give("E06", std::min(helped * drawn(4, 9, "E06") * note, money.out * 22 / 100 / note * note), extent);
  give_growing("E07", (body_->people * chance(400, 800, "E07", 8) / 1000 * (1000 + 8 * (period_->step - 2)) / 1000 + chance(0, 999, "E07", 9)) / 1000, extent);
  give_or_annex("E14", flow("E14", body_->people * chance(60, 110, "E14", 8) / 1000, {}));
  give_or_annex("E15", flow("E15", body_->people * chance(180, 320, "E15", 8) / 1000, {}));
  give_growing("D07", rounded(body_->people * script().partners_per_head * chance(1'000, 1'500, "D07", 8) / 1000 * (1000 + 10 * (period_->step - 16)) / 1000), extent);
  give_or_annex("D09", rounded(flow("D09", body_->people * script().partners_per_head * chance(850, 1'150, "D09", 8), {.noise = 120, .in_2021 = 880})));
}

void Maker::centre_of_learning() {
  const std::int64_t lessons = flow("F02", std::max<std::int64_t>(1'500, body_->people * chance(80, 120, "F02", 8) / 100), {.noise = 90, .in_2021 = 600});
  give("F02", lessons, Extent::subtree);
  give("F03", lessons * drawn(49, 57, "F03"), Extent::subtree);
}

void Maker::work(Extent extent) {
  give_growing("A06", body_->old ? chance(9, 15, "A06", 8) : chance(27, 39, "A06", 8), extent);
  give("G04", flow("G04", 2'000 + body_->people * chance(70, 130, "G04", 8) / 100, {.in_2021 = 1'050}), Extent::subtree);
  std::int64_t courses = 0, activities = 0;
  for (const Work& one : counted) {
    const std::string_view code = one.code;
    const std::int64_t done = flow(code, chance(one.least, one.most, code, 8), {.noise = 80, .in_2021 = one.in_2021});
    give_or_annex(code, done);
    if (code == "G02") courses = done;
    if (code == "H01" || code == "H02") activities += done;
  }
  give_or_annex("G03", courses * drawn(24, 32, "G03"));
  give_or_annex("H03", activities * drawn(85, 105, "H03"));
  give_or_annex("H06", flow("H06", body_->people * chance(1'600, 2'400, "H06", 8) / 1000, {.in_2021 = 700}));
}

// Beside its own, a district's office tells in the annexes of early years what its communes did.
void Maker::work_of_an_office() {
  const bool province = body_->role == Role::province;
  const auto with_annexed = [&](std::string_view code, std::int64_t own) { give(code, own + body_->annexed.of(series(code)), Extent::own); };
  if (province) give_growing("A06", chance(27, 39, "A06", 8), Extent::own);
  with_annexed("E14", flow("E14", province ? 22'000 : 5'000, {}));
  with_annexed("E15", flow("E15", province ? 30'000 : 8'000, {}));
  with_annexed("D09", rounded(flow("D09", province ? 900'000'000'000 : 20'000'000'000, {.noise = 120, .in_2021 = 880})));
  if (province) give_growing("E07", chance(60, 120, "E07", 8) + 3 * period_->step, Extent::own);
  give("G04", flow("G04", province ? 60'000 : 12'000, {.in_2021 = 1'050}), Extent::own);
  std::int64_t courses = 0, activities = 0;
  for (const Work& one : counted) {
    const std::string_view code = one.code;
    const std::int64_t done = flow(code, province ? one.province : one.district, {.noise = 80, .in_2021 = one.in_2021});
    with_annexed(code, done);
    if (code == "G02") courses = done;
    if (code == "H01" || code == "H02") activities += done;
  }
  with_annexed("G03", courses * drawn(34, 44, "G03"));
  with_annexed("H03", activities * drawn(95, 125, "H03"));
  with_annexed("H06", flow("H06", province ? 420'000 : 60'000, {.in_2021 = 700}));
}

}  // namespace khuyenhoc::world
