// Writing what an annex says, and taking it back: in slices, the way there and the way back.
#include "past_years/annex_loading.h"

#include <algorithm>
#include <chrono>
#include <span>

#include <boost/json.hpp>

#include "access/viewer.h"
#include "base/i18n.h"
#include "base/number.h"
#include "base/slice_size.h"
#include "measures/acts.h"
#include "past_years/carrying.h"
#include "past_years/old_bodies.h"
#include "past_years/past_years_queries.h"
#include "restructure/restructure.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t first_slice = 100;
constexpr std::int64_t dead_after_ms = 60'000;

std::unexpected<Refusal> stale() { return refuse("annex.stale", tr("Phụ lục này vừa được người khác sửa, ghi hoặc khôi phục. Xin xem lại.")); }

std::string audit_json(std::string summary, const Annex& annex, std::span<const AnnexFigure> figures) {
  // The digest over what is written stands for the rows (design 4.5).
  std::string rows;
  for (const AnnexFigure& one : figures) rows += fmt::format("{}/{}/{}={};", one.body.value, one.series, static_cast<int>(one.extent), one.value);
  const std::string digest = crypto::hex(db::digest_of(rows));
  return boost::json::serialize(boost::json::object{{"summary", std::move(summary)}, {"report", annex.report_number}, {"period", annex.period.period.iso()}, {"figures", figures.size()},
                                                    {"digest", digest}});
}

std::vector<AnnexExplanation> explanations_of(const AnnexPlan& plan) {
  std::vector<AnnexExplanation> out;
  for (const AnnexTotal& total : plan.table.totals) {
    AnnexExplanation one{total.unit, total.series, total.rows_sum, total.signed_total, AnnexReason::none, {}};
    for (const AnnexDifference& difference : plan.differences)
      if (difference.total.unit == total.unit && difference.total.series == total.series) {
        one.reason = difference.reason;
        one.note = difference.note;
      }
    out.push_back(std::move(one));
  }
  return out;
}

// One annex on its way, in one direction or the other. `standing_` are its figures in the store, in the order in which they were written.
class AnnexOnItsWay {
 public:
  AnnexOnItsWay(House& house, const Viewer& viewer, const Annex& seen, const AnnexCourse& course)
      : house_(house), viewer_(viewer), course_(course), annex_(seen), restructures_(house.organisation, house.ledger, house.statements), slice_(first_slice) {
    now_ = house.clock.now_ms();
  }

  Result<std::size_t> load() {
    if (annex_.state != AnnexState::draft && !is_half_way(annex_.state)) return stale();
    // Reading the workbook and finding what is there is done before, so that others do not wait for it, too. What was saved since is noticed by the annex's
    // version, by whose association the units have, and by the version of each figure.
    tree_ = house_.organisation.current();
    const auto plan = house_.store.read([&](db::Reader& reader) {
      standing_ = past_years_sql::figures(reader, house_.catalogue, annex_.id);
      return plan_annex(house_, reader, annex_);
    });
    if (!plan) return std::unexpected(plan.error());
    if (!plan->hindrances.empty()) return refuse("annex.hindered", plan->hindrances.front());
    if (!plan->changes_something() && !is_half_way(annex_.state))
      return refuse("annex.nothing", tr("Các số trong phụ lục đã được ghi từ trước; không có số nào thay đổi."));
    for (const AnnexCell& cell : plan->cells)
      if (cell.is_to_be_written()) to_write_.push_back(cell);
    const std::size_t wanted = standing_.size() + to_write_.size(), there = standing_.size();
    if (to_write_.size() <= size_of_slice()) return at_once(AnnexState::loading, wanted, [&](db::Writer& writer) -> Result<void> {
        if (auto written = write_slice(writer, to_write_.size()); !written) return written;
        return end_loading(writer, *plan);
      });
    if (auto begun = begin(AnnexState::loading, wanted, tr(Language::vietnamese, "Bắt đầu nạp {} số của {} từ phụ lục báo cáo số {}", to_write_.size(), period(), annex_.report_number)); !begun)
      return std::unexpected(begun.error());
    while (!to_write_.empty())
      if (auto going = forward(); !going) return there == 0 ? back_to_draft(going.error()) : std::unexpected(going.error());
    return settled(in_one([&](db::Writer& writer) { return end_loading(writer, *plan); }));
  }

