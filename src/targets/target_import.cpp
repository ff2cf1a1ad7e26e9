#include <boost/json.hpp>

#include "base/i18n.h"
#include "base/number.h"
#include "base/text.h"
#include "measures/targets.h"
#include "targets/targets.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

constexpr std::size_t unit_column = 0;        // the indicators stand behind it, in the order of the catalogue file

struct Plan : ImportPlan {
  std::vector<std::vector<TypedTarget>> cells;   // by row: what it would change
};

// People write "Xã Ea Kar", "Ea Kar", "Hội Khuyến học xã Ea Kar", with and without accents.
std::string plain_name(std::string_view name) {
  std::string out = folded(name);
  for (const std::string_view word : {"hoi khuyen hoc ", "hkh ", "xa ", "phuong ", "dac khu ", "thi tran ", "tinh ", "thanh pho "})
    if (out.starts_with(word)) out.erase(0, word.size());
  return out;
}

class Kind : public ImportKind {
 public:
  std::string_view code() const override { return "chi-tieu"; }
  Permission needs() const override { return Permission::keep_bodies; }
  MenuItem section() const override { return MenuItem::figures; }
  std::string title() const override { return tr("Nhập chỉ tiêu năm từ Excel"); }
  std::string explanation(const ImportContext&) const override {
    return tr("Mỗi dòng một đơn vị trực thuộc, mỗi cột một chỉ tiêu. Ô trống giữ nguyên chỉ tiêu đang có; số 0 là không giao.");
  }
  std::string way_back(BodyId body) const override { return targets_page(body).text(); }
  Result<void> offered(const ImportContext& context) const override {
    if (!bodies_assigned_to(*context.house.organisation.current(), context.body, context.viewer.today()).empty()) return {};
    return refuse("target.nothing_below", tr("Đơn vị này không giao chỉ tiêu cho Hội cấp dưới nào, nên không đọc bảng được."));
  }
  std::vector<ImportField> options(const ImportContext& context) const override {
    return {{.code = "nam", .label = tr("Năm"), .help = tr("Chỉ tiêu của năm nào."), .holds = ImportField::Holds::whole, .need = ImportNeed::required, .choices = {}, .proposed = std::to_string(context.viewer.today().year())}};
  }
  std::vector<std::pair<std::string, std::string>> check_options(const ImportContext& context) const override {
    constexpr int first = 2000, ahead = 2;
    const std::int64_t year = context.options.whole("nam").value_or(0);
    if (year >= first && year <= context.viewer.today().year() + ahead) return {};
    return {{"nam", tr("Năm chưa đúng. Xin ghi bốn chữ số, ví dụ {}.", context.viewer.today().year())}};
  }
  std::vector<ImportColumn> columns(const ImportContext& context) const override {
    std::vector<ImportColumn> out;
    out.push_back({.code = "don-vi", .label = tr("Đơn vị"), .need = ImportNeed::required, .holds = ImportHolds::text, .other_headings = {"Xã, phường", "Tên đơn vị", "Hội cơ sở"}, .choices = {}, .example = tr("Xã Ea Kar"), .help = {}});
    const Language language = current_language();
    for (const TargetKind& kind : TargetKinds::house().all()) {
      const Measure& measure = context.house.catalogue.measure(kind.measure);
      out.push_back({.code = measure.code, .label = measure.short_label(language), .need = ImportNeed::optional, .holds = measure.is_money ? ImportHolds::money : ImportHolds::whole,
                     .other_headings = {measure.code, measure.label_vi, measure.short_vi + " (" + measure.unit_vi + ")"}, .choices = {}, .example = {}, .help = measure.label(language)});
    }
    return out;
  }

