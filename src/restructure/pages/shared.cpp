#include <algorithm>
#include <charconv>
#include <set>

#include "base/i18n.h"
#include "base/number.h"
#include "base/text.h"
#include "restructure/naming.h"
#include "restructure/pages/parts_of_restructure.h"

namespace khuyenhoc {
namespace restructure {

std::string error_in(const FormErrors& errors, std::string_view field) {
  for (const auto& [name, message] : errors)
    if (name == field) return message;
  return {};
}
std::string DraftPage::error_of(std::string_view field) const { return error_in(errors, field); }
std::string ActPage::error_of(std::string_view field) const { return error_in(errors, field); }
std::string HandoverPage::error_of(std::string_view field) const { return error_in(errors, field); }

std::string mark_word(TreeMark mark) {
  switch (mark) {
    case TreeMark::ends: return tr("kết thúc");
    case TreeMark::opens: return tr("mới");
    case TreeMark::comes: return tr("chuyển đến");
    case TreeMark::goes_on: return tr("tiếp tục");
    case TreeMark::renamed: return tr("đổi tên");
    case TreeMark::none: break;
  }
  return {};
}

namespace {
constexpr std::size_t few_movers = 4;
}

std::vector<FateRow> fate_rows(const std::vector<FateLine>& fates, const Organisation& organisation, Day day, std::size_t most, std::size_t& more,
                               const std::function<bool(BodyId)>& seen) {
  std::map<BodyId, std::vector<std::string>> heirs;
  std::set<BodyId> inherits;
  std::map<std::string_view, std::size_t> only_heir;      // names of bodies that end with one heir: how many follow them there
  for (const auto& line : fates)
    if (line.fate == BodyFate::succeeded) {
      heirs[line.body].push_back(line.name_after);
      inherits.insert(line.other);
    }
  std::set<std::pair<std::string_view, std::string_view>> followed;
  for (const auto& line : fates)
    if (line.fate == BodyFate::ended && heirs[line.body].size() == 1) followed.emplace(line.name_before, heirs[line.body].front());
  const auto follows = [&](const FateLine& line) { return followed.contains({line.name_before, line.name_after}); };
  for (const auto& line : fates)
    if (line.fate == BodyFate::moved && follows(line)) ++only_heir[line.name_before];
  std::vector<FateRow> out;
  more = 0;
  const auto add = [&](const auto& row) {
    if (out.size() < most) out.push_back(row());
    else ++more;
  };
  const auto in_sight = [&](const FateLine& line) { return seen(line.body) || (line.other && seen(line.other)); };
  // what ends and what begins first; branches that only follow their body are counted with it
  for (const auto& line : fates)
    if (line.fate == BodyFate::ended && in_sight(line)) {
      add([&] {
        std::string after;
        const auto& to = heirs[line.body];
        for (const auto& name : to) after += (after.empty() ? "" : ", ") + name;
        const auto with = only_heir.find(line.name_before);
        const std::string before = name_then(organisation, line.body, day);
        return FateRow{with == only_heir.end() ? before : tr("{}, cùng {} tổ chức trực thuộc", before, with->second),
                       to.empty() ? tr("Giải thể") : to.size() == 1 ? tr("Kết thúc, nhập vào") : tr("Kết thúc, chia thành"), after, office_then(organisation, line.body, day)};
      });
    }
  for (const auto& line : fates) {
    if (!in_sight(line)) continue;
    if (line.fate == BodyFate::opened && !inherits.contains(line.body)) add([&] { return FateRow{{}, tr("Thành lập"), line.name_after}; });
    if (line.fate == BodyFate::renamed) add([&] { return FateRow{line.name_before, tr("Đổi tên"), line.name_after, office_then(organisation, line.body, day)}; });
  }
  // what goes the same way is told together
  std::vector<const FateLine*> moving;
  for (const auto& line : fates)
    if (line.fate == BodyFate::moved && !follows(line) && in_sight(line)) moving.push_back(&line);
  std::map<std::pair<std::string_view, std::string_view>, std::vector<const FateLine*>> ways;
  for (const auto* line : moving) ways[{line->name_before, line->name_after}].push_back(line);
  for (const auto* line : moving) {
    const auto& with = ways[{line->name_before, line->name_after}];
    if (with.size() < few_movers) add([&] { return FateRow{name_then(organisation, line->body, day), tr("Chuyển về"), line->name_after, line->name_before, {}}; });
    else if (with.front() == line)
      add([&] {
        FateRow row{tr("{} tổ chức trực thuộc", with.size()), tr("Chuyển về"), line->name_after, line->name_before, {}};
        for (const auto* one : with) row.names.push_back(name_then(organisation, one->body, day));
        return row;
      });
  }
  return out;
}

std::string series_label(const House& house, Series series) { return house.catalogue.label(series, current_language()); }

std::string amount_text(const House& house, Series series, std::int64_t amount) {
  return fmt::format("{} {}", number_text(amount), house.catalogue.measure(house.catalogue.measure_of(series)).unit(current_language()));
}

BodyId board_with(const Visit& visit, Day first_day, BodyId ended) {
  const Organisation& organisation = *visit.organisation();
  BodyId above = organisation.body(ended).on(first_day - 1).superior;
  for (int up = 0; up < 20 && above && !organisation.body(above).alive(visit.today()); ++up) {
    const auto next = organisation.successors(above);
    above = next.size() == 1 ? next.front() : organisation.body(above).on(organisation.body(above).ended.value_or(visit.today()) - 1).superior;
  }
  return above && visit.viewer().may(Permission::see_figures, above) ? above : BodyId{};
}

std::string state_of(db::Reader& reader, RestructureDesk& desk, const StoredRestructure& stored, DoneLine::Tone& tone) {
  constexpr std::size_t few = 400;                       // of many bodies the page of the restructure itself says what is open
  if (stored.undone_ms) {
    tone = DoneLine::Tone::wait;
    return tr("Đã khôi phục như cũ");
  }
  tone = DoneLine::Tone::good;
  if (stored.closed_ms) return tr("Đã khép lại");
  if (desk.restructures().fates(reader, stored.id).size() > few) return tr("Đã thực hiện");
  if (desk.restructures().open_remainders(reader, stored.id).empty() && desk.restructures().late_records(reader, stored.id).empty()) return tr("Đã thực hiện");
  tone = DoneLine::Tone::attention;
  return tr("Còn bàn giao dở dang");
}

Url draft_link(DraftId id) { return html::path("/sap-xep/ban-nhap/{}", id); }
Url act_link(DraftId id, std::int64_t number) { return html::path("/sap-xep/ban-nhap/{}/viec/{}", id, number); }
Url posts_link(DraftId id, std::size_t part) { return html::path("/sap-xep/ban-nhap/{}/xem-truoc", id).with("phan", static_cast<std::int64_t>(part)).at("chuc-vu"); }
Url done_link(BodyRestructureId id) { return html::path("/sap-xep/{}", id); }

std::optional<RestructureDraft> draft_in(const Visit& visit, RestructureDesk& desk) { return desk.draft(DraftId{visit.request().number("lan")}); }

std::int64_t version_in(const Visit& visit) {
  const auto typed = visit.request().form.fields.value("version");
  std::int64_t version = 0;
  std::from_chars(typed.data(), typed.data() + typed.size(), version);
  return version;
}

FormErrors act_errors(const RestructureDraft& draft, const DraftAct& act, const Organisation& organisation, Day day) {
  FormErrors out;
  using enum BodyAct::Kind;
  const auto parts = parts_of(act);
  for (const auto id : act.bodies) {
    const Body* body = organisation.find(id);
    if (body != nullptr && !body->alive(day - 1) && !body->alive(day))
      out.emplace_back("bodies", tr("“{}” không hoạt động vào ngày {}; xin bỏ khỏi danh sách hoặc sửa ngày.", body->on(day).name, day.text()));
  }
  if (act.kind == merge) {
    if (act.bodies.size() + act.successors.size() < 2) out.emplace_back("bodies", tr("Xin chọn ít nhất hai tổ chức để hợp nhất."));
    else if (parts.size() != 1) out.emplace_back("ke-thua", tr("Xin chọn một đơn vị kế thừa: lập mới, hoặc một tổ chức đang có."));
  } else if (act.kind == split) {
    if (act.bodies.size() != 1) out.emplace_back("bodies", tr("Xin chọn một tổ chức để chia tách."));
    else if (parts.size() < 2) out.emplace_back("parts", tr("Chia tách cần ít nhất hai đơn vị kế thừa."));
    std::size_t open = 0;
    for (const auto& [branch, part] : act.branches) open += !part;
    if (open > 0) out.emplace_back("branches", tr("Còn {} tổ chức trực thuộc chưa chọn đơn vị nhận.", open));
  } else if (act.kind != BodyAct::Kind::open && act.bodies.empty()) {
    out.emplace_back("bodies", tr("Xin tìm và chọn tổ chức."));
  }
  if (act.kind == BodyAct::Kind::open && act.opened.empty()) out.emplace_back("parts", tr("Xin ghi tổ chức được thành lập."));
  if (act.kind == rename && act.bodies.size() > 1) out.emplace_back("bodies", tr("Mỗi việc đổi tên chỉ chọn một tổ chức."));
  if (act.kind == rename && act.name.empty()) out.emplace_back("name", tr("Xin ghi tên mới."));
  if (act.kind == transfer && !act.superior && !act.area) out.emplace_back("superior", tr("Xin chọn cấp trên mới hoặc địa bàn mới."));
  for (std::size_t i = 0; i < act.opened.size(); ++i) {
    const auto& one = act.opened[i];
    if (one.name.empty()) out.emplace_back(fmt::format("name-{}", i), tr("Xin ghi tên tổ chức mới."));
    if (one.kind.empty()) out.emplace_back(fmt::format("kind-{}", i), tr("Xin chọn loại tổ chức."));
    if (!one.area) out.emplace_back(fmt::format("area-{}", i), tr("Xin chọn địa bàn."));
  }
  // a body named by another act of the same draft
  for (const auto& other : draft.acts) {
    if (other.number == act.number) continue;
    const bool ends = other.kind == merge || other.kind == split || other.kind == dissolve;
    if (!ends || act.kind == transfer || act.kind == rename) continue;
    for (const auto id : act.bodies)
      if (std::ranges::find(other.bodies, id) != other.bodies.end())
        out.emplace_back("bodies", tr("“{}” đã có trong việc “{}” của bản nháp này.", organisation.body(id).on(day).name, act_label(other.kind)));
  }
  return out;
}

}  // namespace restructure

void add_restructure_pages(Pages& pages) {
  add_restructure_list_pages(pages);
  add_restructure_draft_pages(pages);
  add_restructure_act_pages(pages);
  add_restructure_preview_pages(pages);
  add_restructure_result_pages(pages);
  add_restructure_handover_pages(pages);
  add_before_after_pages(pages);
}

}  // namespace khuyenhoc
