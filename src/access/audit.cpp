#include "access/audit.h"

#include <boost/json.hpp>

#include "access/audit_queries.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

// The canonical bytes are made once, stored, and hashed as stored: nothing is ever serialised again to be compared.
db::Blob canonical_bytes(const AuditEntry& entry, const std::optional<Personal>& personal, const std::string& sealed_personal) {
  json::object out;
  out["position"] = entry.position;
  out["at_ms"] = entry.at_ms;
  out["user"] = entry.user.value;
  if (entry.on_behalf_of) out["on_behalf_of"] = entry.on_behalf_of->value;
  out["body"] = entry.body.value;
  out["noun"] = entry.noun;
  out["record"] = entry.record;
  out["action"] = entry.action;
  if (!entry.before_json.empty()) out["before"] = entry.before_json;
  if (!entry.after_json.empty()) out["after"] = entry.after_json;
  if (!entry.reason.empty()) out["reason"] = entry.reason;
  if (personal) out["personal"] = {{"noun", personal->noun}, {"record", personal->record}, {"sealed", sealed_personal}};
  const std::string text = json::serialize(out);
  const auto bytes = crypto::bytes_of(text);
  return {bytes.begin(), bytes.end()};
}

std::string text_of(const json::object& object, std::string_view key) {
  const auto* found = object.if_contains(key);
  return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

std::int64_t number_of(const json::object& object, std::string_view key) {
  const auto* found = object.if_contains(key);
  return found != nullptr && found->is_int64() ? found->as_int64() : 0;
}

crypto::Digest next_head(std::span<const std::byte> head, std::span<const std::byte> canonical) {
  const crypto::Digest own = crypto::digest(canonical);
  db::Blob both(head.begin(), head.end());
  both.insert(both.end(), own.begin(), own.end());
  return crypto::digest(both);
}

// What a signature covers: the range, how many entries lie in it, when it was sealed, and the head of the chain.
db::Blob signed_bytes(const audit_sql::Seal& seal) {
  const std::string range = fmt::format("{}..{} {} {} ", seal.first, seal.last, seal.entries, seal.at_ms);
  const auto text = crypto::bytes_of(range);
  db::Blob out(text.begin(), text.end());
  out.insert(out.end(), seal.head.begin(), seal.head.end());
  return out;
}

// The index columns are there to be searched; what counts is the canonical bytes, and both must say the same.
bool agrees(const audit_sql::Columns& columns, std::span<const std::byte> canonical) {
  boost::system::error_code broken;
  const json::value parsed = json::parse(std::string_view(reinterpret_cast<const char*>(canonical.data()), canonical.size()), broken);
  if (broken || !parsed.is_object()) return false;
  const json::object& object = parsed.as_object();
  return number_of(object, "position") == columns.position && number_of(object, "at_ms") == columns.at_ms && number_of(object, "user") == columns.user.value &&
         number_of(object, "body") == columns.body.value && text_of(object, "noun") == columns.noun && number_of(object, "record") == columns.record &&
         text_of(object, "action") == columns.action;
}

std::string personal_binding(std::string_view noun, std::int64_t record) { return fmt::format("audit:{}:{}", noun, record); }

constexpr std::int64_t seal_batch = 100'000;

}  // namespace

AuditTrail::AuditTrail(db::Store& store, const crypto::KeyRing& keys, Clock clock) : store_(store), keys_(keys), clock_(std::move(clock)) {}

crypto::Key AuditTrail::person_key(db::Writer& writer, std::string_view noun, std::int64_t record) {
  crypto::Key key;
  if (const auto sealed = audit_sql::person_key(writer, noun, record)) {
    const auto open = keys_.unseal({"person_key", record, noun}, *sealed);
    if (!open || open->size() != key.size()) throw db::Failure("a person's key does not open: the key file does not belong to this store");
    std::ranges::copy(*open, key.begin());
    return key;
  }
  key = crypto::random_key();
  audit_sql::insert_person_key(writer, noun, record, keys_.seal({"person_key", record, noun}, key));
  return key;
}

