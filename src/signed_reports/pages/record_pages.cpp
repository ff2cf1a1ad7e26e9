// The report's own page, submitting, signing, the signed paper and its versions.
#include "base/number.h"
#include "platform/files/files.h"
#include "signed_reports/notice_queries.h"
#include "signed_reports/pages/record.html.h"
#include "signed_reports/pages/report_pages.h"
#include "signed_reports/pages/sign.html.h"
#include "signed_reports/pages/submit.html.h"
#include "signed_reports/pages/version.html.h"

namespace khuyenhoc {
namespace signed_pages {
namespace {

SimpleAct act(const RoundReport& report, std::string_view where, std::string button, std::string consequence = {}) {
  return {page_of(report.id, where), std::move(button), std::move(consequence), {{"version", std::to_string(report.row_version)}}};
}

// The one thing that comes next, by the state and by who asks.
void say_next(const Visit& visit, const RoundReport& report, std::size_t to_receive, RecordPage& page) {
  const bool keeps = keeps_its_figures(visit, report), receives = receives_it(visit, report), signs = visit.viewer().may(Permission::sign, report.body);
  const std::string above = report.sends_to ? visit.organisation()->body(report.sends_to).on(report.window.last).name : std::string();
  switch (report.state) {
    case ReportState::not_started:
    case ReportState::entering:
    case ReportState::returned:
      if (!keeps) page.next_words = tr("Đơn vị đang nhập số liệu.");
      else page.next_words = tr("Nhập xong thì trình Chủ tịch duyệt; chương trình kiểm tra số liệu lần nữa trước khi trình."), page.next = FrameLink{tr("Trình Chủ tịch duyệt"), page_of(report.id, "trinh")};
      if (visit.viewer().may(Permission::enter_figures, report.body)) page.ways.push_back({report.state == ReportState::returned ? tr("Sửa số liệu") : tr("Nhập số liệu"), fill_in_page(visit, report)});
      if (keeps) page.ways.push_back({tr("Viết lời văn"), texts_page(report)});
      break;
    case ReportState::waiting_for_head:
      page.next_words = signs ? tr("Chờ ông/bà duyệt và ký. Ký xong, số liệu được giữ nguyên như bản ký và gửi đi.") : tr("Chờ Chủ tịch duyệt và ký.");
      if (signs) page.next = FrameLink{tr("Xem và ký"), page_of(report.id, "ky")};
      if (keeps) page.acts.push_back(act(report, "lay-lai", tr("Lấy lại để sửa")));
      break;
    case ReportState::sent:
      page.next_words = receives ? tr("Đơn vị đã gửi. Xin xem và tiếp nhận, hoặc đề nghị sửa.") : tr("Đã gửi {}. Khi cấp trên chưa tiếp nhận, ông/bà vẫn rút lại được.", above);
      if (receives) page.next = FrameLink{tr("Xem và tiếp nhận"), page_of(report.id, "tiep-nhan")};
      if (signs) page.acts.push_back(act(report, "rut-lai", tr("Rút lại")));
      break;
    case ReportState::received:
      page.next_words = receives ? tr("Đã tiếp nhận. Chốt thì số liệu trở thành số đã chốt; sau đó chỉ sửa bằng điều chỉnh.") : tr("{} đã tiếp nhận. Muốn sửa, xin đề nghị cấp trên trả lại.", above);
      if (receives) page.next_act = act(report, "chot", tr("Chốt báo cáo"));
      if (receives) page.ways.push_back({tr("Đề nghị sửa"), page_of(report.id, "tiep-nhan")});
      break;
    case ReportState::closed:
      page.next_words = keeps ? tr("Báo cáo đã chốt. Phát hiện số sai thì lập điều chỉnh số liệu đã chốt, có lý do và Chủ tịch ký.") : tr("Báo cáo đã chốt.");
      if (keeps) page.ways.push_back({tr("Điều chỉnh số liệu đã chốt"), page_of(report.id, "dieu-chinh")});
      break;
  }
  if (to_receive == 0 || !visit.viewer().may(Permission::receive, report.body)) return;
  SimpleAct all = act(report, "tiep-nhan-tat-ca", tr("Tiếp nhận tất cả báo cáo không có cảnh báo"));
  if (is_locked(report.state)) {
    all.consequence = tr("{} báo cáo của cấp dưới đang chờ tiếp nhận.", to_receive);
    page.acts.push_back(std::move(all));
    return;
  }
  // what comes from below is received before the office's own report goes to its chairman
  if (page.next) page.ways.insert(page.ways.begin(), *std::exchange(page.next, std::nullopt));
  page.next_words = tr("{} báo cáo của cấp dưới đang chờ tiếp nhận. Báo cáo có cảnh báo thì mở từng báo cáo ở dưới.", to_receive);
  page.next_act = std::move(all);
}

constexpr std::size_t most_shown_below = 20;

http::Response record_answer(const Visit& visit, const std::optional<Refusal>& paper_refusal) {
  const auto report = report_in(visit);
  if (!report) return visit.not_found();
  House& house = visit.house();
  RecordPage page;
  page.trail = trail_to(visit, *report, true);
  if (report->level != BodyKind::Level::branch)
    page.documents = {{tr("Xem trên trang"), html::path("/bao-cao-ky/{}/van-ban", report->id)}, {"Word", html::path("/bao-cao-ky/{}/van-ban.docx", report->id)}, {"PDF", html::path("/bao-cao-ky/{}/van-ban.pdf", report->id)},
                      {tr("Excel (phụ lục)"), html::path("/bao-cao-ky/{}/van-ban.xlsx", report->id)}};
  page.name = body_name(visit, *report);
  house.store.read([&](db::Reader& reader) {
    const ReportState shown = shown_state(visit.organisation(), house.ledger.view().entered->round(report->window), *report, visit.today());
    page.state = report_state_words(shown, report->level);
    page.look = std::string(report_state_look(shown));
    const auto last = last_version(reader, report->id);
    if (report->sends_to) page.facts.emplace_back(tr("Gửi"), visit.organisation()->body(report->sends_to).on(report->window.last).name);
    if (report->due) page.facts.emplace_back(tr("Hạn gửi"), report->due->text());
    if (last) page.facts.emplace_back(tr("Số, ngày ký"), tr("{} ngày {}", last->number_text, last->signed_day.text()));
    if (report->on_behalf()) page.facts.emplace_back(tr("Nhập thay"), on_behalf_words(*visit.organisation(), *report, visit.today()));
    std::size_t to_receive = 0, to_close = 0;
    for (const RoundReport& below : reports_sent_to(reader, report->body, report->form, report->window)) {
      if (below.state == ReportState::sent && below.level != BodyKind::Level::branch && ++to_receive <= most_shown_below && visit.viewer().may(Permission::receive, report->body)) {
        const auto signed_one = last_version(reader, below.id);
        page.to_receive.push_back({body_name(visit, below), signed_one ? tr("{} ngày {}", signed_one->number_text, signed_one->signed_day.text()) : std::string(), page_of(below.id, "tiep-nhan")});
      }
      to_close += below.state == ReportState::received && below.level != BodyKind::Level::branch ? 1 : 0;
    }
    page.to_receive_in_all = to_receive;
    say_next(visit, *report, to_receive, page);
    if (to_close > 0 && visit.viewer().may(Permission::receive, report->body))
      page.acts.push_back(act(*report, "chot-tat-ca", tr("Chốt các báo cáo đã tiếp nhận"), tr("{} báo cáo; số liệu trở thành số đã chốt.", to_close)));
    if (report->state == ReportState::returned || (report->state == ReportState::entering && !report->reason.empty())) page.returned = report->reason;
    const auto remarks = open_remarks(reader, report->id);
    for (const ReportRemark& one : remarks)
      if (one.on == ReportRemark::On::cell)
        page.remarks.push_back(tr("{}, {}: {}", visit.organisation()->body(one.body).on(report->window.last).name, house.catalogue.measure(house.catalogue.index(one.measure)).label(visit.language()), one.reason));
    std::map<Series, std::int64_t> figures, official;
    // taken back or sent back, what is worked on counts, not what was signed before
    const bool stands = is_locked(report->state) && report->state != ReportState::waiting_for_head;
    if (last && report->state == ReportState::returned) page.texts = text_lines(content_of(reader, house.ledger, *last).texts);
    if (last && stands) {
      const VersionContent content = content_of(reader, house.ledger, *last);
      figures.insert(content.totals.begin(), content.totals.end());
      page.texts = text_lines(content.texts);
      page.figures_title = tr("Số liệu của bản đã ký số {}", last->number_text);
      const Differences both = differences(reader, house, *report);
      page.apart = difference_sentence(house, both, visit.language());
      official = figures;
      for (const Difference& one : both.figures) official[one.series] = one.today;
      for (const auto& cause : both.causes) {
        const std::string name = visit.organisation()->body(cause.body).on(report->window.last).name;
        page.causes.push_back(cause.late ? tr("{}: báo cáo số {} đến sau khi ký", name, cause.number_text) : tr("{}: điều chỉnh số {}. {}", name, cause.number_text, cause.reason));
      }
    } else {
      figures = totals_now(visit, reader, *report);
      page.figures_title = tr("Số liệu đến lúc này (chưa ký)");
      if (const auto coverage = Figures(prospective_view(reader, house, *report)).coverage({report->body, report->window, report->window.last, Lens::official}); coverage && !coverage->carried.empty())
        page.missing = tr("{} đơn vị chưa báo cáo, số cuối kỳ lấy theo kỳ trước.", coverage->carried.size());
    }
    page.figures = figure_lines(visit, report->body, figures, official.empty() ? nullptr : &official);
    lead_to_history(page.figures, *report);
    for (FigureLine& line : page.figures)
      for (const ReportRemark& one : remarks)
        if (line.field == fmt::format("{}-{}", one.body.value, one.measure)) line.remark = one.reason;
    for (TextLine& text : page.texts)
      for (const ReportRemark& one : remarks)
        if (one.on == ReportRemark::On::text && one.measure == text.code) text.remark = one.reason;
    for (const ChangeNotice& notice : open_notices(reader, report->id)) page.notices.push_back({notice.reason, time_text(notice.at_ms), html::path("/bao-cao-ky/{}/da-xem/{}", report->id, notice.id)});
    for (const SignedVersion& one : versions_of(reader, report->id)) {
      VersionLine line{.number = one.number_text, .day = one.signed_day.text(), .signer = one.signer_name, .kind = one.kind == SignedVersion::Kind::signing ? tr("Báo cáo") : tr("Điều chỉnh số liệu đã chốt"),
                       .reason = one.reason, .digest = crypto::hex(one.digest), .in_force = is_in_force(reader, one), .as_signed = true, .link = html::path("/bao-cao-ky/{}/ban/{}", report->id, one.id), .papers = {}, .document = html::path("/bao-cao-ky/{}/van-ban", report->id).with("ban", one.id.value)};
      for (const SignedPaper& paper : papers_of(reader, one.id)) line.papers.push_back({paper.name, html::path("/bao-cao-ky/{}/ban-ky/{}", report->id, paper.id)});
      page.versions.push_back(std::move(line));
    }
    for (const ReportEvent& event : events_of_report(reader, report->id)) page.events.push_back({time_text(event.at_ms), event.by_name, report_step_words(event.step, report->level), event.reason});
    if (last && keeps_its_figures(visit, *report)) {
      page.paper = PlainForm{.trail = {}, .action = page_of(report->id, "ban-ky"), .fields = {}, .button = tr("Đính kèm"), .consequence = tr("Bản đính kèm sau cùng là bản chính.")};
      page.paper->fields = {{.kind = FormLine::Kind::file, .name = "tep", .label = tr("Tệp"), .help = tr("PDF, hoặc ảnh chụp, quét; không quá 10 MB."), .wanted = FormLine::Wanted::yes}};
      if (paper_refusal) put(page.paper->errors, *paper_refusal, "tep");
    }
  });
  return http::Response::html(signed_reports_pages::record(visit.frame(title_of(visit, *report), MenuItem::reports), page), paper_refusal ? status_of(*paper_refusal) : http::Status::ok);
}

http::Response record(const Visit& visit) { return record_answer(visit, std::nullopt); }

// ---- submitting

http::Response submit(const Visit& visit, const TextFindings& text_findings) {
  const auto report = report_in(visit);
  if (!report || !keeps_its_figures(visit, *report)) return visit.not_found();
  House& house = visit.house();
  const http::Request& request = visit.request();
  const bool sent = request.method == http::Method::post;
  const auto findings = house.store.read([&](db::Reader& reader) { return check_report(reader, house, *report, visit.today(), text_findings); });
  SubmitPage all{.fill_in = fill_in_page(visit, *report), .texts = texts_page(*report)};
  all.form = PlainForm{.trail = trail_to(visit, *report), .action = page_of(report->id, "trinh"), .fields = {}, .button = tr("Trình Chủ tịch duyệt"), .consequence = tr("Số liệu tạm khóa đến khi Chủ tịch ký hoặc trả lại.")};
  PlainForm& page = all.form;
  page.fields.push_back(FormLine::hidden("version", sent ? request.text("version") : std::to_string(report->row_version)));
  std::map<std::string, std::string> reasons;
  for (const ReportFinding& one : findings) {
    if (one.severity == Check::Severity::error) {
      all.blocked = true;
      page.errors.emplace_back("ly-do-" + one.key, one.title + ". " + one.message);
      continue;
    }
    reasons[one.key] = sent ? request.text("ly-do-" + one.key) : one.reason;
    page.fields.push_back({.kind = FormLine::Kind::lines, .name = "ly-do-" + one.key, .label = one.title, .value = reasons[one.key], .help = one.message, .wanted = FormLine::Wanted::yes});
  }
  if (findings.empty()) page.lead.push_back(tr("Số liệu đã khớp, không có cảnh báo nào."));
  else if (all.blocked) page.notice = tr("Có chỗ phải sửa trước khi trình: số liệu sửa ở trang nhập số liệu, lời văn sửa ở trang lời văn.");
  else page.lead.push_back(tr("{} chỗ cần lý do. Lý do được gửi kèm để cấp trên khỏi hỏi lại.", findings.size()));
  const std::string title = tr("Trình Chủ tịch duyệt");
  const auto show = [&](http::Status status) { return http::Response::html(signed_reports_pages::submit(visit.frame(title, MenuItem::reports), all), status); };
  if (!sent || all.blocked) return show(sent ? http::Status::unprocessable : http::Status::ok);
  const auto done = house.store.write([&](db::Writer& writer) { return submit_report(writer, house, visit.viewer(), report->id, typed_number(request, "version"), reasons, text_findings); });
  if (done) return visit.done(signed_report_page(report->id), tr("Đã trình Chủ tịch duyệt."));
  if (done.error().code.starts_with("report.") || done.error().code.starts_with("round.")) return refused_step(visit, done.error());
  if (done.error().code == "signed.reason")               // all of them at once, not one after the other
    for (const ReportFinding& one : findings) {
      if (reasons[one.key].empty()) page.errors.emplace_back("ly-do-" + one.key, tr("{}: xin ghi lý do.", one.title));
    }
  else page.errors.emplace_back("ly-do-" + done.error().place, done.error().message);
  return show(status_of(done.error()));
}

http::Response step_back(const Visit& visit, ReportStep step, const std::string& said) {
  const auto report = report_in(visit);
  if (!report) return visit.not_found();
  const auto done = visit.house().store.write([&](db::Writer& writer) { return take_step(writer, visit.house(), visit.viewer(), report->id, step, typed_number(visit.request(), "version")); });
  return done ? visit.done(signed_report_page(report->id), said) : refused_step(visit, done.error());
}

// ---- signing

http::Response sign_answer(const Visit& visit, const RoundReport& report, const std::optional<Refusal>& refusal, const std::optional<Refusal>& back_refusal) {
  House& house = visit.house();
  const http::Request& request = visit.request();
  SignPage page;
  page.trail = trail_to(visit, report);
  const auto preview = house.store.read([&](db::Reader& reader) {
    const std::map<Series, std::int64_t> figures = totals_now(visit, reader, report);
    page.figures = figure_lines(visit, report.body, figures);
    lead_to_history(page.figures, report);
    page.findings = finding_lines(findings_kept(reader, report.id));
    return preview_signing(reader, house, visit.viewer(), report);
  });
  if (!preview) return refused_step(visit, preview.error());
  page.missing = preview->missing;
  page.sign = PlainForm{.trail = {}, .action = page_of(report.id, "ky"), .fields = {}, .button = tr("Ký và gửi")};
  page.sign.lead.push_back(tr("Số kế tiếp trong sổ của {}: {}, ngày {}.", visit.organisation()->body(preview->office).on(visit.today()).name, preview->next_number, visit.today().text()));
  if (!preview->to_close.empty()) page.sign.lead.push_back(tr("{} báo cáo đã tiếp nhận của cấp dưới được chốt cùng lúc.", preview->to_close.size()));
  if (!preview->not_received.empty()) page.sign.lead.push_back(tr("{} báo cáo đã gửi mà chưa tiếp nhận không được cộng vào. Muốn cộng, xin tiếp nhận trước khi ký.", preview->not_received.size()));
  page.sign.consequence = report.sends_to ? tr("Số liệu và lời văn được giữ nguyên như bản ký. Khi {} chưa tiếp nhận, vẫn rút lại được.", visit.organisation()->body(report.sends_to).on(report.window.last).name)
                                          : tr("Số liệu và lời văn được giữ nguyên như bản ký và thành số đã chốt ngay.");
  page.sign.fields.push_back(FormLine::hidden("version", std::to_string(report.row_version)));
  std::vector<FormChoice> signers;
  for (const MaySign& one : preview->signers) signers.push_back({std::to_string(one.holding.id), tr("{}, {}", one.holding.person_name, post_label(one.holding.post, visit.language()))});
  if (!signers.empty()) page.sign.fields.push_back(FormLine::choice("nguoi-ky", tr("Người ký"), request.text("nguoi-ky"), signers));
  page.back = PlainForm{.trail = {}, .action = page_of(report.id, "tra-lai"), .fields = {}, .button = tr("Trả lại để sửa")};
  page.back.fields = {FormLine::hidden("version", std::to_string(report.row_version)),
                      {.kind = FormLine::Kind::lines, .name = "ly-do", .label = tr("Lý do trả lại"), .value = request.text("ly-do"), .wanted = FormLine::Wanted::yes}};
  if (refusal) page.sign.errors.emplace_back("nguoi-ky", refusal->message);
  if (back_refusal) put(page.back.errors, *back_refusal, "ly-do");
  const http::Status status = refusal ? status_of(*refusal) : back_refusal ? status_of(*back_refusal) : http::Status::ok;
  return http::Response::html(signed_reports_pages::sign(visit.frame(tr("Ký {}", title_of(visit, report)), MenuItem::reports), page), status);
}

http::Response sign(const Visit& visit, const ReportTextSource& texts, const TextFindings& text_findings) {
  const auto report = report_in(visit);
  if (!report || !visit.viewer().may(Permission::sign, report->body)) return visit.not_found();
  if (visit.request().method == http::Method::get) return sign_answer(visit, *report, {}, {});
  const auto done = visit.house().store.write([&](db::Writer& writer) {
    return sign_report(writer, visit.house(), visit.viewer(), {report->id, typed_number(visit.request(), "version"), typed_number(visit.request(), "nguoi-ky")}, texts, text_findings);
  });
  if (done) return visit.done(signed_report_page(report->id), tr("Đã ký báo cáo số {}.", done->number_text));
  return sign_answer(visit, *report, done.error(), {});
}

http::Response give_back(const Visit& visit) {
  const auto report = report_in(visit);
  if (!report || !visit.viewer().may(Permission::sign, report->body)) return visit.not_found();
  const auto done = visit.house().store.write([&](db::Writer& writer) { return give_back_inside(writer, visit.house(), visit.viewer(), report->id, typed_number(visit.request(), "version"), visit.request().text("ly-do")); });
  if (done) return visit.done(signed_report_page(report->id), tr("Đã trả lại để sửa."));
  return sign_answer(visit, *report, {}, done.error());
}

// ---- papers and versions

http::Response attach(const Visit& visit) {
  const auto report = report_in(visit);
  if (!report || !keeps_its_figures(visit, *report)) return visit.not_found();
  const http::Upload* file = visit.request().file("tep");
  if (file == nullptr || file->content.empty()) return record_answer(visit, Refusal{"file.empty", tr("Xin chọn tệp của bản đã ký."), "tep"});
  const auto done = visit.house().store.write([&](db::Writer& writer) { return attach_signed_paper(writer, visit.house(), visit.viewer(), report->id, std::string(file->content), file->file_name); });
  return done ? visit.done(signed_report_page(report->id), tr("Đã đính kèm {}.", done->name)) : record_answer(visit, Refusal{done.error().code, done.error().message, "tep"});
}

http::Response paper(const Visit& visit) {
  const auto report = report_in(visit);
  if (!report) return visit.not_found();
  return visit.house().store.read([&](db::Reader& reader) {
    for (const SignedVersion& version : versions_of(reader, report->id))
      for (const SignedPaper& one : papers_of(reader, version.id))
        if (one.id == visit.request().number("tep"))
          if (const auto kept = files::find(reader, one.digest)) return http::Response::download(std::make_shared<const std::string>(kept->content), one.media_type, one.name);
    return visit.not_found();
  });
}

http::Response version(const Visit& visit) {
  const auto report = report_in(visit);
  if (!report) return visit.not_found();
  House& house = visit.house();
  return house.store.read([&](db::Reader& reader) {
    const auto all = versions_of(reader, report->id);
    const auto at = std::ranges::find(all, ReportVersionId{visit.request().number("ban")}, &SignedVersion::id);
    if (at == all.end()) return visit.not_found();
    const VersionContent content = content_of(reader, house.ledger, *at);
    VersionPage page;
    page.trail = trail_to(visit, *report);
    page.as_signed = is_as_signed(reader, *at);
    page.facts = {{tr("Ngày ký"), at->signed_day.text()}, {tr("Người ký"), at->signer_name}, {tr("Mã kiểm"), crypto::hex(at->digest)}};
    if (!at->reason.empty()) page.facts.emplace_back(tr("Lý do"), at->reason);
    const std::map<Series, std::int64_t> figures(content.totals.begin(), content.totals.end());
    if (std::next(at) != all.end()) {
      const VersionContent earlier = content_of(reader, house.ledger, *std::next(at));
      const std::map<Series, std::int64_t> then(earlier.totals.begin(), earlier.totals.end());
      page.before = tr("Bản trước ({})", std::next(at)->number_text);
      page.figures = figure_lines(visit, report->body, figures, &then);
    } else {
      page.figures = figure_lines(visit, report->body, figures);
    }
    lead_to_history(page.figures, *report);
    page.texts = text_lines(content.texts);
    for (const UsedChild& child : content.children) {
      const std::string name = visit.organisation()->body(child.body).on(report->window.last).name;
      page.children.push_back(child.carried ? tr("{}: lấy theo {}", name, house.periods.label(child.period, visit.language())) : name);
    }
    return http::Response::html(signed_reports_pages::version(visit.frame(tr("{}: bản số {}", title_of(visit, *report), at->number_text), MenuItem::reports), page));
  });
}

http::Response seen(const Visit& visit) {
  const auto report = report_in(visit);
  if (!report) return visit.not_found();
  const auto done = visit.house().store.write([&](db::Writer& writer) -> Result<void> {
    const auto notice = notice_sql::find(writer, visit.request().number("notice"));
    if (!notice || notice->report != report->id) return refuse("report.unknown", {});
    return notice_seen(writer, visit.house(), visit.viewer(), notice->id);
  });
  return done ? visit.done(signed_report_page(report->id), tr("Đã ghi là đã xem.")) : visit.not_found();
}

}  // namespace

void add_record_pages(Pages& pages, const ReportTextSource& texts, const TextFindings& text_findings) {
  using enum Permission;
  constexpr auto scope = RouteScope::signed_in;
  pages.get("/bao-cao-ky/{report:number}", see_figures, scope, record);
  const auto submit_page = [text_findings](const Visit& visit) { return submit(visit, text_findings); };
  pages.get("/bao-cao-ky/{report:number}/trinh", see_figures, scope, submit_page);
  pages.post("/bao-cao-ky/{report:number}/trinh", see_figures, scope, submit_page);
  pages.post("/bao-cao-ky/{report:number}/lay-lai", see_figures, scope, [](const Visit& visit) { return step_back(visit, ReportStep::take_back, tr("Đã lấy lại để sửa.")); });
  pages.post("/bao-cao-ky/{report:number}/rut-lai", sign, scope, [](const Visit& visit) { return step_back(visit, ReportStep::withdraw, tr("Đã rút báo cáo lại.")); });
  const auto sign_page = [texts, text_findings](const Visit& visit) { return signed_pages::sign(visit, texts, text_findings); };
  pages.get("/bao-cao-ky/{report:number}/ky", Permission::sign, scope, sign_page);
  pages.post("/bao-cao-ky/{report:number}/ky", Permission::sign, scope, sign_page);
  pages.post("/bao-cao-ky/{report:number}/tra-lai", Permission::sign, scope, give_back);
  pages.post_file("/bao-cao-ky/{report:number}/ban-ky", see_figures, scope, attach);
  pages.get("/bao-cao-ky/{report:number}/ban-ky/{tep:number}", see_figures, scope, paper);
  pages.get("/bao-cao-ky/{report:number}/ban/{ban:number}", see_figures, scope, version);
  pages.post("/bao-cao-ky/{report:number}/da-xem/{notice:number}", see_figures, scope, seen);
}

}  // namespace signed_pages
}  // namespace khuyenhoc
