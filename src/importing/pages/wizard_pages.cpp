#include "importing/pages/wizard_pages.h"

#include <algorithm>

#include "base/i18n.h"
#include "base/number.h"
#include "importing/pages/overview.html.h"
#include "importing/pages/start.html.h"
#include "importing/workbooks.h"
#include "shell/start_under_way.h"

namespace khuyenhoc::importing {
namespace {

constexpr std::string_view xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr std::size_t imports_shown = 20;

ImportContext context_on(const Visit& visit, const Room& room, BodyId body) { return {visit.house(), visit.viewer(), body, room.desk->proposed_options(*room.kind, visit.viewer(), body)}; }

// What the link proposes of the options: ?ban-nhap=17 for "ban_nhap".
std::vector<std::pair<std::string, std::string>> proposed_in(const Visit& visit, const Room& room) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const ImportField& field : room.kind->options(context_on(visit, room, body_of(visit)))) {
    std::string name = field.code;
    std::ranges::replace(name, '_', '-');
    for (const std::string& spelt : {field.code, name})
      if (const auto value = visit.request().query.find(spelt); value && (out.empty() || out.back().first != field.code)) out.emplace_back(field.code, std::string(*value));
  }
  return out;
}

Result<void> offered(const Visit& visit, const Room& room) {
  const BodyId body = body_of(visit);
  if (!visit.organisation()->body(body).alive(visit.today())) return refuse("import.ended", tr("Tổ chức này đã kết thúc hoạt động nên không nhập danh sách được."));
  return room.kind->offered(context_on(visit, room, body));
}

http::Response show_start(const Visit& visit, const Room& room) {
  if (auto fine = offered(visit, room); !fine) return visit.refused(fine.error(), http::Status::unprocessable);
  return start_page(visit, room, {}, http::Status::ok);
}

http::Response take_file(const Visit& visit, const Room& room) {
  if (auto fine = offered(visit, room); !fine) return visit.refused(fine.error(), http::Status::unprocessable);
  const http::Upload* given = visit.request().file("tep");
  if (given == nullptr || given->content.empty()) return start_page(visit, room, tr("Xin chọn tệp danh sách."), http::Status::unprocessable);
  std::map<std::string, std::string> asked;
  for (const auto& [name, value] : proposed_in(visit, room)) asked.emplace(name, value);
  const auto id = room.desk->take_in(*room.kind, visit.viewer(), body_of(visit), std::string(given->content), given->file_name, asked);
  if (!id) return start_page(visit, room, id.error().message, http::Status::unprocessable);
  return http::Response::redirect(page_of(room, *room.desk->find(*id), "cot"));
}

http::Response give_template(const Visit& visit, const Room& room) {
  if (auto fine = offered(visit, room); !fine) return visit.refused(fine.error(), http::Status::unprocessable);
  auto bytes = template_workbook(*room.kind, context_on(visit, room, body_of(visit)));
  if (!bytes) return visit.refused(bytes.error(), http::Status::unavailable);
  return workbook(std::move(*bytes), room.kind->title() + ".xlsx");
}

http::Response give_rejected(const Visit& visit, const Room& room, const Batch& batch) {
  const auto judged = room.desk->judge(batch, visit.viewer());
  if (!judged) return visit.refused(judged.error(), http::Status::unprocessable);
  auto bytes = rejected_workbook(batch, **judged, visit.today());
  if (!bytes) return visit.refused(bytes.error(), http::Status::unavailable);
  const std::string& name = batch.record.file_name;
  return workbook(std::move(*bytes), tr("{} - các dòng chưa nhập được.xlsx", name.substr(0, name.rfind('.'))));
}

http::Response leave(const Visit& visit, const Room& room, Batch batch) {
  if (batch.record.state != ImportState::draft) return http::Response::redirect(page_of(room, batch));
  batch.record.state = ImportState::left;
  if (auto kept = room.desk->keep(batch); !kept) return visit.refused(kept.error(), http::Status::conflict);
  return visit.done(start_again(visit, room, batch), tr("Đã bỏ tệp “{}”. Chưa ghi gì từ tệp này.", batch.record.file_name));
}

http::Response go_on(const Visit& visit, const Room& room, const Batch& batch) {
  if (batch.record.state == ImportState::draft) return http::Response::redirect(page_of(room, batch, batch.matched ? "xem-truoc" : "cot"));
  if (batch.record.state == ImportState::left) return http::Response::redirect(start_of(room, batch.record.body));
  return show_outcome(visit, room, batch, {}, http::Status::ok);
}

// A draft is changed only while it is one; what was written meanwhile shows its result.
template <class Handler>
auto of_draft(Handler handler) {
  return [handler](const Visit& visit, const Room& room, Batch batch) {
    if (batch.record.state != ImportState::draft) return http::Response::redirect(page_of(room, batch));
    return handler(visit, room, std::move(batch));
  };
}

