#include <algorithm>

#include "platform/document/pdf_flow.h"
#include "platform/document/pdf_table.h"

namespace khuyenhoc::document {
namespace {

TextStyle centred(double points, Weight weight = Weight::regular) { return {.points = points, .weight = weight, .alignment = Alignment::centre}; }

class Writer {
 public:
  explicit Writer(Canvas& canvas) : flow_(canvas), canvas_(canvas) {}

  void write(const Document& document) {
    if (document.letterhead) letterhead(*document.letterhead);
    titles(document);
    addressees(document.addressees);
    for (std::size_t index = 0; index < document.blocks.size(); ++index) {
      const auto* closing = index + 1 < document.blocks.size() ? std::get_if<Closing>(&document.blocks[index + 1]) : nullptr;
      // A signature never stands on a page without a word above it.
      if (const auto* last = std::get_if<Paragraph>(&document.blocks[index]); last != nullptr && closing != nullptr) {
        const auto text = canvas_.set(last->text.plain(), flow_.width(), body(last->alignment));
        const double wanted = text.height + 2 * measure::between_paragraphs_pt + height_of(*closing);
        if (wanted < flow_.whole_page()) flow_.need(wanted);
      }
      std::visit(*this, document.blocks[index]);
    }
    flow_.finish();
  }

  void operator()(const Heading& block) {
    static constexpr Weight weights[] = {Weight::bold, Weight::bold, Weight::bold_italic, Weight::italic};
    const int level = std::clamp(block.level, 1, 4);
    auto style = body(Alignment::justified);
    style.weight = weights[level - 1];
    const auto text = canvas_.set(block.text, flow_.width(), style);
    flow_.need(text.height + measure::between_paragraphs_pt + 2.5 * measure::body_pt * measure::line_spacing);     // never alone at the foot of a page
    canvas_.outline(block.text.plain(), level, flow_.y());
    flow_.flow(text, flow_.left());
    flow_.skip(measure::between_paragraphs_pt);
  }

  void operator()(const Paragraph& block) { paragraph(block.text, body(block.alignment)); }

  void operator()(const BulletList& block) {
    for (const auto& item : block.items) {
      Text dashed("- ");
      dashed.runs.insert(dashed.runs.end(), item.runs.begin(), item.runs.end());
      paragraph(dashed, body(Alignment::justified));
    }
  }

  void operator()(const Note& block) {
    flow_.skip(3);
    paragraph(block.text, {.points = measure::note_pt, .weight = Weight::italic, .alignment = Alignment::justified});
  }

  void operator()(const PageBreak&) { flow_.next_page(); }

  void operator()(const Annex& block) {
    flow_.turn(block.orientation);
    canvas_.outline(block.name.empty() ? block.title : block.name + ". " + block.title, 1, flow_.y());
    centre(block.name, measure::body_pt, Weight::bold);
    centre(block.title, measure::body_pt, Weight::bold);
    if (!block.attached_to.empty()) {
      flow_.skip(2);
      centre("(" + block.attached_to + ")", measure::note_pt + 1, Weight::italic);
    }
    flow_.skip(measure::between_paragraphs_pt);
  }

  void operator()(const Table& block) {
    if (!block.caption.empty()) {
      flow_.skip(measure::between_paragraphs_pt);
      flow_.need(5 * measure::body_pt);
      centre(block.caption, measure::number_pt, Weight::bold);
      flow_.skip(3);
    }
    if (!block.unit_note.empty()) {
      flow_.need(4 * measure::body_pt);
      flow_.flow(canvas_.set(block.unit_note, flow_.width(), {.points = measure::note_pt, .weight = Weight::italic, .alignment = Alignment::right}), flow_.left());
      flow_.skip(2);
    }
    draw_table(flow_, block);
    flow_.skip(measure::between_paragraphs_pt);
  }

