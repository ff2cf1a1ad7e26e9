#include <algorithm>
#include <map>

#include "base/number.h"
#include "boards/boards.h"
#include "boards/pages/board_parts.h"
#include "boards/pages/ingredients.html.h"
#include "boards/pages/pages_of_boards.h"
#include "boards/words.h"
#include "measures/drill_down.h"
#include "shell/figure_history_link.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t rows_shown = 200;

// Who wrote what when is told to whoever may read the trail of that body.
class People {
 public:
  People(const Visit& visit, db::Reader& reader) : visit_(visit), reader_(reader), audited_(visit.viewer().scope(Permission::see_audit)), entering_(visit.viewer().scope(Permission::enter_figures)) {}
  bool may_know(BodyId body) const { return audited_.contains(body) || entering_.contains(body); }
  bool may_enter(BodyId body) const { return entering_.contains(body); }
  std::string name(UserId user) {
    const auto [at, fresh] = names_.try_emplace(user);
    if (!fresh) return at->second;
    const auto row = user ? visit_.house().users.row(reader_, user) : std::nullopt;
    return at->second = row ? row->salutation + " " + row->name : tr("Chương trình");
  }

 private:
  const Visit& visit_;
  db::Reader& reader_;
  Scope audited_, entering_;
  std::map<UserId, std::string> names_;
};

std::string names_of(const Organisation& organisation, const std::vector<BodyId>& bodies, Day day) {
  std::string out;
  for (const BodyId body : bodies) out += (out.empty() ? "" : ", ") + organisation.body(body).on(day).name;
  return out;
}

// "từ Hội Khuyến học huyện Ea Kar", "cho …": whom the body's figures came from or went to.
std::string handover_words(const Organisation& organisation, const Ingredient& one) {
  const std::string from = names_of(organisation, organisation.predecessors(one.body), one.first_day), to = names_of(organisation, organisation.successors(one.body), one.first_day);
  if (one.amount >= 0 && !from.empty()) return tr("{}, nhận từ {}", one.words, from);
  if (one.amount < 0 && !to.empty()) return tr("{}, giao cho {}", one.words, to);
  return one.words;
}

class Making {
 public:
  Making(const Visit& visit, const BoardChoice& choice, const BoardLinks& links, db::Reader& reader)
      : visit_(visit), house_(visit.house()), choice_(choice), links_(links), reader_(reader), people_(visit, reader), figures_(house_.ledger.view()),
        organisation_(*figures_.view().organisation), index_(choice.measures.front()), measure_(house_.catalogue.measure(index_)), series_(house_.catalogue.series(index_)) {}

  Result<IngredientsView> view() {
    const std::string key(visit_.request().query.value("muc"));
    if (!key.empty()) {
      const auto found = house_.catalogue.series_by_key(measure_.code, key);
      if (!found) return refuse("board.member", tr("Chỉ tiêu này không có mục phân tổ “{}”.", key), "muc");
      series_ = *found;
    }
    view_.subject = subject_name(organisation_, choice_.ask.question.subject, choice_.ask.question.tree);
    view_.measure = house_.catalogue.label(series_, current_language());
    view_.unit = unit_words(measure_);
    view_.board = links_.board(choice_.ask.question.subject);
    const auto figure = figures_.member(series_, choice_.ask.question);
    if (!figure) {
      view_.refused = figure.error().message;
      return view_;
    }
    view_.total = figure->text(measure_);
    if (is_typed(measure_.kind)) {
      put_rows();
      if (const auto* body = std::get_if<BodyId>(&choice_.ask.question.subject)) {
        Url all = figure_history_link(*body, measure_.code, choice_.ask.question.period);
        view_.all_changes = house_.catalogue.is_whole(series_) ? all : all.with("muc", house_.catalogue.member_key(series_));
      }
      put_breakdowns();
      put_history();
    } else {
      put_terms();
    }
    return view_;
  }

