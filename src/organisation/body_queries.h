// The rows of bodies: loading them whole, by one, or what changed since; writing one with its versions.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "organisation/organisation.h"
#include "platform/db/db.h"

namespace khuyenhoc {

std::vector<Body> load_bodies(db::Reader& reader);                                            // by id
std::vector<Body> load_bodies_changed_after(db::Reader& reader, std::int64_t position);
std::optional<Body> load_body(db::Reader& reader, BodyId id);
std::vector<BodySuccession> load_successions(db::Reader& reader);
std::int64_t last_body_change(db::Reader& reader);
std::vector<BodyId> ever_answered_to(db::Reader& reader, BodyId superior);                    // bodies with a version under it

void insert_body(db::Writer& writer, const Body& body);
void update_body(db::Writer& writer, const Body& body);                                       // its row and all its versions
void insert_bodies(db::Writer& writer, std::span<const Body> bodies);                         // in bulk
void insert_versions(db::Writer& writer, std::span<const Body> bodies);                       // of bodies whose rows are there
void insert_succession(db::Writer& writer, BodySuccession link);
void delete_succession(db::Writer& writer, BodySuccession link);
bool has_succession(db::Reader& reader, BodySuccession link);
std::vector<BodySuccession> successions_of(db::Reader& reader, BodyId body);                   // on either side
// Gives what this transaction changed its place in the order of commits, for other processes to follow.
void number_body_changes(db::Writer& writer, std::int64_t position);

}  // namespace khuyenhoc
