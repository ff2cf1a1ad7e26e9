#include "platform/db/postgres_store.h"
#include "platform/db/sqlite_store.h"

namespace khuyenhoc::db {

Result<std::unique_ptr<Store>> Store::open(const Options& options) {
  if (options.place.starts_with("postgresql://") || options.place.starts_with("postgres://")) return PostgresStore::open(options);
  return SqliteStore::open(options);
}

}  // namespace khuyenhoc::db
