// The rows of contacts that are changed together: staged, come into force, moved to where single contacts are kept, removed.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "organisation/contacts.h"

namespace khuyenhoc {

using ContactChangeId = Id<struct ContactChangeTag>;

namespace contact_sql {

enum class State : std::int64_t { staged = 0, appeared = 1, given_up = 2 };

struct Row {
  BodyId body;
  std::string head_name;
  std::optional<crypto::Bytes> telephone_sealed;
  std::int64_t row_version = 1;            // the one it will have
};

struct Change {
  ContactChangeId id;
  State state = State::staged;
  std::int64_t alive_ms = 0;
};

void open(db::Writer& writer, ContactChangeId change, std::int64_t source, std::int64_t now_ms);   // does nothing when it is there
void sign_of_life(db::Writer& writer, ContactChangeId change, std::int64_t now_ms);
void insert(db::Writer& writer, ContactChangeId change, std::span<const Row> rows);
bool turn(db::Writer& writer, ContactChangeId change, State from, State to);                        // false: it was not in that state
void give_up(db::Writer& writer, std::int64_t source);
std::optional<BodyId> overtaken(db::Reader& reader, ContactChangeId change);                        // a body whose contact is as new already
std::vector<Change> all(db::Reader& reader);
bool move_some(db::Writer& writer, ContactChangeId change, std::size_t at_most);                    // false: nothing is left, not even the change
bool remove_some(db::Writer& writer, ContactChangeId change, std::size_t at_most);

std::int64_t changes(db::Reader& reader);
void count_change(db::Writer& writer);

}  // namespace contact_sql
}  // namespace khuyenhoc
