// What a template may name, and what is wrong with the names in one.
#include <algorithm>

#include "base/i18n.h"
#include "base/text.h"
#include "paper_templates/paper_templates.h"

namespace khuyenhoc {
namespace {

using document::template_key;
using Kind = TemplateField::Kind;

constexpr std::size_t usual_columns = 10;
// The indicators that annexes of half-year and year reports show for each unit.
constexpr const char* usual_codes[] = {"B01", "C02", "C03", "C18", "D02", "D04", "E01", "E03", "E08", "E09"};

class Fields {
 public:
  void group(std::string name) { group_ = std::move(name); }
  void add(const std::string& name, std::string gives, std::string example, Kind kind = Kind::words) {
    std::string key = template_key(name);
    if (std::ranges::find(all_, key, &TemplateField::key) == all_.end()) all_.push_back({name, std::move(key), std::move(gives), std::move(example), kind, group_});
  }
  std::vector<TemplateField> take() { return std::move(all_); }

 private:
  std::string group_;
  std::vector<TemplateField> all_;
};

std::string example_of(const Measure& measure) { return measure.kind == MeasureKind::ratio && !measure.is_money ? "20,4%" : measure.is_money ? "6.400.000" : "1.234"; }

// "1. Ưu điểm" is called "Ưu điểm".
std::string without_number(const std::string& heading) {
  const auto end = heading.find_first_of(".:");
  const auto first = end == std::string::npos ? std::string::npos : heading.find_first_not_of(' ', end + 1);
  return first == std::string::npos ? heading : heading.substr(first);
}

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t i = 0; i <= b.size(); ++i) row[i] = i;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t corner = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1)});
      corner = above;
    }
  }
  return row.back();
}

const TemplateField* nearest(const std::vector<TemplateField>& fields, const std::string& key) {
  constexpr std::size_t longest = 80;
  if (key.size() > longest) return nullptr;
  const TemplateField* best = nullptr;
  std::size_t least = std::max<std::size_t>(2, key.size() / 4) + 1;
  for (const TemplateField& field : fields)
    if (const std::size_t far = distance(field.key, key); far < least) {
      least = far;
      best = &field;
    }
  return best;
}

std::string part_words(document::TemplatePlace::Part part) {
  using Part = document::TemplatePlace::Part;
  switch (part) {
    case Part::table: return tr("trong bảng");
    case Part::header: return tr("đầu trang");
    case Part::footer: return tr("chân trang");
    case Part::note: return tr("chú thích");
    case Part::body: break;
  }
  return tr("trong bài");
}

}  // namespace

std::string with_unit(const Measure& measure, const std::string& shown) {
  if (measure.kind == MeasureKind::ratio && !measure.is_money) return shown;
  return shown + " " + (measure.is_money || measure.counted_vi.empty() ? measure.unit_vi : measure.counted_vi);
}

std::vector<MeasureIndex> annex_columns(const Catalogue& catalogue, const ComposedForm& form, const PaperChoice& choice) {
  std::vector<MeasureIndex> out;
  const auto put = [&](MeasureIndex measure) {
    if (form.line(measure) != nullptr && std::ranges::find(out, measure) == out.end()) out.push_back(measure);
  };
  for (const std::string& code : choice.columns)
    if (const auto measure = catalogue.find(code)) put(*measure);
  if (!out.empty()) return out;
  for (const char* code : usual_codes)
    if (const auto measure = catalogue.find(code)) put(*measure);
  for (const FormSection& section : form.sections)
    for (const AskedLine& line : section.lines)
      if (out.size() < usual_columns && is_typed(catalogue.measure(line.measure).kind)) put(line.measure);
  return out;
}

