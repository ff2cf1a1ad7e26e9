#include "world/round_script.h"

#include <algorithm>
#include <cassert>

#include "platform/config/table.h"

namespace khuyenhoc {

extern const std::string_view demo_rounds_catalogue;

namespace {

std::optional<RoundScript::Remark> remark(const config::Table& entry, std::string_view key, std::string_view at) {
  const auto table = entry.table(key);
  if (!table) return std::nullopt;
  return RoundScript::Remark{table->text(at), table->text("reason")};
}

RoundScript::Question question(const config::Table& entry) {
  RoundScript::Question out;
  const std::string kind = entry.text("kind");
  out.asked.text = entry.text("text");
  out.asked.kind = kind == "money" ? OwnQuestion::Kind::money : kind == "yes_no" ? OwnQuestion::Kind::yes_no : kind == "text" ? OwnQuestion::Kind::text : OwnQuestion::Kind::number;
  out.asked.moment = kind == "yes_no" ? OwnQuestion::Moment::at_the_end : OwnQuestion::Moment::during;
  out.asked.unit = entry.text("unit");
  out.asked.help = entry.text("help");
  out.asked.asked_of = entry.texts("of");
  out.least = entry.number("least").value_or(0);
  out.most = entry.number("most").value_or(0);
  return out;
}

std::map<std::string, std::vector<std::string>> lists(const config::Table& table) {
  std::map<std::string, std::vector<std::string>> out;
  for (const std::string& key : table.keys()) {
    out[key] = table.texts(key);
    if (out[key].empty()) out[key] = {table.text(key)};
  }
  return out;
}

std::string said(std::string text, std::string_view hole, std::string_view with) {
  for (auto at = text.find(hole); at != std::string::npos; at = text.find(hole, at + with.size())) text.replace(at, hole.size(), with);
  return text;
}

}  // namespace

Result<RoundScript> RoundScript::parse(std::string_view toml) {
  const auto file = config::Table::parse(toml, "demo_rounds.toml");
  if (!file) return std::unexpected(file.error());
  RoundScript out;
  for (const auto& entry : file->tables("text")) {
    Block one{entry.text("of"), entry.text("block"), static_cast<std::size_t>(entry.number("pick").value_or(1)), entry.texts("sentences")};
    if (one.of.empty() || one.code.empty() || one.sentences.size() < one.pick)
      return refuse("demo.text", "Kịch bản dữ liệu dùng thử: mỗi phần lời văn cần nói của ai, phần nào và đủ số câu.", entry.place());
    out.blocks.push_back(std::move(one));
  }
  for (const auto& entry : file->tables("return")) out.returns.push_back({entry.text("reason"), remark(entry, "cell", "measure"), remark(entry, "text", "block")});
  for (const auto& entry : file->tables("adjustment"))
    out.adjustments.push_back({entry.text("measure"), entry.number("by").value_or(0), entry.text("reason"), entry.text("cell_reason")});
  const auto questions = [&](std::string_view of, std::vector<Question>& into) {
    const auto table = file->table(of);
    if (!table) return;
    for (const auto& entry : table->tables("question")) into.push_back(question(entry));
  };
  questions("addition", out.addition);
  questions("request", out.request);
  if (const auto table = file->table("addition")) out.addition_note = table->text("note");
  if (const auto table = file->table("request")) {
    out.request_title = table->text("title");
    out.request_message = table->text("message");
  }
  if (const auto table = file->table("reasons")) out.reasons = lists(*table);
  if (const auto table = file->table("words")) out.words = lists(*table);
  if (out.blocks.empty() || out.returns.empty() || out.adjustments.empty() || out.addition.empty() || out.request.empty() || !out.reasons.contains("other"))
    return refuse("demo.rounds", "Kịch bản dữ liệu dùng thử còn thiếu một mục của đợt báo cáo.");
  return out;
}

const RoundScript& RoundScript::house() {
  static const RoundScript script = [] {
    auto parsed = parse(demo_rounds_catalogue);
    assert(parsed && "the embedded script of the demo rounds must be readable");
    return std::move(*parsed);
  }();
  return script;
}

std::string RoundScript::block(std::string_view of, std::string_view code, std::string_view name, const Chance& chance, std::uint64_t key) const {
  const auto found = std::ranges::find_if(blocks, [&](const Block& one) { return one.of == of && one.code == code; });
  if (found == blocks.end()) return {};
  std::vector<std::string> left = found->sentences, taken;
  for (std::size_t n = 0; n < found->pick; ++n) {
    const auto at = left.begin() + static_cast<std::ptrdiff_t>(chance.of(key, Chance::key(code) + n) % left.size());
    taken.push_back(said(*at, "{don_vi}", name));
    left.erase(at);
  }
  std::string out;
  for (const std::string& sentence : taken) out += taken.size() == 1 ? sentence : "- " + sentence + "\n";
  return out;
}

const std::string& RoundScript::reason(std::string_view measure, bool unreported, const Chance& chance, std::uint64_t key) const {
  const auto own = reasons.find(unreported ? "unreported" : std::string(measure.substr(0, 1)));
  const auto& list = own == reasons.end() || own->second.empty() ? reasons.at("other") : own->second;
  return list[static_cast<std::size_t>(chance.of(key, Chance::key(measure)) % list.size())];
}

const std::string& RoundScript::word(const std::string& key, const Chance& chance, std::uint64_t of) const {
  const auto& list = words.at(key);
  return list[static_cast<std::size_t>(chance.of(of, Chance::key(key)) % list.size())];
}

}  // namespace khuyenhoc
