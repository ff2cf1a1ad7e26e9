// What the pages of the start show, and how the first run's addresses carry what was chosen so far.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/html/url.h"
#include "shell/visit.h"
#include "starting/first_run.h"

namespace khuyenhoc::starting {

// Everything chosen so far travels in the address, with the code that opened the page.
struct Chosen {
  std::string code;
  std::optional<OfficeLevel> office;
  UnitId province, commune;
  std::string typed;                     // sought in a list of units
};

struct OfficeChoice {
  Url link;
  std::string name, remark;
};
struct DecidedLine {
  std::string step, decided;             // "Ông/bà ở cấp nào", "Hội Khuyến học tỉnh, thành phố"
  bool current = false;
};

struct ChoosePage {
  std::string code, province_code;
  std::string question;                  // "Hội của ông/bà ở tỉnh, thành phố nào?"
  std::string help;
  std::vector<DecidedLine> steps;
  std::vector<OfficeChoice> choices;
  bool searched = false;                 // the list can be searched
  Chosen chosen;
  std::optional<Url> back;
};

struct OfficePage {
  std::string code, province_code, commune_code;
  TerritoryView land;
  Day today;
  std::vector<DecidedLine> steps;
  std::string name;                      // empty for an institution
  std::vector<std::string> above;        // founded besides
  FirstOfficeForm form;
  std::vector<UnitChoice> communes;      // of a province
  std::string example;                   // "xã Ea Kar", one of them
  Url again = Url("/bat-dau");           // to choose from the beginning
  bool has(UnitId commune) const;
  std::string code_of(UnitId unit) const { return land->unit(unit).on(today).code; }
};

void add_first_run_pages(Pages& pages);
void add_progress_pages(Pages& pages);

}  // namespace khuyenhoc::starting
