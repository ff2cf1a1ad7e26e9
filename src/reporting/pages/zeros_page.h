// What the page "Ghi 0 vào các ô còn trống" shows before anything is written.
#pragma once

#include <string>
#include <vector>

#include "platform/html/url.h"
#include "platform/http/request.h"
#include "reporting/zeros.h"

namespace khuyenhoc {

using html::Url;

struct ZerosPage {
  struct Row {
    BodyId body;
    std::string name, labels, carried;  // "Hội viên mới, Hội viên giảm"; what stays as it is
    std::string cells;                  // "B02:0 B03:2": what was blank on this page, for the form
    std::size_t count = 0;
    bool ticked = false;
  };
  std::string title, intro, sentence;   // "Sẽ ghi 0 vào 24 ô của 7 đơn vị."
  std::vector<Row> reported, silent;    // those with figures first; those without any are not ticked
  bool single = false;                  // of one form: nothing to tick
  std::size_t cells() const;
  Url post_link = Url("/"), back_link = Url("/");
  std::string back_words;
};

// The cells of a form of zeros as they were sent: "d.12=1", "o.12=B02:0 B03:2".
std::vector<CellEntry> sent_blanks(const http::Request& request);
ZerosPage zeros_page(std::vector<BlankRow> rows, bool single);

}  // namespace khuyenhoc
