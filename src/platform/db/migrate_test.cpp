#include <gmock/gmock.h>

#include "platform/db/engine.h"
#include "platform/db/test_stores.h"

namespace khuyenhoc::db {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr Migration one{"20200101_0000_test_one", "-- why\nCREATE TABLE one (id {id} PRIMARY KEY, seen {int} DEFAULT 0) {strict};"};
constexpr Migration two{"20200102_0000_test_two", "-- why\nCREATE TABLE two (id {id} PRIMARY KEY) {strict}; INSERT INTO two (id) SELECT id FROM one;"};
constexpr Migration broken{"20200103_0000_test_broken", "-- why\nCREATE TABLE three (id {id} PRIMARY KEY) {strict}; INSERT INTO nowhere VALUES (1);"};

class Migrating : public OnBothStores {
 protected:
  Migrating() : OnBothStores(TestPlaces::Content::empty) {}
};
ON_BOTH_STORES(Migrating);

TEST_P(Migrating, What_is_missing_is_applied_in_the_order_of_names_and_only_once) {
  ASSERT_TRUE(store().migrate(std::array{two, one}));
  EXPECT_THAT(store().applied_migrations(), ElementsAre(std::string(one.name), std::string(two.name)));
  ASSERT_TRUE(store().migrate(std::array{one, two}));
  store().read([](Reader& reader) { EXPECT_EQ(reader.first_number("SELECT count(*) FROM two"), 0); });
}

TEST_P(Migrating, A_landed_migration_that_was_edited_is_refused) {
  ASSERT_TRUE(store().migrate(std::array{one}));
  const Migration edited{one.name, "-- why\nCREATE TABLE one (id {id} PRIMARY KEY, seen {int} DEFAULT 1) {strict};"};
  const auto refused = store().migrate(std::array{edited, two});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "store.edited");
  EXPECT_THAT(refused.error().message, HasSubstr("không được sửa"));
  EXPECT_THAT(store().applied_migrations(), ElementsAre(std::string(one.name)));
}

TEST_P(Migrating, A_store_of_a_newer_program_is_refused_untouched) {
  ASSERT_TRUE(store().migrate(std::array{one, two}));
  const auto refused = store().migrate(std::array{one});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "store.newer");
  EXPECT_THAT(refused.error().message, HasSubstr("bản chương trình mới"));
}

TEST_P(Migrating, A_migration_that_fails_leaves_nothing_of_itself) {
  EXPECT_THROW((void)store().migrate(std::array{one, broken}), Failure);
  EXPECT_THAT(store().applied_migrations(), ElementsAre(std::string(one.name)));
  EXPECT_THROW(store().read([](Reader& reader) { reader.first_number("SELECT count(*) FROM three"); }), Failure);
}

TEST_P(Migrating, A_reader_says_when_the_store_is_older_than_the_program) {
  ASSERT_TRUE(store().migrate(std::array{one}));
  Options reading = options();
  reading.access = Options::Access::read_only;
  const auto reader = Store::open(reading);
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_TRUE((*reader)->migrate(std::array{one}));
  EXPECT_EQ((*reader)->migrate(std::array{one, two}).error().code, "store.older");
}

TEST_P(Migrating, Every_migration_of_the_house_applies) {
  ASSERT_TRUE(store().migrate(all_migrations()));
  EXPECT_EQ(store().applied_migrations().size(), all_migrations().size());
}

TEST(MigrationWords, Stand_for_the_words_of_each_engine) {
  constexpr std::string_view sql = "CREATE TABLE t (a {id}, b {text} DEFAULT '{\"x\":1}'){only_sqlite}, s{end}{only_postgres}, p{end} {clustered};";
  EXPECT_EQ(translated(sql, Dialect::sqlite), "CREATE TABLE t (a INTEGER, b TEXT DEFAULT '{\"x\":1}'), s STRICT, WITHOUT ROWID;");
  EXPECT_EQ(translated(sql, Dialect::postgres), "CREATE TABLE t (a bigint, b text COLLATE \"C\" DEFAULT '{\"x\":1}'), p ;");
  EXPECT_THROW(translated("{number}", Dialect::sqlite), std::logic_error);
}

}  // namespace
}  // namespace khuyenhoc::db
