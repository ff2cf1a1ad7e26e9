#include "body_lists/judging.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/compile.h>

#include "base/i18n.h"
#include "base/number.h"
#include "base/phrases.h"
#include "base/text.h"
#include "body_lists/list_columns.h"
#include "body_lists/names.h"
#include "body_lists/places.h"
#include "organisation/contacts_in_bulk.h"
#include "organisation/in_charge.h"
#include "shell/frame.h"

namespace khuyenhoc::body_lists {
namespace {

using Level = BodyKind::Level;

constexpr std::string_view as_new = "moi";

// Who a row's body answers to: a body there is, or one that another row founds.
struct Superior {
  BodyId body;
  std::optional<std::size_t> row;
  auto operator<=>(const Superior&) const = default;
};

struct Sibling {
  BodyId body;
  NameKeys keys;
};

struct Draft {
  const BodyKind* kind = nullptr;
  UnitId area, former;
  std::string full_name;
  NameKeys keys;
  std::optional<Superior> superior;
};

class Judge {
 public:
  Judge(db::Reader& reader, const ImportContext& context, const ImportRows& rows)
      : reader_(reader), context_(context), rows_(rows), today_(context.viewer.today()), organisation_(context.house.organisation.current()), territory_(organisation_->territory()),
        systems_(context.house.organisation.systems()), above_(organisation_->kind(context.body)), own_area_(organisation_->body(context.body).on(today_).area),
        places_(territory_, own_area_, today_), plan_(std::make_unique<Plan>()), default_day_(context.options.day("tu-ngay").value_or(today_)),
        plain_is_same_(context.options.yes("khong-dau")) {}

  std::unique_ptr<Plan> judged() {
    plan_->rows.resize(rows_.size());
    plan_->does.resize(rows_.size());
    drafts_.resize(rows_.size());
    refused_.resize(rows_.size());
    open_.resize(rows_.size());
    for (std::size_t row = 0; row < rows_.size(); ++row) read_kind_and_area(row);
    for (std::size_t row = 0; row < rows_.size(); ++row)
      if (is_fine(row)) find_superior(row);
    for (std::size_t row = 0; row < rows_.size(); ++row)
      if (is_fine(row)) match(row);
    look_for_twins();
    look_for_shared_telephones();
    compare_contacts();
    for (std::size_t row = 0; row < rows_.size(); ++row) conclude(row);
    drop_those_without_superior();
    count();
    return std::move(plan_);
  }

 private:
  bool is_fine(std::size_t row) const { return rows_.readable(row) && refused_[row] == 0; }
  std::string_view text(std::size_t row, Column column) const { return rows_.text(row, column); }

  void refuse_row(std::size_t row, int column, std::string code, std::string message) {
    plan_->rows[row].findings.push_back({column, "body_list." + code, std::move(message)});
    refused_[row] = 1;
  }
  void note(std::size_t row, int column, std::string code, std::string message) { plan_->rows[row].findings.push_back({column, "body_list." + code, std::move(message)}); }

  const BodyKind* kind_in(std::string_view words) {
    const auto [at, fresh] = kinds_.try_emplace(std::string(words));
    if (fresh) at->second = kind_of_words(systems_, words);
    return at->second;
  }

  void read_kind_and_area(std::size_t row) {
    if (!rows_.readable(row)) return;
    Draft& draft = drafts_[row];
    const std::string_view said = text(row, kind), called = text(row, name);
    draft.kind = said.empty() ? nullptr : kind_in(said);
    if (draft.kind == nullptr && (said.empty() || means_a_branch(said))) {
      draft.kind = kind_of_words(systems_, called);
      if (draft.kind == nullptr && (means_a_branch(said) || means_a_branch(called))) draft.kind = systems_.find("chi_hoi_khac");
    }
    if (draft.kind == nullptr) {
      const std::string what = said.empty() ? tr("Tên “{}” không cho biết đây là loại tổ chức nào.", called) : tr("Không rõ “{}” là loại tổ chức nào.", said);
      return refuse_row(row, static_cast<int>(said.empty() ? name : kind), "unknown_kind", what + " " + tr("Xin ghi loại tổ chức, ví dụ chi hội thôn, chi hội trường học, ban khuyến học dòng họ."));
    }
    read_area(row, draft);
    if (!is_fine(row)) return;
    if (draft.kind->code == "hoi_co_so" && kind_of_words(systems_, called) == nullptr && draft.area) {
      draft.full_name = "Hội Khuyến học " + territory_.unit(draft.area).on(today_).running_name();
    } else {
      draft.full_name = full_name(called, *draft.kind);
    }
    draft.keys = keys_of(draft.full_name);
    if (draft.kind->code == "hoi_co_so" && draft.area) by_area_.try_emplace(draft.area, row);
    by_name_.try_emplace(draft.keys.loose, row);
  }

