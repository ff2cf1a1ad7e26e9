#include <algorithm>
#include <chrono>
#include <map>

#include <fmt/format.h>

#include "platform/db/digest.h"
#include "platform/db/engine.h"

namespace khuyenhoc::db {
namespace {

struct Word {
  std::string_view name;
  std::string_view sqlite;
  std::string_view postgres;
};

// PostgreSQL would sort by the database's locale; the house sorts by its own keys, byte by byte.
constexpr Word words[] = {
    {"id", "INTEGER", "bigint"},
    {"int", "INTEGER", "bigint"},
    {"text", "TEXT", "text COLLATE \"C\""},
    {"blob", "BLOB", "bytea"},
    {"real", "REAL", "double precision"},
    {"strict", "STRICT", ""},
    {"clustered", "STRICT, WITHOUT ROWID", ""},
};

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

constexpr std::string_view select_applied = "SELECT name, checksum FROM store_migration ORDER BY name";

std::map<std::string, std::string, std::less<>> applied(Store& store) {
  std::map<std::string, std::string, std::less<>> found;
  store.read([&](Reader& reader) {
    reader.each(select_applied, {}, [&](const Row& row) { found.emplace(row.text(0), row.text(1)); });
  });
  return found;
}

constexpr std::string_view insert_applied = "INSERT INTO store_migration (name, checksum, applied_at) VALUES ($1, $2, $3)";

void apply(Store& store, const Migration& migration) {
  try {
    store.write([&](Writer& writer) {
      dynamic_cast<EngineWriter&>(writer).script(translated(migration.sql, store.dialect()));
      writer.run(insert_applied, {migration.name, checksum(migration), now_ms()});
    });
  } catch (const Failure& failure) {
    throw Failure(fmt::format("migration {}: {}", migration.name, failure.what()));
  }
}

}  // namespace

std::string translated(std::string_view sql, Dialect dialect) {
  std::string out;
  bool skipping = false;
  while (!sql.empty()) {
    const std::size_t open = sql.find('{');
    if (!skipping) out += sql.substr(0, open);
    if (open == std::string_view::npos) break;
    sql.remove_prefix(open + 1);
    const std::size_t close = sql.find_first_not_of("abcdefghijklmnopqrstuvwxyz_");
    if (close == 0 || close == std::string_view::npos || sql[close] != '}') {   // braces of a value, not a word of ours
      if (!skipping) out += '{';
      continue;
    }
    const std::string_view word = sql.substr(0, close);
    sql.remove_prefix(close + 1);
    if (word == "only_sqlite" || word == "only_postgres") {
      skipping = (word == "only_sqlite") != (dialect == Dialect::sqlite);
    } else if (word == "end") {
      skipping = false;
    } else if (!skipping) {
      const auto* known = std::ranges::find(words, word, &Word::name);
      if (known == std::end(words)) our_bug(fmt::format("a migration uses {{{}}}, which stands for nothing", word));
      out += dialect == Dialect::sqlite ? known->sqlite : known->postgres;
    }
  }
  return out;
}

std::string checksum(const Migration& migration) { return crypto::hex(digest_of(migration.sql)); }

Result<void> apply_migrations(Store& store, std::span<const Migration> migrations) {
  std::vector<Migration> ordered(migrations.begin(), migrations.end());
  std::ranges::sort(ordered, {}, &Migration::name);
  for (std::size_t i = 1; i < ordered.size(); ++i) {
    if (ordered[i].name == ordered[i - 1].name) our_bug(fmt::format("two migrations are called {}", ordered[i].name));
  }
  auto landed = applied(store);
  std::vector<Migration> missing;
  for (const Migration& migration : ordered) {
    const auto found = landed.find(migration.name);
    if (found == landed.end()) {
      missing.push_back(migration);
      continue;
    }
    if (found->second != checksum(migration))
      return refuse("store.edited",
                    fmt::format("Bước nâng cấp “{}” của chương trình khác với bước đã thực hiện trong kho dữ liệu. Xin dùng đúng bản chương trình phát hành, "
                                "hoặc báo người phụ trách kỹ thuật: bước đã thực hiện không được sửa, phải thêm bước mới.",
                                migration.name),
                    std::string(migration.name));
    landed.erase(found);
  }
  if (!landed.empty())
    return refuse("store.newer",
                  fmt::format("Kho dữ liệu này do bản chương trình mới hơn ghi (bước nâng cấp “{}”). Xin cài bản chương trình mới rồi mở lại; dữ liệu chưa bị thay đổi.",
                              landed.rbegin()->first),
                  landed.rbegin()->first);
  if (!missing.empty() && store.access() == Options::Access::read_only)
    return refuse("store.older",
                  "Kho dữ liệu chưa được nâng cấp theo bản chương trình này. Xin chạy chương trình ở chế độ phục vụ một lần để nâng cấp, rồi thử lại.",
                  std::string(missing.front().name));
  for (const Migration& migration : missing) apply(store, migration);
  return {};
}

std::vector<std::string> names_of_applied(Store& store) {
  std::vector<std::string> names;
  for (const auto& [name, sum] : applied(store)) names.push_back(name);
  return names;
}

}  // namespace khuyenhoc::db
