#include "organisation/paper_kinds.h"

#include <algorithm>
#include <cassert>

#include "organisation/posts.h"
#include "platform/config/table.h"

namespace khuyenhoc {

extern const std::string_view papers_catalogue;

std::string_view committee_in_capitals(OnBehalf whom) {
  switch (whom) {
    case OnBehalf::standing_committee: return "BAN THƯỜNG VỤ";
    case OnBehalf::executive_committee: return "BAN CHẤP HÀNH";
    case OnBehalf::nobody: break;
  }
  return "";
}

Result<PaperKinds> PaperKinds::parse(std::string_view text) {
  const auto file = config::Table::parse(text, "papers.toml");
  if (!file) return std::unexpected(file.error());
  PaperKinds out;
  out.deputies_ = file->texts("deputies");
  for (const std::string& post : out.deputies_)
    if (Posts::house().find(post) == nullptr) return refuse("papers.entry", fmt::format("Không có chức vụ “{}”.", post), "deputies");
  for (const auto& entry : file->tables("paper")) {
    PaperKind kind;
    kind.code = entry.text("code");
    kind.letters = entry.text("letters");
    kind.label_vi = entry.text("vi");
    kind.label_en = entry.text("en");
    kind.by_order = entry.texts("by_order");
    if (kind.code.empty() || kind.label_vi.empty() || kind.label_en.empty() || out.find(kind.code) != nullptr)
      return refuse("papers.entry", "Mỗi loại văn bản cần có mã riêng, tên tiếng Việt và tên tiếng Anh.", kind.code.empty() ? entry.place() : kind.code);
    const auto whom = entry.text("for");
    if (whom == "standing") kind.on_behalf = OnBehalf::standing_committee;
    else if (whom == "executive") kind.on_behalf = OnBehalf::executive_committee;
    else if (whom != "none") return refuse("papers.entry", "Ký thay mặt ai phải là standing, executive hoặc none.", kind.code);
    for (const std::string& post : kind.by_order)
      if (Posts::house().find(post) == nullptr) return refuse("papers.entry", fmt::format("Không có chức vụ “{}”.", post), kind.code);
    out.kinds_.push_back(std::move(kind));
  }
  return out;
}

const PaperKinds& PaperKinds::house() {
  static const PaperKinds kinds = [] {
    auto parsed = parse(papers_catalogue);
    assert(parsed && "the embedded catalogue of papers must be readable");
    return std::move(*parsed);
  }();
  return kinds;
}

const PaperKind* PaperKinds::find(std::string_view code) const {
  const auto at = std::ranges::find(kinds_, code, &PaperKind::code);
  return at == kinds_.end() ? nullptr : &*at;
}

bool PaperKinds::is_deputy(std::string_view post) const { return std::ranges::find(deputies_, post) != deputies_.end(); }

}  // namespace khuyenhoc
