#include <atomic>
#include <cmath>
#include <limits>
#include <thread>

#include <gmock/gmock.h>

#include "base/i18n.h"
#include "platform/db/test_stores.h"

namespace khuyenhoc::db {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view insert_member = "INSERT INTO member (id, name, amount) VALUES ($1, $2, $3)";
constexpr std::string_view count_members = "SELECT count(*) FROM member";
constexpr std::string_view member_names = "SELECT name FROM member ORDER BY id";
constexpr Migration member_table{"20200101_0000_test_member",
                                 "-- for these tests\n"
                                 "CREATE TABLE member (id {id} PRIMARY KEY, name {text} NOT NULL, amount {int}, share {real}, photo {blob}, CHECK (amount <> 13)) {strict};"
                                 "CREATE UNIQUE INDEX member_by_name ON member (name);"
                                 "CREATE TABLE card (member {int} NOT NULL REFERENCES member DEFERRABLE INITIALLY DEFERRED, position {int}) {strict};"};

class StoreContract : public OnBothStores {
 protected:
  StoreContract() : OnBothStores(TestPlaces::Content::empty) {}
  void SetUp() override {
    OnBothStores::SetUp();
    if (IsSkipped()) return;
    ASSERT_TRUE(store().migrate({&member_table, 1}));
  }
  std::int64_t count() {
    return store().read([](Reader& reader) { return *reader.first_number(count_members); });
  }
  std::vector<std::string> names() {
    return store().read([](Reader& reader) { return reader.all(member_names, {}, [](const Row& row) { return std::string(row.text(0)); }); });
  }
  void add(std::int64_t id, std::string_view name) {
    store().write([&](Writer& writer) { writer.run(insert_member, {id, name, 1}); });
  }
};
ON_BOTH_STORES(StoreContract);

TEST_P(StoreContract, Every_kind_of_value_comes_back_as_it_went_in) {
  const Uuid uuid = Uuid::make(1'700'000'000'000);
  const std::string long_text(200'000, 'x');
  store().write([&](Writer& writer) {
    writer.run("INSERT INTO member (id, name, amount, share, photo) VALUES ($1, $2, $3, $4, $5)",
               {1, "Hội Khuyến học xã Ea Kar", std::numeric_limits<std::int64_t>::min(), 0.1, uuid});
    writer.run("INSERT INTO member (photo, share, amount, name, id) VALUES ($5, $4, $3, $2, $1)", {2, "", std::numeric_limits<std::int64_t>::max(), -1e300, Blob{}});
    writer.run("INSERT INTO member (id, name, amount, share, photo) VALUES ($1, $2, $3, $4, $5)", {3, long_text, std::nullopt, std::nullopt, std::nullopt});
  });
  store().read([&](Reader& reader) {
    int rows = 0;
    reader.each("SELECT name, amount, share, photo, id FROM member ORDER BY id", {}, [&](const Row& row) {
      ++rows;
      if (row.number(4) == 1) {
        EXPECT_EQ(row.text(0), "Hội Khuyến học xã Ea Kar");
        EXPECT_EQ(row.number(1), std::numeric_limits<std::int64_t>::min());
        EXPECT_EQ(row.real(2), 0.1);
        EXPECT_EQ(row.uuid(3), uuid);
      } else if (row.number(4) == 2) {
        EXPECT_EQ(row.text(0), "");
        EXPECT_EQ(row.number(1), std::numeric_limits<std::int64_t>::max());
        EXPECT_EQ(row.real(2), -1e300);
        EXPECT_FALSE(row.is_null(3));
        EXPECT_TRUE(row.bytes(3).empty());
      } else {
        EXPECT_EQ(row.text(0), long_text);
        EXPECT_TRUE(row.is_null(1) && row.is_null(2) && row.is_null(3));
        EXPECT_EQ(row.maybe_number(1), std::nullopt);
        EXPECT_THROW(row.number(1), std::logic_error);
        EXPECT_THROW(row.number(0), std::logic_error);
        EXPECT_THROW(row.text(9), std::logic_error);
      }
    });
    EXPECT_EQ(rows, 3);
  });
}

TEST_P(StoreContract, What_one_engine_could_not_keep_both_refuse) {
  const auto write = [&](const Value& value) { store().write([&](Writer& writer) { writer.run("UPDATE member SET name = $1", {value}); }); };
  EXPECT_THROW(write(std::string("a\0b", 3)), Failure);
  EXPECT_THROW(write("\xff\xfe"), Failure);
  EXPECT_THROW(write(std::nan("")), Failure);
}

TEST_P(StoreContract, Sums_counts_and_comparisons_are_numbers) {
  add(1, "An");
  add(2, "Bình");
  store().read([](Reader& reader) {
    reader.each("SELECT sum(amount), count(*), max(amount) = 1, sum(amount) * 1.5, -sum(amount) * 3000000000 FROM member", {}, [](const Row& row) {
      EXPECT_EQ(row.number(0), 2);
      EXPECT_EQ(row.number(1), 2);
      EXPECT_TRUE(row.flag(2));
      EXPECT_DOUBLE_EQ(row.real(3), 3.0);
      EXPECT_EQ(row.number(4), -6'000'000'000);
    });
  });
}

TEST_P(StoreContract, A_missing_filter_matches_everything) {
  add(1, "An");
  store().read([](Reader& reader) {
    EXPECT_EQ(reader.first_number("SELECT count(*) FROM member WHERE $1 IS NULL OR amount = $1", {std::nullopt}), 1);
    EXPECT_EQ(reader.first_number("SELECT count(*) FROM member WHERE $1 IS NULL OR amount = $1", {2}), 0);
    EXPECT_EQ(reader.first_number("SELECT count(*) FROM member WHERE $1 IS NULL OR name = $1", {std::nullopt}), 1);
    EXPECT_EQ(reader.first_number("SELECT count(*) FROM member WHERE $1 IS NULL OR name = $1", {"Bình"}), 0);
  });
}

TEST_P(StoreContract, Texts_are_compared_byte_by_byte) {
  add(1, "b");
  add(2, "B");
  add(3, "á");
  store().read([](Reader& reader) {
    EXPECT_THAT(reader.all("SELECT id FROM member ORDER BY name", {}, [](const Row& row) { return row.number(0); }), ElementsAre(2, 1, 3));
    EXPECT_EQ(reader.first_number("SELECT count(*) FROM member WHERE name LIKE 'b%'"), 1);
  });
}

TEST_P(StoreContract, A_refused_write_leaves_nothing) {
  const auto answer = store().write([&](Writer& writer) -> Result<int> {
    writer.run(insert_member, {1, "An", 1});
    return refuse("member.twice", "Hội viên này đã có trong danh sách.");
  });
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "member.twice");
  EXPECT_EQ(count(), 0);
  const auto kept = store().write([&](Writer& writer) -> Result<int> { return static_cast<int>(writer.run(insert_member, {1, "An", 1})); });
  EXPECT_EQ(kept, 1);
  EXPECT_EQ(count(), 1);
}

TEST_P(StoreContract, Inside_a_write_the_language_is_that_of_whoever_waits_for_it) {
  const auto spoken = [&] {
    Language inside = Language::vietnamese;
    store().write([&](Writer&) { inside = current_language(); });
    return inside;
  };
  EXPECT_EQ(spoken(), Language::vietnamese);
  {
    const LanguageScope english(Language::english);
    EXPECT_EQ(spoken(), Language::english);
  }
  EXPECT_EQ(spoken(), Language::vietnamese);
}

TEST_P(StoreContract, A_write_that_throws_leaves_nothing_and_the_caller_hears_of_it) {
  EXPECT_THROW(store().write([&](Writer& writer) {
    writer.run(insert_member, {1, "An", 1});
    throw std::runtime_error("stop");
  }),
               std::runtime_error);
  EXPECT_EQ(count(), 0);
}

TEST_P(StoreContract, A_broken_constraint_is_a_violation_even_when_the_closure_hides_it) {
  add(1, "An");
  EXPECT_THROW(add(2, "An"), Violation);
  EXPECT_THROW(store().write([&](Writer& writer) { writer.run(insert_member, {3, "Chi", 13}); }), Violation);
  EXPECT_THROW(store().write([&](Writer& writer) {
    try {
      writer.run(insert_member, {1, "Dung", 1});
    } catch (const Failure&) {
    }
    writer.run(insert_member, {4, "Em", 1});
  }),
               Violation);
  EXPECT_EQ(count(), 1);
}

TEST_P(StoreContract, A_deferred_foreign_key_is_judged_at_the_end_of_each_write) {
  store().write([&](Writer& writer) {
    writer.run("INSERT INTO card (member) VALUES ($1)", {1});
    writer.run(insert_member, {1, "An", 1});
  });
  EXPECT_THROW(store().write([&](Writer& writer) { writer.run("INSERT INTO card (member) VALUES ($1)", {7}); }), Violation);
  EXPECT_EQ(store().read([](Reader& reader) { return *reader.first_number("SELECT count(*) FROM card"); }), 1);
}

TEST_P(StoreContract, A_reader_keeps_its_snapshot_while_others_write) {
  add(1, "An");
  store().read([&](Reader& reader) {
    EXPECT_EQ(reader.first_number(count_members), 1);
    std::thread([&] { add(2, "Bình"); }).join();
    EXPECT_EQ(reader.first_number(count_members), 1);
    store().read([&](Reader& inner) { EXPECT_EQ(inner.first_number(count_members), 1) << "a read inside a read shares its snapshot"; });
  });
  EXPECT_EQ(count(), 2);
}

TEST_P(StoreContract, The_store_used_inside_its_own_write_is_found_out) {
  EXPECT_THROW(store().write([&](Writer&) { count(); }), std::logic_error);
  EXPECT_THROW(store().write([&](Writer&) { add(1, "An"); }), std::logic_error);
  EXPECT_THROW(store().write([&](Writer& writer) { writer.after_commit([&] { count(); }); }), std::logic_error);
  EXPECT_EQ(count(), 0);
}

TEST_P(StoreContract, A_statement_may_run_inside_the_rows_of_another_but_not_inside_a_stream) {
  add(1, "An");
  add(2, "Bình");
  store().read([](Reader& reader) {
    int pairs = 0;
    reader.each(member_names, {}, [&](const Row&) { reader.each(member_names, {}, [&](const Row&) { ++pairs; }); });
    EXPECT_EQ(pairs, 4);
    int rows = 0;
    reader.stream(member_names, {}, [&](const Row&) { ++rows; });
    EXPECT_EQ(rows, 2);
    EXPECT_THROW(reader.stream(member_names, {}, [&](const Row&) { reader.first_number(count_members); }), std::logic_error);
  });
}

TEST_P(StoreContract, Many_rows_are_copied_in_at_once) {
  int made = 0;
  const auto rows = store().write([&](Writer& writer) {
    made = 0;
    return writer.copy_in("member", {"id", "name", "amount", "share", "photo"}, [&](Values& row) {
      if (made == 30'000) return false;
      ++made;
      row = {made, fmt::format("người {}", made), made % 2 == 0 ? Value(std::int64_t{2}) : Value(), 0.5, Value::bytes("ảnh")};
      return true;
    });
  });
  EXPECT_EQ(rows, 30'000);
  store().read([](Reader& reader) {
    EXPECT_EQ(reader.first_number(count_members), 30'000);
    EXPECT_EQ(reader.first_number("SELECT sum(amount) FROM member"), 30'000);
    EXPECT_EQ(reader.first("SELECT name FROM member WHERE id = $1", {777}, [](const Row& row) { return std::string(row.text(0)); }), "người 777");
  });
  EXPECT_THROW(store().write([&](Writer& writer) {
    int given = 0;
    writer.copy_in("member", {"id", "name"}, [&](Values& row) -> bool {
      if (++given == 3) throw std::runtime_error("the file ends here");
      row = {100'000 + given, fmt::format("thêm {}", given)};
      return true;
    });
  }),
               std::runtime_error);
  EXPECT_EQ(count(), 30'000);
}

TEST_P(StoreContract, Very_many_rows_are_changed_in_one_write) {
  constexpr std::int64_t rows = 20'000;
  const std::string long_name(600, 'x');
  const auto add_all = [&](Writer& writer) {
    std::int64_t next = 0;
    writer.copy_in("member", {"id", "name", "amount"}, [&](Values& row) {
      if (next == rows) return false;
      row = {++next, long_name + std::to_string(next), 1};
      return true;
    });
  };
  store().write(add_all);
  store().write([](Writer& writer) { writer.run("UPDATE member SET amount = 2, name = name || 'y'"); });
  store().read([&](Reader& reader) { EXPECT_EQ(reader.first_number("SELECT count(*) FROM member WHERE amount = 2"), rows); });
}

TEST_P(StoreContract, Ids_start_at_one_and_are_never_given_twice) {
  EXPECT_EQ(store().new_id(), 1);
  EXPECT_EQ(store().new_id<BodyId>(), BodyId{2});
  std::vector<std::vector<std::int64_t>> given(4);
  std::vector<std::thread> threads;
  for (auto& mine : given)
    threads.emplace_back([&] {
      for (int i = 0; i < 2'000; ++i) mine.push_back(store().new_id());
    });
  for (auto& thread : threads) thread.join();
  std::vector<std::int64_t> all;
  for (const auto& mine : given) all.insert(all.end(), mine.begin(), mine.end());
  std::ranges::sort(all);
  EXPECT_EQ(std::ranges::adjacent_find(all), all.end());
  EXPECT_EQ(all.front(), 3);
  EXPECT_EQ(all.back(), 8'002);
  std::int64_t inside = 0;
  store().write([&](Writer& writer) {
    inside = store().new_id();
    writer.run(insert_member, {inside, "An", 1});
  });
  EXPECT_EQ(inside, 8'003);
  reopen();
  EXPECT_GT(store().new_id(), inside) << "a restart may leave a gap, never give a number again";
}

TEST_P(StoreContract, Hooks_run_around_the_commit_in_order) {
  std::vector<std::string> seen;
  store().write([&](Writer& writer) {
    seen.clear();
    writer.before_commit([&](Writer& inner) {
      seen.push_back("before");
      inner.run(insert_member, {inner.next_positions(3), "từ vị trí", 1});
      inner.before_commit([&](Writer&) { seen.push_back("before, added late"); });
    });
    writer.after_commit([&] { seen.push_back("after"); });
    writer.after_commit([&] { seen.push_back("after, second"); });
    seen.push_back("body");
    EXPECT_THROW(writer.next_positions(), std::logic_error) << "outside of a hook";
  });
  EXPECT_THAT(seen, ElementsAre("body", "before", "before, added late", "after", "after, second"));
  EXPECT_THAT(names(), ElementsAre("từ vị trí"));
  std::int64_t next = 0;
  store().write([&](Writer& writer) { writer.before_commit([&](Writer& inner) { next = inner.next_positions(); }); });
  EXPECT_EQ(next, 4) << "three positions from 1 were taken before";
}

TEST_P(StoreContract, Hooks_of_a_write_that_is_not_kept_do_not_run) {
  bool ran = false;
  EXPECT_FALSE(store().write([&](Writer& writer) -> Result<void> {
    writer.before_commit([&](Writer&) { ran = true; });
    writer.after_commit([&] { ran = true; });
    return refuse("no", "Không.");
  }));
  EXPECT_THROW(store().write([&](Writer& writer) {
    writer.run(insert_member, {1, "An", 1});
    writer.after_commit([&] { ran = true; });
    writer.before_commit([&](Writer&) { throw std::runtime_error("no"); });
  }),
               std::runtime_error);
  EXPECT_FALSE(ran);
  EXPECT_EQ(count(), 0);
}

TEST_P(StoreContract, A_hook_that_throws_after_the_commit_loses_no_row_and_no_other_hook) {
  bool other = false;
  EXPECT_THROW(store().write([&](Writer& writer) {
    writer.run(insert_member, {1, "An", 1});
    writer.after_commit([] { throw std::runtime_error("hook"); });
    writer.after_commit([&] { other = true; });
  }),
               std::runtime_error);
  EXPECT_EQ(count(), 1);
  EXPECT_TRUE(other);
}

TEST_P(StoreContract, Whoever_waits_for_a_hint_is_woken_by_a_commit) {
  const std::uint64_t seen = store().wait_for_hint(0, 0);
  std::atomic<std::uint64_t> woken{0};
  std::thread waiting([&] {
    std::uint64_t now = seen;
    for (int i = 0; i < 100 && now == seen; ++i) now = store().wait_for_hint(seen, 1'000);
    woken = now;
  });
  store().write([](Writer& writer) { writer.hint_after_commit(); });
  waiting.join();
  EXPECT_GT(woken, seen);
}

TEST_P(StoreContract, Rows_stay_when_the_program_is_started_again) {
  add(1, "An");
  reopen();
  EXPECT_THAT(names(), ElementsAre("An"));
  EXPECT_THAT(store().applied_migrations(), ElementsAre(std::string(member_table.name)));
}

TEST_P(StoreContract, A_store_opened_for_reading_sees_what_the_running_writer_commits_and_writes_nothing) {
  Options reading = options();
  reading.access = Options::Access::read_only;
  const auto beside = Store::open(reading);
  ASSERT_TRUE(beside) << beside.error().message;
  add(1, "An");
  EXPECT_EQ((*beside)->read([](Reader& reader) { return *reader.first_number(count_members); }), 1);
  EXPECT_THROW((*beside)->write([](Writer&) {}), std::logic_error);
  EXPECT_THROW((*beside)->new_id(), std::logic_error);
}

TEST_P(StoreContract, Statements_that_are_not_exactly_one_are_our_own_bug) {
  EXPECT_THROW(store().read([](Reader& reader) { reader.first_number("SELECT $1", {}); }), std::exception);
  EXPECT_THROW(store().read([](Reader& reader) { reader.first_number("SELECT 1; SELECT 2"); }), std::exception);
  EXPECT_THROW(store().write([](Writer& writer) { writer.copy_in("member; drop table member", {"id"}, [](Values&) { return false; }); }), std::logic_error);
  EXPECT_EQ(count(), 0);
}

}  // namespace
}  // namespace khuyenhoc::db