  Result<std::size_t> withdraw() {
    if (annex_.state != AnnexState::loaded && !is_half_way(annex_.state)) return stale();
    const AnnexState before = annex_.state;
    const auto free = house_.store.read([&](db::Reader& reader) -> Result<void> {
      standing_ = past_years_sql::figures(reader, house_.catalogue, annex_.id);
      for (const AnnexFigure& one : standing_)
        if (auto good = as_written(reader, one); !good) return std::unexpected(good.error());
      return {};
    });
    if (!free) return std::unexpected(free.error());
    const std::vector<AnnexFigure> all = standing_;
    const auto whole = static_cast<std::size_t>(is_half_way(before) ? annex_.figures_wanted : static_cast<std::int64_t>(all.size()));
    const auto taken_back = [&](Result<std::size_t> done) -> Result<std::size_t> { return done ? Result<std::size_t>(all.size()) : done; };
    if (all.size() <= size_of_slice()) return taken_back(at_once(AnnexState::taking_back, whole, [&](db::Writer& writer) -> Result<void> {
        if (auto back = take_back_slice(writer, all.size()); !back) return back;
        return end_withdrawing(writer, all);
      }));
    if (auto begun = begin(AnnexState::taking_back, whole, tr(Language::vietnamese, "Bắt đầu khôi phục như cũ {} số của {} từ phụ lục báo cáo số {}", all.size(), period(), annex_.report_number));
        !begun)
      return std::unexpected(begun.error());
    while (!standing_.empty())
      if (auto going = backward(); !going) return forward_again(going.error(), all, before);
    return taken_back(settled(in_one([&](db::Writer& writer) { return end_withdrawing(writer, all); })));
  }

 private:
  std::size_t size_of_slice() const { return course_.slice != 0 ? course_.slice : slice_.now(); }
  std::string period() const { return house_.periods.label(annex_.period, Language::vietnamese); }
  std::string label(Series series) const { return house_.catalogue.label(series, current_language()); }
  const std::string& name(BodyId body) const { return house_.organisation.current()->body(body).on(annex_.period.period.last).name; }
  void tell(db::Writer& writer, std::string_view action, std::string summary, std::span<const AnnexFigure> figures) const {
    house_.trail.write(writer, viewer_, annex_.body, "past_annex", annex_.id.value, action, {}, audit_json(std::move(summary), annex_, figures));
  }

  // ---- transactions; what they changed here counts only when they were kept
  template <class Work>
  Result<void> in_one(Work work) {
    const auto before = standing_;
    auto done = house_.store.write([&](db::Writer& writer) -> Result<void> {
      standing_ = before;
      if (!past_years_sql::touch(writer, annex_.id, annex_.row_version, house_.clock.now_ms())) return stale();
      return work(writer);
    });
    if (!done) standing_ = before;
    return done;
  }
  template <class Work>
  Result<std::size_t> at_once(AnnexState state, std::size_t wanted, Work work) {
    const auto before = standing_;
    auto done = house_.store.write([&](db::Writer& writer) -> Result<void> {
      standing_ = before;
      if (!past_years_sql::begin(writer, annex_, state, static_cast<std::int64_t>(wanted), now_)) return stale();
      return work(writer);
    });
    return settled(std::move(done));
  }
  Result<void> begin(AnnexState state, std::size_t wanted, const std::string& summary) {
    auto begun = house_.store.write([&](db::Writer& writer) -> Result<void> {
      if (!past_years_sql::begin(writer, annex_, state, static_cast<std::int64_t>(wanted), house_.clock.now_ms())) return stale();
      std::vector<AnnexFigure> figures;
      if (state == AnnexState::taking_back) figures = standing_;
      else for (const AnnexCell& cell : to_write_) figures.push_back({cell.body, cell.from.series, cell.from.extent, cell.from.value, cell.stored, 0});
      tell(writer, state == AnnexState::loading ? "begin_load" : "begin_undo", summary, figures);
      return {};
    });
    if (begun) {
      ++annex_.row_version;
      annex_.state = state;
    }
    return begun;
  }
  Result<std::size_t> settled(Result<void> done) {
    if (!done) return std::unexpected(done.error());
    if (auto good = restructures_.settle({viewer_.user(), now_, {}}); !good) return std::unexpected(good.error());
    return standing_.size();
  }
  template <class Work>
  Result<void> timed(Work work) {
    const auto began = std::chrono::steady_clock::now();
    auto done = in_one(work);
    slice_.took(std::chrono::steady_clock::now() - began);
    if (done && course_.goes_on && !course_.goes_on(standing_.size())) return refuse("annex.stopped", tr("Việc ghi đã dừng giữa chừng."));
    return done;
  }

