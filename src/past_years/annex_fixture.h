// For tests: an office of today's communes alone, as it is just imported, over the small territory; and annex workbooks as associations write them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "past_years/annex_loading.h"
#include "past_years/old_bodies.h"
#include "past_years/past_years.h"
#include "past_years/past_years_queries.h"
#include "platform/files/files.h"
#include "platform/spreadsheet/write.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {

// A column: the lines of its head from top to bottom (equal neighbours are merged), and what stands under it.
struct AnnexHead {
  std::vector<std::string> lines;
};
struct AnnexLine {
  std::string name;
  std::vector<std::string> cells;       // whole numbers are written as numbers, anything else as text, empty as nothing
};

// Title, "Đơn vị tính", a head of several merged lines, a line that numbers the columns, rows, signature.
inline std::string annex_workbook(const std::vector<AnnexHead>& heads, const std::vector<AnnexLine>& lines, std::string_view note = "") {
  namespace sheets = spreadsheet;
  sheets::WorkbookWriter book("Phụ lục", Day::of(2025, 6, 20));
  auto sheet = book.add_sheet("Phụ lục 1");
  const int columns = static_cast<int>(heads.size()) + 2;
  sheet.merged({1, 1, 1, columns}, "PHỤ LỤC SỐ LIỆU CÔNG TÁC KHUYẾN HỌC", sheets::Look::title);
  sheet.merged({2, 1, 2, columns}, "(Kèm theo Báo cáo của Hội Khuyến học tỉnh)", sheets::Look::subtitle);
  if (!note.empty()) sheet.text(3, columns, note);
  std::size_t depth = 1;
  for (const AnnexHead& head : heads) depth = std::max(depth, head.lines.size());
  const int first = 4, last = 3 + static_cast<int>(depth);
  if (depth > 1) {
    sheet.merged({first, 1, last, 1}, "STT", sheets::Look::head);
    sheet.merged({first, 2, last, 2}, "Đơn vị", sheets::Look::head);
  } else {
    sheet.text(first, 1, "STT", sheets::Look::head);
    sheet.text(first, 2, "Đơn vị", sheets::Look::head);
  }
  for (std::size_t i = 0; i < heads.size();) {
    std::size_t end = i + 1;
    while (heads[i].lines.size() > 1 && end < heads.size() && heads[end].lines.size() > 1 && heads[end].lines.front() == heads[i].lines.front()) ++end;
    const int from = static_cast<int>(i) + 3, to = static_cast<int>(end) + 2;
    if (heads[i].lines.size() == 1) {
      if (depth > 1) sheet.merged({first, from, last, from}, heads[i].lines.front(), sheets::Look::head);
      else sheet.text(first, from, heads[i].lines.front(), sheets::Look::head);
    } else {
      if (to > from) sheet.merged({first, from, first, to}, heads[i].lines.front(), sheets::Look::head);
      else sheet.text(first, from, heads[i].lines.front(), sheets::Look::head);
      for (std::size_t at = i; at < end; ++at) sheet.text(first + 1, static_cast<int>(at) + 3, heads[at].lines[1], sheets::Look::head);
    }
    i = end;
  }
  int row = last + 1;
  for (int column = 1; column <= columns; ++column) sheet.text(row, column, std::to_string(column), sheets::Look::note);
  int number = 0;
  for (const AnnexLine& line : lines) {
    ++row;
    if (line.name.starts_with("TỔNG") || line.name.starts_with("Tổng")) sheet.merged({row, 1, row, 2}, line.name, sheets::Look::total);
    else {
      sheet.whole(row, 1, ++number);
      sheet.text(row, 2, line.name);
    }
    for (std::size_t i = 0; i < line.cells.size(); ++i) {
      const std::string& cell = line.cells[i];
      if (cell.empty()) continue;
      if (std::ranges::all_of(cell, [](char c) { return c >= '0' && c <= '9'; })) sheet.whole(row, static_cast<int>(i) + 3, std::stoll(cell));
      else sheet.text(row, static_cast<int>(i) + 3, cell);
    }
  }
  sheet.text(row + 2, 2, "Người lập biểu");
  sheet.text(row + 2, columns, "CHỦ TỊCH");
  return *book.finish();
}

// Today's associations as they were just imported; Ea Trang has worked through the reform.
struct TodaysOffice {
  BodyId centre, dak_lak, ea_kar, ea_o, ea_ktur, dray_bhang, song_hinh, ea_trang, thon_8;
};

