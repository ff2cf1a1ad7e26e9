#include "committees/roster.h"

#include <algorithm>

#include "base/i18n.h"
#include "base/text.h"
#include "organisation/letterheads.h"
#include "organisation/numbering.h"
#include "organisation/signing.h"

namespace khuyenhoc {
namespace {

using document::Alignment;
using document::TableCell;

std::string seat_in(const CommitteeTerm& term, const CommitteeMember& member, bool stands) {
  if (const PostKind* post = member.post.empty() ? nullptr : Posts::house().find(member.post); post != nullptr) return post->label_vi;
  if (term.kind == CommitteeKind::executive && stands) return "Ủy viên Ban Thường vụ";
  return "Ủy viên";
}

TableCell year_cell(const CommitteeMember& member, Gender gender) {
  return member.gender == gender && member.birth_year ? TableCell::of(std::to_string(*member.birth_year)) : TableCell::blank();
}

}  // namespace

Result<document::Document> committee_roster(House& house, std::int64_t id, Day day) {
  const auto organisation = house.organisation.current();
  return house.store.read([&](db::Reader& reader) -> Result<document::Document> {
    const auto term = find_term(reader, id);
    if (!term) return refuse("committee.unknown", tr("Không tìm thấy nhiệm kỳ này."));
    // a roster goes into the files of an office, so it is Vietnamese whoever prints it
    const LanguageScope in_vietnamese(Language::vietnamese);
    const Day shown = term->ended && day >= *term->ended ? *term->ended - 1 : std::max(day, term->from);
    auto members = members_of(reader, id);
    std::erase_if(members, [&](const CommitteeMember& member) { return !member.on(shown); });
    order_as_offices(reader, *term, members, shown);
    std::vector<std::int64_t> standing;
    if (const auto chosen = term_on(reader, term->body, CommitteeKind::standing, shown))
      for (const CommitteeMember& one : members_of(reader, chosen->id))
        if (one.on(shown)) standing.push_back(one.among);

    const std::string body = organisation->body(term->body).on(shown).name;
    const auto head = letterhead(reader, *organisation, term->body, shown);
    document::Document paper;
    paper.day = shown;
    paper.letterhead = document::Letterhead{.superior = upper_case(head.superior_line), .issuer = upper_case(head.issuer_line), .number = "Số: " + number_text_of(0, "DS", head.numbering_suffix),
                                            .place_and_date = fmt::format("{}, ngày      tháng {}{} năm {}", head.place_name, shown.month() < 3 ? "0" : "", shown.month(), shown.year())};
    paper.kind = "DANH SÁCH";
    paper.summary = fmt::format("{} {} {}", committee_label(term->kind, Language::vietnamese), body, term->name);
    if (const std::string basis = decision_text(term->decision); !basis.empty())
      paper.blocks.emplace_back(document::Paragraph{.text = document::Text(std::vector<document::Run>{{.text = fmt::format("(Kèm theo {})", basis), .weight = document::Weight::italic}}), .alignment = Alignment::centre});
    document::Table table;
    table.columns = {{.share = 1.1, .alignment = Alignment::centre}, {.share = 4}, {.share = 1.3, .alignment = Alignment::centre}, {.share = 1.3, .alignment = Alignment::centre}, {.share = 4.8}, {.share = 3.4}, {.share = 2.1}};
    table.head = {{{.text = "TT", .row_span = 2}, {.text = "Họ và tên", .row_span = 2}, {.text = "Năm sinh", .column_span = 2}, {.text = "Chức vụ, nơi công tác", .row_span = 2},
                   {.text = "Chức vụ trong Ban", .row_span = 2}, {.text = "Ghi chú", .row_span = 2}},
                  {{.text = "Nam"}, {.text = "Nữ"}}};
    std::int64_t number = 0;
    for (const CommitteeMember& member : members) {
      const bool stands = std::ranges::find(standing, member.id) != standing.end();
      const std::string remark = member.joined == Joined::elected ? std::string() : joined_label(member.joined, Language::vietnamese);
      table.rows.push_back({.cells = {TableCell::count(++number), TableCell::of(member.person_name), year_cell(member, Gender::man), year_cell(member, Gender::woman), TableCell::of(member.work),
                                      TableCell::of(seat_in(*term, member, stands)), TableCell::of(remark)}});
      table.rows.back().cells.front().alignment = Alignment::centre;
    }
    paper.blocks.emplace_back(std::move(table));
    paper.blocks.emplace_back(document::Paragraph{.text = document::Text(fmt::format("Danh sách có {} người.", number))});
    paper.blocks.emplace_back(document::Closing{.recipients = {"Lưu: VT"}, .signers = {signature_block(reader, *organisation, term->body, "danh_sach", shown)}});
    return paper;
  });
}

}  // namespace khuyenhoc