  void read_area(std::size_t row, Draft& draft) {
    std::string_view typed = text(row, area);
    int told_at = static_cast<int>(area);
    std::string from_name;
    const UnitLevel own_level = territory_.find(own_area_) == nullptr ? UnitLevel::country : territory_.unit(own_area_).level;
    if (typed.empty() && draft.kind->code == "hoi_co_so") {
      from_name = derived_short_name(full_name(text(row, name), *draft.kind));
      typed = from_name;
      told_at = static_cast<int>(name);
    }
    if (typed.empty()) {
      if (own_level >= UnitLevel::commune) draft.area = own_area_;
    } else {
      const PlaceFound& place = places_.find(typed);
      if (!place.unit) return refuse_row(row, told_at, place.code.substr(place.code.find('.') + 1), place.message);
      draft.area = place.unit;
      draft.former = place.former;
      if (!place.note.empty()) note(row, told_at, "old_unit", place.note);
    }
    if (const std::string_view old = text(row, former_area); !old.empty() && draft.area) {
      const PlaceFound place = places_.find_former(old, draft.area);
      if (!place.unit) return refuse_row(row, static_cast<int>(former_area), "unknown_area", place.message);
      if (place.former) draft.former = place.former;
      if (!place.note.empty()) note(row, static_cast<int>(former_area), "old_unit", place.note);
    }
  }

  bool may_stand(const BodyKind& below, const BodyKind& under) const { return below.system == under.system && std::ranges::find(below.under, under.family) != below.under.end(); }
  const BodyKind& kind_of(const Superior& superior) const { return superior.row ? *drafts_[*superior.row].kind : organisation_->kind(superior.body); }
  std::string name_of(const Superior& superior) const { return superior.row ? drafts_[*superior.row].full_name : organisation_->body(superior.body).on(today_).name; }

  void find_superior(std::size_t row) {
    Draft& draft = drafts_[row];
    if (const std::string_view typed = text(row, superior); !typed.empty()) {
      if (!named_superior(row, typed)) return;
    } else {
      draft.superior = usual_superior(row);
    }
    if (!draft.superior) {
      const std::string where = draft.area ? territory_.unit(draft.area).on(today_).running_name() : tr("địa bàn chưa ghi");
      return refuse_row(row, ImportFinding::whole_row, "no_superior",
                        draft.area ? tr("{} chưa có Hội Khuyến học để {} trực thuộc. Xin thêm dòng cho Hội ấy, hoặc ghi cấp trên trực tiếp.", capitalised(where), draft.full_name)
                                   : tr("Chưa rõ {} ở xã, phường nào. Xin ghi xã, phường hoặc cấp trên trực tiếp.", draft.full_name));
    }
    const BodyKind& over = kind_of(*draft.superior);
    if (!may_stand(*draft.kind, over))
      return refuse_row(row, rows_.text(row, superior).empty() ? ImportFinding::whole_row : static_cast<int>(superior), "superior_kind",
                        tr("{} không trực thuộc {} ({}). Xin xem lại loại tổ chức và cấp trên.", label_of(*draft.kind), name_of(*draft.superior), label_of(over)));
    if (!draft.area) draft.area = draft.superior->row ? drafts_[*draft.superior->row].area : organisation_->body(draft.superior->body).on(today_).area;
    if (!draft.superior->row && over.code == "hoi_co_so" && draft.area != organisation_->body(draft.superior->body).on(today_).area)
      refuse_row(row, static_cast<int>(superior), "superior_area",
                 tr("{} ở {}, còn dòng này ghi {}. Xin xem lại.", name_of(*draft.superior), territory_.unit(organisation_->body(draft.superior->body).on(today_).area).on(today_).running_name(),
                    territory_.unit(draft.area).on(today_).running_name()));
  }

