// The pages around a board: the picker of indicators and "what this figure is made of", ready for their templates.
#pragma once

#include "boards/pages/board_view.h"

namespace khuyenhoc {

struct PickerView {
  std::string subject, query;
  Url board = Url("/");
  std::vector<std::pair<std::string, std::string>> hidden;
  struct Choice {
    std::string code, label, unit;
    bool chosen = false;
    Url link = Url("/");
  };
  struct Group {
    std::string label;
    std::vector<Choice> choices;
  };
  std::vector<Group> groups;
};

struct IngredientView {
  std::string body;
  std::optional<Url> link;              // to what the figure of that body alone is made of
  std::string words, when, who, amount;
  std::optional<Url> record;            // to the form where it was entered
};

struct TermView {
  std::string label, text;
  std::optional<Url> link;
};

struct HistoryView {
  std::string when, who, before, after, effect;
};

struct IngredientsView {
  std::string subject, measure, total, unit, sentence, refused;
  Url board = Url("/");
  std::vector<IngredientView> rows;
  std::string rest_words, rest_amount;  // of the rows beyond the limit
  std::vector<TermView> terms;          // of a computed figure
  std::string formula_words;
  std::vector<std::pair<std::string, std::vector<TermView>>> breakdowns;
  std::string history_title;
  std::vector<HistoryView> history;
  std::optional<Url> all_changes;       // the whole history of the figure, with what happened below it
  bool with_people = false;
};

http::Response show_picker(const Visit& visit, const Subject& subject);
http::Response show_ingredients(const Visit& visit, const Subject& subject);

}  // namespace khuyenhoc
