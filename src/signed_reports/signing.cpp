// The head's signature: figures, texts and totals are frozen under a number and a day, and the report goes to the office above.
#include <algorithm>

#include "organisation/number_register.h"
#include "platform/files/files.h"
#include "signed_reports/notice_queries.h"
#include "signed_reports/report_parts.h"
#include "signed_reports/version_queries.h"

namespace khuyenhoc {

using namespace signed_reports;

namespace {

std::string missing_words(const House& house, const RoundReport& report, const Coverage& coverage) {
  const std::size_t missing = coverage.carried.size() + coverage.absent.size();
  if (missing == 0) return {};
  std::string names;
  constexpr std::size_t most_named = 7;
  std::size_t named = 0;
  for (const auto* list : {&coverage.carried, &coverage.absent})
    for (const BodyId body : *list)
      if (++named <= most_named) names += (names.empty() ? "" : ", ") + house.organisation.current()->body(body).on(report.window.last).short_name;
  if (missing > most_named) names += ", …";
  return tr("Chưa có báo cáo của {}/{} đơn vị ({}); số cuối kỳ của {} đơn vị lấy theo kỳ trước, số phát sinh chưa tính.", missing, coverage.expected, names, coverage.carried.size());
}

}  // namespace

Result<SigningPreview> preview_signing(db::Reader& reader, const House& house, const Viewer& viewer, const RoundReport& report) {
  const OrganisationView organisation = house.organisation.current();
  const Day today = viewer.today();
  const auto office = body_that_signs(*organisation, viewer, report, today);
  if (!office) return refuse("signed.may_not", tr("Chỉ người được giao ký của đơn vị mới ký được báo cáo này."));
  SigningPreview out;
  out.office = *office;
  out.signers = who_may_sign(reader, *organisation, *office, "bao_cao", today);
  std::ranges::stable_partition(out.signers, [&](const MaySign& one) { return one.holding.user == viewer.user(); });
  out.next_number = next_paper_number(reader, *organisation, *office, "bao_cao", today, term_began(reader, *office, today)).text;
  out.to_close = received_below(reader, report);
  for (RoundReport& below : reports_sent_to(reader, report.body, report.form, report.window))
    if (below.level != BodyKind::Level::branch && below.state == ReportState::sent) out.not_received.push_back(std::move(below));
  const Figures coming(prospective_view(reader, house, report));
  if (const auto coverage = coming.coverage({report.body, report.window, report.window.last, Lens::official})) {
    out.coverage = *coverage;
    out.missing = missing_words(house, report, *coverage);
  }
  return out;
}

Result<SignedVersion> sign_report(db::Writer& writer, const House& house, const Viewer& viewer, const SignOrder& order, const ReportTextSource& texts,
                                  const TextFindings& text_findings) {
  const auto before = find_report(writer, order.report);
  if (!before || !viewer.may(Permission::see_figures, before->body)) return std::unexpected(unknown_report());
  if (before->level == BodyKind::Level::branch) return refuse("signed.branch", tr("Chi hội, ban xác nhận số liệu bằng tên và giờ, không ký báo cáo có số."));
  if (!body_that_signs(*house.organisation.current(), viewer, *before, viewer.today()))
    return refuse("signed.may_not", tr("Chỉ người được giao ký của đơn vị mới ký được báo cáo này. Nếu đơn vị đã kết thúc, đơn vị kế thừa ký thay."));
  if (before->state != ReportState::waiting_for_head)
    return refuse("signed.not_submitted", tr("Báo cáo đang ở tình trạng “{}”. Xin trình Chủ tịch duyệt trước, để chương trình kiểm tra số liệu.", report_state_words(before->state, before->level)));
  for (const ReportFinding& one : check_report(writer, house, *before, viewer.today(), text_findings))
    if (one.severity == Check::Severity::error) return refuse("signed.errors", tr("Còn chỗ phải sửa trước khi ký: {}. {}", one.title, one.message), one.key);
  std::vector<FrozenText> frozen_texts = texts ? texts(writer, *before) : std::vector<FrozenText>();
  const auto closed_below = close_reports(writer, house, viewer, before->body, before->form, before->window);
  if (!closed_below) return std::unexpected(closed_below.error());
  auto report = take_step(writer, house, viewer, order.report, ReportStep::send, order.expected_version);
  if (!report) return std::unexpected(report.error());
  auto frame = signed_frame(writer, house, viewer, *before, order.holding);
  if (!frame) return frame;
  const auto frozen = freeze(writer, house.ledger, before->form, before->window, before->body, viewer.user(), frame->at_ms);
  if (!frozen) return std::unexpected(frozen.error());
  const SignedVersion version = keep_version(writer, house, std::move(*frame), *frozen, std::move(frozen_texts));
  {
    const LanguageScope in_vietnamese(Language::vietnamese);          // the trail speaks one language, whoever writes
    tell(writer, house, viewer, *before, "sign", tr("Ký báo cáo số {}: {}. Mã kiểm {}", version.number_text, report_name(house, *before), crypto::hex(version.digest)));
  }
  if (!report->sends_to) {               // nobody above asked for it: what the head signs is in force
    for (const ReportStep step : {ReportStep::receive, ReportStep::close}) {
      report = take_step(writer, house, viewer, order.report, step, report->row_version);
      if (!report) return std::unexpected(report.error());
    }
    if (auto put = put_in_force(writer, house.ledger, version.closings, viewer.user(), version.at_ms); !put) return std::unexpected(put.error());
  }
  return version;
}

Result<SignedPaper> attach_signed_paper(db::Writer& writer, const House& house, const Viewer& viewer, ReportId id, std::string content, std::string file_name) {
  const auto report = find_report(writer, id);
  if (!report || !(viewer.may(Permission::enter_figures, report->body) || viewer.may(Permission::sign, report->body))) return std::unexpected(unknown_report());
  const auto version = last_version(writer, id);
  if (!version) return refuse("signed.no_version", tr("Báo cáo chưa ký, nên chưa có bản để đính kèm."), "tep");
  const std::string name = files::safe_name(file_name);
  auto accepted = files::accept(std::move(content), name);
  if (!accepted) return std::unexpected(accepted.error());
  if (accepted->media_type != "application/pdf" && !accepted->media_type.starts_with("image/"))
    return refuse("signed.paper_kind", tr("Xin chọn tệp PDF hoặc ảnh chụp, quét của bản đã ký, đóng dấu."), "tep");
  files::keep(writer, *accepted, house.clock.now_ms());
  const SignedPaper paper{house.store.new_id(), version->id, accepted->digest, name, accepted->media_type, viewer.user(), house.clock.now_ms()};
  notice_sql::insert_paper(writer, paper);
  const LanguageScope in_vietnamese(Language::vietnamese);
  tell(writer, house, viewer, *report, "attach", tr("Đính kèm bản đã ký của báo cáo số {}: {}", version->number_text, name));
  return paper;
}

}  // namespace khuyenhoc
