#include "platform/document/docx_template.h"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <set>
#include <span>

#include "base/i18n.h"
#include "base/text.h"
#include "platform/document/docx_places.h"
#include "platform/document/docx_table.h"
#include "platform/spreadsheet/package.h"

namespace khuyenhoc::document {
namespace {

using pugi::xml_node;

constexpr spreadsheet::PackageLimits limits{.file_bytes = 5u << 20, .unpacked_bytes = 40u << 20, .entries = 400, .ratio = 200, .ratio_free_bytes = 4u << 20};
constexpr std::size_t largest_xml_bytes = 8u << 20;
constexpr std::size_t most_places = 2'000;
constexpr unsigned flags = pugi::parse_default | pugi::parse_ws_pcdata_single;
constexpr std::string_view main_part = "word/document.xml";

Refusal said_of_word(const Refusal& refusal) {
  if (refusal.code == "workbook.too_large") return {"template.too_large", tr("Tệp Word lớn quá {} MB. Xin bỏ bớt hoặc thu nhỏ hình trong tệp.", limits.file_bytes >> 20), {}};
  if (refusal.code == "workbook.bomb") return {"template.too_large", tr("Tệp nén chứa lượng dữ liệu lớn bất thường nên không được mở. Xin chép nội dung sang một tệp Word mới rồi gửi lại."), {}};
  if (refusal.code == "workbook.password") return {"template.password", tr("Tệp Word có đặt mật khẩu nên không đọc được. Xin bỏ mật khẩu rồi gửi lại."), {}};
  return {"template.broken", tr("Tệp Word bị hỏng hoặc tải lên chưa đủ. Xin mở tệp bằng Word, lưu lại dạng .docx rồi gửi lại."), {}};
}

// Parts whose text people see, and so may hold places.
bool is_text_part(std::string_view name) {
  if (!name.starts_with("word/") || !name.ends_with(".xml") || name.find('/', 5) != std::string_view::npos) return false;
  const auto bare = name.substr(5);
  return name == main_part || bare.starts_with("header") || bare.starts_with("footer") || bare.starts_with("footnotes") || bare.starts_with("endnotes");
}

TemplatePlace::Part part_of(std::string_view name, xml_node paragraph) {
  if (name.starts_with("word/header")) return TemplatePlace::Part::header;
  if (name.starts_with("word/footer")) return TemplatePlace::Part::footer;
  if (name.starts_with("word/footnotes") || name.starts_with("word/endnotes")) return TemplatePlace::Part::note;
  return ancestor_named(paragraph, "w:tbl") ? TemplatePlace::Part::table : TemplatePlace::Part::body;
}

// Some letters on both sides, whole ones.
std::string around(const std::string& text, std::size_t from, std::size_t to) {
  constexpr std::size_t room = 40;
  std::size_t first = from > room ? from - room : 0, last = std::min(to + room, text.size());
  const auto inside = [&](std::size_t at) { return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; };
  while (first > 0 && inside(first)) --first;
  while (last < text.size() && inside(last)) ++last;
  std::string out = (first > 0 ? "…" : "") + text.substr(first, last - first) + (last < text.size() ? "…" : "");
  std::ranges::replace(out, '\n', ' ');
  return out;
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\n");
  return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

Result<void> check_fields(xml_node root) {
  for (const std::string& word : field_words(root))
    for (const char* fetches : {"DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "EMBED", "DATABASE", "MACROBUTTON"})
      if (word == fetches) return refuse("template.embedded", tr("Trong tệp có trường {} lấy dữ liệu từ nơi khác. Xin bỏ trường đó rồi gửi lại.", word));
  return {};
}

// Only links that a reader clicks may lead outside. The template that Word itself started from is dropped: it names a folder of somebody's computer.
Result<bool> mend_relations(pugi::xml_document& xml) {
  bool changed = false;
  for (auto one = xml.child("Relationships").first_child(); one;) {
    const auto next = one.next_sibling();
    const std::string_view type = one.attribute("Type").value();
    if (type.ends_with("/attachedTemplate")) {
      one.parent().remove_child(one);
      changed = true;
    } else if (std::string_view(one.attribute("TargetMode").value()) == "External" && !type.ends_with("/hyperlink")) {
      return refuse("template.embedded", tr("Trong tệp có hình hoặc đối tượng liên kết từ ngoài tệp. Xin chèn hẳn hình vào tệp (Chèn, Hình ảnh) rồi gửi lại."));
    } else if (type.ends_with("/aFChunk") || type.ends_with("/oleObject") || type.ends_with("/package") || type.ends_with("/control")) {
      return refuse("template.embedded", tr("Trong tệp có đối tượng nhúng (bảng tính, điều khiển). Xin thay bằng bảng hoặc hình thường rồi gửi lại."));
    }
    one = next;
  }
  return changed;
}

Result<pugi::xml_document> parsed(const std::string& content) {
  if (content.find("<!DOCTYPE") != std::string::npos) return std::unexpected(said_of_word({}));
  pugi::xml_document xml;
  if (!xml.load_buffer(content.data(), content.size(), flags)) return std::unexpected(said_of_word({}));
  return xml;
}

// The width of text in the section that a place stands in, in twips.
int text_width_at(xml_node paragraph) {
  xml_node at = paragraph;
  while (at.parent() && std::string_view(at.parent().name()) != "w:body") at = at.parent();
  xml_node section;
  for (; at && !section; at = at.next_sibling()) {
    if (std::string_view(at.name()) == "w:sectPr") section = at;
    else section = at.child("w:pPr").child("w:sectPr");
  }
  const int page = section.child("w:pgSz").attribute("w:w").as_int(11'906), left = section.child("w:pgMar").attribute("w:left").as_int(1'701), right = section.child("w:pgMar").attribute("w:right").as_int(850);
  constexpr int least = 2'000, most = 30'000;
  return std::clamp(page - left - right, least, most);
}

class Filler {
 public:
  Filler(pugi::xml_document& xml, const TemplateSource& source) : xml_(xml), source_(source) {}

  void fill() {
    if (source_.is_of_row) repeat_rows();
    // from the end: what lies inside another (a text box) is done before that is taken away
    for (auto paragraph : std::views::reverse(paragraphs_of(xml_))) fill_paragraph(paragraph);
  }

 private:
  void repeat_rows() {
    std::vector<xml_node> rows;
    const auto is_inside = [](xml_node node, xml_node other) {
      for (auto at = node; at; at = at.parent())
        if (at == other) return true;
      return false;
    };
    for (auto paragraph : std::views::reverse(paragraphs_of(xml_))) {
      const auto row = ancestor_named(paragraph, "w:tr");
      if (!row || std::ranges::any_of(rows, [&](xml_node known) { return is_inside(row, known) || is_inside(known, row); })) continue;
      const auto places = ParagraphText(paragraph).places();
      if (std::ranges::any_of(places, [&](const auto& place) { return source_.is_of_row(template_key(place.name)); })) rows.push_back(row);
    }
    for (auto row : rows) {
      for (std::size_t number = 0; number < source_.rows; ++number) {
        auto copy = row.parent().insert_copy_before(row, row);
        for (auto paragraph : std::views::reverse(paragraphs_of(copy))) {
          ParagraphText text(paragraph);
          const auto places = text.places();
          for (auto place = places.rbegin(); place != places.rend(); ++place)
            if (const auto key = template_key(place->name); source_.is_of_row(key)) text.replace(*place, source_.row_value(key, number));
          text.write();
        }
      }
      auto table = row.parent();
      table.remove_child(row);
      if (!table.child("w:tr")) table.parent().remove_child(table);
    }
  }

  void fill_paragraph(xml_node paragraph) {
    ParagraphText text(paragraph);
    const auto places = text.places();
    if (places.empty()) return;
    const bool alone = places.size() == 1 && without_blanks(text.text()).size() == places.front().to - places.front().from;
    for (auto place = places.rbegin(); place != places.rend(); ++place) {
      const TemplateValue value = source_.value(template_key(place->name));
      if (const auto* words = std::get_if<std::string>(&value)) {
        text.replace(*place, *words);
      } else if (alone) {
        put_blocks(paragraph, text.run_of(*place), std::get<std::vector<Block>>(value));
        return;
      } else {
        text.replace(*place, words_of(std::get<std::vector<Block>>(value)));
      }
    }
    text.write();
  }

  static std::string words_of(const std::vector<Block>& blocks) {
    std::string out;
    const auto add = [&](const std::string& line) { out += (out.empty() ? "" : "\n") + line; };
    for (const Block& block : blocks) {
      if (const auto* one = std::get_if<Paragraph>(&block)) add(one->text.plain());
      else if (const auto* heading = std::get_if<Heading>(&block)) add(heading->text.plain());
      else if (const auto* note = std::get_if<Note>(&block)) add(note->text.plain());
      else if (const auto* list = std::get_if<BulletList>(&block))
        for (const Text& item : list->items) add("- " + item.plain());
    }
    return out;
  }

  // Paragraphs that look as the one with the place does.
  void put_blocks(xml_node paragraph, xml_node run, const std::vector<Block>& blocks) {
    auto parent = paragraph.parent();
    const auto section = paragraph.child("w:pPr").child("w:sectPr");
    bool ends_with_paragraph = false;
    const auto put_text = [&](const Text& text, Weight at_least, const char* before = "") {
      auto line = parent.insert_child_before("w:p", paragraph);
      if (const auto properties = paragraph.child("w:pPr")) line.append_copy(properties).remove_child("w:sectPr");
      if (*before != 0) put_run(line, run, before, Weight::regular);
      for (const Run& piece : text.runs) put_run(line, run, piece.text, piece.weight == Weight::regular ? at_least : piece.weight);
      ends_with_paragraph = true;
    };
    for (const Block& block : blocks) {
      if (const auto* one = std::get_if<Paragraph>(&block)) put_text(one->text, Weight::regular);
      else if (const auto* heading = std::get_if<Heading>(&block)) put_text(heading->text, Weight::bold);
      else if (const auto* note = std::get_if<Note>(&block)) put_text(note->text, Weight::italic);
      else if (const auto* list = std::get_if<BulletList>(&block))
        for (const Text& item : list->items) put_text(item, Weight::regular, "- ");
      else if (const auto* table = std::get_if<Table>(&block)) {
        pugi::xml_document aside;
        auto root = aside.append_child("w:body");
        put_table(builder_, root, *table, text_width_at(paragraph), Formatting::direct);
        for (auto made = root.first_child(); made; made = made.next_sibling()) parent.insert_copy_before(made, paragraph);
        ends_with_paragraph = true;              // the gap behind the table
      }
    }
    const bool only_one = std::string_view(parent.name()) == "w:tc" && !ends_with_paragraph;
    if (!section && !only_one) {
      parent.remove_child(paragraph);
      return;
    }
    for (auto inside = paragraph.first_child(); inside;) {
      const auto next = inside.next_sibling();
      if (std::string_view(inside.name()) != "w:pPr") paragraph.remove_child(inside);
      inside = next;
    }
  }

  static void put_run(xml_node line, xml_node like, const std::string& words, Weight weight) {
    auto run = line.append_child("w:r");
    xml_node properties;
    if (const auto theirs = like.child("w:rPr")) properties = run.append_copy(theirs);
    const auto set = [&](const char* name) {
      if (!properties) properties = run.append_child("w:rPr");
      if (properties.child(name)) return;
      // the order is fixed: bold and italic stand behind the style and the fonts
      xml_node behind;
      for (auto one = properties.first_child(); one; one = one.next_sibling())
        if (const std::string_view here = one.name(); here == "w:rStyle" || here == "w:rFonts" || (here == "w:b" && std::string_view(name) == "w:i")) behind = one;
      if (behind) properties.insert_child_after(name, behind);
      else properties.prepend_child(name);
    };
    if (weight == Weight::bold || weight == Weight::bold_italic) set("w:b");
    if (weight == Weight::italic || weight == Weight::bold_italic) set("w:i");
    const std::string clean = spreadsheet::xml_text(words);
    for (std::size_t from = 0;;) {
      const auto end = clean.find('\n', from);
      auto text = run.append_child("w:t");
      text.append_attribute("xml:space") = "preserve";
      text.text().set(clean.substr(from, end - from).c_str());
      if (end == std::string::npos) return;
      run.append_child("w:br");
      from = end + 1;
    }
  }

  pugi::xml_document& xml_;
  const TemplateSource& source_;
  DocxBuilder builder_;
};

}  // namespace

std::string template_key(std::string_view name) {
  std::string out;
  for (;;) {
    const auto end = name.find_first_of(".:");
    std::string segment = folded(name.substr(0, end));
    std::ranges::replace(segment, ' ', '_');
    out += segment;
    if (end == std::string_view::npos) return out;
    out += '.';
    name.remove_prefix(end + 1);
  }
}

Result<DocxTemplate> DocxTemplate::read(std::string bytes) {
  if (!bytes.starts_with("PK\x03\x04")) return refuse("template.not_docx", tr("Đây không phải tệp Word dạng .docx. Tệp .doc đời cũ: xin mở bằng Word, chọn Lưu thành, dạng “Tài liệu Word (*.docx)”."));
  auto package = spreadsheet::Package::open(std::as_bytes(std::span(bytes)), limits);
  if (!package) return std::unexpected(said_of_word(package.error()));
  if (!package->has(main_part) || !package->has("[Content_Types].xml")) return refuse("template.not_docx", tr("Tệp này không phải văn bản Word. Xin chọn tệp .docx."));
  DocxTemplate out;
  std::string unclosed;
  std::set<std::string> known;
  for (const std::string& name : package->names()) {
    if (name.ends_with('/') || !known.insert(lower_case(name)).second) continue;
    const std::string low = lower_case(name);
    if (low.find("vbaproject") != std::string::npos) return refuse("template.macro", tr("Trong tệp có macro. Xin lưu lại dạng .docx (không có macro) rồi gửi lại."));
    if (low.find("activex") != std::string::npos || low.find("/embeddings/") != std::string::npos || low.find("afchunk") != std::string::npos || low.find("..") != std::string::npos || low.starts_with('/'))
      return refuse("template.embedded", tr("Trong tệp có đối tượng nhúng (bảng tính, điều khiển). Xin thay bằng bảng hoặc hình thường rồi gửi lại."));
    auto content = package->read(name, low.ends_with(".xml") || low.ends_with(".rels") ? largest_xml_bytes : limits.unpacked_bytes);
    if (!content) return std::unexpected(said_of_word(content.error()));
    Part part{name, std::move(*content), false};
    if (low.ends_with(".rels")) {
      auto xml = parsed(part.content);
      if (!xml) return std::unexpected(xml.error());
      const auto changed = mend_relations(*xml);
      if (!changed) return std::unexpected(changed.error());
      if (*changed) part.content = saved(*xml);
    } else if (low == "word/settings.xml") {
      auto xml = parsed(part.content);
      if (!xml) return std::unexpected(xml.error());
      if (xml->first_child().remove_child("w:attachedTemplate")) part.content = saved(*xml);
    } else if (is_text_part(low)) {
      auto xml = parsed(part.content);
      if (!xml) return std::unexpected(xml.error());
      if (low == main_part && std::string_view(xml->first_child().name()) != "w:document") return std::unexpected(said_of_word({}));
      if (auto fine = check_fields(*xml); !fine) return std::unexpected(fine.error());
      std::vector<TemplatePlace> here;             // from the end, as above
      for (auto paragraph : std::views::reverse(paragraphs_of(*xml))) {
        const ParagraphText text(paragraph);
        if (auto open = text.unclosed(); !open.empty()) unclosed = std::move(open);
        const auto places = text.places();
        for (const auto& place : std::views::reverse(places))
          here.push_back({text.text().substr(place.from, place.to - place.from), template_key(place.name), around(text.text(), place.from, place.to), part_of(low, paragraph),
                          without_blanks(text.text()).size() == place.to - place.from});
        if (here.size() > most_places) return refuse("template.too_large", tr("Tệp có quá {} chỗ điền. Xin bỏ bớt rồi gửi lại.", most_places));
      }
      part.has_places = !here.empty();
      std::ranges::move(std::views::reverse(here), std::back_inserter(out.places_));
    }
    out.parts_.push_back(std::move(part));
  }
  if (!unclosed.empty()) return refuse("template.open", tr("Có dấu mở “{}” mà không có dấu đóng trên cùng một dòng. Xin sửa trong Word rồi gửi lại.", unclosed.substr(0, unclosed.find(' '))), unclosed);
  return out;
}

std::string DocxTemplate::fill(const TemplateSource& source) const {
  spreadsheet::PackageWriter package;
  for (const Part& part : parts_) {
    if (!part.has_places) {
      package.add(part.name, part.content);
      continue;
    }
    pugi::xml_document xml;
    xml.load_buffer(part.content.data(), part.content.size(), flags);
    Filler(xml, source).fill();
    package.add(part.name, saved(xml));
  }
  return package.finish();
}

}  // namespace khuyenhoc::document
