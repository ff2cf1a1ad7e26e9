// Wrong workbooks go back as they were filled in, marked, with a message ready for Zalo.
#include "base/i18n.h"
#include "round_workbooks/round_workbooks_queries.h"
#include "round_workbooks/work.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t places_told = 3;

std::vector<std::string> first_places(const std::string& places) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from < places.size() && out.size() < places_told;) {
    const std::size_t end = std::min(places.find('\n', from), places.size());
    std::string place = places.substr(from, end - from);
    while (place.ends_with('.')) place.pop_back();
    out.push_back(std::move(place));
    from = end + 1;
  }
  return out;
}

}  // namespace

Result<MarkedWorkbook> marked_workbook(const House& house, const Viewer& viewer, const WorkbookIntake& intake, const IntakeFile& file) {
  auto view = view_of_file(house, viewer, intake, file);
  if (!view) return std::unexpected(view.error());
  const LanguageScope in_vietnamese(Language::vietnamese);
  WorkbookCells typed = std::move(view->plan.contents);
  typed.merge(view->plan.accepted);                      // good rows go back as they were typed, too: nothing of this workbook was written
  const WorkbookLetter letter = house.store.read([&](db::Reader& reader) {
    const auto round = find_round(reader, intake.round);
    return round ? workbook_letter(house, reader, *round, file.body, viewer.today()) : WorkbookLetter{};
  });
  auto bytes = write_entry_workbook(house, view->sheet, typed, letter);
  if (!bytes) return std::unexpected(bytes.error());
  const std::string name = entry_workbook_name(house, view->sheet);
  return MarkedWorkbook{name.substr(0, name.rfind('.')) + " - cần sửa.xlsx", std::move(*bytes)};
}

std::string give_back_message(const House& house, db::Reader& reader, const Viewer& viewer, const ReportingRound& round, const IntakeFile& file, const std::string& head_name) {
  const LanguageScope in_vietnamese(Language::vietnamese);
  const std::string name = house.organisation.current()->body(file.body).on(viewer.today()).name;
  const bool addressed = head_name.starts_with("Ông ") || head_name.starts_with("Bà ");
  std::string out = tr("Kính gửi {}.", head_name.empty() ? name : addressed ? inside_sentence(head_name) : tr("ông/bà {}", head_name)) + " ";
  if (file.verdict == WorkbookVerdict::to_mend) {
    const auto places = first_places(file.places);
    out += tr("Sổ “{}” của {} còn {} chỗ cần sửa: ", round.title, name, file.problems);
    for (std::size_t i = 0; i < places.size(); ++i) out += fmt::format("{}({}) {}", i == 0 ? "" : "; ", i + 1, places[i]);
    if (file.problems > places.size()) out += tr("; và {} chỗ khác", file.problems - places.size());
    out += ". " + tr("Các ô ấy đã đánh dấu đỏ trong sổ gửi kèm; để chuột vào ô sẽ thấy lý do.");
  } else {
    out += tr("Sổ “{}” của {} chưa nhận được: {}", round.title, name, file.message);
  }
  const WorkbookLetter letter = workbook_letter(house, reader, round, file.body, viewer.today());
  const std::string office = letter.send_to.empty() ? house.organisation.current()->body(round.office).on(viewer.today()).name : letter.send_to;
  const bool past = letter.due && *letter.due < viewer.today();
  out += " " + (!letter.due ? tr("Kính nhờ sửa rồi gửi lại cho {}.", office)
                : past      ? tr("Kính nhờ sửa rồi gửi lại cho {} (hạn {} đã qua).", office, letter.due->text())
                            : tr("Kính nhờ sửa rồi gửi lại cho {}, chậm nhất ngày {}.", office, letter.due->text()));
  return out + " " + tr("Nếu vướng, xin gọi lại cho {}.", inside_sentence(viewer.name()));
}

}  // namespace khuyenhoc
