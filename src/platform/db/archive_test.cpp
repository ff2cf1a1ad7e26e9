#include <fstream>

#include <gmock/gmock.h>

#include "platform/db/archive.h"
#include "platform/db/row_codec.h"
#include "platform/db/test_stores.h"

namespace khuyenhoc::db {
namespace {

constexpr Migration first_tables{"20200101_0000_test_first",
                                 "-- two tables that point at each other\n"
                                 "CREATE TABLE body (id {id} PRIMARY KEY, name {text} NOT NULL, superior {int} REFERENCES body, chairman {int}) {strict};"
                                 "CREATE TABLE person (id {id} PRIMARY KEY, body {int} NOT NULL REFERENCES body, name {text} NOT NULL, weight {real}, photo {blob}) {strict};"
                                 "CREATE TABLE seat (body {int} NOT NULL, place {text} NOT NULL, PRIMARY KEY (body, place)) {clustered};"
                                 "INSERT INTO body (id, name) VALUES (1000000, 'có sẵn');"};
constexpr Migration second_table{"20200102_0000_test_second", "-- later\nCREATE TABLE note (id {id} PRIMARY KEY, words {text}) {strict};"};
constexpr Migration third_table{"20200103_0000_test_third", "-- of a later program\nCREATE TABLE later (id {id} PRIMARY KEY) {strict};"};
constexpr std::array known{first_tables, second_table};

class Archive : public OnBothStores {
 protected:
  Archive() : OnBothStores(TestPlaces::Content::empty) {}
  ~Archive() override {
    for (const Options& options : others_) TestPlaces::here().remove(options);
  }
  std::unique_ptr<Store> empty_store(Dialect dialect) {
    others_.push_back(TestPlaces::here().fresh(dialect, TestPlaces::Content::empty));
    return std::move(Store::open(others_.back()).value());
  }
  void fill() {
    ASSERT_TRUE(store().migrate({&first_tables, 1}));
    store().write([&](Writer& writer) {
      writer.run("INSERT INTO body (id, name, superior, chairman) VALUES ($1, $2, $3, $4)", {store().new_id(), "Hội Khuyến học tỉnh Đắk Lắk", std::nullopt, 5});
      // the branch stands before its superior: only a restore that minds foreign keys at the end can take it
      writer.run("INSERT INTO body (id, name) VALUES ($1, $2)", {9, "xã"});
      writer.run("INSERT INTO body (id, name, superior) VALUES ($1, $2, $3)", {3, "chi hội", 9});
      int made = 0;
      writer.copy_in("person", {"id", "body", "name", "weight", "photo"}, [&](Values& row) {
        if (made == 5'000) return false;
        ++made;
        row = {made, 3, fmt::format("Người thứ {}", made), made % 3 == 0 ? Value() : Value(made / 7.0), Value::bytes(std::string(static_cast<std::size_t>(made % 50), '\0'))};
        return true;
      });
      writer.run("INSERT INTO seat (body, place) VALUES ($1, $2)", {3, "thôn 8\n“Tân Lập”"});
      writer.run("UPDATE body SET name = 'đã sửa' WHERE id = 1000000");
      writer.before_commit([](Writer& inner) { inner.next_positions(41); });
    });
  }
  static std::vector<std::string> all_rows(Store& of) {
    std::vector<std::string> rows;
    of.read([&](Reader& reader) {
      for (const std::string_view sql : {"SELECT id, name, superior, chairman FROM body ORDER BY id", "SELECT id, body, name, weight, photo FROM person ORDER BY id",
                                         "SELECT body, place FROM seat ORDER BY body, place"}) {
        reader.each(sql, {}, [&](const Row& row) {
          Values values;
          for (int i = 0; i < row.columns(); ++i) values.push_back(row.value(i));
          append_row(rows.emplace_back(), values);
        });
      }
    });
    return rows;
  }

 private:
  std::vector<Options> others_;
};
ON_BOTH_STORES(Archive);

TEST_P(Archive, A_store_comes_back_equal_on_either_engine) {
  fill();
  const std::string file = TestPlaces::here().fresh_path("archive.zip");
  const auto written = export_store(store(), file, {{"heads", "ab12"}});
  ASSERT_TRUE(written) << written.error().message;
  EXPECT_EQ(written->rows, 5'005);
  EXPECT_EQ(written->notes.at("heads"), "ab12");
  const auto before = all_rows(store());
  EXPECT_EQ(before.size(), 5'005);
  std::vector<Dialect> targets = {Dialect::sqlite};
  if (!TestPlaces::postgres_is_skipped()) targets.push_back(Dialect::postgres);
  for (const Dialect dialect : targets) {
    auto restored = empty_store(dialect);
    const auto read = import_store(*restored, file, known);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->rows, 5'005);
    EXPECT_EQ(all_rows(*restored), before);
    EXPECT_THAT(restored->applied_migrations(), testing::ElementsAre(std::string(first_tables.name), std::string(second_table.name)));
    EXPECT_GT(restored->new_id(), store().new_id() - 1'001) << "ids go on where the other store stood";
    EXPECT_GT(restored->new_id(), 1);
    std::int64_t position = 0;
    restored->write([&](Writer& writer) { writer.before_commit([&](Writer& inner) { position = inner.next_positions(); }); });
    EXPECT_EQ(position, 42);
    EXPECT_THROW(restored->write([](Writer& writer) { writer.run("INSERT INTO person (id, body, name) VALUES ($1, $2, $3)", {1'000'000, 77, "lạc"}); }), Violation)
        << "foreign keys hold again after the restore";
  }
}

TEST_P(Archive, A_backup_is_one_moment_of_a_store_that_goes_on_being_written) {
  ASSERT_TRUE(store().migrate({&first_tables, 1}));
  std::atomic<bool> enough{false};
  std::thread writing([&] {
    for (std::int64_t i = 1; !enough; ++i) {
      store().write([&](Writer& writer) {   // the two always come together
        writer.run("INSERT INTO seat (body, place) VALUES ($1, $2)", {i, "a"});
        writer.run("INSERT INTO seat (body, place) VALUES ($1, $2)", {i, "b"});
      });
    }
  });
  for (int i = 0; i < 3; ++i) {
    const std::string file = TestPlaces::here().fresh_path("archive.zip");
    const auto written = export_store(store(), file);
    ASSERT_TRUE(written);
    EXPECT_EQ((written->rows - 1) % 2, 0);
  }
  enough = true;
  writing.join();
}

TEST_P(Archive, A_file_that_is_cut_or_changed_is_refused_and_leaves_nothing) {
  fill();
  const std::string file = TestPlaces::here().fresh_path("archive.zip");
  ASSERT_TRUE(export_store(store(), file));
  std::ifstream in(file, std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(in)), {});
  const auto attempt = [&](const std::string& bytes) {
    const std::string changed = TestPlaces::here().fresh_path("changed.zip");
    std::ofstream(changed, std::ios::binary) << bytes;
    auto target = empty_store(GetParam());
    const auto refused = import_store(*target, changed, known);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "archive.damaged");
    EXPECT_TRUE(target->applied_migrations().empty());
    EXPECT_TRUE(import_store(*target, file, known)) << "the place is still empty and takes the right file";
  };
  attempt("");
  attempt("đây không phải là tệp sao lưu");
  attempt(whole.substr(0, whole.size() / 2));
  attempt(whole.substr(0, whole.size() - 1));
  std::string changed = whole;
  changed[whole.size() / 3] = static_cast<char>(changed[whole.size() / 3] ^ 1);
  attempt(changed);
}

TEST_P(Archive, Only_an_empty_place_known_migrations_and_a_new_name_will_do) {
  fill();
  const std::string file = TestPlaces::here().fresh_path("archive.zip");
  ASSERT_TRUE(export_store(store(), file));
  EXPECT_EQ(export_store(store(), file).error().code, "archive.exists");
  EXPECT_EQ(export_store(store(), file + "/không/có").error().code, "archive.place");
  EXPECT_EQ(import_store(store(), file, known).error().code, "archive.not_empty");
  auto target = empty_store(GetParam());
  EXPECT_EQ(import_store(*target, file + "x", known).error().code, "archive.missing");
  EXPECT_EQ(import_store(*target, file, {&third_table, 1}).error().code, "archive.newer");
  const Migration edited{first_tables.name, second_table.sql};
  EXPECT_EQ(import_store(*target, file, {&edited, 1}).error().code, "archive.edited");
  EXPECT_TRUE(target->applied_migrations().empty());
}

TEST(RowCodec, Broken_bytes_are_found_out) {
  std::string bytes;
  append_row(bytes, {1, -1, std::numeric_limits<std::int64_t>::min(), 0.5, "Đắk Lắk", Value::bytes("\xff"), std::nullopt});
  for (std::size_t size = 1; size <= bytes.size(); ++size) {
    std::string_view rest = std::string_view(bytes).substr(0, size);
    RowSource source([&](char* buffer, std::size_t room) {
      const std::size_t got = rest.copy(buffer, std::min<std::size_t>(room, 3));
      rest.remove_prefix(got);
      return got;
    });
    Values row;
    if (size < bytes.size()) {
      EXPECT_THROW(source.next(row), BrokenRow);
    } else {
      ASSERT_TRUE(source.next(row));
      std::string again;
      append_row(again, row);
      EXPECT_EQ(again, bytes);
      EXPECT_FALSE(source.next(row));
    }
  }
}

}  // namespace
}  // namespace khuyenhoc::db
