#include "starting/steps.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "access/held.h"
#include "base/number.h"
#include "base/phrases.h"
#include "starting/facts_of_office.h"
#include "starting/steps_queries.h"

namespace khuyenhoc::starting {
namespace {

constexpr std::array<std::pair<Step, std::string_view>, 6> step_words{{{Step::bodies, "to-chuc"},
                                                                       {Step::posts, "chuc-vu"},
                                                                       {Step::accounts, "tai-khoan"},
                                                                       {Step::letterhead, "van-ban"},
                                                                       {Step::targets, "chi-tieu"},
                                                                       {Step::past_years, "nam-truoc"}}};

std::string step_title(Step step) {
  switch (step) {
    case Step::bodies: return tr("Tổ chức Hội");
    case Step::posts: return tr("Chức vụ, nhiệm kỳ");
    case Step::accounts: return tr("Tài khoản đăng nhập");
    case Step::letterhead: return tr("Tên trên văn bản, con dấu, chữ ký");
    case Step::targets: return tr("Chỉ tiêu năm");
    case Step::past_years: break;
  }
  return tr("Số liệu các năm trước");
}

StepView view_of(Step step, const OfficeFacts& office) {
  switch (step) {
    case Step::bodies: return bodies_step(office);
    case Step::posts: return posts_step(office);
    case Step::accounts: return accounts_step(office);
    case Step::letterhead: return letterhead_step(office);
    case Step::targets: return targets_step(office);
    case Step::past_years: break;
  }
  return past_years_step(office);
}

void note(House& house, db::Writer& writer, const Viewer& viewer, BodyId body, Step step, std::string_view action, const std::string& sentence) {
  house.trail.write(writer, viewer, body, "starting", body.value, action, {},
                    boost::json::serialize(boost::json::object{{"summary", sentence}, {"step", std::string(step_word(step))}}));
}

std::string vietnamese_title(Step step) {
  const LanguageScope speaking(Language::vietnamese);
  return step_title(step);
}

}  // namespace

std::string_view step_word(Step step) {
  for (const auto& [one, word] : step_words)
    if (one == step) return word;
  return {};
}

std::optional<Step> step_from_word(std::string_view word) {
  for (const auto& [one, known] : step_words)
    if (known == word) return one;
  return std::nullopt;
}

const StepView* Progress::next() const {
  const auto at = std::ranges::find_if(steps, [](const StepView& step) { return !step.closed(); });
  return at == steps.end() ? nullptr : &*at;
}

bool begins_by_itself(const BodyKind& kind) { return kind.system == hkh && kind.level != BodyKind::Level::branch; }

Progress progress_of(House& house, db::Reader& reader, const Viewer& viewer, BodyId body) {
  const OfficeFacts office = office_facts(house, reader, viewer, body);
  Progress out;
  out.body = body;
  out.name = office.name;
  const auto aside = starting_sql::steps_put_off(reader, body);
  for (const auto& [step, word] : step_words) {
    StepView view = view_of(step, office);
    view.step = step;
    view.title = step_title(step);
    const auto known = std::ranges::find(aside, word, &starting_sql::StoredPutOff::step);
    // what was done since needs no putting off
    if (known != aside.end() && view.state != StepState::done) {
      const auto by = house.users.row(reader, known->by);
      view.put_off = PutOff{by ? by->salutation + " " + by->name : std::string(), time_text(known->at_ms)};
      view.state = StepState::put_off;
    }
    if (view.closed()) ++out.closed;
    out.steps.push_back(std::move(view));
  }
  return out;
}

void put_off(House& house, const Viewer& viewer, BodyId body, Step step) {
  house.store.write([&](db::Writer& writer) {
    if (starting_sql::keep_put_off(writer, body, {std::string(step_word(step)), viewer.user(), house.clock.now_ms()}) == 0) return;
    note(house, writer, viewer, body, step, "put_off", tr(Language::vietnamese, "Bắt đầu sử dụng: để sau bước “{}”", vietnamese_title(step)));
  });
}

void take_up(House& house, const Viewer& viewer, BodyId body, Step step) {
  house.store.write([&](db::Writer& writer) {
    if (starting_sql::forget_put_off(writer, body, step_word(step)) == 0) return;
    note(house, writer, viewer, body, step, "take_up", tr(Language::vietnamese, "Bắt đầu sử dụng: làm tiếp bước “{}”", vietnamese_title(step)));
  });
}

}  // namespace khuyenhoc::starting
