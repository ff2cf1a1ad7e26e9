// What a board says in words: the answer as a sentence, names of wholes, parts and lines, amounts of money as people say them.
#pragma once

#include <span>
#include <string>

#include "boards/board.h"

namespace khuyenhoc {

enum class InSentence { head, within };

// "Toàn tỉnh", "toàn xã", "Toàn quốc"; a branch or an office by its name.
std::string whole_words(const Organisation& organisation, const Subject& subject, Day tree, InSentence position);
// What the children are together: "xã, phường", "chi hội, ban", "tỉnh, thành phố"; mixed: "đơn vị".
std::string children_words(const Organisation& organisation, std::span<const BoardRow> rows, Day tree);
std::string own_words(const Organisation& organisation, const Subject& subject, Day tree);       // "Số chung của xã, chưa phân theo chi hội"
std::string line_name(const Figure& now);           // "Số liệu chung chưa tách được"; with nothing left on it "Số của đơn vị cũ"
// "Xã Ea BHốk (cũ), nay thuộc xã Ea Ktur và xã Dray Bhăng."; with nothing left on the line "…, đã bàn giao cho …".
enum class Held { something, handed_over };
std::string line_words(const Organisation& organisation, const Subject& subject, Day tree, Held held);
// What happened to a line since last year, where that is no rise or fall.
void put_turn(BoardRow& line, const Organisation& organisation, const Catalogue& catalogue, MeasureIndex measure, Day tree);
std::string no_part_words(const Organisation& organisation, const Subject& subject, std::span<const Subject> inside, Day tree);
// "Tỉnh Đắk Lắk (cũ)" in an old tree when it has ended since.
std::string name_in_tree(const Organisation& organisation, const Subject& subject, Day tree, Day today);
std::string running_name_in_tree(const Organisation& organisation, const Subject& subject, Day tree, Day today);   // "tỉnh Đắk Lắk (cũ)"
std::string whole_area_words(const Organisation& organisation, const BoardAsk& ask);                               // "Toàn bộ địa bàn tỉnh Đắk Lắk hiện nay"

// "cùng kỳ năm 2025 (quy về địa giới hiện nay)": what the comparison column stands for.
std::string compared_with(const BoardAsk& ask);
bool is_restated(const BoardAsk& ask);
// "Toàn tỉnh có 682.140 hội viên, chiếm 20,4% dân số, tăng 14.030 hội viên (2,1%) so với cùng kỳ năm 2025 (quy về địa giới hiện nay)."
std::string answer_sentence(const Figures& figures, const Board& board, const BoardAsk& ask);
// The comparison of a row: "tăng 25 (1,1%)", "không so sánh", "–"; of a line "đã bàn giao 120", "kết thúc từ 01/8/2025".
std::string change_words(const Measure& measure, const Board& board, const BoardRow& row);   // "tăng 25 (1,1%)", money by money_unit()
std::string target_text(const Measure& measure, const Figure& figure, std::int64_t target);

// Money as a card shows it: {"31,46", "tỷ đồng"}.
struct Amount {
  std::string number;
  std::string unit;
};
Amount amount_of(const Measure& measure, const Figure& figure);
// Money in a table stands in triệu đồng where the whole is large, and the head of the column says so; the workbook keeps every đồng.
enum class MoneyUnit { dong, million };
MoneyUnit money_unit(const Measure& measure, const Board& board);
std::string cell_text(const Measure& measure, const Figure& figure, MoneyUnit unit);

}  // namespace khuyenhoc
