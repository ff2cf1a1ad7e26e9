#include "rounds/duties.h"

#include <algorithm>
#include <limits>

#include "base/i18n.h"
#include "rounds/round_parts.h"
#include "rounds/rounds_queries.h"

namespace khuyenhoc {

using namespace rounds;

namespace {

constexpr int days_looked_back = 400;    // a report of longer ago is history, not a duty

bool is_branch(const RoundReport& report) { return report.level == BodyKind::Level::branch; }

struct Below {
  std::size_t asked = 0, come = 0, to_receive = 0;
};

Below below(db::Reader& reader, const RoundReport& report) {
  Below out;
  for (const rounds_sql::StateCount& one : rounds_sql::count_sent_to(reader, report.body, report.form, report.window)) {
    out.asked += one.count;
    if (is_locked(one.state) && one.state != ReportState::waiting_for_head) out.come += one.count;
    // a branch's figures are taken as they are: nobody has to receive them
    if (one.state == ReportState::sent && one.level != BodyKind::Level::branch) out.to_receive += one.count;
  }
  return out;
}

std::string fill_in_address(const RoundReport& report, const NamedPeriod& period) {
  return fmt::format("/{}/{}?ky={}", is_branch(report) ? "phieu" : "nhap-so-lieu", report.body.value, period.name());
}
std::string record_address(const RoundReport& report) { return fmt::format("/dot-bao-cao/{}/don-vi/{}", report.round.value, report.body.value); }

class Duties {
 public:
  Duties(const House& house, const Viewer& viewer, db::Reader& reader) : house_(house), viewer_(viewer), reader_(reader), organisation_(viewer.organisation()), view_(house.ledger.view()) {}

  void look_at(const RoundReport& report) {
    const auto round = find_round(reader_, report.round);
    if (!round) return;
    report_ = &report;
    round_ = &*round;
    below_ = is_branch(report) ? Below{} : below(reader_, report);
    const bool may_enter = viewer_.may(Permission::enter_figures, report.body), may_sign = viewer_.may(Permission::sign, report.body);
    switch (report.state) {
      case ReportState::returned:
        add(RoundDuty::Kind::returned, report.reason, record_address(report), tr("Sửa và gửi lại"), may_enter || may_sign);
        break;
      case ReportState::not_started:
      case ReportState::entering: to_fill_in(may_enter || may_sign); break;
      case ReportState::waiting_for_head:
        if (may_sign) add(RoundDuty::Kind::to_sign, tr("Đã trình lúc {}, chờ ông/bà duyệt và ký.", time_text(*report.submitted_ms)), record_address(report), tr("Xem và ký"), true);
        else add(RoundDuty::Kind::waiting, tr("Chờ Chủ tịch duyệt, trình lúc {}.", time_text(*report.submitted_ms)), record_address(report), tr("Xem báo cáo"), false);
        break;
      case ReportState::sent:
        if (report.sends_to && !is_branch(report))
          add(RoundDuty::Kind::waiting, tr("Đã gửi lúc {}, chờ {} tiếp nhận.", time_text(*report.sent_ms), above()), record_address(report), tr("Xem báo cáo"), false);
        break;
      case ReportState::received:
      case ReportState::closed: break;
    }
    if (below_.to_receive > 0 && viewer_.may(Permission::receive, report.body))
      add(RoundDuty::Kind::to_receive, tr("{} báo cáo đã gửi đến, chờ tiếp nhận.", below_.to_receive), fmt::format("/dot-bao-cao/{}?loc=da-gui", collecting().value), tr("Xem và tiếp nhận"), true);
    if (!is_branch(report) && report.sends_to && !is_locked(report.state) && !round->entry_closed_ms && may_pass_down(viewer_, report.body) && below_.asked == 0 &&
        has_branches() && !passing_of(reader_, round->id, report.body))
      add(RoundDuty::Kind::to_pass_down, tr("Chưa chuyển tiếp đến chi hội, ban trực thuộc."), fmt::format("/dot-bao-cao/{}/chuyen-tiep", round->id.value), tr("Chuyển tiếp đợt báo cáo"), true);
  }
  std::vector<RoundDuty> take() {
    std::ranges::stable_sort(out_, {}, [](const RoundDuty& duty) {
      const int group = duty.kind == RoundDuty::Kind::returned ? 0 : duty.kind == RoundDuty::Kind::waiting ? 2 : 1;
      return std::pair(group, duty.days_left.value_or(std::numeric_limits<int>::max()));
    });
    return std::move(out_);
  }

 private:
  void to_fill_in(bool mine) {
    if (round_->entry_closed_ms && report_->sends_to) return;
    const ReportState shown = shown_state(organisation_, view_.entered->round(report_->window), *report_, viewer_.today());
    std::string sentence = report_state_words(shown, report_->level);
    if (below_.asked > 0) sentence += tr("; {}/{} nơi bên dưới đã gửi", below_.come, below_.asked);
    if (report_->on_behalf()) sentence += "; " + on_behalf_words(*organisation_, *report_, viewer_.today());
    const bool branch = is_branch(*report_), above_communes = organisation_->kind(report_->body).level < BodyKind::Level::commune;
    const std::string button = above_communes ? tr("Xem đợt báo cáo") : !branch ? tr("Mở báo cáo") : shown == ReportState::not_started ? tr("Nhập số liệu") : tr("Nhập tiếp số liệu");
    add(RoundDuty::Kind::due, sentence + ".", above_communes ? board() : branch ? fill_in() : record_address(*report_), button, mine);
  }
  void add(RoundDuty::Kind kind, std::string sentence, std::string address, std::string button, bool mine) {
    RoundDuty duty{kind, *report_, round_->title, std::move(sentence), std::move(address), std::move(button), above(), {}, below_.come, below_.asked, mine};
    if (report_->due && kind != RoundDuty::Kind::waiting) duty.days_left = *report_->due - viewer_.today();
    out_.push_back(std::move(duty));
  }
  std::string above() const { return report_->sends_to ? name_on(*organisation_, report_->sends_to, viewer_.today()) : std::string(); }
  std::string fill_in() const { return fill_in_address(*report_, entry_period(reader_, house_, *round_)); }
  std::string board() const { return fmt::format("/dot-bao-cao/{}", collecting().value); }
  // Where those below report: a round of its own for the same window, or the one it is asked in.
  RoundId collecting() const {
    for (const ReportingRound& own : rounds_opened_by(reader_, report_->body))
      if (own.form == round_->form && own.period.period == round_->period.period) return own.id;
    return round_->id;
  }
  bool has_branches() const {
    const Day day = asking_day(report_->window, viewer_.today());
    return !organisation_->directly_below(report_->body, day).empty();
  }

  const House& house_;
  const Viewer& viewer_;
  db::Reader& reader_;
  OrganisationView organisation_;
  LedgerView view_;
  const RoundReport* report_ = nullptr;
  const ReportingRound* round_ = nullptr;
  Below below_;
  std::vector<RoundDuty> out_;
};

}  // namespace

std::vector<RoundDuty> round_duties(const House& house, const Viewer& viewer) {
  if (viewer.organisation()->find(viewer.acting_for()) == nullptr) return {};
  return house.store.read([&](db::Reader& reader) {
    Duties duties(house, viewer, reader);
    for (const RoundReport& report : reports_of_body(reader, viewer.acting_for()))
      if (report.window.last + days_looked_back > viewer.today()) duties.look_at(report);
    return duties.take();
  });
}

}  // namespace khuyenhoc