 private:
  void put_rows() {
    const Scope scope = visit_.viewer().scope(Permission::see_figures);
    const auto made = what_is_it_made_of(reader_, house_.ledger, series_, choice_.ask.question, [&](BodyId body) { return scope.contains(body); }, rows_shown);
    if (!made) {
      view_.refused = made.error().message;
      return;
    }
    std::vector<BodyId> bodies;
    for (const Ingredient& one : made->rows)
      if (one.body && people_.may_know(one.body)) bodies.push_back(one.body);
    std::ranges::sort(bodies);
    bodies.erase(std::unique(bodies.begin(), bodies.end()), bodies.end());
    std::map<BodyId, Statement> stated;
    for (const Statement& one : house_.statements.of_bodies(reader_, bodies, choice_.ask.question.period))
      if (one.series == series_ && one.extent == Extent::subtree) stated.emplace(one.body, one);
    std::int64_t shown = 0;
    for (const Ingredient& one : made->rows) {
      shown += one.amount;
      view_.rows.push_back(row(one, stated));
    }
    if (made->rows_left_out > 0) {
      view_.rest_words = tr("{} dòng nhỏ hơn", number_text(made->rows_left_out));
      view_.rest_amount = number_text(made->total - shown);
    }
    view_.sentence = is_level(measure_.kind) ? tr("Số đến hết ngày {}, cộng từ các phần dưới đây.", choice_.ask.question.period.last.text())
                                             : tr("Số {}, cộng từ các phần dưới đây.", choice_.ask.question.period.text());
    view_.with_people = std::ranges::any_of(view_.rows, [](const IngredientView& one) { return !one.who.empty(); });
  }

  IngredientView row(const Ingredient& one, const std::map<BodyId, Statement>& stated) {
    IngredientView out{{}, {}, one.words, {}, {}, number_text(one.amount), {}};
    if (!one.body) {
      out.body = tr("Các đơn vị ngoài phạm vi của ông/bà");
      return out;
    }
    const Subject subject = one.body;
    out.body = organisation_.path(one.body, std::min(choice_.ask.question.tree, one.last_day));
    const Body& body = organisation_.body(one.body);
    if (subject != choice_.ask.question.subject && body.alive(choice_.ask.question.tree)) out.link = links_.ingredients(subject);
    else if (subject != choice_.ask.question.subject && body.ended) out.link = links_.ingredients_on(subject, *body.ended - 1);
    if (one.kind == FactKind::handover) out.words = handover_words(organisation_, one);
    if (one.layer == FactLayer::listed && one.kind != FactKind::handover) out.words += one.facts == 1 ? std::string() : tr(", {} lần ghi", number_text(one.facts));
    out.when = one.first_day == one.last_day ? one.last_day.text() : tr("{} đến {}", one.first_day.text(), one.last_day.text());
    if (const auto at = stated.find(one.body); at != stated.end() && one.layer != FactLayer::listed)
      out.who = tr("{}, {}", people_.name(at->second.by), time_text(at->second.at_ms));
    if (people_.may_enter(one.body)) {
      const bool branch = organisation_.kind(one.body).level == BodyKind::Level::branch;
      if (body.alive(choice_.ask.today)) out.record = branch ? html::path("/phieu/{}", one.body) : html::path("/nhap-so-lieu/{}", one.body);
    }
    return out;
  }

  void put_breakdowns() {
    if (!house_.catalogue.is_whole(series_)) return;
    for (const Dimension& dimension : measure_.dimensions) {
      std::vector<TermView> members;
      bool any = false;
      for (const Member& member : dimension.members) {
        const auto series = house_.catalogue.series(index_, dimension.code, member.code);
        const auto figure = series ? figures_.member(*series, choice_.ask.question) : refuse("", "");
        if (!figure) continue;
        any = any || figure->value != 0;
        members.push_back({member.label(current_language()), figure->text(measure_), links_.ingredients_of_series(house_.catalogue.member_key(*series))});
      }
      if (any) view_.breakdowns.emplace_back(dimension.label(current_language()), std::move(members));
    }
  }

