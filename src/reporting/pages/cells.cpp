#include <charconv>

#include <boost/json.hpp>

#include "base/i18n.h"
#include "base/number.h"
#include "platform/db/idempotency.h"
#include "reporting/pages/reporting_pages.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

constexpr std::size_t most_cells = 2'000;
constexpr std::size_t longest_key = 100;
constexpr std::size_t longest_sent_words = 20'000;                   // bytes; the desk counts characters in its own words
constexpr std::int64_t beyond_any_figure = 1'000'000'000'000'000;    // the desk refuses it in its own words

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

// "Bà Liên mới về, …" for "ly.B01"; an answer in words for "lv.r17_3".
std::optional<ReasonEntry> parse_words(const json::object& cell) {
  const auto* body = cell.if_contains("body");
  const auto* measure = cell.if_contains("measure");
  const auto* text = cell.if_contains("text");
  const auto* version = cell.if_contains("version");
  if (body == nullptr || !body->is_string() || measure == nullptr || !measure->is_string() || text == nullptr || !text->is_string() || version == nullptr || !version->is_string()) return std::nullopt;
  const auto id = whole(body->as_string());
  const auto seen = version->as_string().empty() ? std::optional<std::int64_t>(0) : whole(version->as_string());
  if (!id || !seen || text->as_string().size() > longest_sent_words) return std::nullopt;
  return ReasonEntry{BodyId{*id}, std::string(std::string_view(measure->as_string()).substr(reason_prefix.size())), std::string(text->as_string()), *seen};
}

bool begins_with(const json::value& from, std::string_view prefix) {
  if (!from.is_object()) return false;
  const auto* measure = from.as_object().if_contains("measure");
  return measure != nullptr && measure->is_string() && std::string_view(measure->as_string()).starts_with(prefix);
}

// How many stored units one unit of the page is: amounts of money stand in thousands of đồng in a grid.
std::int64_t scale_of(const Catalogue& catalogue, std::string_view measure, Amounts amounts) {
  if (amounts == Amounts::as_stored) return 1;
  if (const EntryColumn* column = EntryColumns::house().find(measure)) return column->scale;
  const auto known = catalogue.find(measure);
  return known && catalogue.measure(*known).is_money ? 1'000 : 1;
}

std::optional<CellEntry> parse_cell(const Catalogue& catalogue, const json::value& from, Amounts amounts) {
  if (!from.is_object()) return std::nullopt;
  const json::object& cell = from.as_object();
  const auto* body = cell.if_contains("body");
  const auto* measure = cell.if_contains("measure");
  const auto* value = cell.if_contains("value");
  const auto* version = cell.if_contains("version");
  if (body == nullptr || !body->is_string() || measure == nullptr || !measure->is_string() || value == nullptr || version == nullptr || !version->is_string()) return std::nullopt;
  const auto id = whole(body->as_string());
  const auto seen = version->as_string().empty() ? std::optional<std::int64_t>(0) : whole(version->as_string());
  if (!id || !seen || (!value->is_int64() && !value->is_null())) return std::nullopt;
  CellEntry out{BodyId{*id}, std::string(measure->as_string()), std::nullopt, *seen};
  if (value->is_int64()) out.value = stored_amount(catalogue, out.measure, value->as_int64(), amounts);
  return out;
}

json::object outcome_json(const Catalogue& catalogue, const CellOutcome& outcome, Amounts amounts) {
  static constexpr std::string_view words[] = {"saved", "refused", "stale"};
  json::object out{{"body", std::to_string(outcome.body.value)}, {"measure", outcome.measure}, {"state", words[static_cast<int>(outcome.state)]}};
  out["value"] = outcome.value ? json::value(shown_amount(catalogue, outcome.measure, *outcome.value, amounts)) : json::value(nullptr);
  out["version"] = std::to_string(outcome.version);
  if (!outcome.message.empty()) out["message"] = outcome.message;
  return out;
}

