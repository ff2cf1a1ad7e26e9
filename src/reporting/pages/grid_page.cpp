#include "reporting/pages/grid_page.h"

#include <algorithm>

#include "base/i18n.h"
#include "base/number.h"
#include "organisation/contacts.h"
#include "reporting/entry_desk.h"
#include "reporting/own_form.h"
#include "reporting/pages/news.h"
#include "reporting/reporting_queries.h"
#include "reporting/zeros.h"
#include "shell/figure_history_link.h"

namespace khuyenhoc {
namespace {

struct FilterWord {
  RowFilter filter;
  std::string_view word;
};
constexpr FilterWord filter_words[] = {{RowFilter::mismatched, "chua-khop"}, {RowFilter::unreported, "chua-bao-cao"}, {RowFilter::with_blanks, "con-o-trong"}, {RowFilter::unlisted, "chua-du-danh-sach"}};

std::string_view level_word(EntryRemark::Level level) {
  switch (level) {
    case EntryRemark::Level::bad: return "bad";
    case EntryRemark::Level::attention: return "attention";
    case EntryRemark::Level::info: break;
  }
  return "info";
}

bool passes(const EntryRow& row, RowFilter filter) {
  switch (filter) {
    case RowFilter::all: return true;
    case RowFilter::mismatched: return row.mismatched;
    case RowFilter::unreported: return !row.reported;
    case RowFilter::with_blanks: return row.reported && row.blanks > 0;
    case RowFilter::unlisted: return row.unlisted;
  }
  return true;
}

// A blank that the main columns do not show.
bool hides_blanks(const EntrySheet& sheet, const EntryRow& row) {
  for (std::size_t i = 0; i < row.cells.size(); ++i)
    if (row.cells[i].asked && !row.cells[i].value && !sheet.columns()[i].main) return true;
  return false;
}

std::string text_of(const EntryColumn& column, std::optional<std::int64_t> stored) { return stored ? number_text(column.shown(*stored)) : std::string(); }

class GridMaker {
 public:
  GridMaker(const Visit& visit, const EntrySheet& sheet, const GridView& view, const Typed& typed, std::span<const FigureReason> reasons)
      : visit_(visit), sheet_(sheet), view_(view), typed_(typed), reasons_(reasons) {
    const auto all = sheet.columns();
    for (std::size_t i = 0; i < all.size(); ++i)
      if (view.columns == ColumnChoice::all || all[i].main) shown_.push_back(i);
    locked_ = sheet.mode == EntryMode::stated_whole;
    std::size_t first_left = sheet.groups.size();
    for (std::size_t i = sheet.groups.size(); i-- > 0;)
      if (std::ranges::any_of(sheet.groups[i].rows, [](const EntryRow& row) { return !row.reported || row.mismatched || row.blanks > 0; })) first_left = i;
    if (!sheet.groups.empty()) first_open_ = sheet.groups[first_left == sheet.groups.size() ? 0 : first_left].key;
  }

  const std::vector<std::size_t>& shown() const { return shown_; }

  GridGroup group(const EntryGroup& from) const {
    GridGroup out;
    out.key = from.key;
    out.label = from.label;
    out.counts = from.counts;
    out.note = group_note(from);
    out.open = view_.filter != RowFilter::all || (view_.open.empty() ? from.key == first_open_ : from.key == view_.open);
    GridView turned = view_;
    turned.open = out.open ? "-" : from.key;
    out.fold = grid_link(sheet_.body, sheet_.period, turned);
    out.totals = totals(from.totals);
    for (const EntryRow& one : from.rows)
      if (passes(one, view_.filter)) out.rows.push_back(row(one, from.key));
    // what was typed and refused must be seen, wherever it stands
    for (const GridRow& one : out.rows)
      out.open = out.open || std::ranges::any_of(one.cells, [&](const GridCell& cell) { return typed_.contains(cell.name); });
    return out;
  }

