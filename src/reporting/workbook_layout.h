// Where things stand in the workbook of a grid, for whoever writes it and whoever reads it back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/crypto/crypto.h"
#include "reporting/entry_columns.h"

namespace khuyenhoc::workbook_layout {

inline constexpr std::string_view visible_sheet = "Số liệu";
inline constexpr std::string_view hidden_sheet = "khuyenhoc";
inline constexpr std::string_view guide_sheet = "Hướng dẫn";
inline constexpr std::string_view yes_word = "Có", no_word = "Không";
inline constexpr std::string_view kind = "bang-nhap-so-lieu";
inline constexpr std::int64_t format = 1;
inline constexpr int title_row = 1, name_row = 2, help_row = 3, group_row = 4, head_row = 5, first_row = 6;
inline constexpr int name_column = 1, first_column = 2;

inline int input_column(std::size_t column) { return first_column + static_cast<int>(column); }
// What does not hold in a row is said right behind its cells; last period's figures stand in grey beside that.
inline int check_column(std::size_t columns) { return first_column + static_cast<int>(columns); }
inline int beside_column(std::size_t column, std::size_t columns) { return first_column + static_cast<int>(columns + 1 + column); }

// The hidden sheet: one line of key and value each, then a line for every row of the grid.
inline constexpr int kind_row = 1, format_row = 2, body_row = 3, period_row = 4, columns_row = 5, digest_row = 6, keys_first_row = 8;

struct RowKey {
  int row = 0;                           // on the visible sheet
  std::int64_t body = 0;
  struct Seen {
    std::int64_t version = 0;
    std::optional<std::int64_t> value;   // as the column showed it
  };
  std::vector<std::optional<Seen>> cells;   // by column; none where nothing is asked
};

struct HiddenData {
  std::int64_t body = 0;
  std::string period;                    // "2026-H1"
  std::vector<std::string> columns;      // codes
  std::vector<RowKey> rows;
  // Under a key of the installation, so that a file of another one, or an edited hidden sheet, is told apart.
  std::string digest(const crypto::KeyRing& keys) const;
};

std::string cell_words(const std::optional<RowKey::Seen>& seen);                   // "3:120", "0:", "-"
std::optional<std::optional<RowKey::Seen>> parse_cell_words(std::string_view text);

}  // namespace khuyenhoc::workbook_layout