  // ---- the way there
  Result<void> forward() {
    const std::size_t count = std::min(size_of_slice(), to_write_.size());
    auto done = timed([&](db::Writer& writer) { return write_slice(writer, count); });
    if (done) to_write_.erase(to_write_.begin(), to_write_.begin() + static_cast<std::ptrdiff_t>(count));
    return done;
  }
  Result<void> write_slice(db::Writer& writer, std::size_t count) {
    say_way(writer, "past_years", annex_.id.value);
    const auto now_tree = house_.organisation.current();
    const std::size_t there = standing_.size();
    for (const AnnexCell& cell : std::span(to_write_).first(count)) {
      if (now_tree != tree_ && association_of(*now_tree, cell.from.unit, annex_.period.period.last) != cell.body)
        return refuse("annex.stale", tr("Tổ chức Hội vừa được thay đổi. Xin xem lại phụ lục."));
      const auto stated = house_.statements.state(writer, cell.body, cell.from.series, annex_.period.period, cell.from.value, cell.version, Arrival::within, viewer_.user(), now_,
                                                  cell.from.extent);
      if (!stated) return refuse(stated.error().code, tr("{}, “{}”: {}", name(cell.body), label(cell.from.series), stated.error().message));
      standing_.push_back({cell.body, cell.from.series, cell.from.extent, cell.from.value, cell.stored, stated->statement.row_version});
    }
    past_years_sql::add_figures(writer, house_.catalogue, annex_.id, static_cast<std::int64_t>(there), std::span(standing_).subspan(there));
    return {};
  }
  Result<void> end_loading(db::Writer& writer, const AnnexPlan& plan) {
    past_years_sql::keep_explanations(writer, house_.catalogue, annex_.id, explanations_of(plan));
    past_years_sql::set_state(writer, annex_.id, AnnexState::loaded, viewer_.user(), now_);
    carry_over(house_, restructures_, writer, viewer_.user(), now_);
    tell(writer, "load", tr(Language::vietnamese, "Nạp {} số của {} từ phụ lục báo cáo số {}", standing_.size(), period(), annex_.report_number), standing_);
    return {};
  }