  void operator()(const Closing& block) {
    flow_.skip(measure::between_paragraphs_pt);
    const double width = flow_.width();
    if (block.signers.size() <= 1) {
      const double left = width * 0.45;
      const auto receivers = recipients(block, left);
      const auto signature = block.signers.empty() ? Stack{} : signed_by(block.signers.front(), width - left);
      flow_.need(std::max(receivers.height, signature.height));
      const double top = flow_.y();
      receivers.draw(canvas_, flow_.left(), top);
      signature.draw(canvas_, flow_.left() + left, top);
      flow_.advance(std::max(receivers.height, signature.height));
      return;
    }
    const double each = width / static_cast<double>(block.signers.size());
    std::vector<Stack> signatures;
    double height = 0;
    for (const auto& signer : block.signers) {
      signatures.push_back(signed_by(signer, each));
      height = std::max(height, signatures.back().height);
    }
    flow_.need(height);
    for (std::size_t index = 0; index < signatures.size(); ++index) signatures[index].draw(canvas_, flow_.left() + each * static_cast<double>(index), flow_.y());
    flow_.advance(height + 2 * measure::between_paragraphs_pt);
    const auto receivers = recipients(block, width);
    flow_.need(receivers.height);
    receivers.draw(canvas_, flow_.left(), flow_.y());
    flow_.advance(receivers.height);
  }

 private:
  // Texts one under another, kept together.
  struct Stack {
    std::vector<std::pair<double, SetText>> texts;
    std::vector<std::pair<double, PlacedPicture>> pictures = {};
    double height = 0;
    void add(SetText text, double gap = 0) {
      height += gap;
      const double at = height;
      height += text.height;
      texts.emplace_back(at, std::move(text));
    }
    void draw(Canvas& canvas, double x, double top) const {
      for (const auto& [at, text] : texts) canvas.draw(text, x, top + at);
      for (const auto& [at, placed] : pictures) canvas.picture(*placed.picture, x + pt_of_mm(placed.x_mm), top + at + pt_of_mm(placed.y_mm));
    }
  };

  // The part of a closing that stays together.
  double height_of(const Closing& block) {
    const auto columns = static_cast<double>(std::max<std::size_t>(block.signers.size(), 1));
    double height = block.signers.size() <= 1 ? recipients(block, flow_.width() * 0.45).height : 0;
    for (const auto& signer : block.signers) height = std::max(height, signed_by(signer, columns == 1 ? flow_.width() * 0.55 : flow_.width() / columns).height);
    return height;
  }

  static TextStyle body(Alignment alignment) {
    const bool indented = alignment == Alignment::justified || alignment == Alignment::left;
    return {.points = measure::body_pt, .alignment = alignment, .first_line = indented ? pt_of_mm(measure::first_line_mm) : 0, .line_spacing = measure::line_spacing};
  }

  void paragraph(const Text& text, const TextStyle& style) {
    flow_.flow(canvas_.set(text, flow_.width(), style), flow_.left());
    flow_.skip(measure::between_paragraphs_pt);
  }

  void centre(const std::string& text, double points, Weight weight) {
    if (!text.empty()) flow_.flow(canvas_.set(text, flow_.width(), centred(points, weight)), flow_.left());
  }

  Stack recipients(const Closing& block, double width) {
    Stack stack;
    if (block.recipients.empty()) return stack;
    stack.add(canvas_.set("Nơi nhận:", width, {.points = measure::recipients_head_pt, .weight = Weight::bold_italic}));
    for (const auto& line : recipient_lines(block)) stack.add(canvas_.set(line, width, {.points = measure::recipients_pt}));
    return stack;
  }

  Stack signed_by(const Signer& signer, double width) {
    Stack stack;
    for (const auto& line : signer.authority) stack.add(canvas_.set(line, width, centred(measure::body_pt, Weight::bold)));
    const auto placed = placed_pictures(signer.signature ? &*signer.signature : nullptr, signer.seal ? &*signer.seal : nullptr, width * 25.4 / 72);
    for (const auto& one : {placed.signature, placed.seal})
      if (one.picture != nullptr) stack.pictures.emplace_back(stack.height, one);
    stack.add(canvas_.set(signer.name, width, centred(measure::body_pt, Weight::bold)), pt_of_mm(placed.room_mm));
    return stack;
  }

