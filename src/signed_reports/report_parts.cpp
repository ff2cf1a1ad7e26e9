#include "signed_reports/report_parts.h"

#include <algorithm>

#include "committees/committees.h"
#include "measures/answering.h"
#include "organisation/number_register.h"
#include "signed_reports/notice_queries.h"
#include "signed_reports/version_queries.h"

namespace khuyenhoc {
namespace signed_reports {

RegionTotals region_totals(const LedgerView& view, const std::string& family, Period period, BodyId body) {
  RegionTotals out;
  const auto standing = standing_of(view, {body, period, period.last, Lens::official});
  if (!standing) return out;
  const Catalogue& catalogue = *view.catalogue;
  for (const BodyId one : view.closed->bodies(family)) {
    const auto label = view.organisation->find(one) ? label_of(view, *standing->axis, one) : std::nullopt;
    if (!label || *label < standing->range.first || *label >= standing->range.end) continue;
    const ClosedRound* round = round_shown(view, family, period, one, MeasureKind::stock);
    if (!round) continue;
    const bool carried = round->period != period;
    for (const auto& [series, amount] : round->figures)
      if (!carried || is_level(catalogue.measure(catalogue.measure_of(series)).kind)) out.totals[series] += amount;
    if (one != body) out.children.push_back({one, round->id, round->period, carried});
  }
  std::ranges::sort(out.children, {}, &UsedChild::closing);
  return out;
}

LedgerView view_with(const House& house, std::shared_ptr<const ClosedRounds> closed, std::span<const FrozenReport> more) {
  auto with = std::make_shared<ClosedRounds>(*closed);
  for (const FrozenReport& report : more) {
    for (const FrozenReport::Part& part : report.parts) {
      with->add(part.round);
      for (const BodyId covered : part.covers)
        if (with->of(part.round->family, part.round->period, covered))
          with->add(std::make_shared<const ClosedRound>(ClosedRound{0, part.round->family, part.round->period, covered, 0, 0, {}}));
    }
  }
  LedgerView view = house.ledger.view();
  view.closed = std::move(with);
  return view;
}

std::vector<RoundReport> received_below(db::Reader& reader, const RoundReport& report) {
  auto out = reports_sent_to(reader, report.body, report.form, report.window);
  std::erase_if(out, [](const RoundReport& one) { return one.level == BodyKind::Level::branch || one.state != ReportState::received; });
  return out;
}

std::vector<RoundReport> reports_above(db::Reader& reader, const RoundReport& report) {
  std::vector<RoundReport> out;
  constexpr std::size_t highest = 8;
  for (BodyId above = report.sends_to; above && out.size() < highest; above = out.back().sends_to) {
    auto one = report_in_window(reader, above, report.form, report.window);
    if (!one) break;
    out.push_back(std::move(*one));
  }
  return out;
}

std::string name_of(const House& house, BodyId body, Day day) { return house.organisation.current()->body(body).on(day).name; }

std::string report_name(const House& house, const RoundReport& report) {
  return tr("báo cáo {} của {}", house.periods.label(report.window, current_language()), name_of(house, report.body, report.window.last));
}

void tell(db::Writer& writer, const House& house, const Viewer& viewer, const RoundReport& report, std::string_view action, const std::string& summary, const std::string& reason) {
  house.trail.write(writer, viewer, report.body, "report", report.id.value, action, {}, fmt::format(R"({{"summary":{}}})", json_text(summary)), reason);
}

namespace {

void put_text(std::string& out, std::string_view text) { out += fmt::format("{}:{}\n", text.size(), text); }

// Everything a signature stands for, in one fixed order; lengths stand before texts, so that nothing can be moved between them.
std::string canonical(const SignedVersion& version, const version_sql::StoredContent& content) {
  std::string out = fmt::format("report version 1\n{} {} {} {} {}\n{} {}\n{} {} {}\n{} {} {} {}\n", version.id.value, version.report.value, version.body.value, version.version, static_cast<std::int64_t>(version.kind),
                                version.period.first.iso(), version.period.last.iso(), version.numbered_by.value, version.number, version.signed_day.iso(), version.by.value,
                                version.on_behalf_of ? version.on_behalf_of->value : 0, version.holding, version.at_ms);
  for (const std::string* text : {&version.family, &version.number_text, &version.signer_name, &version.basis, &version.reason}) put_text(out, *text);
  for (const std::string& line : version.authority) put_text(out, line);
  for (const std::int64_t closing : version.closings) out += fmt::format("closing {}\n", closing);
  for (const auto& [series, amount] : content.own) out += fmt::format("own {} {}\n", series, amount);
  for (const UsedChild& child : content.children) out += fmt::format("child {} {} {}\n", child.body.value, child.closing, child.carried ? 1 : 0);
  for (const auto& [series, amount] : content.totals) out += fmt::format("total {} {}\n", series, amount);
  for (const FrozenText& text : content.texts)
    for (const std::string* part : {&text.code, &text.heading, &text.markdown}) put_text(out, *part);
  return out;
}

}  // namespace

std::optional<Day> term_began(db::Reader& reader, BodyId body, Day day) {
  for (const CommitteeTerm& term : terms_of(reader, body))
    if (term.kind == CommitteeKind::executive && term.on(day)) return term.from;
  return std::nullopt;
}

Result<SignedVersion> signed_frame(db::Writer& writer, const House& house, const Viewer& viewer, const RoundReport& report, std::int64_t holding) {
  const OrganisationView organisation = house.organisation.current();
  const Day today = viewer.today();
  const auto office = body_that_signs(*organisation, viewer, report, today);
  if (!office) return refuse("signed.may_not", tr("Chỉ người được giao ký của đơn vị mới ký được báo cáo này."));
  SignedVersion out;
  const auto signers = who_may_sign(writer, *organisation, *office, "bao_cao", today);
  const auto chosen = std::ranges::find_if(signers, [&](const MaySign& one) { return holding != 0 ? one.holding.id == holding : one.holding.user == viewer.user(); });
  if (chosen != signers.end()) {
    out.holding = chosen->holding.id;
    out.signer_name = chosen->holding.person_name;
    out.authority = chosen->authority;
    out.basis = chosen->basis;
  } else if (holding != 0) {
    return refuse("signing.may_not", tr("Người này không ký được báo cáo của đơn vị vào ngày {}. Xin chọn lại người ký.", today.text()), "nguoi-ky");
  } else if (!signers.empty()) {
    out.holding = signers.front().holding.id;
    out.signer_name = signers.front().holding.person_name;
    out.authority = signers.front().authority;
    out.basis = signers.front().basis;
  } else {                               // nobody stands in the register of posts: whoever is signed in, in the head's capacity
    out.signer_name = viewer.name();
    out.authority = {head_in_capitals(writer, *organisation, *office, today)};
  }
  out.id = house.store.new_id<ReportVersionId>();
  out.report = report.id;
  out.body = report.body;
  out.family = report.form;
  out.period = report.window;
  out.version = version_sql::last_number(writer, report.id) + 1;
  out.numbered_by = *office;
  const PaperNumber number = take_paper_number(writer, *organisation, *office, "bao_cao", today, term_began(writer, *office, today), "report_version", out.id.value);
  out.number = number.number;
  out.number_text = number.text;
  out.signed_day = today;
  out.by = viewer.user();
  out.on_behalf_of = viewer.on_behalf_of();
  out.at_ms = house.clock.now_ms();
  return out;
}

SignedVersion keep_version(db::Writer& writer, const House& house, SignedVersion version, const FrozenReport& frozen, std::vector<FrozenText> texts) {
  const LedgerView view = view_with(house, closed_rounds_now(writer, house.ledger, version.family), {&frozen, 1});
  RegionTotals region = region_totals(view, version.family, version.period, version.body);
  version.closings = frozen.closings();
  std::erase_if(region.children, [&](const UsedChild& child) { return child.closing == 0 || std::ranges::find(version.closings, child.closing) != version.closings.end(); });
  version_sql::StoredContent content;
  const auto stored = [&](const auto& amounts) {
    version_sql::StoredAmounts out;
    for (const auto& [series, amount] : amounts) out.emplace_back(house.ledger.stored_series(series), amount);
    std::ranges::sort(out);
    return out;
  };
  content.own = stored(frozen.parts.front().round->figures);
  content.totals = stored(region.totals);
  content.children = std::move(region.children);
  content.texts = std::move(texts);
  version.digest = crypto::digest(crypto::bytes_of(canonical(version, content)));
  version_sql::insert(writer, version, content);
  return version;
}

void tell_above(db::Writer& writer, const House& house, const Viewer& viewer, const RoundReport& report, const SignedVersion& version, const std::string& reason) {
  for (const RoundReport& above : reports_above(writer, report)) {
    if (above.state != ReportState::sent && above.state != ReportState::received && above.state != ReportState::closed) continue;
    const auto signed_above = last_version(writer, above.id);
    if (!signed_above || version_sql::has_child(writer, signed_above->id, version.closings.front())) continue;
    tell_report_event(writer, house, viewer, above, ReportStep::adjusted, reason);
    notice_sql::insert(writer, {house.store.new_id(), above.id, report.id, version.id, house.clock.now_ms(), reason});
  }
}

Result<void> close_one(db::Writer& writer, const House& house, const Viewer& viewer, const RoundReport& report) {
  const auto version = last_version(writer, report.id);
  if (!version) return refuse("signed.no_version", tr("Báo cáo của {} chưa có bản ký, nên chưa chốt được. Xin đề nghị đơn vị ký và gửi lại.", name_of(house, report.body, report.window.last)));
  if (auto done = take_step(writer, house, viewer, report.id, ReportStep::close, report.row_version); !done) return std::unexpected(done.error());
  if (auto put = put_in_force(writer, house.ledger, version->closings, viewer.user(), house.clock.now_ms()); !put) return put;
  tell_above(writer, house, viewer, report, *version, tr(Language::vietnamese, "{} chốt số liệu sau khi báo cáo này đã ký (báo cáo số {}).", name_of(house, report.body, report.window.last), version->number_text));
  return {};
}

}  // namespace signed_reports

using namespace signed_reports;

bool is_as_signed(db::Reader& reader, const SignedVersion& version) {
  const std::string bytes = canonical(version, version_sql::content(reader, version));
  return crypto::digest(crypto::bytes_of(bytes)) == version.digest;
}

std::int64_t VersionContent::total(Series series) const {
  const auto at = std::ranges::lower_bound(totals, series, {}, [](const auto& entry) { return entry.first; });
  return at != totals.end() && at->first == series ? at->second : 0;
}

VersionContent content_of(db::Reader& reader, const Ledger& ledger, const SignedVersion& version) {
  version_sql::StoredContent stored = version_sql::content(reader, version);
  VersionContent out;
  const auto put = [&](auto& into, const version_sql::StoredAmounts& amounts) {
    for (const auto& [number, amount] : amounts)
      if (const auto series = ledger.series_of_stored(number)) into.emplace_back(*series, amount);
    std::ranges::sort(into);
  };
  put(out.own, stored.own);
  put(out.totals, stored.totals);
  out.children = std::move(stored.children);
  out.texts = std::move(stored.texts);
  return out;
}

LedgerView view_as_signed(db::Reader& reader, const House& house, const SignedVersion& version) {
  std::vector<std::int64_t> closings;
  for (const UsedChild& child : version_sql::content(reader, version).children) closings.push_back(child.closing);
  auto closed = std::make_shared<ClosedRounds>();
  for (const auto& part : frozen_report(reader, house.ledger, closings).parts) closed->add(part.round);
  for (const auto& part : frozen_report(reader, house.ledger, version.closings).parts) closed->add(part.round);
  LedgerView view = house.ledger.view();
  view.closed = std::move(closed);
  return view;
}

LedgerView prospective_view(db::Reader& reader, const House& house, const RoundReport& report) {
  std::vector<FrozenReport> more;
  for (const RoundReport& below : received_below(reader, report))
    if (const auto version = last_version(reader, below.id)) more.push_back(frozen_report(reader, house.ledger, version->closings));
  const bool is_signed = report.state == ReportState::sent || report.state == ReportState::received || report.state == ReportState::closed;
  const auto own_version = is_signed ? last_version(reader, report.id) : std::nullopt;
  if (own_version) {
    more.push_back(frozen_report(reader, house.ledger, own_version->closings));
  } else if (auto own = figures_to_freeze(reader, house.ledger, report.form, report.window, report.body)) {
    more.push_back(std::move(*own));
  }
  return view_with(house, closed_rounds_now(reader, house.ledger, report.form), more);
}

std::optional<BodyId> body_that_signs(const Organisation& organisation, const Viewer& viewer, const RoundReport& report, Day today) {
  const ReportsFor how = reports_for(organisation, report, today);
  if (!viewer.may(Permission::sign, report.body)) return std::nullopt;
  if (how.manner == ReportsFor::Manner::itself) return report.body;
  if (how.manner == ReportsFor::Manner::part_of_heirs) return std::nullopt;
  if (std::ranges::find(how.heirs, viewer.acting_for()) != how.heirs.end()) return viewer.acting_for();
  for (const BodyId heir : how.heirs)
    if (viewer.may(Permission::sign, heir)) return heir;
  return std::nullopt;
}

Url signed_report_page(ReportId report) { return html::path("/bao-cao-ky/{}", report); }

}  // namespace khuyenhoc