void AuditTrail::write(db::Writer& writer, AuditEntry entry, const std::optional<Personal>& personal) {
  std::string sealed;
  if (personal) {
    const crypto::Key key = person_key(writer, personal->noun, personal->record);
    sealed = crypto::base64url(crypto::encrypt(key, personal_binding(personal->noun, personal->record), crypto::bytes_of(personal->json)));
  }
  entry.at_ms = clock_.now_ms();
  writer.before_commit([entry = std::move(entry), personal, sealed = std::move(sealed)](db::Writer& last) mutable {
    entry.position = last.next_positions();
    audit_sql::insert_entry(last, entry, canonical_bytes(entry, personal, sealed));
  });
}

void AuditTrail::write(db::Writer& writer, const Viewer& viewer, BodyId body, std::string_view noun, std::int64_t record, std::string_view action,
                       std::string before_json, std::string after_json, std::string reason, const std::optional<Personal>& personal) {
  AuditEntry entry;
  entry.user = viewer.user();
  entry.on_behalf_of = viewer.on_behalf_of();
  entry.body = body;
  entry.noun = noun;
  entry.record = record;
  entry.action = action;
  entry.before_json = std::move(before_json);
  entry.after_json = std::move(after_json);
  entry.reason = std::move(reason);
  write(writer, std::move(entry), personal);
}

void AuditTrail::erase_person(db::Writer& writer, std::string_view noun, std::int64_t record) {
  audit_sql::delete_person_key(writer, noun, record);
  AuditEntry entry;
  entry.noun = noun;
  entry.record = record;
  entry.action = "erase";
  write(writer, std::move(entry));
}

AuditEntry AuditTrail::opened(db::Reader& reader, std::int64_t position, std::span<const std::byte> canonical) {
  AuditEntry entry;
  entry.position = position;
  const json::value parsed = json::parse(std::string_view(reinterpret_cast<const char*>(canonical.data()), canonical.size()));
  const json::object& object = parsed.as_object();
  entry.at_ms = number_of(object, "at_ms");
  entry.user = UserId{number_of(object, "user")};
  if (object.contains("on_behalf_of")) entry.on_behalf_of = UserId{number_of(object, "on_behalf_of")};
  entry.body = BodyId{number_of(object, "body")};
  entry.noun = text_of(object, "noun");
  entry.record = number_of(object, "record");
  entry.action = text_of(object, "action");
  entry.before_json = text_of(object, "before");
  entry.after_json = text_of(object, "after");
  entry.reason = text_of(object, "reason");
  if (const auto* personal = object.if_contains("personal")) {
    const json::object& apart = personal->as_object();
    const std::string noun = text_of(apart, "noun");
    const std::int64_t record = number_of(apart, "record");
    entry.personal_erased = true;
    if (const auto sealed_key = audit_sql::person_key(reader, noun, record)) {
      const auto key_bytes = keys_.unseal({"person_key", record, noun}, *sealed_key);
      const auto sealed = crypto::from_base64url(text_of(apart, "sealed"));
      crypto::Key key;
      if (key_bytes && sealed && key_bytes->size() == key.size()) {
        std::ranges::copy(*key_bytes, key.begin());
        if (const auto open = crypto::decrypt(key, personal_binding(noun, record), *sealed)) {
          entry.personal_json.assign(reinterpret_cast<const char*>(open->data()), open->size());
          entry.personal_erased = false;
        }
      }
    }
  }
  return entry;
}

std::vector<AuditEntry> AuditTrail::of_record(db::Reader& reader, std::string_view noun, std::int64_t record) {
  std::vector<std::pair<std::int64_t, db::Blob>> rows;
  audit_sql::each_of_record(reader, noun, record, [&](const audit_sql::Columns& columns, std::span<const std::byte> canonical) {
    rows.emplace_back(columns.position, db::Blob(canonical.begin(), canonical.end()));
  });
  std::vector<AuditEntry> out;
  for (const auto& [position, canonical] : rows) out.push_back(opened(reader, position, canonical));
  return out;
}