void add_kind(Pages& pages, const Room& room) {
  const Permission needs = room.kind->needs();
  const std::string base = fmt::format("/nhap-tep/{{body:number}}/{}", room.kind->code());
  const std::string one = base + "/{lan:number}";
  const auto with_batch = [room](auto handler) {
    return [room, handler](const Visit& visit) {
      auto batch = batch_of(visit, room);
      return batch ? handler(visit, room, std::move(*batch)) : visit.not_found();
    };
  };
  const auto alone = [room](auto handler) { return [room, handler](const Visit& visit) { return handler(visit, room); }; };
  pages.get(base, needs, RouteScope::body, alone(show_start));
  pages.post_file(base, needs, RouteScope::body, alone(take_file));
  pages.get(base + "/mau.xlsx", needs, RouteScope::body, alone(give_template));
  pages.get(one, needs, RouteScope::body, with_batch(go_on));
  pages.get(one + "/cot", needs, RouteScope::body, with_batch(of_draft(show_columns)));
  pages.post(one + "/cot", needs, RouteScope::body, with_batch(of_draft(take_columns)));
  pages.get(one + "/xem-truoc", needs, RouteScope::body, with_batch(of_draft([](const Visit& visit, const Room& of, const Batch& batch) {
              return show_preview(visit, of, batch, batch.note, http::Status::ok);
            })));
  pages.post(one + "/chon", needs, RouteScope::body, with_batch(of_draft(take_decisions)));
  pages.post(one + "/ghi", needs, RouteScope::body, with_batch(of_draft(take_writing)));
  pages.post(one + "/khoi-phuc", needs, RouteScope::body, with_batch(take_back));
  pages.post(one + "/bo", needs, RouteScope::body, with_batch(leave));
  pages.get(one + "/chua-nhap.xlsx", needs, RouteScope::body, with_batch(give_rejected));
}

http::Response overview(const Visit& visit, const std::shared_ptr<Desk>& desk, const ImportKinds& kinds) {
  const BodyId body = visit.viewer().acting_for();
  OverviewPage page;
  page.body_name = visit.organisation()->body(body).on(visit.today()).name;
  for (const auto& kind : kinds.all()) {
    const Room room{desk, kind.get()};
    if (!visit.viewer().may(kind->needs(), body) || !kind->offered(context_on(visit, room, body))) continue;
    page.kinds.push_back({kind->title(), kind->explanation(context_on(visit, room, body)), start_of(room, body)});
  }
  for (const ImportRecord& record : visit.house().store.read([&](db::Reader& reader) { return imports_of(reader, body, {}, imports_shown); })) {
    const ImportKind* kind = kinds.find(record.kind);
    if (kind != nullptr && visit.viewer().may(kind->needs(), body)) page.past.push_back(line_of(record, path("/nhap-tep/{}/{}/{}", body, record.kind, record.id)));
  }
  return http::Response::html(importing_pages::overview(visit.frame(tr("Nhập danh sách từ Excel"), MenuItem::more), page));
}

}  // namespace

BodyId body_of(const Visit& visit) { return visit.request().id<BodyTag>("body"); }

std::optional<Batch> batch_of(const Visit& visit, const Room& room) {
  auto batch = room.desk->find(visit.request().id<ImportTag>("lan"));
  if (!batch || batch->record.kind != room.kind->code() || batch->record.body != body_of(visit)) return std::nullopt;
  return batch;
}

Url start_of(const Room& room, BodyId body) { return path("/nhap-tep/{}/{}", body, room.kind->code()); }

std::string answer_words(const ImportField& field, const std::string& canonical) {
  if (field.holds == ImportField::Holds::day) return Day::parse_iso(canonical).value_or(Day()).text();
  const auto choice = std::ranges::find(field.choices, canonical, &ImportChoice::value);
  return choice == field.choices.end() ? canonical : choice->label;
}

Url start_again(const Visit& visit, const Room& room, const Batch& batch) {
  Url out = start_of(room, batch.record.body);
  const ImportOptions proposed = room.desk->proposed_options(*room.kind, visit.viewer(), batch.record.body);
  for (const ImportField& field : room.kind->options(room.desk->context_of(batch, visit.viewer()))) {
    const auto answer = batch.options.find(field.code);
    if (answer == batch.options.end() || answer->second.empty() || answer->second == proposed.text(field.code)) continue;
    out = out.with(field.code, field.holds == ImportField::Holds::day ? answer_words(field, answer->second) : answer->second);
  }
  return out;
}

Url page_of(const Room& room, const Batch& batch, std::string_view step) {
  if (step.empty()) return path("/nhap-tep/{}/{}/{}", batch.record.body, room.kind->code(), batch.record.id);
  return path("/nhap-tep/{}/{}/{}/{}", batch.record.body, room.kind->code(), batch.record.id, step);
}

std::string counts_text(const ImportRecord& record) {
  std::vector<std::string> parts;
  const auto add = [&](std::int64_t count, std::string text) {
    if (count > 0) parts.push_back(std::move(text));
  };
  add(record.added, tr("{} thêm", record.added));
  add(record.changed, tr("{} sửa", record.changed));
  add(record.unchanged, tr("{} không đổi", record.unchanged));
  add(record.to_review + record.refused, tr("{} chưa nhập được", record.to_review + record.refused));
  return fmt::format("{}", fmt::join(parts, ", "));
}

