#include "body_lists/body_lists_queries.h"

namespace khuyenhoc::body_lists {

constexpr std::string_view has_statements = "SELECT 1 FROM statement WHERE body = $1 LIMIT 1";
constexpr std::string_view has_units = "SELECT 1 FROM user_unit WHERE body = $1 LIMIT 1";
std::optional<Depends> what_depends(db::Reader& reader, BodyId body) {
  if (reader.first_number(has_statements, {body})) return Depends::figures;
  if (reader.first_number(has_units, {body})) return Depends::accounts;
  return std::nullopt;
}

}  // namespace khuyenhoc::body_lists
