#include "world/round_desk.h"

#include <map>

#include "forms/forms.h"
#include "platform/log/log.h"

namespace khuyenhoc::world {

RoundReport RoundDesk::report(BodyId body) const {
  return world_.house.store.read([&](db::Reader& reader) { return report_of(reader, round_, body).value_or(RoundReport{}); });
}

Result<void> RoundDesk::write_words(const ViewerData& who, std::int64_t at_ms, BodyId body, std::string_view of, std::uint64_t key) {
  Sitting sitting(world_, who, at_ms);
  House& house = sitting.house();
  const OrganisationView organisation = house.organisation.current();
  const BodyVersion& version = organisation->body(body).on(sitting.today());
  const std::string name = version.area ? world_.territory().unit(version.area).on(sitting.today()).running_name() : version.short_name;
  const RoundReport now = report(body);
  return sitting.write([&](db::Writer& writer) -> Result<void> {
    for (const NarrativeBlock& block : blocks_of(writer, house, now)) {
      const std::string markdown = script_.block(of, block.code, name, world_.chance, key);
      if (markdown.empty()) continue;
      if (auto done = save_text(writer, house, sitting.viewer(), now.id, block.code, markdown, 0); !done) return std::unexpected(done.error());
    }
    return {};
  });
}

Result<void> RoundDesk::submit(const ViewerData& who, std::int64_t at_ms, BodyId body, std::uint64_t key) {
  Sitting sitting(world_, who, at_ms);
  House& house = sitting.house();
  const RoundReport now = report(body);
  const TextFindings words = [&house](db::Reader& reader, const RoundReport& of) { return text_findings(reader, house, of); };
  std::map<std::string, std::string> reasons;
  for (const ReportFinding& one : house.store.read([&](db::Reader& reader) { return check_report(reader, house, now, sitting.today(), words); })) {
    if (one.severity == Check::Severity::error) {
      log::info("world: a report stays at its desk: {} {}", one.title, one.message);
      return {};
    }
    reasons[one.key] = script_.reason(one.measure, one.key.ends_with(":unreported"), world_.chance, key);
  }
  const auto done = sitting.write([&](db::Writer& writer) { return submit_report(writer, house, sitting.viewer(), now.id, now.row_version, reasons, words); });
  if (!done) return std::unexpected(done.error());
  return {};
}

Result<void> RoundDesk::hand_to_head(const ViewerData& who, std::int64_t at_ms, BodyId body) {
  const RoundReport now = report(body);
  Sitting sitting(world_, who, at_ms);
  const auto done = sitting.write([&](db::Writer& writer) { return take_step(writer, sitting.house(), sitting.viewer(), now.id, ReportStep::submit, now.row_version); });
  if (!done) return std::unexpected(done.error());
  return {};
}

Result<void> RoundDesk::sign(const ViewerData& who, std::int64_t at_ms, BodyId body) {
  const RoundReport now = report(body);
  if (now.state != ReportState::waiting_for_head) return {};
  Sitting sitting(world_, who, at_ms);
  House& house = sitting.house();
  const auto done = sitting.write([&](db::Writer& writer) {
    return sign_report(writer, house, sitting.viewer(), {now.id, now.row_version, 0}, [&house](db::Reader& reader, const RoundReport& of) { return frozen_texts(reader, house, of); },
                       [&house](db::Reader& reader, const RoundReport& of) { return text_findings(reader, house, of); });
  });
  if (!done) return std::unexpected(done.error());
  return {};
}

Result<void> RoundDesk::receive(const ViewerData& who, std::int64_t at_ms, BodyId body) {
  const RoundReport now = report(body);
  if (now.state != ReportState::sent) return {};
  Sitting sitting(world_, who, at_ms);
  const auto done = sitting.write([&](db::Writer& writer) { return receive_report(writer, sitting.house(), sitting.viewer(), now.id, now.row_version); });
  if (!done) return std::unexpected(done.error());
  return {};
}

Result<void> RoundDesk::close(const ViewerData& who, std::int64_t at_ms, BodyId body) {
  const RoundReport now = report(body);
  if (now.state != ReportState::received) return {};
  Sitting sitting(world_, who, at_ms);
  const auto done = sitting.write([&](db::Writer& writer) { return close_reports(writer, sitting.house(), sitting.viewer(), now.sends_to, now.form, now.window, {now.id}); });
  if (!done) return std::unexpected(done.error());
  return {};
}

Result<void> RoundDesk::send_back(const ViewerData& who, std::int64_t at_ms, BodyId body, const RoundScript::Return& why) {
  const RoundReport now = report(body);
  if (now.state != ReportState::sent && now.state != ReportState::received) return {};
  std::vector<ReportRemark> remarks;
  if (why.cell) remarks.push_back({ReportRemark::On::cell, body, why.cell->at, why.cell->reason});
  if (why.text) remarks.push_back({ReportRemark::On::text, body, why.text->at, why.text->reason});
  Sitting sitting(world_, who, at_ms);
  const auto done = sitting.write([&](db::Writer& writer) { return ask_correction(writer, sitting.house(), sitting.viewer(), now.id, now.row_version, why.reason, remarks); });
  if (!done) return std::unexpected(done.error());
  return {};
}

Result<void> RoundDesk::take_back(const ViewerData& who, std::int64_t at_ms, BodyId body, const std::string& why) {
  const RoundReport now = report(body);
  if (now.state != ReportState::waiting_for_head) return {};
  Sitting sitting(world_, who, at_ms);
  const auto done = sitting.write([&](db::Writer& writer) { return give_back_inside(writer, sitting.house(), sitting.viewer(), now.id, now.row_version, why); });
  if (!done) return std::unexpected(done.error());
  return {};
}

Result<void> RoundDesk::confirm_by_head(std::int64_t at_ms, BodyId branch, const std::string& name) {
  const RoundReport now = report(branch);
  if (!now.id) return {};
  ViewerData head;
  head.name = name;
  head.acting_for = branch;
  head.units = {{branch, "Chi hội trưởng"}};
  head.grants = {{Permission::enter_figures, Grant::Reach::alone, {branch}}};
  Sitting sitting(world_, head, at_ms);
  const auto done = sitting.write([&](db::Writer& writer) { return take_step(writer, sitting.house(), sitting.viewer(), now.id, ReportStep::send, now.row_version); });
  if (!done) return std::unexpected(done.error());
  return {};
}

Result<void> RoundDesk::confirm_for(const ViewerData& office, std::int64_t at_ms, BodyId branch, const std::string& how) {
  const RoundReport now = report(branch);
  if (!now.id) return {};
  Sitting sitting(world_, office, at_ms);
  const auto done = sitting.write([&](db::Writer& writer) { return take_step(writer, sitting.house(), sitting.viewer(), now.id, ReportStep::send, now.row_version, {{}, how}); });
  if (!done) return std::unexpected(done.error());
  return {};
}

Result<RoundId> open_for(World& world, const ViewerData& who, std::int64_t at_ms, NewRound given) {
  Sitting sitting(world, who, at_ms);
  const House& house = sitting.house();
  const auto done = sitting.write([&](db::Writer& writer) -> Result<ReportingRound> {
    if (given.form_versions.empty()) given.form_versions = pins_in_force(writer, house, given.form, given.office, given.period.period.last, PinBelow::yes).versions;
    return open_round(writer, house, sitting.viewer(), given);
  });
  if (!done) return std::unexpected(done.error());
  return done->id;
}

}  // namespace khuyenhoc::world