json::object words_json(const ReasonOutcome& outcome, std::string_view prefix) {
  static constexpr std::string_view words[] = {"saved", "refused", "stale"};
  json::object out{{"body", std::to_string(outcome.body.value)}, {"measure", std::string(prefix) + outcome.measure}, {"state", words[static_cast<int>(outcome.state)]}};
  out["value"] = nullptr;
  out["text"] = outcome.text;
  out["version"] = std::to_string(outcome.version);
  if (!outcome.message.empty()) out["message"] = outcome.message;
  return out;
}

struct Original {
  std::int64_t version = 0;
  std::optional<std::string> text;       // as the page showed it, digits only; none when the page did not say
};

Original original_of(std::string_view text) {
  Original out;
  const auto colon = text.find(':');
  out.version = whole(text.substr(0, colon)).value_or(0);
  if (colon != std::string_view::npos) out.text = std::string(text.substr(colon + 1));
  return out;
}

// "B01=3:120 B02=1:" of a row, or one field a cell.
Original find_original(const http::Request& request, std::string_view body, std::string_view measure) {
  if (const auto single = request.form.fields.find(fmt::format("v.{}.{}", body, measure))) return original_of(*single);
  std::string_view row = request.form.fields.value(fmt::format("v.{}", body));
  while (!row.empty()) {
    const std::string_view one = row.substr(0, row.find(' '));
    row.remove_prefix(std::min(row.size(), one.size() + 1));
    const auto equals = one.find('=');
    if (equals != std::string_view::npos && one.substr(0, equals) == measure) return original_of(one.substr(equals + 1));
  }
  return {};
}

}  // namespace

http::Response json_refusal(const std::string& message, http::Status status) { return http::Response::json(JsonText(json::object{{"message", message}}), status); }

std::int64_t shown_amount(const Catalogue& catalogue, std::string_view measure, std::int64_t stored, Amounts amounts) {
  const std::int64_t scale = scale_of(catalogue, measure, amounts);
  return scale == 1 ? stored : rounded_ratio(stored, scale);
}

std::int64_t stored_amount(const Catalogue& catalogue, std::string_view measure, std::int64_t shown, Amounts amounts) {
  if (shown > beyond_any_figure || shown < -beyond_any_figure) return shown > 0 ? beyond_any_figure : -1;
  return shown * scale_of(catalogue, measure, amounts);
}

Result<SentCells> parse_cells(const Catalogue& catalogue, const http::Request& request, Amounts amounts) {
  boost::system::error_code broken;
  const json::value parsed = json::parse(*request.body, broken);
  const auto malformed = [] { return refuse("cells.form", tr("Số liệu gửi lên chưa đúng khuôn dạng. Xin tải lại trang rồi ghi lại.")); };
  if (broken || !parsed.is_object()) return malformed();
  const auto* cells = parsed.as_object().if_contains("cells");
  if (cells == nullptr || !cells->is_array() || cells->as_array().size() > most_cells) return malformed();
  SentCells out;
  for (const json::value& one : cells->as_array()) {
    const bool reason = begins_with(one, reason_prefix);
    if (reason || begins_with(one, text_prefix)) {
      auto words = parse_words(one.as_object());
      if (!words) return malformed();
      (reason ? out.reasons : out.texts).push_back(std::move(*words));
      continue;
    }
    auto cell = parse_cell(catalogue, one, amounts);
    if (!cell) return malformed();
    out.cells.push_back(std::move(*cell));
  }
  return out;
}

