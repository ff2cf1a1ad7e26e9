#include "paper_style/preview.h"

#include "base/text.h"
#include "organisation/numbering.h"
#include "organisation/systems.h"

namespace khuyenhoc::paper_style {

document::Document example_paper(House& house, const PreviewOrder& order, const std::optional<Letterhead>& typed) {
  const auto organisation = house.organisation.current();
  const LanguageScope in_vietnamese(Language::vietnamese);
  return house.store.read([&](db::Reader& reader) {
    const Letterhead head = typed ? *typed : letterhead(reader, *organisation, order.body, order.day);
    const PaperKind& kind = *PaperKinds::house().find(order.paper);
    const NumberingRule numbering = numbering_rule(reader, order.body, order.day);
    const auto starts = next_numbers(reader, order.body, order.day.year());
    const auto start = starts.find(numbering.series == NumberSeries::one ? std::string() : order.paper);
    const auto papers = Systems::house().papers_of(organisation->kind(order.body).system);
    document::Document paper;
    paper.day = order.day;
    paper.letterhead = document::Letterhead{.family = papers == BodySystem::Papers::youth_union ? document::LetterheadFamily::youth_union : document::LetterheadFamily::state,
                                            .superior = upper_case(head.superior_line), .issuer = upper_case(head.issuer_line),
                                            .number = "Số: " + number_text_of(start == starts.end() ? 1 : start->second, kind.letters, head.numbering_suffix, papers),
                                            .subject = kind.letters.empty() ? "V/v trích yếu nội dung công văn" : std::string(),
                                            .place_and_date = head.place_name + ", " + order.day.long_text()};
    if (!kind.letters.empty()) {
      paper.kind = upper_case(kind.label_vi);
      paper.summary = "Trích yếu nội dung văn bản";
    } else {
      paper.addressees = {"Tên cơ quan, tổ chức nhận công văn"};
    }
    paper.blocks.emplace_back(document::Paragraph{.text = document::Text("Nội dung văn bản.")});
    const auto usual = signature_block(reader, *organisation, order.body, order.paper, order.day, order.pictures);
    const auto chosen = order.signer == 0 ? Result<document::Signer>(usual) : signature_block_of(reader, *organisation, order.body, order.paper, order.day, order.signer, order.pictures);
    paper.blocks.emplace_back(document::Closing{.recipients = {"Như trên", "Lưu: VT"}, .signers = {chosen ? *chosen : usual}});
    return paper;
  });
}

}  // namespace khuyenhoc::paper_style