  std::vector<GridTotal> totals(const std::vector<EntryTotal>& from) const {
    std::vector<GridTotal> out;
    for (const std::size_t i : shown_) {
      const EntryColumn& column = sheet_.columns()[i];
      const std::int64_t value = column.shown(from[i].now);
      out.push_back({from[i].asked, column.code, number_text(value), text_of(column, from[i].was), value});
    }
    return out;
  }

 private:
  GridRow row(const EntryRow& from, const std::string& group) const {
    GridRow out;
    out.body = from.body;
    out.name = from.name;
    out.group = group;
    out.form = path("/phieu/{}", from.body).with("ky", sheet_.period.name());
    for (const std::size_t i : shown_) {
      const EntryColumn& column = sheet_.columns()[i];
      out.cells.push_back(cell(from, column, from.cells[i]));
      if (from.cells[i].asked && !locked_)
        out.originals += fmt::format("{}{}={}:{}", out.originals.empty() ? "" : " ", column.code, from.cells[i].version, from.cells[i].value ? std::to_string(column.shown(*from.cells[i].value)) : std::string());
    }
    for (GridCell& one : out.cells)
      one.wrong = one.wrong || (one.look == GridCell::Look::input && std::ranges::any_of(from.remarks, [&](const EntryRemark& remark) {
                                  return remark.level == EntryRemark::Level::bad && std::ranges::find(remark.measures, one.measure) != remark.measures.end();
                                }));
    out.note = grid_note(visit_, sheet_, from, reasons_);
    if (!from.reported) out.state_level = "attention", out.state_words = tr("Chưa báo cáo");
    else if (from.mismatched) out.state_level = "bad", out.state_words = tr("Chưa khớp");
    else if (from.blanks > 0) out.state_level = "attention", out.state_words = tr("Còn {} ô trống", from.blanks);
    else out.state_level = "good", out.state_words = tr("Đủ số liệu");
    return out;
  }

  GridCell cell(const EntryRow& row, const EntryColumn& column, const EntryCell& from) const {
    const Language language = visit_.language();
    GridCell out;
    out.measure = column.code;
    out.was = text_of(column, from.was);
    if (!from.asked) {
      out.look = GridCell::Look::off;
      return out;
    }
    out.name = field_name(row.body, column.code);
    out.id = fmt::format("o-{}-{}", row.body.value, column.code);
    out.version = std::to_string(from.version);
    out.label = fmt::format("{}, {} – {}, {}", row.name, column.group(language, sheet_.period.year), column.label(language), column.unit(language));
    out.text = text_of(column, from.value);
    out.blank = !from.value;
    if (locked_) {
      out.look = GridCell::Look::locked;
      return out;
    }
    if (out.blank && from.counted != 0) out.carried = column.shown(from.counted);
    if (const auto typed = typed_.find(out.name); typed != typed_.end()) {
      out.text = typed->second;
      out.blank = out.text.empty();
      out.wrong = true;
    }
    return out;
  }

