#include "home/home.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>

#include "base/number.h"
#include "base/phrases.h"
#include "home/pages/home.html.h"
#include "home/pages/home_page.h"
#include "home/reports_due.h"
#include "home/pages/more.html.h"
#include "shell/start_under_way.h"

namespace khuyenhoc {
namespace {

using namespace home;

constexpr std::size_t units_called = 12;
constexpr std::size_t bodies_with_changes = 5;
constexpr int days_looked_back = 7;
constexpr int soon_days = 3;
constexpr std::int64_t count_kept_ms = 20'000;

// The count beside "Việc cần làm" stands on every page, so it is worked out again only now and then: the rarer, the longer it takes.
class KnownCounts {
 public:
  std::optional<std::int64_t> find(const Viewer& viewer, std::int64_t now_ms) {
    const std::lock_guard lock(mutex_);
    const auto found = counts_.find({viewer.user(), viewer.acting_for()});
    return found != counts_.end() && now_ms < found->second.until_ms ? std::optional(found->second.count) : std::nullopt;
  }
  void keep(const Viewer& viewer, std::int64_t count, std::int64_t now_ms, std::int64_t took_ms) {
    constexpr std::size_t most = 10'000;
    const std::lock_guard lock(mutex_);
    if (counts_.size() >= most) counts_.clear();
    counts_[{viewer.user(), viewer.acting_for()}] = {count, now_ms + std::max(count_kept_ms, 100 * took_ms)};
  }

