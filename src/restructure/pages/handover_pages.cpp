#include <algorithm>

#include "base/i18n.h"
#include "base/number.h"
#include "organisation/heirs.h"
#include "restructure/draft_queries.h"
#include "restructure/pages/handover.html.h"
#include "restructure/pages/parts_of_restructure.h"
#include "restructure/papers.h"

namespace khuyenhoc {
namespace {

using namespace restructure;

struct Handing {
  StoredRestructure stored;
  BodyId body;
  std::vector<BodyId> takers;
  std::vector<Remainder> left;
  std::vector<std::string> kept;
};

std::string field_of(Series series, BodyId taker) { return fmt::format("so-{}-{}", series, taker.value); }

std::optional<Handing> handing(const Visit& visit, RestructureDesk& desk) {
  const Organisation& organisation = *visit.organisation();
  return visit.house().store.read([&](db::Reader& reader) -> std::optional<Handing> {
    const auto stored = desk.stored(reader, BodyRestructureId{visit.request().number("lan")});
    const BodyId body{visit.request().number("body")};
    if (!stored || stored->undone_ms || organisation.find(body) == nullptr || !desk.may_restructure(reader, body)) return std::nullopt;
    const auto fates = desk.restructures().fates(reader, stored->id);
    if (std::ranges::none_of(fates, [&](const FateLine& line) { return line.fate == BodyFate::ended && line.body == body; })) return std::nullopt;
    Handing out{*stored, body, takers_of(fates, body), {}, {}};
    const BodyId above = organisation.body(body).on(stored->day - 1).superior;
    const bool of_another_system = std::ranges::none_of(out.takers, [&](BodyId taker) { return of_one_system(organisation, body, taker); });
    if (!out.takers.empty() && of_another_system && above && organisation.body(above).alive(stored->day) && desk.may_restructure(reader, above))
      out.takers.push_back(above);                         // what does not come along stays in its own system
    if (out.takers.empty()) {                              // dissolved: its superior, and what took its branches over
      if (above && organisation.body(above).alive(stored->day)) out.takers.push_back(above);
      for (const auto& line : fates)
        if (line.fate == BodyFate::moved && line.other && organisation.body(line.body).on(stored->day - 1).superior == body &&
            std::ranges::find(out.takers, line.other) == out.takers.end())
          out.takers.push_back(line.other);
    }
    for (const auto& one : desk.restructures().open_remainders(reader, stored->id))
      if (one.body == body) out.left.push_back(one);
    for (const auto& one : restructure_sql::minutes_of(reader, stored->id))
      if (one.body == body) out.kept.push_back(tr("Biên bản số {} ngày {}", one.minutes.number, one.minutes.date.text()));
    return out;
  });
}

HandoverPage page_of(const Visit& visit, const Handing& handing) {
  const Organisation& organisation = *visit.organisation();
  HandoverPage page;
  page.stored = handing.stored;
  page.body = handing.body;
  page.name = organisation.body(handing.body).on(handing.stored.day - 1).name;
  page.kept = handing.kept;
  for (const auto taker : handing.takers) page.takers.push_back(organisation.body(taker).on(handing.stored.day).name);
  const BodyId above = board_with(visit, handing.stored.day, handing.body);
  for (const auto& left : handing.left) {
    const auto& measure = visit.house().catalogue.measure(visit.house().catalogue.measure_of(left.series));
    HandoverRow row{left.series, series_label(visit.house(), left.series), measure.unit(visit.language()), number_text(left.amount), {}, {}, left.amount, {}, measure.is_money};
    if (above) row.board = path("/so-lieu/{}", above).with("ct", measure.code);
    for (std::size_t i = 0; i < handing.takers.size(); ++i) row.cells.push_back({field_of(left.series, handing.takers[i]), {}, page.takers[i]});
    page.rows.push_back(std::move(row));
  }
  page.date = visit.today().text();
  page.arrival = "them";
  return page;
}

http::Response show(const Visit& visit, const HandoverPage& page, http::Status status) {
  return http::Response::html(restructure_pages::handover(visit.frame(tr("Bàn giao số liệu của {}", page.name), MenuItem::organisation, {"handover.js"}), page), status);
}

http::Response ask(const Visit& visit) {
  RestructureDesk desk(visit.house(), visit.viewer());
  const auto given = handing(visit, desk);
  return given ? show(visit, page_of(visit, *given), http::Status::ok) : visit.not_found();
}

// Everything typed stays; each wrong number says so at its row. A row left wholly blank waits for other minutes.
http::Response take(const Visit& visit) {
  RestructureDesk desk(visit.house(), visit.viewer());
  const auto given = handing(visit, desk);
  if (!given) return visit.not_found();
  auto page = page_of(visit, *given);
  page.number = visit.request().text("number");
  page.date = visit.request().text("date");
  page.arrival = visit.request().text("arrival");
  if (page.number.empty()) page.errors.emplace_back("number", tr("Xin ghi số biên bản bàn giao, ví dụ 01/BB-HKH."));
  const auto date = Day::parse(page.date);
  if (!date) page.errors.emplace_back("date", date.error().message);
  else if (*date > visit.today()) page.errors.emplace_back("date", tr("Ngày lập biên bản chưa đến; xin ghi sau khi hai bên đã ký."));
  if (page.arrival != "them" && page.arrival != "gom") page.errors.emplace_back("arrival", tr("Xin chọn: số nhận là số thêm, hay đã nằm trong tổng số đơn vị nhận đã báo cáo."));
  std::vector<Allocation> allocations;
  for (std::size_t i = 0; i < page.rows.size(); ++i) {
    auto& row = page.rows[i];
    const auto left = given->left[i].amount;
    std::int64_t sum = 0;
    bool anything = false;
    for (std::size_t column = 0; column < row.cells.size(); ++column) {
      auto& cell = row.cells[column];
      cell.value = visit.request().text(cell.field);
      if (cell.value.empty()) continue;
      anything = true;
      const auto amount = parse_whole_number(cell.value);
      if (!amount) row.error = amount.error().message;
      else if ((*amount < 0) != (left < 0) && *amount != 0) row.error = tr("Số giao không thể là {}.", number_text(*amount));
      else {
        sum += *amount;
        allocations.push_back({given->left[i].series, given->takers[column], *amount});
      }
    }
    if (!anything || !row.error.empty()) {
      if (!row.error.empty()) page.errors.emplace_back(row.cells.front().field, fmt::format("{}: {}", row.label, row.error));
      continue;
    }
    if (sum != left) {
      row.error = sum < left ? tr("Các đơn vị nhận cộng lại là {}, còn thiếu {} so với {}.", number_text(sum), number_text(left - sum), row.left)
                             : tr("Các đơn vị nhận cộng lại là {}, thừa {} so với {}.", number_text(sum), number_text(sum - left), row.left);
      page.errors.emplace_back(row.cells.front().field, fmt::format("{}: {}", row.label, row.error));
    }
  }
  if (allocations.empty() && page.errors.empty()) page.errors.emplace_back(page.rows.empty() ? "number" : page.rows.front().cells.empty() ? "number" : page.rows.front().cells.front().field, tr("Xin ghi số giao cho từng đơn vị nhận, ít nhất ở một dòng."));
  if (!page.errors.empty()) return show(visit, page, http::Status::unprocessable);
  const auto done = desk.hand_over(given->stored.id, given->body, allocations, {page.number, *date}, page.arrival == "gom" ? Arrival::within : Arrival::beyond);
  if (!done) {
    page.errors.emplace_back(done.error().place.empty() ? "number" : done.error().place, done.error().message);
    return show(visit, page, http::Status::unprocessable);
  }
  return visit.done(done_link(given->stored.id).at("ban-giao"), tr("Đã ghi biên bản bàn giao số {} của {}.", page.number, page.name));
}

// From a board, which knows the body alone: the handover of the restructure that ended it.
http::Response of_body(const Visit& visit) {
  RestructureDesk desk(visit.house(), visit.viewer());
  const BodyId body{visit.request().number("body")};
  if (visit.organisation()->find(body) == nullptr) return visit.not_found();
  const auto found = visit.house().store.read([&](db::Reader& reader) -> std::optional<BodyRestructureId> {
    if (!desk.may_restructure(reader, body)) return std::nullopt;
    for (const auto& one : desk.restructures().of_body(reader, body)) {
      const auto fates = one.undone_ms ? std::vector<FateLine>{} : desk.restructures().fates(reader, one.id);
      if (std::ranges::any_of(fates, [&](const FateLine& line) { return line.fate == BodyFate::ended && line.body == body; })) return one.id;
    }
    return std::nullopt;
  });
  return found ? http::Response::redirect(path("/sap-xep/{}/ban-giao/{}", *found, body)) : visit.not_found();
}

}  // namespace

void add_restructure_handover_pages(Pages& pages) {
  pages.get("/sap-xep/ban-giao/{body:number}", Permission::restructure, RouteScope::signed_in, of_body);
  pages.get("/sap-xep/{lan:number}/ban-giao/{body:number}", Permission::restructure, RouteScope::signed_in, ask);
  pages.post("/sap-xep/{lan:number}/ban-giao/{body:number}", Permission::restructure, RouteScope::signed_in, take);
}

}  // namespace khuyenhoc