std::vector<AuditEntry> AuditTrail::page(db::Reader& reader, const Scope& scope, std::int64_t before, std::size_t limit, std::int64_t since_ms) {
  constexpr std::int64_t slice = 500;
  std::vector<AuditEntry> out;
  std::int64_t from = before > 0 ? before : std::numeric_limits<std::int64_t>::max();
  bool too_old = false;
  while (out.size() < limit && from > 1 && !too_old) {
    std::vector<std::pair<std::int64_t, db::Blob>> rows;
    std::int64_t seen = 0;
    const std::int64_t asked = from;
    audit_sql::each_before(reader, asked, slice, [&](const audit_sql::Columns& columns, std::span<const std::byte> canonical) {
      ++seen;
      from = columns.position;
      too_old = too_old || columns.at_ms < since_ms;
      if (!too_old && rows.size() + out.size() < limit && scope.contains(columns.body)) rows.emplace_back(columns.position, db::Blob(canonical.begin(), canonical.end()));
    });
    for (const auto& [position, canonical] : rows) out.push_back(opened(reader, position, canonical));
    if (seen < slice) break;
  }
  return out;
}

std::vector<AuditEntry> AuditTrail::newest(db::Reader& reader, std::int64_t after, std::size_t limit, std::int64_t since_ms) {
  constexpr std::int64_t slice = 500;
  std::vector<std::pair<std::int64_t, db::Blob>> rows;
  const auto keep = [&](const audit_sql::Columns& columns, std::span<const std::byte> canonical) {
    if (columns.at_ms >= since_ms) rows.emplace_back(columns.position, db::Blob(canonical.begin(), canonical.end()));
  };
  std::int64_t seen = 0;
  if (after > 0) audit_sql::each_after(reader, after, slice, [&](const auto& columns, const auto& canonical) { ++seen; keep(columns, canonical); });
  if (after > 0 && seen < slice) {                       // a few have come since
    std::ranges::reverse(rows);
  } else {
    rows.clear();
    std::int64_t from = std::numeric_limits<std::int64_t>::max();
    bool far_enough = false;
    do {
      seen = 0;
      const std::int64_t asked = from;
      audit_sql::each_before(reader, asked, slice, [&](const audit_sql::Columns& columns, std::span<const std::byte> canonical) {
        ++seen;
        from = columns.position;
        far_enough = far_enough || columns.position <= after || columns.at_ms < since_ms;
        if (!far_enough) keep(columns, canonical);
      });
    } while (seen == slice && !far_enough && rows.size() < limit);
  }
  if (rows.size() > limit) rows.resize(limit);
  std::vector<AuditEntry> out;
  out.reserve(rows.size());
  for (const auto& [position, canonical] : rows) out.push_back(opened(reader, position, canonical));
  return out;
}

std::vector<AuditEntry> AuditTrail::of_body(db::Reader& reader, BodyId body, std::int64_t before, std::size_t limit) {
  std::vector<std::pair<std::int64_t, db::Blob>> rows;
  audit_sql::each_of_body_before(reader, body, before > 0 ? before : std::numeric_limits<std::int64_t>::max(), static_cast<std::int64_t>(limit),
                                 [&](const audit_sql::Columns& columns, std::span<const std::byte> canonical) {
                                   rows.emplace_back(columns.position, db::Blob(canonical.begin(), canonical.end()));
                                 });
  std::vector<AuditEntry> out;
  for (const auto& [position, canonical] : rows) out.push_back(opened(reader, position, canonical));
  return out;
}

AuditSink sink_of(AuditTrail& trail, const Viewer& viewer, std::function<std::string(const ChangeNote&)> summary) {
  return [&trail, &viewer, summary = std::move(summary)](db::Writer& writer, const ChangeNote& note) {
    json::object after;
    if (!note.after_json.empty()) {
      boost::system::error_code broken;
      json::value parsed = json::parse(note.after_json, broken);
      if (!broken && parsed.is_object()) after = std::move(parsed.as_object());
    }
    if (summary)
      if (const std::string sentence = summary(note); !sentence.empty()) after["summary"] = sentence;
    std::optional<Personal> personal;
    if (!note.personal_json.empty()) personal = Personal{std::string(note.noun), note.record, note.personal_json};
    trail.write(writer, viewer, note.body, note.noun, note.record, note.action, note.before_json, after.empty() ? note.after_json : json::serialize(after), note.reason,
                personal);
  };
}

