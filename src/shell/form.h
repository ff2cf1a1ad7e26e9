// A form drawn from its fields: one column, what is wrong beside each field and listed on top, what was typed kept. For pages whose form has no part of its own.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "platform/html/url.h"
#include "shell/frame.h"
#include "shell/typed.h"

namespace khuyenhoc {

struct FormChoice {
  std::string value, label;
};

struct FormLine {
  enum class Kind { text, choice, lines, file, tick, heading, hidden };
  Kind kind = Kind::text;
  std::string name, label;
  std::string value = {};                // as typed; of a tick "1" when it is set
  std::string help = {};
  enum class Wanted { yes, no } wanted = Wanted::no;
  std::vector<FormChoice> choices = {};

  static FormLine text(std::string name, std::string label, std::string value, std::string help = {}, Wanted wanted = Wanted::no);
  static FormLine choice(std::string name, std::string label, std::string value, std::vector<FormChoice> choices, std::string help = {});
  static FormLine heading(std::string label) { return {.kind = Kind::heading, .name = {}, .label = std::move(label)}; }
  static FormLine hidden(std::string name, std::string value) { return {.kind = Kind::hidden, .name = std::move(name), .label = {}, .value = std::move(value)}; }
};

struct PlainForm {
  std::vector<FrameLink> trail;          // the way back; the page itself is added
  std::vector<std::string> lead = {};    // sentences above the fields
  std::string notice = {};               // something to heed before sending
  Url action;
  std::vector<FormLine> fields;
  FormErrors errors = {};
  std::string button;
  std::string consequence = {};          // beside the button, in words
  bool has_file() const;
  std::string error_of(const std::string& field) const;
};

}  // namespace khuyenhoc
