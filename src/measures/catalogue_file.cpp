#include "measures/catalogue.h"

#include <fmt/format.h>

#include "platform/config/table.h"

namespace khuyenhoc {
namespace {

using config::Table;

std::unexpected<Refusal> wrong(std::string_view code, std::string_view place, std::string message) {
  return refuse(code, "Danh mục chỉ tiêu: " + std::move(message), std::string(place));
}

std::optional<MeasureKind> kind_of(std::string_view word) {
  using enum MeasureKind;
  static constexpr std::pair<std::string_view, MeasureKind> words[] = {{"stock", stock}, {"flow", flow},     {"reference", reference}, {"yearly", yearly},
                                                                       {"count", count}, {"ratio", ratio}, {"derived", derived}};
  for (const auto& [name, kind] : words)
    if (name == word) return kind;
  return std::nullopt;
}

Result<Dimension> dimension_of(const Table& entry, const std::string& measure) {
  Dimension out;
  out.code = entry.text("code");
  out.label_vi = entry.text("vi");
  out.label_en = entry.text("en");
  const std::string kind = entry.text("kind");
  if (kind != "partition" && kind != "subset")
    return wrong("catalogue.entry", measure, fmt::format("cách phân tổ “{}” phải là partition hoặc subset.", out.code));
  out.kind = kind == "partition" ? Dimension::Kind::partition : Dimension::Kind::subset;
  for (const auto& member : entry.tables("members")) out.members.push_back({member.text("code"), member.text("vi"), member.text("en")});
  if (out.code.empty() || out.label_vi.empty() || out.label_en.empty() || out.members.empty())
    return wrong("catalogue.entry", measure, "mỗi cách phân tổ cần có mã, tên tiếng Việt, tên tiếng Anh và ít nhất một nhóm.");
  for (std::size_t i = 0; i < out.members.size(); ++i) {
    const Member& member = out.members[i];
    if (member.code.empty() || member.label_vi.empty() || member.label_en.empty())
      return wrong("catalogue.entry", measure, fmt::format("mỗi nhóm của “{}” cần có mã và tên bằng hai thứ tiếng.", out.code));
    for (std::size_t j = 0; j < i; ++j)
      if (out.members[j].code == member.code) return wrong("catalogue.entry", measure, fmt::format("nhóm “{}/{}” bị trùng.", out.code, member.code));
  }
  return out;
}

Result<Measure> read_measure(const Table& entry) {
  Measure out;
  out.code = entry.text("code");
  if (out.code.empty()) return wrong("catalogue.entry", entry.place(), "một chỉ tiêu chưa có mã.");
  out.label_vi = entry.text("vi");
  out.label_en = entry.text("en");
  out.short_vi = entry.text("short_vi");
  out.short_en = entry.text("short_en");
  out.unit_vi = entry.text("unit_vi");
  out.unit_en = entry.text("unit_en");
  for (const std::string* text : {&out.label_vi, &out.label_en, &out.short_vi, &out.short_en, &out.unit_vi, &out.unit_en})
    if (text->empty()) return wrong("catalogue.entry", out.code, "thiếu tên, tên ngắn hoặc đơn vị tính bằng một trong hai thứ tiếng.");
  out.counted_vi = entry.has("counted_vi") ? entry.text("counted_vi") : out.unit_vi;
  out.counted_en = entry.has("counted_en") ? entry.text("counted_en") : out.unit_en;
  const auto kind = kind_of(entry.text("kind"));
  if (!kind) return wrong("catalogue.entry", out.code, fmt::format("không có loại chỉ tiêu “{}”.", entry.text("kind")));
  out.kind = *kind;
  const std::string level = entry.text("level");
  if (level == "branch") out.level = RecordedAt::branch;
  else if (level == "commune") out.level = RecordedAt::commune;
  else if (level == "computed") out.level = RecordedAt::computed;
  else return wrong("catalogue.entry", out.code, fmt::format("cấp ghi số liệu “{}” phải là branch, commune hoặc computed.", level));
  if (is_typed(out.kind) == (out.level == RecordedAt::computed))
    return wrong("catalogue.entry", out.code, "chỉ tiêu tính tự động thì không ghi ở cấp nào, chỉ tiêu nhập tay thì phải ghi ở một cấp.");
  const std::string direction = entry.text("direction");
  out.direction = direction == "+" ? Direction::more_is_better : direction == "-" ? Direction::less_is_better : Direction::neither;
  out.is_money = entry.flag("money", false);
  out.group = entry.text("section");
  out.formula = entry.text("formula");
  out.register_name = entry.text("register");
  out.help_vi = entry.text("help_vi");
  out.help_en = entry.text("help_en");
  out.adds_over_bodies = entry.flag("adds_over_bodies", true);
  const bool computed = out.kind == MeasureKind::ratio || out.kind == MeasureKind::derived;
  if (computed == out.formula.empty()) return wrong("catalogue.entry", out.code, "chỉ tiêu tính toán cần có công thức, chỉ tiêu khác thì không.");
  if ((out.kind == MeasureKind::count) == out.register_name.empty())
    return wrong("catalogue.entry", out.code, "chỉ tiêu đếm tổ chức cần nói tính từ sổ nào, chỉ tiêu khác thì không.");
  if (out.help_vi.empty() != out.help_en.empty()) return wrong("catalogue.entry", out.code, "lời hướng dẫn cần có cả hai thứ tiếng.");
  for (const auto& dimension : entry.tables("dimension")) {
    auto made = dimension_of(dimension, out.code);
    if (!made) return std::unexpected(made.error());
    out.dimensions.push_back(std::move(*made));
  }
  return out;
}

}  // namespace

struct Catalogue::Reading {
  Catalogue& out;

