#include <algorithm>

#include "accounts/pages/account_parts.h"
#include "accounts/pages/parts_of_accounts.h"
#include "accounts/pages/slip_order.html.h"
#include "accounts/pages/slip_sheet.html.h"
#include "accounts/slips.h"
#include "base/i18n.h"
#include "organisation/posts.h"
#include "shell/start_under_way.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t lines_shown = 12, lines_folded = 200;
constexpr std::string_view look_again_seconds = "3";

std::string post_words(const std::string& post, Language language) {
  const PostKind* kind = Posts::house().find(post);
  return kind != nullptr ? kind->label(language) : std::string();
}

SlipOrder order_of(const Visit& visit, std::string_view level, std::string_view whom) {
  return {visit.viewer().acting_for(), level == "chi-hoi" ? SlipOrder::Level::branches : SlipOrder::Level::associations, whom == "het" ? SlipOrder::Whom::everybody : SlipOrder::Whom::waiting};
}

http::Response show_order(const Visit& visit, const SlipOrder& order, std::string error, http::Status status) {
  SlipOrderPage page;
  page.office_start = start_under_way(visit);
  page.error = std::move(error);
  page.under = visit.organisation()->body(order.under).on(visit.today()).name;
  const bool branches = order.level == SlipOrder::Level::branches;
  page.everybody = order.whom == SlipOrder::Whom::everybody;
  page.level = branches ? "chi-hoi" : "xa";
  page.whom_code = page.everybody ? "het" : "cho";
  const auto link = [](std::string_view level, std::string_view whom) { return Url("/tai-khoan/phieu").with("cap", level).with("nguoi", whom); };
  page.levels = {{tr("Hội cấp dưới trực tiếp"), link("xa", page.whom_code), !branches}, {tr("Chi hội, ban khuyến học"), link("chi-hoi", page.whom_code), branches}};
  page.whom = {{tr("Người chưa đăng nhập lần nào"), link(page.level, "cho"), !page.everybody}, {tr("Tất cả, kể cả người đang dùng"), link(page.level, "het"), page.everybody}};
  for (SlipWish& wish : slip_wishes(visit.house(), visit.viewer(), order)) {
    SlipLine line{std::move(wish.name), std::move(wish.body_name), post_words(wish.post, visit.language()), std::move(wish.telephone), wish.refused, false, html::path("/to-chuc/{}", wish.body), {}, false};
    auto& lines = !wish.refused.empty() ? page.refused : page.ready.size() < lines_shown ? page.ready : page.folded;
    if (wish.refused.empty()) {
      ++page.total;
      page.fresh += wish.user ? 0 : 1;
    }
    page.without += wish.refused.empty() ? 0 : 1;
    if (lines.size() < lines_folded) lines.push_back(std::move(line));
    else if (wish.refused.empty()) ++page.more;
  }
  page.seconds = seconds_for_slips(static_cast<std::size_t>(page.total));
  for (const SlipSheet& sheet : slip_sheets_of(visit.house(), visit.viewer()))
    page.sheets.push_back({tr("Phiếu làm lúc {}", time_text(sheet.asked_ms)), html::path("/tai-khoan/phieu/{}", sheet.id)});
  return http::Response::html(accounts_pages::slip_order(visit.frame(tr("In phiếu hàng loạt"), MenuItem::users), page), status);
}

http::Response ask_order(const Visit& visit) {
  const http::Fields& query = visit.request().query;
  return show_order(visit, order_of(visit, query.value("cap"), query.value("nguoi")), {}, http::Status::ok);
}

http::Response make(const Visit& visit) {
  const std::string level = visit.request().text("cap");
  const SlipOrder order = order_of(visit, level, visit.request().text("nguoi"));
  if (level.empty()) return show_order(visit, order, tr("Xin chọn in phiếu cho Hội cấp dưới hay cho chi hội, ban khuyến học."), http::Status::unprocessable);
  const auto sheet = ask_for_slips(visit.house(), visit.viewer(), order, site_address(visit.request()));
  if (!sheet) return show_order(visit, order, sheet.error().message, http::Status::unprocessable);
  return http::Response::redirect(html::path("/tai-khoan/phieu/{}", *sheet));
}

std::optional<SlipSheet> asked_sheet(const Visit& visit) {
  return find_slip_sheet(visit.house(), visit.viewer(), visit.request().id<struct SlipSheetTag>("sheet"));
}

