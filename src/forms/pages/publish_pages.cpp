#include <algorithm>

#include "base/i18n.h"
#include "forms/judging.h"
#include "forms/pages/form_publish.html.h"
#include "shell/pages/form.html.h"
#include "forms/pages/shared_of_forms.h"
#include "shell/form_answers.h"

namespace khuyenhoc::form_pages {
namespace {

constexpr int years_offered = 4;

// What differs from the version in force, in words.
std::vector<std::string> changes(const Catalogue& catalogue, const FormContent& before, const FormContent& after, Language language) {
  std::vector<std::string> out;
  const auto lines = [](const FormContent& content) {
    std::vector<MeasureIndex> all;
    for (const auto& section : content.sections)
      for (const auto& line : section.lines) all.push_back(line.measure);
    return all;
  };
  const auto old_lines = lines(before), new_lines = lines(after);
  for (const MeasureIndex one : new_lines)
    if (std::ranges::find(old_lines, one) == old_lines.end()) out.push_back(tr("Thêm chỉ tiêu: {}", catalogue.measure(one).label(language)));
  for (const MeasureIndex one : old_lines)
    if (std::ranges::find(new_lines, one) == new_lines.end()) out.push_back(tr("Bỏ chỉ tiêu: {}", catalogue.measure(one).label(language)));
  for (const OwnQuestion& question : after.questions) out.push_back(tr("Thêm câu hỏi riêng: {}", question.text));
  const auto has_block = [](const FormContent& content, const std::string& code) { return std::ranges::find(content.blocks, code, &NarrativeBlock::code) != content.blocks.end(); };
  for (const auto& block : after.blocks)
    if (!has_block(before, block.code)) out.push_back(tr("Thêm phần lời văn: {}", block.heading(language)));
  for (const auto& block : before.blocks)
    if (!has_block(after, block.code)) out.push_back(tr("Bỏ phần lời văn: {}", block.heading(language)));
  if (after.checks.size() != before.checks.size()) out.push_back(tr("Số phép kiểm tra riêng: {} thành {}", before.checks.size(), after.checks.size()));
  return out;
}

std::optional<FormVersion> draft_to_publish(const Visit& visit, BodyId office) {
  auto found = version_asked(visit, office);
  if (!found || !found->is_draft() || found->owner != office || !may_publish_forms(visit.viewer(), office)) return std::nullopt;
  return found;
}

http::Response answer(const Visit& visit, const FormVersion& draft, const Shared& shared, FormErrors errors, http::Status status) {
  House& house = visit.house();
  PlainForm form{.trail = trail_of(visit, draft.owner), .action = html::path("/bieu-mau/{}/nhap/{}/ban-hanh", draft.owner, draft.id), .fields = {}, .button = {}};
  form.trail.push_back({tr("Bản nháp"), draft_path(draft.owner, draft.id)});
  std::vector<std::string> differs;
  std::vector<FormUse> uses;
  house.store.read([&](db::Reader& reader) {
    if (const auto fine = judge_content(reader, house, draft, Judged::for_publishing); !fine && errors.empty()) form.notice = tr("Chưa ban hành được: {}", fine.error().message);
    std::optional<FormVersion> before;
    if (draft.kind != FormVersion::Kind::request)
      for (const auto id : pins_in_force(reader, house, draft.code, draft.owner, Day::latest(), PinBelow::no).versions)
        if (auto one = form_version(reader, house, id); one && one->kind == draft.kind && (draft.kind == FormVersion::Kind::periodic || one->owner == draft.owner)) before = std::move(*one);
    differs = changes(house.catalogue, before ? before->content : FormContent{}, draft.content, visit.language());
    if (before) uses = uses_of(shared, reader, before->id);
  });
  form.errors = std::move(errors);
  form.fields = {FormLine::hidden("version", std::to_string(draft.row_version))};
  if (draft.kind == FormVersion::Kind::request) {
    form.lead = {tr("Ban hành xong, nội dung yêu cầu không sửa được nữa. Bước tiếp theo là mở một đợt để gửi yêu cầu đến các đơn vị.")};
  } else {
    form.lead = {tr("Bản mới không đổi báo cáo nào đã có. Đợt mở sau ngày bắt đầu dùng sẽ theo bản mới.")};
    const std::string typed = visit.request().method == http::Method::post ? visit.request().text("tu-ngay") : visit.today().text();
    form.fields.push_back(FormLine::text("tu-ngay", tr("Bắt đầu dùng từ ngày"), typed, tr("Các đợt mở từ ngày này theo bản mới."), FormLine::Wanted::yes));
  }
  form.button = draft.kind == FormVersion::Kind::request ? tr("Ban hành yêu cầu") : tr("Ban hành bản này");
  form.consequence = tr("Việc ban hành được ghi vào nhật ký; bản đã ban hành không sửa được.");
  const auto previews = preview_links(visit, draft, draft.owner, nullptr);
  return http::Response::html(forms_pages::form_publish(visit.frame(tr("Ban hành: {}", draft.name(visit.language()).empty() ? tr("Yêu cầu chưa đặt tên") : draft.name(visit.language())), MenuItem::reports), form, draft.kind == FormVersion::Kind::request ? tr("Nội dung yêu cầu") : tr("So với bản đang dùng"), differs, previews, uses), status);
}

// ---- windows

std::vector<const PeriodFamily*> families_of(const Visit& visit, BodyId office) {
  std::vector<const PeriodFamily*> out;
  visit.house().store.read([&](db::Reader& reader) {
    for (const FormVersion& form : forms_in_force(reader, visit.house(), office, visit.today()))
      if (const auto* family = visit.house().periods.family(form.family); family && family->years == 1 && std::ranges::find(out, family) == out.end()) out.push_back(family);
  });
  return out;
}

std::string family_label(const PeriodFamily& family, Language language) { return language == Language::english ? family.label_en : family.label_vi; }

http::Response windows_answer(const Visit& visit, BodyId office, FormErrors errors, http::Status status) {
  const http::Request& request = visit.request();
  const bool typed = request.method == http::Method::post;
  const auto kept = [&](const char* field, const std::string& otherwise) { return typed ? request.text(field) : otherwise; };
  PlainForm form{.trail = trail_of(visit, office), .action = html::path("/bieu-mau/{}/ky", office), .fields = {}, .button = {}};
  form.lead = {tr("Kỳ thường dùng tính từ 01/12 năm trước. Nếu đơn vị chốt số vào ngày khác (ví dụ 15/12), xin đặt ở đây; các đơn vị bên dưới theo cùng kỳ, trừ nơi tự đặt."),
               tr("Các kỳ phải nối liền nhau: không hở ngày nào, không ngày nào tính hai lần. Báo cáo đã có giữ nguyên kỳ của nó.")};
  std::vector<FormChoice> families, years;
  for (const auto* family : families_of(visit, office)) families.push_back({family->code, family_label(*family, visit.language())});
  const int now = visit.today().year();
  for (int year = now; year < now + years_offered; ++year) years.push_back({std::to_string(year), std::to_string(year)});
  form.fields = {FormLine::choice("ho", tr("Loại báo cáo"), kept("ho", families.empty() ? std::string() : families.front().value), families),
                 FormLine::choice("tu-nam", tr("Áp dụng từ năm"), kept("tu-nam", std::to_string(now + 1)), years),
                 FormLine::text("dau", tr("Ngày đầu của năm báo cáo"), kept("dau", {}), tr("Ví dụ: 15/12/{}", std::to_string(now)), FormLine::Wanted::yes),
                 FormLine::text("giua", tr("Ngày cuối của 6 tháng đầu năm"), kept("giua", {}), tr("Để trống thì tính tròn 6 tháng. Năm học không cần.")),
                 FormLine::text("chin", tr("Ngày cuối của 9 tháng"), kept("chin", {}), tr("Để trống thì tính tròn 9 tháng. Năm học không cần.")),
                 {.kind = FormLine::Kind::tick, .name = "noi", .label = tr("Kỳ đầu tiên nối liền kỳ trước"), .value = kept("noi", "1"), .help = tr("Kỳ đầu dài hoặc ngắn hơn thường lệ một lần, để không hở và không tính hai lần ngày nào.")}};
  form.errors = std::move(errors);
  form.button = tr("Đặt kỳ báo cáo");
  return http::Response::html(shell_pages::form(visit.frame(tr("Kỳ báo cáo của đơn vị"), MenuItem::reports), form), status);
}

}  // namespace

http::Response show_publish(const Visit& visit, const Shared& shared) {
  const auto draft = draft_to_publish(visit, *visit.body(Permission::sign));
  return draft ? answer(visit, *draft, shared, {}, http::Status::ok) : visit.not_found();
}

http::Response take_publish(const Visit& visit, const Shared& shared) {
  const BodyId office = *visit.body(Permission::sign);
  const auto draft = draft_to_publish(visit, office);
  if (!draft) return visit.not_found();
  FormErrors errors;
  std::optional<Day> from = visit.today();
  if (draft->kind != FormVersion::Kind::request) from = typed_day(visit.request(), "tu-ngay", errors);
  if (!from) return answer(visit, *draft, shared, std::move(errors), http::Status::unprocessable);
  const auto done = publish_draft(visit.house(), visit.viewer(), draft->id, typed_number(visit.request(), "version"), *from);
  if (!done) {
    put(errors, done.error(), "tu-ngay");
    return answer(visit, *draft, shared, std::move(errors), done.error().code == "form.stale" ? http::Status::conflict : http::Status::unprocessable);
  }
  return visit.done(version_path(office, draft->id), draft->kind == FormVersion::Kind::request ? tr("Đã ban hành yêu cầu.") : tr("Đã ban hành, dùng từ {}.", from->text()));
}

http::Response show_windows(const Visit& visit) {
  const BodyId office = *visit.body(Permission::sign);
  if (!may_publish_forms(visit.viewer(), office)) return visit.not_found();
  return windows_answer(visit, office, {}, http::Status::ok);
}

http::Response take_windows(const Visit& visit) {
  const BodyId office = *visit.body(Permission::sign);
  if (!may_publish_forms(visit.viewer(), office)) return visit.not_found();
  const http::Request& request = visit.request();
  FormErrors errors;
  const auto families = families_of(visit, office);
  const auto family = std::ranges::find(families, request.text("ho"), &PeriodFamily::code);
  if (family == families.end()) errors.emplace_back("ho", tr("Xin chọn loại báo cáo trong danh sách."));
  const int year = static_cast<int>(typed_number(request, "tu-nam")), now = visit.today().year();
  if (year < now || year >= now + years_offered) errors.emplace_back("tu-nam", tr("Xin chọn năm trong danh sách."));
  const auto first = typed_day(request, "dau", errors);
  const auto optional_day = [&](const char* field) { return request.text(field).empty() ? std::nullopt : typed_day(request, field, errors); };
  const auto half = optional_day("giua"), nine = optional_day("chin");
  if (!errors.empty()) return windows_answer(visit, office, std::move(errors), http::Status::unprocessable);
  const auto seam = request.text("noi") == "1" ? OfficeWindows::Seam::joined : OfficeWindows::Seam::exact;
  const auto done = set_own_windows(visit.house(), visit.viewer(), office, (*family)->code, moved_windows(**family, year, *first, half, nine, seam));
  if (!done) {
    const bool at_a_field = done.error().place == "tu-nam" || done.error().place == "ho";
    errors.emplace_back(at_a_field ? done.error().place : std::string("dau"), done.error().message);
    return windows_answer(visit, office, std::move(errors), http::Status::unprocessable);
  }
  return visit.done(list_path(office), tr("Đã đặt kỳ báo cáo từ năm {}.", std::to_string(year)));
}

}  // namespace khuyenhoc::form_pages
