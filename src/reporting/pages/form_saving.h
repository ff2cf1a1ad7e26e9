// Saving and confirming a form of one column as it was posted: shared by those who signed in and by whoever came through a link.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "platform/http/request.h"
#include "reporting/entry_desk.h"
#include "reporting/own_form.h"
#include "reporting/pages/grid_page.h"

namespace khuyenhoc {

// Reasons as fields "ly.12.B01", each with the version it was typed over ("vly.12.B01").
std::vector<ReasonEntry> posted_reasons(const http::Request& request);
// Answers in words as fields "lv.12.r17_3", with "vlv.12.r17_3".
std::vector<TextEntry> posted_texts(const http::Request& request);

struct FormSaved {
  Typed kept;                                                    // what was typed and not written
  std::vector<std::pair<std::string, std::string>> errors;       // field, sentence
  std::size_t written = 0;
};
FormSaved save_posted_form(House& house, const http::Request& request, const FigureForm& form, EntryDesk& desk);

// What hinders sending: "so-B01" or "ly-B01" and its sentence; empty when nothing does.
std::vector<std::pair<std::string, std::string>> hindrances(const FigureForm& form);
// The branch's figures are confirmed by the viewer's name and time: what was sent, and its report in the round (House::figures_confirmed).
Result<void> confirm_figures(House& house, const Viewer& viewer, const FigureForm& form, const EntryDesk& desk);

}  // namespace khuyenhoc