http::Response sheet_page(const Visit& visit) {
  const auto sheet = asked_sheet(visit);
  if (!sheet) return visit.not_found();
  SlipSheetPage page;
  page.office_start = start_under_way(visit);
  const auto without = std::ranges::count_if(sheet->slips, [](const SlipOfSheet& slip) { return !slip.refused.empty(); });
  page.when = tr("Làm lúc {}, {} phiếu.", time_text(sheet->asked_ms), static_cast<std::ptrdiff_t>(sheet->slips.size()) - without);
  if (without > 0) page.when += " " + tr("{} người chưa làm phiếu được, lý do ghi dưới đây và trong danh sách.", without);
  if (sheet->job) {
    const jobs::Job& job = *sheet->job;
    page.running = job.state == jobs::State::waiting || job.state == jobs::State::running;
    page.percent = job.percent;
    page.progress = job.progress.empty() ? tr("Đang chờ tới lượt.") : job.progress;
    if (job.state == jobs::State::failed) page.failed = tr("Chưa làm xong tờ phiếu này: {}", job.outcome);
  }
  page.codes_until = time_text(sheet->codes_until_ms);
  page.slips_pdf = html::path("/tai-khoan/phieu/{}/phieu.pdf", sheet->id);
  page.list_pdf = html::path("/tai-khoan/phieu/{}/danh-sach.pdf", sheet->id);
  page.list_docx = html::path("/tai-khoan/phieu/{}/danh-sach.docx", sheet->id);
  page.forget = html::path("/tai-khoan/phieu/{}/xoa-ma", sheet->id);
  auto slips = sheet->slips;
  std::ranges::stable_sort(slips, {}, [](const SlipOfSheet& slip) { return slip.used ? 2 : slip.refused.empty() ? 1 : 0; });
  for (const SlipOfSheet& slip : slips) {
    page.codes += slip.code.empty() ? 0 : 1;
    if (page.folded.size() == lines_folded) {
      ++page.more;
      continue;
    }
    SlipLine line{slip.name, {}, post_words(slip.post, visit.language()), slip.telephone, slip.refused, slip.used, {}, {}, page.running && !slip.until && slip.refused.empty()};
    if (visit.organisation()->find(slip.body) != nullptr) line.unit = visit.organisation()->path(slip.body, visit.today());
    if (slip.user) line.account = html::path("/tai-khoan/{}", *slip.user);
    (page.lines.size() < lines_shown ? page.lines : page.folded).push_back(std::move(line));
  }
  auto answer = http::Response::html(accounts_pages::slip_sheet(visit.frame(tr("Tờ phiếu đăng nhập"), MenuItem::users), page));
  if (page.running) answer.add_header("Refresh", look_again_seconds);
  return answer;
}

http::Response slips_pdf(const Visit& visit) {
  const auto sheet = asked_sheet(visit);
  if (!sheet) return visit.not_found();
  const auto cards = printed_slips(*visit.organisation(), *sheet, visit.today());
  if (cards.cards.empty()) return visit.refused({"slips.gone", tr("Các mã của tờ phiếu này đã xóa hoặc đã dùng. Ai chưa đăng nhập được thì cấp phiếu mới."), {}}, http::Status::unprocessable);
  return http::Response::download(std::make_shared<const std::string>(document::to_pdf(cards)), "application/pdf", "phieu-dang-nhap.pdf");
}

http::Response list_pdf(const Visit& visit) {
  const auto sheet = asked_sheet(visit);
  if (!sheet) return visit.not_found();
  return http::Response::download(std::make_shared<const std::string>(document::to_pdf(receipt_list(visit.house(), *sheet, visit.today()))), "application/pdf", "danh-sach-nhan-phieu.pdf");
}

http::Response list_docx(const Visit& visit) {
  const auto sheet = asked_sheet(visit);
  if (!sheet) return visit.not_found();
  return http::Response::download(std::make_shared<const std::string>(document::to_docx(receipt_list(visit.house(), *sheet, visit.today()))),
                                  "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "danh-sach-nhan-phieu.docx");
}

http::Response forget(const Visit& visit) {
  const auto sheet = asked_sheet(visit);
  if (!sheet) return visit.not_found();
  if (auto done = forget_codes(visit.house(), visit.viewer(), sheet->id); !done) return visit.refused(done.error(), http::Status::unprocessable);
  return visit.done(html::path("/tai-khoan/phieu/{}", sheet->id), tr("Đã xóa các mã của tờ phiếu này."));
}

}  // namespace

void add_slip_pages(Pages& pages) {
  using enum Permission;
  pages.get("/tai-khoan/phieu", manage_users, RouteScope::signed_in, ask_order);
  pages.post("/tai-khoan/phieu", manage_users, RouteScope::signed_in, make);
  pages.get("/tai-khoan/phieu/{sheet:number}", manage_users, RouteScope::signed_in, sheet_page);
  pages.get("/tai-khoan/phieu/{sheet:number}/phieu.pdf", manage_users, RouteScope::signed_in, slips_pdf);
  pages.get("/tai-khoan/phieu/{sheet:number}/danh-sach.pdf", manage_users, RouteScope::signed_in, list_pdf);
  pages.get("/tai-khoan/phieu/{sheet:number}/danh-sach.docx", manage_users, RouteScope::signed_in, list_docx);
  pages.post("/tai-khoan/phieu/{sheet:number}/xoa-ma", manage_users, RouteScope::signed_in, forget);
}

}  // namespace khuyenhoc
