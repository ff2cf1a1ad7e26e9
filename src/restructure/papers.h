// The papers of a restructure in the layout of Decree 30/2020: the decision, as a draft and as signed, and the minutes of handing over for each body that ends.
#pragma once

#include <string>
#include <vector>

#include "platform/document/document.h"
#include "restructure/desk.h"

namespace khuyenhoc {

// What both papers speak of: of a draft as its preview tells it, of a restructure as it is kept.
struct PaperMatter {
  BodyId unit;                          // that decides
  Day day;
  std::string title;
  LegalBasis basis;                     // no number: a draft, "Số:      /QĐ-HKH"
  bool dated = false;                   // the decision has its date
  std::vector<FateLine> fates;
};
PaperMatter matter_of(const RestructureDraft& draft, const RestructurePreview& preview);
PaperMatter matter_of(db::Reader& reader, Restructures& restructures, const Organisation& organisation, const StoredRestructure& stored);

// "QUYẾT ĐỊNH về việc …". Up to a dozen bodies are named in its articles; more stand in an annex.
document::Document decision_paper(House& house, const PaperMatter& matter);

// "BIÊN BẢN bàn giao …" of one ended body: stocks with their amounts and who takes how much, bodies that follow, posts, seal, papers and numbering, what is left.
struct MinutesOf {
  BodyRestructureId restructure;
  BodyId body;
  enum class Names { shown, left_open } names = Names::left_open;   // names of people only for whoever may see them there
};
document::Document minutes_paper(House& house, db::Reader& reader, Restructures& restructures, const PaperMatter& matter, const MinutesOf& about);

// The minutes of many bodies as one document with annex tables.
document::Document minutes_of_all(House& house, db::Reader& reader, Restructures& restructures, const PaperMatter& matter, BodyRestructureId id,
                                  const std::vector<BodyId>& bodies);

std::string decision_file_name(const PaperMatter& matter);
std::string minutes_file_name(const Organisation& organisation, const PaperMatter& matter, BodyId body);

// What an ended body held to its last day, and who took how much of it.
struct HandedOver {
  Series series = 0;
  std::int64_t held = 0;
  std::vector<std::pair<BodyId, std::int64_t>> taken;
  std::int64_t left = 0;
};
std::vector<HandedOver> handed_over(db::Reader& reader, House& house, Restructures& restructures, BodyRestructureId id, BodyId body);
// The successors of a body, or of a dissolved one whoever took its stocks over.
std::vector<BodyId> takers_of(const std::vector<FateLine>& fates, BodyId body);

}  // namespace khuyenhoc