 private:
  struct Kept {
    std::int64_t count = 0, until_ms = 0;
  };
  std::mutex mutex_;
  std::map<std::pair<UserId, BodyId>, Kept> counts_;
};

std::int64_t steady_ms() { return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

std::string weekday_day(Day day) { return tr("{}, {}", day.weekday_text(), day.text()); }

void put_days(TodoLine& line, std::optional<int> days_left) {
  if (!days_left) return;
  const int left = *days_left;
  line.urgency = left < 0 ? TodoLine::Urgency::late : left <= soon_days ? TodoLine::Urgency::soon : TodoLine::Urgency::plain;
  line.days_before = left < 0 ? tr("quá") : left == 0 ? tr("hạn") : tr("còn");
  line.days = left == 0 ? tr("hôm nay") : std::to_string(std::abs(left));
  line.days_after = left == 0 ? std::string() : std::string(translated(mark("ngày").vietnamese, std::abs(left)));
}

TodoLine line_of(const Due& due, BodyId own) {
  TodoLine line;
  line.title = due.form.title;
  line.sentence = due.form.sentence;
  line.filled = due.form.filled;
  line.asked = due.form.asked;
  if (due.mine) {
    line.button = due.button;
    line.link = Url::local(due.form.address).value_or(Url("/nhap-so-lieu"));
  } else {
    line.button = tr("Xem số liệu");
    line.link = html::path("/so-lieu/{}", own);
  }
  if (due.form.due && due.form.kind == DueForm::Kind::round) line.deadline = tr("Hạn của xã, phường: {}", weekday_day(*due.form.due));
  else if (due.form.due) line.deadline = due.form.sent_to.empty() ? tr("Hạn: {}", weekday_day(*due.form.due)) : tr("Hạn: {}, gửi {}", weekday_day(*due.form.due), due.form.sent_to);
  put_days(line, due.form.days_left);
  return line;
}

std::string deadline_of(const RoundDuty& duty) {
  if (!duty.report.due) return {};
  return duty.sent_to.empty() ? tr("Hạn: {}", weekday_day(*duty.report.due)) : tr("Hạn: {}, gửi {}", weekday_day(*duty.report.due), duty.sent_to);
}

TodoLine line_of(const RoundDuty& duty) {
  TodoLine line;
  line.title = duty.title;
  line.sentence = duty.sentence;
  line.filled = duty.done;
  line.asked = duty.of;
  line.button = duty.button;
  line.link = Url::local(duty.address).value_or(Url("/dot-bao-cao"));
  line.deadline = deadline_of(duty);
  put_days(line, duty.days_left);
  return line;
}

// It has no due day: how much there is stands in its place.
TodoLine line_of(const SignedTask& task) {
  TodoLine line;
  line.title = task.title;
  line.sentence = task.reason.empty() ? task.sentence : tr("{} Lý do: {}", task.sentence, task.reason);
  line.days = std::to_string(task.count);
  line.days_after = task.kind == SignedTask::Kind::sign_adjustment ? tr("ô") : tr("thay đổi");
  line.button = task.kind == SignedTask::Kind::sign_adjustment ? tr("Xem và ký") : tr("Xem chênh lệch");
  line.link = Url::local(task.address).value_or(Url("/dot-bao-cao"));
  return line;
}

ReportLine entry_of(const RoundDuty& duty) { return {duty.title, duty.sentence, deadline_of(duty), duty.button, Url::local(duty.address).value_or(Url("/dot-bao-cao"))}; }

std::string summary_of(const Duties& duties, const ReportsDue& reports, const Waiting& waiting) {
  std::vector<std::string> parts;
  if (const std::int64_t mine = duties.mine() + reports.mine() - static_cast<std::int64_t>(reports.returned.size()); mine > 0) parts.push_back(tr("{} việc đến hạn", mine));
  if (!reports.returned.empty()) parts.push_back(tr("{} báo cáo được đề nghị sửa", reports.returned.size()));
  if (waiting.all > 0) parts.push_back(waiting.of_branches ? tr("{} chi hội, ban chưa có số liệu", waiting.all) : tr("{} xã, phường, đơn vị chưa nhập đủ số liệu", waiting.all));
  if (parts.empty()) return tr("Không có việc nào đang chờ.");
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : ", ") + part;
  return tr("Có {}.", all);
}

// Members of the unit now, against the end of the period before.
std::vector<HeadFigure> head_figures(const Visit& visit, const NamedPeriod& period) {
  const Figures figures(visit.house().ledger.view());
  const MeasureIndex members = figures.catalogue().index("B01");
  const Measure& measure = figures.catalogue().measure(members);
  const BodyId own = visit.viewer().acting_for();
  Question now{own, period.period, visit.today(), Lens::live};
  Question before = now;
  before.period = visit.periods().before(period).period;
  const auto value = figures.figure(members, now);
  if (!value || !value->defined() || value->value == 0) return {};
  HeadFigure out;
  out.title = tr("{}: {} {}", measure.short_label(visit.language()), value->text(measure), measure.unit(visit.language()));
  const auto then = figures.figure(members, before);
  out.sentence = then && then->defined() ? tr("Số tạm tính, {} so với kỳ trước.", change_text(value->value - then->value)) : tr("Số tạm tính.");
  return {out};
}

// Whoever may enter the figures sees them where they are entered, others on the board.
Url figures_of(const Viewer& viewer, BodyId body, const NamedPeriod& period) {
  if (!viewer.may(Permission::enter_figures, body)) return html::path("/so-lieu/{}", body).with("ky", period.name());
  if (viewer.organisation()->kind(body).level == BodyKind::Level::branch) return html::path("/phieu/{}", body).with("ky", period.name());
  return html::path("/nhap-so-lieu/{}", body).with("phan", "rieng").with("ky", period.name());
}

ChangeEntry entry_of(const Viewer& viewer, Change change) {
  ChangeEntry out{change.body, std::move(change.name), std::move(change.when), {}, change.more, std::nullopt};
  for (auto& line : change.lines)
    out.lines.push_back({std::move(line.text), line.entered ? std::optional(figures_of(viewer, change.body, *line.entered)) : std::nullopt});
  if (change.trail_open) out.all = html::path("/to-chuc/{}", change.body).with("phan", "thay-doi");
  return out;
}

HomePage page_of(const Visit& visit, db::Reader& reader, RecentEntries& recent, KnownStartingCards& starting, const Duties& duties, const ReportsDue& reports) {
  House& house = visit.house();
  const Viewer& viewer = visit.viewer();
  const NamedPeriod period = current_period(visit.periods(), visit.today());
  HomePage page;
  for (const RoundDuty& duty : reports.due) page.todo.push_back(line_of(duty));
  for (const SignedTask& task : reports.after_closing) page.todo.push_back(line_of(task));
  for (const RoundDuty& duty : reports.returned) page.returned.push_back(entry_of(duty));
  for (const RoundDuty& duty : reports.waiting) page.with_others.push_back(entry_of(duty));
  for (const Due& due : duties.due) page.todo.push_back(line_of(due, viewer.acting_for()));
  for (const Due& due : duties.done)
    if (due.form.asked > 0) page.done.push_back(line_of(due, viewer.acting_for()));      // nobody was asked: nothing was done
  const bool first_is_mine = !reports.due.empty() ? reports.due.front().mine : !reports.after_closing.empty() || (!duties.due.empty() && duties.due.front().mine);
  if (!page.todo.empty() && first_is_mine) page.todo.front().strong = true;
  page.nothing_due = page.done.empty() ? tr("Kỳ {} chưa có mẫu báo cáo nào cần đơn vị của ông/bà nhập. Trong lúc chờ, ông/bà có thể xem số liệu của đơn vị.", house.periods.label(period, visit.language()))
                                       : tr("Số liệu {} của đơn vị đã nhập đủ. Nếu có thay đổi, ông/bà vẫn sửa được cho đến khi chốt số liệu.", house.periods.label(period, visit.language()));
  if (std::ranges::find(reports.settled, period.period) != reports.settled.end())
    page.nothing_due = tr("Báo cáo {} của đơn vị đã được tiếp nhận. Phát hiện số sai, xin mở báo cáo ở mục Báo cáo để đề nghị sửa hoặc lập điều chỉnh.", house.periods.label(period, visit.language()));
  page.waiting = waiting_for(house, reader, viewer, period, units_called);
  page.waiting_link = html::path("/nhap-so-lieu/{}", viewer.acting_for()).with("ky", period.name());
  const Day since = visit.today() - days_looked_back;
  for (Change& change : changes_since(house, reader, recent, viewer, since, bodies_with_changes)) page.changes.push_back(entry_of(viewer, std::move(change)));
  page.changes_since = tr("Thay đổi từ {}, {:02}/{}", since.weekday_text(), since.day(), since.month());
  page.figures = head_figures(visit, period);
  page.figures_link = html::path("/so-lieu/{}", viewer.acting_for());
  page.starting = starting.of(visit);
  page.today = capitalised(tr("{}, ngày {}.", visit.today().weekday_text(), visit.today().text()));
  page.summary = summary_of(duties, reports, page.waiting);
  return page;
}

// What the forms of the period and the rounds ask, each thing once.
std::pair<Duties, ReportsDue> asked_of(const Visit& visit) {
  House& house = visit.house();
  const NamedPeriod period = current_period(visit.periods(), visit.today());
  std::pair out{duties_of(house, visit.viewer(), period), reports_due(house, visit.viewer())};
  join(out.first, out.second, period, visit.today());
  return out;
}

}  // namespace

void add_home_pages(Pages& pages) {
  const auto counts = std::make_shared<KnownCounts>();
  pages.house().things_to_do = [counts](const Visit& visit) -> std::int64_t {
    House& house = visit.house();
    const std::int64_t now = house.clock.now_ms();
    if (const auto known = counts->find(visit.viewer(), now)) return *known;
    const std::int64_t began = steady_ms();
    const auto asked = asked_of(visit);
    const std::int64_t count = asked.first.mine() + asked.second.mine();
    counts->keep(visit.viewer(), count, now, steady_ms() - began);
    return count;
  };
  const auto recent = std::make_shared<RecentEntries>();
  const auto starting = std::make_shared<KnownStartingCards>();
  pages.get("/", [counts, recent, starting](const Visit& visit) {
    House& house = visit.house();
    const std::int64_t began = steady_ms();
    const auto asked = asked_of(visit);
    counts->keep(visit.viewer(), asked.first.mine() + asked.second.mine(), house.clock.now_ms(), steady_ms() - began);
    const HomePage page = house.store.read([&](db::Reader& reader) { return page_of(visit, reader, *recent, *starting, asked.first, asked.second); });
    Frame frame = visit.frame(tr("Việc cần làm"), MenuItem::home);
    if (page.starting) frame.start_under_way = true;
    auto answer = http::Response::html(home_pages::home(frame, page));
    if (page.starting) remember_start(answer, StartSteps::left);      // from the sign-in on, not only from the steps
    return answer;
  });
  pages.get("/muc-khac", [](const Visit& visit) { return http::Response::html(home_pages::more(visit.frame(tr("Mục khác"), MenuItem::more), may_begin(visit), visit.viewer().may_somewhere(Permission::restructure), visit.viewer().may_somewhere(Permission::keep_bodies))); });
}

}  // namespace khuyenhoc
