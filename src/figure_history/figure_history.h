// The history of a figure: who entered what it is made of, when, from what, what it was before, and what that did to the totals above.
//
// Read from what is there: the log of facts and the versions of statements, by the acts that wrote them (measures/acts.h), the trail for reasons. The figure is the
// cube's; what it was before a change is the figure less what came after, so the changes of a figure always add up to it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "measures/acts.h"
#include "measures/figures.h"
#include "shell/visit.h"

namespace khuyenhoc {

// How a figure came to be what it is. The words of acts (say_way) and of sources.
enum class FigureWay { grid, form, link, workbook, zeros, list, past_years, restructure, adjustment, founding, mode, other };
std::string_view figure_way_code(FigureWay way);                // in addresses: "bang", "phieu", …
std::string figure_way_words(FigureWay way);                    // "Ghi trên bảng số liệu", …

// When, by the report that contains it.
enum class FigurePhase { before_sending, after_sending, after_closing };
std::string_view figure_phase_code(FigurePhase phase);
std::string figure_phase_words(FigurePhase phase);

struct AskedHistory {
  BodyId body;
  Series series = 0;
  Period window;
  Day tree;
};

struct HistoryFilter {
  BodyId within;                         // only what happened there and below; none: everywhere
  std::optional<FigureWay> way;
  std::optional<FigurePhase> phase;
  std::size_t from = 0, limit = 50;
};

// What one act did at one body.
struct FigureChange {
  std::int64_t act = 0;                  // 0: before acts were kept, or loaded in bulk
  std::int64_t first = 0, position = 0;  // the stretch of the log; 0 and the newest fact's where there is no act
  std::int64_t at_ms = 0;                // 0: not known
  BodyId body;
  UserId by;
  FigureWay way = FigureWay::other;
  std::int64_t record = 0;               // restructure, annex, adjustment
  struct Stated {
    std::int64_t statement = 0;
    Period period;
    bool own = false;                    // the association's own figure beside its branches'
    std::optional<std::int64_t> before, value;
  };
  std::vector<Stated> stated;            // what was typed; empty: it came about by something else
  std::int64_t amount = 0;               // what it did to the figure asked
  std::int64_t after = 0;                // that figure once the whole act was done
  FigurePhase phase = FigurePhase::before_sending;
};

struct FigureHistory {
  std::int64_t figure = 0;               // as the cube has it now
  std::vector<FigureChange> changes;     // newest first: the page asked for
  std::size_t all = 0;                   // that the filter lets through
  std::size_t unfiltered = 0;
  std::map<FigureWay, std::size_t> by_way;          // of all, for the filter
  std::map<FigurePhase, std::size_t> by_phase;
};
// The changes of all pages add up to the figure. Refusals of Figures::member; "history.not_typed": the program works the figure out; "history.too_wide": open a part first.
Result<FigureHistory> figure_history(db::Reader& reader, const House& house, const AskedHistory& asked, const HistoryFilter& filter);

// What one change did to the figure of the body it happened at, and of each unit above it, from the nearest up.
struct FigureEffect {
  BodyId body;
  std::int64_t change = 0;
  std::optional<std::int64_t> before, after;        // of the nearest ones, and of the body asked about
};
// Of several changes of one answer, in their order.
std::vector<std::vector<FigureEffect>> figure_effects(db::Reader& reader, const House& house, const AskedHistory& asked, const std::vector<FigureChange>& changes);

void add_figure_history_pages(Pages& pages);          // /lich-su-so-lieu

}  // namespace khuyenhoc
