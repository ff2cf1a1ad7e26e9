#include <fmt/format.h>

#include "platform/document/layout.h"
#include "platform/spreadsheet/package.h"

namespace khuyenhoc::document {
namespace {

std::string escaped(std::string_view value) {
  std::string out;
  for (const char c : spreadsheet::xml_text(value)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      case '\n': out += "<br>"; break;
      default: out.push_back(c);
    }
  }
  return out;
}

// Only addresses within this site, or plain web addresses: no "javascript:".
bool is_safe_link(std::string_view link) {
  return (link.starts_with('/') && !link.starts_with("//")) || link.starts_with('?') || link.starts_with('#') || link.starts_with("https://") || link.starts_with("http://");
}

const char* class_of(Alignment alignment) {
  switch (alignment) {
    case Alignment::left: return "doc-left";
    case Alignment::centre: return "doc-centre";
    case Alignment::right: return "doc-right";
    case Alignment::justified: return "doc-justified";
  }
  return "doc-left";
}

class Writer {
 public:
  std::string write(const Document& document) {
    out_ = "<article class=\"doc\">\n";
    if (document.letterhead) letterhead(*document.letterhead);
    if (!document.kind.empty() || !document.summary.empty()) {
      out_ += "<header class=\"doc-title\">\n";
      if (!document.kind.empty()) put("<h1 class=\"doc-kind\">{}</h1>\n", escaped(document.kind));
      if (!document.summary.empty()) put("<p class=\"doc-summary\">{}</p>\n", escaped(document.summary));
      out_ += "</header>\n";
    }
    addressees(document.addressees);
    for (const auto& block : document.blocks) std::visit(*this, block);
    close_annex();
    if (!notes_.empty()) {
      out_ += "<ol class=\"doc-footnotes\">\n";
      for (std::size_t index = 0; index < notes_.size(); ++index) put("<li id=\"doc-note-{0}\">{1} <a href=\"#doc-note-at-{0}\">↩</a></li>\n", index + 1, escaped(notes_[index]));
      out_ += "</ol>\n";
    }
    out_ += "</article>\n";
    return std::move(out_);
  }

  void operator()(const Heading& block) {
    const int level = std::min(std::max(block.level, 1), 4);
    put("<h{0} class=\"doc-heading doc-heading-{1}\">", level + 1, level);
    text(block.text);
    put("</h{}>\n", level + 1);
  }
  void operator()(const Paragraph& block) {
    put("<p class=\"doc-paragraph {}\">", class_of(block.alignment));
    text(block.text);
    out_ += "</p>\n";
  }
  void operator()(const BulletList& block) {
    out_ += "<ul class=\"doc-list\">\n";
    for (const auto& item : block.items) {
      out_ += "<li>";
      text(item);
      out_ += "</li>\n";
    }
    out_ += "</ul>\n";
  }
  void operator()(const Note& block) {
    out_ += "<p class=\"doc-note\">";
    text(block.text);
    out_ += "</p>\n";
  }
  void operator()(const PageBreak&) { out_ += "<hr class=\"doc-page-break\">\n"; }
  void operator()(const Annex& block) {
    close_annex();
    put("<section class=\"doc-annex{}\">\n", block.orientation == Orientation::landscape ? " doc-landscape" : "");
    put("<header class=\"doc-title\"><h2 class=\"doc-annex-name\">{}</h2>\n", escaped(block.name));
    put("<p class=\"doc-summary\">{}</p>\n", escaped(block.title));
    if (!block.attached_to.empty()) put("<p class=\"doc-attached\">({})</p>\n", escaped(block.attached_to));
    out_ += "</header>\n";
    in_annex_ = true;
  }
  void operator()(const Table& block) {
    out_ += "<div class=\"doc-table-frame\" tabindex=\"0\">\n";
    if (!block.unit_note.empty()) put("<p class=\"doc-unit\">{}</p>\n", escaped(block.unit_note));
    out_ += "<table class=\"doc-table\">\n";
    if (!block.caption.empty()) put("<caption>{}</caption>\n", escaped(block.caption));
    if (!block.head.empty()) head(block);
    out_ += "<tbody>\n";
    for (const auto& row : block.rows) body_row(block, row);
    out_ += "</tbody>\n</table>\n</div>\n";
  }
  void operator()(const Closing& block) {
    out_ += "<footer class=\"doc-closing\">\n";
    if (!block.recipients.empty()) {
      out_ += "<div class=\"doc-recipients\"><p class=\"doc-recipients-head\">Nơi nhận:</p>\n<ul>\n";
      for (const auto& line : recipient_lines(block)) put("<li>{}</li>\n", escaped(line));
      out_ += "</ul></div>\n";
    }
    for (const auto& signer : block.signers) {
      out_ += "<div class=\"doc-signature\">";
      for (const auto& line : signer.authority) put("<p class=\"doc-authority\">{}</p>", escaped(line));
      if (signer.signature || signer.seal) {
        out_ += "<p class=\"doc-ink\">";
        if (signer.seal) picture(*signer.seal, "doc-seal", "Con dấu");
        if (signer.signature) picture(*signer.signature, "doc-hand", "Chữ ký");
        put("</p><p class=\"doc-inked\">{}</p></div>\n", escaped(signer.name));
        continue;
      }
      put("<p class=\"doc-signer\">{}</p></div>\n", escaped(signer.name));
    }
    out_ += "</footer>\n";
  }

 private:
  template <class... Arguments>
  void put(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Arguments>(arguments)...);
  }

