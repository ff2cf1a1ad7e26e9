// For tests: the small house (shell/house_fixture.h) with the boards, figures of two years, and people of the province and a commune to ask as.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "boards/boards.h"
#include "measures/targets.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {

class OnSmallBoards : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override { add_board_pages(pages); }
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    fill();
  }

  // Half-years end on 31 May. Members: 2025 in the old associations, 2026 in the new ones; nothing was handed over, so the old stocks stay where they were
  // and count where their association went. Ea BHốk was divided: its own 40 stay on a line.
  void fill() {
    const Period then = half_year(2025), now = half_year(2026);
    state(small.thon_8, "B01", then, 100);
    state(small.nguyen_du, "B01", then, 50);
    state(small.thon_2, "B01", then, 80);
    state(small.thon_11, "B01", then, 60);
    state(small.ea_bhok, "B01", then, 70);          // 30 of them in Thôn 5
    state(small.thon_5, "B01", then, 30);
    state(small.khu_pho_3, "B01", then, 90);
    state(small.education_branch, "B01", then, 20);
    state(small.thon_8, "B01", now, 118);
    state(small.thon_8, "B01", now, 120);
    state(small.nguyen_du, "B01", now, 52);
    state(small.thon_2, "B01", now, 78);
    state(small.thon_11, "B01", now, 66);
    state(small.thon_5, "B01", now, 33);
    state(small.khu_pho_3, "B01", now, 95);
    state(small.ea_kar, "B04", now, 1000);
    state(small.ea_o, "B04", now, 500);
    state(small.thon_8, "D02", then, 4'000'000);
    state(small.thon_8, "D02", now, 6'400'000);
    store().write([&](db::Writer& writer) {
      const MeasureIndex members = Catalogue::house().index("B01");
      set_target(writer, Catalogue::house(), {small.ea_kar, members, 2026, 300});
      set_target(writer, Catalogue::house(), {small.ea_o, members, 2026, 66});
    });
    province_officer = person("Ông", "Lê Quang Hòa", small.dak_lak, "pho_chu_tich_thuong_truc");
    commune_secretary = person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky");
  }

  // As often as wanted: a later figure replaces the one before.
  void state(BodyId body, std::string_view code, Period period, std::int64_t value) {
    Statements& statements = house().statements;
    const Series series = Catalogue::house().series(Catalogue::house().index(code));
    const auto known = store().read([&](db::Reader& reader) { return statements.find(reader, body, series, period); });
    const auto done = store().write([&](db::Writer& writer) {
      return statements.state(writer, body, series, period, value, known ? known->row_version : 0, Arrival::within, UserId{1}, now_ms);
    });
    ASSERT_TRUE(done) << done.error().message;
  }

  std::string page(const Person& who, const std::string& target) {
    const auto answer = get(who, target);
    EXPECT_EQ(answer.status(), http::Status::ok) << target << "\n" << answer.body().substr(0, 2000);
    return std::string(answer.body());
  }
  static std::string address(BodyId body, std::string_view rest = {}) { return fmt::format("/so-lieu/{}{}", body.value, rest); }
  static std::string address(UnitId unit, std::string_view rest = {}) { return fmt::format("/so-lieu/dia-gioi/{}{}", unit.value, rest); }

  Person province_officer, commune_secretary;
};

}  // namespace khuyenhoc
