// Random lists as people type them: whatever is read twice is there once.
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "base/text.h"
#include "body_lists/body_lists.h"
#include "body_lists/names.h"
#include "importing/importing_fixture.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

int any(int from, int below) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(from, below)); }

class BodyListsTwice : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override { kind = body_lists_import(pages.house()); }
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (!IsSkipped()) office = person("Ông", "Y Bhiông Niê", small.dak_lak, "chanh_van_phong");
  }

  // One name in one of the ways in which people write it.
  static std::string written(const std::string& name) {
    switch (any(0, 5)) {
      case 1: return folded(name);
      case 2: return upper_case(name);
      case 3: return "  " + name + " ";
      case 4: return upper_case(folded(name));
      default: return name;
    }
  }
  static std::string one_of(std::vector<std::string> words) { return *rc::gen::elementOf(std::move(words)); }
  // Few enough that lists meet themselves, and what is there already, again and again. Of names that only tones tell apart there are none: those are two bodies.
  static std::string some_name() {
    switch (any(0, 4)) {
      case 0: return "Chi hội Thôn " + std::to_string(any(1, 14));
      case 1: return "Chi hội Buôn " + one_of({"Ea Knốp", "Tơng Sinh", "M’Oa", "Duôn Tai"});
      case 2: return "Ban khuyến học dòng họ " + one_of({"Nguyễn Đình", "Trần Quang", "Đặng", "Hoàng Văn"});
      default: return "Chi hội Trường " + one_of({"THCS Nguyễn Du", "Tiểu học Kim Đồng", "Mầm non Sơn Ca"});
    }
  }
  static Lines some_list() {
    Lines out{{"Tên tổ chức", "Xã, phường", "Người đứng đầu", "Điện thoại"}};
    const int rows = any(1, 15);
    for (int row = 0; row < rows; ++row) {
      const int head = any(0, 4);
      out.push_back({written(some_name()), written(one_of({"Xã Ea Kar", "Xã Ea Ô", "Xã Ea Ktur"})), head == 0 ? "" : "Lê Thị Hoa " + std::string(static_cast<std::size_t>(head), 'A'),
                     head == 0 ? "" : "0912 000 00" + std::to_string(head)});
    }
    return out;
  }
  DirectOutcome read(const Lines& lines) {
    auto outcome = import_directly(*kind, house(), *house().sessions.viewer(office.token), small.dak_lak, {.file_name = "danh sách.xlsx", .content = workbook_of(lines)});
    // A list of nothing but wrong rows is refused as a whole.
    return outcome ? std::move(*outcome) : DirectOutcome{};
  }
  // Everything a list can change: every body below, by where it stands, with its contact.
  std::vector<std::string> everything() {
    std::vector<std::string> out;
    const auto now = house().organisation.current();
    store().read([&](db::Reader& reader) {
      for (const BodyId body : now->below(small.dak_lak, today())) {
        const auto known = contact(reader, house().keys, body);
        const auto& version = now->body(body).on(today());
        out.push_back(fmt::format("{} {} {} {} {}", body.value, version.superior.value, version.name, known ? known->head_name : "", known ? known->telephone : ""));
      }
    });
    return out;
  }

  std::unique_ptr<ImportKind> kind;
  Person office;
};
ON_BOTH_STORES(BodyListsTwice);

TEST_P(BodyListsTwice, The_same_list_twice_is_the_list_once) {
  // The lists follow each other in one place, so that later ones meet what earlier ones brought.
  auto params = rc::detail::configuration().testParams;
  params.maxSuccess = on_postgres() ? 8 : 25;
  params.disableShrinking = true;
  const std::size_t before = everything().size();
  const auto result = rc::detail::checkTestable(
      [this] {
        const Lines list = some_list();
        read(list);
        const auto once = everything();
        const auto again = read(list);
        RC_ASSERT(again.record.added == 0);
        RC_ASSERT(again.record.changed == 0);
        RC_ASSERT(everything() == once);
        // Nor is a body there twice under one superior, whichever way its name was written.
        const auto now = house().organisation.current();
        for (const BodyId superior : {small.ea_kar, small.ea_o, small.ea_ktur}) {
          std::set<std::string> seen;
          for (const BodyId body : now->children(superior, today()))
            RC_ASSERT(seen.insert(now->body(body).kind + body_lists::keys_of(now->body(body).on(today()).name).loose).second);
        }
      },
      rc::detail::TestMetadata{}, params);
  EXPECT_GT(everything().size(), before + 10) << "the lists did found something";
  if (result.template is<rc::detail::SuccessResult>()) return;
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  FAIL() << text.str();
}

}  // namespace
}  // namespace khuyenhoc
