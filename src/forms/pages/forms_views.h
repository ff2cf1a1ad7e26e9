// What the pages of forms show.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "forms/forms.h"
#include "platform/html/url.h"
#include "shell/form.h"

namespace khuyenhoc {

struct FormsListRow {
  std::string name, detail;             // "Báo cáo công tác …", "Bản 1 · 6 tháng, 9 tháng, năm · 74 chỉ tiêu, 6 phần lời văn"
  std::string owner;                    // "Mẫu chung của Trung ương Hội", "Có phần thêm của Hội Khuyến học tỉnh Đắk Lắk"
  Url link;
  std::string code;                     // what a new draft is begun on
  std::string begin;                    // "Soạn bản mới", "Thêm phần riêng của đơn vị", "Soạn tiếp bản nháp"
};
struct DraftsListRow {
  std::string name, detail;
  Url link;
};
struct FormsListPage {
  std::vector<FrameLink> trail;
  BodyId body;
  std::string office;
  std::vector<FormsListRow> forms;
  std::vector<DraftsListRow> drafts, requests;
  std::vector<std::pair<std::string, std::string>> windows;   // family, words
  bool may_draft = false, may_publish = false;
};

struct FormKindChoice {
  std::string label;
  Url link;
  bool current = false;
};
struct PreviewLine {
  std::string label, unit, added;       // added: "Phần thêm của …"
  bool typed = false;
  std::string columns;                  // "Kế hoạch năm · Thực hiện · Cùng kỳ"
};
struct PreviewSection {
  std::string heading;
  std::vector<PreviewLine> lines;
};
struct PreviewBlock {
  std::string part, heading, guidance, added;
  bool required = false;
};
struct PreviewField {
  std::string label, help, unit;
  enum class Kind { number, money, yes_no } kind = Kind::number;
};
struct PreviewPart {
  std::string heading;
  std::vector<PreviewField> fields;
};
struct PreviewPage {
  std::vector<FrameLink> trail;
  std::string name, sentence;           // "Chi hội khuyến học thôn, tổ dân phố thấy mẫu như sau."
  std::vector<FormKindChoice> kinds;
  std::vector<PreviewPart> asked;       // what the body types itself
  std::string nothing_asked;
  std::vector<PreviewSection> sections;
  std::vector<PreviewBlock> blocks;
  std::vector<std::string> checks;
  std::vector<std::pair<std::string, std::string>> facts;
  std::vector<FormUse> uses;
  std::string round_label;
  Url round_link{"/"};
};

struct DraftTick {
  std::string name, label;
  bool set = false;
};
struct DraftLine {
  std::string code, label, unit;
  DraftTick in;
  std::vector<DraftTick> columns, kinds;
};
struct DraftSection {
  std::string heading, summary;
  std::vector<DraftLine> lines;
};
struct DraftBlock {
  std::string number;                   // of its fields
  std::string code, part, heading, guidance;
  bool required = false, is_new = false;
};
struct DraftCheck {
  std::string number, expression, message, error;
  bool strict = false, is_new = false;
};
struct DraftQuestion {
  std::string number, text, unit, help, error;
  std::int64_t kind = 1, moment = 1;
  std::vector<DraftTick> asked_of;
  bool is_new = false;
};
struct DraftPage {
  std::vector<FrameLink> trail;
  BodyId body;
  FormVersionId version;
  std::int64_t row_version = 1;
  FormErrors errors;
  std::string sentence;                 // what kind of draft it is
  std::vector<FormLine> head;           // name, windows or days, note
  std::vector<DraftSection> sections;
  std::vector<DraftBlock> blocks;
  std::vector<DraftCheck> checks;
  std::vector<DraftQuestion> questions;
  std::vector<FormKindChoice> previews;
  bool may_publish = false;
  bool is_request = false;
  std::string error_of(const std::string& field) const {
    for (const auto& [name, sentence_of] : errors)
      if (name == field) return sentence_of;
    return {};
  }
};

}  // namespace khuyenhoc
