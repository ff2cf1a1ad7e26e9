#include <algorithm>
#include <charconv>

#include "accounts/accounts.h"
#include "platform/db/idempotency.h"
#include "rounds/pages/round_pages.h"

namespace khuyenhoc {
namespace rounds {

std::int64_t typed_whole(const Visit& visit, std::string_view field) {
  const std::string typed = visit.request().text(field);
  std::int64_t out = 0;
  const auto [end, wrong] = std::from_chars(typed.data(), typed.data() + typed.size(), out);
  return wrong == std::errc{} && end == typed.data() + typed.size() ? out : 0;
}

BodyId looked_at(const Visit& visit) {
  const auto asked = visit.request().query_number("trong");
  return asked ? BodyId{*asked} : BodyId{};
}

std::string whole_address(const Visit& visit, const Url& link) {
  return site_address(visit.request().header("Host"), visit.request().header("X-Forwarded-Proto")) + link.text();
}

std::string days_words(std::optional<int> days_left) {
  if (!days_left) return {};
  if (*days_left < 0) return tr("quá hạn {} ngày", -*days_left);
  return *days_left == 0 ? tr("hạn hôm nay") : tr("còn {} ngày", *days_left);
}

std::string error_at_field(const FormErrors& errors, std::string_view field) {
  for (const auto& [name, message] : errors)
    if (name == field) return message;
  return {};
}

std::string OpenPage::error_of(std::string_view field) const { return error_at_field(errors, field); }
std::string PassPage::error_of(std::string_view field) const { return error_at_field(errors, field); }
std::string LatePage::error_of(std::string_view field) const { return error_at_field(errors, field); }
std::string RecordPage::error_of(std::string_view field) const { return error_at_field(errors, field); }

Slice slice_of(const Visit& visit, std::size_t all, std::size_t a_page, const Url& here) {
  Slice out;
  const std::size_t pages = std::max<std::size_t>(1, (all + a_page - 1) / a_page);
  const std::size_t page = std::clamp<std::size_t>(static_cast<std::size_t>(std::max<std::int64_t>(visit.request().query_number("trang").value_or(1), 1)), 1, pages);
  out.first = (page - 1) * a_page;
  out.last = std::min(all, page * a_page);
  if (pages == 1) return out;
  constexpr std::size_t beside = 3;
  for (std::size_t one = 1; one <= pages; ++one)
    if (one == 1 || one == pages || (one + beside >= page && one <= page + beside)) out.pages.push_back({std::to_string(one), here.with("trang", static_cast<std::int64_t>(one)), one == page});
  return out;
}

Result<std::string> once(const Visit& visit, const std::string& token, const std::function<Result<std::string>(db::Writer&)>& body) {
  House& house = visit.house();
  constexpr std::size_t longest_token = 60;
  if (token.empty() || token.size() > longest_token) return house.store.write(body);
  return db::answer_once(house.store, {fmt::format("{}:{}", visit.viewer().user().value, token), fmt::format("POST {}\n{}", visit.request().path, *visit.request().body)},
                         house.clock.now_ms(), body);
}

}  // namespace rounds

void add_reporting_round_pages(Pages& pages, ReportPage report_page, BoardActions more) {
  join_rounds(pages.house());
  rounds::add_list_pages(pages);
  rounds::add_open_pages(pages);
  rounds::add_board_pages(pages, std::move(more));
  rounds::add_calling_pages(pages);
  rounds::add_passing_pages(pages);
  rounds::add_record_pages(pages, std::move(report_page));
}

}  // namespace khuyenhoc