  std::optional<Superior> usual_superior(std::size_t row) {
    const Draft& draft = drafts_[row];
    const bool branch = draft.kind->level == Level::branch;
    // the commune's own association, before whoever imports from above
    if (branch && draft.area) {
      const auto [at, fresh] = in_charge_.try_emplace(draft.area);
      if (fresh) at->second = association_in_charge(*organisation_, draft.area, today_);
      if (at->second && (at->second == context_.body || is_below(at->second))) return Superior{at->second, {}};
      if (const auto founded = by_area_.find(draft.area); founded != by_area_.end() && is_fine(founded->second)) return Superior{{}, founded->second};
    }
    if (may_stand(*draft.kind, above_) && (!branch || above_.level >= Level::commune || !draft.area)) return Superior{context_.body, {}};
    if (!branch && draft.area) {
      const UnitId province = territory_.ancestor(draft.area, UnitLevel::province, today_);
      const BodyId over = province ? association_in_charge(*organisation_, province, today_) : BodyId{};
      if (over && is_below(over)) return Superior{over, {}};
    }
    return std::nullopt;
  }

  bool is_below(BodyId body) const {
    const TreeInTime& tree = organisation_->superiors();
    const Node node = organisation_->node(body);
    return tree.alive(node, today_) && tree.is_within(node, organisation_->node(context_.body), today_);
  }

  bool named_superior(std::size_t row, std::string_view typed) {
    Draft& draft = drafts_[row];
    if (below_.empty())
      for (const BodyId body : organisation_->below(context_.body, today_)) below_[keys_of(organisation_->body(body).on(today_).name).loose].push_back(body);
    const NameKeys keys = keys_of(typed);
    std::vector<BodyId> found;
    if (const auto at = below_.find(keys.loose); at != below_.end())
      for (const BodyId body : at->second)
        if (may_stand(*draft.kind, organisation_->kind(body)) || at->second.size() == 1) found.push_back(body);
    if (found.size() > 1 && draft.area) std::erase_if(found, [&](BodyId body) { return organisation_->body(body).on(today_).area != draft.area; });
    if (found.size() == 1) {
      draft.superior = Superior{found.front(), {}};
      return true;
    }
    if (const auto in_file = by_name_.find(keys.loose); found.empty() && in_file != by_name_.end() && in_file->second != row && is_fine(in_file->second)) {
      draft.superior = Superior{{}, in_file->second};
      return true;
    }
    refuse_row(row, static_cast<int>(superior), "unknown_superior",
               found.empty() ? tr("Không có tổ chức nào tên “{}” thuộc {}. Xin xem lại tên cấp trên.", typed, organisation_->body(context_.body).on(today_).name)
                             : tr("Có {} tổ chức tên “{}”. Xin ghi thêm xã, phường.", found.size(), typed));
    return false;
  }

  const std::unordered_multimap<std::string, Sibling>& siblings(BodyId of) {
    const auto [at, fresh] = siblings_.try_emplace(of);
    if (fresh)
      for (const BodyId body : organisation_->directly_below(of, today_)) {
        NameKeys keys = keys_of(organisation_->body(body).on(today_).name);
        std::string loose = keys.loose;
        at->second.emplace(std::move(loose), Sibling{body, std::move(keys)});
      }
    return at->second;
  }

  // Which body the row means: one there is for sure, one of several that a person must choose from, or a new one.
  void match(std::size_t row) {
    Draft& draft = drafts_[row];
    RowPlan& does = plan_->does[row];
    const std::string decided(rows_.decided(row));
    if (!draft.superior->row) {
      std::vector<BodyId> sure, perhaps;
      const auto [first, last] = siblings(draft.superior->body).equal_range(draft.keys.loose);
      for (auto at = first; at != last; ++at) {
        if (organisation_->kind(at->second.body).family != draft.kind->family) continue;
        (at->second.keys.exact == draft.keys.exact ? sure : perhaps).push_back(at->second.body);
      }
      if (draft.kind->code == "hoi_co_so" && sure.empty())
        if (const BodyId there = association_in_charge(*organisation_, draft.area, today_); there && is_below(there) && std::ranges::find(perhaps, there) == perhaps.end()) perhaps.push_back(there);
      const bool plain = !has_accents(text(row, name));
      if (sure.empty() && perhaps.size() == 1 && plain && plain_is_same_ && keys_of(organisation_->body(perhaps.front()).on(today_).name).loose == draft.keys.loose) sure.swap(perhaps);
      if (sure.size() == 1) {
        does.existing = sure.front();
      } else if (!sure.empty() || !perhaps.empty()) {
        sure.insert(sure.end(), perhaps.begin(), perhaps.end());
        if (!decide(row, sure, decided)) return;
      }
    }
    if (does.existing) {
      if (organisation_->kind(does.existing).code != draft.kind->code && !text(row, kind).empty())
        note(row, static_cast<int>(kind), "other_kind", tr("Đang ghi là {}; lần nhập này không đổi loại.", label_of(organisation_->kind(does.existing))));
      return;
    }
    found_new(row, decided == as_new ? NewBody::Namesake::allowed : NewBody::Namesake::refused);
  }

