// What the pages of an office's Word templates show.
#pragma once

#include <string>
#include <vector>

#include "shell/form.h"
#include "shell/frame.h"

namespace khuyenhoc::template_pages {

struct VersionRow {
  std::string version, file_name, by, when;
  bool in_use = false;
  std::string id;
  Url file = Url("/"), trial = Url("/");
};
struct ReportRow {
  std::string label;
  Url document = Url("/");
};
struct ColumnChoice {
  std::string code, label, unit;
  bool chosen = false;
};
struct ColumnGroup {
  std::string heading;
  std::vector<ColumnChoice> choices;
};

struct TemplatesPage {
  std::vector<FrameLink> trail;
  std::string office, form, form_name;
  std::vector<FrameLink> forms;          // of the office, to choose from
  bool may_keep = false, house_in_use = true;
  std::string number;                    // of the choice that was seen
  std::vector<VersionRow> versions;      // newest first
  std::vector<ReportRow> reports;        // whose document can be seen
  PlainForm upload{.trail = {}, .action = Url("/"), .fields = {}, .button = {}};
  std::vector<ColumnGroup> columns;
  std::vector<std::string> chosen;       // labels, in the order of the annex
  FormErrors errors;                     // of the choices
  Url use = Url("/"), use_columns = Url("/"), fields = Url("/"), first = Url("/");
};

struct FieldRow {
  std::string name, gives, example;
};
struct FieldGroup {
  std::string heading;
  std::vector<FieldRow> fields;
};
struct FieldsPage {
  std::vector<FrameLink> trail;
  std::string form_name;
  std::vector<FieldGroup> groups;
};

}  // namespace khuyenhoc::template_pages
