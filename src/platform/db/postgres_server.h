// Statements about a whole PostgreSQL server, such as making a database: for tests and benchmarks that bring their own.
#pragma once

#include <string_view>

namespace khuyenhoc::db {

void run_on_postgres_server(std::string_view place, std::string_view sql);   // throws Failure

}  // namespace khuyenhoc::db