  bool decide(std::size_t row, const std::vector<BodyId>& alike, const std::string& decided) {
    ImportJudgement& judged = plan_->rows[row];
    for (const BodyId body : alike) {
      const std::string value = fmt::format("to-{}", body.value);
      if (decided == value) plan_->does[row].existing = body;
      judged.candidates.push_back({value, tr("{} (đã có)", organisation_->path(body, today_))});
    }
    judged.candidates.push_back({std::string(as_new), tr("Tổ chức khác, lập mới")});
    if (plan_->does[row].existing || decided == as_new) return true;
    judged.verdict = ImportVerdict::to_review;
    note(row, static_cast<int>(name), "alike", tr("“{}” gần giống “{}” đã có. Xin chọn: là tổ chức ấy, hay tổ chức khác.", text(row, name), organisation_->body(alike.front()).on(today_).name));
    open_[row] = 1;
    return false;
  }

  void found_new(std::size_t row, NewBody::Namesake namesake) {
    Draft& draft = drafts_[row];
    RowPlan& does = plan_->does[row];
    const bool told = rows_.cell(row, born).good();
    Day day = told ? rows_.cell(row, born).day() : default_day_;
    Day superior_born = draft.superior->row ? day_of(*draft.superior->row) : organisation_->body(draft.superior->body).born;
    if (superior_born > today_) superior_born = Day::earliest();       // that row is told so itself
    if (!told) day = std::max(day, superior_born);
    if (day > today_) return refuse_row(row, static_cast<int>(born), "day_ahead", tr("Ngày thành lập {} chưa đến. Xin ghi hôm nay hoặc một ngày đã qua.", day.text()));
    if (day < superior_born)
      return refuse_row(row, static_cast<int>(born), "day_before_superior", tr("Ngày thành lập {} trước ngày thành lập của cấp trên ({}, {}). Xin xem lại; có thể đây là ngày của tổ chức cũ trước khi sắp xếp.", day.text(),
                                                                              name_of(*draft.superior), superior_born.text()));
    if (draft.kind->until && day >= *draft.kind->until) return refuse_row(row, static_cast<int>(kind), "kind_closed", tr("Từ ngày {} không còn {}.", draft.kind->until->text(), label_of(*draft.kind)));
    does.does = RowPlan::Does::founds;
    does.superior_row = draft.superior->row;
    const std::string_view shorter = text(row, short_name);
    does.given = {.kind = draft.kind->code, .name = draft.full_name, .short_name = shorter.empty() ? derived_short_name(draft.full_name) : std::string(shorter), .superior = draft.superior->body, .area = draft.area,
                  .born = day, .former_area = draft.former, .uid = {}, .namesake = namesake};
    if (draft.kind->group != "thon_tdp" && draft.area)
      for (const BodyId beside : organisation_->bodies_covering(draft.area, hkh, today_))
        if (organisation_->body(beside).on(today_).superior != draft.superior->body && keys_of(organisation_->body(beside).on(today_).name).exact == draft.keys.exact)
          note(row, static_cast<int>(name), "same_name_beside", tr("Đã có {}, thuộc cấp trên khác; dòng này lập thêm một tổ chức.", organisation_->path(beside, today_)));
  }

  Day day_of(std::size_t row) const { return rows_.cell(row, born).good() ? rows_.cell(row, born).day() : default_day_; }

  // The same body twice in the file, with accents or without.
  void look_for_twins() {
    std::unordered_map<std::string, std::size_t> seen;
    seen.reserve(rows_.size());
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      const Draft& draft = drafts_[row];
      if (!is_fine(row) || open_[row] != 0 || !draft.superior) continue;
      const std::int64_t above_row = draft.superior->row ? static_cast<std::int64_t>(*draft.superior->row) : -1;
      const auto [first, fresh] = seen.emplace(fmt::format(FMT_COMPILE("{}|{}|{}|{}"), draft.superior->body.value, above_row, draft.kind->family, draft.keys.loose), row);
      if (fresh) continue;
      const Draft& before = drafts_[first->second];
      if (draft.keys.exact != before.keys.exact && has_accents(text(row, name)) && has_accents(text(first->second, name))) {
        if (rows_.decided(row) == as_new) {
          plan_->does[row].given.namesake = NewBody::Namesake::allowed;
          continue;
        }
        plan_->rows[row].candidates = {{std::string(as_new), tr("Tổ chức khác, lập mới")}};
        plan_->rows[row].verdict = ImportVerdict::to_review;
        open_[row] = 1;
        note(row, static_cast<int>(name), "alike", tr("“{}” gần giống “{}” ở dòng {}. Xin chọn nếu đây là hai tổ chức; nếu là một, xin bỏ bớt một dòng.", text(row, name), text(first->second, name), rows_.number(first->second)));
        continue;
      }
      refuse_row(row, static_cast<int>(name), "twice", tr("“{}” đã có ở dòng {} (“{}”). Xin bỏ bớt một dòng, hoặc ghi tên để phân biệt.", text(row, name), rows_.number(first->second), text(first->second, name)));
    }
  }

