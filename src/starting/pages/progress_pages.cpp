// How far an office is with its start: the wizard that can be left and taken up again, and what "Việc cần làm" says of it.
#include <chrono>
#include <map>
#include <mutex>

#include "shell/start_under_way.h"
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
  Frame frame = visit.frame(tr("Bắt đầu sử dụng"), MenuItem::start);
  frame.start_under_way = !progress.finished();
  auto page = http::Response::html(starting_pages::progress(frame, progress, open));
  remember_start(page, progress.finished() ? StartSteps::all_closed : StartSteps::left);
  return page;
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

namespace {

// An installation that was at work before has nothing to begin.
bool began_lately(House& house, db::Reader& reader) {
  constexpr std::int64_t a_year_ms = 366LL * 86'400'000;
  const auto begun = starting_sql::begun_ms(reader);
  return begun && house.clock.now_ms() - *begun <= a_year_ms;
}

std::optional<StartingCard> card_of(House& house, db::Reader& reader, const Viewer& viewer, BodyId body) {
  const starting::Progress progress = starting::progress_of(house, reader, viewer, body);
  const starting::StepView* next = progress.next();
  if (next == nullptr) return std::nullopt;
  StartingCard card;
  card.done = progress.closed;
  card.all = progress.steps.size();
  card.title = tr("Bắt đầu sử dụng: đã xong {} trên {} bước", card.done, card.all);
  card.sentence = next->missing.empty() ? tr("Việc tiếp theo: {}.", next->title)
                                        : tr("Việc tiếp theo: {}. {}: {}.", next->title, next->missing.front().what, next->missing.front().cost);
  return card;
}

}  // namespace

struct KnownStartingCards::Kept {
  struct Card {
    std::optional<StartingCard> card;
    Day day;
    Language language = Language::vietnamese;
    std::vector<std::string> put_off;
    std::int64_t until_ms = 0;
  };
  std::mutex mutex;
  std::map<std::pair<UserId, BodyId>, Card> cards;
};

KnownStartingCards::KnownStartingCards() : kept_(std::make_unique<Kept>()) {}
KnownStartingCards::~KnownStartingCards() = default;

std::optional<StartingCard> KnownStartingCards::of(const Visit& visit) {
  constexpr std::int64_t quick_ms = 20, times_as_long = 100;
  constexpr std::size_t most = 1'000;
  const auto body = starting::office_of(visit);
  if (!body) return std::nullopt;
  House& house = visit.house();
  return house.store.read([&](db::Reader& reader) -> std::optional<StartingCard> {
    if (!began_lately(house, reader)) return std::nullopt;
    const std::pair key{visit.viewer().user(), *body};
    Kept::Card now{.card = {}, .day = visit.today(), .language = visit.language(), .put_off = {}};
    for (const auto& one : starting_sql::steps_put_off(reader, *body)) now.put_off.push_back(one.step);
    {
      const std::lock_guard lock(kept_->mutex);
      const auto known = kept_->cards.find(key);
      if (known != kept_->cards.end() && house.clock.now_ms() < known->second.until_ms && known->second.day == now.day && known->second.language == now.language &&
          known->second.put_off == now.put_off)
        return known->second.card;
    }
    const auto began = std::chrono::steady_clock::now();
    now.card = card_of(house, reader, visit.viewer(), *body);
    const std::int64_t took_ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began).count();
    auto card = now.card;
    if (took_ms < quick_ms) return card;
    now.until_ms = house.clock.now_ms() + times_as_long * took_ms;
    const std::lock_guard lock(kept_->mutex);
    if (kept_->cards.size() >= most) kept_->cards.clear();
    kept_->cards.insert_or_assign(key, std::move(now));
    return card;
  });
}

}  // namespace khuyenhoc