std::vector<TemplateField> template_fields(const Catalogue& catalogue, const ComposedForm& form) {
  Fields out;
  out.group(tr("Đầu và cuối văn bản"));
  out.add("số", tr("Số và ký hiệu; bản nháp để trống chỗ số"), "07/BC-HKH");
  out.add("địa danh, ngày", tr("Địa danh và ngày ký"), "Đắk Lắk, ngày 08 tháng 6 năm 2026");
  out.add("địa danh", tr("Địa danh"), "Đắk Lắk");
  out.add("ngày", tr("Ngày ký; bản nháp để trống"), "ngày 08 tháng 6 năm 2026");
  out.add("đơn vị cấp trên", tr("Dòng cơ quan cấp trên ở đầu văn bản"), "HỘI KHUYẾN HỌC VIỆT NAM");
  out.add("tên đơn vị in hoa", tr("Dòng cơ quan ban hành ở đầu văn bản"), "HỘI KHUYẾN HỌC TỈNH ĐẮK LẮK");
  out.add("tên đơn vị", tr("Tên đơn vị báo cáo"), "Hội Khuyến học tỉnh Đắk Lắk");
  out.add("trích yếu", tr("Trích yếu của báo cáo"), "Sơ kết công tác khuyến học 6 tháng đầu năm 2026");
  out.add("kỳ", tr("Kỳ báo cáo"), "6 tháng đầu năm 2026");
  out.add("từ ngày", tr("Ngày đầu kỳ số liệu"), "01/12/2025");
  out.add("đến ngày", tr("Ngày cuối kỳ số liệu"), "31/5/2026");
  out.add("năm", tr("Năm"), "2026");
  out.add("quyền hạn ký", tr("Các dòng quyền hạn, chức vụ của người ký"), "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH");
  out.add("người ký", tr("Họ và tên người ký"), "Nguyễn Thị Hoa");
  out.add("nơi nhận", tr("Các dòng nơi nhận"), "- TW Hội Khuyến học Việt Nam (để b/c);\n- Lưu: VT.");
  out.add("dự thảo", tr("Chữ “DỰ THẢO” khi chưa ký; ký rồi thì để trống"), "DỰ THẢO");
  out.add("đơn vị thiếu", tr("Câu nêu các đơn vị chưa có báo cáo; đủ cả thì để trống"), "Chưa có báo cáo của 7/102 đơn vị.");
  out.add("ghi chú cùng kỳ", tr("Câu “Số liệu cùng kỳ … theo địa giới hành chính mới”, khi cần"), "Số liệu cùng kỳ năm 2025 được tổng hợp theo địa giới hành chính mới.");
  out.group(tr("Lời văn (đứng riêng một dòng)"));
  for (const NarrativeBlock& block : form.blocks) {
    out.add("lời văn: " + block.code, block.heading_vi, "Đoạn lời văn của phần này.", Kind::paragraphs);
    if (const auto heading = without_number(block.heading_vi); !folded(heading).empty() && heading.find('{') == std::string::npos) out.add("lời văn: " + heading, block.heading_vi, "Đoạn lời văn của phần này.", Kind::paragraphs);
  }
  out.add("kết quả chủ yếu", tr("Các số chủ yếu, mỗi số một dòng, kèm so sánh"), "- Hội viên: 1.234 người.", Kind::paragraphs);
  out.group(tr("Bảng (đứng riêng một dòng)"));
  out.add("bảng: số liệu", tr("Bảng các chỉ tiêu theo mẫu báo cáo"), "Bảng số liệu", Kind::paragraphs);
  out.add("bảng: phụ lục", tr("Bảng theo đơn vị, mỗi đơn vị một dòng"), "Bảng phụ lục", Kind::paragraphs);
  out.group(tr("Một dòng của bảng, lặp lại cho từng đơn vị"));
  out.add("dòng: tt", tr("Số thứ tự"), "1", Kind::of_row);
  out.add("dòng: đơn vị", tr("Tên đơn vị"), "Xã Ea Kar", Kind::of_row);
  out.add("dòng: ghi chú", tr("“Lấy theo kỳ trước” và các ghi chú khác"), "", Kind::of_row);
  for (const FormSection& section : form.sections)
    for (const AskedLine& line : section.lines) out.add("dòng: " + catalogue.measure(line.measure).code, tr("{} của đơn vị ở dòng đó", line.label_vi), example_of(catalogue.measure(line.measure)), Kind::of_row);
  for (const FormSection& section : form.sections) {
    out.group(section.heading_vi);
    for (const AskedLine& line : section.lines) {
      const Measure& measure = catalogue.measure(line.measure);
      const std::string example = example_of(measure);
      out.add(measure.code, line.label_vi, example);
      out.add(measure.code + ": kèm đơn vị", tr("{}, có đơn vị tính", line.label_vi), with_unit(measure, example));
      out.add(measure.code + ": cùng kỳ", tr("{}, cùng kỳ năm trước", line.label_vi), example);
      out.add(measure.code + ": so sánh", tr("{}, câu so sánh với cùng kỳ", line.label_vi), "tăng 120 hội viên (2,1%) so với cùng kỳ năm 2025");
      out.add(measure.code + ": kế hoạch", tr("{}, kế hoạch năm", line.label_vi), example);
      out.add(measure.code + ": so kế hoạch", tr("{}, so với kế hoạch năm", line.label_vi), "97,4%");
    }
  }
  return out.take();
}

std::vector<MeasureIndex> columns_of_rows(const document::DocxTemplate& made, const Catalogue& catalogue, const ComposedForm& form) {
  std::vector<MeasureIndex> out;
  for (const FormSection& section : form.sections)
    for (const AskedLine& line : section.lines)
      if (std::ranges::find(made.places(), template_key("dòng: " + catalogue.measure(line.measure).code), &document::TemplatePlace::key) != made.places().end()) out.push_back(line.measure);
  return out;
}

std::vector<std::string> template_problems(const document::DocxTemplate& made, const std::vector<TemplateField>& fields) {
  std::vector<std::string> out;
  for (const document::TemplatePlace& place : made.places()) {
    const auto field = std::ranges::find(fields, place.key, &TemplateField::key);
    const std::string where = tr("{}, ở chỗ “{}”", part_words(place.part), place.around);
    std::string said;
    if (field == fields.end()) {
      const TemplateField* meant = nearest(fields, place.key);
      said = meant != nullptr ? tr("Không có chỗ điền tên “{}” ({}). Có phải ý ông/bà là “{}”?", place.written, where, "<<" + meant->name + ">>")
                              : tr("Không có chỗ điền tên “{}” ({}). Xin xem danh sách các chỗ điền.", place.written, where);
    } else if (field->kind == Kind::paragraphs && !place.alone) {
      said = tr("“{}” phải đứng riêng một dòng ({}).", place.written, where);
    } else if (field->kind == Kind::of_row && place.part != document::TemplatePlace::Part::table) {
      said = tr("“{}” chỉ dùng trong một dòng của bảng ({}).", place.written, where);
    }
    if (!said.empty() && std::ranges::find(out, said) == out.end()) out.push_back(std::move(said));
  }
  return out;
}

}  // namespace khuyenhoc
