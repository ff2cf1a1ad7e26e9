// For tests: a province of 102 communes with their branches, a round that asks all of them, and workbooks filled in as another program would save them.
#pragma once

#include <map>

#include <gmock/gmock.h>

#include "forms/forms.h"
#include "platform/spreadsheet/bundle.h"
#include "platform/spreadsheet/package.h"
#include "platform/spreadsheet/workbook.h"
#include "reporting/reporting.h"
#include "round_workbooks/round_workbooks.h"
#include "rounds/rounds.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {

class OnProvinceOf102 : public OnSmallHouse {
 protected:
  static constexpr int communes_count = 102, branches_each = 3;
  using NamedFiles = std::vector<std::pair<std::string, std::string>>;

  void add_pages(Pages& pages) override {
    add_reporting_pages(pages);
    add_reporting_round_pages(pages, {}, round_workbook_buttons);
    add_round_workbook_pages(pages);
  }
  void found_bodies() override {}
  void found_the_province() {
    OrganisationBuilder builder(small.land.territory);
    const Day born = Day::of(2025, 8, 1);
    small.centre = builder.found("trung_uong", "Hội Khuyến học Việt Nam", "Trung ương Hội", {}, small.land.country, born);
    small.dak_lak = builder.found("tinh_hoi", "Hội Khuyến học tỉnh Đắk Lắk", "Tỉnh Đắk Lắk", small.centre, small.land.dak_lak, born);
    for (int i = 1; i <= communes_count; ++i) {
      const std::string name = fmt::format("Ea Số {:03}", i);
      const BodyId commune = builder.found("hoi_co_so", "Hội Khuyến học xã " + name, "Xã " + name, small.dak_lak, small.land.ea_kar, born);
      communes.push_back(commune);
      for (int branch = 1; branch <= branches_each; ++branch)
        branches[commune].push_back(builder.found(branch == branches_each ? "chi_hoi_truong" : "chi_hoi_thon_tdp", fmt::format("Chi hội Thôn {}", branch), fmt::format("Thôn {}", branch), commune, small.land.ea_kar, born));
    }
    empty_commune = builder.found("hoi_co_so", "Hội Khuyến học xã Ea Ô", "Xã Ea Ô", small.dak_lak, small.land.ea_o, born);
    import_organisation(house().organisation, *builder.build());
  }
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    found_the_province();
    keep_house_forms(store(), Catalogue::house(), now_ms);
    office = person("Ông", "Y Bhiông Niê", small.dak_lak, "chanh_van_phong");
    commune_secretary = person("Bà", "Trần Kim Liên", communes[0], "thu_ky");
    const auto answer = post(office, "/dot-bao-cao/moi", {{"ma", "mot-lan"}, {"mau", form()}, {"ky", "bao_cao:2026-H1"}, {"doi-tuong", "truc-tiep"}, {"han-xa", "10/6/2026"}, {"buoc", "mo"}});
    ASSERT_EQ(answer.status(), http::Status::see_other) << answer.body();
    const auto rounds = store().read([&](db::Reader& reader) { return rounds_opened_by(reader, small.dak_lak); });
    ASSERT_EQ(rounds.size(), 1U);
    round = rounds.front();
  }
  // The first form that is offered.
  std::string form() {
    const std::string page(get(office, "/dot-bao-cao/moi").body());
    const auto at = page.find("value=\"", page.find("name=\"mau\"")) + 7;
    return page.substr(at, page.find('"', at) - at);
  }
  std::string at(std::string_view rest = {}) { return fmt::format("/dot-bao-cao/{}/so-excel{}", round.id.value, rest); }

  Viewer viewer(const Person& who) { return *house().sessions.viewer(who.token); }
  // All the work that waits.
  void work() {
    jobs::Worker worker(store(), house().clock, {});
    add_round_workbook_jobs(worker, house());
    while (worker.run_one()) {
    }
  }
  std::vector<spreadsheet::BundledFile> handed_out(const BoardFilter& filter = {}) {
    const auto asked = ask_for_bundle(house(), viewer(office), round.id, {}, filter);
    EXPECT_TRUE(asked) << asked.error().message;
    if (!asked) return {};
    work();
    const auto zip = store().read([&](db::Reader& reader) { return bundle_content(reader, *asked); });
    EXPECT_TRUE(zip);
    auto files = spreadsheet::read_bundle(zip.value_or(""));
    EXPECT_TRUE(files) << files.error().message;
    return files.value_or(std::vector<spreadsheet::BundledFile>{});
  }
  std::string workbook_of(BodyId body, const NamedPeriod& period) {
    return store().read([&](db::Reader& reader) {
      const auto sheet = entry_sheet(house(), reader, body, period, today());
      EXPECT_TRUE(sheet) << sheet.error().message;
      return write_entry_workbook(house(), *sheet).value_or("");
    });
  }
  std::string workbook_of(BodyId body) { return workbook_of(body, round.period); }

  // The same workbook with its parts changed inside the package.
  static std::string changed(const std::string& workbook, const std::function<void(std::string_view part, std::string& content)>& change) {
    auto package = spreadsheet::Package::open(spreadsheet::bytes_of(workbook), {});
    EXPECT_TRUE(package);
    spreadsheet::PackageWriter out;
    for (const char* const name : {"[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml",
                                   "xl/theme/theme1.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"}) {
      if (!package->has(name)) continue;
      std::string content = *package->read(name, 50U << 20);
      change(name, content);
      out.add(name, std::move(content));
    }
    return out.finish();
  }
  // Filled in: a number, or any text.
  static std::string filled(const std::string& workbook, const std::map<std::string, std::string>& cells) {
    return changed(workbook, [&](std::string_view part, std::string& content) {
      if (part == "xl/worksheets/sheet1.xml")
        for (const auto& [cell, value] : cells) put_cell(content, cell, value);
    });
  }
  static void put_cell(std::string& sheet, const std::string& cell, const std::string& value) {
    const auto from = sheet.find("<c r=\"" + cell + "\"");
    ASSERT_NE(from, std::string::npos) << cell;
    const auto style = sheet.find(" s=\"", from), style_end = sheet.find('"', style + 4) + 1;
    const auto head_end = sheet.find('>', from);
    const auto end = sheet[head_end - 1] == '/' ? head_end + 1 : sheet.find("</c>", head_end) + 4;
    const bool number = value.find_first_not_of("0123456789-") == std::string::npos;
    const std::string written = "<c r=\"" + cell + "\"" + sheet.substr(style, style_end - style) + (number ? "><v>" + value + "</v></c>" : " t=\"inlineStr\"><is><t>" + value + "</t></is></c>");
    sheet.replace(from, end - from, written);
  }
  // Members and newcomers of the first two branches, which stand below the heading of their group.
  static std::string honest(const std::string& workbook, int members = 120) {
    return filled(workbook, {{"B7", std::to_string(members)}, {"C7", "2"}, {"B8", std::to_string(members + 1)}});
  }
  static std::string zip_of(const NamedFiles& files) {
    spreadsheet::PackageWriter out;
    for (const auto& [name, content] : files) out.add(name, content);
    return out.finish();
  }

  WorkbookIntakeId taken(const NamedFiles& files) {
    std::vector<SentFile> sent;
    for (const auto& [name, content] : files) sent.push_back({name, content});
    const auto intake = take_in_workbooks(house(), viewer(office), round.id, {}, sent);
    EXPECT_TRUE(intake) << intake.error().message;
    work();
    return intake.value_or(WorkbookIntakeId{});
  }
  std::vector<IntakeFile> files_of(WorkbookIntakeId id) {
    return store().read([&](db::Reader& reader) { return intake_files(reader, id); });
  }
  std::map<WorkbookVerdict, std::size_t> counts(WorkbookIntakeId id) {
    std::map<WorkbookVerdict, std::size_t> out;
    for (const IntakeFile& file : files_of(id)) ++out[file.verdict];
    return out;
  }
  void write(WorkbookIntakeId id) {
    const auto asked = ask_to_write(house(), viewer(office), id);
    ASSERT_TRUE(asked) << asked.error().message;
    work();
  }
  std::optional<std::int64_t> stated(BodyId body, std::string_view code) {
    const auto found = store().read([&](db::Reader& reader) {
      return house().statements.find(reader, body, house().catalogue.series(house().catalogue.index(code)), round.period.period);
    });
    return found ? found->value : std::nullopt;
  }
  // "Trình Chủ tịch duyệt": nobody types any more.
  void submit(BodyId body) {
    const Viewer who = viewer(office);
    const ReportId id = report(body).id;
    const auto done = store().write([&](db::Writer& writer) { return take_step(writer, house(), who, id, ReportStep::submit, 0); });
    ASSERT_TRUE(done) << done.error().message;
  }
  RoundReport report(BodyId body) {
    return store().read([&](db::Reader& reader) { return report_of(reader, round.id, body); }).value_or(RoundReport{});
  }

  std::vector<BodyId> communes;
  std::map<BodyId, std::vector<BodyId>> branches;
  BodyId empty_commune;
  Person office, commune_secretary;
  ReportingRound round;
};

}  // namespace khuyenhoc
