// Decisions: bodies founded, merged, divided, moved, dissolved and renamed from a day, one act a line.
#include <regex>

#include <fmt/format.h>

#include "vocabulary.h"

namespace khuyenhoc::scenarios {
namespace {

const std::map<std::string_view, const char*>& kind_words() {
  static const std::map<std::string_view, const char*> words{{"provincial association", "tinh_hoi"},   {"commune association", "hoi_co_so"}, {"office association", "hoi_co_so_don_vi"},
                                                             {"village branch", "chi_hoi_thon_tdp"}, {"school branch", "chi_hoi_truong"},  {"clan board", "ban_dong_ho"},
                                                             {"faculty branch", "chi_hoi_khac"},    {"national association of former teachers", "cuu_giao_chuc_trung_uong"},
                                                             {"provincial association of former teachers", "cuu_giao_chuc_tinh"}, {"commune association of former teachers", "cuu_giao_chuc_xa"}};
  return words;
}

// Reads the acts of one decision; bodies that it opens may be named by the acts that follow.
class Acts {
 public:
  explicit Acts(ScenarioWorld& world) : world_(world) {}

  BodyAct read(const std::string& text) {
    static const std::regex founded("(.+) is founded, an? (.+) under (.+) in (.+)");
    static const std::regex founded_as_head("(.+) is founded, an? (.+) in (.+)");
    static const std::regex merged_into_new("(.+) become (.+), an? (.+) under (.+) in (.+)");
    static const std::regex merged("(.+) (?:join|joins) (.+)");
    static const std::regex divided("(.+) is divided into (.+) under (.+); (.+)");
    static const std::regex divided_bare("(.+) is divided into (.+) under (.+)");
    static const std::regex moved("(.+) moves? under (.+)");
    static const std::regex dissolved_for("(.+) is dissolved in favour of (.+)");
    static const std::regex dissolved("(.+) is dissolved");
    static const std::regex renamed("(.+) is renamed (.+)");
    std::smatch m;
    BodyAct act;
    if (std::regex_match(text, m, founded)) {
      act.kind = BodyAct::Kind::open;
      act.opened = {open(m[1], m[2], m[3], m[4])};
    } else if (std::regex_match(text, m, founded_as_head)) {
      act.kind = BodyAct::Kind::open;
      act.opened = {open(m[1], m[2], {}, m[3])};
    } else if (std::regex_match(text, m, merged_into_new)) {
      act.kind = BodyAct::Kind::merge;
      act.bodies = world_.bodies(m[1].str());
      act.opened = {open(m[2], m[3], m[4], m[5])};
    } else if (std::regex_match(text, m, merged)) {
      act.kind = BodyAct::Kind::merge;
      act.bodies = world_.bodies(m[1].str());
      act.successors = {body(m[2])};
    } else if (std::regex_match(text, m, divided) || std::regex_match(text, m, divided_bare)) {
      divide(act, m);
    } else if (std::regex_match(text, m, moved)) {
      act.kind = BodyAct::Kind::transfer;
      act.bodies = world_.bodies(m[1].str());
      act.superior = body(m[2]);
    } else if (std::regex_match(text, m, dissolved_for)) {
      act.kind = BodyAct::Kind::dissolve;
      act.bodies = world_.bodies(m[1].str());
      for (const std::string& name : listed(m[2].str())) act.successors.push_back(body(name));
    } else if (std::regex_match(text, m, dissolved)) {
      act.kind = BodyAct::Kind::dissolve;
      act.bodies = world_.bodies(m[1].str());
    } else if (std::regex_match(text, m, renamed)) {
      act.kind = BodyAct::Kind::rename;
      act.bodies = {world_.body(m[1].str())};
      act.name = m[2];
      act.short_name = short_name(m[2]);
    } else {
      throw std::invalid_argument(fmt::format("“{}” is not an act of a decision; see decisions.cpp", text));
    }
    return act;
  }

 private:
  static std::string short_name(std::string name) {
    for (const std::string_view start : {"Hội Khuyến học ", "Chi hội "})
      if (name.starts_with(start)) name.erase(0, start.size());
    if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return name;
  }
  BodyId body(const std::string& name) const {
    for (std::size_t i = 0; i < opened_.size(); ++i)
      if (opened_[i] == name) return planned(i);
    return world_.body(name);
  }
  NewBody open(const std::string& name, const std::string& kind, const std::string& superior, const std::string& unit) {
    const auto found = kind_words().find(kind);
    if (found == kind_words().end()) throw std::invalid_argument(fmt::format("“{}” is not a kind of body that scenarios have a word for", kind));
    NewBody given;
    given.kind = found->second;
    given.name = name;
    given.short_name = short_name(name);
    given.superior = superior.empty() ? BodyId{} : body(superior);
    given.area = world_.unit(unit);
    opened_.push_back(name);
    return given;
  }
  // "X is divided into A in U and B in V under S; branch goes to A"
  void divide(BodyAct& act, const std::smatch& m) {
    act.kind = BodyAct::Kind::split;
    act.bodies = {world_.body(m[1].str())};
    for (const std::string& part : listed(m[2].str())) {
      const auto in = part.rfind(" in ");
      if (in == std::string::npos) act.successors.push_back(body(part));
      else act.opened.push_back(open(part.substr(0, in), "commune association", m[3], part.substr(in + 4)));
    }
    if (m.size() < 5) return;
    for (const std::string& part : listed(m[4].str())) {
      const auto to = part.find(" goes to ");
      if (to == std::string::npos) throw std::invalid_argument(fmt::format("“{}”: say which branch goes to which part", part));
      act.branches.emplace_back(world_.body(part.substr(0, to)), body(part.substr(to + 9)));
    }
  }

  ScenarioWorld& world_;
  std::vector<std::string> opened_;     // in the order of the decision
};

BodyRestructure decision_of(ScenarioWorld& world, const Sentence& sentence, const Words& words) {
  BodyRestructure decision;
  decision.day = world.day(words[2]);
  decision.title = "Sắp xếp tổ chức Hội";
  decision.basis = {words[1], decision.day - 10, "Hội Khuyến học tỉnh Đắk Lắk"};
  Acts acts(world);
  for (const Sentence& line : sentence.under) decision.acts.push_back(acts.read(line.text));
  return decision;
}

}  // namespace

const std::vector<Happening>& decisions() {
  static const std::vector<Happening> all{
      {"By decision (\\S+) from ([0-9/]+)",
       [](ScenarioWorld& world, const Sentence& sentence, const Words& words) -> Result<void> {
         const auto id = world.restructures->apply(decision_of(world, sentence, words), world.by());
         if (!id) return std::unexpected(id.error());
         world.decisions[words[1]] = *id;
         return {};
       }},
      // Seen before it is done: the totals it would change are written down, and nothing else happens.
      {"Decision (\\S+) from ([0-9/]+) is looked at before it is signed",
       [](ScenarioWorld& world, const Sentence& sentence, const Words& words) -> Result<void> {
         const auto before = world.answers();
         const auto preview = world.restructures->preview(decision_of(world, sentence, words), world.by());
         if (!preview) return std::unexpected(preview.error());
         world.preview = *preview;
         if (world.answers() != before) return refuse("scenario.preview_wrote", "looking at a decision changed something");
         return {};
       }},
  };
  return all;
}

}  // namespace khuyenhoc::scenarios