  Result<void> sections(const Table& file) {
    for (const auto& entry : file.tables("section")) out.sections_.push_back({entry.text("code"), entry.text("vi"), entry.text("en")});
    for (const auto& section : out.sections_)
      if (section.code.empty() || section.label_vi.empty() || section.label_en.empty())
        return wrong("catalogue.entry", section.code, "mỗi phần cần có mã và tên bằng hai thứ tiếng.");
    return {};
  }

  Result<void> measures(const Table& file) {
    for (const auto& entry : file.tables("measure")) {
      auto made = read_measure(entry);
      if (!made) return std::unexpected(made.error());
      if (out.find(made->code)) return wrong("catalogue.entry", made->code, "mã chỉ tiêu bị trùng.");
      if (std::ranges::none_of(out.sections_, [&](const Section& section) { return section.code == made->group; }))
        return wrong("catalogue.entry", made->code, fmt::format("không có phần “{}”.", made->group));
      const auto index = static_cast<MeasureIndex>(out.measures_.size());
      out.first_series_.push_back(static_cast<Series>(out.series_.size()));
      out.series_.push_back({index, -1, -1});
      for (std::size_t d = 0; d < made->dimensions.size(); ++d)
        for (std::size_t m = 0; m < made->dimensions[d].members.size(); ++m)
          out.series_.push_back({index, static_cast<std::int16_t>(d), static_cast<std::int16_t>(m)});
      out.measures_.push_back(std::move(*made));
    }
    if (out.measures_.empty()) return wrong("catalogue.entry", "", "chưa có chỉ tiêu nào.");
    return {};
  }

  Result<Formula> formula(std::string_view text, std::string_view place) {
    auto made = out.read_formula(text);
    if (!made) return wrong("catalogue.formula", place, made.error().message);
    return made;
  }

  Result<void> formulas() {
    out.formulas_.resize(out.measures_.size());
    for (std::size_t i = 0; i < out.measures_.size(); ++i) {
      const Measure& measure = out.measures_[i];
      if (measure.formula.empty()) continue;
      auto made = formula(measure.formula, measure.code);
      if (!made) return std::unexpected(made.error());
      if (compares(made->expression.operation()) || made->expression.is_ratio() != (measure.kind == MeasureKind::ratio))
        return wrong("catalogue.formula", measure.code, "tỷ lệ cần một phép chia ở ngoài cùng; chỉ tiêu suy ra thì không có phép chia.");
      for (const Term& term : made->terms)
        if (const auto kind = out.measures_[term.measure].kind; kind == MeasureKind::ratio || kind == MeasureKind::derived)
          return wrong("catalogue.formula", measure.code, "công thức chỉ dùng chỉ tiêu được ghi hoặc được đếm, không dùng chỉ tiêu tính từ công thức khác.");
      out.formulas_[i] = std::move(*made);
    }
    return {};
  }

