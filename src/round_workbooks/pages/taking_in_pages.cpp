#include "base/text.h"
#include "organisation/contacts.h"
#include "organisation/namesakes.h"
#include "round_workbooks/pages/one_file.html.h"
#include "round_workbooks/pages/page_parts.h"
#include "round_workbooks/pages/verdicts.html.h"

namespace khuyenhoc::round_workbooks {
namespace {

constexpr std::string_view xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

WorkbookIntakeId intake_asked(const Visit& visit) { return visit.request().id<struct WorkbookIntakeTag>("lan"); }
Url page_of_intake(const WorkbookIntake& intake) { return html::path("/dot-bao-cao/{}/so-excel/nhan/{}", intake.round, intake.id); }

http::Response take_in(const Visit& visit) {
  std::vector<SentFile> sent;
  for (const http::Upload& file : visit.request().form.files)
    if (file.name == "tep") sent.push_back({file.file_name, file.content});
  const auto taken = take_in_workbooks(visit.house(), visit.viewer(), round_of(visit), typed_from(visit), sent);
  if (!taken && taken.error().code == "round.unknown") return visit.not_found();
  if (!taken) return show_start(visit, typed_from(visit), {}, {{"tep", taken.error().message}}, http::Status::unprocessable);
  return http::Response::redirect(html::path("/dot-bao-cao/{}/so-excel/nhan/{}", round_of(visit), *taken));
}

struct Taken {
  WorkbookIntake intake;
  ReportingRound round;
  std::vector<IntakeFile> files;
  std::size_t count(WorkbookVerdict verdict) const { return static_cast<std::size_t>(std::ranges::count(files, verdict, &IntakeFile::verdict)); }
};

std::optional<Taken> asked_intake(const Visit& visit) {
  return visit.house().store.read([&](db::Reader& reader) -> std::optional<Taken> {
    auto intake = find_intake(reader, visit.viewer(), intake_asked(visit));
    if (!intake || intake->round != round_of(visit)) return std::nullopt;
    auto round = find_round(reader, intake->round);
    if (!round) return std::nullopt;
    return Taken{*intake, std::move(*round), intake_files(reader, intake->id)};
  });
}

std::string unit_name(const Visit& visit, const IntakeFile& file) {
  return file.body ? short_name_among_siblings(*visit.organisation(), file.body, visit.today()) : tr("Chưa rõ đơn vị");
}

bool goes_back(const IntakeFile& file) { return file.body && (file.verdict == WorkbookVerdict::to_mend || file.verdict == WorkbookVerdict::refused); }

// Head and number only for who may see them.
Contact head_of_unit(const Visit& visit, db::Reader& reader, BodyId body) {
  if (!visit.viewer().may(Permission::see_names, body)) return {};
  return contact(reader, visit.house().keys, body).value_or(Contact{});
}

struct VerdictWord {
  WorkbookVerdict verdict;
  std::string_view word;
};
// In the order in which somebody has to do something about them.
constexpr VerdictWord verdict_order[] = {{WorkbookVerdict::to_mend, "can-sua"}, {WorkbookVerdict::refused, "khong-nhan"}, {WorkbookVerdict::changed, "xem-lai"}, {WorkbookVerdict::ready, "dung"},
                                         {WorkbookVerdict::written, "da-ghi"}, {WorkbookVerdict::nothing_new, "khong-moi"}, {WorkbookVerdict::already, "da-nhan"}};

void put_verdicts(const Visit& visit, const Taken& taken, VerdictPage& page) {
  const Url at = page_of_intake(taken.intake);
  const auto asked = visit.request().query.value("loc");
  page.chips.push_back({tr("Tất cả: {}", number(taken.files.size())), at, asked.empty()});
  std::string parts;
  for (const auto& [verdict, word] : verdict_order) {
    const std::size_t count = taken.count(verdict);
    if (count == 0) continue;
    const std::string words = verdict_words(verdict);
    page.chips.push_back({fmt::format("{}: {}", words, number(count)), at.with("loc", word), asked == word});
    parts += fmt::format("{}{} {}", parts.empty() ? "" : "; ", number(count), lower_case(words));
    for (const IntakeFile& file : taken.files) {
      if (file.verdict != verdict || (!asked.empty() && asked != word)) continue;
      VerdictRow row{.place = file.place, .file_name = file.file_name, .unit = unit_name(visit, file), .verdict = words, .look = std::string(verdict_look(verdict)), .message = file.message, .link = {}};
      if (file.body) row.link = html::path("/dot-bao-cao/{}/so-excel/nhan/{}/{}", taken.round.id, taken.intake.id, static_cast<std::int64_t>(file.place));
      page.rows.push_back(std::move(row));
    }
  }
  page.sentence = tr("Đã xem {} tệp: {}.", number(taken.files.size()), parts);
  page.ready = taken.count(WorkbookVerdict::ready);
  page.to_mend = taken.count(WorkbookVerdict::to_mend);
  page.changed = taken.count(WorkbookVerdict::changed);
}

void put_what_goes_back(const Visit& visit, db::Reader& reader, const Taken& taken, VerdictPage& page) {
  for (const IntakeFile& file : taken.files) {
    if (file.verdict == WorkbookVerdict::ready) {
      page.figures += file.changes;
      page.on_behalf = page.on_behalf || file.body != visit.viewer().acting_for();
    }
    if (!goes_back(file)) continue;
    const Contact head = head_of_unit(visit, reader, file.body);
    GiveBack back{.place = file.place, .unit = unit_name(visit, file), .head_name = head.head_name, .telephone = head.telephone,
                  .message = give_back_message(visit.house(), reader, visit.viewer(), taken.round, file, head.head_name), .marked = {}};
    if (file.verdict == WorkbookVerdict::to_mend) back.marked = html::path("/dot-bao-cao/{}/so-excel/nhan/{}/{}/so.xlsx", taken.round.id, taken.intake.id, static_cast<std::int64_t>(file.place));
    page.back.push_back(std::move(back));
  }
}

http::Response show_verdicts(const Visit& visit, std::string refused, http::Status status) {
  const auto taken = asked_intake(visit);
  if (!taken) return visit.not_found();
  const WorkbookIntake& intake = taken->intake;
  VerdictPage page;
  page.head = head_of(visit, taken->round, intake.from, tr("Sổ đã nhận"));
  page.intake = intake.id;
  page.sent = tr("{} · {} nhận lúc {}", intake.label, intake.by_name, time_text(intake.at_ms));
  page.refused = std::move(refused);
  page.work = work_of(visit, intake.job, intake.state != WorkbookIntake::State::judged, page_of_intake(intake));
  page.doing = intake.state == WorkbookIntake::State::writing ? tr("Đang ghi các sổ đúng") : tr("Đang xem các sổ");
  if (!page.work.running && !page.work.failed) {
    if (visit.request().is_htmx()) return http::Response::empty().htmx_refresh();
    put_verdicts(visit, *taken, page);
    visit.house().store.read([&](db::Reader& reader) { put_what_goes_back(visit, reader, *taken, page); });
  }
  return http::Response::html(round_workbooks_pages::verdicts(visit.frame(page.head.title, MenuItem::reports), page), status);
}

http::Response asked_for(const Visit& visit, const Result<void>& done) {
  if (done) return http::Response::redirect(html::path("/dot-bao-cao/{}/so-excel/nhan/{}", round_of(visit), intake_asked(visit)));
  if (done.error().code == "intake.unknown") return visit.not_found();
  return show_verdicts(visit, done.error().message, done.error().code == "intake.busy" ? http::Status::conflict : http::Status::unprocessable);
}

http::Response write(const Visit& visit) { return asked_intake(visit) ? asked_for(visit, ask_to_write(visit.house(), visit.viewer(), intake_asked(visit))) : visit.not_found(); }
http::Response again(const Visit& visit) { return asked_intake(visit) ? asked_for(visit, judge_again(visit.house(), visit.viewer(), intake_asked(visit))) : visit.not_found(); }

http::Response give_back_all(const Visit& visit) {
  if (!asked_intake(visit)) return visit.not_found();
  const auto asked = ask_for_marked(visit.house(), visit.viewer(), intake_asked(visit));
  if (!asked) return show_verdicts(visit, asked.error().message, http::Status::unprocessable);
  return http::Response::redirect(html::path("/dot-bao-cao/{}/so-excel/goi/{}", round_of(visit), *asked));
}

const IntakeFile* asked_file(const Visit& visit, const Taken& taken) {
  const auto found = std::ranges::find(taken.files, static_cast<std::size_t>(visit.request().number("tep")), &IntakeFile::place);
  return found == taken.files.end() ? nullptr : &*found;
}

http::Response show_file(const Visit& visit) {
  House& house = visit.house();
  const auto taken = asked_intake(visit);
  const IntakeFile* file = taken ? asked_file(visit, *taken) : nullptr;
  if (file == nullptr) return visit.not_found();
  FilePage page;
  page.head = head_of(visit, taken->round, taken->intake.from, unit_name(visit, *file));
  page.file_name = file->file_name;
  page.verdict = verdict_words(file->verdict);
  page.look = verdict_look(file->verdict);
  page.message = file->message;
  page.back = page_of_intake(taken->intake);
  if (file->verdict == WorkbookVerdict::ready || file->verdict == WorkbookVerdict::to_mend || file->verdict == WorkbookVerdict::changed)
    if (auto view = view_of_file(house, visit.viewer(), taken->intake, *file)) page.plan = std::move(view->plan);
  if (file->verdict == WorkbookVerdict::to_mend) page.marked = html::path("/dot-bao-cao/{}/so-excel/nhan/{}/{}/so.xlsx", taken->round.id, taken->intake.id, static_cast<std::int64_t>(file->place));
  if (goes_back(*file))
    house.store.read([&](db::Reader& reader) {
      const Contact head = head_of_unit(visit, reader, file->body);
      page.head_name = head.head_name;
      page.telephone = head.telephone;
      page.give_back = give_back_message(house, reader, visit.viewer(), taken->round, *file, head.head_name);
    });
  return http::Response::html(round_workbooks_pages::one_file(visit.frame(page.head.title, MenuItem::reports), page));
}

http::Response marked_file(const Visit& visit) {
  const auto taken = asked_intake(visit);
  const IntakeFile* file = taken ? asked_file(visit, *taken) : nullptr;
  if (file == nullptr || file->verdict != WorkbookVerdict::to_mend) return visit.not_found();
  auto marked = marked_workbook(visit.house(), visit.viewer(), taken->intake, *file);
  if (!marked) return visit.refused(marked.error(), http::Status::unprocessable);
  return http::Response::download(std::make_shared<const std::string>(std::move(marked->bytes)), xlsx_type, marked->name);
}

}  // namespace

void add_taking_in_pages(Pages& pages) {
  constexpr auto needs = Permission::enter_figures;
  constexpr auto scope = RouteScope::signed_in;
  pages.post_file("/dot-bao-cao/{round:number}/so-excel/nhan", needs, scope, take_in);
  pages.get("/dot-bao-cao/{round:number}/so-excel/nhan/{lan:number}", needs, scope, [](const Visit& visit) { return show_verdicts(visit, {}, http::Status::ok); });
  pages.post("/dot-bao-cao/{round:number}/so-excel/nhan/{lan:number}/ghi", needs, scope, write);
  pages.post("/dot-bao-cao/{round:number}/so-excel/nhan/{lan:number}/xem-lai", needs, scope, again);
  pages.post("/dot-bao-cao/{round:number}/so-excel/nhan/{lan:number}/tra", needs, scope, give_back_all);
  pages.get("/dot-bao-cao/{round:number}/so-excel/nhan/{lan:number}/{tep:number}", needs, scope, show_file);
  pages.get("/dot-bao-cao/{round:number}/so-excel/nhan/{lan:number}/{tep:number}/so.xlsx", needs, scope, marked_file);
}

}  // namespace khuyenhoc::round_workbooks
