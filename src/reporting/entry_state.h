// How far a round has come: what each association below a body has entered, and what is due from one body.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measures/entry_mode.h"
#include "reporting/round_roster.h"
#include "shell/house.h"

namespace khuyenhoc {

enum class EntryState { not_started, entering, done };
std::string entry_state_words(EntryState state);

struct AssociationState {
  BodyId body;
  ReportingAssociation::Of of = ReportingAssociation::Of::commune;
  std::string name;                     // short: "Xã Ea Kar"
  EntryState state = EntryState::not_started;
  std::size_t rows = 0, reported = 0;   // branches and boards, and those with at least one figure
  bool stated_whole = false;            // states its totals itself
  bool late = false;                    // past its due day and not done
};

// All associations of communes, offices and universities below a body, by name. One with branches is done when each of them has reported; one that states its
// totals, or has no branches, when it has stated something.
struct RoundState {
  std::vector<AssociationState> associations;
  std::size_t not_started = 0, entering = 0, done = 0, late = 0;
  struct Share {
    std::size_t asked = 0, with_figures = 0;
  };
  Share communes, offices;              // what people count as "xã, phường", and the associations of offices and universities beside them
  std::optional<Day> due;
  std::size_t with_figures() const { return entering + done; }
  std::string sentence() const;         // "95/102 xã, phường và 6/6 cơ quan, trường đại học đã có số liệu"
};
RoundState round_state(const House& house, BodyId above, const NamedPeriod& period, Day today);

// One thing a body has to fill in.
struct DueForm {
  enum class Kind { branch_form, grid, own_form, round } kind = Kind::grid;
  std::string title;                    // "Số liệu 6 tháng đầu năm 2026"
  std::string sentence;                 // "98/99 chi hội, ban đã có số liệu; 1 đơn vị có số chưa khớp."
  std::string address;                  // "/nhap-so-lieu/12?ky=2026-H1"
  std::string sent_to;                  // "Hội Khuyến học tỉnh Đắk Lắk"
  std::optional<Day> due;
  std::optional<int> days_left;         // below zero when late
  std::size_t filled = 0, asked = 0;
  EntryState state = EntryState::not_started;
};
// What is due from the body in the period, nearest first. Never inside a read() of the store (known_sheets.h).
std::vector<DueForm> due_forms(const House& house, BodyId body, const NamedPeriod& period, Day today);

// Branches and boards of an association (of a commune, office or university) that have stated nothing yet in the period, by name; none where the association
// states its totals itself.
std::vector<BodyId> silent_branches(const House& house, BodyId association, const NamedPeriod& period, Day today);

}  // namespace khuyenhoc
