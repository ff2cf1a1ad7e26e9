#include <algorithm>
#include <array>

#include "base/i18n.h"
#include "base/number.h"
#include "importing/job.h"
#include "importing/pages/preview.html.h"
#include "importing/pages/wizard_pages.h"

namespace khuyenhoc::importing {
namespace {

constexpr std::size_t rows_on_page = 50;

struct VerdictWords {
  ImportVerdict verdict;
  std::string_view code;
  Message label;
  std::string_view tone, icon;
};
constexpr std::array verdict_words{
    VerdictWords{ImportVerdict::refused, "khong-duoc", mark("Không nhập được"), "bad", "circle-x"},
    VerdictWords{ImportVerdict::to_review, "xem-lai", mark("Cần xem lại"), "attention", "help"},
    VerdictWords{ImportVerdict::added, "them", mark("Sẽ thêm"), "good", "plus"},
    VerdictWords{ImportVerdict::changed, "sua", mark("Sẽ sửa"), "good", "pencil"},
    VerdictWords{ImportVerdict::unchanged, "khong-doi", mark("Đã có, không đổi"), "", "check"},
};

const VerdictWords& words_of(ImportVerdict verdict) { return *std::ranges::find(verdict_words, verdict, &VerdictWords::verdict); }

std::int64_t count_of(const Judged& judged, ImportVerdict verdict) {
  switch (verdict) {
    case ImportVerdict::added: return judged.added;
    case ImportVerdict::changed: return judged.changed;
    case ImportVerdict::unchanged: return judged.unchanged;
    case ImportVerdict::to_review: return judged.to_review;
    case ImportVerdict::refused: return judged.refused;
  }
  return 0;
}

// What the row itself says, for those that have no effect to tell.
std::string row_words(const Reading& reading, std::size_t row) {
  std::string out;
  for (std::size_t column = 0; column < reading.columns.size() && column < 3; ++column) {
    const ImportCell& cell = reading.rows.cell(row, column);
    if (cell.text.empty()) continue;
    const auto& choices = reading.columns[column].choices;
    const auto chosen = cell.good() ? std::ranges::find(choices, cell.text, &ImportChoice::value) : choices.end();
    if (!out.empty()) out += ", ";
    out += chosen == choices.end() ? cell.text : std::string_view(chosen->label);
  }
  return out;
}

RowView row_view(const Judged& judged, const Batch& batch, std::size_t row) {
  const Reading& reading = *judged.reading;
  const ImportJudgement& verdict = judged.plan->rows[row];
  const VerdictWords& words = words_of(verdict.verdict);
  RowView view;
  view.number = reading.rows.number(row);
  view.words = verdict.effect.empty() ? row_words(reading, row) : verdict.effect;
  view.state = tr(words.label);
  view.tone = words.tone;
  view.icon = words.icon;
  for (const ImportFinding& finding : verdict.findings) {
    const int placed = finding.column < 0 ? 0 : reading.placed[static_cast<std::size_t>(finding.column)];
    view.findings.push_back({placed > 0 ? spreadsheet::address(view.number, placed) : std::string(), finding.message});
  }
  view.candidates = verdict.candidates;
  view.field = fmt::format("dong-{}", view.number);
  if (const auto decided = batch.decisions.find(view.number); decided != batch.decisions.end()) view.decided = decided->second;
  return view;
}

std::vector<VerdictChip> page_links(const Url& here, std::size_t page, std::size_t pages) {
  std::vector<VerdictChip> out;
  std::size_t before = 0;
  for (std::size_t one = 1; one <= pages; ++one) {
    if (one != 1 && one != pages && (one + 2 < page || one > page + 2)) continue;
    if (before != 0 && one > before + 1) out.push_back({"…", here.with("trang", static_cast<std::int64_t>(before + 1)), false});
    out.push_back({std::to_string(one), here.with("trang", static_cast<std::int64_t>(one)), one == page});
    before = one;
  }
  return out;
}

}  // namespace

http::Response show_preview(const Visit& visit, const Room& room, const Batch& batch, std::string notice, http::Status status) {
  if (!batch.matched) return http::Response::redirect(page_of(room, batch, "cot"));
  const auto looked_at = room.desk->judge(batch, visit.viewer());
  if (!looked_at) return visit.refused(looked_at.error(), http::Status::unprocessable);
  const Judged& judged = **looked_at;
  PreviewPage page;
  page.head = head_of(visit, room, &batch, 2);
  page.notice = std::move(notice);
  if (judged.plan->refused) page.refused = judged.plan->refused->message;
  if (const auto before = visit.house().store.read([&](db::Reader& reader) { return sql::written_with(reader, batch.file, batch.record.body, batch.record.kind); }))
    page.same_file = tr("Chính tệp này đã được nhập {}. Các dòng đã ghi khi ấy được nhận ra và không ghi lại.", time_text(*before));
  page.remarks = judged.plan->remarks;
  page.totals = judged.plan->totals;

  const Url here = page_of(room, batch, "xem-truoc");
  const std::string filter(visit.request().query.value("loc"));
  const auto chosen = std::ranges::find(verdict_words, filter, &VerdictWords::code);
  const bool all = chosen == verdict_words.end();
  page.chips.push_back({tr("Tất cả: {}", number_text(static_cast<std::int64_t>(judged.size()))), here, all});
  for (const VerdictWords& words : verdict_words)
    if (const std::int64_t count = count_of(judged, words.verdict); count > 0)
      page.chips.push_back({fmt::format("{}: {}", tr(words.label), number_text(count)), here.with("loc", words.code), !all && words.verdict == chosen->verdict});
  std::vector<std::size_t> shown;
  for (std::size_t row = 0; row < judged.size(); ++row)
    if (all || judged.plan->rows[row].verdict == chosen->verdict) shown.push_back(row);
  // what needs somebody's eyes comes first
  if (all) {
    const auto asks = [&](std::size_t row) { return judged.plan->rows[row].verdict == ImportVerdict::refused || judged.plan->rows[row].verdict == ImportVerdict::to_review; };
    std::ranges::stable_partition(shown, asks);
  }
  const std::size_t pages = std::max<std::size_t>((shown.size() + rows_on_page - 1) / rows_on_page, 1);
  const std::size_t at = static_cast<std::size_t>(std::clamp<std::int64_t>(visit.request().query_number("trang").value_or(1), 1, static_cast<std::int64_t>(pages)));
  for (std::size_t i = (at - 1) * rows_on_page; i < std::min(shown.size(), at * rows_on_page); ++i) {
    page.rows.push_back(row_view(judged, batch, shown[i]));
    page.choices_on_page = page.choices_on_page || !page.rows.back().candidates.empty();
  }
  page.first = shown.empty() ? 0 : (at - 1) * rows_on_page + 1;
  page.last = std::min(shown.size(), at * rows_on_page);
  page.all = shown.size();
  page.pages = page_links(all ? here : here.with("loc", filter), at, pages);

  page.good = judged.added + judged.changed;
  page.bad = judged.to_review + judged.refused;
  page.digest = judged.digest;
  page.button = page.bad > 0 ? tr("Ghi {} dòng hợp lệ", number_text(page.good)) : tr("Ghi {} dòng", number_text(page.good));
  page.long_list = judged.size() > rows_for_a_job;
  page.decide = page_of(room, batch, "chon");
  page.write = page_of(room, batch, "ghi");
  page.columns = page_of(room, batch, "cot");
  page.rejected = page_of(room, batch, "chua-nhap.xlsx");
  page.leave = page_of(room, batch, "bo");
  return http::Response::html(importing_pages::preview(visit.frame(page.head.title, room.kind->section()), page), status);
}

http::Response take_decisions(const Visit& visit, const Room& room, Batch batch) {
  const auto looked_at = room.desk->judge(batch, visit.viewer());
  if (!looked_at) return visit.refused(looked_at.error(), http::Status::unprocessable);
  const Judged& judged = **looked_at;
  std::size_t decided = 0;
  for (std::size_t row = 0; row < judged.size(); ++row) {
    const int number = judged.reading->rows.number(row);
    const std::string field = fmt::format("dong-{}", number);
    if (!visit.request().form.fields.has(field)) continue;
    const std::string value = visit.request().text(field);
    const auto& candidates = judged.plan->rows[row].candidates;
    if (value.empty()) {
      batch.decisions.erase(number);
    } else if (std::ranges::find(candidates, value, &ImportChoice::value) != candidates.end()) {
      batch.decisions.insert_or_assign(number, value);
      ++decided;
    }
  }
  if (auto kept = room.desk->keep(batch); !kept) return visit.refused(kept.error(), http::Status::conflict);
  return visit.done(page_of(room, batch, "xem-truoc"), tr("Đã nhận {} lựa chọn. Chưa ghi gì; xin xem lại kết quả.", decided));
}

http::Response take_writing(const Visit& visit, const Room& room, Batch batch) {
  const std::string how = visit.request().text("cach");
  if (!batch.matched) return http::Response::redirect(page_of(room, batch, "cot"));
  const auto looked_at = room.desk->judge(batch, visit.viewer());
  if (!looked_at) return visit.refused(looked_at.error(), http::Status::unprocessable);
  const Judged& judged = **looked_at;
  batch.choose = how == "tat-ca" ? Choose::all_or_none : Choose::good_rows;
  batch.shown_digest = visit.request().text("xem");
  if (judged.digest != batch.shown_digest)
    return show_preview(visit, room, batch, tr("Từ lúc xem trước đến nay đã có người ghi thay đổi, nên kết quả của một số dòng khác đi. Chưa ghi dòng nào; xin xem lại rồi bấm ghi."), http::Status::conflict);
  if (judged.size() > rows_for_a_job && judged.added + judged.changed > 0 && !judged.plan->refused && (batch.choose == Choose::good_rows || judged.everything_good())) {
    batch.record.state = ImportState::running;
    batch.record.rows = static_cast<std::int64_t>(judged.size());
    batch.record.added = judged.added;
    batch.record.changed = judged.changed;
    batch.record.unchanged = judged.unchanged;
    batch.record.to_review = judged.to_review;
    batch.record.refused = judged.refused;
    House& house = visit.house();
    const bool asked = house.store.write([&](db::Writer& writer) {
      Batch now = batch;
      now.job = jobs::ask(house.store, writer, {.kind = std::string(job_kind), .request = std::to_string(batch.record.id.value)}, house.clock.now_ms()).value;
      return sql::update(writer, now);
    });
    if (!asked) return visit.refused({"import.stale", tr("Lần nhập này vừa được người khác thay đổi. Xin xem lại rồi làm tiếp."), {}}, http::Status::conflict);
    return http::Response::redirect(page_of(room, batch));
  }
  const auto written = room.desk->write(batch, visit.viewer());
  if (!written) return show_preview(visit, room, batch, written.error().message, http::Status::conflict);
  return http::Response::redirect(page_of(room, batch));
}

}  // namespace khuyenhoc::importing
