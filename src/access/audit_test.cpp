#include "access/audit.h"

#include <gtest/gtest.h>

#include "access/access_fixture.h"
#include "platform/db/test_stores.h"

namespace khuyenhoc {
namespace {

class Trail : public db::OnBothStores {
 protected:
  void SetUp() override {
    OnBothStores::SetUp();
    trail_.emplace(store(), keys_, Clock{[this] { return now_ms_; }});
  }

  void note(BodyId body, std::int64_t record, std::string after, const std::optional<Personal>& personal = std::nullopt) {
    store().write([&](db::Writer& writer) {
      AuditEntry entry;
      entry.user = UserId{7};
      entry.body = body;
      entry.noun = "statement";
      entry.record = record;
      entry.action = "state";
      entry.after_json = std::move(after);
      trail_->write(writer, std::move(entry), personal);
    });
  }
  AuditVerdict verdict() {
    return store().read([&](db::Reader& reader) { return trail_->verify(reader); });
  }

  AuditVerdict verdict_on() {
    return store().read([&](db::Reader& reader) { return trail_->verify_on(reader); });
  }
  void tamper(std::string_view sql) {
    store().write([&](db::Writer& writer) { writer.run(sql); });
  }

  SmallOffices offices_;
  std::int64_t now_ms_ = 1'780'000'000'000;
  crypto::KeyRing keys_ = crypto::KeyRing::for_tests();
  std::optional<AuditTrail> trail_;
};
ON_BOTH_STORES(Trail);

TEST_P(Trail, keeps_every_change_in_order_and_tells_a_record_its_history) {
  note(offices_.branch_8, 1, R"({"value":118})");
  note(offices_.branch_8, 2, R"({"value":5})");
  note(offices_.branch_8, 1, R"({"value":120})");
  const auto history = store().read([&](db::Reader& reader) { return trail_->of_record(reader, "statement", 1); });
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[0].after_json, R"({"value":120})");
  EXPECT_GT(history[0].position, history[1].position);
  EXPECT_EQ(history[1].at_ms, now_ms_);
}

TEST_P(Trail, a_change_that_is_rolled_back_leaves_no_entry) {
  const auto refused = store().write([&](db::Writer& writer) -> Result<void> {
    AuditEntry entry;
    entry.noun = "statement";
    trail_->write(writer, std::move(entry));
    return refuse("x", "Không ghi.");
  });
  EXPECT_FALSE(refused);
  EXPECT_EQ(verdict().entries, 0);
}

TEST_P(Trail, is_sealed_in_order_and_says_how_much_is_not_sealed_yet) {
  note(offices_.branch_8, 1, "{}");
  note(offices_.branch_8, 2, "{}");
  EXPECT_EQ(trail_->seal(), 2);
  EXPECT_EQ(trail_->seal(), 0);
  note(offices_.branch_8, 3, "{}");
  auto now = verdict();
  EXPECT_TRUE(now.good());
  EXPECT_EQ(now.sealed, 2);
  EXPECT_EQ(now.unsealed, 1);
  EXPECT_EQ(now.head_hex.size(), 64U);
  EXPECT_EQ(trail_->seal(), 1);
  now = verdict();
  EXPECT_TRUE(now.good());
  EXPECT_EQ(now.seals, 2);
}

TEST_P(Trail, a_changed_row_a_missing_row_and_a_forged_seal_are_found) {
  for (int i = 1; i <= 4; ++i) note(offices_.branch_8, i, "{}");
  trail_->seal();
  EXPECT_TRUE(verdict().good());
  store().write([](db::Writer& writer) { writer.run("UPDATE audit_entry SET record = 9 WHERE record = 3"); });
  EXPECT_FALSE(verdict().good());
  store().write([](db::Writer& writer) { writer.run("UPDATE audit_entry SET record = 3 WHERE record = 9"); });
  EXPECT_TRUE(verdict().good());
  store().write([](db::Writer& writer) { writer.run("DELETE FROM audit_entry WHERE record = 4"); });
  EXPECT_FALSE(verdict().good());
}

TEST_P(Trail, a_forged_seal_and_a_seal_that_claims_another_count_are_found) {
  for (int i = 1; i <= 4; ++i) note(offices_.branch_8, i, "{}");
  trail_->seal();
  store().write([](db::Writer& writer) { writer.run("UPDATE audit_seal SET entries = 3"); });
  EXPECT_FALSE(verdict().good());
  store().write([](db::Writer& writer) { writer.run("UPDATE audit_seal SET entries = 4"); });
  EXPECT_TRUE(verdict().good());
  store().write([](db::Writer& writer) { writer.run("UPDATE audit_seal SET signature = head"); });
  EXPECT_FALSE(verdict().good());
}

TEST_P(Trail, goes_on_from_where_it_was_found_good_and_verify_still_reads_everything) {
  for (int i = 1; i <= 3; ++i) note(offices_.branch_8, i, "{}");
  trail_->seal();
  const AuditVerdict first = verdict_on();
  EXPECT_TRUE(first.good());
  EXPECT_EQ(first.whole_ms, now_ms_) << "the first look reads the whole chain";
  const std::int64_t began = now_ms_;
  now_ms_ += 5'000;
  note(offices_.branch_8, 4, "{}");
  trail_->seal();
  note(offices_.branch_8, 5, "{}");
  const AuditVerdict later = verdict_on();
  EXPECT_TRUE(later.good());
  EXPECT_EQ(later.whole_ms, began);
  EXPECT_EQ(later.entries, 5);
  EXPECT_EQ(later.sealed, 4);
  EXPECT_EQ(later.unsealed, 1);
  EXPECT_EQ(later.seals, 2);
  EXPECT_EQ(later.head_hex, verdict().head_hex);
  // new entries are judged at once
  tamper("UPDATE audit_entry SET record = 9 WHERE record = 5");
  trail_->seal();
  EXPECT_FALSE(verdict_on().good());
  tamper("UPDATE audit_entry SET record = 5 WHERE record = 9");
  EXPECT_TRUE(verdict_on().good());
  // an old entry is found by whoever reads everything, after which nothing is taken as good
  tamper("UPDATE audit_entry SET record = 8 WHERE record = 1");
  EXPECT_FALSE(verdict().good());
  EXPECT_FALSE(verdict_on().good());
  tamper("UPDATE audit_entry SET record = 1 WHERE record = 8");
  EXPECT_TRUE(verdict_on().good());
}

TEST_P(Trail, an_old_entry_changed_is_found_a_day_later_even_if_nobody_asks_for_the_whole) {
  for (int i = 1; i <= 3; ++i) note(offices_.branch_8, i, "{}");
  trail_->seal();
  EXPECT_TRUE(verdict_on().good());
  tamper("UPDATE audit_entry SET record = 9 WHERE record = 1");
  now_ms_ += 86'400'000;
  EXPECT_FALSE(verdict_on().good());
}

TEST_P(Trail, an_entry_before_the_first_one_is_found) {
  note(offices_.branch_8, 1, "{}");
  trail_->seal();
  note(offices_.branch_8, 2, "{}");
  tamper("UPDATE audit_entry SET position = -1 WHERE record = 2");
  EXPECT_FALSE(verdict().good());
}

TEST_P(Trail, a_chain_cut_short_is_missed_by_the_process_that_saw_it_whole) {
  for (int i = 1; i <= 2; ++i) {
    note(offices_.branch_8, i, "{}");
    trail_->seal();
  }
  EXPECT_TRUE(verdict_on().good());
  now_ms_ += 120'000;
  tamper("DELETE FROM audit_entry WHERE record = 2");
  tamper("DELETE FROM audit_seal WHERE first_position > 1");
  EXPECT_FALSE(verdict_on().good());
  EXPECT_FALSE(verdict_on().good()) << "and is not forgotten";
}

TEST_P(Trail, what_people_do_with_their_own_accounts_is_no_change_of_the_body) {
  note(offices_.branch_8, 1, "{}");
  for (const char* action : {"sign_in", "sign_out", "password", "slip"})
    store().write([&](db::Writer& writer) {
      AuditEntry entry;
      entry.user = UserId{7};
      entry.body = offices_.branch_8;
      entry.noun = "user";
      entry.record = 7;
      entry.action = action;
      trail_->write(writer, std::move(entry));
    });
  const auto of_body = store().read([&](db::Reader& reader) { return trail_->of_body(reader, offices_.branch_8, 0, 10); });
  ASSERT_EQ(of_body.size(), 2U);
  EXPECT_EQ(of_body[0].action, "slip");
  EXPECT_EQ(of_body[1].noun, "statement");
  const auto of_user = store().read([&](db::Reader& reader) { return trail_->of_record(reader, "user", 7); });
  EXPECT_EQ(of_user.size(), 4U);
}

TEST_P(Trail, shows_only_what_lies_in_the_scope_newest_first) {
  note(offices_.branch_8, 1, "{}");
  note(offices_.branch_in_ea_o, 2, "{}");
  note(offices_.old_branch, 3, "{}");
  const Scope of_ea_kar({{Permission::see_audit, Grant::Reach::subtree, {offices_.ea_kar}}}, offices_.organisation, SmallOffices::today());
  const auto page = store().read([&](db::Reader& reader) { return trail_->page(reader, of_ea_kar, 0, 10); });
  ASSERT_EQ(page.size(), 2U);
  EXPECT_EQ(page[0].record, 3);
  EXPECT_EQ(page[1].record, 1);
  const auto older = store().read([&](db::Reader& reader) { return trail_->page(reader, of_ea_kar, page[0].position, 10); });
  ASSERT_EQ(older.size(), 1U);
}

TEST_P(Trail, tells_one_body_its_own_changes_and_a_page_nothing_older_than_asked) {
  const std::int64_t monday = now_ms_;
  note(offices_.branch_8, 1, R"({"value":118})");
  now_ms_ = monday + 86'400'000;
  note(offices_.branch_11, 2, R"({"value":5})");
  note(offices_.branch_8, 3, R"({"value":120})");
  const auto own = store().read([&](db::Reader& reader) { return trail_->of_body(reader, offices_.branch_8, 0, 10); });
  ASSERT_EQ(own.size(), 2U);
  EXPECT_EQ(own[0].record, 3);
  EXPECT_EQ(own[1].record, 1);
  const auto older = store().read([&](db::Reader& reader) { return trail_->of_body(reader, offices_.branch_8, own[0].position, 10); });
  ASSERT_EQ(older.size(), 1U);
  EXPECT_EQ(older[0].record, 1);
  const Scope of_ea_kar({{Permission::see_audit, Grant::Reach::subtree, {offices_.ea_kar}}}, offices_.organisation, SmallOffices::today());
  const auto since = store().read([&](db::Reader& reader) { return trail_->page(reader, of_ea_kar, 0, 10, monday + 1); });
  ASSERT_EQ(since.size(), 2U);
  EXPECT_EQ(since[1].record, 2);
}

TEST_P(Trail, hears_of_changes_made_on_lower_floors_with_their_sentence_and_personal_fields_apart) {
  ViewerData data;
  data.user = UserId{7};
  data.today = SmallOffices::today();
  const Viewer viewer(data, offices_.organisation);
  store().write([&](db::Writer& writer) {
    const AuditSink sink = sink_of(*trail_, viewer, [](const ChangeNote&) { return std::string("Đổi tên Chi hội Thôn 8"); });
    sink(writer, {offices_.branch_8, "body", offices_.branch_8.value, "rename", R"({"name":"a"})", R"({"name":"b"})", "Quyết định số 12", {}});
    sink(writer, {offices_.branch_8, "contact", offices_.branch_8.value, "keep", {}, {}, {}, R"({"after":{"telephone":"0911222333"}})"});
  });
  const auto entries = store().read([&](db::Reader& reader) { return trail_->of_body(reader, offices_.branch_8, 0, 10); });
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_NE(entries[0].personal_json.find("0911222333"), std::string::npos);
  EXPECT_EQ(entries[0].after_json.find("0911222333"), std::string::npos);
  EXPECT_EQ(entries[1].user, UserId{7});
  EXPECT_EQ(entries[1].reason, "Quyết định số 12");
  EXPECT_NE(entries[1].after_json.find("Đổi tên Chi hội Thôn 8"), std::string::npos);
  EXPECT_NE(entries[1].after_json.find(R"("name":"b")"), std::string::npos);
}

TEST_P(Trail, personal_fields_are_readable_until_the_person_is_erased_and_the_chain_stays_whole) {
  note(offices_.branch_8, 1, "{}", Personal{"contact", 5, R"({"after":{"name":"Phạm Văn Lượng","telephone":"0911222333"}})"});
  trail_->seal();
  store().read([&](db::Reader& reader) {
    reader.each("SELECT canonical FROM audit_entry", {}, [&](const db::Row& row) {
      const auto bytes = row.bytes(0);
      const std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
      EXPECT_EQ(text.find("0911222333"), std::string::npos);
    });
  });
  auto entry = store().read([&](db::Reader& reader) { return trail_->of_record(reader, "statement", 1).front(); });
  EXPECT_NE(entry.personal_json.find("Phạm Văn Lượng"), std::string::npos);
  store().write([&](db::Writer& writer) { trail_->erase_person(writer, "contact", 5); });
  entry = store().read([&](db::Reader& reader) { return trail_->of_record(reader, "statement", 1).front(); });
  EXPECT_TRUE(entry.personal_json.empty());
  EXPECT_TRUE(entry.personal_erased);
  EXPECT_TRUE(verdict().good());
}

}  // namespace
}  // namespace khuyenhoc
