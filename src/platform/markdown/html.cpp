// Parts of a text as HTML: quotes and lists opened and closed as their depth changes; every piece of text escaped.
#include "platform/markdown/markdown.h"

#include <algorithm>

#include "base/text.h"

namespace khuyenhoc::markdown {
namespace {

using document::Run;
using document::Weight;

enum class For { readers, editor };

class HtmlWriter {
 public:
  explicit HtmlWriter(For whom) : whom_(whom) {}
  html::SafeHtml write(const std::vector<Part>& parts) {
    for (const Part& part : parts) {
      stand_in(part);
      switch (part.kind) {
        case Part::Kind::heading: element("h4", part.text); break;
        case Part::Kind::paragraph:
          if (!part.text.runs.empty()) element("p", part.text);
          break;
        case Part::Kind::bullet:
        case Part::Kind::numbered: item(part); break;
        case Part::Kind::table: table(part); break;
      }
    }
    close_lists(0);
    close_quotes(0);
    return html::vouched_html(std::move(out_));
  }

 private:
  // Closes and opens what the part does not, or does, stand in.
  void stand_in(const Part& part) {
    if (part.quoted != quotes_) close_lists(0);
    close_quotes(part.quoted);
    for (; quotes_ < part.quoted; ++quotes_) out_ += "<blockquote>\n";
    close_lists(part.depth);
    const bool is_item = part.kind == Part::Kind::bullet || part.kind == Part::Kind::numbered;
    if (!is_item) return;
    const std::string_view tag = part.kind == Part::Kind::numbered ? "ol" : "ul";
    if (!lists_.empty() && static_cast<int>(lists_.size()) == part.depth && lists_.back() != tag) close_lists(part.depth - 1);
    else if (static_cast<int>(lists_.size()) == part.depth) out_ += "</li>\n";
    while (static_cast<int>(lists_.size()) < part.depth) {
      out_ += "<";
      out_ += tag;
      if (tag == "ol" && part.number != 1) out_ += " start=\"" + std::to_string(part.number) + "\"";
      out_ += ">\n";
      lists_.push_back(tag);
      if (static_cast<int>(lists_.size()) < part.depth) out_ += "<li>";
    }
  }
  void close_lists(int depth) {
    while (static_cast<int>(lists_.size()) > depth) {
      out_ += "</li>\n</";
      out_ += lists_.back();
      out_ += ">\n";
      lists_.pop_back();
    }
  }
  void close_quotes(int depth) {
    for (; quotes_ > depth; --quotes_) out_ += "</blockquote>\n";
  }

  void item(const Part& part) {
    out_ += "<li>";
    text(part.text);
  }
  void element(std::string_view tag, const document::Text& content) {
    out_ += "<";
    out_ += tag;
    out_ += ">";
    text(content);
    out_ += "</";
    out_ += tag;
    out_ += ">\n";
  }
  void table(const Part& part) {
    out_ += "<div class=\"table-responsive\"><table class=\"data\">";
    for (std::size_t row = 0; row < part.rows.size(); ++row) {
      out_ += row == 0 ? "<thead><tr>" : row == 1 ? "<tbody><tr>" : "<tr>";
      for (const document::Text& cell : part.rows[row]) {
        out_ += row == 0 ? "<th scope=\"col\">" : "<td>";
        text(cell);
        out_ += row == 0 ? "</th>" : "</td>";
      }
      out_ += row == 0 ? "</tr></thead>" : "</tr>";
    }
    if (part.rows.size() > 1) out_ += "</tbody>";
    out_ += "</table></div>\n";
  }
  void text(const document::Text& content) {
    for (const Run& run : content.runs) {
      const bool bold = run.weight == Weight::bold || run.weight == Weight::bold_italic, italic = run.weight == Weight::italic || run.weight == Weight::bold_italic;
      // only figures of this site are links
      const bool link = whom_ == For::readers && run.link.starts_with('/') && !run.link.starts_with("//");
      const bool token = whom_ == For::editor && run.link.starts_with("{{");
      if (link) out_ += "<a href=\"" + html::SafeHtml(run.link).text() + "\">";
      if (bold) out_ += "<b>";
      if (italic) out_ += "<i>";
      if (token) out_ += "<span data-token=\"" + html::SafeHtml(run.link).text() + "\">";
      for (std::size_t at = 0; at <= run.text.size();) {
        const std::size_t end = std::min(run.text.find('\n', at), run.text.size());
        out_ += html::SafeHtml(std::string_view(run.text).substr(at, end - at)).text();
        if (end < run.text.size()) out_ += "<br>\n";
        at = end + 1;
      }
      if (token) out_ += "</span>";
      if (italic) out_ += "</i>";
      if (bold) out_ += "</b>";
      if (link) out_ += "</a>";
    }
  }

  For whom_;
  std::string out_;
  std::vector<std::string_view> lists_;
  int quotes_ = 0;
};

}  // namespace

html::SafeHtml to_html(const std::vector<Part>& parts) { return HtmlWriter(For::readers).write(parts); }
html::SafeHtml to_editor_html(const std::vector<Part>& parts) { return HtmlWriter(For::editor).write(parts); }
html::SafeHtml to_html(std::string_view markdown) { return to_html(parts_of(markdown)); }

}  // namespace khuyenhoc::markdown
