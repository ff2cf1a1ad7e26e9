#include "restructure/restructure_run.h"

#include "base/text.h"
#include "organisation/body_queries.h"
#include "organisation/posts_in_bulk.h"

namespace khuyenhoc {

RestructureRun::RestructureRun(Restructures& house, db::Writer& writer, const BodyRestructure& restructure, const RestructureBy& by, BodyRestructureId id)
    : house_(house),
      writer_(writer),
      plan_(restructure),
      by_(by),
      id_(id),
      bulk_(house.in_bulk(restructure)),
      reason_(fmt::format("{} (Quyết định số {} ngày {})", normalised(restructure.title), normalised(restructure.basis.number), restructure.basis.date.text())),
      changes_(house.organisation_, writer, by.sink, by.now_ms, reason_, bulk_ ? OrganisationChanges::Breadth::many : OrganisationChanges::Breadth::few) {}

Result<void> RestructureRun::check() const {
  if (normalised(plan_.title).empty()) return refuse("restructure.title", tr("Cần ghi tên đợt sắp xếp đơn vị."), "title");
  if (normalised(plan_.basis.number).empty() || normalised(plan_.basis.issuer).empty())
    return refuse("restructure.basis", tr("Cần ghi số, ngày và cơ quan ban hành của quyết định sắp xếp."), "basis");
  if (plan_.acts.empty()) return refuse("restructure.empty", tr("Chưa chọn việc sắp xếp nào."));
  return {};
}

Result<BodyId> RestructureRun::resolved(BodyId named) const {
  if (named.value >= 0) return named;
  const auto n = static_cast<std::size_t>(-1 - named.value);
  if (n >= opened_.size()) return refuse("restructure.planned", tr("Tổ chức cấp trên hoặc đơn vị nhận chưa được mở trong đợt sắp xếp này."));
  return opened_[n];
}

std::string RestructureRun::name_of(BodyId id) {
  const auto body = changes_.body(id);
  return body ? body->on(plan_.day).name : std::string{};
}

Result<void> RestructureRun::touch(BodyId id) {
  if (before_.contains(id) || opened_ids_.contains(id)) return {};
  auto body = changes_.body(id);
  if (!body) return std::unexpected(body.error());
  before_.emplace(id, std::move(*body));
  return {};
}

std::string RestructureRun::system_of(BodyId id) {
  const auto body = changes_.body(id);
  return body ? house_.organisation_.systems().kind(body->kind).system : std::string{};
}

std::size_t RestructureRun::depth(BodyId id) {
  std::size_t out = 0;
  for (auto body = changes_.body(id); body && body->on(plan_.day).superior; body = changes_.body(body->on(plan_.day).superior)) ++out;
  return out;
}

bool RestructureRun::an_ending_body_is_called(std::string_view name) {
  if (!ending_names_) {
    ending_names_.emplace();
    for (const auto& act : plan_.acts)
      if (act.kind == BodyAct::Kind::merge || act.kind == BodyAct::Kind::split || act.kind == BodyAct::Kind::dissolve)
        for (const auto id : act.bodies) ending_names_->insert(tone_neutral(name_of(id)));
  }
  return ending_names_->contains(tone_neutral(name));
}

Result<void> RestructureRun::open() {
  opened_by_.resize(plan_.acts.size());
  for (std::size_t number = 0; number < plan_.acts.size(); ++number) {
    const auto& act = plan_.acts[number];
    const bool may_open = act.kind == BodyAct::Kind::open || act.kind == BodyAct::Kind::merge || act.kind == BodyAct::Kind::split;
    if (!may_open && !act.opened.empty()) return refuse("restructure.act", tr("Chỉ việc thành lập, hợp nhất và chia tách mới mở tổ chức mới."));
    for (auto given : act.opened) {
      const auto superior = resolved(given.superior);
      if (!superior) return std::unexpected(superior.error());
      given.superior = *superior;
      given.born = plan_.day;
      if (an_ending_body_is_called(given.name)) given.namesake = NewBody::Namesake::allowed;   // the successor often carries the name of what it replaces
      const auto made = changes_.found(given);
      if (!made) return std::unexpected(made.error());
      opened_.push_back(*made);
      opened_ids_.insert(*made);
      opened_by_[number].push_back(*made);
      fates_.push_back({BodyFate::opened, *made, {}, {}, name_of(*made)});
    }
  }
  return {};
}

Result<void> RestructureRun::transfer(const BodyAct& act) {
  if (act.bodies.empty() || (!act.superior && !act.area)) return refuse("restructure.act", tr("Cần chọn tổ chức được chuyển và nơi chuyển đến."));
  for (const auto id : act.bodies) {
    if (auto remembered = touch(id); !remembered) return remembered;
    const auto body = changes_.body(id);
    const auto& old = body->on(plan_.day);
    const auto superior = act.superior ? resolved(act.superior) : Result<BodyId>(old.superior);
    if (!superior) return std::unexpected(superior.error());
    FateLine line{BodyFate::moved, id, *superior, name_of(old.superior), name_of(*superior)};
    if (auto moved = changes_.move(id, plan_.day, *superior, act.area ? act.area : old.area); !moved) return moved;
    fates_.push_back(std::move(line));
  }
  return {};
}

Result<void> RestructureRun::rename(const BodyAct& act) {
  if (act.bodies.size() != 1) return refuse("restructure.act", tr("Mỗi lần đổi tên chỉ chọn một tổ chức."));
  const auto id = act.bodies.front();
  if (auto remembered = touch(id); !remembered) return remembered;
  FateLine line{BodyFate::renamed, id, {}, name_of(id), {}};
  if (auto renamed = changes_.rename(id, plan_.day, act.name, act.short_name); !renamed) return renamed;
  line.name_after = name_of(id);
  fates_.push_back(std::move(line));
  return {};
}

Result<void> RestructureRun::plan_ending(const BodyAct& act, std::size_t number) {
  std::vector<BodyId> successors = opened_by_[number];
  for (const auto named : act.successors) {
    const auto id = resolved(named);
    if (!id) return std::unexpected(id.error());
    successors.push_back(*id);
  }
  using enum BodyAct::Kind;
  if (act.bodies.empty()) return refuse("restructure.act", tr("Cần chọn tổ chức kết thúc hoạt động."));
  if (act.kind == merge && successors.size() != 1) return refuse("restructure.act", tr("Hợp nhất cần đúng một đơn vị kế thừa: một đơn vị đang có hoặc một đơn vị mới."));
  if (act.kind == split && (act.bodies.size() != 1 || successors.size() < 2)) return refuse("restructure.act", tr("Chia tách một tổ chức cần ít nhất hai đơn vị kế thừa."));
  if (act.kind == dissolve && successors.size() > 1) return refuse("restructure.act", tr("Khi giải thể, chỉ chọn nhiều nhất một nơi nhận bàn giao; nhiều nơi nhận thì lập biên bản sau."));
  for (const auto id : act.bodies) {
    if (auto remembered = touch(id); !remembered) return remembered;
    if (opened_ids_.contains(id)) return refuse("restructure.act", tr("Tổ chức vừa mở trong đợt này không thể kết thúc trong cùng đợt."));
    if (!ended_.insert(id).second) return refuse("restructure.act", tr("“{}” được chọn kết thúc hai lần trong cùng đợt.", name_of(id)));
    Ending ending{id, act.kind == dissolve ? std::vector<BodyId>{} : successors, successors.size() == 1 ? successors.front() : BodyId{}};
    if (ending.target && system_of(id) != system_of(ending.target)) ending.target = {};      // whose members and money they are is said by minutes
    endings_.push_back(std::move(ending));
  }
  for (const auto& [branch, part] : act.branches) {
    const auto to = resolved(part);
    if (!to) return std::unexpected(to.error());
    if (std::ranges::find(successors, *to) == successors.end()) return refuse("restructure.act", tr("“{}” phải về một trong các đơn vị kế thừa.", name_of(branch)));
    branches_to_[branch] = *to;
  }
  return {};
}

Result<void> RestructureRun::plan_endings() {
  for (std::size_t number = 0; number < plan_.acts.size(); ++number) {
    const auto& act = plan_.acts[number];
    if (act.kind != BodyAct::Kind::merge && act.kind != BodyAct::Kind::split && act.kind != BodyAct::Kind::dissolve) continue;
    if (auto planned_well = plan_ending(act, number); !planned_well) return planned_well;
  }
  for (const auto& ending : endings_) {
    auto heirs = ending.successors;
    if (ending.target) heirs.push_back(ending.target);
    for (const auto heir : heirs) {
      const auto body = changes_.body(heir);
      if (!body) return std::unexpected(body.error());
      if (ended_.contains(heir) || !body->alive(plan_.day))
        return refuse("restructure.act", tr("“{}” không còn hoạt động từ ngày {} nên không kế thừa được.", body->on(plan_.day).name, plan_.day.text()));
    }
  }
  return {};
}

// A branch keeps its area while that lives on; where its old commune is gone it lies in the commune of its new superior.
Result<void> RestructureRun::follow(BodyId branch, BodyId superior) {
  if (auto remembered = touch(branch); !remembered) return remembered;
  const auto body = changes_.body(branch);
  const auto above = changes_.body(superior);
  if (!above) return std::unexpected(above.error());
  const auto& old = body->on(plan_.day);
  const auto current = house_.organisation_.current();
  const auto* here = current->territory().find(old.area);
  const auto* there = current->territory().find(above->on(plan_.day).area);
  const bool goes_along = here && there && !here->alive(plan_.day) && there->alive(plan_.day) && here->level == there->level;
  FateLine line{BodyFate::moved, branch, superior, name_of(old.superior), name_of(superior)};
  if (auto moved = changes_.move(branch, plan_.day, superior, goes_along ? there->id : old.area); !moved) return moved;
  fates_.push_back(std::move(line));
  return {};
}

Result<void> RestructureRun::move_branches() {
  for (const auto& ending : endings_)
    for (const auto branch : changes_.children(ending.body, plan_.day)) {
      if (ended_.contains(branch)) continue;
      BodyId to;
      if (const auto chosen = branches_to_.find(branch); chosen != branches_to_.end()) to = chosen->second;
      else if (ending.successors.size() == 1) to = ending.successors.front();
      else
        return refuse("restructure.branches", tr("Chưa chọn đơn vị nhận “{}” (đang trực thuộc “{}”).", name_of(branch), name_of(ending.body)));
      if (auto followed = follow(branch, to); !followed) return followed;
    }
  return {};
}

Result<void> RestructureRun::end_all() {
  auto order = endings_;
  std::map<BodyId, std::size_t> depths;
  for (const auto& ending : order) depths[ending.body] = depth(ending.body);
  std::ranges::stable_sort(order, std::greater<>{}, [&](const Ending& ending) { return depths[ending.body]; });
  for (const auto& ending : order) {
    FateLine line{BodyFate::ended, ending.body, {}, name_of(ending.body), {}};
    if (auto ended = changes_.end(ending.body, plan_.day); !ended) return ended;
    fates_.push_back(std::move(line));
    for (const auto successor : ending.successors) {
      if (auto linked = changes_.succeed(ending.body, successor); !linked) return linked;
      fates_.push_back({BodyFate::succeeded, ending.body, successor, name_of(ending.body), name_of(successor)});
    }
  }
  return {};
}

void RestructureRun::find_ending_posts() {
  std::vector<BodyId> bodies;
  for (const auto& ending : endings_) bodies.push_back(ending.body);
  ended_posts_ = posts_ending(writer_, bodies, plan_.day);
}

Result<void> RestructureRun::run() {
  if (auto good = check(); !good) return good;
  if (auto done = open(); !done) return done;
  for (const auto& act : plan_.acts) {
    if (act.kind == BodyAct::Kind::open && act.opened.empty()) return refuse("restructure.act", tr("Cần ghi ít nhất một tổ chức mới."));
    if (act.kind == BodyAct::Kind::transfer)
      if (auto done = transfer(act); !done) return done;
    if (act.kind == BodyAct::Kind::rename)
      if (auto done = rename(act); !done) return done;
  }
  if (auto done = plan_endings(); !done) return done;
  if (auto done = move_branches(); !done) return done;
  find_ending_posts();
  if (auto done = end_all(); !done) return done;
  return hand_over_stocks();
}

void RestructureRun::begin() {
  StoredRestructure stored;
  stored.id = id_;
  stored.day = plan_.day;
  stored.title = normalised(plan_.title);
  stored.basis = {normalised(plan_.basis.number), plan_.basis.date, normalised(plan_.basis.issuer)};
  stored.by = by_.user;
  stored.applied_ms = by_.now_ms;
  stored.settled = false;
  restructure_sql::insert(writer_, stored);
}

void RestructureRun::keep() {
  namespace sql = restructure_sql;
  begin();
  changes_.write_down();
  const AuditSink told_as_a_whole;
  leave_posts(writer_, bulk_ ? told_as_a_whole : by_.sink, ended_posts_, plan_.day, reason_);
  sql::insert_fates(writer_, id_, fates_);
  std::vector<sql::Image> images;
  for (const auto& [id, body] : before_) images.push_back({body, false, sql::state_of(*changes_.body(id))});
  for (const auto id : opened_) {
    const auto body = changes_.body(id);
    images.push_back({*body, true, sql::state_of(*body)});
  }
  sql::insert_images(writer_, id_, images);
  sql::note_first_postings(writer_, id_, posted_);
  std::int64_t number = 0;
  const auto& catalogue = house_.ledger_.catalogue();
  for (const auto& one : rehomed_) sql::insert_rehomed(writer_, catalogue, id_, ++number, one);
  for (const auto& one : taken_) sql::insert_taken(writer_, catalogue, id_, one);
  sql::insert_ended_posts(writer_, id_, ended_posts_);
  if (!by_.sink) return;
  if (bulk_) {
    by_.sink(writer_, ChangeNote{fates_.front().body, sql::noun, id_.value, "apply", {},
                                 fmt::format(R"({{"day":"{}","decision":{},"lines":{},"posts_ended":{},"digest":"{}"}})", plan_.day.iso(), json_text(plan_.basis.number),
                                             fates_.size(), ended_posts_.size(), sql::digest_of_rows(writer_, id_)),
                                 reason_, {}});
    return;
  }
  std::string after = fmt::format(R"({{"day":"{}","decision":{},"bodies":[)", plan_.day.iso(), json_text(plan_.basis.number));
  for (const auto& line : fates_)
    after += fmt::format(R"({}{{"fate":{},"body":{},"other":{}}})", &line == &fates_.front() ? "" : ",", static_cast<int>(line.fate), line.body.value, line.other.value);
  by_.sink(writer_, ChangeNote{fates_.front().body, sql::noun, id_.value, "apply", {}, after + "]}", reason_, {}});
}

}  // namespace khuyenhoc
