#include "territory/frame.h"

#include <array>
#include <cassert>
#include <charconv>
#include <unordered_map>
#include <vector>

#include "base/i18n.h"

namespace khuyenhoc {
namespace {

using Fields = std::array<std::string_view, 6>;

// Calls `line` with the tab-separated fields of each line; the text is our own, made at build time.
template <class OnLine>
void each_line(OnLine on_line) {
  auto rest = frame_text();
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    auto line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    Fields fields{};
    for (auto& field : fields) {
      const auto tab = line.find('\t');
      field = line.substr(0, tab);
      if (tab == std::string_view::npos) break;
      line = line.substr(tab + 1);
    }
    on_line(fields);
  }
}

class FrameReader {
 public:
  explicit FrameReader(TerritoryBuilder& builder) : builder_(builder) {}

  Result<void> read() {
    each_line([this](const Fields& fields) {
      if (outcome_) outcome_ = line(fields);
    });
    if (outcome_ && started_) outcome_ = close_act();
    return outcome_;
  }

 private:
  using Units = std::unordered_map<std::string_view, UnitId>;

  Result<void> line(const Fields& f) {
    const auto tag = f[0];
    if (tag == "act") return begin_act(f);
    if (tag == "o") return old_unit(UnitLevel::province, country_, f, old_province_, f[4]);
    if (tag == "d") return old_unit(UnitLevel::district, old_province_, f, old_district_, f[4]);
    if (tag == "w") return old_unit(UnitLevel::commune, old_district_, f, last_, f[4]);
    if (tag == "P") return new_province(f);
    if (tag == "C") return new_commune(f);
    if (tag == "tP") return builder_.rename(provinces_.at(f[1]), {.type = std::string(f[2])});
    if (tag == "tC") return builder_.rename(communes_.at(f[1]), {.type = std::string(f[2])});
    assert(tag == "count" || tag == "fixed");
    return {};
  }

  Result<void> begin_act(const Fields& f) {
    if (started_) {
      if (auto done = close_act(); !done) return done;
    }
    const bool before = f[1] == "-";
    const auto act = builder_.begin({before ? Day::earliest() : Day::parse_iso(f[1]).value(), std::string(f[2]), std::string(f[3])});
    if (!act) return std::unexpected(act.error());
    started_ = true;
    reform_ = !before && !reformed_;
    if (!before) return {};
    const auto country = builder_.open(UnitLevel::country, {}, {"VN", "Việt Nam", "quốc gia"});
    if (!country) return std::unexpected(country.error());
    country_ = *country;
    return {};
  }

  Result<void> close_act() {
    if (reform_) {
      if (auto done = end_old_units(); !done) return done;
      reform_ = false;
      reformed_ = true;
    }
    return builder_.finish();
  }

  Result<void> old_unit(UnitLevel level, UnitId parent, const Fields& f, UnitId& made, std::string_view successor) {
    const auto id = builder_.open(level, parent, {std::string(f[1]), std::string(f[2]), std::string(f[3])});
    if (!id) return std::unexpected(id.error());
    made = *id;
    const bool goes_on = level == UnitLevel::province && f[5] == "same";
    if (goes_on) provinces_.emplace(f[1], *id);
    if (level == UnitLevel::commune) old_communes_.emplace(f[1], *id);
    ending_.push_back({*id, level, successor});
    return {};
  }

  Result<void> new_province(const Fields& f) {
    if (const auto same = provinces_.find(f[1]); same != provinces_.end()) return go_on(same->second, f);
    const auto id = builder_.open(UnitLevel::province, country_, {std::string(f[1]), std::string(f[2]), std::string(f[3])});
    if (!id) return std::unexpected(id.error());
    provinces_.emplace(f[1], *id);
    return {};
  }

  Result<void> new_commune(const Fields& f) {
    const auto province = provinces_.at(f[4]);
    if (f[5] == "-") {
      const auto id = builder_.open(UnitLevel::commune, province, {std::string(f[1]), std::string(f[2]), std::string(f[3])});
      if (!id) return std::unexpected(id.error());
      communes_.emplace(f[1], *id);
      return {};
    }
    const auto same = old_communes_.at(f[5]);
    communes_.emplace(f[1], same);
    if (auto done = builder_.transfer(same, province); !done) return done;
    return go_on(same, f);
  }

  // The same unit goes on; what the new list writes differently is a version.
  Result<void> go_on(UnitId unit, const Fields& f) {
    const auto before = builder_.version(unit, reform_day() - 1);
    PartialNaming changed;
    if (before.code != f[1]) changed.code = std::string(f[1]);
    if (before.name != f[2]) changed.name = std::string(f[2]);
    if (before.type != f[3]) changed.type = std::string(f[3]);
    if (!changed.code && !changed.name && !changed.type) return {};
    return builder_.rename(unit, changed);
  }

  Result<void> end_old_units() {
    for (const auto& old : ending_) {
      Result<void> done;
      if (old.successor == "-") {
        done = builder_.dissolve(old.unit);
      } else {
        const auto next = (old.level == UnitLevel::province ? provinces_ : communes_).at(old.successor);
        if (next != old.unit) done = builder_.hand_over(old.unit, std::span(&next, 1));
      }
      if (!done) return done;
    }
    return {};
  }

  struct Ending {
    UnitId unit;
    UnitLevel level;
    std::string_view successor;
  };

  TerritoryBuilder& builder_;
  Result<void> outcome_;
  bool started_ = false, reform_ = false, reformed_ = false;
  UnitId country_, old_province_, old_district_, last_;
  Units provinces_, communes_, old_communes_;       // of the new list; old ones by code
  std::vector<Ending> ending_;
};

}  // namespace

std::map<std::string, std::int64_t> frame_counts() {
  std::map<std::string, std::int64_t> out;
  each_line([&](const Fields& fields) {
    if (fields[0] != "count") return;
    std::int64_t count = 0;
    std::from_chars(fields[2].data(), fields[2].data() + fields[2].size(), count);
    out.emplace(fields[1], count);
  });
  return out;
}

std::vector<std::string> frame_corrections() {
  std::vector<std::string> out;
  each_line([&](const Fields& fields) {
    if (fields[0] == "fixed") out.emplace_back(fields[1]);
  });
  return out;
}

Result<void> build_frame(TerritoryBuilder& builder) {
  if (!builder.records().units.empty()) {
    return refuse("territory.not_empty", tr("Danh mục địa giới đã có đơn vị, không thể cài lại danh mục toàn quốc."));
  }
  return FrameReader(builder).read();
}

}  // namespace khuyenhoc
