#include "base/i18n.h"
#include "restructure/pages/before_after.html.h"
#include "restructure/pages/parts_of_restructure.h"

namespace khuyenhoc {
namespace {

using namespace restructure;

std::string names_of(const std::vector<std::pair<BodyId, std::string>>& bodies) {
  std::string out;
  for (const auto& [id, name] : bodies) out += (out.empty() ? "" : ", ") + name;
  return out;
}

enum class Side { then, now };

std::string sentence_of(const LifeRow& row, Side side) {
  using enum LifeRow::What;
  const std::string others = names_of(row.others);
  switch (row.what) {
    case same: return {};
    case renamed: return side == Side::then ? tr("nay tên là {}", others) : tr("trước tên là {}", others);
    case moved: return side == Side::then ? tr("nay thuộc {}", row.superior) : tr("trước thuộc {}", row.superior);
    case merged: return side == Side::then ? tr("nay là {}", others) : tr("hình thành từ {}", others);
    case divided: return tr("chia thành {}", others);
    case ended: return tr("đã kết thúc, không có đơn vị kế thừa");
    case opened: break;
  }
  return tr("thành lập mới");
}

LifeCard card_of(const Visit& visit, db::Reader& reader, RestructureDesk& desk, const LifeSide& side, Side which) {
  LifeCard out{side.name, {}, {}};
  for (const auto& row : side.rows) {
    LifeLine line{row.body, row.name, sentence_of(row, which), {}, row.restructure, visit.viewer().may(Permission::see_figures, row.body), false};
    if (row.restructure) {
      line.decision = row.basis.empty() ? row.title : row.basis;
      line.restructure_open = visit.viewer().may_somewhere(Permission::restructure) && desk.stored(reader, row.restructure).has_value();
    }
    if (row.what == LifeRow::What::same) {
      out.same.push_back(std::move(line));
      continue;
    }
    const auto alike = [&](const LifeGroup& group) { return group.first.sentence == line.sentence && group.first.decision == line.decision && group.first.restructure == line.restructure; };
    auto group = std::ranges::find_if(out.groups, alike);
    if (group == out.groups.end()) group = out.groups.insert(out.groups.end(), {line, {}});
    group->rows.push_back(std::move(line));
  }
  return out;
}

http::Response show(const Visit& visit) {
  const BodyId body = *visit.body(Permission::see_figures);
  const Organisation& organisation = *visit.organisation();
  const Day today = visit.today();
  if (!organisation.body(body).alive(today)) {             // what it was stands on the page of what it became
    for (const auto heir : organisation.successors(body))
      if (organisation.body(heir).alive(today) && visit.viewer().may(Permission::see_figures, heir)) return http::Response::redirect(path("/sap-xep/truoc-sau/{}", heir));
    return http::Response::redirect(path("/to-chuc/{}", body).with("phan", "ten-goi"));
  }
  RestructureDesk desk(visit.house(), visit.viewer());
  LifePage page;
  page.body = body;
  page.name = organisation.body(body).on(today).name;
  page.now = today;
  page.typed = std::string(visit.request().query.value("luc"));
  visit.house().store.read([&](db::Reader& reader) {
    page.then = day_before_last_change(reader, desk.restructures(), organisation, body, today).value_or(reform_day() - 1);
    if (!page.typed.empty()) {
      const auto chosen = Day::parse(page.typed);
      if (!chosen) page.error = chosen.error().message;
      else if (*chosen > today) page.error = tr("Xin chọn một ngày đã qua.");
      else page.then = *chosen;
    }
    const auto life = before_and_after(reader, desk.restructures(), organisation, body, page.then, today);
    for (const auto& side : life.before) page.before.push_back(card_of(visit, reader, desk, side, Side::then));
    page.after = card_of(visit, reader, desk, life.after, Side::now);
    for (const auto day : life.days) page.days.push_back({(day - 1).text(), tr("trước ngày {}", day.text())});
  });
  if (page.typed.empty() || !page.error.empty()) page.typed = page.error.empty() ? page.then.text() : page.typed;
  return http::Response::html(restructure_pages::before_after(visit.frame(tr("Trước và sau sắp xếp"), MenuItem::organisation), page), page.error.empty() ? http::Status::ok : http::Status::unprocessable);
}

}  // namespace

void add_before_after_pages(Pages& pages) { pages.get("/sap-xep/truoc-sau/{body:number}", Permission::see_figures, RouteScope::body, show); }

}  // namespace khuyenhoc
