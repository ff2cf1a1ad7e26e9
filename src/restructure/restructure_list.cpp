#include "restructure/restructure_list.h"

#include <algorithm>
#include <set>

#include "base/i18n.h"
#include "base/text.h"
#include "organisation/in_charge.h"
#include "organisation/namesakes.h"

namespace khuyenhoc {
namespace {

// "hội khuyến học xã ea kar", "chi hội thôn 8": what people leave out in lists.
std::string bare(const std::string& folded_name) {
  for (const std::string_view prefix : {"hoi khuyen hoc ", "chi hoi khuyen hoc ", "chi hoi ", "ban khuyen hoc "})
    if (folded_name.starts_with(prefix)) return folded_name.substr(prefix.size());
  return folded_name;
}

// "Cư Huê", "xã Cư Huê", "xã Cư Huê cũ": the commune a branch lay in before communes were merged.
bool names_former(const Unit& unit, Day last, const std::string& typed) {
  std::string wanted = bare(folded(typed));
  if (constexpr std::string_view old = " cu"; wanted.ends_with(old)) wanted.resize(wanted.size() - old.size());
  const std::string full = folded(unit.full_name(last));
  return full == wanted || full.ends_with(" " + wanted);
}

// "Ea Kar", "xã Ea Kar" and "Hội Khuyến học xã Ea Kar" are one place.
bool names_place(const BodyVersion& version, const std::string& typed) {
  const std::string wanted = bare(folded(typed));
  const std::string name = bare(folded(version.name)), brief = folded(version.short_name);
  return name == wanted || brief == wanted || brief.ends_with(" " + wanted);
}

}  // namespace

ListReading::ListReading(const ImportContext& context, const ImportRows& rows, Day day, const std::vector<RestructureDraft>& drafts)
    : judged(rows.size()), context_(context), rows_(rows), day_(day), organisation_(context.house.organisation.current()),
      proposals_{*organisation_, context.house.organisation.systems(), day}, places_(*organisation_, organisation_->body(context.body).on(day).area, day) {
  act_of_row.assign(rows.size(), none);
  read_.resize(rows.size());
  index();
  for (std::size_t row = 0; row < rows.size(); ++row) match(row);
  leave_out_known(drafts);
  infer();
  judge_groups();
  build();
}

void ListReading::index() {
  std::map<BodyId, std::vector<BodyId>> under;
  for (const auto id : organisation_->below(context_.body, day_)) under[organisation_->body(id).on(day_).superior].push_back(id);
  for (const auto& [above, siblings] : under) {
    const Namesakes namesakes(*organisation_, siblings, day_);
    for (const auto id : siblings) {
      const auto& version = organisation_->body(id).on(day_);
      // as pages write them, too: "Chi hội Thôn 1 (xã Cư Huê cũ)"
      const std::string apart = namesakes.name(id);
      if (apart != version.name) told_apart_.emplace(id, apart);
      for (const auto& one : std::set{folded(version.name), folded(version.short_name), bare(folded(version.name)), folded(apart), folded(namesakes.short_name(id))}) by_name_.emplace(one, id);
    }
  }
}

std::string ListReading::called(BodyId body) const {
  const auto at = told_apart_.find(body);
  return at == told_apart_.end() ? organisation_->body(body).on(day_).name : at->second;
}

bool ListReading::lay_in(BodyId body, const std::string& place) const {
  const UnitId former = former_unit(*organisation_, body, day_);
  if (!former) return false;
  const Unit& unit = organisation_->territory().unit(former);
  return names_former(unit, *unit.ended - 1, place);
}

std::string ListReading::where(BodyId body) const {
  const auto above = organisation_->body(body).on(day_).superior;
  return above ? organisation_->body(above).on(day_).name : std::string();
}

std::vector<BodyId> ListReading::named(const std::string& typed, std::string* said) const {
  std::set<BodyId> among;
  const auto take = [&](const std::string& name) {
    const auto [first, last] = by_name_.equal_range(name);
    for (auto at = first; at != last; ++at) among.insert(at->second);
  };
  for (const auto& one : {folded(typed), bare(folded(typed))}) {
    if (among.empty()) take(one);
  }
  if (among.empty()) {                                      // "xã Buôn Hồ" where it is a phường, if there is only one of that name
    for (const auto& one : with_other_unit_types(bare(folded(typed)))) take(one);
    if (among.size() > 1) among.clear();
    if (!among.empty() && said != nullptr) *said = tr("“{}” được hiểu là {}.", typed, called(*among.begin()));
  }
  return {among.begin(), among.end()};
}

std::vector<BodyId> ListReading::at_place_of_another_kind(const std::vector<BodyId>& among, const std::string& place, std::string* said) const {
  const UnitId unit = among.empty() ? UnitId{} : places_.of_another_kind(bare(folded(place)));
  std::vector<BodyId> out;
  if (!unit) return out;
  for (const auto id : among) {
    bool lies_there = former_unit(*organisation_, id, day_) == unit;
    for (auto above = organisation_->body(id).on(day_).superior; above && !lies_there; above = organisation_->body(above).on(day_).superior)
      lies_there = organisation_->body(above).on(day_).area == unit;
    if (lies_there) out.push_back(id);
  }
  if (!out.empty() && said != nullptr) *said = tr("“{}” được hiểu là {}.", place, places_.words_of(unit));
  return out;
}

std::vector<BodyId> ListReading::found(const std::string& typed, const std::string& place, std::string* said) const {
  std::vector<BodyId> out = named(typed, said);
  if (!place.empty()) {
    std::vector<BodyId> there;
    for (const auto id : out)
      for (auto above = organisation_->body(id).on(day_).superior; above; above = organisation_->body(above).on(day_).superior)
        if (names_place(organisation_->body(above).on(day_), place)) {
          there.push_back(id);
          break;
        }
    // no place of today, or one of today that swallowed an old one of its name with a village called alike
    if (there.size() != 1) {
      std::vector<BodyId> formerly;
      for (const auto id : there.empty() ? out : there)
        if (lay_in(id, place)) formerly.push_back(id);
      if (there.empty() || !formerly.empty()) there = std::move(formerly);
    }
    if (there.empty()) there = at_place_of_another_kind(out, place, said);
    out = std::move(there);
  }
  // of several the ones written with the very same accents
  if (out.size() > 1) {
    std::vector<BodyId> exact;
    for (const auto id : out) {
      const auto& version = organisation_->body(id).on(day_);
      if (tone_neutral(version.name) == tone_neutral(typed) || tone_neutral(version.short_name) == tone_neutral(typed)) exact.push_back(id);
    }
    if (!exact.empty()) out = std::move(exact);
  }
  return out;
}

void ListReading::refuse_row(std::size_t row, int column, std::string code, std::string message) {
  read_[row].good = false;
  judged[row].verdict = ImportVerdict::refused;
  judged[row].findings.push_back({column, std::move(code), std::move(message)});
}

void ListReading::match(std::size_t row) {
  auto& read = read_[row];
  if (!rows_.readable(row)) {
    read.good = false;
    return;
  }
  const std::string typed(rows_.text(row, old_name)), place(rows_.text(row, old_place));
  read.new_name = std::string(rows_.text(row, new_name));
  const auto word = rows_.text(row, form);
  static const std::map<std::string_view, Form> forms{{"hop-nhat", Form::merge}, {"sap-nhap", Form::join}, {"chia-tach", Form::split}, {"giai-the", Form::dissolve},
                                                      {"doi-ten", Form::rename}, {"chuyen", Form::transfer}, {"thanh-lap", Form::open}, {"giu-nguyen", Form::same}};
  if (const auto at = forms.find(word); at != forms.end()) read.form = at->second;
  if (const std::string above(rows_.text(row, new_place)); !above.empty()) {
    std::string said;
    auto places = found(above, {}, &said);
    for (const std::string_view type : {"xã ", "phường ", "thị trấn ", "đặc khu "})
      if (places.empty()) places = found(std::string(type) + above, {});
    if (places.size() == 1) read.place = places.front();
    if (places.size() == 1 && !said.empty()) judged[row].findings.push_back({new_place, "restructure_list.other_kind", said});
    if (places.size() != 1) refuse_row(row, new_place, "restructure_list.place", places.empty() ? tr("Không có “{}” trong phạm vi này vào ngày {}.", above, day_.text())
                                                                            : tr("Có {} tổ chức tên “{}”; xin ghi tên đầy đủ.", places.size(), above));
  }
  if (typed.empty()) {
    if (read.new_name.empty()) refuse_row(row, old_name, "restructure_list.empty", tr("Dòng này chưa ghi đơn vị cũ và đơn vị mới."));
    return;
  }
  std::string said;
  auto bodies = found(typed, place, &said);
  for (const auto id : bodies)
    if (rows_.decided(row) == std::to_string(id.value)) bodies = {id};
  if (bodies.size() == 1) {
    read.old_body = bodies.front();
    if (!said.empty()) judged[row].findings.push_back({static_cast<int>(place.empty() ? old_name : old_place), "restructure_list.other_kind", said});
  } else if (bodies.empty()) {
    std::string message = place.empty() ? tr("Không có “{}” đang hoạt động vào ngày {}.", typed, day_.text()) : tr("Không có “{}” thuộc “{}” vào ngày {}.", typed, place, day_.text());
    const auto near = organisation_->search(typed, day_, 1, [&](BodyId id) { return organisation_->body(id).alive(day_) && context_.viewer.may(Permission::restructure, id); });
    if (!near.empty()) message += " " + tr("Có phải “{}” ({})?", organisation_->body(near.front()).on(day_).name, where(near.front()));
    refuse_row(row, old_name, "restructure_list.unknown", std::move(message));
  } else {
    read.good = false;
    judged[row].verdict = ImportVerdict::to_review;
    judged[row].findings.push_back({old_name, "restructure_list.several", tr("Có {} tổ chức tên “{}”; xin chọn, hoặc ghi thêm xã, kể cả xã cũ.", bodies.size(), typed)});
    for (const auto id : bodies) judged[row].candidates.push_back({std::to_string(id.value), fmt::format("{}, {}", called(id), where(id))});
  }
}

std::string ListReading::key(std::size_t row) const {
  const auto& read = read_[row];
  const BodyId above = read.place ? read.place : read.old_body ? organisation_->body(read.old_body).on(day_).superior : context_.body;
  const bool commune = read.old_body && organisation_->kind(read.old_body).level <= BodyKind::Level::commune;
  // villages of one name stand in many communes; a commune only once in a province
  return fmt::format("{}|{}", bare(folded(read.new_name)), commune ? 0 : above.value);
}

// The same file again, or a body that another draft of this office takes care of.
void ListReading::leave_out_known(const std::vector<RestructureDraft>& drafts) {
  std::map<BodyId, std::string> known;
  for (const auto& draft : drafts)
    for (const auto& act : draft.acts)
      for (const auto id : act.bodies) known.emplace(id, draft.title);
  std::set<std::string> opening;
  for (const auto& draft : drafts)
    for (const auto& act : draft.acts)
      if (act.kind == BodyAct::Kind::open)
        for (const auto& one : act.opened) opening.insert(tone_neutral(one.name));
  for (std::size_t row = 0; row < read_.size(); ++row) {
    auto& read = read_[row];
    if (!read.good) continue;
    const auto at = known.find(read.old_body);
    const bool again = read.old_body ? at != known.end() : opening.contains(tone_neutral(read.new_name));
    if (!again) continue;
    read.good = false;
    judged[row].verdict = ImportVerdict::unchanged;
    const std::string title = at == known.end() || at->second.empty() ? tr("chưa đặt tên") : at->second;
    judged[row].effect = tr("Đã có trong bản nháp “{}”", title);
  }
}

void ListReading::infer() {
  for (std::size_t row = 0; row < read_.size(); ++row) {
    if (!read_[row].good) continue;
    if (!read_[row].new_name.empty() && read_[row].form != Form::same) by_new_[key(row)].push_back(row);
    if (read_[row].old_body) by_old_[read_[row].old_body].push_back(row);
  }
  for (std::size_t row = 0; row < read_.size(); ++row) {
    auto& read = read_[row];
    if (!read.good) continue;
    const auto& old_rows = read.old_body ? by_old_[read.old_body] : std::vector<std::size_t>{};
    if (read.form == Form::unknown) {
      if (!read.old_body) read.form = Form::open;
      else if (old_rows.size() > 1) read.form = Form::split;
      else if (read.new_name.empty()) read.form = read.place ? Form::transfer : Form::dissolve;
      else {
        std::set<BodyId> olds;
        for (const auto other : by_new_[key(row)]) olds.insert(read_[other].old_body);
        const auto& name = organisation_->body(read.old_body).on(day_).name;
        const bool same_name = bare(folded(name)) == bare(folded(read.new_name));
        if (olds.size() > 1) read.form = Form::merge;
        else if (same_name) read.form = read.place && read.place != organisation_->body(read.old_body).on(day_).superior ? Form::transfer : Form::same;
        else read.form = Form::rename;
      }
    } else if (old_rows.size() > 1 && (read.form == Form::merge || read.form == Form::join)) {
      read.form = Form::split;                              // one old with several new divides, whatever the row calls it
    }
    if (read.form == Form::same) {
      judged[row].verdict = ImportVerdict::unchanged;
      judged[row].effect = tr("Giữ nguyên");
      read.good = false;
    } else if (read.form != Form::open && !read.old_body) {
      refuse_row(row, old_name, "restructure_list.old", tr("Xin ghi đơn vị cũ của dòng này."));
    } else if (read.new_name.empty() && read.form != Form::dissolve && read.form != Form::transfer) {
      refuse_row(row, new_name, "restructure_list.new", tr("Xin ghi đơn vị mới của dòng này."));
    } else if (read.form == Form::transfer && !read.place) {
      refuse_row(row, new_place, "restructure_list.place", tr("Chuyển về đâu? Xin ghi cấp trên mới."));
    }
  }
}

// What becomes one must be whole: a wrong row keeps the others of its group back.
void ListReading::judge_groups() {
  const auto hold_back = [&](const std::vector<std::size_t>& rows) {
    std::optional<int> wrong;
    for (const auto row : rows)
      if (!read_[row].good && judged[row].verdict != ImportVerdict::unchanged) wrong = rows_.number(row);
    if (!wrong) return false;
    bool any = false;
    for (const auto row : rows)
      if (read_[row].good) {
        refuse_row(row, ImportFinding::whole_row, "restructure_list.group", tr("Dòng {} của cùng đơn vị chưa đúng; xin sửa dòng đó trước.", *wrong));
        any = true;
      }
    return any;
  };
  // rows that were refused before they were grouped still belong to the group by their words
  std::map<std::string, std::vector<std::size_t>> by_words;
  for (std::size_t row = 0; row < read_.size(); ++row) {
    const auto word = folded(std::string(rows_.text(row, new_name)));
    if (!word.empty()) by_words[word + "|" + folded(std::string(rows_.text(row, new_place).empty() ? rows_.text(row, old_place) : rows_.text(row, new_place)))].push_back(row);
  }
  for (bool again = true; again;) {
    again = false;
    for (const auto& [name, rows] : by_words)
      if (rows.size() > 1) again |= hold_back(rows);
    for (const auto& [name, rows] : by_new_) again |= hold_back(rows);
    for (const auto& [body, rows] : by_old_) again |= hold_back(rows);
  }
  for (const auto& [body, rows] : by_old_) {
    std::set<std::string> targets;
    std::set<Form> forms;
    for (const auto row : rows)
      if (read_[row].good) targets.insert(key(row)), forms.insert(read_[row].form);
    for (const auto row : rows) {
      if (!read_[row].good) continue;
      if (rows.size() > 1 && forms != std::set<Form>{Form::split})
        refuse_row(row, old_name, "restructure_list.twice", tr("Đơn vị cũ này đứng ở {} dòng với hình thức khác nhau.", rows.size()));
      else if (rows.size() > 1 && targets.size() != rows.size())
        refuse_row(row, old_name, "restructure_list.twice", tr("Đơn vị cũ này đứng ở hai dòng với cùng đơn vị mới."));
      else if (rows.size() == 1 && read_[row].form == Form::split)
        refuse_row(row, new_name, "restructure_list.split", tr("Chia tách cần ít nhất hai dòng của cùng đơn vị cũ, mỗi dòng một đơn vị mới."));
    }
  }
}

}  // namespace khuyenhoc
