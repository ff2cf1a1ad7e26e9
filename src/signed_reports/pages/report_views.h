// What the pages of one signed report show.
#pragma once

#include <string>
#include <vector>

#include "platform/html/url.h"
#include "shell/form.h"
#include "shell/frame.h"

namespace khuyenhoc::signed_pages {

struct FigureLine {
  std::string field;                     // "12:B01": of its remark
  std::string section, label, unit, value, today;   // today: the official total where it is another
  std::string remark;                    // as typed, or as the office above said it
  std::optional<Url> history = {};       // who entered what it is made of
};
// Says where another section of the figures begins.
class SectionWalk {
 public:
  bool begins(const std::string& section) const {
    const bool another = section != last_ && !section.empty();
    last_ = section;
    return another;
  }

 private:
  mutable std::string last_;             // a template holds its values as constants
};
struct TextLine {
  std::string code, heading;
  std::vector<std::string> paragraphs;
  std::string remark;
};
struct VersionLine {
  std::string number, day, signer, kind, reason, digest;
  bool in_force = false, as_signed = true;
  Url link = Url("/");
  std::vector<FrameLink> papers;
  Url document = Url("/");               // the version on paper
};
struct EventLine {
  std::string when, who, what, reason;
};
struct SimpleAct {                       // one button with nothing to fill in
  Url action = Url("/");
  std::string button, consequence;
  std::vector<std::pair<std::string, std::string>> hidden;
};
struct NoticeLine {
  std::string reason, when;
  Url seen = Url("/");
};

struct RecordPage {
  std::vector<FrameLink> trail;
  std::string name, state, look;
  std::vector<std::pair<std::string, std::string>> facts;
  std::string next_words;                // what comes next, in words
  std::optional<FrameLink> next;         // as a link, or as one act
  std::optional<SimpleAct> next_act;
  std::vector<FrameLink> ways;           // beside it
  std::vector<FrameLink> documents;      // the report on paper: seen, and in its three forms
  std::vector<SimpleAct> acts;
  struct Below {
    std::string name, number;            // "Hội Khuyến học xã Ea Kar", "01/BC-HKH ngày 08/6/2026"
    Url link = Url("/");
  };
  std::vector<Below> to_receive;         // sent by those below, the first of them
  std::size_t to_receive_in_all = 0;
  std::string returned;                  // reason of the last return
  std::vector<std::string> remarks;
  std::string missing, apart;            // footnotes
  std::vector<std::string> causes;
  std::vector<NoticeLine> notices;
  std::vector<FigureLine> figures;
  std::string figures_title;
  std::vector<TextLine> texts;
  std::vector<VersionLine> versions;
  std::vector<EventLine> events;
  std::optional<PlainForm> paper;        // to attach the scan
};

// The secretary says why, where the checks ask, and submits.
struct SubmitPage {
  PlainForm form{.trail = {}, .action = Url("/"), .fields = {}, .button = {}};
  bool blocked = false;                  // something has to be corrected first
  Url fill_in = Url("/"), texts = Url("/");
};

struct SignPage {
  std::vector<FrameLink> trail;
  std::vector<FigureLine> figures;
  std::string missing;
  std::vector<std::string> findings;
  PlainForm sign{.trail = {}, .action = Url("/"), .fields = {}, .button = {}}, back{.trail = {}, .action = Url("/"), .fields = {}, .button = {}};
};

struct ReceivePage {
  std::vector<FrameLink> trail;
  std::vector<std::pair<std::string, std::string>> facts;
  std::vector<std::string> findings;
  std::vector<FigureLine> figures;
  std::vector<TextLine> texts;
  std::vector<FormChoice> units, measures;
  struct Cell {
    int place = 0;
    std::string unit, measure, reason;
  };
  std::vector<Cell> cells;               // of single branches
  std::string reason, version;
  FormErrors errors;
  bool may_receive = false;              // it was not received yet
  Url receive = Url("/"), correct = Url("/");
};

struct AdjustPage {
  std::vector<FrameLink> trail;
  std::string state, reason, sent_back;
  struct Cell {
    std::string unit, measure, was, now, reason;
  };
  std::vector<Cell> cells;
  struct Effect {
    std::string body, measure, as_signed, before, after;
  };
  std::vector<Effect> effects;
  std::string effect_error;
  std::optional<PlainForm> form;         // begin, put a cell
  std::optional<PlainForm> submit, sign, back;
  std::optional<SimpleAct> drop;
};

struct VersionPage {
  std::vector<FrameLink> trail;
  std::vector<std::pair<std::string, std::string>> facts;
  std::vector<FigureLine> figures;
  std::string before;                    // the version it is compared with
  std::vector<TextLine> texts;
  std::vector<std::string> children;
  bool as_signed = true;
};

}  // namespace khuyenhoc::signed_pages
