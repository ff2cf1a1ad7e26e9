// Adjusting a closed report: begin, cells, submit, sign or give back; the field "viec" says which.
#include "base/number.h"
#include "reporting/reporting.h"
#include "signed_reports/pages/adjust.html.h"
#include "signed_reports/pages/report_pages.h"

namespace khuyenhoc {
namespace signed_pages {
namespace {

std::string shown(std::optional<std::int64_t> value) { return value ? number_text(*value) : tr("để trống"); }

PlainForm form(const RoundReport& report, const std::string& work, const std::string& version, std::string button, std::string consequence = {}) {
  PlainForm out{.trail = {}, .action = page_of(report.id, "dieu-chinh"), .fields = {}, .button = std::move(button), .consequence = std::move(consequence)};
  out.fields = {FormLine::hidden("viec", work), FormLine::hidden("version", version)};
  return out;
}

FormLine reason_line(const std::string& label, const std::string& name, const std::string& value) {
  return {.kind = FormLine::Kind::lines, .name = name, .label = label, .value = value, .wanted = FormLine::Wanted::yes};
}

PlainForm cell_form(const Visit& visit, const RoundReport& report, const Adjustment& draft) {
  const http::Request& request = visit.request();
  const Organisation& organisation = *visit.organisation();
  std::vector<FormChoice> units{{std::to_string(report.body.value), body_name(visit, report)}}, measures;
  if (report.level == BodyKind::Level::commune)
    for (const BodyId body : organisation.below(report.body, report.window.last))
      if (body != report.body && organisation.kind(body).level == BodyKind::Level::branch) units.push_back({std::to_string(body.value), organisation.body(body).on(report.window.last).name});
  const Catalogue& catalogue = visit.house().catalogue;
  const auto asked = visit.house().store.read([&](db::Reader& reader) -> Result<std::shared_ptr<const AskedForms>> {
    const auto round = find_round(reader, report.round);
    if (!round) return refuse("round.unknown", {});
    return asked_forms(reader, visit.house(), report.body, entry_period(reader, visit.house(), *round));
  });
  const EntryColumns& columns = asked ? (*asked)->columns : EntryColumns::house();
  for (const EntryColumn& column : columns.all()) measures.push_back({column.code, catalogue.measure(column.measure).label(visit.language()) + ", " + catalogue.measure(column.measure).unit(visit.language())});
  for (const EntryColumn& column : columns.all()) measures.push_back({column.code + std::string(own_suffix), tr("{} (số riêng của đơn vị)", catalogue.measure(column.measure).label(visit.language()))});
  PlainForm out = form(report, "o", std::to_string(draft.row_version), tr("Ghi ô này"), tr("Số cũ lấy đúng số đang lưu. Ghi lại bằng số cũ thì ô được bỏ khỏi bản điều chỉnh."));
  out.notice = tr("Thêm hoặc sửa một ô");
  out.fields.push_back(FormLine::choice("don-vi", tr("Đơn vị"), request.text("don-vi"), units));
  out.fields.push_back(FormLine::choice("chi-tieu", tr("Chỉ tiêu"), request.text("chi-tieu"), measures));
  out.fields.push_back(FormLine::text("so-moi", tr("Số mới"), request.text("so-moi"), tr("Để trống nghĩa là chưa báo cáo; không có thì ghi số 0.")));
  out.fields.push_back(FormLine::text("ly-do-o", tr("Lý do sửa ô này"), request.text("ly-do-o"), {}, FormLine::Wanted::yes));
  return out;
}

AdjustPage page_for(const Visit& visit, const RoundReport& report, const std::optional<Adjustment>& open) {
  House& house = visit.house();
  const http::Request& request = visit.request();
  AdjustPage page;
  page.trail = trail_to(visit, report);
  const bool keeps = keeps_its_figures(visit, report), signs = visit.viewer().may(Permission::sign, report.body);
  if (!open) {
    page.state = tr("Chưa có bản điều chỉnh nào đang làm.");
    if (!keeps) return page;
    page.form = form(report, "lap", "0", tr("Lập bản điều chỉnh"), tr("Chưa thay đổi gì đến khi Chủ tịch ký."));
    page.form->notice = tr("Lập bản điều chỉnh");
    page.form->fields.push_back(reason_line(tr("Lý do điều chỉnh"), "ly-do", request.text("ly-do")));
    return page;
  }
  const std::string version = std::to_string(open->row_version);
  page.state = open->state == Adjustment::State::draft ? tr("Bản nháp, chưa trình.") : tr("Chờ Chủ tịch ký.");
  page.reason = open->reason;
  page.sent_back = open->sent_back;
  for (const AdjustedCell& cell : open->cells) {
    const auto name = parse_series_name(house.catalogue, cell.measure);
    page.cells.push_back({visit.organisation()->body(cell.body).on(report.window.last).name, name ? house.catalogue.measure(name->measure).label(visit.language()) : cell.measure, shown(cell.was), shown(cell.now), cell.reason});
  }
  if (!open->cells.empty()) {
    if (const auto effects = preview_adjustment(house, visit.viewer(), *open)) {
      for (const AdjustmentEffect& one : *effects)
        if (house.catalogue.is_whole(one.series))
          page.effects.push_back({visit.organisation()->body(one.body).on(report.window.last).name, house.catalogue.measure(house.catalogue.measure_of(one.series)).label(visit.language()), number_text(one.as_signed), number_text(one.before), number_text(one.after)});
    } else {
      page.effect_error = effects.error().message;
    }
  }
  if (open->state == Adjustment::State::draft && keeps) {
    page.form = cell_form(visit, report, *open);
    if (!open->cells.empty()) page.submit = form(report, "trinh", version, tr("Trình Chủ tịch ký"), tr("Ảnh hưởng ở trên được trình kèm."));
    page.drop = SimpleAct{page_of(report.id, "dieu-chinh"), tr("Bỏ bản điều chỉnh này"), {}, {{"viec", "bo"}, {"version", version}}};
  }
  if (open->state == Adjustment::State::waiting_for_head && signs) {
    page.sign = form(report, "ky", version, tr("Ký điều chỉnh"), tr("Số mới thành số đã chốt ngay; các đơn vị cấp trên đã ký báo cáo được báo, và thấy cả hai số."));
    page.back = form(report, "tra-lai", version, tr("Trả lại để sửa"));
    page.back->fields.push_back(reason_line(tr("Lý do trả lại"), "ly-do", request.text("ly-do")));
  }
  return page;
}

http::Response show(const Visit& visit, const AdjustPage& page, http::Status status) {
  return http::Response::html(signed_reports_pages::adjust(visit.frame(tr("Điều chỉnh số liệu đã chốt"), MenuItem::reports), page), status);
}

http::Response adjust(const Visit& visit) {
  const auto report = report_in(visit);
  if (!report || !keeps_its_figures(visit, *report)) return visit.not_found();
  const auto open = visit.house().store.read([&](db::Reader& reader) { return open_adjustment(reader, report->id); });
  if (report->state != ReportState::closed)
    return visit.refused({"adjust.state", tr("Chỉ điều chỉnh báo cáo đã chốt. Báo cáo chưa chốt thì rút lại, hoặc đề nghị cấp trên trả lại để sửa."), {}}, http::Status::unprocessable);
  if (visit.request().method == http::Method::get) return show(visit, page_for(visit, *report, open), http::Status::ok);
  House& house = visit.house();
  const http::Request& request = visit.request();
  const std::string work = request.text("viec");
  const std::int64_t version = typed_number(request, "version");
  const AdjustmentId id = open ? open->id : AdjustmentId{};
  std::optional<std::int64_t> value;
  Refusal refusal{"adjust.state", tr("Bản điều chỉnh này vừa được người khác xử lý. Xin xem tình trạng mới rồi làm tiếp."), {}};
  std::string said;
  const auto keep = [&](auto&& done, std::string sentence) {
    if (done) said = std::move(sentence);
    else refusal = done.error();
  };
  const auto writing = [&](auto body) { return house.store.write([&](db::Writer& writer) { return body(writer); }); };
  if (work == "lap") {
    keep(writing([&](db::Writer& writer) { return begin_adjustment(writer, house, visit.viewer(), report->id, request.text("ly-do")); }), tr("Đã lập bản điều chỉnh. Xin ghi từng ô cần sửa."));
  } else if (work == "o" && open) {
    const std::string typed = request.text("so-moi");
    const auto parsed = typed.empty() ? Result<std::int64_t>(0) : parse_whole_number(typed);
    if (!parsed) {
      refusal = parsed.error();
      refusal.place = "so-moi";
    } else {
      if (!typed.empty()) value = *parsed;
      const AdjustedCell cell{BodyId{typed_number(request, "don-vi")}, request.text("chi-tieu"), {}, value, request.text("ly-do-o")};
      keep(writing([&](db::Writer& writer) { return put_cell(writer, house, visit.viewer(), id, version, cell); }), tr("Đã ghi ô này vào bản điều chỉnh."));
    }
  } else if (work == "trinh" && open) {
    keep(writing([&](db::Writer& writer) { return submit_adjustment(writer, house, visit.viewer(), id, version, {}); }), tr("Đã trình Chủ tịch ký."));
  } else if (work == "ky" && open) {
    keep(writing([&](db::Writer& writer) { return sign_adjustment(writer, house, visit.viewer(), id, version); }), tr("Đã ký điều chỉnh. Số mới là số đã chốt."));
  } else if (work == "tra-lai" && open) {
    keep(writing([&](db::Writer& writer) { return give_back_adjustment(writer, house, visit.viewer(), id, version, request.text("ly-do")); }), tr("Đã trả lại để sửa."));
  } else if (work == "bo" && open) {
    keep(writing([&](db::Writer& writer) { return drop_adjustment(writer, house, visit.viewer(), id, version); }), tr("Đã bỏ bản điều chỉnh."));
  }
  if (!said.empty()) return visit.done(work == "ky" ? signed_report_page(report->id) : page_of(report->id, "dieu-chinh"), said);
  AdjustPage page = page_for(visit, *report, house.store.read([&](db::Reader& reader) { return open_adjustment(reader, report->id); }));
  std::optional<PlainForm>* at = work == "ky" ? &page.sign : work == "tra-lai" ? &page.back : &page.form;
  if (!*at) return visit.refused(refusal, http::Status::conflict);
  put((*at)->errors, refusal, work == "lap" || work == "tra-lai" ? "ly-do" : "so-moi");
  return show(visit, page, status_of(refusal));
}

}  // namespace

void add_adjust_pages(Pages& pages) {
  pages.get("/bao-cao-ky/{report:number}/dieu-chinh", Permission::see_figures, RouteScope::signed_in, adjust);
  pages.post("/bao-cao-ky/{report:number}/dieu-chinh", Permission::see_figures, RouteScope::signed_in, adjust);
}

}  // namespace signed_pages
}  // namespace khuyenhoc
