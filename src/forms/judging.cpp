#include "forms/judging.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/i18n.h"
#include "forms/known_versions.h"
#include "shell/house.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t longest_text = 2'000, most_questions = 40;

void add_measures(std::vector<MeasureIndex>& out, const FormContent& content) {
  const auto add = [&](MeasureIndex measure) {
    if (std::ranges::find(out, measure) == out.end()) out.push_back(measure);
  };
  for (const auto& section : content.sections)
    for (const auto& line : section.lines) add(line.measure);
  for (const auto& form : content.short_forms)
    for (const auto& part : form.parts)
      for (const auto& field : part.fields) add(field.measure);
}

Result<void> judge_question(const OwnQuestion& question, std::size_t number) {
  const std::string place = fmt::format("ch-{}", number);
  if (question.text.empty()) return refuse("form.question", tr("Câu hỏi {}: xin ghi nội dung câu hỏi.", number), place);
  if (question.text.size() > 300 || question.help.size() > longest_text) return refuse("form.question", tr("Câu hỏi {} dài quá. Xin viết ngắn lại, phần giải thích ghi ở hướng dẫn.", number), place);
  if (question.kind == OwnQuestion::Kind::number && question.unit.empty()) return refuse("form.question", tr("Câu hỏi {}: xin ghi đơn vị tính, ví dụ: người, hộ, buổi.", number), place);
  if (question.asked_of.empty()) return refuse("form.question", tr("Câu hỏi {}: xin chọn loại đơn vị phải trả lời.", number), place);
  return {};
}

Result<void> judge_lines(const House& house, const FormVersion& draft, const Organisation& organisation) {
  std::set<MeasureIndex> seen;
  for (const auto& section : draft.content.sections)
    for (const auto& line : section.lines) {
      const Measure& measure = house.catalogue.measure(line.measure);
      if (!seen.insert(line.measure).second) return refuse("form.line", tr("Chỉ tiêu “{}” có hai lần trong mẫu.", measure.label(current_language())), measure.code);
      if (measure.owner && measure.owner != draft.owner && !organisation.superiors().is_within(organisation.node(draft.owner), organisation.node(measure.owner), house.clock.today()))
        return refuse("form.line", tr("“{}” là chỉ tiêu riêng của đơn vị khác, không đưa vào mẫu này được.", measure.label(current_language())), measure.code);
    }
  return {};
}

}  // namespace

std::vector<MeasureIndex> asked_with_base(db::Reader& reader, const House& house, const FormVersion& draft) {
  std::vector<MeasureIndex> out;
  add_measures(out, draft.content);
  if (draft.kind == FormVersion::Kind::addition)
    for (const auto id : pins_in_force(reader, house, draft.code, draft.owner, Day::latest(), PinBelow::no).versions)
      if (const auto version = known_version(reader, house, id); version && (*version)->owner != draft.owner) add_measures(out, (*version)->content);
  return out;
}

Result<Check> judge_check(const Catalogue& catalogue, const std::string& code, const std::string& expression, const std::string& message, const std::vector<MeasureIndex>& asked) {
  Check out;
  out.code = code;
  out.expression = expression;
  out.message_vi = message;
  out.message_en = message;
  if (expression.empty()) return refuse("form.check", tr("Xin ghi công thức, ví dụ: B01 >= B02."));
  auto formula = catalogue.read_formula(expression);
  if (!formula) {
    const std::string& name = formula.error().place;
    if (formula.error().code != "catalogue.formula") return refuse("form.check", formula.error().message);
    const auto at = expression.find(name);
    return refuse("form.check", tr("Ở chữ thứ {}: không có chỉ tiêu “{}”. Xin dùng mã ghi trong bảng chỉ tiêu của mẫu.", at == std::string::npos ? 1 : at + 1, name));
  }
  if (!formula::compares(formula->expression.operation())) return refuse("form.check", tr("Công thức cần một phép so sánh: ==, <=, >=, < hoặc >."));
  for (const Term& term : formula->terms)
    if (std::ranges::find(asked, term.measure) == asked.end()) {
      const Measure& measure = catalogue.measure(term.measure);
      return refuse("form.check", tr("Ở chữ thứ {}: mẫu này không hỏi {} ({}).", expression.find(measure.code) + 1, measure.code, measure.label(current_language())));
    }
  if (message.empty()) return refuse("form.check", tr("Xin ghi câu báo cho người nhập khi số chưa khớp."));
  out.formula = std::move(*formula);
  for (const Term& term : out.formula.terms)
    if (std::ranges::find(out.measures, term.measure) == out.measures.end()) out.measures.push_back(term.measure);
  return out;
}

Result<void> judge_content(db::Reader& reader, const House& house, const FormVersion& draft, Judged how) {
  const FormContent& content = draft.content;
  if (content.questions.size() > most_questions) return refuse("form.question", tr("Một mẫu có nhiều nhất {} câu hỏi riêng.", most_questions), "ch-1");
  const OrganisationView organisation = house.organisation.current();
  if (auto fine = judge_lines(house, draft, *organisation); !fine) return fine;
  std::set<std::string> codes;
  for (const auto& block : content.blocks)
    if (block.code.empty() || block.heading_vi.empty() || !codes.insert(block.code).second) return refuse("form.block", tr("Mỗi phần lời văn cần có tên riêng."), block.code);
  const auto asked = asked_with_base(reader, house, draft);
  for (std::size_t i = 0; i < content.checks.size(); ++i)
    if (const auto fine = judge_check(house.catalogue, content.checks[i].code, content.checks[i].expression, content.checks[i].message_vi, asked); !fine)
      return refuse("form.check", fine.error().message, fmt::format("kt-{}", i + 1));
  if (how == Judged::as_draft) return {};

  if (draft.name_vi.empty()) return refuse("form.name", tr("Xin ghi tên."), "ten");
  for (std::size_t i = 0; i < content.questions.size(); ++i)
    if (auto fine = judge_question(content.questions[i], i + 1); !fine) return fine;
  if (draft.kind == FormVersion::Kind::request) {
    if (content.questions.empty()) return refuse("form.empty", tr("Yêu cầu chưa có câu hỏi nào. Xin thêm ít nhất một câu."), "ch-1");
    if (!draft.request_period) return refuse("form.window", tr("Xin ghi số liệu lấy từ ngày nào đến ngày nào."), "tu");
    if (draft.request_period->last < draft.request_period->first) return refuse("form.window", tr("Ngày cuối đứng trước ngày đầu. Xin xem lại."), "den");
    if (!draft.request_due) return refuse("form.window", tr("Xin ghi hạn gửi."), "han");
    if (*draft.request_due < house.clock.today()) return refuse("form.window", tr("Hạn gửi đã qua. Xin chọn ngày khác."), "han");
    return {};
  }
  if (draft.windows.empty()) return refuse("form.window", tr("Xin chọn ít nhất một kỳ dùng mẫu này."), "ky");
  const bool nothing = std::ranges::all_of(content.sections, [](const FormSection& one) { return one.lines.empty(); });
  if (draft.kind == FormVersion::Kind::periodic && nothing) return refuse("form.empty", tr("Mẫu chưa có chỉ tiêu nào."));
  return {};
}

}  // namespace khuyenhoc