  // One number belongs to one person.
  void look_for_shared_telephones() {
    std::vector<std::pair<std::string_view, std::size_t>> by_number;
    by_number.reserve(rows_.size());
    for (std::size_t row = 0; row < rows_.size(); ++row)
      if (rows_.readable(row) && !text(row, telephone).empty() && !text(row, head).empty()) by_number.emplace_back(text(row, telephone), row);
    std::ranges::sort(by_number);
    const auto number_of = &decltype(by_number)::value_type::first;
    for (auto first = by_number.begin(); first != by_number.end();) {
      const auto same = std::ranges::equal_range(first, by_number.end(), first->first, {}, number_of);
      first = same.end();
      if (same.size() < 2) continue;
      for (const auto& [number, row] : same) {
        const auto other = std::ranges::find_if(same, [&](const auto& one) { return folded(text(one.second, head)) != folded(text(row, head)); });
        if (other == same.end()) continue;
        refuse_row(row, static_cast<int>(telephone), "telephone_twice",
                   tr("Số {} ghi cho cả {} và {} (dòng {}). Mỗi người một số; xin xem lại.", telephone_text(std::string(number)), text(row, head), text(other->second, head), rows_.number(other->second)));
      }
    }
  }

  void compare_contacts() {
    std::set<BodyId> wanted;
    for (std::size_t row = 0; row < rows_.size(); ++row)
      if (plan_->does[row].existing && (!text(row, head).empty() || !text(row, telephone).empty())) wanted.insert(plan_->does[row].existing);
    const auto known = contacts_of(reader_, context_.house.keys, wanted);
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      RowPlan& does = plan_->does[row];
      if (!does.existing) {
        does.after = {{}, std::string(text(row, head)), std::string(text(row, telephone)), 0};
        continue;
      }
      const auto at = known.find(does.existing);
      does.before = at == known.end() ? Contact{does.existing, {}, {}, 0} : at->second;
      does.after = does.before;
      if (!text(row, head).empty()) does.after.head_name = text(row, head);
      if (!text(row, telephone).empty()) does.after.telephone = text(row, telephone);
      else if (does.after.head_name != does.before.head_name) does.after.telephone.clear();      // the number was that of the one before
      if (does.after.head_name != does.before.head_name || does.after.telephone != does.before.telephone) does.does = RowPlan::Does::changes_contact;
    }
  }

  void conclude(std::size_t row) {
    ImportJudgement& judged = plan_->rows[row];
    RowPlan& does = plan_->does[row];
    if (!rows_.readable(row) || refused_[row] != 0 || open_[row] != 0) {
      does.does = RowPlan::Does::nothing;
      judged.verdict = open_[row] != 0 && refused_[row] == 0 && rows_.readable(row) ? ImportVerdict::to_review : ImportVerdict::refused;
      return;
    }
    const Draft& draft = drafts_[row];
    switch (does.does) {
      case RowPlan::Does::founds:
        judged.verdict = ImportVerdict::added;
        judged.effect = tr("Lập {}, trực thuộc {}, từ {}", does.given.name, name_of(*draft.superior), does.given.born.text());
        if (!does.after.head_name.empty()) judged.effect += "; " + contact_words(does.after);
        break;
      case RowPlan::Does::changes_contact:
        judged.verdict = ImportVerdict::changed;
        judged.effect = tr("{}: người liên hệ từ {} thành {}", organisation_->body(does.existing).on(today_).name, contact_words(does.before), contact_words(does.after));
        break;
      case RowPlan::Does::nothing:
        judged.verdict = ImportVerdict::unchanged;
        judged.effect = tr("{} đã có", organisation_->path(does.existing, today_));
        break;
    }
  }

