// How far an office is with its start: the wizard that can be left and taken up again, and what "Việc cần làm" says of it.
#include <chrono>
#include <map>
#include <mutex>

#include "starting/pages/progress.html.h"
#include "starting/pages/starting_pages.h"
#include "starting/starting.h"
#include "starting/steps.h"
#include "starting/steps_queries.h"

namespace khuyenhoc {
namespace starting {
namespace {

constexpr html::UrlLiteral progress_path = "/bat-dau/tien-trinh";

// Who may see to the start of the body acted for.
std::optional<BodyId> office_of(const Visit& visit) {
  const BodyId body = visit.viewer().acting_for();
  const Body* known = visit.organisation()->find(body);
  if (known == nullptr || !known->alive(visit.today()) || !begins_by_itself(visit.organisation()->kind(body))) return std::nullopt;
  return visit.viewer().may(Permission::keep_bodies, body) ? std::optional(body) : std::nullopt;
}

http::Response show(const Visit& visit) {
  const auto body = office_of(visit);
  if (!body) return visit.refused({"starting.body", tr("Chi hội, ban không có phần bắt đầu riêng: Hội cấp trên đã lo việc này."), {}}, http::Status::ok);
  House& house = visit.house();
  const Progress progress = house.store.read([&](db::Reader& reader) { return progress_of(house, reader, visit.viewer(), *body); });
  std::optional<Step> open = step_from_word(visit.request().query.value("buoc"));
  if (!open && progress.next() != nullptr) open = progress.next()->step;
  return http::Response::html(starting_pages::progress(visit.frame(tr("Bắt đầu sử dụng"), MenuItem::more), progress, open));
}

enum class Aside { put, taken_up };

http::Response change(const Visit& visit, Aside what) {
  const auto body = office_of(visit);
  const auto step = step_from_word(visit.request().text("step"));
  if (!body || !step) return visit.not_found();
  if (what == Aside::put) {
    put_off(visit.house(), visit.viewer(), *body, *step);
    return visit.done(Url(progress_path), tr("Đã để sau. Lúc nào cũng mở lại được ở trang này."));
  }
  take_up(visit.house(), visit.viewer(), *body, *step);
  return visit.done(Url(progress_path).with("buoc", step_word(*step)), tr("Mời ông/bà làm tiếp bước này."));
}

}  // namespace

void add_progress_pages(Pages& pages) {
  pages.get("/bat-dau/tien-trinh", Permission::keep_bodies, RouteScope::signed_in, show);
  pages.post("/bat-dau/de-sau", Permission::keep_bodies, RouteScope::signed_in, [](const Visit& visit) { return change(visit, Aside::put); });
  pages.post("/bat-dau/lam-tiep", Permission::keep_bodies, RouteScope::signed_in, [](const Visit& visit) { return change(visit, Aside::taken_up); });
}

}  // namespace starting

void add_starting_pages(Pages& pages) {
  starting::add_first_run_pages(pages);
  starting::add_progress_pages(pages);
}

bool may_begin(const Visit& visit) { return starting::office_of(visit).has_value(); }

std::optional<StartingCard> starting_card(const Visit& visit) {
  using namespace starting;
  constexpr std::int64_t a_year_ms = 366LL * 86'400'000;
  const auto body = office_of(visit);
  if (!body) return std::nullopt;
  House& house = visit.house();
  return house.store.read([&](db::Reader& reader) -> std::optional<StartingCard> {
    // an installation that was at work before has nothing to begin
    const auto begun = starting_sql::begun_ms(reader);
    if (!begun || house.clock.now_ms() - *begun > a_year_ms) return std::nullopt;
    const Progress progress = progress_of(house, reader, visit.viewer(), *body);
    const StepView* next = progress.next();
    if (next == nullptr) return std::nullopt;
    StartingCard card;
    card.done = progress.closed;
    card.all = progress.steps.size();
    card.title = tr("Bắt đầu sử dụng: đã xong {} trên {} bước", card.done, card.all);
    card.sentence = next->missing.empty() ? tr("Việc tiếp theo: {}.", next->title)
                                          : tr("Việc tiếp theo: {}. {}: {}.", next->title, next->missing.front().what, next->missing.front().cost);
    return card;
  });
}

}  // namespace khuyenhoc
