// What the pages of a round's workbooks show, made ready for their templates.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "round_workbooks/round_workbooks.h"
#include "shell/typed.h"
#include "shell/visit.h"

namespace khuyenhoc::round_workbooks {

struct Chip {
  std::string label;
  Url link = Url("/");
  bool current = false;
};

struct Head {
  RoundId round;
  std::string title, round_title, unit;
  Url board = Url("/"), start = Url("/");
};

// ---- /dot-bao-cao/{round}/so-excel
struct StartPage {
  Head head;
  BodyId from;
  std::string state_word, chosen;        // "Chỉ các đơn vị quá hạn."
  std::int64_t carer = -1;
  std::size_t workbooks = 0, without_rows = 0;
  std::string nothing;                   // why there is none to hand out
  std::optional<Url> all;                // without what is chosen
  struct Line {
    std::string when, label, who;
    Url link = Url("/");
  };
  std::vector<Line> intakes;
  FormErrors errors;
  std::string error_of(std::string_view field) const;
};

// A job as it goes on.
struct Work {
  bool running = false, failed = false;
  int percent = 0;
  std::string words;
  Url here = Url("/");
};

// ---- /dot-bao-cao/{round}/so-excel/goi/{goi}
struct BundlePage {
  Head head;
  Work work;
  bool marked = false;
  std::size_t files = 0;
  std::string message;
  std::vector<std::string> left_out;
  Url download = Url("/"), back = Url("/");
};

// ---- /dot-bao-cao/{round}/so-excel/nhan/{lan}
struct VerdictRow {
  std::size_t place = 0;
  std::string file_name, unit, verdict, look, message;
  std::optional<Url> link;               // where its figures are looked at
};
struct GiveBack {
  std::size_t place = 0;
  std::string unit, head_name, telephone, message;
  std::optional<Url> marked;
};
struct VerdictPage {
  Head head;
  Work work;
  WorkbookIntakeId intake;
  std::string sentence, sent, doing;     // "160 tệp: …"; when and by whom; what the job does
  std::string refused;                   // why what was asked last was not done
  std::vector<Chip> chips;
  std::vector<VerdictRow> rows;
  std::vector<GiveBack> back;
  std::size_t ready = 0, figures = 0, to_mend = 0, changed = 0;
  bool on_behalf = false;
};

// ---- /dot-bao-cao/{round}/so-excel/nhan/{lan}/{tep}
struct FilePage {
  Head head;
  std::string file_name, verdict, look, message;
  Url back = Url("/");
  std::optional<Url> marked;
  std::string give_back, head_name, telephone;
  WorkbookPlan plan;
};

}  // namespace khuyenhoc::round_workbooks