class OnTodaysOffice : public OnSmallHouse {
 protected:
  void SetUp() override {
    OrganisationBuilder bodies(small.land.territory);
    const auto& land = small.land;
    const auto association = [&](const char* kind, const char* name, const char* short_name, BodyId above, UnitId area, Day born) {
      return bodies.found(kind, std::string("Hội Khuyến học ") + name, short_name, above, area, born);
    };
    now.centre = bodies.found("trung_uong", "Trung ương Hội Khuyến học Việt Nam", "Trung ương Hội", BodyId{}, land.country, Day::of(1996, 10, 2));
    now.dak_lak = association("tinh_hoi", "tỉnh Đắk Lắk", "Tỉnh Đắk Lắk", now.centre, land.dak_lak, reform_day());
    now.ea_kar = association("hoi_co_so", "xã Ea Kar", "Xã Ea Kar", now.dak_lak, land.ea_kar, reform_day());
    now.ea_o = association("hoi_co_so", "xã Ea Ô", "Xã Ea Ô", now.dak_lak, land.ea_o, reform_day());
    now.ea_ktur = association("hoi_co_so", "xã Ea Ktur", "Xã Ea Ktur", now.dak_lak, land.ea_ktur, reform_day());
    now.dray_bhang = association("hoi_co_so", "xã Dray Bhăng", "Xã Dray Bhăng", now.dak_lak, land.dray_bhang, reform_day());
    now.song_hinh = association("hoi_co_so", "xã Sông Hinh", "Xã Sông Hinh", now.dak_lak, land.song_hinh, Day::of(2025, 8, 15));
    now.ea_trang = association("hoi_co_so", "xã Ea Trang", "Xã Ea Trang", now.dak_lak, land.ea_trang, Day::of(2001, 1, 1));
    now.thon_8 = bodies.found("chi_hoi_thon_tdp", "Chi hội Thôn 8", "Thôn 8", now.ea_kar, land.ea_kar, reform_day());
    small.organisation = bodies.build();
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    clerk = person("Bà", "H’Ngoan Niê", now.dak_lak, "pho_chu_tich_thuong_truc");
  }

  Viewer viewer() { return *house().sessions.viewer(clerk.token); }
  static NamedPeriod named(std::string_view window, int year) { return *Periods::house().named("bao_cao", window, year); }

  // A draft as the wizard keeps it, its columns and rows confirmed as the program read them.
  Annex draft(UnitId area, AnnexLand land, const NamedPeriod& period, const std::string& workbook, std::string_view number = "12/BC-HKH") {
    Annex annex;
    annex.id = store().new_id<AnnexId>();
    annex.body = now.dak_lak;
    annex.area = area;
    annex.land = land;
    annex.period = period;
    annex.report_number = number;
    annex.report_day = period.period.last + 20;
    annex.signer = "Nguyễn Văn An";
    annex.file_name = "phu-luc.xlsx";
    const auto file = files::accept(workbook, annex.file_name);
    EXPECT_TRUE(file) << file.error().message;
    annex.content = file->digest;
    store().write([&](db::Writer& writer) {
      files::keep(writer, *file, now_ms);
      past_years_sql::insert(writer, annex);
    });
    return annex;
  }
  Result<AnnexPlan> plan(const Annex& annex) {
    return store().read([&](db::Reader& reader) { return plan_annex(house(), reader, annex); });
  }
  Annex again(AnnexId id) {
    return *store().read([&](db::Reader& reader) { return past_years_sql::find(reader, house().catalogue, id); });
  }
  Annex understood(Annex annex) {
    const auto read = plan(annex);
    EXPECT_TRUE(read) << read.error().message;
    if (read)
      for (const AnnexColumn& one : read->table.columns) annex.columns.push_back({one.number, one.heading, one.series, one.factor});
    annex.understood_ms = now_ms;
    EXPECT_TRUE(store().write([&](db::Writer& writer) { return past_years_sql::update(writer, house().catalogue, annex); }));
    return again(annex.id);
  }
  void explain(const Annex& annex, AnnexReason reason, std::string note) {
    const auto read = plan(annex);
    ASSERT_TRUE(read);
    std::vector<AnnexExplanation> given;
    for (const AnnexDifference& one : read->differences) given.push_back({one.total.unit, one.total.series, one.total.rows_sum, one.total.signed_total, reason, note});
    store().write([&](db::Writer& writer) { past_years_sql::keep_explanations(writer, house().catalogue, annex.id, given); });
  }
  // The associations that the drafts lack, founded as the page would.
  std::int64_t build_for(std::span<const AnnexId> drafts, Day from = Day::of(2022, 11, 30)) {
    std::vector<UnitId> wanted;
    for (const AnnexId id : drafts) {
      const auto read = plan(again(id));
      EXPECT_TRUE(read) << read.error().message;
      if (read) wanted.insert(wanted.end(), read->without_association.begin(), read->without_association.end());
    }
    const auto planned = plan_old_bodies(house(), now.dak_lak, wanted, from);
    const auto built = build_old_bodies(house(), viewer(), now.dak_lak, planned, {"202/2025/QH15", Day::of(2025, 6, 12), "Quốc hội"});
    EXPECT_TRUE(built) << built.error().message;
    return built.value_or(0);
  }
  std::size_t load(const Annex& annex) {
    const auto done = load_annex(house(), viewer(), again(annex.id));
    EXPECT_TRUE(done) << done.error().message;
    return done.value_or(0);
  }
  std::size_t withdraw(const Annex& annex) {
    const auto done = withdraw_annex(house(), viewer(), again(annex.id));
    EXPECT_TRUE(done) << done.error().message;
    return done.value_or(0);
  }

  std::int64_t figure(BodyId body, std::string_view code, Period period, Day tree) {
    const auto answer = Figures(house().ledger.view()).figure(house().catalogue.index(code), {body, period, tree});
    EXPECT_TRUE(answer) << answer.error().message;
    return answer ? answer->value : -1;
  }
  BodyId old_body(UnitId unit) { return association_of(*house().organisation.current(), unit, reform_day() - 1); }

  TodaysOffice now;
  Person clerk;
};

}  // namespace khuyenhoc
