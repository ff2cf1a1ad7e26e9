#include "boards/pages/board_view.h"

#include <algorithm>

#include "boards/boards.h"
#include "boards/pages/board_parts.h"
#include "boards/words.h"
#include "organisation/in_charge.h"

namespace khuyenhoc {
namespace {

Subject superior_of(const Organisation& organisation, const Subject& subject, Day tree) {
  if (const auto* unit = std::get_if<UnitId>(&subject)) return organisation.territory().unit(*unit).on(tree).parent;
  return organisation.body(std::get<BodyId>(subject)).on(tree).superior;
}

bool is_none(const Subject& subject) {
  return std::visit([](auto id) { return !id; }, subject);
}

// The same place along the other axis: the unit that an association covers, the association that covers a unit.
std::optional<Subject> other_axis(const Organisation& organisation, const Subject& subject, Day tree) {
  if (const auto* unit = std::get_if<UnitId>(&subject)) {
    const BodyId body = association_in_charge(organisation, *unit, tree);
    return body ? std::optional<Subject>(body) : std::nullopt;
  }
  const BodyId body = std::get<BodyId>(subject);
  if (!level_in_charge_of(organisation.kind(body))) return std::nullopt;
  const UnitId area = organisation.body(body).on(tree).area;
  return area ? std::optional<Subject>(area) : std::nullopt;
}

void put_head(BoardView& view, const Visit& visit, const BoardChoice& choice, const BoardLinks& links, const Organisation& organisation) {
  const BoardAsk& ask = choice.ask;
  const Subject& subject = ask.question.subject;
  const std::string name = subject_name(organisation, subject, ask.question.tree);
  if (subject != Subject(visit.viewer().acting_for())) view.subject = name;      // the top bar says the other
  const std::string now = time_text(visit.house().clock.now_ms());
  view.printed = tr("{} · In lúc {}", name, now);
  for (Subject at = superior_of(organisation, subject, ask.question.tree); !is_none(at); at = superior_of(organisation, at, ask.question.tree)) {
    if (!may_see(visit, at)) break;
    view.above.insert(view.above.begin(), ChipView{short_subject_name(organisation, at, ask.question.tree), links.board(at), false});
  }
  if (!view.above.empty()) view.above.push_back({short_subject_name(organisation, subject, ask.question.tree), links.board(subject), true});
  view.official = choice.official();
  view.live_link = links.lens(Lens::live);
  view.official_link = links.lens(Lens::official);
  view.old_tree = ask.question.tree != ask.today;
  view.old_tree_link = links.other_day((reform_day() - 1).iso());
  if (const auto* body = std::get_if<BodyId>(&subject); body != nullptr && visit.viewer().may(Permission::enter_figures, *body))
    if (const std::string& kind = organisation.kind(*body).code; organisation.body(*body).alive(ask.today) && (kind == "tinh_hoi" || kind == "hoi_co_so"))
      view.past_years_link = html::path("/so-lieu-nam-truoc/{}", *body);
  view.here = visit.here();
  view.today_iso = ask.today.iso();
  view.workbook = links.workbook();
  view.picker = links.picker();
  if (!view.official) view.lens_until = tr("đến {}.", now);
  const bool wide = choice.shape == BoardChoice::Shape::wide, month = choice.shape == BoardChoice::Shape::by_month;
  view.shapes = {{tr("Theo đơn vị"), links.by_child(), !wide && !month}, {tr("Theo tháng"), links.by_month(), month}, {tr("Nhiều chỉ tiêu"), links.picker(), wide}};
  if (const auto other = other_axis(organisation, subject, ask.question.tree); other && may_see(visit, *other))
    view.shapes.push_back({std::holds_alternative<UnitId>(*other) ? tr("Theo địa giới hành chính") : tr("Theo tổ chức Hội"), links.board(*other), false});
}

// Who has closed the round, and whose last closed levels stand in for theirs.
void put_official_words(BoardView& view, const Figures& figures, const Board& board, const BoardAsk& ask) {
  Question question = ask.question;
  question.subject = board.total.subject;
  const auto coverage = figures.coverage(question);
  if (!coverage) return;
  const Measure& measure = figures.catalogue().measure(board.measure);
  if (coverage->closed_ms > 0) view.lens_until = tr("ngày {}.", day_of_ms(coverage->closed_ms).text());
  if (coverage->expected == 0) return;
  view.coverage = tr("{}/{} hội cơ sở đã chốt số liệu", coverage->closed, coverage->expected);
  if (coverage->carried.empty() && coverage->absent.empty()) view.coverage += ".";
  else if (is_level(measure.kind))
    view.coverage += coverage->carried.empty() ? tr("; {} đơn vị chưa từng chốt nên chưa có số.", coverage->absent.size())
                                               : tr("; số của {} đơn vị còn lại lấy theo kỳ trước.", coverage->carried.size());
  else view.coverage += tr("; {} đơn vị còn lại chưa chốt nên chưa được cộng.", coverage->carried.size() + coverage->absent.size());
}

void put_picker(BoardView& view, const BoardChoice& choice, const Visit& visit) {
  const Catalogue& catalogue = visit.house().catalogue;
  for (const Section& section : catalogue.sections()) {
    BoardView::Group group{section.label(current_language()), {}};
    for (std::size_t i = 0; i < catalogue.measures().size(); ++i) {
      const Measure& measure = catalogue.measures()[i];
      if (measure.group == section.code) group.choices.push_back({measure.code, measure.label(current_language()), choice.measures.front() == i});
    }
    if (!group.choices.empty()) view.measures.push_back(std::move(group));
  }
  if (choice.official()) view.hidden.emplace_back("so", "chot");
  if (choice.shape == BoardChoice::Shape::by_month) view.hidden.emplace_back("theo", "thang");
  for (const char* name : {"ky", "ngay"})
    if (visit.request().query.has(name)) view.hidden.emplace_back(name, visit.request().query.value(name));
}

void put_board(BoardView& view, db::Reader& reader, const Visit& visit, const Figures& figures, const BoardChoice& choice, const BoardLinks& links) {
  const MeasureIndex measure = choice.measures.front();
  auto board = make_board(reader, figures, measure, choice.ask);
  if (!board) {
    view.refused = board.error().message;
    return;
  }
  BoardAsk shown = choice.ask;
  shown.question.subject = board->total.subject;
  if (choice.official()) put_official_words(view, figures, *board, choice.ask);
  else put_coverage(view, visit, *board, choice.ask);
  view.answer = answer_sentence(figures, *board, choice.ask);                // knows by now who is silent
  if (board->compared == Compared::usual)
    view.comparison_note = tr("Mọi so sánh trên trang này: so với {}. Bấm vào một số để xem số này gồm những gì.", compared_with(choice.ask));
  else view.comparison_note = tr("Số tổ chức, đơn vị không so sánh với trước 01/7/2025. Bấm vào một số để xem số này gồm những gì.");
  if (!board->is_parted() && choice.shape != BoardChoice::Shape::wide) view.cards = card_views(figures, shown, links, *board);
  if (choice.shape == BoardChoice::Shape::wide) {
    const auto wide = make_wide_board(figures, choice.measures, choice.ask);
    if (wide) put_wide_table(view, figures, *wide, choice, links);
    else view.refused = wide.error().message;
    return;
  }
  if (choice.shape == BoardChoice::Shape::by_month) {
    const auto months = make_month_board(figures, measure, choice.ask);
    if (!months) {
      view.refused = months.error().message;
      return;
    }
    view.chart = months_chart(figures, measure, *months, choice.ask);
    put_month_table(view, figures, *months, choice, links);
    return;
  }
  if (!board->is_parted() && board->total.now.defined()) {
    view.chart = years_chart(figures, *board, shown);
    if (view.chart->values.size() < 2) view.chart.reset();           // one bar compares nothing
  }
  if (is_branch(*figures.view().organisation, board->total.subject)) put_measure_table(view, figures, choice, links);
  else put_table(view, figures, *board, choice, links);
}

}  // namespace

BoardView board_view(const Visit& visit, const BoardChoice& choice) {
  const Figures figures(visit.house().ledger.view());
  const BoardLinks links(visit, choice);
  BoardView view;
  put_head(view, visit, choice, links, *figures.view().organisation);
  put_picker(view, choice, visit);
  visit.house().store.read([&](db::Reader& reader) { put_board(view, reader, visit, figures, choice, links); });
  return view;
}

}  // namespace khuyenhoc
