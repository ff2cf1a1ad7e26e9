// The rows of restructures: the decision, who became what, how it was before, what was posted, moved and ended.
#pragma once

#include "restructure/restructure.h"

namespace khuyenhoc::restructure_sql {

inline constexpr std::string_view noun = "restructure";     // of sources and of the trail
inline constexpr std::string_view minutes_noun = "handover";   // of what minutes posted

struct Image {                          // a body before the restructure; of an opened one only that it was opened
  Body body;
  bool opened = false;
  std::string left_as;                  // state_of() when the restructure was done
};
struct Rehomed {
  Fact fact;                            // as it stood at the old body
  BodyId successor;
};
struct TakenStatement {
  Statement statement;
  bool restated = false;
};

std::string state_of(const Body& body);                                             // short, and another for another name, place or end
void insert(db::Writer& writer, const StoredRestructure& restructure);
void set_settled(db::Writer& writer, BodyRestructureId id, bool settled);
void set_closed(db::Writer& writer, BodyRestructureId id, std::int64_t now_ms);
void set_undone(db::Writer& writer, BodyRestructureId id, std::int64_t now_ms);
std::optional<StoredRestructure> find(db::Reader& reader, BodyRestructureId id);
std::vector<StoredRestructure> list(db::Reader& reader, std::int64_t limit);
std::vector<StoredRestructure> of_body(db::Reader& reader, BodyId body);
std::vector<StoredRestructure> unsettled(db::Reader& reader);
// A later restructure, not taken back, that concerns one of the same bodies; the first by body.
struct LaterTouching {
  BodyId body;
  std::string title;
};
std::optional<LaterTouching> later_touching(db::Reader& reader, BodyRestructureId id);

void insert_fates(db::Writer& writer, BodyRestructureId id, std::span<const FateLine> lines);   // once
std::vector<FateLine> fates(db::Reader& reader, BodyRestructureId id);
void insert_images(db::Writer& writer, BodyRestructureId id, std::span<const Image> images);
std::vector<Image> images(db::Reader& reader, BodyRestructureId id);                 // by body
std::string digest_of_rows(db::Reader& reader, BodyRestructureId id);                // over who became what, and how it was left
void note_posting(db::Writer& writer, BodyRestructureId id, BodyId body);
void note_first_postings(db::Writer& writer, BodyRestructureId id, const std::set<BodyId>& bodies);   // before any other
std::vector<BodyId> posted_at(db::Reader& reader, BodyRestructureId id);
void insert_rehomed(db::Writer& writer, const Catalogue& catalogue, BodyRestructureId id, std::int64_t number, const Rehomed& rehomed);
std::vector<Rehomed> rehomed(db::Reader& reader, const Catalogue& catalogue, BodyRestructureId id);
std::int64_t count_rehomed(db::Reader& reader, BodyRestructureId id);
void insert_taken(db::Writer& writer, const Catalogue& catalogue, BodyRestructureId id, const Statement& statement);
std::vector<TakenStatement> taken(db::Reader& reader, const Catalogue& catalogue, BodyRestructureId id);
void mark_restated(db::Writer& writer, BodyRestructureId id, std::int64_t statement);
void insert_ended_posts(db::Writer& writer, BodyRestructureId id, std::span<const PostHolding> before);
std::vector<std::pair<std::int64_t, std::optional<Day>>> ended_posts(db::Reader& reader, BodyRestructureId id);   // holding, until before
void insert_handover(db::Writer& writer, std::int64_t handover, BodyRestructureId id, BodyId body, const HandoverMinutes& minutes, const RestructureBy& by);
bool has_minutes(db::Reader& reader, BodyRestructureId id);
bool is_handover_of(db::Reader& reader, BodyRestructureId id, const Source& source);   // posted by minutes of this restructure

}  // namespace khuyenhoc::restructure_sql
