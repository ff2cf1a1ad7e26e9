#include "directory/founding.h"

namespace khuyenhoc::directory {

constexpr std::string_view select_founding = "SELECT decision_number, decision_day, decision_issuer, members FROM body_founding WHERE body = $1";
std::optional<Founding> founding_of(db::Reader& reader, BodyId body) {
  return reader.first(select_founding, {body}, [](const db::Row& row) { return Founding{{std::string(row.text(0)), row.maybe_day(1), std::string(row.text(2))}, row.maybe_number(3)}; });
}

constexpr std::string_view insert_founding = "INSERT INTO body_founding (body, decision_number, decision_day, decision_issuer, members) VALUES ($1, $2, $3, $4, $5)";
void keep_founding(db::Writer& writer, BodyId body, const Founding& founding) {
  writer.run(insert_founding, {body, founding.decision.number, founding.decision.day, founding.decision.issuer, founding.members});
}

}  // namespace khuyenhoc::directory