  // A rule in the middle of a column, just under what was set last.
  void rule_under(const Stack& stack, double x, double width, double top, double length) { canvas_.rule(x + (width - length) / 2, top + stack.height + 2.5, length); }

  void letterhead(const Letterhead& head) {
    constexpr double rule_gap_pt = 10;
    const double left_width = flow_.width() * measure::letterhead_left_share;
    const double right_width = flow_.width() - left_width;
    const double left_x = flow_.left();
    const double right_x = left_x + left_width;
    const double top = flow_.y();
    const bool youth = head.family == LetterheadFamily::youth_union;

    Stack left;
    if (!head.superior.empty()) left.add(canvas_.set(head.superior, left_width, centred(measure::capitals_pt)));
    left.add(canvas_.set(broken_name(head.issuer, left_width), left_width, centred(measure::capitals_pt, Weight::bold)));
    if (youth) left.add(canvas_.set("***", left_width, centred(measure::capitals_pt, Weight::bold)));
    else rule_under(left, left_x, left_width, top, longest_line(left.texts.back().second) * rule_share);
    left.add(canvas_.set(head.number, left_width, centred(measure::number_pt)), youth ? 2 : rule_gap_pt);
    if (!head.subject.empty()) left.add(canvas_.set(head.subject, left_width, centred(measure::capitals_pt)));
    left.draw(canvas_, left_x, top);

    Stack right;
    if (youth) {
      right.add(canvas_.set(std::string(youth_union_line), right_width, centred(measure::motto_pt, Weight::bold)));
    } else {
      right.add(canvas_.set(std::string(national_line), right_width, centred(measure::capitals_pt, Weight::bold)));
      right.add(canvas_.set(std::string(motto_line), right_width, centred(measure::motto_pt, Weight::bold)));
    }
    rule_under(right, right_x, right_width, top, longest_line(right.texts.back().second));
    right.add(canvas_.set(head.place_and_date, right_width, centred(measure::number_pt, Weight::italic)), rule_gap_pt);
    right.draw(canvas_, right_x, top);
    flow_.advance(std::max(left.height, right.height) + 2 * measure::between_paragraphs_pt);
  }

  static double longest_line(const SetText& text) {
    double longest = 0;
    for (const auto& line : text.lines) longest = std::max(longest, line.width);
    return longest;
  }

  void titles(const Document& document) {
    if (document.kind.empty() && document.summary.empty()) return;
    flow_.skip(measure::between_paragraphs_pt);
    centre(document.kind, measure::body_pt, Weight::bold);
    centre(document.summary, measure::body_pt, Weight::bold);
    constexpr double rule_mm = 45;
    canvas_.rule(flow_.left() + (flow_.width() - pt_of_mm(rule_mm)) / 2, flow_.y() + 3, pt_of_mm(rule_mm));
    flow_.advance(3 * measure::between_paragraphs_pt);
  }

  void addressees(const std::vector<std::string>& names) {
    if (names.empty()) return;
    if (names.size() == 1) {
      centre("Kính gửi: " + names[0], measure::body_pt, Weight::regular);
    } else {
      flow_.flow(canvas_.set("Kính gửi:", flow_.width(), {}), flow_.left() + pt_of_mm(45));
      for (std::size_t index = 0; index < names.size(); ++index)
        flow_.flow(canvas_.set("- " + names[index] + (index + 1 == names.size() ? "." : ";"), flow_.width() - pt_of_mm(52), {}), flow_.left() + pt_of_mm(52));
    }
    flow_.skip(2 * measure::between_paragraphs_pt);
  }

  Flow flow_;
  Canvas& canvas_;
};

}  // namespace

std::string to_pdf(const Document& document) {
  const auto title = document.kind.empty() ? document.summary : document.kind + " " + document.summary;
  Canvas canvas(title, document.letterhead ? document.letterhead->issuer : std::string(), document.day);
  Writer(canvas).write(document);
  return canvas.finish();
}

}  // namespace khuyenhoc::document
