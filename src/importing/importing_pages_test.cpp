#include <regex>

#include <gmock/gmock.h>

#include "importing/importing_fixture.h"
#include "importing/job.h"
#include "platform/spreadsheet/workbook.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Wizard : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override {
    kinds->add(std::make_unique<ContactListKind>());
    add_importing_pages(pages, kinds);
  }
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    liên = person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky");
    chairman = person("Ông", "Nguyễn Đình Sơn", small.ea_kar, "chu_tich");
    head_of_8 = person("Ông", "Phạm Văn Lượng", small.thon_8, "chi_hoi_truong");
  }

  http::Response upload(const Person& who, const std::string& bytes, const std::string& name = "danh sách.xlsx") {
    const std::string boundary = "ranhgioi";
    const std::string body = fmt::format("--{0}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{1}\r\n--{0}\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"{2}\"\r\n"
                                         "Content-Type: application/octet-stream\r\n\r\n{3}\r\n--{0}--\r\n", boundary, who.csrf, name, bytes);
    http::Request request = *http::Request::make(http::Method::post, start());
    request.with_body(body, "multipart/form-data; boundary=" + boundary).with_header("Cookie", fmt::format("{}={}", session_cookie, who.token));
    return router().handle(std::move(request));
  }
  // As far as the dry run, with everything as guessed.
  std::string previewed(const Person& who, const std::string& bytes) {
    const auto taken = upload(who, bytes);
    EXPECT_EQ(taken.status(), http::Status::see_other) << taken.body();
    const std::string address(taken.header("Location"));
    const std::string page(get(who, address).body());
    const auto seen = agree(who, address, page);
    EXPECT_EQ(seen.status(), http::Status::see_other) << seen.body();
    return address.substr(0, address.rfind('/'));
  }
  // Sends the form of the columns as it stands on the page.
  http::Response agree(const Person& who, const std::string& address, const std::string& page) {
    http::Request request = http::Request::post(address, {});
    std::string body = "viec=xem";
    const auto add = [&](const std::string& name, const std::string& value) { body += "&" + name + "=" + html::percent_encoded(value); };
    static const std::regex input(R"re(<input class="form-control" id="([^"]+)" name="[^"]+"[^>]* value="([^"]*)")re");
    for (std::sregex_iterator at(page.begin(), page.end(), input), end; at != end; ++at) add((*at)[1], (*at)[2]);
    static const std::regex select(R"re(<select class="form-select" id="([^"]+)"([\s\S]*?)</select>)re");
    static const std::regex chosen(R"re(<option value="([^"]*)" selected)re");
    for (std::sregex_iterator at(page.begin(), page.end(), select), end; at != end; ++at) {
      const std::string inside = (*at)[2];
      std::smatch value;
      add((*at)[1], std::regex_search(inside, value, chosen) ? value[1].str() : "0");
    }
    request.with_body(body, "application/x-www-form-urlencoded").with_header("Cookie", fmt::format("{}={}", session_cookie, who.token)).with_header("X-CSRF-Token", who.csrf);
    return router().handle(std::move(request));
  }
  static std::string digest_in(std::string_view page) {
    const std::size_t at = page.find("name=\"xem\" value=\"");
    return at == std::string_view::npos ? std::string() : std::string(page.substr(at + 18, 64));
  }
  http::Response write(const Person& who, const std::string& draft, std::string_view how = "hop-le") {
    const std::string digest = digest_in(get(who, draft + "/xem-truoc").body());
    return post(who, draft + "/ghi", {{"xem", digest}, {"cach", how}});
  }
  std::string body_of(const Person& who, const std::string& target) { return std::string(get(who, target).body()); }
  std::string start() { return import_path(small.ea_kar, "lien-he"); }
  std::string head_of(BodyId body) {
    const auto known = store().read([&](db::Reader& reader) { return contact(reader, house().keys, body); });
    return known ? known->head_name : std::string();
  }
  std::vector<AuditEntry> entries() {
    return store().read([&](db::Reader& reader) { return house().trail.of_body(reader, small.ea_kar, 0, 100); });
  }
  static Lines two_good() {
    return {{"Tên chi hội", "Chi hội trưởng", "SĐT"}, {"Chi hội Thôn 8", "Phạm Văn Lượng", "0912 345 678"}, {"Chi hội Thôn 2", "Y Bhiông Niê", "0987 654 321"}};
  }
  static Lines one_good_three_not() {
    return {{"Tên chi hội", "Chi hội trưởng", "SĐT"},
            {"Chi hội Thôn 8", "Phạm Văn Lượng", "0912 345 678"},
            {"Chi hội Thôn 99", "Lê Thị Hoa", "0912 345 679"},
            {"Chi hội Thôn 2", "Y Bhiông Niê", "không có"},
            {"Chi hội", "Ai đó", "0912 345 670"}};
  }

  std::shared_ptr<ImportKinds> kinds = std::make_shared<ImportKinds>();
  Person liên, chairman, head_of_8;
};
ON_BOTH_STORES(Wizard);

TEST_P(Wizard, A_list_goes_from_file_to_record_and_back) {
  const std::string draft = previewed(liên, workbook_of(two_good()));
  EXPECT_EQ(head_of(small.thon_8), "");
  EXPECT_THAT(body_of(liên, draft + "/xem-truoc"), AllOf(HasSubstr("Xem trước (chưa ghi)"), HasSubstr("Sẽ thêm: 2"), HasSubstr("Ghi 2 dòng"), HasSubstr("danh sách.xlsx")));
  const auto written = write(liên, draft);
  ASSERT_EQ(written.status(), http::Status::see_other) << written.body();
  EXPECT_EQ(head_of(small.thon_8), "Phạm Văn Lượng");
  EXPECT_EQ(head_of(small.thon_2), "Y Bhiông Niê");
  EXPECT_THAT(body_of(liên, draft), AllOf(HasSubstr("Đã ghi."), HasSubstr("Nhập 2 người liên hệ"), HasSubstr("Khôi phục như cũ")));
  ASSERT_EQ(entries().size(), 1U);
  EXPECT_EQ(entries().front().noun, "import");
  EXPECT_THAT(entries().front().after_json, AllOf(HasSubstr("Nhập 2 người liên hệ"), HasSubstr("rows_digest")));

  const auto undone = post(chairman, draft + "/khoi-phuc", {});
  EXPECT_EQ(undone.status(), http::Status::see_other) << undone.body();
  EXPECT_EQ(head_of(small.thon_8), "");
  EXPECT_THAT(body_of(liên, draft), AllOf(HasSubstr("đã được khôi phục như cũ"), Not(HasSubstr("btn-danger"))));
  EXPECT_EQ(entries().size(), 2U);
  EXPECT_EQ(post(chairman, draft + "/khoi-phuc", {}).status(), http::Status::see_other);
  EXPECT_EQ(entries().size(), 2U);
}

TEST_P(Wizard, The_same_file_twice_changes_nothing_and_says_so) {
  ASSERT_EQ(write(liên, previewed(liên, workbook_of(two_good()))).status(), http::Status::see_other);
  const std::size_t before = entries().size();
  const std::string again = previewed(liên, workbook_of(two_good()));
  EXPECT_THAT(body_of(liên, again + "/xem-truoc"), AllOf(HasSubstr("Chính tệp này đã được nhập"), HasSubstr("Không có gì phải ghi"), HasSubstr("Đã có, không đổi: 2"), Not(HasSubstr("name=\"xem\""))));
  EXPECT_EQ(post(liên, again + "/ghi", {{"xem", "x"}, {"cach", "hop-le"}}).status(), http::Status::conflict);
  EXPECT_EQ(entries().size(), before);
}

TEST_P(Wizard, Wrong_rows_are_explained_and_good_ones_may_be_written_alone_or_not_at_all) {
  const std::string draft = previewed(liên, workbook_of(one_good_three_not()));
  EXPECT_THAT(body_of(liên, draft + "/xem-truoc"),
              AllOf(HasSubstr("Không nhập được: 2"), HasSubstr("Cần xem lại: 1"), HasSubstr("<b>C4</b>: Ô C4 ghi “không có”"), HasSubstr("<b>A3</b>: Không có “Chi hội Thôn 99”"), HasSubstr("Ghi 1 dòng hợp lệ")));
  EXPECT_THAT(body_of(liên, draft + "/xem-truoc?loc=them"), AllOf(HasSubstr("Chi hội Thôn 8: Phạm Văn Lượng"), Not(HasSubstr("Thôn 99"))));
  const auto all_or_none = write(liên, draft, "tat-ca");
  EXPECT_EQ(all_or_none.status(), http::Status::conflict);
  EXPECT_THAT(std::string(all_or_none.body()), HasSubstr("Còn 3 dòng chưa hợp lệ"));
  EXPECT_EQ(head_of(small.thon_8), "");
  EXPECT_EQ(write(liên, draft).status(), http::Status::see_other);
  EXPECT_EQ(head_of(small.thon_8), "Phạm Văn Lượng");
  EXPECT_EQ(head_of(small.thon_2), "");
}

TEST_P(Wizard, A_row_with_several_matches_is_decided_on_the_page) {
  const std::string draft = previewed(liên, workbook_of({{"Tên chi hội", "Chi hội trưởng"}, {"Chi hội", "Phạm Văn Lượng"}}));
  EXPECT_THAT(body_of(liên, draft + "/xem-truoc"), AllOf(HasSubstr("name=\"dong-2\""), HasSubstr("Chi hội Thôn 8</option>"), Not(HasSubstr("name=\"xem\""))));
  EXPECT_EQ(post(liên, draft + "/chon", {{"dong-2", "987654"}}).status(), http::Status::see_other);
  EXPECT_THAT(body_of(liên, draft + "/xem-truoc"), Not(HasSubstr("name=\"xem\"")));
  EXPECT_EQ(post(liên, draft + "/chon", {{"dong-2", std::to_string(small.thon_8.value)}}).status(), http::Status::see_other);
  EXPECT_EQ(write(liên, draft).status(), http::Status::see_other);
  EXPECT_EQ(head_of(small.thon_8), "Phạm Văn Lượng");
}

TEST_P(Wizard, Rejected_rows_come_back_marked_and_are_read_again_after_mending) {
  const std::string draft = previewed(liên, workbook_of(one_good_three_not()));
  ASSERT_EQ(write(liên, draft).status(), http::Status::see_other);
  const auto file = get(liên, draft + "/chua-nhap.xlsx");
  ASSERT_EQ(file.status(), http::Status::ok);
  const auto book = spreadsheet::read_workbook(spreadsheet::bytes_of(file.body()));
  ASSERT_TRUE(book) << book.error().message;
  const spreadsheet::Sheet& sheet = book->sheets.front();
  EXPECT_EQ(sheet.last_row(), 4);
  EXPECT_EQ(sheet.at(1, 4).text, "Lý do chưa nhập được");
  EXPECT_EQ(sheet.at(2, 1).text, "Chi hội Thôn 99");
  EXPECT_EQ(sheet.at(3, 3).text, "không có");
  EXPECT_THAT(std::string(sheet.at(3, 4).text), HasSubstr("không phải một số điện thoại"));
  // mended in that very file: same columns, same headings, the reasons still there
  Lines mended{{"Tên chi hội", "Chi hội trưởng", "SĐT", "Lý do chưa nhập được"},
               {"Chi hội Trường THCS Nguyễn Du", "Lê Thị Hoa", "0912 345 679", std::string(sheet.at(2, 4).text)},
               {"Chi hội Thôn 2", "Y Bhiông Niê", "0987 654 321", std::string(sheet.at(3, 4).text)}};
  const std::string again = previewed(liên, workbook_of(mended));
  EXPECT_EQ(write(liên, again, "tat-ca").status(), http::Status::see_other);
  EXPECT_EQ(head_of(small.thon_2), "Y Bhiông Niê");
  EXPECT_EQ(head_of(small.nguyen_du), "Lê Thị Hoa");
}

TEST_P(Wizard, Whoever_comes_second_hears_that_verdicts_changed) {
  const std::string of_lien = previewed(liên, workbook_of(two_good()));
  const std::string of_chairman = previewed(chairman, workbook_of({{"Tên chi hội", "Chi hội trưởng"}, {"Chi hội Thôn 8", "Người khác"}}));
  const std::string seen = digest_in(get(chairman, of_chairman + "/xem-truoc").body());
  ASSERT_EQ(write(liên, of_lien).status(), http::Status::see_other);
  const auto late = post(chairman, of_chairman + "/ghi", {{"xem", seen}, {"cach", "hop-le"}});
  EXPECT_EQ(late.status(), http::Status::conflict);
  EXPECT_THAT(std::string(late.body()), AllOf(HasSubstr("đã có người ghi thay đổi"), HasSubstr("Sẽ sửa: 1")));
  EXPECT_EQ(head_of(small.thon_8), "Phạm Văn Lượng");
  EXPECT_EQ(write(chairman, of_chairman).status(), http::Status::see_other);
  EXPECT_EQ(head_of(small.thon_8), "Người khác");
}

TEST_P(Wizard, One_draft_is_written_once) {
  const std::string draft = previewed(liên, workbook_of(two_good()));
  const std::string digest = digest_in(get(liên, draft + "/xem-truoc").body());
  EXPECT_EQ(post(liên, draft + "/ghi", {{"xem", digest}, {"cach", "hop-le"}}).status(), http::Status::see_other);
  EXPECT_EQ(post(liên, draft + "/ghi", {{"xem", digest}, {"cach", "hop-le"}}).status(), http::Status::see_other);
  EXPECT_EQ(entries().size(), 1U);
}

TEST_P(Wizard, An_undo_that_cannot_be_says_why_and_leaves_everything) {
  const std::string draft = previewed(liên, workbook_of(two_good()));
  ASSERT_EQ(write(liên, draft).status(), http::Status::see_other);
  store().write([&](db::Writer& writer) {
    const auto now = contact(writer, house().keys, small.thon_2);
    return keep_contact(writer, house().keys, {}, {small.thon_2, "Không trả lại", {}, now->row_version});
  });
  const auto refused = post(liên, draft + "/khoi-phuc", {});
  EXPECT_EQ(refused.status(), http::Status::conflict);
  EXPECT_THAT(std::string(refused.body()), AllOf(HasSubstr("Chưa khôi phục được"), HasSubstr("Người liên hệ này đã được giữ lại.")));
  EXPECT_EQ(head_of(small.thon_8), "Phạm Văn Lượng");
}

TEST_P(Wizard, Columns_are_remembered_and_wrong_choices_are_refused_at_their_field) {
  const auto taken = upload(liên, workbook_of({{"Nơi", "Ai"}, {"Chi hội Thôn 8", "Phạm Văn Lượng"}}));
  const std::string address(taken.header("Location"));
  const auto missing = post(liên, address, {{"viec", "xem"}, {"trang", "Danh sách"}, {"dong", "1"}, {"chon-tu", "31/02/2026"}});
  EXPECT_EQ(missing.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(missing.body()), AllOf(HasSubstr("Còn 2 chỗ cần sửa"), HasSubstr("value=\"31/02/2026\"")));
  const auto unmatched = post(liên, address, {{"viec", "xem"}, {"trang", "Danh sách"}, {"dong", "1"}, {"chon-tu", "01/6/2026"}, {"cot-nguoi", "2"}, {"cot-dien_thoai", "2"}});
  EXPECT_EQ(unmatched.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(unmatched.body()), AllOf(HasSubstr("Danh sách phải có cột “Tên tổ chức”"), HasSubstr("Cột B đã được chọn cho “Người đứng đầu”")));
  const auto fine = post(liên, address, {{"viec", "xem"}, {"trang", "Danh sách"}, {"dong", "1"}, {"chon-tu", "01/6/2026"}, {"cot-ten", "1"}, {"cot-nguoi", "2"}});
  EXPECT_EQ(fine.status(), http::Status::see_other) << fine.body();
  const std::string again = previewed(liên, workbook_of({{"Ai", "Nơi"}, {"Phạm Văn Lượng", "Chi hội Thôn 8"}}));
  EXPECT_THAT(body_of(liên, again + "/xem-truoc"), AllOf(HasSubstr("Sẽ thêm: 1"), HasSubstr("2 cột")));
}

TEST_P(Wizard, Another_sheet_or_row_is_guessed_anew) {
  spreadsheet::WorkbookWriter book("a", today());
  book.add_sheet("Bìa").text(1, 1, "Tên tổ chức");
  auto sheet = book.add_sheet("Thôn");
  sheet.text(3, 1, "Tên chi hội");
  sheet.text(3, 2, "Chi hội trưởng");
  sheet.text(4, 1, "Chi hội Thôn 8");
  const auto taken = upload(liên, *book.finish());
  const std::string address(taken.header("Location"));
  EXPECT_THAT(body_of(liên, address), AllOf(HasSubstr("<option value=\"Thôn\" selected>"), HasSubstr("name=\"dong\" inputmode=\"numeric\" value=\"3\"")));
  EXPECT_EQ(post(liên, address, {{"viec", "doc-lai"}, {"trang", "Bìa"}, {"dong", "3"}, {"chon-tu", "01/6/2026"}}).status(), http::Status::unprocessable);
  EXPECT_EQ(post(liên, address, {{"viec", "doc-lai"}, {"trang", "Bìa"}, {"dong", "1"}, {"chon-tu", "01/6/2026"}}).status(), http::Status::see_other);
  EXPECT_THAT(body_of(liên, address), HasSubstr("<option value=\"Bìa\" selected>"));
}

TEST_P(Wizard, Drafts_are_taken_up_again_and_can_be_left) {
  const std::string draft = previewed(liên, workbook_of(two_good()));
  EXPECT_THAT(body_of(chairman, start()), AllOf(HasSubstr("Đang làm dở"), HasSubstr(draft)));
  EXPECT_EQ(get(chairman, draft).header("Location"), draft + "/xem-truoc");
  EXPECT_EQ(post(chairman, draft + "/bo", {}).status(), http::Status::see_other);
  EXPECT_THAT(body_of(chairman, start()), Not(HasSubstr("Đang làm dở")));
  EXPECT_EQ(get(chairman, draft + "/xem-truoc").status(), http::Status::see_other);
}

TEST_P(Wizard, The_template_is_read_as_it_is) {
  const auto file = get(liên, start() + "/mau.xlsx");
  ASSERT_EQ(file.status(), http::Status::ok);
  const auto book = spreadsheet::read_workbook(spreadsheet::bytes_of(file.body()));
  ASSERT_TRUE(book);
  EXPECT_EQ(book->sheets[0].at(1, 3).text, "Điện thoại");
  EXPECT_EQ(book->sheets[1].name, "Hướng dẫn");
  const auto taken = upload(liên, std::string(file.body()));
  const std::string page = body_of(liên, std::string(taken.header("Location")));
  EXPECT_THAT(page, HasSubstr("<option value=\"7\" selected>"));
}

TEST_P(Wizard, A_long_list_is_written_by_a_job_and_opens_again_when_it_cannot_be) {
  Lines lines{{"Tên chi hội", "Chi hội trưởng"}, {"Chi hội Thôn 8", "Phạm Văn Lượng"}};
  for (int i = 0; i < 2'100; ++i) lines.push_back({fmt::format("Chi hội Thôn {}", 100 + i), "Không ai"});
  const std::string draft = previewed(liên, workbook_of(lines));
  ASSERT_EQ(write(liên, draft).status(), http::Status::see_other);
  EXPECT_THAT(body_of(liên, draft), AllOf(HasSubstr("Đang ghi danh sách"), HasSubstr("Đang chờ đến lượt")));
  EXPECT_EQ(head_of(small.thon_8), "");
  jobs::Worker worker(store(), house().clock, {});
  handle_imports(worker, house(), kinds);
  while (worker.run_one()) {
  }
  EXPECT_THAT(body_of(liên, draft), AllOf(HasSubstr("Đã ghi."), HasSubstr("<dd>2.100</dd>")));
  EXPECT_EQ(head_of(small.thon_8), "Phạm Văn Lượng");

  lines[1][1] = "Lê Thị Hoa";
  const std::string second = previewed(liên, workbook_of(lines));
  ASSERT_EQ(write(liên, second).status(), http::Status::see_other);
  store().write([&](db::Writer& writer) {
    const auto now = contact(writer, house().keys, small.thon_8);
    return keep_contact(writer, house().keys, {}, {small.thon_8, "Lê Thị Hoa", {}, now->row_version});
  });
  while (worker.run_one()) {
  }
  EXPECT_EQ(get(liên, second).header("Location"), second + "/xem-truoc");
  EXPECT_THAT(body_of(liên, second + "/xem-truoc"), HasSubstr("đã có người ghi thay đổi"));
}

TEST_P(Wizard, What_was_chosen_for_a_column_stands_there_in_full) {
  const auto taken = upload(liên, workbook_of({{"Tên chi hội", "Chi hội trưởng", "Số", "Số"}, {"Chi hội Thôn 8", "Phạm Văn Lượng", "1", "0912 345 678"}}));
  const std::string page = body_of(liên, std::string(taken.header("Location")));
  EXPECT_THAT(page, AllOf(HasSubstr("selected>Cột B: Chi hội trưởng<"), HasSubstr("Cột B, “Chi hội trưởng”, ghi: Phạm Văn Lượng")));
  EXPECT_THAT(page, AllOf(HasSubstr(">Cột C: Số (1)<"), HasSubstr(">Cột D: Số (0912 345 678)<"))) << "headings alike are told apart by what stands under them";
}

TEST_P(Wizard, What_lies_outside_is_as_if_it_did_not_exist) {
  const std::string draft = previewed(liên, workbook_of(two_good()));
  const std::string id = draft.substr(draft.rfind('/'));
  EXPECT_EQ(get(liên, import_path(small.ea_o, "lien-he")).status(), http::Status::not_found);
  EXPECT_EQ(get(liên, import_path(small.thon_8, "lien-he") + id).status(), http::Status::not_found);
  EXPECT_EQ(get(head_of_8, draft + "/xem-truoc").status(), http::Status::not_found);
  EXPECT_EQ(get(head_of_8, start()).status(), http::Status::not_found);
  EXPECT_EQ(get(liên, start() + "/1").status(), http::Status::not_found);
  EXPECT_THAT(body_of(liên, "/nhap-tep"), AllOf(HasSubstr(start()), HasSubstr("danh sách.xlsx")));
  EXPECT_THAT(body_of(head_of_8, "/nhap-tep"), AllOf(Not(HasSubstr("lien-he")), HasSubstr("Chưa có danh sách nào")));
}

TEST_P(Wizard, Files_that_are_no_list_are_refused_in_a_sentence) {
  const auto refused = upload(liên, "xin chào");
  EXPECT_EQ(refused.status(), http::Status::unprocessable);
  EXPECT_THAT(std::string(refused.body()), HasSubstr("Tệp này chưa đọc được. Chưa ghi gì."));
  EXPECT_EQ(post(liên, start(), {}).status(), http::Status::unprocessable);
  EXPECT_THAT(body_of(liên, start() + "?tu=05/6/2026"), HasSubstr("?tu=05%2F6%2F2026\""));      // an answer that a link proposes travels with the file
}

TEST_P(Wizard, Without_pages_the_same_is_done_and_found_again) {
  const auto viewer = *house().sessions.viewer(liên.token);
  const ContactListKind kind;
  const auto tried = import_directly(kind, house(), viewer, small.ea_kar, {.file_name = "a.xlsx", .content = workbook_of(two_good()), .trial = DirectImport::Trial::yes});
  ASSERT_TRUE(tried) << tried.error().message;
  EXPECT_EQ(tried->record.added, 2);
  EXPECT_EQ(head_of(small.thon_8), "");
  const auto done = import_directly(kind, house(), viewer, small.ea_kar, {.file_name = "a.xlsx", .content = workbook_of(two_good())});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->record.state, ImportState::done);
  const auto of_record = store().read([&](db::Reader& reader) { return imports_that_wrote(reader, "lien-he", small.thon_8.value); });
  ASSERT_EQ(of_record.size(), 1U);
  EXPECT_EQ(of_record[0].id, done->record.id);
  EXPECT_TRUE(undo_import(kind, house(), viewer, done->record.id));
  EXPECT_EQ(undo_import(kind, house(), viewer, done->record.id).error().code, "import.not_done");
  EXPECT_TRUE(store().read([&](db::Reader& reader) { return imports_that_wrote(reader, "lien-he", small.thon_8.value); }).empty());
}

}  // namespace
}  // namespace khuyenhoc
