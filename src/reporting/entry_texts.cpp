// Answers in words, written and read beside the figures of a form.
#include "reporting/entry_texts.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/i18n.h"
#include "base/text.h"
#include "reporting/entry_desk.h"
#include "reporting/reporting_queries.h"

namespace khuyenhoc {

namespace json = boost::json;

std::vector<EntryText> entry_texts(db::Reader& reader, std::span<const BodyId> bodies, Period window) {
  std::vector<EntryText> out;
  for (auto& one : reporting_sql::texts(reader, bodies, window)) out.push_back({one.body, std::move(one.code), std::move(one.text), one.by, one.at_ms});
  return out;
}

const EntryText* find_entry_text(std::span<const EntryText> texts, BodyId body, std::string_view code) {
  for (const EntryText& one : texts)
    if (one.body == body && one.code == code) return &one;
  return nullptr;
}

std::vector<TextOutcome> EntryDesk::save_texts(db::Writer& writer, std::span<const TextEntry> texts) {
  std::vector<TextOutcome> out;
  judged_.clear();
  for (const TextEntry& given : texts) {
    TextOutcome one{CellOutcome::State::refused, given.body, given.measure, {}, 0, {}, {}, false};
    if (const auto done = save_text(writer, given, one); !done) {
      one.code = done.error().code;
      one.message = done.error().message;
    }
    out.push_back(std::move(one));
  }
  return out;
}

Result<void> EntryDesk::save_text(db::Writer& writer, const TextEntry& given, TextOutcome& one) {
  const Judged& known = judged(writer, given.body);
  if (!known.may) return std::unexpected(known.may.error());
  const NarrativeBlock* block = nullptr;
  if (given.body != association_)
    if (const auto form = known.asked->branches.find(organisation_->kind(given.body).short_form); form != known.asked->branches.end())
      if (const auto found = std::ranges::find(form->second.blocks, given.measure, &NarrativeBlock::code); found != form->second.blocks.end()) block = &*found;
  if (block == nullptr) return refuse("entry.not_asked", tr("Phiếu này không hỏi câu đó. Xin tải lại trang."));
  const BodyId bodies[] = {given.body};
  const auto stored = entry_texts(writer, bodies, period_.period);
  const EntryText* before = find_entry_text(stored, given.body, given.measure);
  one.text = before != nullptr ? before->text : std::string();
  one.version = before != nullptr ? before->at_ms : 0;
  std::string text = normalised_lines(given.text);
  if (count_characters(text) > longest_entry_text) return refuse("entry.text_long", tr("Câu trả lời dài quá {} chữ cái. Xin ghi gọn lại.", longest_entry_text));
  one.state = CellOutcome::State::saved;
  if (text == one.text) return {};
  if (before != nullptr && given.version != before->at_ms) {
    one.state = CellOutcome::State::stale;
    one.code = "text.stale";
    one.message = tr("{} vừa ghi câu trả lời này lúc {}: “{}”.", who_wrote(writer, before->by), short_time(before->at_ms, viewer_.today()), before->text);
    return {};
  }
  const std::int64_t at_ms = std::max(house_.clock.now_ms(), one.version + 1);
  if (text.empty()) reporting_sql::forget_text(writer, given.body, period_.period, given.measure);
  else reporting_sql::keep_text(writer, given.body, period_.period, given.measure, text, viewer_.user(), at_ms);
  const LanguageScope in_vietnamese(Language::vietnamese);
  const std::string summary = tr("Trả lời câu “{}”, {}: {}", block->heading_vi, house_.periods.label(period_, Language::vietnamese), text.empty() ? tr("xóa") : text) + said_through();
  house_.trail.write(writer, viewer_, given.body, "statement", 0, "answer", one.text.empty() ? std::string() : json::serialize(json::object{{"text", one.text}}), json::serialize(json::object{{"summary", summary}, {"question", given.measure}, {"text", text}}));
  one.text = std::move(text);
  one.version = one.text.empty() ? 0 : at_ms;
  one.changed = true;
  return {};
}

}  // namespace khuyenhoc
