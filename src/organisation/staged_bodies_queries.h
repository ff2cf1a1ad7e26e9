// The rows of batches of bodies: staged, shown, hidden, removed.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "organisation/staged_bodies.h"

namespace khuyenhoc::batch_sql {

enum class State : std::int64_t { staged = 0, appeared = 1, hidden = 2, taken_back = 3, given_up = 4 };

// A gathered body with its contact, ready to be written.
struct Row {
  std::shared_ptr<const Body> body;
  std::string head_name;
  std::optional<crypto::Bytes> telephone_sealed;
  bool has_contact() const { return !head_name.empty() || telephone_sealed; }
};

void open(db::Writer& writer, BodyBatchId batch, std::int64_t source, std::int64_t now_ms);      // does nothing when it is there
bool sign_of_life(db::Writer& writer, BodyBatchId batch, State state, std::int64_t now_ms);     // false: it is not in that state any more
void insert(db::Writer& writer, BodyBatchId batch, std::span<const Row> rows);
bool change(db::Writer& writer, BodyBatchId batch, State from, State to, std::int64_t now_ms);  // false: it was not in that state
void number_change(db::Writer& writer, BodyBatchId batch, std::int64_t position);
void give_up(db::Writer& writer, std::int64_t source);

struct Batch {
  BodyBatchId id;
  State state = State::staged;
  std::int64_t alive_ms = 0;
};
std::vector<Batch> unfinished(db::Reader& reader);                                              // staged, hidden or given up
std::optional<BodyBatchId> of_source(db::Reader& reader, std::int64_t source);
std::vector<BodyId> bodies(db::Reader& reader, BodyBatchId batch);
std::optional<BodyId> changed_since(db::Reader& reader, BodyBatchId batch);                     // any body of it that was changed after it appeared
std::optional<BodyId> with_post(db::Reader& reader, BodyBatchId batch);
bool remove_some(db::Writer& writer, BodyBatchId batch, std::size_t at_most);                   // false: nothing is left, not even the batch

}  // namespace khuyenhoc::batch_sql
