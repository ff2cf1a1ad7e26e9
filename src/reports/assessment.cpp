#include "base/number.h"
#include "reports/report_parts.h"

namespace khuyenhoc {
namespace {

using document::BulletList;
using document::Heading;
using document::Paragraph;
using document::Text;

// What the office writes itself: the figures cannot know it.
constexpr std::string_view left_to_the_office = "…………………………………………………………………………";

struct Theme {
  const char* code;
  const char* good;       // "Công tác phát triển hội viên có chuyển biến"
  const char* weak;       // "Công tác phát triển hội viên còn chậm"
  const char* next;       // "Tiếp tục phát triển hội viên"
};
constexpr std::array themes{
    Theme{"B01", "Công tác phát triển hội viên có chuyển biến", "Công tác phát triển hội viên còn chậm", "Chú trọng phát triển hội viên"},
    Theme{"C02", "Phong trào xây dựng “Gia đình học tập” được duy trì, mở rộng", "Số hộ đăng ký “Gia đình học tập” giảm", "Vận động các gia đình đăng ký “Gia đình học tập”"},
    Theme{"C18", "Mô hình “Công dân học tập” được triển khai rộng hơn", "Triển khai mô hình “Công dân học tập” còn chậm", "Đẩy mạnh mô hình “Công dân học tập”"},
    Theme{"D02", "Công tác vận động, xây dựng Quỹ khuyến học đạt kết quả khá", "Kết quả vận động Quỹ khuyến học giảm", "Tích cực vận động các nguồn lực xây dựng Quỹ khuyến học"},
    Theme{"E01", "Việc trao học bổng được quan tâm", "Số suất học bổng đã trao giảm", "Tổ chức tốt việc trao học bổng, hỗ trợ học sinh có hoàn cảnh khó khăn"},
    Theme{"F03", "Hoạt động của trung tâm học tập cộng đồng có tiến bộ", "Hiệu quả hoạt động của trung tâm học tập cộng đồng còn hạn chế", "Nâng cao chất lượng hoạt động của trung tâm học tập cộng đồng"},
    Theme{"G04", "Công tác tuyên truyền được đẩy mạnh", "Công tác tuyên truyền chưa thường xuyên", "Tăng cường công tác tuyên truyền"},
};

Text with_change(const ReportFigures& figures, const Theme& theme, const std::string& words) {
  Text text(words + ": ");
  figures.say(text, theme.code);
  text.add(", " + figures.comparison(theme.code) + ".");
  return text;
}

void judged(const ReportFigures& figures, const ReportCoverage& coverage, std::vector<Text>& good, std::vector<Text>& weak) {
  for (const Theme& theme : themes) {
    const auto now = figures.now(theme.code);
    const auto before = figures.year_before(theme.code);
    if (!now || !before || !figures.comparable(theme.code) || now->value == before->value) continue;
    if (now->value > before->value) good.push_back(with_change(figures, theme, theme.good));
    else if (figures.fallen(theme.code)) weak.push_back(with_change(figures, theme, theme.weak));
  }
  if (!coverage.missing.empty() && !coverage.before_due)
    weak.emplace_back(fmt::format("Còn {} chưa báo cáo số liệu đúng hạn.", coverage.who));
  good.emplace_back(std::string(left_to_the_office));
  weak.emplace_back(std::string(left_to_the_office));
}

std::vector<Text> tasks(const ReportFigures& figures) {
  std::vector<Text> out;
  for (const Theme& theme : themes) {
    const auto goal = figures.target(theme.code);
    const auto now = figures.now(theme.code);
    Text text(theme.next);
    if (goal && now && !now->is_ratio && now->value < *goal) {
      const Measure& measure = figures.measure(theme.code);
      const std::string& word = measure.is_money || measure.counted_vi.empty() ? measure.unit_vi : measure.counted_vi;
      text.add(fmt::format(", phấn đấu đạt {} {} theo kế hoạch năm, còn thiếu {} {}", Figure{*goal}.text(measure), word, Figure{*goal - now->value}.text(measure), word));
    }
    text.add(".");
    out.push_back(std::move(text));
  }
  out.emplace_back("Vận động học sinh đến trường đúng độ tuổi, học sinh bỏ học trở lại lớp; giúp đỡ học sinh khó khăn về kinh phí, sách vở, đồ dùng học tập.");
  out.emplace_back("Duy trì công tác thi đua, khen thưởng các cấp đúng định kỳ; củng cố các chi hội, ban khuyến học hoạt động chưa tốt.");
  out.emplace_back(std::string(left_to_the_office));
  return out;
}

std::string next_heading(const ReportOrder& order) {
  if (order.period.window == "H1") return fmt::format("III. PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM {}", order.period.year);
  if (order.period.window == "9M") return fmt::format("III. PHƯƠNG HƯỚNG, NHIỆM VỤ 3 THÁNG CUỐI NĂM {}", order.period.year);
  return fmt::format("III. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM {}", order.period.year + 1);
}

}  // namespace

void add_assessment(document::Document& report, const ReportFigures& figures, const ReportCoverage& coverage) {
  std::vector<Text> good, weak;
  judged(figures, coverage, good, weak);
  report.blocks.emplace_back(Heading{1, "II. ĐÁNH GIÁ CHUNG"});
  report.blocks.emplace_back(Heading{2, "1. Ưu điểm"});
  report.blocks.emplace_back(BulletList{std::move(good)});
  report.blocks.emplace_back(Heading{2, "2. Hạn chế"});
  report.blocks.emplace_back(BulletList{std::move(weak)});
  report.blocks.emplace_back(Heading{2, "3. Nguyên nhân"});
  report.blocks.emplace_back(BulletList{{Text(std::string(left_to_the_office))}});
  report.blocks.emplace_back(Heading{1, next_heading(figures.order())});
  report.blocks.emplace_back(BulletList{tasks(figures)});
  report.blocks.emplace_back(Heading{1, "IV. ĐỀ XUẤT, KIẾN NGHỊ"});
  report.blocks.emplace_back(BulletList{{Text(std::string(left_to_the_office))}});
}

}  // namespace khuyenhoc
