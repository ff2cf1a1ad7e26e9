#include "importing/desk.h"

#include <algorithm>

#include "base/i18n.h"
#include "base/number.h"
#include "base/text.h"
#include "platform/files/files.h"
#include "shell/acting_viewer.h"

namespace khuyenhoc::importing {
namespace {

constexpr std::size_t drafts_at_hand = 4;

// One answer as it is kept, or what is wrong with it.
Result<std::string> canonical(const ImportField& field, const std::string& typed) {
  const std::string text = normalised(typed);
  if (field.holds == ImportField::Holds::yes) return std::string(text.empty() ? "" : "co");
  if (text.empty()) {
    if (field.need == ImportNeed::required) return refuse("import.option", tr("Xin ghi “{}”.", field.label));
    return std::string();
  }
  switch (field.holds) {
    case ImportField::Holds::day: {
      const auto day = Day::parse(text);
      if (!day) return std::unexpected(day.error());
      return day->iso();
    }
    case ImportField::Holds::whole: {
      const auto number = parse_whole_number(text);
      if (!number) return std::unexpected(number.error());
      return std::to_string(*number);
    }
    case ImportField::Holds::choice:
      if (std::ranges::find(field.choices, text, &ImportChoice::value) == field.choices.end()) return refuse("import.option", tr("Xin chọn “{}” trong danh sách.", field.label));
      return text;
    case ImportField::Holds::text:
    case ImportField::Holds::yes: break;
  }
  return text;
}

std::string digest_of(const ImportRows& rows, const ImportPlan& plan) {
  db::RunningDigest digest;
  std::string line;
  for (std::size_t row = 0; row < plan.rows.size(); ++row) {
    line.clear();
    fmt::format_to(std::back_inserter(line), "{}|{}|{}\n", rows.number(row), static_cast<int>(plan.rows[row].verdict), plan.rows[row].effect);
    digest.add(line);
  }
  if (plan.refused) digest.add(plan.refused->code);
  return crypto::hex(digest.finish());
}

}  // namespace

std::vector<std::size_t> Judged::chosen() const {
  std::vector<std::size_t> out;
  for (std::size_t row = 0; row < plan->rows.size(); ++row)
    if (is_good(plan->rows[row].verdict)) out.push_back(row);
  return out;
}

ImportContext Desk::context_of(const Batch& batch, const Viewer& viewer) const {
  ImportContext context{house_, viewer, batch.record.body};
  for (const auto& [code, value] : batch.options) context.options.set(code, value);
  return context;
}

ImportOptions Desk::proposed_options(const ImportKind& kind, const Viewer& viewer, BodyId body) const {
  ImportContext context{house_, viewer, body};
  for (const ImportField& field : kind.options(context))
    if (const auto value = canonical(field, field.proposed); value) context.options.set(field.code, *value);
  return context.options;
}

FormErrors Desk::answer(const ImportKind& kind, ImportContext& context, const std::map<std::string, std::string>& typed) const {
  FormErrors errors;
  ImportOptions answers;
  for (const ImportField& field : kind.options(context)) {
    const auto given = typed.find(field.code);
    const auto value = canonical(field, given != typed.end() ? given->second : field.holds == ImportField::Holds::yes ? std::string() : field.proposed);
    if (value) answers.set(field.code, *value);
    else errors.emplace_back(field.code, value.error().message);
  }
  if (!errors.empty()) return errors;
  context.options = std::move(answers);
  return kind.check_options(context);
}

Result<ImportId> Desk::take_in(const ImportKind& kind, const Viewer& viewer, BodyId body, std::string content, std::string_view file_name,
                                const std::map<std::string, std::string>& asked) {
  const std::string name = files::safe_name(file_name);
  const auto source = ReadFile::read(content, name);
  if (!source) return std::unexpected(source.error());
  auto attachment = files::accept(std::move(content), name);
  if (!attachment) return std::unexpected(attachment.error());

  Batch batch;
  batch.record.id = house_.store.new_id<ImportId>();
  batch.record.kind = kind.code();
  batch.record.body = body;
  batch.record.by = viewer.user();
  batch.record.by_name = viewer.name();
  batch.record.file_name = name;
  batch.record.at_ms = house_.clock.now_ms();
  batch.on_behalf_of = viewer.on_behalf_of();
  batch.file = attachment->digest;
  const ImportOptions proposed = proposed_options(kind, viewer, body);
  batch.options.insert(proposed.values().begin(), proposed.values().end());
  for (const ImportField& field : kind.options({house_, viewer, body}))
    if (const auto given = asked.find(field.code); given != asked.end())
      if (auto value = canonical(field, given->second)) batch.options.insert_or_assign(field.code, std::move(*value));
  const ImportContext context = context_of(batch, viewer);
  const auto columns = kind.columns(context);
  const Remembered known = house_.store.read([&](db::Reader& reader) { return sql::remembered(reader, kind.code(), body); });
  int best = -1;
  for (const SourceSheet& sheet : (*source)->sheets()) {
    Guess guessed = guess(sheet, columns, known);
    if (guessed.points <= best) continue;
    best = guessed.points;
    batch.sheet = sheet.name();
    batch.heading_row = std::max(guessed.heading_row, 1);
    batch.matching = std::move(guessed.matching);
  }
  house_.store.write([&](db::Writer& writer) {
    files::keep(writer, *attachment, batch.record.at_ms);
    sql::insert(writer, batch);
  });
  const std::lock_guard lock(mutex_);
  cached_.insert(cached_.begin(), Cached{.id = batch.record.id, .source = *source, .asked = {}, .reading = nullptr, .judged = nullptr});
  if (cached_.size() > drafts_at_hand) cached_.pop_back();
  return batch.record.id;
}

std::optional<Batch> Desk::find(ImportId id) const {
  return house_.store.read([&](db::Reader& reader) { return sql::find(reader, id); });
}

Desk::Cached* Desk::cached(ImportId id) {
  const auto found = std::ranges::find(cached_, id, &Cached::id);
  return found == cached_.end() ? nullptr : &*found;
}

void Desk::forget(ImportId id) {
  const std::lock_guard lock(mutex_);
  if (Cached* known = cached(id)) known->judged = nullptr;
}

Result<std::shared_ptr<const ReadFile>> Desk::source_of(const Batch& batch) {
  {
    const std::lock_guard lock(mutex_);
    if (const Cached* known = cached(batch.record.id); known != nullptr && known->source) return known->source;
  }
  const auto file = house_.store.read([&](db::Reader& reader) { return files::find(reader, batch.file); });
  if (!file) return refuse("import.file", tr("Không còn tệp “{}” trong kho. Xin chọn lại tệp.", batch.record.file_name));
  auto source = ReadFile::read(file->content, batch.record.file_name);
  if (!source) return std::unexpected(source.error());
  const std::lock_guard lock(mutex_);
  if (Cached* known = cached(batch.record.id)) {
    known->source = *source;
  } else {
    cached_.insert(cached_.begin(), Cached{.id = batch.record.id, .source = *source, .asked = {}, .reading = nullptr, .judged = nullptr});
    if (cached_.size() > drafts_at_hand) cached_.pop_back();
  }
  return *source;
}

Result<std::shared_ptr<const Reading>> Desk::reading_of(const Batch& batch, const ImportContext& context) {
  const Language language = context.viewer.language();
  {
    const std::lock_guard lock(mutex_);
    if (const Cached* known = cached(batch.record.id); known != nullptr && known->reading && known->asked == Asked(batch) && known->language == language) return known->reading;
  }
  const auto source = source_of(batch);
  if (!source) return std::unexpected(source.error());
  const SourceSheet* sheet = (*source)->find(batch.sheet);
  if (sheet == nullptr) return refuse("import.sheet", tr("Tệp không còn trang “{}”. Xin chọn lại trang.", batch.sheet));
  const LanguageScope speaking(language);
  auto reading = read_rows(*source, *sheet, batch.heading_row, batch.matching, kind_of(batch).columns(context));
  for (const auto& [number, value] : batch.decisions) reading->rows.decide(number, value);
  const std::lock_guard lock(mutex_);
  if (Cached* known = cached(batch.record.id)) {
    known->asked = Asked(batch);
    known->language = language;
    known->reading = reading;
    known->judged = nullptr;
  }
  return std::shared_ptr<const Reading>(reading);
}

Result<void> Desk::keep(Batch& batch) {
  const bool kept = house_.store.write([&](db::Writer& writer) {
    if (batch.matched) {
      const auto source = source_of(batch);
      if (source)
        if (const SourceSheet* sheet = (*source)->find(batch.sheet)) {
          Remembered all = sql::remembered(writer, batch.record.kind, batch.record.body);
          for (auto& [heading, code] : remembered_of(headings(*sheet, batch.heading_row), batch.matching)) all.insert_or_assign(heading, code);
          sql::remember(writer, batch.record.kind, batch.record.body, all);
        }
    }
    return sql::update(writer, batch);
  });
  if (!kept) return refuse("import.stale", tr("Lần nhập này vừa được người khác thay đổi. Xin xem lại rồi làm tiếp."));
  ++batch.row_version;
  return {};
}

std::shared_ptr<Judged> Desk::judged(db::Reader& reader, const ImportKind& kind, const ImportContext& context, std::shared_ptr<const Reading> reading, const Batch& batch) const {
  const LanguageScope speaking(context.viewer.language());
  auto out = std::make_shared<Judged>();
  out->stamp = kind.stamp(reader, context);
  out->plan = kind.judge(reader, context, reading->rows);
  out->options = context.options;
  ImportPlan& plan = *out->plan;
  plan.rows.resize(reading->rows.size());
  for (std::size_t row = 0; row < plan.rows.size(); ++row)
    if (!reading->rows.readable(row)) {
      plan.rows[row].verdict = ImportVerdict::refused;
      plan.rows[row].effect.clear();
      plan.rows[row].candidates.clear();
      std::vector<ImportFinding> of_kind = std::move(plan.rows[row].findings);
      plan.rows[row].findings.clear();
      // what a kind says of a cell that could not be read explains nothing
      for (ImportFinding& finding : of_kind)
        if (finding.column == ImportFinding::whole_row || !reading->rows.matched(static_cast<std::size_t>(finding.column)) ||
            reading->rows.cell(row, static_cast<std::size_t>(finding.column)).good())
          plan.rows[row].findings.push_back(std::move(finding));
    }
  for (auto at = reading->findings.rbegin(); at != reading->findings.rend(); ++at) {
    auto& findings = plan.rows[at->first].findings;
    findings.insert(findings.begin(), at->second);
  }
  plan.remarks.insert(plan.remarks.begin(), reading->remarks.begin(), reading->remarks.end());
  for (const ImportJudgement& row : plan.rows) {
    switch (row.verdict) {
      case ImportVerdict::added: ++out->added; break;
      case ImportVerdict::changed: ++out->changed; break;
      case ImportVerdict::unchanged: ++out->unchanged; break;
      case ImportVerdict::to_review: ++out->to_review; break;
      case ImportVerdict::refused: ++out->refused; break;
    }
  }
  if (reading->rows.size() == 0 && !plan.refused)
    plan.refused = Refusal{"import.no_rows", tr("Dưới dòng tiêu đề (dòng {}) của trang “{}” không có dòng nào để đọc. Xin xem lại trang và dòng tiêu đề.", batch.heading_row, batch.sheet), {}};
  out->digest = digest_of(reading->rows, plan);
  out->reading = std::move(reading);
  return out;
}

Result<std::shared_ptr<const Judged>> Desk::judge(const Batch& batch, const Viewer& viewer) {
  const ImportContext context = context_of(batch, viewer);
  const ImportKind& kind = kind_of(batch);
  const auto reading = reading_of(batch, context);
  if (!reading) return std::unexpected(reading.error());
  return house_.store.read([&](db::Reader& reader) -> Result<std::shared_ptr<const Judged>> {
    if (const std::string stamp = kind.stamp(reader, context); !stamp.empty()) {
      const std::lock_guard lock(mutex_);
      const Cached* known = cached(batch.record.id);
      if (known != nullptr && known->judged && known->reading == *reading && known->judged->stamp == stamp) return known->judged;
    }
    std::shared_ptr<const Judged> fresh = judged(reader, kind, context, *reading, batch);
    const std::lock_guard lock(mutex_);
    if (Cached* known = cached(batch.record.id); known != nullptr && known->reading == *reading) known->judged = fresh;
    return fresh;
  });
}

std::optional<Viewer> Desk::viewer_of(const Batch& batch) const {
  return acting_viewer(house_, batch.record.by, batch.on_behalf_of, batch.record.by_name, batch.record.body);
}

}  // namespace khuyenhoc::importing
