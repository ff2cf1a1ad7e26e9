// What the pages of a report's texts show, made ready for their templates.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/html/safe_html.h"
#include "report_texts/report_texts.h"
#include "shell/typed.h"

namespace khuyenhoc::report_texts {

struct BlockView {
  std::string code, part, heading, guidance, markdown, saved;
  bool part_begins = false, required = false;
  std::int64_t version = 0;
  SafeHtml shown, editor;                // as it is read; as the editor takes it
  std::vector<TextProblem> problems;
  std::vector<std::string> remarks;      // of who asked for a correction
  std::string store_key, state;
  std::size_t below = 0, versions = 0;   // reports below that have been sent; entries of the history
  std::string error;                     // what was wrong with what was sent
  bool conflict = false;                 // somebody saved first: `mine` beside what is stored
  std::string mine;
  std::string theirs_by;
};
struct TextsPage {
  ReportId report;
  std::string title, unit, state, look, locked;
  bool may_write = false;
  std::vector<BlockView> blocks;
  std::vector<FigureNames::Named> names;
  std::vector<std::string> examples;     // a token of each saying; empty where no figure can be named
  Url report_page = Url("/"), figures = Url("/"), news = Url("/");
  std::size_t errors = 0;
};

struct GatherRow {
  ReportId report;
  std::string source, sent, excerpt;
  SafeHtml shown;
  bool taken = false;
};
struct GatherPage {
  ReportId report;
  std::string code, heading, title, error;
  std::int64_t version = 0;
  std::vector<GatherRow> rows;
  std::size_t silent = 0;                // sent, without a word in this block, or not sent yet
};

struct HistoryRow {
  std::int64_t id = 0;
  std::string when, who, what;
  SafeHtml shown;
  bool current = false;
};
struct HistoryPage {
  ReportId report;
  std::string code, heading, title, error;
  std::int64_t version = 0;
  bool may_write = false;
  std::vector<HistoryRow> rows;
};

}  // namespace khuyenhoc::report_texts