WizardHead head_of(const Visit& visit, const Room& room, const Batch* batch, std::size_t current) {
  const BodyId body = body_of(visit);
  WizardHead head;
  head.title = room.kind->title();
  head.body_name = visit.organisation()->body(body).on(visit.today()).name;
  head.start = start_of(room, body);
  head.back = Url::local(room.kind->way_back(body)).value_or(head.start);
  head.office_start = start_under_way(visit);
  head.steps = {{tr("Chọn tệp"), {}, {}, {}}, {tr("Trang và cột"), {}, {}, {}}, {tr("Xem trước (chưa ghi)"), {}, {}, {}}, {tr("Ghi"), {}, {}, {}}};
  for (std::size_t i = 0; i < head.steps.size(); ++i)
    head.steps[i].state = i < current ? WizardStep::State::done : i == current ? WizardStep::State::current : WizardStep::State::ahead;
  if (batch == nullptr) return head;
  head.steps[0].decided = batch->record.file_name;
  if (batch->matched) {
    head.steps[1].decided = tr("Trang “{}”, dòng tiêu đề {}, {} cột", batch->sheet, batch->heading_row, batch->matching.size());
    for (const ImportField& field : room.kind->options(room.desk->context_of(*batch, visit.viewer()))) {
      const auto answer = batch->options.find(field.code);
      if (answer == batch->options.end() || answer->second.empty()) continue;
      const std::string words = answer_words(field, answer->second);
      head.steps[1].decided += field.holds == ImportField::Holds::yes ? "; " + field.label : fmt::format("; {}: {}", field.label, words);
    }
  }
  if (batch->record.state == ImportState::draft) {
    head.steps[0].link = start_again(visit, room, *batch);
    head.steps[1].link = page_of(room, *batch, "cot");
  } else {
    head.steps[2].decided = counts_text(batch->record);
    if (batch->record.written_ms) head.steps[3].decided = time_text(*batch->record.written_ms);
  }
  return head;
}

ImportLine line_of(const ImportRecord& record, Url link) {
  ImportLine line{record.file_name, record.by_name, time_text(record.written_ms.value_or(record.at_ms)), counts_text(record), {}, {}, std::move(link)};
  switch (record.state) {
    case ImportState::draft: line.state = tr("Đang làm dở"); line.tone = "wait"; break;
    case ImportState::running: line.state = tr("Đang ghi"); line.tone = "wait"; break;
    case ImportState::done: line.state = tr("Đã ghi"); line.tone = "good"; break;
    case ImportState::undone: line.state = tr("Đã khôi phục như cũ"); line.tone = "attention"; break;
    case ImportState::left: line.state = tr("Đã bỏ"); break;
  }
  return line;
}

std::vector<ImportLine> lines_of(const Room& room, const std::vector<ImportRecord>& records) {
  std::vector<ImportLine> out;
  for (const ImportRecord& record : records) out.push_back(line_of(record, path("/nhap-tep/{}/{}/{}", record.body, room.kind->code(), record.id)));
  return out;
}

http::Response workbook(std::string bytes, const std::string& name) { return http::Response::download(std::make_shared<const std::string>(std::move(bytes)), xlsx, name); }

http::Response start_page(const Visit& visit, const Room& room, std::string error, http::Status status) {
  const BodyId body = body_of(visit);
  StartPage page;
  page.head = head_of(visit, room, nullptr, 0);
  page.explanation = room.kind->explanation(context_on(visit, room, body));
  page.error = std::move(error);
  page.post = start_of(room, body);
  for (const auto& [name, value] : proposed_in(visit, room)) {
    page.post = page.post.with(name, value);
    for (const ImportField& field : room.kind->options(context_on(visit, room, body)))
      if (field.code == name && field.holds == ImportField::Holds::choice && std::ranges::find(field.choices, value, &ImportChoice::value) != field.choices.end())
        page.chosen.push_back(fmt::format("{}: {}", field.label, answer_words(field, value)));
  }
  page.empty_workbook = path("/nhap-tep/{}/{}/mau.xlsx", body, room.kind->code());
  std::vector<ImportRecord> drafts, past;
  for (ImportRecord& record : visit.house().store.read([&](db::Reader& reader) { return imports_of(reader, body, room.kind->code(), imports_shown); }))
    (record.state == ImportState::draft ? drafts : past).push_back(std::move(record));
  page.drafts = lines_of(room, drafts);
  page.past = lines_of(room, past);
  return http::Response::html(importing_pages::start(visit.frame(page.head.title, room.kind->section()), page), status);
}

}  // namespace khuyenhoc::importing

namespace khuyenhoc {

void add_importing_pages(Pages& pages, std::shared_ptr<const ImportKinds> kinds) {
  auto desk = std::make_shared<importing::Desk>(pages.house(), kinds);
  pages.get("/nhap-tep", [desk, kinds](const Visit& visit) { return importing::overview(visit, desk, *kinds); });
  for (const auto& kind : kinds->all()) importing::add_kind(pages, {desk, kind.get()});
}

}  // namespace khuyenhoc