  // ---- the way back
  Result<Statement> as_written(db::Reader& reader, const AnnexFigure& one) const {
    const auto stated = house_.statements.find(reader, one.body, one.series, annex_.period.period, one.extent);
    if (stated && stated->value == one.value && stated->row_version == one.written_version) return *stated;
    return refuse("annex.depends", tr("Không khôi phục được vì “{}” của {} đã được sửa thành {} sau khi nạp.", label(one.series), name(one.body),
                                      stated && stated->value ? number_text(*stated->value) : tr("chưa báo cáo")));
  }
  Result<void> backward() {
    return timed([&, count = std::min(size_of_slice(), standing_.size())](db::Writer& writer) { return take_back_slice(writer, count); });
  }
  Result<void> take_back_slice(db::Writer& writer, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const AnnexFigure& one = standing_.back();
      if (auto stated = as_written(writer, one); !stated) return std::unexpected(stated.error());
      const auto back = house_.statements.state(writer, one.body, one.series, annex_.period.period, one.before, one.written_version, Arrival::within, viewer_.user(), now_, one.extent);
      if (!back) return std::unexpected(back.error());
      standing_.pop_back();
    }
    past_years_sql::remove_figures(writer, annex_.id, static_cast<std::int64_t>(standing_.size()));
    return {};
  }
  Result<void> end_withdrawing(db::Writer& writer, std::span<const AnnexFigure> all) {
    past_years_sql::set_state(writer, annex_.id, AnnexState::withdrawn, viewer_.user(), now_);
    carry_over(house_, restructures_, writer, viewer_.user(), now_);
    tell(writer, "undo", tr(Language::vietnamese, "Khôi phục như cũ: {} số của {} từ phụ lục báo cáo số {}", all.size(), period(), annex_.report_number), all);
    return {};
  }

  // ---- what was refused on the way goes back the way it came; whoever stopped, or was taken over by somebody else, leaves it
  static bool is_left(const Refusal& why) { return why.code == "annex.stopped"; }
  std::unexpected<Refusal> back_to_draft(const Refusal& why) {
    if (is_left(why)) return std::unexpected(why);
    while (!standing_.empty())
      if (!backward()) return std::unexpected(why);
    static_cast<void>(in_one([&](db::Writer& writer) -> Result<void> {
      past_years_sql::go_back_to(writer, annex_.id, AnnexState::draft);
      tell(writer, "give_up_load", tr(Language::vietnamese, "Thôi nạp phụ lục báo cáo số {}: các số đã ghi trở lại như cũ", annex_.report_number), {});
      return {};
    }));
    return std::unexpected(why);
  }
  std::unexpected<Refusal> forward_again(const Refusal& why, std::span<const AnnexFigure> all, AnnexState before) {
    if (is_left(why) || is_half_way(before)) return std::unexpected(why);
    while (standing_.size() < all.size()) {
      const auto missing = all.subspan(standing_.size()).first(std::min(size_of_slice(), all.size() - standing_.size()));
      if (!timed([&](db::Writer& writer) { return write_again(writer, missing); })) return std::unexpected(why);
    }
    static_cast<void>(in_one([&](db::Writer& writer) -> Result<void> {
      past_years_sql::go_back_to(writer, annex_.id, before);
      tell(writer, "give_up_undo", tr(Language::vietnamese, "Thôi khôi phục phụ lục báo cáo số {}: các số của phụ lục vẫn như đã nạp", annex_.report_number), standing_);
      return {};
    }));
    return std::unexpected(why);
  }
  Result<void> write_again(db::Writer& writer, std::span<const AnnexFigure> missing) {
    const std::size_t there = standing_.size();
    for (AnnexFigure one : missing) {
      const auto stated = house_.statements.find(writer, one.body, one.series, annex_.period.period, one.extent);
      if (!stated || stated->value != one.before || stated->row_version != one.written_version + 1) return stale();
      const auto again = house_.statements.state(writer, one.body, one.series, annex_.period.period, one.value, stated->row_version, Arrival::within, viewer_.user(), now_, one.extent);
      if (!again) return std::unexpected(again.error());
      one.written_version = again->statement.row_version;
      standing_.push_back(one);
    }
    past_years_sql::add_figures(writer, house_.catalogue, annex_.id, static_cast<std::int64_t>(there), std::span(standing_).subspan(there));
    return {};
  }

  House& house_;
  const Viewer& viewer_;
  const AnnexCourse& course_;
  Annex annex_;
  Restructures restructures_;
  SliceSize slice_;
  OrganisationView tree_;
  std::int64_t now_ = 0;
  std::vector<AnnexCell> to_write_;
  std::vector<AnnexFigure> standing_;
};

}  // namespace

Result<std::size_t> load_annex(House& house, const Viewer& viewer, const Annex& seen, const AnnexCourse& course) { return AnnexOnItsWay(house, viewer, seen, course).load(); }
Result<std::size_t> withdraw_annex(House& house, const Viewer& viewer, const Annex& seen, const AnnexCourse& course) { return AnnexOnItsWay(house, viewer, seen, course).withdraw(); }

bool is_under_way(const Annex& annex, std::int64_t now_ms) { return is_half_way(annex.state) && now_ms - annex.moved_ms < dead_after_ms; }

}  // namespace khuyenhoc
