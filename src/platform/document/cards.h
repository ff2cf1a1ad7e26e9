// Cards on A4 sheets with lines to cut along: name slips, sign-in slips, badges. Given as a PDF, eight to a page.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/document/document.h"

namespace khuyenhoc::document {

// A square picture in black and white, such as a QR code.
struct BitPicture {
  int size = 0;                          // dots along one side
  std::vector<bool> dark;                // size x size, row by row
};

struct CardLine {
  Text text;
  double points = 10.5;
};

struct Card {
  std::string head = {};                 // small capitals on top: who gives the card out
  std::vector<CardLine> lines = {};      // under the head, beside the picture
  std::optional<BitPicture> picture = {};
  std::vector<CardLine> foot = {};       // across the whole card, at its bottom
};

struct CardSheets {
  std::string title = {};                // of the file
  std::vector<Card> cards = {};
  Day day = Day::from_number(20'454);    // dates the file's properties
};

std::string to_pdf(const CardSheets& sheets);

}  // namespace khuyenhoc::document