  void put_terms() {
    const Formula* formula = house_.catalogue.formula(index_);
    if (!formula) {
      view_.sentence = tr("Chương trình đếm số này từ danh sách tổ chức, đơn vị còn hoạt động ngày {}; không ai phải nhập.", choice_.ask.question.period.last.text());
      return;
    }
    view_.sentence = tr("Chương trình tính số này từ các số dưới đây của cùng đơn vị và kỳ.");
    for (const Term& term : formula->terms) {
      Question question = choice_.ask.question;
      const Measure& of = house_.catalogue.measure(term.measure);
      std::string label = house_.catalogue.label(term.series, current_language());
      if (term.moment != Moment::period) {
        const Period before = term.moment == Moment::before ? house_.periods.before(question.period) : Period{question.period.first.plus_years(-1), question.period.first - 1};
        question.period = is_level(of.kind) ? Period{question.period.first - 1, question.period.first - 1} : before;
        label = is_level(of.kind) ? tr("{}, đến hết ngày {}", label, question.period.last.text()) : tr("{}, {}", label, question.period.text());
      }
      const auto figure = figures_.member(term.series, question);
      TermView out{std::move(label), figure ? fmt::format("{} {}", figure->text(of), unit_words(of)) : tr("chưa có số"), {}};
      if (term.moment == Moment::period) {
        Url link = links_.ingredients(choice_.ask.question.subject, of.code);
        if (!house_.catalogue.is_whole(term.series)) link = link.with("muc", house_.catalogue.member_key(term.series));
        out.link = link;
      }
      view_.terms.push_back(std::move(out));
    }
  }

  // What was stated for this very body and period, from the first time on, and what each change did to the total.
  void put_history() {
    const auto* body = std::get_if<BodyId>(&choice_.ask.question.subject);
    if (!body || choice_.official() || !people_.may_know(*body)) return;
    const auto statement = house_.statements.find(reader_, *body, series_, choice_.ask.question.period);
    if (!statement) return;
    view_.history_title = tr("Quá trình thay đổi số của {}", subject_name(organisation_, *body, choice_.ask.question.tree));
    const auto words = [](std::optional<std::int64_t> value) { return value ? number_text(*value) : tr("chưa báo cáo"); };
    std::optional<std::int64_t> before;
    for (const Statement& version : house_.statements.history(reader_, statement->id)) {
      HistoryView line{time_text(version.at_ms), people_.name(version.by), words(before), words(version.value), {}};
      const std::int64_t change = version.value.value_or(0) - before.value_or(0);
      line.effect = change == 0 ? tr("Tổng số không thay đổi.") : tr("Tổng số của đơn vị {}.", change_text(change));
      before = version.value;
      view_.history.push_back(std::move(line));
    }
    std::ranges::reverse(view_.history);
    const StatementOutcome now = house_.statements.explain(reader_, *statement);
    if (!statement->value) return;
    const std::string total = number_text(*statement->value), listed = number_text(now.listed), rest = number_text(now.residual);
    const bool branch = organisation_.kind(*body).level == BodyKind::Level::branch;
    if (now.conflict) view_.sentence += " " + tr("Đơn vị ghi tổng số {}, nhưng các phần đã ghi cộng lại là {}; xin kiểm tra lại.", total, listed);
    else if (branch) view_.sentence += " " + tr("Tổng số {}, trong đó có danh sách {}; chưa có danh sách {}.", total, listed, rest);
    else view_.sentence += " " + tr("Tổng số {}, trong đó đã phân theo đơn vị cấp dưới {}; chưa phân {}.", total, listed, rest);
  }

  const Visit& visit_;
  House& house_;
  const BoardChoice& choice_;
  const BoardLinks& links_;
  db::Reader& reader_;
  People people_;
  Figures figures_;
  const Organisation& organisation_;
  MeasureIndex index_;
  const Measure& measure_;
  Series series_;
  IngredientsView view_;
};

}  // namespace

http::Response show_ingredients(const Visit& visit, const Subject& subject) {
  const auto choice = read_choice(visit, subject);
  if (!choice) return visit.refused(choice.error(), http::Status::unprocessable);
  const BoardLinks links(visit, *choice);
  const auto view = visit.house().store.read([&](db::Reader& reader) { return Making(visit, *choice, links, reader).view(); });
  if (!view) return visit.refused(view.error(), http::Status::unprocessable);
  return http::Response::html(boards_pages::ingredients(visit.frame(tr("Xem số này gồm những gì"), MenuItem::figures), *view));
}

}  // namespace khuyenhoc