  static std::string contact_words(const Contact& contact) {
    if (contact.head_name.empty() && contact.telephone.empty()) return tr("(chưa ghi)");
    if (contact.telephone.empty()) return contact.head_name;
    if (contact.head_name.empty()) return telephone_text(contact.telephone);
    return contact.head_name + ", " + telephone_text(contact.telephone);
  }

  // A body cannot be founded under one that is not.
  void drop_those_without_superior() {
    for (bool more = true; more;) {
      more = false;
      for (std::size_t row = 0; row < rows_.size(); ++row) {
        RowPlan& does = plan_->does[row];
        if (does.does != RowPlan::Does::founds || !does.superior_row || plan_->rows[*does.superior_row].verdict == ImportVerdict::added) continue;
        const RowPlan& over = plan_->does[*does.superior_row];
        if (over.existing && plan_->rows[*does.superior_row].verdict != ImportVerdict::refused) {
          does.given.superior = over.existing;
          does.superior_row.reset();
          continue;
        }
        refuse_row(row, ImportFinding::whole_row, "superior_row", tr("Cấp trên của dòng này là dòng {}, mà dòng ấy chưa nhập được. Xin sửa dòng ấy trước.", rows_.number(*does.superior_row)));
        does.does = RowPlan::Does::nothing;
        plan_->rows[row].verdict = ImportVerdict::refused;
        plan_->rows[row].effect.clear();
        more = true;
      }
    }
  }

  void count() {
    std::map<std::string, std::int64_t> founded;
    std::int64_t contacts = 0, heads = 0;
    std::set<UnitId> new_areas;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      const RowPlan& does = plan_->does[row];
      if (does.does == RowPlan::Does::changes_contact) ++contacts;
      if (does.does != RowPlan::Does::founds) continue;
      ++founded[does.given.kind];
      if (!does.after.head_name.empty()) ++heads;
      if (does.given.kind == "hoi_co_so") new_areas.insert(does.given.area);
    }
    for (const BodyKind& kind : systems_.kinds())
      if (const auto at = founded.find(kind.code); at != founded.end()) plan_->totals.push_back({tr("Lập mới: {}", label_of(kind)), number_text(at->second)});
    if (heads > 0) plan_->totals.push_back({tr("Người đứng đầu ghi cùng"), number_text(heads)});
    if (contacts > 0) plan_->totals.push_back({tr("Sửa người liên hệ"), number_text(contacts)});
    if (above_.level == Level::province && founded.contains("hoi_co_so")) say_what_is_missing(new_areas);
  }

  void say_what_is_missing(const std::set<UnitId>& new_areas) {
    std::vector<std::string> missing;
    std::size_t more = 0;
    for (const UnitId unit : territory_.children(own_area_, today_)) {
      if (new_areas.contains(unit) || association_in_charge(*organisation_, unit, today_)) continue;
      if (missing.size() < 10) missing.push_back(territory_.unit(unit).on(today_).running_name());
      else ++more;
    }
    if (missing.empty()) return;
    plan_->remarks.push_back(more == 0 ? tr("Sau lần nhập này còn chưa có Hội: {}.", enumerated(missing)) : tr("Sau lần nhập này còn chưa có Hội: {} và {} xã, phường khác.", fmt::format("{}", fmt::join(missing, ", ")), more));
  }

  db::Reader& reader_;
  const ImportContext& context_;
  const ImportRows& rows_;
  Day today_;
  OrganisationView organisation_;
  const Territory& territory_;
  const Systems& systems_;
  const BodyKind& above_;
  UnitId own_area_;
  Places places_;
  std::unique_ptr<Plan> plan_;
  Day default_day_;
  bool plain_is_same_;
  std::vector<Draft> drafts_;
  std::vector<char> refused_, open_;                                      // by row
  std::unordered_map<std::string, const BodyKind*> kinds_;
  std::unordered_map<UnitId, BodyId> in_charge_;
  std::unordered_map<UnitId, std::size_t> by_area_;                       // the row that founds the association there
  std::unordered_map<std::string, std::size_t> by_name_;
  std::unordered_map<std::string, std::vector<BodyId>> below_;
  std::unordered_map<BodyId, std::unordered_multimap<std::string, Sibling>> siblings_;
};

}  // namespace

std::unique_ptr<Plan> judge(db::Reader& reader, const ImportContext& context, const ImportRows& rows) { return Judge(reader, context, rows).judged(); }

}  // namespace khuyenhoc::body_lists
