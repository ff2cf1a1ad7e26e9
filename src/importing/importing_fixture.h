// For tests: a small kind of list, whom to call in the bodies below, judged and written as any other; a workbook made from lines.
#pragma once

#include <boost/json.hpp>

#include "base/telephone.h"
#include "base/text.h"
#include "importing/importing.h"
#include "organisation/contacts.h"
#include "platform/spreadsheet/write.h"

namespace khuyenhoc {

inline std::vector<ImportColumn> contact_list_columns() {
  return {
      {.code = "ten", .label = "Tên tổ chức", .need = ImportNeed::required, .other_headings = {"Tên chi hội", "Đơn vị"}, .example = "Chi hội Thôn 8", .longest = 60},
      {.code = "nguoi", .label = "Người đứng đầu", .other_headings = {"Chi hội trưởng", "Họ và tên"}, .example = "Phạm Văn Lượng"},
      {.code = "dien_thoai", .label = "Điện thoại", .holds = ImportHolds::telephone, .other_headings = {"Số điện thoại", "SĐT"}, .example = "0912 345 678"},
      {.code = "bac", .label = "Bậc", .holds = ImportHolds::choice, .choices = {{"chinh", "Chính"}, {"phu", "Phụ", {"Dự bị"}}}},
      {.code = "tu_ngay", .label = "Từ ngày", .holds = ImportHolds::day},
      {.code = "hoi_vien", .label = "Số hội viên", .holds = ImportHolds::whole},
      {.code = "quy", .label = "Quỹ (đồng)", .holds = ImportHolds::money},
  };
}

// Columns: body (required), head, telephone, level (a choice), since (a day), members (a whole), given (money).
class ContactListKind : public ImportKind {
 public:
  enum Column : std::size_t { body, head, telephone, level, since, members, given };

  std::string_view code() const override { return "lien-he"; }
  Permission needs() const override { return Permission::keep_bodies; }
  MenuItem section() const override { return MenuItem::organisation; }
  std::string title() const override { return "Nhập danh sách người liên hệ"; }
  std::string explanation(const ImportContext&) const override { return "Tên và số điện thoại của người liên hệ từng chi hội, ban."; }
  std::string way_back(BodyId of) const override { return fmt::format("/to-chuc/{}", of.value); }
  std::vector<ImportField> options(const ImportContext&) const override {
    return {{.code = "tu", .label = "Có hiệu lực từ", .help = "Ngày của danh sách.", .holds = ImportField::Holds::day, .need = ImportNeed::required, .proposed = "01/6/2026"}};
  }
  std::vector<ImportColumn> columns(const ImportContext&) const override { return contact_list_columns(); }

  struct Plan : ImportPlan {
    std::vector<BodyId> bodies;
  };
  std::unique_ptr<ImportPlan> judge(db::Reader& reader, const ImportContext& context, const ImportRows& rows) const override {
    auto plan = std::make_unique<Plan>();
    const auto organisation = context.house.organisation.current();
    std::map<std::string, int> seen;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      ImportJudgement judged;
      BodyId found;
      const std::string name = folded(rows.text(row, body));
      std::vector<BodyId> alike;
      for (const BodyId below : organisation->children(context.body, context.viewer.today()))
        if (folded(organisation->body(below).on(context.viewer.today()).name).starts_with(name)) alike.push_back(below);
      for (const BodyId one : alike)
        if (rows.decided(row) == std::to_string(one.value)) alike = {one};
      if (name.empty() || alike.empty()) {
        judged.findings.push_back({body, "contact_list.unknown", fmt::format("Không có “{}”.", rows.text(row, body))});
      } else if (alike.size() > 1) {
        judged.verdict = ImportVerdict::to_review;
        for (const BodyId one : alike) judged.candidates.push_back({std::to_string(one.value), organisation->body(one).on(context.viewer.today()).name});
      } else if (const auto [first, fresh] = seen.emplace(name, rows.number(row)); !fresh) {
        judged.findings.push_back({body, "contact_list.twice", fmt::format("Đã có ở dòng {}.", first->second)});
      } else {
        found = alike.front();
        const auto now = contact(reader, context.house.keys, found);
        const bool same = now && now->head_name == rows.text(row, head) && now->telephone == rows.text(row, telephone);
        judged.verdict = same ? ImportVerdict::unchanged : now ? ImportVerdict::changed : ImportVerdict::added;
        judged.effect = fmt::format("{}: {}", organisation->body(found).on(context.viewer.today()).name, rows.text(row, head));
      }
      plan->bodies.push_back(found);
      plan->rows.push_back(std::move(judged));
    }
    plan->totals.push_back({"Người liên hệ", std::to_string(rows.size())});
    return plan;
  }
  Result<Done> write(db::Writer& writer, const ImportContext& context, const ImportRows& rows, ImportPlan& plan, std::span<const std::size_t> chosen, ImportId) const override {
    Done done;
    for (const std::size_t row : chosen) {
      const BodyId one = static_cast<Plan&>(plan).bodies[row];
      const auto before = contact(writer, context.house.keys, one);
      if (auto kept = keep_contact(writer, context.house.keys, {}, {one, std::string(rows.text(row, head)), std::string(rows.text(row, telephone)), before ? before->row_version : 0}); !kept)
        return std::unexpected(kept.error());
      done.written.push_back({rows.number(row), plan.rows[row].verdict, one.value, before ? before->head_name : std::string()});
    }
    done.summary = fmt::format("Nhập {} người liên hệ", chosen.size());
    return done;
  }
  Result<std::string> undo(db::Writer& writer, const ImportContext& context, const ImportRecord&, std::span<const ImportWritten> written) const override {
    for (const ImportWritten& one : written) {
      const auto now = contact(writer, context.house.keys, BodyId{one.record});
      if (now && now->head_name == "Không trả lại") return refuse("contact_list.kept", "Người liên hệ này đã được giữ lại.");
      if (auto kept = keep_contact(writer, context.house.keys, {}, {BodyId{one.record}, one.before, {}, now ? now->row_version : 0}); !kept) return std::unexpected(kept.error());
    }
    return fmt::format("Khôi phục {} người liên hệ", written.size());
  }
};

using Lines = std::vector<std::vector<std::string>>;

// One sheet, text cells only.
inline std::string workbook_of(const Lines& lines) {
  spreadsheet::WorkbookWriter book("Danh sách", Day::of(2026, 6, 8));
  spreadsheet::SheetWriter sheet = book.add_sheet("Danh sách");
  for (std::size_t row = 0; row < lines.size(); ++row)
    for (std::size_t column = 0; column < lines[row].size(); ++column)
      if (!lines[row][column].empty()) sheet.text(static_cast<int>(row) + 1, static_cast<int>(column) + 1, lines[row][column]);
  return *book.finish();
}

}  // namespace khuyenhoc
