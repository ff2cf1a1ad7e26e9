#include <algorithm>

#include "committees/pages/parts_of_committees.h"

namespace khuyenhoc::committees {
namespace {

template <class E>
std::string code_of(E value) { return std::to_string(static_cast<std::int64_t>(value)); }

std::vector<FormChoice> seats(const CommitteeTerm& term, Language language) {
  std::vector<FormChoice> out{{"", tr("Ủy viên")}};
  for (const PostKind& kind : Posts::house().kinds()) {
    const bool of_inspection = kind.code == "truong_ban_kiem_tra";
    static constexpr std::string_view of_associations[] = {"chu_tich", "pho_chu_tich_thuong_truc", "pho_chu_tich", "uy_vien_btv", "chanh_van_phong", "thu_ky", "ke_toan", "thu_quy"};
    if (term.kind == CommitteeKind::inspection ? of_inspection : of_inspection || std::ranges::find(of_associations, kind.code) != std::end(of_associations))
      out.push_back({kind.code, kind.label(language)});
  }
  return out;
}

}  // namespace

std::vector<FormChoice> kind_choices(Language language) {
  std::vector<FormChoice> out;
  for (const auto kind : {CommitteeKind::executive, CommitteeKind::standing, CommitteeKind::permanent, CommitteeKind::inspection}) out.push_back({code_of(kind), committee_label(kind, language)});
  return out;
}

std::vector<FormLine> term_lines(const Visit& visit, const Typed& typed) {
  const Language language = visit.language();
  return {FormLine::text("name", tr("Tên nhiệm kỳ"), typed("name"), tr("Ví dụ: nhiệm kỳ 2025 - 2030."), FormLine::Wanted::yes),
          FormLine::text("from", tr("Bắt đầu từ ngày"), typed("from"), tr("Ngày đại hội, hoặc ngày quyết định chỉ định có hiệu lực."), FormLine::Wanted::yes),
          FormLine::text("planned_until", tr("Đến hết ngày"), typed("planned_until"), tr("Ngày cuối của nhiệm kỳ; không quá 5 năm."), FormLine::Wanted::yes),
          FormLine::choice("began", tr("Hình thành"), typed("began"),
                           {{code_of(TermBegan::by_congress), began_label(TermBegan::by_congress, language)}, {code_of(TermBegan::by_appointment), began_label(TermBegan::by_appointment, language)}}),
          FormLine::heading(tr("Quyết định công nhận hoặc chỉ định (nếu có)")),
          FormLine::text("decision_number", tr("Số quyết định"), typed("decision_number"), tr("Ví dụ: 12/QĐ-HKH.")),
          FormLine::text("decision_day", tr("Ngày quyết định"), typed("decision_day")),
          FormLine::text("decision_issuer", tr("Cơ quan ban hành"), typed("decision_issuer"), tr("Ví dụ: Hội Khuyến học tỉnh Đắk Lắk."))};
}

CommitteeTerm typed_term(const Visit& visit, FormErrors& errors) {
  const http::Request& request = visit.request();
  CommitteeTerm out;
  out.name = request.text("name");
  if (const auto from = typed_day(request, "from", errors)) out.from = *from;
  if (const auto until = typed_day(request, "planned_until", errors)) out.planned_until = *until;
  out.began = typed_number(request, "began") == static_cast<std::int64_t>(TermBegan::by_appointment) ? TermBegan::by_appointment : TermBegan::by_congress;
  const auto decision = decision_from(request.text("decision_number"), request.text("decision_day"), request.text("decision_issuer"), DecisionIs::optional);
  if (decision) out.decision = *decision;
  else put(errors, decision.error(), "decision_number");
  return out;
}

std::vector<FormLine> member_lines(const Visit& visit, const CommitteeTerm& term, const Typed& typed) {
  std::vector<FormLine> out;
  if (!is_chosen_among_executive(term.kind)) {
    out.push_back(FormLine::text("person_name", tr("Họ và tên"), typed("person_name"), {}, FormLine::Wanted::yes));
    out.push_back(FormLine::choice("gender", tr("Nam hay nữ"), typed("gender"), {{code_of(Gender::man), tr("Nam")}, {code_of(Gender::woman), tr("Nữ")}}));
    out.push_back(FormLine::text("birth_year", tr("Năm sinh"), typed("birth_year"), tr("Chỉ ghi năm, ví dụ 1965. Để trống nếu chưa rõ.")));
    out.push_back(FormLine::text("work", tr("Chức vụ, nơi công tác"), typed("work"), tr("Như in trong danh sách, ví dụ Phó Chủ tịch HĐND xã.")));
  }
  out.push_back(FormLine::choice("post", tr("Chức vụ trong Ban"), typed("post"), seats(term, visit.language()), tr("Người giữ chức vụ được in tên dưới chữ ký. Cấp tài khoản ở mục Tài khoản.")));
  std::vector<FormChoice> ways;
  for (const auto joined : {Joined::elected, Joined::appointed, Joined::elected_later}) ways.push_back({code_of(joined), joined_label(joined, visit.language())});
  out.push_back(FormLine::choice("joined", tr("Tham gia bằng cách"), typed("joined"), std::move(ways)));
  out.push_back(FormLine::text("from", tr("Từ ngày"), typed("from"), {}, FormLine::Wanted::yes));
  return out;
}

CommitteeMember typed_member(const Visit& visit, FormErrors& errors) {
  const http::Request& request = visit.request();
  CommitteeMember out;
  out.person_name = request.text("person_name");
  out.work = request.text("work");
  out.post = request.text("post");
  const auto gender = typed_number(request, "gender"), joined = typed_number(request, "joined");
  out.gender = gender == 1 ? Gender::man : gender == 2 ? Gender::woman : Gender::unsaid;
  out.joined = joined == 2 ? Joined::appointed : joined == 3 ? Joined::elected_later : Joined::elected;
  if (!request.text("birth_year").empty()) {
    const auto year = typed_number(request, "birth_year");
    if (year <= 0 || year > 9'999) errors.emplace_back("birth_year", tr("Năm sinh gồm 4 chữ số, ví dụ 1965."));
    else out.birth_year = static_cast<int>(year);
  }
  if (const auto from = typed_day(request, "from", errors)) out.from = *from;
  return out;
}

}  // namespace khuyenhoc::committees
