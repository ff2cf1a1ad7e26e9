#include "restructure/restructure_queries.h"

#include "platform/db/digest.h"

namespace khuyenhoc::restructure_sql {
namespace {

template <class IdType>
db::Value id_or_null(IdType id) { return id ? db::Value(id) : db::Value(); }

StoredRestructure stored_of(const db::Row& row) {
  StoredRestructure out;
  out.id = row.id<BodyRestructureId>(0);
  out.day = row.day(1);
  out.title = std::string(row.text(2));
  out.basis = {std::string(row.text(3)), row.day(4), std::string(row.text(5))};
  out.by = row.id<UserId>(6);
  out.applied_ms = row.number(7);
  out.settled = row.flag(8);
  out.closed_ms = row.maybe_number(9);
  out.undone_ms = row.maybe_number(10);
  return out;
}

}  // namespace

std::string state_of(const Body& body) { return crypto::hex(db::digest_of(json_of(body))); }

constexpr std::string_view insert_restructure =
    "INSERT INTO body_restructure (id, day, title, decision_number, decision_date, issuer, by_user, applied_ms, settled) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
void insert(db::Writer& writer, const StoredRestructure& restructure) {
  writer.run(insert_restructure, {restructure.id, restructure.day, restructure.title, restructure.basis.number, restructure.basis.date, restructure.basis.issuer,
                                  restructure.by, restructure.applied_ms, restructure.settled ? 1 : 0});
}

constexpr std::string_view update_settled = "UPDATE body_restructure SET settled = $2 WHERE id = $1";
void set_settled(db::Writer& writer, BodyRestructureId id, bool settled) { writer.run(update_settled, {id, settled ? 1 : 0}); }

constexpr std::string_view update_closed = "UPDATE body_restructure SET closed_ms = $2 WHERE id = $1";
void set_closed(db::Writer& writer, BodyRestructureId id, std::int64_t now_ms) { writer.run(update_closed, {id, now_ms}); }

constexpr std::string_view update_undone = "UPDATE body_restructure SET undone_ms = $2 WHERE id = $1";
void set_undone(db::Writer& writer, BodyRestructureId id, std::int64_t now_ms) { writer.run(update_undone, {id, now_ms}); }

constexpr std::string_view select_restructure =
    "SELECT id, day, title, decision_number, decision_date, issuer, by_user, applied_ms, settled, closed_ms, undone_ms FROM body_restructure WHERE id = $1";
std::optional<StoredRestructure> find(db::Reader& reader, BodyRestructureId id) { return reader.first(select_restructure, {id}, stored_of); }

constexpr std::string_view select_list =
    "SELECT id, day, title, decision_number, decision_date, issuer, by_user, applied_ms, settled, closed_ms, undone_ms FROM body_restructure "
    "ORDER BY applied_ms DESC, id DESC LIMIT $1";
std::vector<StoredRestructure> list(db::Reader& reader, std::int64_t limit) { return reader.all(select_list, {limit}, stored_of); }

constexpr std::string_view select_of_body =
    "SELECT DISTINCT r.id, r.day, r.title, r.decision_number, r.decision_date, r.issuer, r.by_user, r.applied_ms, r.settled, r.closed_ms, r.undone_ms "
    "FROM body_restructure r JOIN body_restructure_item i ON i.restructure = r.id WHERE i.body = $1 OR i.other = $1 ORDER BY r.day DESC, r.id DESC";
std::vector<StoredRestructure> of_body(db::Reader& reader, BodyId body) { return reader.all(select_of_body, {body}, stored_of); }

constexpr std::string_view select_unsettled =
    "SELECT id, day, title, decision_number, decision_date, issuer, by_user, applied_ms, settled, closed_ms, undone_ms FROM body_restructure WHERE settled = 0 ORDER BY id";
std::vector<StoredRestructure> unsettled(db::Reader& reader) { return reader.all(select_unsettled, {}, stored_of); }

constexpr std::string_view select_later =
    "SELECT mine.body, r.title FROM body_restructure r JOIN body_restructure_image i ON i.restructure = r.id "
    "JOIN body_restructure_image mine ON mine.restructure = $1 AND mine.body = i.body WHERE r.id > $1 AND r.undone_ms IS NULL ORDER BY mine.body, r.id LIMIT 1";
std::optional<LaterTouching> later_touching(db::Reader& reader, BodyRestructureId id) {
  return reader.first(select_later, {id}, [](const db::Row& row) { return LaterTouching{row.id<BodyId>(0), std::string(row.text(1))}; });
}

void insert_fates(db::Writer& writer, BodyRestructureId id, std::span<const FateLine> lines) {
  std::size_t next = 0;
  writer.copy_in("body_restructure_item", {"restructure", "number", "fate", "body", "other", "name_before", "name_after"}, [&](db::Values& row) {
    if (next == lines.size()) return false;
    const auto& line = lines[next++];
    row = {id, static_cast<std::int64_t>(next), line.fate, line.body, id_or_null(line.other), line.name_before, line.name_after};
    return true;
  });
}

constexpr std::string_view select_items = "SELECT fate, body, other, name_before, name_after FROM body_restructure_item WHERE restructure = $1 ORDER BY number";
std::vector<FateLine> fates(db::Reader& reader, BodyRestructureId id) {
  return reader.all(select_items, {id}, [](const db::Row& row) {
    return FateLine{row.as<BodyFate>(0), row.id<BodyId>(1), row.id<BodyId>(2), std::string(row.text(3)), std::string(row.text(4))};
  });
}

void insert_images(db::Writer& writer, BodyRestructureId id, std::span<const Image> images) {
  std::size_t next = 0;
  writer.copy_in("body_restructure_image", {"restructure", "body", "opened", "left_as", "kind", "born", "ended", "former_area"}, [&](db::Values& row) {
    if (next == images.size()) return false;
    const auto& image = images[next++];
    row = {id, image.body.id, image.opened ? 1 : 0, image.left_as, image.body.kind, image.body.born, image.body.ended, id_or_null(image.body.former_area)};
    return true;
  });
  next = 0;
  std::size_t at = 0;
  writer.copy_in("body_restructure_image_version", {"restructure", "body", "from_day", "name", "short_name", "superior", "area"}, [&](db::Values& row) {
    while (next < images.size() && at == images[next].body.versions.size()) {
      ++next;
      at = 0;
    }
    if (next == images.size()) return false;
    const auto& version = images[next].body.versions[at++];
    row = {id, images[next].body.id, version.from, version.name, version.short_name, id_or_null(version.superior), version.area};
    return true;
  });
}

constexpr std::string_view select_item_rows = "SELECT number, fate, body, COALESCE(other, 0), name_before, name_after FROM body_restructure_item WHERE restructure = $1 ORDER BY number";
constexpr std::string_view select_left_as = "SELECT body, opened, left_as FROM body_restructure_image WHERE restructure = $1 ORDER BY body";
std::string digest_of_rows(db::Reader& reader, BodyRestructureId id) {
  db::RunningDigest digest;
  reader.each(select_item_rows, {id}, [&](const db::Row& row) {
    digest.add(fmt::format("{} {} {} {} {} {}\n", row.number(0), row.number(1), row.number(2), row.number(3), json_text(row.text(4)), json_text(row.text(5))));
  });
  reader.each(select_left_as, {id}, [&](const db::Row& row) { digest.add(fmt::format("{} {} {}\n", row.number(0), row.number(1), row.text(2))); });
  return crypto::hex(digest.finish());
}

constexpr std::string_view select_images =
    "SELECT body, opened, left_as, kind, born, ended, former_area FROM body_restructure_image WHERE restructure = $1 ORDER BY body";
constexpr std::string_view select_image_versions =
    "SELECT body, from_day, name, short_name, superior, area FROM body_restructure_image_version WHERE restructure = $1 ORDER BY body, from_day";
std::vector<Image> images(db::Reader& reader, BodyRestructureId id) {
  auto out = reader.all(select_images, {id}, [](const db::Row& row) {
    Image image;
    image.body.id = row.id<BodyId>(0);
    image.opened = row.flag(1);
    image.left_as = std::string(row.text(2));
    image.body.kind = std::string(row.text(3));
    image.body.born = row.day(4);
    image.body.ended = row.maybe_day(5);
    image.body.former_area = row.id<UnitId>(6);
    return image;
  });
  auto at = out.begin();
  reader.each(select_image_versions, {id}, [&](const db::Row& row) {
    while (at->body.id != row.id<BodyId>(0)) ++at;
    at->body.versions.push_back({row.day(1), std::string(row.text(2)), std::string(row.text(3)), row.id<BodyId>(4), row.id<UnitId>(5)});
  });
  return out;
}

constexpr std::string_view insert_posting = "INSERT INTO body_restructure_posting (restructure, body) VALUES ($1, $2) ON CONFLICT DO NOTHING";
void note_posting(db::Writer& writer, BodyRestructureId id, BodyId body) { writer.run(insert_posting, {id, body}); }

void note_first_postings(db::Writer& writer, BodyRestructureId id, const std::set<BodyId>& bodies) {
  auto next = bodies.begin();
  writer.copy_in("body_restructure_posting", {"restructure", "body"}, [&](db::Values& row) {
    if (next == bodies.end()) return false;
    row = {id, *next++};
    return true;
  });
}

constexpr std::string_view select_postings = "SELECT body FROM body_restructure_posting WHERE restructure = $1 ORDER BY body";
std::vector<BodyId> posted_at(db::Reader& reader, BodyRestructureId id) {
  return reader.all(select_postings, {id}, [](const db::Row& row) { return row.id<BodyId>(0); });
}

constexpr std::string_view insert_rehomed_sql =
    "INSERT INTO body_restructure_rehomed (restructure, number, body, successor, measure, member, day, amount, kind, noun, source, layer, arrival) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
void insert_rehomed(db::Writer& writer, const Catalogue& catalogue, BodyRestructureId id, std::int64_t number, const Rehomed& rehomed) {
  const auto& fact = rehomed.fact;
  writer.run(insert_rehomed_sql, {id, number, fact.body, rehomed.successor, catalogue.measure(catalogue.measure_of(fact.series)).code, catalogue.member_key(fact.series),
                                  fact.day, fact.amount, fact.kind, fact.source.noun, fact.source.id, fact.layer, fact.arrival});
}

constexpr std::string_view select_rehomed =
    "SELECT body, successor, measure, member, day, amount, kind, noun, source, layer, arrival FROM body_restructure_rehomed WHERE restructure = $1 ORDER BY number";
std::vector<Rehomed> rehomed(db::Reader& reader, const Catalogue& catalogue, BodyRestructureId id) {
  std::vector<Rehomed> out;
  reader.each(select_rehomed, {id}, [&](const db::Row& row) {
    const auto series = catalogue.series_by_key(row.text(2), row.text(3));
    if (!series) return;
    Rehomed one;
    one.fact.body = row.id<BodyId>(0);
    one.successor = row.id<BodyId>(1);
    one.fact.series = *series;
    one.fact.day = row.day(4);
    one.fact.amount = row.number(5);
    one.fact.kind = row.as<FactKind>(6);
    one.fact.source = {std::string(row.text(7)), row.number(8)};
    one.fact.layer = row.as<FactLayer>(9);
    one.fact.arrival = row.as<Arrival>(10);
    out.push_back(std::move(one));
  });
  return out;
}

constexpr std::string_view count_rehomed_sql = "SELECT count(*) FROM body_restructure_rehomed WHERE restructure = $1";
std::int64_t count_rehomed(db::Reader& reader, BodyRestructureId id) { return reader.first_number(count_rehomed_sql, {id}).value_or(0); }

constexpr std::string_view insert_taken_sql =
    "INSERT INTO body_restructure_statement (restructure, statement, body, measure, member, first_day, last_day, extent, value, restated) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)";
void insert_taken(db::Writer& writer, const Catalogue& catalogue, BodyRestructureId id, const Statement& statement) {
  writer.run(insert_taken_sql, {id, statement.id, statement.body, catalogue.measure(catalogue.measure_of(statement.series)).code, catalogue.member_key(statement.series),
                                statement.period.first, statement.period.last, statement.extent, statement.value});
}

constexpr std::string_view select_taken =
    "SELECT statement, body, measure, member, first_day, last_day, extent, value, restated FROM body_restructure_statement WHERE restructure = $1 ORDER BY statement";
std::vector<TakenStatement> taken(db::Reader& reader, const Catalogue& catalogue, BodyRestructureId id) {
  std::vector<TakenStatement> out;
  reader.each(select_taken, {id}, [&](const db::Row& row) {
    const auto series = catalogue.series_by_key(row.text(2), row.text(3));
    if (!series) return;
    TakenStatement one;
    one.statement.id = row.number(0);
    one.statement.body = row.id<BodyId>(1);
    one.statement.series = *series;
    one.statement.period = {row.day(4), row.day(5)};
    one.statement.extent = row.as<Extent>(6);
    one.statement.value = row.number(7);
    one.restated = row.flag(8);
    out.push_back(std::move(one));
  });
  return out;
}

constexpr std::string_view update_restated = "UPDATE body_restructure_statement SET restated = 1 WHERE restructure = $1 AND statement = $2";
void mark_restated(db::Writer& writer, BodyRestructureId id, std::int64_t statement) { writer.run(update_restated, {id, statement}); }

void insert_ended_posts(db::Writer& writer, BodyRestructureId id, std::span<const PostHolding> before) {
  auto next = before.begin();
  writer.copy_in("body_restructure_post", {"restructure", "holding", "until_before"}, [&](db::Values& row) {
    if (next == before.end()) return false;
    row = {id, next->id, next->until};
    ++next;
    return true;
  });
}

constexpr std::string_view select_posts = "SELECT holding, until_before FROM body_restructure_post WHERE restructure = $1 ORDER BY holding";
std::vector<std::pair<std::int64_t, std::optional<Day>>> ended_posts(db::Reader& reader, BodyRestructureId id) {
  return reader.all(select_posts, {id}, [](const db::Row& row) { return std::pair(row.number(0), row.maybe_day(1)); });
}

constexpr std::string_view insert_handover_sql =
    "INSERT INTO body_handover (id, restructure, body, minutes_number, minutes_date, by_user, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)";
void insert_handover(db::Writer& writer, std::int64_t handover, BodyRestructureId id, BodyId body, const HandoverMinutes& minutes, const RestructureBy& by) {
  writer.run(insert_handover_sql, {handover, id, body, minutes.number, minutes.date, by.user, by.now_ms});
}

constexpr std::string_view select_any_minutes = "SELECT 1 FROM body_handover WHERE restructure = $1 LIMIT 1";
bool has_minutes(db::Reader& reader, BodyRestructureId id) { return reader.first_number(select_any_minutes, {id}).has_value(); }

constexpr std::string_view select_handover = "SELECT 1 FROM body_handover WHERE id = $1 AND restructure = $2";
bool is_handover_of(db::Reader& reader, BodyRestructureId id, const Source& source) {
  return source.noun == minutes_noun && reader.first_number(select_handover, {source.id, id}).has_value();
}

}  // namespace khuyenhoc::restructure_sql