  std::unique_ptr<ImportPlan> judge(db::Reader& reader, const ImportContext& context, const ImportRows& rows) const override {
    auto plan = std::make_unique<Plan>();
    const Organisation& organisation = *context.house.organisation.current();
    const Day today = context.viewer.today();
    const int year = static_cast<int>(context.options.whole("nam").value_or(today.year()));
    std::map<std::string, std::vector<BodyId>> units;
    for (const BodyId body : bodies_assigned_to(organisation, context.body, today)) units[plain_name(organisation.body(body).on(today).name)].push_back(body);
    std::map<BodyId, int> seen;
    std::size_t changes = 0;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      ImportJudgement judged;
      std::vector<TypedTarget> cells;
      const auto found = units.find(plain_name(rows.text(row, unit_column)));
      const auto refuse_row = [&](std::string code, std::string message) { judged.findings.push_back({static_cast<int>(unit_column), std::move(code), std::move(message)}); };
      if (!rows.readable(row)) refuse_row("target.unreadable", tr("Dòng này có ô chưa đọc được."));
      else if (found == units.end()) refuse_row("target.unknown_unit", tr("Không có đơn vị trực thuộc nào tên “{}”. Xin ghi tên như trong mục Tổ chức Hội.", std::string(rows.text(row, unit_column))));
      else if (found->second.size() > 1) refuse_row("target.two_units", tr("Có {} đơn vị cùng tên “{}”. Xin ghi chỉ tiêu của các đơn vị này trên trang.", found->second.size(), std::string(rows.text(row, unit_column))));
      else if (const auto [there, fresh] = seen.emplace(found->second.front(), rows.number(row)); !fresh) refuse_row("target.twice", tr("Đơn vị này đã có ở dòng {}.", there->second));
      else {
        judge_cells(reader, context, rows, row, found->second.front(), year, judged, cells);
        changes += cells.size();
      }
      plan->rows.push_back(std::move(judged));
      plan->cells.push_back(std::move(cells));
    }
    plan->totals.push_back({tr("Chỉ tiêu thay đổi"), number_text(static_cast<std::int64_t>(changes))});
    return plan;
  }

  Result<Done> write(db::Writer& writer, const ImportContext& context, const ImportRows& rows, ImportPlan& given, std::span<const std::size_t> chosen, ImportId) const override {
    const Plan& plan = static_cast<const Plan&>(given);
    const int year = static_cast<int>(context.options.whole("nam").value_or(context.viewer.today().year()));
    Done done;
    std::size_t count = 0;
    for (const std::size_t row : chosen) {
      const auto& cells = plan.cells[row];
      json::array before;
      for (const TypedTarget& cell : cells) {
        const auto now = target(writer, context.house.catalogue, cell.body, cell.measure, year);
        json::object one;
        one["measure"] = context.house.catalogue.measure(cell.measure).code;
        one["year"] = year;
        one["before"] = now ? json::value(*now) : json::value();
        one["value"] = *cell.value;
        before.push_back(std::move(one));
      }
      const auto set = set_targets(context.house, writer, context.viewer, year, cells, {}, context.viewer.today());
      if (!set) return std::unexpected(set.error());
      count += *set;
      done.written.push_back({rows.number(row), plan.rows[row].verdict, cells.front().body.value, json::serialize(before)});
    }
    done.summary = tr(Language::vietnamese, "Nhập chỉ tiêu năm {}: {} chỉ tiêu của {} đơn vị", year, count, chosen.size());
    return done;
  }

  Result<std::string> undo(db::Writer& writer, const ImportContext& context, const ImportRecord& import, std::span<const ImportWritten> written) const override {
    for (const ImportWritten& row : written) {
      const BodyId body{row.record};
      std::vector<TypedTarget> back;
      int year = 0;
      const json::value before = json::parse(row.before);
      for (const json::value& cell : before.as_array()) {
        const MeasureIndex measure = context.house.catalogue.index(std::string_view(cell.at("measure").as_string()));
        year = static_cast<int>(cell.at("year").as_int64());
        if (target(writer, context.house.catalogue, body, measure, year) != cell.at("value").as_int64())
          return refuse("target.changed", tr("Chỉ tiêu của {} đã được sửa sau lần nhập này, nên không khôi phục được.", context.house.organisation.current()->body(body).on(context.viewer.today()).name));
        back.push_back({body, measure, cell.at("before").is_null() ? std::nullopt : std::optional(cell.at("before").as_int64())});
      }
      if (auto set = set_targets(context.house, writer, context.viewer, year, back, {}, context.viewer.today()); !set) return std::unexpected(set.error());
    }
    return tr(Language::vietnamese, "Khôi phục như cũ lần nhập chỉ tiêu từ tệp “{}”", import.file_name);
  }

 private:
  static void judge_cells(db::Reader& reader, const ImportContext& context, const ImportRows& rows, std::size_t row, BodyId body, int year, ImportJudgement& judged, std::vector<TypedTarget>& cells) {
    const auto kinds = TargetKinds::house().all();
    bool any_before = false;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      const ImportCell& cell = rows.cell(row, unit_column + 1 + i);
      if (!cell.good()) continue;
      const Measure& measure = context.house.catalogue.measure(kinds[i].measure);
      if (cell.number < 0) {
        judged.findings.push_back({static_cast<int>(unit_column + 1 + i), "target.value", tr("Chỉ tiêu phải là số không âm và không quá lớn. Xin xem lại.")});
        judged.verdict = ImportVerdict::refused;
        cells.clear();
        return;
      }
      const auto now = target(reader, context.house.catalogue, body, kinds[i].measure, year);
      if (now == cell.number) continue;
      any_before = any_before || now.has_value();
      cells.push_back({body, kinds[i].measure, cell.number});
      judged.effect += (judged.effect.empty() ? "" : "; ") + (now ? tr("{}: {} thành {}", measure.short_label(current_language()), number_text(*now), number_text(cell.number))
                                                                   : measure.short_label(current_language()) + ": " + number_text(cell.number));
    }
    judged.verdict = cells.empty() ? ImportVerdict::unchanged : any_before ? ImportVerdict::changed : ImportVerdict::added;
  }
};

}  // namespace

std::unique_ptr<ImportKind> target_import() { return std::make_unique<Kind>(); }

}  // namespace khuyenhoc