std::int64_t AuditTrail::seal() {
  const std::int64_t now = clock_.now_ms();
  return store_.write([&](db::Writer& writer) -> std::int64_t {
    const auto last = audit_sql::last_seal(writer);
    db::Blob head = last ? last->head : db::Blob(32);
    audit_sql::Seal seal;
    seal.first = last ? last->last + 1 : 1;
    seal.last = seal.first - 1;
    // Positions are shared with the log of facts, so they leave gaps here; a row that goes missing is found because every seal binds how many it covers.
    audit_sql::each_after(writer, seal.last, seal_batch, [&](const audit_sql::Columns& columns, std::span<const std::byte> canonical) {
      seal.last = columns.position;
      ++seal.entries;
      const auto next = next_head(head, canonical);
      head.assign(next.begin(), next.end());
    });
    if (seal.entries == 0) return 0;
    seal.at_ms = now;
    seal.head = head;
    seal.signature = keys_.sign(signed_bytes(seal));
    audit_sql::insert_seal(writer, seal);
    return seal.entries;
  });
}

// How far the chain has been read and what it came to.
struct AuditTrail::Walk {
  std::optional<audit_sql::Seal> last;
  std::int64_t sealed = 0, seals = 0;
  std::int64_t whole_ms = 0;
};

AuditVerdict AuditTrail::walked(db::Reader& reader, Walk walk) {
  AuditVerdict verdict;
  verdict.whole_ms = walk.whole_ms;
  const auto bad = [&](std::int64_t position) {
    if (!verdict.first_bad) verdict.first_bad = position;
  };
  db::Blob head = walk.last ? walk.last->head : db::Blob(32);
  for (audit_sql::Seal& seal : audit_sql::seals_after(reader, walk.last ? walk.last->first : 0)) {
    const std::int64_t expected_first = walk.last ? walk.last->last + 1 : 1;
    std::int64_t entries = 0;
    audit_sql::each_between(reader, seal.first, seal.last, [&](const audit_sql::Columns& columns, std::span<const std::byte> canonical) {
      ++entries;
      if (!agrees(columns, canonical)) bad(columns.position);
      const auto next = next_head(head, canonical);
      head.assign(next.begin(), next.end());
    });
    if (seal.first != expected_first || entries != seal.entries || head != seal.head || !keys_.verify(signed_bytes(seal), seal.signature)) bad(seal.first);
    ++walk.seals;
    walk.sealed += entries;
    head = seal.head;
    walk.last = std::move(seal);
  }
  verdict.seals = walk.seals;
  verdict.sealed = walk.sealed;
  verdict.unsealed = audit_sql::count_entries_after(reader, walk.last ? walk.last->last : 0);
  verdict.entries = verdict.sealed + verdict.unsealed;
  if (walk.last) verdict.head_hex = crypto::hex(head);
  const std::lock_guard lock(good_mutex_);
  good_ = verdict.good() && walk.last ? std::make_shared<const Walk>(std::move(walk)) : nullptr;
  return verdict;
}

AuditVerdict AuditTrail::verify(db::Reader& reader) {
  Walk from_the_start;
  from_the_start.whole_ms = clock_.now_ms();
  AuditVerdict verdict = walked(reader, std::move(from_the_start));
  verdict.entries = audit_sql::count_entries(reader);
  if (verdict.good() && verdict.entries != verdict.sealed + verdict.unsealed) {      // rows before the first position, which no seal could cover
    verdict.first_bad = 0;
    const std::lock_guard lock(good_mutex_);
    good_.reset();
  }
  return verdict;
}

AuditVerdict AuditTrail::verify_on(db::Reader& reader) {
  constexpr std::int64_t day_ms = 86'400'000, surely_seen_ms = 60'000;
  const std::int64_t now = clock_.now_ms();
  std::shared_ptr<const Walk> good;
  {
    const std::lock_guard lock(good_mutex_);
    good = good_;
  }
  if (!good || now - good->whole_ms >= day_ms) return verify(reader);
  const auto stands = audit_sql::seal_beginning_at(reader, good->last->first);
  if (stands == good->last) return walked(reader, *good);
  AuditVerdict verdict = verify(reader);
  // Cut off, or signed anew, since this process found it whole. A seal of this minute may be missing only because the reader began before it.
  if (verdict.good() && (stands || now - good->last->at_ms > surely_seen_ms)) {
    verdict.first_bad = good->last->first;
    const std::lock_guard lock(good_mutex_);
    good_ = std::move(good);
  }
  return verdict;
}

}  // namespace khuyenhoc