http::Response answer_cells(House& house, const http::Request& request, std::int64_t sender, EntryDesk& desk, Amounts amounts, const RestOfAnswer& rest) {
  const auto sent = parse_cells(house.catalogue, request, amounts);
  if (!sent) return json_refusal(sent.error().message, http::Status::unprocessable);
  const std::string_view key = request.header("Idempotency-Key");
  if (key.size() > longest_key) return json_refusal(tr("Số liệu gửi lên chưa đúng khuôn dạng. Xin tải lại trang rồi ghi lại."), http::Status::unprocessable);
  const auto write = [&](db::Writer& writer) -> Result<std::string> {
    json::array written;
    for (const CellOutcome& outcome : desk.save(writer, sent->cells)) written.push_back(outcome_json(house.catalogue, outcome, amounts));
    for (const ReasonOutcome& outcome : desk.save_reasons(writer, sent->reasons)) written.push_back(words_json(outcome, reason_prefix));
    for (const TextOutcome& outcome : desk.save_texts(writer, sent->texts)) written.push_back(words_json(outcome, text_prefix));
    return json::serialize(written);
  };
  Result<std::string> written;
  if (key.empty()) {
    written = house.store.write(write);
  } else {
    const db::RequestKey once{fmt::format("{}:{}", sender, key), fmt::format("POST {}\n{}\n{}", request.path, desk.period().name(), *request.body)};
    written = db::answer_once(house.store, once, house.clock.now_ms(), write);
  }
  if (!written) return json_refusal(written.error().message, written.error().code == "request.key_reused" ? http::Status::conflict : http::Status::unprocessable);
  SavedCells saved;
  for (const CellEntry& cell : sent->cells) {
    saved.bodies.insert(cell.body);
    if (const auto measure = house.catalogue.find(cell.measure)) saved.measures.insert(*measure);
  }
  for (const ReasonEntry& reason : sent->reasons) saved.bodies.insert(reason.body);
  json::object answer{{"cells", json::parse(*written)}};
  rest(answer, saved);
  answer["saved_at"] = clock_text(house.clock.now_ms());
  return http::Response::json(JsonText(answer));
}

void add_form_words(const FigureForm& form, json::object& answer) {
  json::array wanted, checks;
  for (const FigureSection& section : form.sections)
    for (const FigureField& field : section.fields) {
      for (const EntryRemark& remark : field.remarks)
        if (remark.level == EntryRemark::Level::bad && !field.check_start)          // its own arithmetic the page says by itself
          checks.push_back(json::object{{"body", std::to_string(form.body.value)}, {"level", "bad"}, {"title", remark.title}, {"text", remark.text}, {"measures", json::array{json::string(field.name)}}});
      if (!field.wants_reason) continue;
      std::string words;
      for (const EntryRemark& remark : field.remarks)
        if (remark.code.ends_with("-jump")) words = remark.text;
      wanted.push_back(json::object{{"measure", field.name}, {"text", words}});
    }
  answer["reasons_wanted"] = std::move(wanted);
  answer["checks"] = std::move(checks);
}

PostedForm parse_posted(const Catalogue& catalogue, const http::Request& request, Amounts amounts, const std::function<std::optional<std::string>(BodyId, const std::string&)>& shown_now) {
  PostedForm out;
  for (std::size_t i = 0; i < request.form.fields.size(); ++i) {
    const auto field = request.form.fields.at(i);
    if (!field.name.starts_with("c.")) continue;
    const auto dot = field.name.find('.', 2);
    const auto body = dot == std::string_view::npos ? std::nullopt : whole(field.name.substr(2, dot - 2));
    if (!body) continue;
    const std::string name(field.name);
    const std::string measure(field.name.substr(dot + 1));
    const std::string text = request.text(field.name);
    const Original original = find_original(request, field.name.substr(2, dot - 2), measure);
    std::optional<std::int64_t> value;
    if (!text.empty()) {
      const auto parsed = parse_whole_number(text);
      if (!parsed) {
        out.texts.emplace(name, text);
        out.errors.emplace_back(name, parsed.error().message);
        continue;
      }
      value = *parsed;
    }
    const std::string digits = value ? std::to_string(*value) : std::string();
    const auto before = original.text ? original.text : shown_now(BodyId{*body}, measure);
    if (before && *before == digits) continue;
    out.texts.emplace(name, text);
    out.changed.push_back({BodyId{*body}, measure, value ? std::optional(stored_amount(catalogue, measure, *value, amounts)) : std::nullopt, original.version});
  }
  return out;
}

}  // namespace khuyenhoc