  void picture(const Picture& picture, std::string_view name, std::string_view what) {
    constexpr double dots_a_mm = 96 / 25.4;
    put("<img class=\"{}\" alt=\"{}\" width=\"{}\" height=\"{}\" src=\"{}\">", name, what, static_cast<int>(picture.width_mm * dots_a_mm + 0.5),
        static_cast<int>(picture.height_mm * dots_a_mm + 0.5), data_address(picture));
  }

  void letterhead(const Letterhead& head) {
    put("<header class=\"doc-letterhead{}\">\n<div class=\"doc-issuing\">", head.family == LetterheadFamily::youth_union ? " doc-youth-union" : "");
    if (!head.superior.empty()) put("<p class=\"doc-superior\">{}</p>", escaped(head.superior));
    put("<p class=\"doc-issuer\">{}</p>", escaped(head.issuer));
    if (head.family == LetterheadFamily::youth_union) out_ += "<p class=\"doc-stars\" aria-hidden=\"true\">***</p>";
    put("<p class=\"doc-number\">{}</p>", escaped(head.number));
    if (!head.subject.empty()) put("<p class=\"doc-subject\">{}</p>", escaped(head.subject));
    out_ += "</div>\n<div class=\"doc-national\">";
    if (head.family == LetterheadFamily::youth_union) {
      put("<p class=\"doc-state\">{}</p>", youth_union_line);
    } else {
      put("<p class=\"doc-state\">{}</p><p class=\"doc-motto\">{}</p>", national_line, motto_line);
    }
    put("<p class=\"doc-place\">{}</p></div>\n</header>\n", escaped(head.place_and_date));
  }

  void addressees(const std::vector<std::string>& names) {
    if (names.empty()) return;
    if (names.size() == 1) {
      put("<p class=\"doc-addressee\">Kính gửi: {}</p>\n", escaped(names[0]));
      return;
    }
    out_ += "<div class=\"doc-addressee\"><p>Kính gửi:</p>\n<ul>\n";
    for (std::size_t index = 0; index < names.size(); ++index) put("<li>- {}{}</li>\n", escaped(names[index]), index + 1 == names.size() ? "." : ";");
    out_ += "</ul></div>\n";
  }

  void close_annex() {
    if (in_annex_) out_ += "</section>\n";
    in_annex_ = false;
  }

  void text(const Text& text) {
    for (const auto& run : text.runs) {
      const bool bold = run.weight == Weight::bold || run.weight == Weight::bold_italic;
      const bool italic = run.weight == Weight::italic || run.weight == Weight::bold_italic;
      const bool linked = !run.link.empty() && is_safe_link(run.link);
      if (bold) out_ += "<strong>";
      if (italic) out_ += "<em>";
      if (linked) put("<a class=\"doc-figure\" href=\"{}\">", escaped(run.link));
      out_ += escaped(run.text);
      if (linked) out_ += "</a>";
      if (italic) out_ += "</em>";
      if (bold) out_ += "</strong>";
      if (!run.footnote.empty()) {
        notes_.push_back(run.footnote);
        put("<sup><a id=\"doc-note-at-{0}\" href=\"#doc-note-{0}\">{0}</a></sup>", notes_.size());
      }
    }
  }

  void head(const Table& table) {
    const auto grid = head_grid(table);
    out_ += "<thead>\n";
    for (int row = 0; row < grid.rows; ++row) {
      out_ += "<tr>";
      for (const auto& placed : grid.cells) {
        if (placed.row != row) continue;
        out_ += "<th";
        if (placed.columns > 1) put(" colspan=\"{}\"", placed.columns);
        if (placed.rows > 1) put(" rowspan=\"{}\"", placed.rows);
        put(" scope=\"{}\">{}</th>", placed.columns > 1 ? "colgroup" : "col", escaped(placed.cell->text));
      }
      out_ += "</tr>\n";
    }
    out_ += "</thead>\n";
  }

  void body_row(const Table& table, const TableRow& row) {
    out_ += row.kind == RowKind::total ? "<tr class=\"doc-total\">" : row.kind == RowKind::group ? "<tr class=\"doc-group\">" : "<tr>";
    for (const auto& placed : placed_cells(table, row)) {
      const bool group_head = row.kind == RowKind::group && placed.columns == static_cast<int>(table.columns.size());
      const char* tag = group_head ? "th" : "td";
      put("<{}", tag);
      if (group_head) out_ += " scope=\"colgroup\"";
      if (placed.columns > 1) put(" colspan=\"{}\"", placed.columns);
      put(" class=\"{}\">", class_of(alignment_of(table, row, placed)));
      if (placed.cell != nullptr) text(placed.cell->text);
      put("</{}>", tag);
    }
    out_ += "</tr>\n";
  }

  std::string out_;
  std::vector<std::string> notes_;
  bool in_annex_ = false;
};

}  // namespace

std::string to_html(const Document& document) { return Writer().write(document); }

std::string to_html_page(const Document& document, const HtmlPage& page) {
  const auto title = document.kind.empty() ? document.summary : document.kind + " " + document.summary;
  return fmt::format("<!doctype html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n{}</head>\n<body>\n<main>\n{}</main>\n</body>\n</html>\n",
                     escaped(title), is_safe_link(page.stylesheet) ? fmt::format("<link rel=\"stylesheet\" href=\"{}\">\n", escaped(page.stylesheet)) : "", to_html(document));
}

}  // namespace khuyenhoc::document