  Result<void> checks(const Table& file) {
    for (const auto& entry : file.tables("check")) {
      Check check;
      check.code = entry.text("code");
      check.expression = entry.text("expression");
      check.message_vi = entry.text("vi");
      check.message_en = entry.text("en");
      check.holds_vi = entry.text("holds_vi");
      check.holds_en = entry.text("holds_en");
      check.severity = entry.text("severity") == "error" ? Check::Severity::error : Check::Severity::warning;
      if (check.code.empty() || check.message_vi.empty() || check.message_en.empty())
        return wrong("catalogue.entry", check.code, "mỗi phép kiểm tra cần có mã và lời giải thích bằng hai thứ tiếng.");
      auto made = formula(check.expression, check.code);
      if (!made) return std::unexpected(made.error());
      if (!compares(made->expression.operation())) return wrong("catalogue.formula", check.code, "phép kiểm tra phải là một phép so sánh.");
      const auto at = out.find(entry.text("at"));
      if (!at) return wrong("catalogue.entry", check.code, "phép kiểm tra chưa nói đứng ở chỉ tiêu nào.");
      check.measures.push_back(*at);
      for (const Term& term : made->terms)
        if (std::ranges::find(check.measures, term.measure) == check.measures.end()) check.measures.push_back(term.measure);
      check.formula = std::move(*made);
      out.checks_.push_back(std::move(check));
    }
    return {};
  }

  Result<void> forms(const Table& file) {
    for (const auto& entry : file.tables("form")) {
      ShortForm form{entry.text("code"), entry.text("vi"), entry.text("en"), {}};
      if (form.code.empty() || out.form(form.code)) return wrong("catalogue.form", form.code, "mẫu ngắn chưa có mã, hoặc mã bị trùng.");
      for (const auto& part_entry : entry.tables("part")) {
        FormPart part{part_entry.text("vi"), part_entry.text("en"), {}};
        for (const auto& field_entry : part_entry.tables("fields")) {
          const auto measure = out.find(field_entry.text("measure"));
          if (!measure) return wrong("catalogue.form", form.code, fmt::format("không có chỉ tiêu “{}”.", field_entry.text("measure")));
          const Measure& asked = out.measures_[*measure];
          if (!is_typed(asked.kind)) return wrong("catalogue.form", form.code, fmt::format("chỉ tiêu {} không nhập tay.", asked.code));
          const auto or_else = [](std::string text, const std::string& usual) { return text.empty() ? usual : text; };
          FormField field{*measure,
                          or_else(field_entry.text("vi"), asked.label_vi),
                          or_else(field_entry.text("en"), asked.label_en),
                          or_else(field_entry.text("help_vi"), asked.help_vi),
                          or_else(field_entry.text("help_en"), asked.help_en),
                          or_else(field_entry.text("unit_vi"), asked.unit_vi),
                          or_else(field_entry.text("unit_en"), asked.unit_en)};
          if (form.asks(*measure) || std::ranges::any_of(part.fields, [&](const FormField& other) { return other.measure == *measure; }))
            return wrong("catalogue.form", form.code, fmt::format("chỉ tiêu {} bị hỏi hai lần.", asked.code));
          part.fields.push_back(std::move(field));
        }
        form.parts.push_back(std::move(part));
      }
      out.forms_.push_back(std::move(form));
    }
    return {};
  }
};

Result<Formula> Catalogue::read_formula(std::string_view text) const {
  auto parsed = formula::Expression::parse(text);
  if (!parsed) return std::unexpected(parsed.error());
  Formula made{std::move(*parsed), {}};
  for (const auto& name : made.expression.names()) {
    const auto known = term(name);
    if (!known) return refuse("catalogue.formula", tr("công thức “{}” dùng “{}”, không có trong danh mục.", text, name), name);
    made.terms.push_back(*known);
  }
  return made;
}

Result<Catalogue> Catalogue::parse(std::string_view toml) {
  const auto file = Table::parse(toml, "indicators.toml");
  if (!file) return refuse("catalogue.syntax", file.error().message, file.error().place);
  Catalogue out;
  Reading reading{out};
  if (const auto jump = file->table("jump")) {
    out.jump_.percent = jump->number("percent").value_or(out.jump_.percent);
    out.jump_.least_change = jump->number("least_change").value_or(out.jump_.least_change);
    out.jump_.least_money = jump->number("least_money").value_or(out.jump_.least_money);
  }
  if (auto done = reading.sections(*file); !done) return std::unexpected(done.error());
  if (auto done = reading.measures(*file); !done) return std::unexpected(done.error());
  if (auto done = reading.formulas(); !done) return std::unexpected(done.error());
  if (auto done = reading.checks(*file); !done) return std::unexpected(done.error());
  if (auto done = reading.forms(*file); !done) return std::unexpected(done.error());
  return out;
}

}  // namespace khuyenhoc