  const Visit& visit_;
  const EntrySheet& sheet_;
  const GridView& view_;
  const Typed& typed_;
  std::span<const FigureReason> reasons_;
  std::vector<std::size_t> shown_;
  std::string first_open_;
  bool locked_ = false;
};

std::vector<GridChip> chips_of(const EntrySheet& sheet, const GridView& view) {
  std::vector<GridChip> out;
  const auto add = [&](RowFilter filter, std::string label) {
    GridView chosen = view;
    chosen.filter = filter;
    out.push_back({std::move(label), grid_link(sheet.body, sheet.period, chosen), view.filter == filter});
  };
  add(RowFilter::all, tr("Tất cả: {}", sheet.rows));
  add(RowFilter::mismatched, tr("Chưa khớp: {}", sheet.mismatched));
  add(RowFilter::unreported, tr("Chưa báo cáo: {}", sheet.rows - sheet.reported));
  add(RowFilter::with_blanks, tr("Còn ô trống: {}", sheet.with_blanks));
  add(RowFilter::unlisted, tr("Chưa có đủ danh sách: {}", sheet.unlisted));
  return out;
}

// What is left, in one sentence: nothing hinders a report, but whoever signs it is told.
void say_finish(GridPage& page, const EntrySheet& sheet) {
  std::vector<std::string> left;
  if (sheet.mismatched > 0) left.push_back(tr("{} đơn vị có số chưa khớp", sheet.mismatched));
  if (const std::size_t missing = sheet.rows - sheet.reported; missing > 0) left.push_back(tr("{} chi hội, ban chưa báo cáo", missing));
  if (sheet.with_blanks > 0) left.push_back(tr("{} chi hội, ban còn ô trống", sheet.with_blanks));
  if (left.empty()) {
    page.finish = tr("Số liệu đã đủ và khớp.");
    return;
  }
  std::string text = left.front();
  for (std::size_t i = 1; i < left.size(); ++i) text += (i + 1 == left.size() ? tr(" và ") : ", ") + left[i];
  page.finish = tr("Còn {}.", text);
  page.finish_more = tr("Vẫn lập báo cáo được; người ký sẽ thấy điều này trước khi duyệt.");
}

void say_jumps(GridPage& page, const EntrySheet& sheet, std::span<const FigureReason> reasons) {
  for (const EntryRemark& jump : sheet.jumps) page.jumps.push_back({jump.text, reason_box(sheet.body, jump.measures.front(), jump.text, reasons)});
}

void ask_about_stated_totals(GridPage& page, const Catalogue& catalogue, const EntrySheet& sheet, std::optional<Arrival> answer) {
  if (sheet.mode != EntryMode::unset || sheet.rows == 0) return;
  std::string totals;
  for (std::size_t i = 0; i < sheet.stated.size(); ++i) {
    if (!sheet.stated[i]) continue;
    const EntryColumn& column = sheet.columns()[i];
    const std::string& label = catalogue.measure(column.measure).label(current_language());
    totals += fmt::format("{}{} {} {}", totals.empty() ? "" : "; ", label, number_text(column.shown(*sheet.stated[i])), column.unit(current_language()));
  }
  page.question = totals;
  page.answer = answer;
}

}  // namespace

std::string field_name(BodyId body, std::string_view measure) { return fmt::format("c.{}.{}", body.value, measure); }

std::string inside_sentence(std::string name) {
  const std::pair<std::string_view, std::string_view> salutations[] = {{"Ông ", "ông "}, {"Bà ", "bà "}, {"Anh ", "anh "}, {"Chị ", "chị "}};
  for (const auto& [head, inside] : salutations)
    if (name.starts_with(head)) return std::string(inside) + name.substr(head.size());
  return name;
}

std::string_view state_icon(std::string_view level) { return level == "good" ? "circle-check" : level == "bad" ? "alert-triangle" : "clock"; }

GridView grid_view(const http::Request& request) {
  GridView out;
  for (const FilterWord& known : filter_words)
    if (request.query.value("loc") == known.word) out.filter = known.filter;
  if (request.query.value("cot") == "du") out.columns = ColumnChoice::all;
  out.open = request.query.value("mo");
  return out;
}

Url grid_link(BodyId body, const NamedPeriod& period, const GridView& view) {
  Url link = path("/nhap-so-lieu/{}", body).with("phan", "chi-hoi").with("ky", period.name());
  for (const FilterWord& known : filter_words)
    if (known.filter == view.filter) link = link.with("loc", known.word);
  if (view.columns == ColumnChoice::all) link = link.with("cot", "du");
  if (!view.open.empty()) link = link.with("mo", view.open);
  return link;
}

std::string unit_word(const Organisation& organisation, BodyId body, Day day) {
  switch (organisation.kind(body).level) {
    case BodyKind::Level::centre: return tr("quốc");
    case BodyKind::Level::province: return tr("tỉnh");
    case BodyKind::Level::district: return tr("huyện");
    case BodyKind::Level::branch: return tr("chi hội");
    case BodyKind::Level::commune: break;
  }
  if (organisation.kind(body).group != "xa_phuong") return std::string(translated(mark("đơn vị").vietnamese, 1));
  const Unit* unit = organisation.territory().find(organisation.body(body).on(day).area);
  if (unit == nullptr || unit->level != UnitLevel::commune) return tr("xã");
  const std::string& type = unit->on(day).type;
  return type == "phường" ? tr("phường") : type == "đặc khu" ? tr("đặc khu") : type == "thị trấn" ? tr("thị trấn") : tr("xã");
}

std::string days_left_words(Day due, Day today) {
  const int days = due - today;
  if (days == 0) return tr("hôm nay là hạn cuối");
  return days > 0 ? tr("còn {} ngày", days) : tr("quá hạn {} ngày", -days);
}

std::string group_note(const EntryGroup& group) { return tr("{}/{} đơn vị đã có số liệu", group.reported, group.size); }

std::string whole_note(const EntrySheet& sheet) { return tr("Cộng ngay khi nhập. {}/{} đơn vị đã có số liệu.", sheet.reported, sheet.rows); }

ReasonBox reason_box(BodyId body, const std::string& measure, const std::string& label, std::span<const FigureReason> reasons) {
  const FigureReason* given = find_reason(reasons, body, measure);
  return {body, measure, fmt::format("ly.{}.{}", body.value, measure), label, given != nullptr ? given->text : std::string(), std::to_string(given != nullptr ? given->at_ms : 0)};
}

std::vector<FigureReason> reasons_of(const Visit& visit, const EntrySheet& sheet, const std::set<BodyId>* named) {
  std::vector<BodyId> bodies{sheet.body};
  for (const EntryGroup& group : sheet.groups)
    for (const EntryRow& row : group.rows)
      if ((named == nullptr || named->contains(row.body)) && std::ranges::any_of(row.remarks, [](const EntryRemark& remark) { return remark.code.ends_with("-jump"); })) bodies.push_back(row.body);
  return visit.house().store.read([&](db::Reader& reader) { return figure_reasons(reader, bodies, sheet.period.period); });
}

std::optional<UndoOffer> undo_offer(const House& house, const Viewer& viewer, BodyId page, const NamedPeriod& period, const Url& zeros_place) {
  const auto step = house.store.read([&](db::Reader& reader) { return zeros_to_take_back(reader, house, viewer, page, period); });
  if (!step) return std::nullopt;
  std::string address = zeros_place.text();
  address.insert(address.find('?') == std::string::npos ? address.size() : address.find('?'), fmt::format("/{}", step->id));
  const auto link = Url::local(address);
  if (!link) return std::nullopt;
  return UndoOffer{*link, tr("Đã ghi 0 vào {} ô của {} đơn vị lúc {}.", step->cells, step->bodies, short_time(step->at_ms, viewer.today()))};
}

GridNote grid_note(const Visit& visit, const EntrySheet& sheet, const EntryRow& row, std::span<const FigureReason> reasons) {
  GridNote out;
  out.id = fmt::format("loi-{}", row.body.value);
  for (const EntryRemark& remark : row.remarks) {
    GridNote::Line line{remark.title, remark.text, remark.level == EntryRemark::Level::bad, std::nullopt, std::nullopt};
    if (remark.code == "unreported") {
      const auto head = visit.viewer().may(Permission::see_names, row.body)
                            ? visit.house().store.read([&](db::Reader& reader) { return contact(reader, visit.house().keys, row.body); })
                            : std::nullopt;
      line.link = GridLink{path("/nhap-so-lieu/{}/nhac/{}", sheet.body, row.body).with("ky", sheet.period.name()), head && !head->head_name.empty() ? tr("Nhắc {}", inside_sentence(head->head_name)) : tr("Nhắc chi hội")};
    } else if (remark.code == "blank" && hides_blanks(sheet, row)) {
      const EntryGroup* group = sheet.group_of(row.body);
      line.link = GridLink{grid_link(sheet.body, sheet.period, {RowFilter::all, ColumnChoice::all, group != nullptr ? group->key : std::string()}), tr("Xem đủ các cột")};
    } else if (remark.code == "listed") {
      line.link = GridLink{path("/to-chuc/{}", row.body), tr("Xem danh sách")};
    } else if (remark.code.ends_with("-jump")) {
      line.reason = reason_box(row.body, remark.measures.front(), tr("Lý do thay đổi nhiều, {}", row.name), reasons);
    }
    if (out.level.empty() || remark.level == EntryRemark::Level::bad || (remark.level == EntryRemark::Level::attention && out.level == "info"))
      out.level = level_word(remark.level);
    out.lines.push_back(std::move(line));
  }
  return out;
}

GridPage grid_page(const Visit& visit, const EntrySheet& sheet, const GridView& view, const Typed& typed) {
  const House& house = visit.house();
  const Organisation& organisation = *visit.organisation();
  const Language language = visit.language();
  const std::string period = house.periods.label(sheet.period, language);
  const std::string& name = organisation.body(sheet.body).on(sheet.day).name;
  GridPage page;
  page.body = sheet.body;
  page.unit_word = unit_word(organisation, sheet.body, sheet.day);
  page.whole_word = tr("Toàn {}", page.unit_word);
  page.title = is_request(sheet.period) ? sheet.asked->name(language) : tr("Nhập số liệu: {}", period);
  page.caption = tr("Số liệu {} theo chi hội và ban của {}", period, name);
  page.window = tr("Số liệu {}.", sheet.period.period.text());
  const BodyKind::Level level = organisation.kind(sheet.body).level;
  const BodyId above = organisation.body(sheet.body).on(visit.today()).superior;
  const auto asked = house.store.read([&](db::Reader& reader) { return round_that_asks(reader, house, sheet.body, sheet.period); });
  const auto usual_due = house.periods.due(sheet.period, level == BodyKind::Level::commune ? "commune" : "province");
  if (const auto due = asked && asked->due ? asked->due : usual_due; due && above) {
    page.due_words = tr("Gửi {} chậm nhất ngày {}, ", organisation.body(above).on(visit.today()).name, due->text());
    page.days_left = days_left_words(*due, visit.today());
  }
  page.saved = sheet.saved_ms == 0 ? tr("Chưa ghi số nào") : tr("Đã lưu lúc {}", short_time(sheet.saved_ms, visit.today()));
  page.store_key = fmt::format("luoi:{}:{}:{}", visit.viewer().user().value, sheet.body.value, sheet.period.name());
  page.mode = sheet.mode;
  // as long as nobody stated a total for the whole, the branches' figures are what counts
  const bool adds_up = sheet.mode == EntryMode::unset && sheet.rows > 0 && std::ranges::none_of(sheet.stated, [](const auto& value) { return value.has_value(); });
  page.mode_label = entry_mode_label(adds_up ? EntryMode::from_branches : sheet.mode, language);
  const EntryMode other = sheet.mode == EntryMode::stated_whole ? EntryMode::from_branches : EntryMode::stated_whole;
  page.other_mode_label = entry_mode_label(other, language);
  page.mode_link = path("/nhap-so-lieu/{}/cach-tinh", sheet.body);
  // the period stands in every address that writes: another window may have chosen another one meanwhile
  const std::string named = sheet.period.name();
  page.mode_link = page.mode_link.with("ky", named);
  page.question_link = path("/nhap-so-lieu/{}/cau-hoi", sheet.body).with("ky", named);
  page.workbook_link = path("/nhap-so-lieu/{}/tep", sheet.body).with("ky", named);
  page.upload_link = path("/nhap-so-lieu/{}/doc-tep", sheet.body).with("ky", named);
  page.save_link = path("/nhap-so-lieu/{}/o", sheet.body).with("ky", named);
  page.post_link = path("/nhap-so-lieu/{}", sheet.body).with("ky", named);
  page.own_link = path("/nhap-so-lieu/{}", sheet.body).with("phan", "rieng").with("ky", named);
  page.figures_link = path("/so-lieu/{}", sheet.body);
  const EntryProgress own = house.store.read([&](db::Reader& reader) { return own_form_progress(house, reader, sheet.body, sheet.period); });
  page.own_words = tr("{}/{} số", own.filled, own.asked);
  page.has_own_form = own.asked > 0;
  if (std::ranges::any_of(sheet.asked->branches, [](const auto& one) { return !one.second.blocks.empty(); })) page.answers_link = path("/nhap-so-lieu/{}/tra-loi", sheet.body).with("ky", named);
  page.locked = sheet.mode == EntryMode::stated_whole;

  const auto reasons = reasons_of(visit, sheet);
  const GridMaker maker(visit, sheet, view, typed, reasons);
  GridView turned = view;
  turned.columns = view.columns == ColumnChoice::all ? ColumnChoice::main : ColumnChoice::all;
  page.columns_link = grid_link(sheet.body, sheet.period, turned);
  // nothing is hidden where every column is a main one
  if (std::ranges::any_of(sheet.columns(), [](const EntryColumn& column) { return !column.main; }))
    page.columns_words = view.columns == ColumnChoice::all ? tr("Chỉ xem các cột chính") : tr("Xem đủ {} cột", sheet.columns().size());
  for (const std::size_t i : maker.shown()) {
    const EntryColumn& column = sheet.columns()[i];
    page.columns.push_back(&column);
    const std::string group = column.group(language, sheet.period.year);
    if (page.heads.empty() || page.heads.back().label != group) page.heads.push_back({group, 0});
    ++page.heads.back().columns;
  }
  page.chips = chips_of(sheet, view);
  for (const EntryGroup& group : sheet.groups) {
    GridGroup made = maker.group(group);
    if (view.filter == RowFilter::all || !made.rows.empty()) page.groups.push_back(std::move(made));
  }
  page.own = maker.totals(sheet.own);
  page.has_own = std::ranges::any_of(page.own, [](const GridTotal& total) { return total.value != 0; });
  page.whole = maker.totals(sheet.whole);
  for (GridTotal& total : page.whole)
    if (total.asked) total.history = figure_history_link(sheet.body, total.measure, sheet.period.period);
  for (std::size_t i = 0; i < page.columns.size(); ++i) {
    const auto target = sheet.targets[maker.shown()[i]];
    page.targets.push_back({target.has_value(), page.columns[i]->code, text_of(*page.columns[i], target), {}, 0});
    page.has_targets = page.has_targets || target;
  }
  page.target_label = tr("Kế hoạch năm {}", sheet.period.year);
  page.row_counts = tr("{} chi hội, ban", sheet.rows);
  page.whole_note = whole_note(sheet);
  say_finish(page, sheet);
  say_jumps(page, sheet, reasons);
  if (!page.locked)
    for (const BlankRow& row : blank_rows(house.catalogue, sheet)) page.blanks += row.cells.size();
  page.zeros_link = path("/nhap-so-lieu/{}/ghi-so-0", sheet.body).with("phan", "chi-hoi").with("ky", named);
  page.links_link = path("/nhap-so-lieu/{}/duong-dan", sheet.body).with("ky", named);
  page.news_link = path("/nhap-so-lieu/{}/moi", sheet.body).with("phan", "chi-hoi").with("ky", named);
  page.session_link = Url("/nhap-so-lieu/phien");
  page.user = visit.viewer().user().value;
  page.undo = undo_offer(house, visit.viewer(), sheet.body, sheet.period, page.zeros_link);
  ask_about_stated_totals(page, house.catalogue, sheet, house.store.read([&](db::Reader& reader) { return reporting_sql::arrival_answer(reader, sheet.body, sheet.period.period); }));
  return page;
}

}  // namespace khuyenhoc
