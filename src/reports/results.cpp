#include <algorithm>

#include "base/number.h"
#include "measures/provinces_covered.h"
#include "reports/report_parts.h"

namespace khuyenhoc {
namespace {

using document::Heading;
using document::Paragraph;
using document::Text;

// Paragraphs of sentences; a sentence whose figure is not known is left out whole.
class Writer {
 public:
  Writer(document::Document& report, const ReportFigures& figures) : report_(report), figures_(figures) {}
  ~Writer() { end(); }

  // "Đến ngày 31/5/2026, toàn tỉnh có" + figure + change + "."
  Writer& sentence(const std::string& lead, std::string_view code) {
    if (!figures_.now(code)) return *this;
    open();
    text_.add(lead + " ");
    figures_.say(text_, code);
    figures_.say_change(text_, code);
    text_.add(".");
    return *this;
  }
  // A figure inside a sentence that has begun: ", trong đó " + figure
  Writer& start(const std::string& lead, std::string_view code) {
    started_ = figures_.now(code).has_value();
    if (!started_) return *this;
    open();
    text_.add(lead + " ");
    figures_.say(text_, code);
    return *this;
  }
  Writer& join(const std::string& lead, std::string_view code) {
    if (!started_ || !figures_.now(code)) return *this;
    const bool after_mark = lead.starts_with(',') || lead.starts_with(';');
    text_.add((after_mark ? "" : " ") + lead + " ");
    figures_.say(text_, code);
    return *this;
  }
  Writer& change(std::string_view code) {
    if (started_) figures_.say_change(text_, code);
    return *this;
  }
  Writer& stop() {
    if (started_) text_.add(".");
    started_ = false;
    return *this;
  }
  Writer& plain(const std::string& words) {
    if (words.empty()) return *this;
    open();
    text_.add(words);
    return *this;
  }
  Writer& noted(const std::string& words, const std::string& footnote) {
    open();
    text_.noted(words, footnote);
    return *this;
  }
  void end() {
    if (!text_.runs.empty()) report_.blocks.emplace_back(Paragraph{.text = std::move(text_)});
    text_ = {};
  }

 private:
  void open() {
    if (!text_.runs.empty()) text_.add(" ");
  }
  document::Document& report_;
  const ReportFigures& figures_;
  Text text_;
  bool started_ = false;
};

void organisation_and_members(document::Document& report, const ReportFigures& figures, const ReportCoverage& coverage) {
  report.blocks.emplace_back(Heading{2, "1. Phát triển tổ chức Hội và hội viên"});
  const std::string by_day = "Đến ngày " + std::min(figures.order().period.period.last, figures.house().clock.today()).text();
  Writer text(report, figures);
  text.start(fmt::format("{}, {} có", by_day, figures.whole()), "B01").join(", chiếm", "B05");
  if (figures.now("B05")) text.plain("dân số");
  text.change("B01").stop();
  const std::string covered = provinces_covered_words(figures.figures(), figures.now());
  text.plain(covered);
  text.start("Trong kỳ, các cấp Hội phát triển được", "B02").join("; giảm", "B03").stop();
  if (figures.restated())
    text.noted(fmt::format("Số liệu cùng kỳ năm {} được tổng hợp theo địa giới hành chính mới.", figures.order().period.year - 1),
               fmt::format("Số liệu trước ngày {} của các đơn vị hành chính cũ được cộng gộp theo địa giới hành chính hiện nay; phần chưa tách được cho từng đơn vị ghi ở dòng riêng của phụ lục.",
                           reform_day().text()));
  text.plain(coverage.sentence);
  text.end();
  text.start("Hệ thống tổ chức có", "A01").join(";", "A04").join("và", "A05").stop();
  if (figures.now("A02") && figures.now("COMMUNES")) text.plain(fmt::format("Có {}/{} xã, phường, đặc khu đã có tổ chức Hội ({}{}).", figures.text("A02"), figures.text("COMMUNES"), figures.text("A03"),
                                                                                  covered.empty() ? "" : "; tính trên cả những tỉnh, thành phố chưa có số liệu"));
  text.sentence("Số cán bộ Hội các cấp:", "A06");
}

void fund_and_help(document::Document& report, const ReportFigures& figures) {
  report.blocks.emplace_back(Heading{2, "2. Hoạt động khuyến học, khuyến tài và Quỹ khuyến học"});
  Writer text(report, figures);
  text.start("Trong kỳ, Quỹ khuyến học các cấp thu được", "D02").change("D02").stop();
  text.start("Chi", "D03").change("D03").stop();
  text.start("Số dư cuối kỳ", "D04").join(", bình quân", "D05").stop();
  text.end();
  text.start("Đã trao", "E01").join(", trị giá", "E02").change("E01").stop();
  text.start("Khen thưởng", "E03").join("với số tiền", "E04").change("E03").stop();
  text.start("Hỗ trợ", "E05").join("với giá trị", "E06").change("E05").stop();
  text.sentence("Số học sinh đang được nhận đỡ đầu:", "E07");
  text.end();
  text.start("Trong kỳ có", "E08").join("; vận động trở lại lớp được", "E09").join(", đạt tỷ lệ", "E10").change("E10").stop();
}

void learning_models(document::Document& report, const ReportFigures& figures) {
  report.blocks.emplace_back(Heading{2, "3. Xây dựng các mô hình học tập, xã hội học tập"});
  Writer text(report, figures);
  struct Model { const char *name, *registered, *recognised, *rate; };
  for (const Model& model : {Model{"“Gia đình học tập”", "C02", "C03", "C04"}, Model{"“Dòng họ học tập”", "C06", "C07", "C08"}, Model{"“Cộng đồng học tập” (thôn, bản, tổ dân phố)", "C10", "C11", "C12"},
                             Model{"“Đơn vị học tập”", "C14", "C15", "C16"}, Model{"“Công dân học tập”", "C18", "C19", "C20"}}) {
    text.start(fmt::format("Mô hình {}: đăng ký", model.name), model.registered).change(model.registered).join("; được công nhận đợt gần nhất", model.recognised).join(", đạt tỷ lệ", model.rate).stop();
    text.end();
  }
}

void learning_centres(document::Document& report, const ReportFigures& figures) {
  report.blocks.emplace_back(Heading{2, "4. Hoạt động của trung tâm học tập cộng đồng"});
  Writer text(report, figures);
  text.sentence("Trên địa bàn có", "F01");
  text.start("Các trung tâm đã mở", "F02").join("với", "F03").change("F03").stop();
}

void coordination(document::Document& report, const ReportFigures& figures) {
  report.blocks.emplace_back(Heading{2, "5. Tham mưu, phối hợp, tuyên truyền, thi đua – khen thưởng"});
  Writer text(report, figures);
  text.sentence("Các cấp Hội đã tham mưu cấp ủy, chính quyền ban hành", "G01");
  text.start("Tổ chức", "G02").join("cho", "G03").stop();
  text.sentence("Đăng, phát", "G04");
  text.sentence("Thực hiện", "G06");
  text.sentence("Tổ chức", "G07");
  text.sentence("Khen thưởng và đề nghị khen thưởng", "G08");
}

}  // namespace

void add_results(document::Document& report, const ReportFigures& figures, const ReportCoverage& coverage) {
  report.blocks.emplace_back(Heading{1, "I. KẾT QUẢ THỰC HIỆN"});
  organisation_and_members(report, figures, coverage);
  fund_and_help(report, figures);
  learning_models(report, figures);
  learning_centres(report, figures);
  coordination(report, figures);
}

}  // namespace khuyenhoc
