// Which column of a file is what: guessed from its headings, with or without accents, from other words for the same, and from what a person chose last time.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "importing/importing.h"
#include "importing/source.h"

namespace khuyenhoc::importing {

// Column of the file (from 1) by the code of what it is.
using Matching = std::map<std::string, int, std::less<>>;
// What a heading was taken for last time, by its folded words; empty: for nothing.
using Remembered = std::map<std::string, std::string, std::less<>>;

struct Heading {
  int column = 0;
  std::string text;                    // as written; of a head in two rows "Người đứng đầu – Điện thoại"
  std::string own;                     // of the lower row alone
  std::string example;                 // what stands under it in the first row that has something there
  bool shared = false;                 // one merged heading over several columns: the guess takes none of them for sure
};

struct Guess {
  int heading_row = 0;                 // 0: none found
  Matching matching;
  int points = 0;                      // to compare sheets by
};

// What headings are compared by: folded, without what stands in brackets.
std::string heading_key(std::string_view text);
std::vector<Heading> headings(const SourceSheet& sheet, int heading_row);
// Row, and columns, most likely to be meant.
Guess guess(const SourceSheet& sheet, const std::vector<ImportColumn>& columns, const Remembered& remembered);
Matching match(const std::vector<Heading>& headings, const std::vector<ImportColumn>& columns, const Remembered& remembered, int* points = nullptr);
// The first row under the headings that holds data: a row of mere column numbers ("A B 1 2", "(1) (2)") is passed over.
int first_data_row(const SourceSheet& sheet, int heading_row);
// What to remember of a choice.
Remembered remembered_of(const std::vector<Heading>& headings, const Matching& matching);

}  // namespace khuyenhoc::importing
