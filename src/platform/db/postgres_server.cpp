#include "platform/db/postgres_server.h"

#include "platform/db/postgres_connection.h"

namespace khuyenhoc::db {

void run_on_postgres_server(std::string_view place, std::string_view sql) { PostgresConnection(PostgresPlace::parse(place), Options{}).script(sql); }

}  // namespace khuyenhoc::db
