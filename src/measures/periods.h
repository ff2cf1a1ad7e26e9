// The usual periods by name: each family of forms has its own windows, which chain without gap or overlap (catalogue/periods.toml, domain 0b.4).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/i18n.h"
#include "base/result.h"

namespace khuyenhoc {

// One window of a family in one year: "H1" of 2026 in "bao_cao" is 01/12/2025 to 31/5/2026.
struct NamedPeriod {
  std::string family;
  std::string window;
  int year = 0;
  Period period;
  // A window of days that no family names, as of a request asked once, has no code; its family is the request's own ("yc17"), which then is its name, or nothing.
  std::string name() const;             // "2026-H1", "2026" for the whole year, "SY2025", "2020-2025"; "yc17", "2026-03-01..2026-04-30"
  bool operator==(const NamedPeriod&) const = default;
};

struct PeriodWindow {
  std::string code;                     // "H1", "H2", "9M", "Y", "Q1" …, "M1" …
  int first_year = 0, first_month = 1, first_day = 1;   // the year is relative to the named one
  int last_year = 0, last_month = 12, last_day = 31;    // 31 stands for the last day of its month
  std::string label_vi, label_en;       // "6 tháng đầu năm {year}", "năm học {year}–{next}"
  std::string after;                    // the window that follows it in the chain, of the same year or the next; empty: its own of the year after
  std::map<std::string, int> due;       // by level ("branch", "commune", "province"): days after the window's last day
};

// Windows that an office has set for itself from a named year on, in place of the family's usual ones: the same codes, other days (domain 0b.4: "set per form and office").
struct OfficeWindows {
  // What happens to the first windows of the first year where they do not begin right after the last one by the old rule.
  enum class Seam : std::uint8_t { exact, joined };
  int from_year = 0;
  std::vector<PeriodWindow> windows;    // every window of the family, in its order
  Seam seam = Seam::exact;              // joined: they begin the day after it, longer or shorter this once, so that no day is lost or counted twice
};

struct PeriodFamily {
  std::string code;                     // "bao_cao", "quy", "nam_hoc", "nhiem_ky", "duong_lich"
  std::string label_vi, label_en;
  std::string name_form;                // "year" ("2026-H1"), "school" ("SY2025"), "term" ("2020-2025")
  int years = 1;                        // length of a term
  int anchor = 0;                       // a year in which a term begins
  std::vector<PeriodWindow> windows;    // those that chain first
  std::vector<OfficeWindows> set_by_office;   // by first year; empty in the house's own
  const PeriodWindow* window(std::string_view code) const;           // the family's usual one
  std::span<const PeriodWindow> windows_of(int year) const;          // those in force for a named year
  const PeriodWindow* window(std::string_view code, int year) const;
};

class Periods {
 public:
  static Result<Periods> parse(std::string_view toml);           // "periods.entry", "periods.chain"
  static const Periods& house();
  // The same with an office's own windows of a family. They chain to the day, with each other and with those before them, or are refused: "periods.gap",
  // "periods.overlap" (naming the two windows and the days), "periods.entry", "periods.year".
  Result<Periods> with(std::string_view family, std::vector<OfficeWindows> windows) const;
  std::span<const PeriodFamily> families() const { return families_; }
  const PeriodFamily* family(std::string_view code) const;

  std::optional<NamedPeriod> named(std::string_view family, std::string_view window, int year) const;
  std::vector<NamedPeriod> at(std::string_view family, Day day) const;              // the windows that contain the day, shortest first
  // "2026-H1", "2026-9M", "2026", "2026-Q2", "2026-05" under a family: 2026-H1 of the association's reports is 2025-12-01..2026-05-31. What the family has no
  // name for is read as the calendar's ("SY2025", "2025-12-01..2026-05-31").
  std::optional<Period> parse_period(std::string_view family, std::string_view text) const;
  std::optional<NamedPeriod> parse_name(std::string_view family, std::string_view text) const;
  std::optional<NamedPeriod> find(Period period) const;                             // a name for the window, in the order of the families
  std::optional<NamedPeriod> find(std::string_view family, Period period) const;

  NamedPeriod before(const NamedPeriod& named) const;            // the one that ends the day before this one begins, as the family chains them
  NamedPeriod same_last_year(const NamedPeriod& named) const;
  Period before(Period period) const;                            // the same for any window: by its name where it has one
  std::string label(const NamedPeriod& named, Language language) const;   // "6 tháng đầu năm 2026"
  std::string label(Period period, Language language) const;     // by name, or "từ 01/12/2025 đến hết 31/5/2026"
  std::optional<Day> due(const NamedPeriod& named, std::string_view level) const;
  // Which of two crossing windows of one body counts in the totals: the lower rank does, the other answers only for itself. Windows without a name stand last.
  int rank(Period period) const;

 private:
  std::vector<PeriodFamily> families_;
};

}  // namespace khuyenhoc
