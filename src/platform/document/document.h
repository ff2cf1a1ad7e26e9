// Administrative documents as data, laid out by Decree 30/2020/NĐ-CP (Appendix I): built once from plain structs, then given as DOCX, PDF, HTML or XLSX.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/day.h"
#include "base/money.h"
#include "platform/document/picture.h"
#include "platform/spreadsheet/write.h"

namespace khuyenhoc::document {

using spreadsheet::Orientation;

enum class Weight : std::uint8_t { regular, bold, italic, bold_italic };

// A piece of text in one weight. `link` makes it a live figure: a link to what the figure is made of, in HTML only.
// `footnote` stands at the foot of the page, with its number after this run.
struct Run {
  std::string text;
  Weight weight = Weight::regular;
  std::string link = {};
  std::string footnote = {};
};

// Text of one paragraph or cell; a plain string is a text of one regular run.
struct Text {
  std::vector<Run> runs;
  Text() = default;
  Text(std::string plain) : runs{Run{.text = std::move(plain)}} {}        // NOLINT: meant to convert
  Text(const char* plain) : Text(std::string(plain)) {}                   // NOLINT: meant to convert
  Text(std::vector<Run> pieces) : runs(std::move(pieces)) {}              // NOLINT: meant to convert
  Text& add(std::string plain, Weight weight = Weight::regular) { runs.push_back({.text = std::move(plain), .weight = weight}); return *this; }
  Text& figure(std::string shown, std::string link) { runs.push_back({.text = std::move(shown), .link = std::move(link)}); return *this; }
  Text& noted(std::string plain, std::string footnote) { runs.push_back({.text = std::move(plain), .footnote = std::move(footnote)}); return *this; }
  std::string plain() const;
};

enum class Alignment : std::uint8_t { left, centre, right, justified };

// "I. KẾT QUẢ THỰC HIỆN" at level 1, "1. Phát triển tổ chức" at 2, "a) …" at 3: numbered by the author, as offices do.
struct Heading {
  int level = 1;
  Text text;
};

struct Paragraph {
  Text text;
  Alignment alignment = Alignment::justified;
};

// Each item begins with "- ", as in administrative papers.
struct BulletList {
  std::vector<Text> items;
};

// A remark in small italics under a table or at the end ("Ghi chú: …").
struct Note {
  Text text;
};

struct PageBreak {};

enum class RowKind : std::uint8_t { body, group, total };

// What a cell's value is worked out from: in a workbook it becomes a formula over these cells.
struct RowSpan {
  int first = 0, last = 0;                           // rows of the same table, from 0, both included; the column is the cell's own
};
using SumOfRows = std::vector<RowSpan>;
struct QuotientOfColumns {
  int numerator = 0, denominator = 0;                // columns of the same row, from 0
  std::int64_t scale = 1;                            // 100 of a percentage, whose value is the bare quotient
};

// What a cell says, and what it is worth, so that the XLSX annex holds numbers and not texts.
struct TableCell {
  Text text = {};
  std::variant<std::monostate, std::int64_t, Money, double, Day> value = {};     // double: a ratio, 0.133 for 13,3%
  std::optional<Alignment> alignment = {};                                        // else the column's
  int column_span = 1;
  std::variant<std::monostate, SumOfRows, QuotientOfColumns> formula = {};

  static TableCell of(std::string text);
  static TableCell count(std::int64_t value, std::string link = {});              // "1.234"
  static TableCell money(Money value, std::string link = {});                     // "6.400.000"
  static TableCell share(std::int64_t numerator, std::int64_t denominator);       // "13,3%", "–" when there is nothing to divide by
  static TableCell day(Day value);
  static TableCell blank() { return {}; }                                         // not recorded, which is not zero
};

// A row of one cell spans the whole table (a group's name).
struct TableRow {
  RowKind kind = RowKind::body;
  std::vector<TableCell> cells;
};

struct HeadCell {
  std::string text;
  int column_span = 1;
  int row_span = 1;
};

struct Column {
  double share = 1;                                  // of the table's width, against the other columns
  Alignment alignment = Alignment::left;
};

// Head rows repeat on every page. Cells under a head cell that spans rows are left out, as in HTML.
struct Table {
  std::string caption = {};                          // above, centred, bold
  std::string unit_note = {};                        // "Đơn vị tính: người", right, italic
  std::vector<Column> columns;
  std::vector<std::vector<HeadCell>> head;
  std::vector<TableRow> rows;
};

// Starts a new page, upright or on its side, with its title ("Phụ lục 1" / what it shows / "(Kèm theo Báo cáo số …)").
struct Annex {
  std::string name;                                  // "Phụ lục 1"
  std::string title;
  std::string attached_to = {};                      // "Kèm theo Báo cáo số     /BC-HKH ngày … tháng 6 năm 2026"
  Orientation orientation = Orientation::portrait;
};

struct Signer {
  std::vector<std::string> authority;                // "TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"
  std::string name;
  std::optional<Picture> signature = {};             // between them, on a paper issued with digital pictures
  std::optional<Picture> seal = {};                  // over the left third of the signature (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.8)
};

// "Nơi nhận:" on the left, the signature on the right; two or more signers (joint papers) side by side above "Nơi nhận:".
struct Closing {
  std::vector<std::string> recipients;               // without "- " and ";": "TW Hội Khuyến học Việt Nam (để b/c)", …, "Lưu: VT"
  std::vector<Signer> signers;
};

using Block = std::variant<Heading, Paragraph, BulletList, Note, Table, PageBreak, Annex, Closing>;

enum class LetterheadFamily : std::uint8_t { state, youth_union };

struct Letterhead {
  LetterheadFamily family = LetterheadFamily::state;
  std::string superior = {};                         // "HỘI KHUYẾN HỌC VIỆT NAM"; may be empty
  std::string issuer;                                // "HỘI KHUYẾN HỌC TỈNH ĐẮK LẮK"
  std::string number;                                // "Số:      /BC-HKH" as a draft, "Số: 05/BC-HKH" once signed
  std::string subject = {};                          // "V/v …" under the number, for official letters only
  std::string place_and_date;                        // "Đắk Lắk, ngày     tháng 6 năm 2026"
};

struct Document {
  std::optional<Letterhead> letterhead = {};
  std::string kind = {};                             // "BÁO CÁO"; empty for official letters
  std::string summary = {};                          // "Sơ kết công tác khuyến học … 6 tháng đầu năm 2026"
  std::vector<std::string> addressees = {};          // after "Kính gửi:"
  std::vector<Block> blocks = {};
  Day day = Day::from_number(20'454);                // dates the file's properties, so that the same document gives the same bytes
};

// Text that is not valid UTF-8 and control characters never reach the output.
std::string to_docx(const Document& document);
std::string to_pdf(const Document& document);

struct HtmlPage {
  std::string stylesheet;                            // address of the style sheet that knows the doc-… classes
};
// A fragment for a page of ours (<article class="doc">…</article>), or a page that stands alone. Semantic tags, classes doc-…, no inline style or script.
std::string to_html(const Document& document);
std::string to_html_page(const Document& document, const HtmlPage& page);

// One sheet per table, with numbers as numbers. Refused when the document holds no table ("document.no_table") or there is no room.
Result<std::string> to_xlsx(const Document& document);

}  // namespace khuyenhoc::document
