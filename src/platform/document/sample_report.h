// A half-year report as a province association writes it, for tests and for looking at: the shape is that of real ones, nobody in it is real.
#pragma once

#include <fmt/format.h>

#include "platform/document/document.h"

namespace khuyenhoc::document {

inline Table sample_annex_table(int communes) {
  Table table;
  table.unit_note = "Đơn vị tính: người, đơn vị; tiền: đồng";
  table.columns = {{.share = 0.9, .alignment = Alignment::centre}, {.share = 3.6}, {.share = 1.3}, {.share = 1.3}, {.share = 1.2}, {.share = 1.3}, {.share = 1.3}, {.share = 1.2}, {.share = 2.2}, {.share = 2.0}};
  table.head = {{{.text = "TT", .row_span = 2}, {.text = "Xã, phường", .row_span = 2}, {.text = "Hội viên", .column_span = 3}, {.text = "Gia đình học tập", .column_span = 3}, {.text = "Quỹ khuyến học", .row_span = 2}, {.text = "Ghi chú", .row_span = 2}},
                {{.text = "Kỳ này"}, {.text = "Cùng kỳ"}, {.text = "So cùng kỳ"}, {.text = "Đăng ký"}, {.text = "Công nhận"}, {.text = "Tỷ lệ"}}};
  std::int64_t members = 0;
  std::int64_t before = 0;
  std::int64_t fund = 0;
  for (int number = 1; number <= communes; ++number) {
    if (number % 25 == 1) table.rows.push_back({.kind = RowKind::group, .cells = {TableCell::of(fmt::format("Cụm {}", number / 25 + 1))}});
    const std::int64_t now = 1'200 + number * 37 % 911;
    const std::int64_t then = 1'180 + number * 41 % 877;
    const std::int64_t money = 6'400'000 + number * 1'250'000;
    members += now;
    before += then;
    fund += money;
    table.rows.push_back({.cells = {TableCell::of(std::to_string(number)), TableCell::of(number % 9 == 0 ? fmt::format("Phường Buôn Ma Thuột {}", number) : fmt::format("Xã Ea Kar {}", number)), TableCell::count(now, "/so-lieu/hoi-vien"), TableCell::count(then),
                                    TableCell::share(now - then, then), TableCell::count(900 + number), number % 14 == 0 ? TableCell::blank() : TableCell::count(850 + number), TableCell::share(850 + number, 900 + number),
                                    TableCell::money(Money{money}), TableCell::of(number % 14 == 0 ? "Lấy theo kỳ trước" : "")}});
  }
  table.rows.push_back({.kind = RowKind::total, .cells = {{.text = "Toàn tỉnh", .alignment = Alignment::centre, .column_span = 2}, TableCell::count(members), TableCell::count(before), TableCell::share(members - before, before), TableCell::blank(), TableCell::blank(),
                                                          TableCell::blank(), TableCell::money(Money{fund}), TableCell::blank()}});
  return table;
}

inline Document sample_report(int communes = 102) {
  Document report;
  report.letterhead = Letterhead{.superior = "HỘI KHUYẾN HỌC VIỆT NAM", .issuer = "HỘI KHUYẾN HỌC TỈNH ĐẮK LẮK", .number = "Số:      /BC-HKH", .place_and_date = "Đắk Lắk, ngày      tháng 6 năm 2026"};
  report.kind = "BÁO CÁO";
  report.summary = "Sơ kết công tác khuyến học, khuyến tài, xây dựng xã hội học tập 6 tháng đầu năm 2026; phương hướng, nhiệm vụ 6 tháng cuối năm 2026";
  report.day = Day::of(2026, 6, 20);
  auto& blocks = report.blocks;
  Text opening("Thực hiện Chương trình công tác năm 2026 của Trung ương Hội Khuyến học Việt Nam và Kế hoạch số 12/KH-HKH ngày 15 tháng 01 năm 2026 của Hội Khuyến học tỉnh, Ban Thường vụ Hội Khuyến học tỉnh Đắk Lắk báo cáo kết quả công tác 6 tháng đầu năm 2026 như sau:");
  blocks.emplace_back(Paragraph{.text = opening});
  blocks.emplace_back(Heading{1, "I. KẾT QUẢ THỰC HIỆN"});
  blocks.emplace_back(Heading{2, "1. Phát triển tổ chức Hội và hội viên"});
  Text members("Đến ngày 31/5/2026, toàn tỉnh có ");
  members.figure("682.140", "/so-lieu/hoi-vien?ky=2026-H1").add(" hội viên, chiếm 20,4% dân số, tăng ").figure("14.030", "/so-lieu/hoi-vien/so-sanh").add(" hội viên (2,1%) so với cùng kỳ năm 2025. ");
  members.runs.push_back({.text = "Số liệu cùng kỳ năm 2025 được tổng hợp theo địa giới hành chính mới", .weight = Weight::italic, .footnote = "Số liệu của tỉnh Đắk Lắk và tỉnh Phú Yên trước ngày 01/7/2025 được cộng gộp theo địa giới hành chính mới."});
  members.add(". Chưa có báo cáo của 7/102 xã; số hội viên của 7 xã này lấy theo kỳ trước.");
  blocks.emplace_back(Paragraph{.text = members});
  blocks.emplace_back(Paragraph{.text = "Các cấp Hội tiếp tục kiện toàn tổ chức sau sắp xếp đơn vị hành chính; 95/102 xã, phường đã có tổ chức Hội, trong đó 88 đơn vị đã tổ chức xong đại hội lần thứ nhất, nhiệm kỳ 2025 - 2030. Chi hội, ban khuyến học được củng cố ở thôn, buôn, tổ dân phố, dòng họ, cơ quan, trường học."});
  Table summary;
  summary.caption = "Một số chỉ tiêu chủ yếu 6 tháng đầu năm 2026";
  summary.unit_note = "Đơn vị tính: theo từng chỉ tiêu";
  summary.columns = {{.share = 0.6, .alignment = Alignment::centre}, {.share = 3.4}, {.share = 1.3}, {.share = 1.3}, {.share = 1.3}, {.share = 1.1}};
  summary.head = {{{.text = "TT"}, {.text = "Chỉ tiêu"}, {.text = "Kế hoạch năm"}, {.text = "Thực hiện kỳ"}, {.text = "Cùng kỳ"}, {.text = "So kế hoạch"}}};
  const struct { const char* name; std::int64_t plan, now, then; } rows[] = {{"Hội viên Hội Khuyến học", 700'000, 682'140, 668'110}, {"Gia đình học tập đăng ký", 310'000, 298'450, 291'002}, {"Dòng họ học tập đăng ký", 4'200, 4'011, 3'956},
                                                                             {"Cộng đồng học tập đăng ký", 1'960, 1'893, 1'877}, {"Đơn vị học tập đăng ký", 2'150, 2'098, 2'044}, {"Học sinh, sinh viên được nhận học bổng", 21'000, 12'876, 11'950},
                                                                             {"Học sinh bỏ học được vận động trở lại lớp", 600, 412, 455}, {"Quỹ khuyến học vận động trong kỳ (triệu đồng)", 48'000, 26'310, 24'905}};
  int number = 0;
  for (const auto& row : rows)
    summary.rows.push_back({.cells = {TableCell::of(std::to_string(++number)), TableCell::of(row.name), TableCell::count(row.plan), TableCell::count(row.now, "/so-lieu"), TableCell::count(row.then), TableCell::share(row.now, row.plan)}});
  blocks.emplace_back(summary);
  blocks.emplace_back(Note{"Ghi chú: kỳ báo cáo từ 01/12/2025 đến hết 31/5/2026."});
  for (const auto* heading : {"2. Xây dựng các mô hình học tập", "3. Công tác khuyến học, khuyến tài và Quỹ khuyến học", "4. Phối hợp với các tổ chức, ban, ngành", "5. Công tác tuyên truyền, thi đua, khen thưởng"}) {
    blocks.emplace_back(Heading{2, heading});
    blocks.emplace_back(Paragraph{.text = "Ban Thường vụ Hội Khuyến học tỉnh đã phối hợp với Sở Giáo dục và Đào tạo, Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh, Tỉnh đoàn hướng dẫn các xã, phường đăng ký, bình xét và công nhận các danh hiệu học tập theo bộ tiêu chí hiện hành; gắn phong trào với cuộc vận động toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh. Kết quả cụ thể như sau:"});
    blocks.emplace_back(BulletList{{"Gia đình học tập: 298.450 gia đình đăng ký, đạt 96,3% kế hoạch năm, tăng 7.448 gia đình so với cùng kỳ;", "Dòng họ học tập: 4.011 dòng họ đăng ký, đạt 95,5% kế hoạch năm;",
                                    "Cộng đồng học tập, đơn vị học tập: thực hiện đăng ký từ đầu năm, bình xét vào quý IV theo hướng dẫn của Trung ương Hội."}});
    blocks.emplace_back(Heading{3, "a) Cách làm và kết quả nổi bật"});
    blocks.emplace_back(Paragraph{.text = "Nhiều địa phương có cách làm sáng tạo: mô hình “Tiếng trống khuyến học” ở các buôn, “Nuôi heo đất khuyến học” ở các chi hội phụ nữ, “Tủ sách dòng họ” ở các xã phía đông của tỉnh; qua đó động viên kịp thời học sinh nghèo vượt khó, học sinh dân tộc thiểu số học giỏi và các cháu có nguy cơ bỏ học trở lại lớp."});
  }
  blocks.emplace_back(Heading{1, "II. ĐÁNH GIÁ CHUNG"});
  for (const auto* text : {"1. Ưu điểm: tổ chức Hội cơ bản được kiện toàn kịp thời; số liệu được tổng hợp từ chi hội; quỹ khuyến học được quản lý công khai.", "2. Hạn chế: 7 xã chưa gửi báo cáo đúng hạn; tỷ lệ công nhận mô hình học tập giữa các vùng còn chênh lệch; cán bộ Hội ở cơ sở chủ yếu kiêm nhiệm.",
                           "3. Nguyên nhân: đơn vị hành chính mới sắp xếp, địa bàn rộng; kinh phí hoạt động còn khó khăn."})
    blocks.emplace_back(Paragraph{.text = text});
  blocks.emplace_back(Heading{1, "III. PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2026"});
  for (int task = 1; task <= 6; ++task)
    blocks.emplace_back(Paragraph{.text = fmt::format("{}. Tiếp tục kiện toàn tổ chức Hội, phát triển hội viên; vận động Quỹ khuyến học, trao học bổng dịp khai giảng năm học 2026 - 2027 và Ngày Khuyến học Việt Nam 02/10; tổ chức Tuần lễ hưởng ứng học tập suốt đời từ ngày 01/10 đến ngày 07/10/2026.", task)});
  blocks.emplace_back(Heading{1, "IV. ĐỀ XUẤT, KIẾN NGHỊ"});
  blocks.emplace_back(Paragraph{.text = "Đề nghị Trung ương Hội Khuyến học Việt Nam sớm hướng dẫn bộ tiêu chí công nhận các mô hình học tập giai đoạn mới; đề nghị Ủy ban nhân dân tỉnh quan tâm hỗ trợ kinh phí hoạt động cho Hội Khuyến học các xã, phường."});
  blocks.emplace_back(Paragraph{.text = "Trên đây là Báo cáo sơ kết công tác khuyến học, khuyến tài, xây dựng xã hội học tập 6 tháng đầu năm 2026 của Hội Khuyến học tỉnh Đắk Lắk./."});
  blocks.emplace_back(Closing{.recipients = {"TW Hội Khuyến học Việt Nam (để b/c)", "Thường trực Tỉnh ủy, UBND, UBMTTQ VN tỉnh (để b/c)", "Sở Nội vụ, Sở GD&ĐT", "Hội Khuyến học các xã, phường", "Lưu: VT"},
                              .signers = {{.authority = {"TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"}, .name = "Nguyễn Văn Mẫu"}}});
  blocks.emplace_back(Annex{.name = "Phụ lục 1", .title = "KẾT QUẢ CÔNG TÁC KHUYẾN HỌC CÁC XÃ, PHƯỜNG 6 THÁNG ĐẦU NĂM 2026", .attached_to = "Kèm theo Báo cáo số      /BC-HKH ngày      tháng 6 năm 2026 của Hội Khuyến học tỉnh Đắk Lắk", .orientation = Orientation::landscape});
  blocks.emplace_back(sample_annex_table(communes));
  blocks.emplace_back(Annex{.name = "Phụ lục 2", .title = "SỐ LIỆU THEO ĐỊA GIỚI CŨ (TRƯỚC NGÀY 01/7/2025)", .orientation = Orientation::portrait});
  blocks.emplace_back(summary);
  return report;
}

}  // namespace khuyenhoc::document
