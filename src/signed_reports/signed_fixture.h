// For tests: a round over the small commune's province, and the steps of its people, each in a transaction of its own.
#pragma once

#include <gmock/gmock.h>

#include "reporting/reporting_fixture.h"
#include "signed_reports/signed_reports.h"

namespace khuyenhoc {

class OnSmallRound : public OnSmallHouse {
 protected:
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    small->organisation.on_change([this](OrganisationView now) { small->ledger->organisation_changed(std::move(now)); });
    join_rounds(*small->house);
  }
  House& house() { return *small->house; }
  // Who works on a body's report: its own people, or those of its heir.
  BodyId desk(BodyId body) const { return desks.contains(body) ? desks.at(body) : body; }
  std::map<BodyId, BodyId> desks;
  Viewer holder(BodyId body, std::vector<Permission> permissions, UserId user, std::string name) {
    ViewerData data;
    data.user = user;
    data.name = std::move(name);
    data.acting_for = body;
    data.units = {{body, "Thư ký"}};
    for (const Permission permission : permissions) data.grants.push_back({permission, Grant::Reach::subtree, {body}});
    data.today = small->clock.today();
    return Viewer(data, small->organisation.current());
  }
  Viewer secretary(BodyId body) { return holder(body, {Permission::see_figures, Permission::enter_figures, Permission::see_names}, UserId{8}, "Bà Trần Kim Liên"); }
  Viewer chairman(BodyId body) { return holder(body, {Permission::see_figures, Permission::see_names, Permission::sign, Permission::receive}, UserId{9}, "Ông Y Bhiông Niê"); }
  template <class Body>
  auto write(Body body) { return store().write([&](db::Writer& writer) { return body(writer); }); }
  template <class Body>
  auto read(Body body) { return store().read([&](db::Reader& reader) { return body(reader); }); }

  RoundId open(BodyId office, const NamedPeriod& period) {
    NewRound given;
    given.office = office;
    given.form = "bao_cao";
    given.period = period;
    given.form_versions = {FormVersionId{11}};
    given.due = {.centre = {}, .province = period.period.last + 20, .commune = period.period.last + 10, .branch = period.period.last + 5};
    const auto done = write([&](db::Writer& writer) { return open_round(writer, house(), chairman(office), given); });
    EXPECT_TRUE(done) << done.error().message;
    return done ? done->id : RoundId{};
  }
  RoundReport report(RoundId round, BodyId body) {
    auto found = read([&](db::Reader& reader) { return report_of(reader, round, body); });
    EXPECT_TRUE(found);
    return found.value_or(RoundReport{});
  }
  Result<RoundReport> submit(RoundId round, BodyId body) {
    const RoundReport now = report(round, body);
    return write([&](db::Writer& writer) -> Result<RoundReport> {
      std::map<std::string, std::string> reasons;
      for (const ReportFinding& one : check_report(writer, house(), now, small->clock.today())) reasons[one.key] = "Đã đối chiếu với sổ của chi hội.";
      return submit_report(writer, house(), secretary(desk(body)), now.id, now.row_version, reasons);
    });
  }
  Result<SignedVersion> sign(RoundId round, BodyId body) {
    const RoundReport now = report(round, body);
    return write([&](db::Writer& writer) { return sign_report(writer, house(), chairman(desk(body)), {now.id, now.row_version, 0}); });
  }
  Result<RoundReport> receive(RoundId round, BodyId body) {
    const RoundReport now = report(round, body);
    return write([&](db::Writer& writer) { return receive_report(writer, house(), chairman(now.sends_to), now.id, now.row_version); });
  }
  Result<ManyOutcome> close(RoundId round, BodyId body) {
    const RoundReport now = report(round, body);
    return write([&](db::Writer& writer) { return close_reports(writer, house(), chairman(now.sends_to), now.sends_to, now.form, now.window, {now.id}); });
  }
  Result<SignedVersion> adjust(RoundId round, BodyId body, BodyId at, const std::string& measure, std::optional<std::int64_t> now) {
    const RoundReport report_now = report(round, body);
    return write([&](db::Writer& writer) -> Result<SignedVersion> {
      auto draft = begin_adjustment(writer, house(), secretary(desk(body)), report_now.id, "Đối chiếu lại với sổ.");
      if (!draft) return std::unexpected(draft.error());
      draft = put_cell(writer, house(), secretary(desk(body)), draft->id, draft->row_version, {at, measure, {}, now, "Ghi nhầm."});
      if (draft) draft = submit_adjustment(writer, house(), secretary(desk(body)), draft->id, draft->row_version, {});
      if (!draft) return std::unexpected(draft.error());
      return sign_adjustment(writer, house(), chairman(desk(body)), draft->id, draft->row_version);
    });
  }
  // "190", or the code of the refusal.
  std::string official(BodyId body, std::string_view code, const NamedPeriod& period, std::optional<Day> tree = std::nullopt) {
    const auto answer = Figures(house().ledger.view()).figure(small->index(code), {body, period.period, tree.value_or(period.period.last), Lens::official});
    return answer ? std::to_string(answer->value) : answer.error().code;
  }
  Differences apart(RoundId round, BodyId body) {
    const RoundReport now = report(round, body);
    return read([&](db::Reader& reader) { return differences(reader, house(), now); });
  }
};

}  // namespace khuyenhoc
