#include "restructure/paper_parts.h"

#include "base/text.h"
#include "organisation/letterheads.h"
#include "organisation/signing.h"

namespace khuyenhoc::paper_parts {

std::string suffix(House& house, const PaperMatter& matter, Day signed_on) {
  const auto organisation = house.organisation.current();
  return house.store.read([&](db::Reader& reader) { return letterhead(reader, *organisation, matter.unit, signed_on).numbering_suffix; });
}

std::string open_day(Day near) { return fmt::format("ngày      tháng {}{} năm {}", near.month() < 3 ? "0" : "", near.month(), near.year()); }

std::string lower_first(std::string text) {
  // only the first letter, and not of a name in capitals
  const auto first = text.empty() ? 0 : (static_cast<unsigned char>(text[0]) < 0x80 ? 1 : static_cast<unsigned char>(text[0]) < 0xE0 ? 2 : 3);
  return lower_case(text.substr(0, static_cast<std::size_t>(first))) + text.substr(static_cast<std::size_t>(first));
}

document::Document begin(House& house, const PaperMatter& matter, Day signed_on, const std::string& letters, const std::string& number) {
  const auto organisation = house.organisation.current();
  const auto head = house.store.read([&](db::Reader& reader) { return letterhead(reader, *organisation, matter.unit, signed_on); });
  document::Document paper;
  paper.day = signed_on;
  paper.letterhead = document::Letterhead{.superior = upper_case(head.superior_line), .issuer = upper_case(head.issuer_line),
                                          .number = number.empty() ? fmt::format("Số:      /{}-{}", letters, head.numbering_suffix) : "Số: " + number,
                                          .place_and_date = head.place_name + ", " + (matter.dated && !number.empty() ? signed_on.long_text() : open_day(signed_on))};
  return paper;
}

document::Signer signer(House& house, BodyId body, Day day) {
  const auto organisation = house.organisation.current();
  return house.store.read([&](db::Reader& reader) { return signature_block(reader, *organisation, body, "quyet_dinh", day); });
}

}  // namespace khuyenhoc::paper_parts
