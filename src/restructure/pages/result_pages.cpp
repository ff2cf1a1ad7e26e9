#include <algorithm>
#include <set>

#include "base/i18n.h"
#include "base/number.h"
#include "restructure/naming.h"
#include "restructure/pages/parts_of_restructure.h"
#include "restructure/pages/result.html.h"
#include "restructure/pages/undo.html.h"
#include "restructure/papers.h"

namespace khuyenhoc {
namespace {

using namespace restructure;

constexpr std::size_t fates_shown = 60, handovers_shown = 60, steps_shown = 4;

BodyRestructureId asked(const Visit& visit) { return BodyRestructureId{visit.request().number("lan")}; }

// Lines of bodies that the viewer may know of; of a reform of the whole country everybody sees the own part.
std::function<bool(BodyId)> in_sight(const Visit& visit) {
  return [scope = visit.viewer().scope(Permission::restructure)](BodyId body) { return scope.contains(body); };
}

std::vector<BodyId> ended_in_sight(const Visit& visit, const std::vector<FateLine>& fates) {
  const auto seen = in_sight(visit);
  std::vector<BodyId> out;
  for (const auto& line : fates)
    if (line.fate == BodyFate::ended && seen(line.body)) out.push_back(line.body);
  return out;
}

// At the first indicator that waits.
Url board_of(const Visit& visit, const std::vector<Remainder>& left, BodyId body, BodyId above) {
  const auto first = std::ranges::find(left, body, &Remainder::body);
  const Url board = path("/so-lieu/{}", above);
  return first == left.end() ? board : board.with("ct", visit.house().catalogue.measure(visit.house().catalogue.measure_of(first->series)).code);
}

// What is left to do after a restructure, each with where it is done.
void say_next(const Visit& visit, ResultPage& page, const std::vector<FateLine>& fates) {
  if (page.stored.closed_ms) return;
  const auto id = page.stored.id;
  std::size_t more = 0;
  for (const auto& line : page.handovers) {
    if (!line.open) continue;
    if (page.next.size() == steps_shown) {
      ++more;
      continue;
    }
    NextStep step{tr("Bàn giao số liệu của {}", line.name), tr("Còn {} số liệu ghi chung chưa có nơi nhận. Hai bên thống nhất, ký biên bản rồi ghi vào đây.", line.left), {}};
    step.links.push_back({tr("Ghi biên bản bàn giao số liệu"), path("/sap-xep/{}/ban-giao/{}", id, line.body)});
    if (line.board) step.links.push_back({tr("Xem trên bảng số liệu"), *line.board});
    page.next.push_back(std::move(step));
  }
  if (more > 0) page.next.push_back({tr("{} tổ chức khác cũng còn số liệu chưa bàn giao", more), {}, {{tr("Xem phần Bàn giao"), done_link(id).at("ban-giao")}}});
  if (!page.late.empty()) page.next.push_back({tr("Chọn nơi nhận các số ghi sau ngày sắp xếp"), {}, {{tr("Chọn đơn vị nhận"), done_link(id).at("so-muon")}}});
  std::size_t opened = 0;
  for (const auto& line : fates) {
    const Body* body = visit.organisation()->find(line.body);
    if (line.fate != BodyFate::opened || body == nullptr || !body->alive(visit.today()) || !visit.viewer().may(Permission::see_names, line.body) || ++opened > steps_shown) continue;
    page.next.push_back({tr("Chức vụ của {}", body->on(visit.today()).name), tr("Ghi người giữ chức vụ, cấp tài khoản cho đơn vị mới."), {{tr("Xem chức vụ"), path("/to-chuc/{}/nhan-su", line.body)}}});
  }
}

ResultPage page_of(const Visit& visit, db::Reader& reader, RestructureDesk& desk, const StoredRestructure& stored) {
  const Organisation& organisation = *visit.organisation();
  const auto seen = in_sight(visit);
  ResultPage page;
  page.stored = stored;
  page.basis = tr("Quyết định số {} ngày {} của {}", stored.basis.number, stored.basis.date.text(), stored.basis.issuer);
  if (const auto by = visit.house().users.row(reader, stored.by)) page.who = tr("{} {} thực hiện lúc {}", by->salutation, by->name, time_text(stored.applied_ms));
  page.state = state_of(reader, desk, stored, page.tone);
  page.whole_in_scope = desk.whole_in_scope(reader, stored.id).has_value();
  const auto fates = desk.restructures().fates(reader, stored.id);
  page.fates = fate_rows(fates, organisation, stored.day - 1, fates_shown, page.more_fates, seen);
  if (stored.undone_ms) return page;
  std::map<BodyId, std::size_t> left;
  const auto remainders = desk.restructures().open_remainders(reader, stored.id);
  for (const auto& one : remainders) ++left[one.body];
  const auto late = desk.restructures().late_records(reader, stored.id);
  std::map<BodyId, std::size_t> late_of;
  for (const auto& one : late) ++late_of[one.body];
  page.may_close = page.whole_in_scope && !stored.closed_ms && left.empty() && late.empty();
  for (const auto body : ended_in_sight(visit, fates)) {
    ++page.ended;
    const auto takers = takers_of(fates, body);
    const auto open = left.find(body);
    if (takers.size() == 1 && open != left.end()) page.old_figures_changed = true;
    HandoverLine line{body, name_then(organisation, body, stored.day - 1), {}, {}, {}, open != left.end(), open == left.end() ? 0 : open->second};
    for (const auto taker : takers) line.takers += (line.takers.empty() ? "" : ", ") + organisation.body(taker).on(stored.day).name;
    line.state = line.open ? tr("Còn {} số liệu chưa bàn giao", line.left) : tr("Đã bàn giao số liệu");
    if (line.open)
      if (const BodyId above = board_with(visit, stored.day, body)) line.board = board_of(visit, remainders, body, above);
    page.handovers.push_back(std::move(line));
    if (const auto waiting = late_of.find(body); waiting != late_of.end()) {
      LateLine one{body, name_then(organisation, body, stored.day - 1), tr("{} số liệu ghi cho tổ chức này từ ngày {} trở đi", waiting->second, stored.day.text()), {}};
      auto heirs = takers;
      if (heirs.empty())
        if (const auto above = organisation.body(body).on(stored.day - 1).superior; above && organisation.body(above).alive(stored.day)) heirs.push_back(above);
      for (const auto heir : heirs) one.successors.push_back({std::to_string(heir.value), organisation.body(heir).on(stored.day).name});
      page.late.push_back(std::move(one));
    }
  }
  // what still waits for minutes first; the rest of a province's reform stands in the common minutes
  std::ranges::stable_partition(page.handovers, &HandoverLine::open);
  say_next(visit, page, fates);
  if (page.handovers.size() > handovers_shown) {
    page.more_handovers = page.handovers.size() - handovers_shown;
    page.handovers.resize(handovers_shown);
  }
  return page;
}

http::Response show(const Visit& visit, RestructureDesk& desk, std::string refused, http::Status status) {
  auto page = visit.house().store.read([&](db::Reader& reader) -> std::optional<ResultPage> {
    const auto stored = desk.stored(reader, asked(visit));
    if (!stored) return std::nullopt;
    return page_of(visit, reader, desk, *stored);
  });
  if (!page) return visit.not_found();
  page->refused = std::move(refused);
  const std::string title = page->stored.title;
  return http::Response::html(restructure_pages::result(visit.frame(title, MenuItem::organisation), *page), status);
}

http::Response open(const Visit& visit) {
  RestructureDesk desk(visit.house(), visit.viewer());
  return show(visit, desk, {}, http::Status::ok);
}

bool known(const Visit& visit, RestructureDesk& desk) {
  return visit.house().store.read([&](db::Reader& reader) { return desk.stored(reader, asked(visit)).has_value(); });
}

http::Response answered(const Visit& visit, RestructureDesk& desk, const Result<void>& done, const std::string& said) {
  if (!done) return show(visit, desk, done.error().message, http::Status::unprocessable);
  return visit.done(done_link(asked(visit)), said);
}

http::Response re_home(const Visit& visit) {
  RestructureDesk desk(visit.house(), visit.viewer());
  if (!known(visit, desk)) return visit.not_found();
  const auto old_body = DraftRef::parse(visit.request().text("to-chuc")), to = DraftRef::parse(visit.request().text("nhan"));
  if (!old_body || !to) return show(visit, desk, tr("Xin chọn đơn vị nhận các số ghi sau ngày sắp xếp."), http::Status::unprocessable);
  return answered(visit, desk, desk.re_home(asked(visit), old_body->body, to->body), tr("Đã chuyển các số ghi sau ngày sắp xếp sang đơn vị nhận."));
}

http::Response bring_up_to_date(const Visit& visit) {
  RestructureDesk desk(visit.house(), visit.viewer());
  if (!known(visit, desk)) return visit.not_found();
  return answered(visit, desk, desk.bring_up_to_date(asked(visit)), tr("Đã bàn giao cho đơn vị kế thừa phần số liệu sửa sau khi sắp xếp."));
}

http::Response close(const Visit& visit) {
  RestructureDesk desk(visit.house(), visit.viewer());
  if (!known(visit, desk)) return visit.not_found();
  return answered(visit, desk, desk.close(asked(visit)), tr("Đã khép lại đợt sắp xếp: mọi số liệu đã có nơi nhận."));
}

// ---- taking it back

http::Response show_undo(const Visit& visit, RestructureDesk& desk, std::string refused, http::Status status) {
  UndoPage page;
  const bool found = visit.house().store.read([&](db::Reader& reader) {
    const auto stored = desk.stored(reader, asked(visit));
    if (!stored || stored->undone_ms) return false;
    page.stored = *stored;
    std::int64_t ended = 0, opened = 0, moved = 0, renamed = 0;
    for (const auto& line : desk.restructures().fates(reader, stored->id)) {
      ended += line.fate == BodyFate::ended;
      opened += line.fate == BodyFate::opened;
      moved += line.fate == BodyFate::moved;
      renamed += line.fate == BodyFate::renamed;
    }
    if (ended > 0) page.effects.push_back(tr("{} tổ chức đã kết thúc hoạt động trở lại, với tên, cấp trên và chức vụ như trước ngày {}.", number_text(ended), stored->day.text()));
    if (opened > 0) page.effects.push_back(tr("{} tổ chức mới mở trong đợt này không còn.", number_text(opened)));
    if (moved > 0) page.effects.push_back(tr("{} tổ chức trở về cấp trên cũ.", number_text(moved)));
    if (renamed > 0) page.effects.push_back(tr("{} tổ chức trở về tên cũ.", number_text(renamed)));
    page.effects.push_back(tr("Số liệu đã bàn giao trở về nơi cũ; tổng của cấp trên không đổi."));
    page.effects.push_back(tr("Bản nháp mở lại để sửa và thực hiện lại, nếu đợt này lập từ một bản nháp."));
    if (const auto allowed = desk.whole_in_scope(reader, stored->id); !allowed && refused.empty()) refused = allowed.error().message;
    return true;
  });
  if (!found) return visit.not_found();
  page.refused = std::move(refused);
  return http::Response::html(restructure_pages::undo(visit.frame(tr("Khôi phục như cũ"), MenuItem::organisation), page), status);
}

http::Response ask_undo(const Visit& visit) {
  RestructureDesk desk(visit.house(), visit.viewer());
  return show_undo(visit, desk, {}, http::Status::ok);
}

http::Response take_undo(const Visit& visit) {
  RestructureDesk desk(visit.house(), visit.viewer());
  if (!known(visit, desk)) return visit.not_found();
  const auto done = desk.undo(asked(visit));
  if (!done) return show_undo(visit, desk, done.error().message, http::Status::unprocessable);
  return visit.done(done_link(asked(visit)), tr("Đã khôi phục như cũ. Tổ chức, chức vụ và số liệu trở lại như trước đợt sắp xếp."));
}

// ---- papers

enum class Ending { docx, pdf };

http::Response download(const document::Document& paper, const std::string& name, Ending ending) {
  if (ending == Ending::pdf) return http::Response::download(std::make_shared<const std::string>(document::to_pdf(paper)), "application/pdf", name + ".pdf");
  return http::Response::download(std::make_shared<const std::string>(document::to_docx(paper)), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", name + ".docx");
}

http::Response decision(const Visit& visit, Ending ending) {
  RestructureDesk desk(visit.house(), visit.viewer());
  const auto matter = visit.house().store.read([&](db::Reader& reader) -> std::optional<PaperMatter> {
    const auto stored = desk.stored(reader, asked(visit));
    if (!stored || !desk.whole_in_scope(reader, stored->id)) return std::nullopt;     // the paper names every body of it
    return matter_of(reader, desk.restructures(), *visit.organisation(), *stored);
  });
  if (!matter) return visit.not_found();
  return download(decision_paper(visit.house(), *matter), decision_file_name(*matter), ending);
}

http::Response minutes(const Visit& visit, Ending ending) {
  RestructureDesk desk(visit.house(), visit.viewer());
  std::optional<std::pair<document::Document, std::string>> paper;
  visit.house().store.read([&](db::Reader& reader) {
    const auto stored = desk.stored(reader, asked(visit));
    if (!stored || stored->undone_ms) return;
    const auto matter = matter_of(reader, desk.restructures(), *visit.organisation(), *stored);
    const auto ended = ended_in_sight(visit, matter.fates);
    const auto chosen = DraftRef::parse(visit.request().query.value("to-chuc"));
    if (!chosen && !ended.empty()) {
      if (ended.size() > 1) paper.emplace(minutes_of_all(visit.house(), reader, desk.restructures(), matter, stored->id, ended), tr("Biên bản bàn giao – {}", matter.title));
      else paper.emplace(minutes_paper(visit.house(), reader, desk.restructures(), matter, {stored->id, ended.front()}), minutes_file_name(*visit.organisation(), matter, ended.front()));
    } else if (chosen && std::ranges::find(ended, chosen->body) != ended.end()) {
      const auto names = visit.viewer().may(Permission::see_names, chosen->body) ? MinutesOf::Names::shown : MinutesOf::Names::left_open;
      paper.emplace(minutes_paper(visit.house(), reader, desk.restructures(), matter, {stored->id, chosen->body, names}), minutes_file_name(*visit.organisation(), matter, chosen->body));
    }
  });
  if (!paper) return visit.not_found();
  return download(paper->first, paper->second, ending);
}

}  // namespace

void add_restructure_result_pages(Pages& pages) {
  constexpr auto needs = Permission::restructure;
  constexpr auto whom = RouteScope::signed_in;
  pages.get("/sap-xep/{lan:number}", needs, whom, open);
  pages.post("/sap-xep/{lan:number}/chuyen-so", needs, whom, re_home);
  pages.post("/sap-xep/{lan:number}/cap-nhat", needs, whom, bring_up_to_date);
  pages.post("/sap-xep/{lan:number}/khep-lai", needs, whom, close);
  pages.get("/sap-xep/{lan:number}/khoi-phuc", needs, whom, ask_undo);
  pages.post("/sap-xep/{lan:number}/khoi-phuc", needs, whom, take_undo);
  pages.get("/sap-xep/{lan:number}/quyet-dinh.docx", needs, whom, [](const Visit& visit) { return decision(visit, Ending::docx); });
  pages.get("/sap-xep/{lan:number}/quyet-dinh.pdf", needs, whom, [](const Visit& visit) { return decision(visit, Ending::pdf); });
  pages.get("/sap-xep/{lan:number}/bien-ban.docx", needs, whom, [](const Visit& visit) { return minutes(visit, Ending::docx); });
  pages.get("/sap-xep/{lan:number}/bien-ban.pdf", needs, whom, [](const Visit& visit) { return minutes(visit, Ending::pdf); });
}

}  // namespace khuyenhoc
