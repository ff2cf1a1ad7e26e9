// What the pages of rounds show, made ready for their templates.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rounds/reminding.h"
#include "shell/typed.h"
#include "shell/visit.h"

namespace khuyenhoc::rounds {

struct Chip {
  std::string label;
  Url link = Url("/");
  bool current = false;
};

// ---- /dot-bao-cao
struct ListLine {
  std::string title, office, window, state, look, due;
  Url link = Url("/");
};
struct ListPage {
  std::string unit;
  bool may_open = false;
  std::vector<ListLine> own, asked;
};

// ---- /dot-bao-cao/moi
struct Ticked {
  std::string value, label;
  bool set = false;
};
struct OpenPage {
  std::string unit, token;               // the form is done once, however often it is sent
  std::vector<Ticked> forms, periods, kinds, bodies;
  std::string whom;                      // "truc-tiep", "tat-ca", "loai", "danh-sach"
  bool with_branches = false, centre = false;
  std::string title, message, due_own, due_commune, due_branch;
  std::string due_own_usual, due_commune_usual, due_branch_usual;
  struct PreviewLine {
    std::string who, due;
    std::size_t count = 0;
  };
  struct Preview {
    std::string sentence, elsewhere, already_past;
    std::vector<PreviewLine> lines;
    std::vector<std::string> names;
    std::size_t more = 0;
  };
  std::optional<Preview> preview;
  FormErrors errors;
  std::string error_of(std::string_view field) const;
};

// ---- /dot-bao-cao/{round}
struct BoardRow {
  std::string name, of, state, look, due, days, sent, behalf, branches;
  bool late = false;
  Url link = Url("/");
  std::optional<Url> branches_link;
};
struct GroupRow {
  std::string name, sent, share, in_time, branches;
  std::size_t late = 0, done = 0, of = 0;
  std::optional<Url> link;
};
struct BoardPage {
  RoundId round;
  std::string title, lead, answer, message, entry_closed;
  std::int64_t version = 0;
  std::string own_state, own_look, own_due;
  std::optional<Url> own_link, pass_link, up;
  std::string up_label, part_of_heirs, heirs_missing, whose;
  bool may_keep = false, is_closed = false, may_add_heirs = false;
  std::vector<Chip> levels, states;
  std::vector<BoardRow> rows;
  bool shows_superior = false, shows_branches = false, has_lines = false;
  std::vector<GroupRow> carers, subtrees;
  std::size_t first = 0, last = 0, all = 0;
  std::vector<Chip> pages;
  Url calls = Url("/"), circular = Url("/");
  std::vector<FrameLink> more;           // of rooms above
};

// ---- /dot-bao-cao/{round}/nhac
struct CallRow {
  std::string name, state, look, days, head_name, telephone, carer;
  bool late = false;
  Url link = Url("/");
};
struct CallsPage {
  RoundId round;
  std::string title, round_title, message;
  std::vector<Chip> levels, whom;
  std::vector<CallRow> rows;
  bool shows_carers = false;
  std::size_t first = 0, last = 0, all = 0;
  std::vector<Chip> pages;
  Url circular = Url("/"), back = Url("/");
};

// ---- /dot-bao-cao/{round}/chuyen-tiep, /them
struct PassPage {
  RoundId round;
  BodyId body;
  std::string round_title, unit, lead, asked, done;
  std::string due, message;
  std::int64_t version = 0;
  std::size_t below = 0;
  FormErrors errors;
  std::string error_of(std::string_view field) const;
};
struct LatePage {
  RoundId round;
  std::string round_title, due, due_usual;
  std::vector<Ticked> bodies;
  FormErrors errors;
  std::string error_of(std::string_view field) const;
};

// ---- /dot-bao-cao/{round}/don-vi/{body}
struct RecordPage {
  RoundId round;
  BodyId body;
  std::string round_title, name, state, look, due, days, sends_to, behalf, reason, heirs, sent, head_name, telephone, reminder;
  std::int64_t version = 0;
  std::optional<Url> fill_in, whole, call;
  bool may_confirm = false, may_withdraw = false, may_return = false, may_behalf = false, for_another = false;
  struct Event {
    std::string when, who, what, reason;
  };
  std::vector<Event> events;
  std::string how, typed_reason;
  FormErrors errors;
  std::string error_of(std::string_view field) const;
};

}  // namespace khuyenhoc::rounds
