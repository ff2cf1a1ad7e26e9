#include "base/number.h"
#include "base/text.h"
#include "directory/founding.h"
#include "organisation/contacts.h"
#include "organisation/heads.h"
#include "organisation/letterheads.h"
#include "organisation/numbering.h"
#include "organisation/signing.h"

namespace khuyenhoc::directory {
namespace {

using document::Alignment;
using document::Paragraph;
using document::Text;
using document::Weight;

Text all_in(std::string text, Weight weight) { return Text(std::vector<document::Run>{{.text = std::move(text), .weight = weight}}); }

Text article(std::string_view name, std::string text) {
  Text out;
  out.add(std::string(name) + " ", Weight::bold);
  out.add(std::move(text));
  return out;
}

}  // namespace

Result<document::Document> founding_paper(House& house, const Viewer& viewer, BodyId id) {
  const auto organisation = house.organisation.current();
  const Body& body = organisation->body(id);
  const BodyVersion& version = body.on(body.born);
  if (!version.superior) return refuse("founding.superior", tr("Tổ chức này không có cấp trên trực tiếp để ra quyết định thành lập."));
  const LanguageScope in_vietnamese(Language::vietnamese);
  return house.store.read([&](db::Reader& reader) -> Result<document::Document> {
    const auto known = founding_of(reader, id);
    const Decision decision = known ? known->decision : Decision{};
    const Day day = decision.day.value_or(body.born);
    const auto head = letterhead(reader, *organisation, version.superior, day);
    const std::string above = organisation->body(version.superior).on(day).name;
    const std::string area = organisation->territory().unit(version.area).full_name(day);
    const auto contact_now = contact(reader, house.keys, id);
    const auto leads = head_of(reader, id, body.born, contact_now);

    const bool digital = !decision.number.empty() && numbering_rule(reader, version.superior, day).digital_pictures && viewer.may(Permission::sign, version.superior);
    const Pictures pictures = digital ? Pictures::digital : Pictures::none;

    document::Document paper;
    paper.day = day;
    paper.letterhead = document::Letterhead{.superior = upper_case(head.superior_line), .issuer = upper_case(head.issuer_line),
                                            .number = "Số: " + (decision.number.empty() ? number_text_of(0, "QĐ", head.numbering_suffix) : decision.number),
                                            .place_and_date = head.place_name + ", " + (decision.day ? day.long_text() : fmt::format("ngày      tháng {}{} năm {}", day.month() < 3 ? "0" : "", day.month(), day.year()))};
    paper.kind = "QUYẾT ĐỊNH";
    paper.summary = fmt::format("Về việc thành lập {}", version.name);
    const auto centred = [&](std::string text) { paper.blocks.emplace_back(Paragraph{.text = all_in(std::move(text), Weight::bold), .alignment = Alignment::centre}); };
    const auto basis = [&](std::string text) { paper.blocks.emplace_back(Paragraph{.text = all_in(std::move(text), Weight::italic)}); };
    centred("BAN THƯỜNG VỤ " + upper_case(above));
    basis("Căn cứ Nghị định số 126/2024/NĐ-CP ngày 08 tháng 10 năm 2024 của Chính phủ quy định về tổ chức, hoạt động và quản lý hội;");
    basis("Căn cứ Điều lệ Hội Khuyến học Việt Nam;");
    basis("Xét nhu cầu tổ chức hoạt động khuyến học, khuyến tài trên địa bàn.");
    centred("QUYẾT ĐỊNH:");
    std::string first = fmt::format("Thành lập {}, trực thuộc {}, kể từ {}. Địa bàn hoạt động: {}.", version.name, above, body.born.long_text(), area);
    if (known && known->members) first += fmt::format(" Số hội viên khi thành lập: {} người.", number_text(*known->members));
    paper.blocks.emplace_back(Paragraph{.text = article("Điều 1.", std::move(first))});
    const std::string title = lower_case(head_in_capitals(reader, *organisation, id, body.born));
    const std::string who = leads ? leads->name : "……………………………";
    paper.blocks.emplace_back(Paragraph{.text = article("Điều 2.", fmt::format("Giao ông (bà) {} giữ nhiệm vụ {}. {} hoạt động theo Điều lệ Hội Khuyến học Việt Nam và hướng dẫn của {}.", who, title, version.name, above))});
    paper.blocks.emplace_back(Paragraph{.text = article("Điều 3.", fmt::format("Quyết định này có hiệu lực từ ngày ký. Ban Thường vụ {}, {} và các đơn vị có liên quan chịu trách nhiệm thi hành Quyết định này.", above, version.name))});
    paper.blocks.emplace_back(document::Closing{.recipients = {"Như Điều 3", "Hội cấp trên (để b/c)", "Lưu: VT"}, .signers = {signature_block(reader, *organisation, version.superior, "quyet_dinh", day, pictures)}});
    return paper;
  });
}

}  // namespace khuyenhoc::directory
