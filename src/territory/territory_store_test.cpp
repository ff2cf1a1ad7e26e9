#include "territory/territory_store.h"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/db/test_stores.h"
#include "territory/territory_fixture.h"

namespace khuyenhoc {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Day eve = Day::of(2025, 6, 30);
const Day today = Day::of(2026, 6, 30);

class StoredTerritory : public db::OnBothStores {
 protected:
  SmallTerritory small;
  TerritoryStore territories;

  void fill() {
    const auto done = store().write([&](db::Writer& writer) {
      return territories.apply_acts(writer, [&](TerritoryBuilder& builder) -> Result<void> {
        small = build_small_territory(builder);
        return {};
      });
    });
    ASSERT_TRUE(done.has_value()) << done.error().message;
  }
  Result<RestructureId> apply(Day day, const TerritoryStore::Change& change) {
    return store().write([&](db::Writer& writer) { return territories.apply(writer, {day, "Sắp xếp thử", "Nghị quyết số 1/NQ-HĐND"}, change); });
  }
  // Everything that can be asked of a territory, as text.
  static std::string told(const Territory& territory) {
    std::string out;
    for (Node node = 0; node < territory.size(); ++node) {
      const auto id = territory.id(node);
      for (const auto day : {eve, reform_day(), today}) {
        const auto place = territory.tree().place(node, day);
        out += fmt::format("{} {} {} {} {}\n", territory.code_path(id, day), territory.path(id, day), territory.unit(id).alive(day), static_cast<int>(place.kind), place.at);
      }
      for (const auto next : territory.successors(id)) out += fmt::format("  -> {}\n", next.value);
    }
    return out;
  }
  std::string stored() {
    TerritoryStore other;
    store().read([&](db::Reader& reader) { other.load(reader); });
    return told(*other.current());
  }
};

ON_BOTH_STORES(StoredTerritory);

TEST_P(StoredTerritory, What_was_written_is_what_is_loaded_after_a_restart) {
  fill();
  const auto before = told(*territories.current());
  reopen();
  EXPECT_EQ(stored(), before);
  EXPECT_EQ(before, told(*small_territory().territory));
}

TEST_P(StoredTerritory, A_restructure_is_published_after_its_commit_and_kept) {
  fill();
  int published = 0;
  territories.on_publish([&](const TerritoryView& view) {
    ++published;
    EXPECT_FALSE(view->unit(small.ea_o).alive(today));
  });
  const auto old = territories.current();
  const auto act = apply(Day::of(2026, 1, 1), [&](TerritoryBuilder& builder) { return builder.merge_into(std::array{small.ea_o}, small.ea_kar); });
  ASSERT_TRUE(act.has_value()) << act.error().message;
  EXPECT_EQ(published, 1);
  EXPECT_TRUE(old->unit(small.ea_o).alive(today)) << "a reader's snapshot does not change under it";
  EXPECT_FALSE(territories.current()->unit(small.ea_o).alive(today));
  EXPECT_GT(territories.current()->version(), old->version());
  EXPECT_EQ(stored(), told(*territories.current()));
  EXPECT_EQ(territories.restructures().back().title, "Sắp xếp thử");
  const auto items = store().read([&](db::Reader& reader) { return TerritoryStore::items(reader, *act); });
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].kind, RestructureItem::Kind::hand_over);
  EXPECT_EQ(items[0].unit, small.ea_o);
  EXPECT_EQ(items[0].other, small.ea_kar);
}

TEST_P(StoredTerritory, A_refused_restructure_changes_nothing) {
  fill();
  const auto before = told(*territories.current());
  const auto refused = apply(Day::of(2026, 1, 1), [&](TerritoryBuilder& builder) { return builder.dissolve(small.dak_lak); });
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "territory.orphan");
  EXPECT_EQ(told(*territories.current()), before);
  EXPECT_EQ(stored(), before);
}

TEST_P(StoredTerritory, A_preview_shows_the_effect_and_writes_nothing) {
  fill();
  const auto before = told(*territories.current());
  const auto preview = territories.preview({Day::of(2026, 1, 1), "Thử", "Dự thảo"}, [&](TerritoryBuilder& builder) { return builder.rename(small.ea_o, {.type = "phường"}); });
  ASSERT_TRUE(preview.has_value());
  EXPECT_EQ((*preview)->unit(small.ea_o).full_name(today), "Phường Ea Ô");
  EXPECT_EQ(stored(), before);
}

TEST_P(StoredTerritory, Undo_restores_the_very_same_answers) {
  fill();
  const auto before = told(*territories.current());
  const auto act = apply(Day::of(2026, 1, 1), [&](TerritoryBuilder& builder) -> Result<void> {
    const auto made = builder.merge(std::array{small.ea_o, small.ea_kar}, small.dak_lak, {"24373", "Ea Kar Lớn", "phường"});
    if (!made) return std::unexpected(made.error());
    if (auto done = builder.unlink(small.ea_bhok, small.ea_ktur); !done) return done;
    return builder.rename(small.song_hinh, {.name = "Sông Hinh Mới"});
  });
  ASSERT_TRUE(act.has_value()) << act.error().message;
  EXPECT_NE(stored(), before);
  const auto undone = store().write([&](db::Writer& writer) { return territories.undo(writer, *act); });
  ASSERT_TRUE(undone.has_value()) << undone.error().message;
  EXPECT_EQ(told(*territories.current()), before);
  EXPECT_EQ(stored(), before);
  EXPECT_TRUE(territories.restructures().back().undone) << "the act itself stays on record";
}

TEST_P(StoredTerritory, Undo_asks_whoever_may_depend_on_the_units) {
  fill();
  UnitId opened;
  const auto act = apply(Day::of(2026, 1, 1), [&](TerritoryBuilder& builder) -> Result<void> {
    const auto made = builder.open(UnitLevel::village, small.ea_o, {"T8", "8", "thôn"});
    if (!made) return std::unexpected(made.error());
    opened = *made;
    return {};
  });
  ASSERT_TRUE(act.has_value()) << act.error().message;
  territories.check_before_undo([&](db::Reader&, const Restructure& restructure, std::span<const UnitId> units) -> Result<void> {
    EXPECT_EQ(restructure.id, *act);
    EXPECT_THAT(std::vector<UnitId>(units.begin(), units.end()), ElementsAre(opened));
    return refuse("organisation.depends", "Chi hội Thôn 8 đang hoạt động tại đây.");
  });
  const auto undone = store().write([&](db::Writer& writer) { return territories.undo(writer, *act); });
  ASSERT_FALSE(undone.has_value());
  EXPECT_EQ(undone.error().code, "organisation.depends");
  EXPECT_NE(territories.current()->find(opened), nullptr);
}

TEST_P(StoredTerritory, Two_changes_of_one_transaction_see_each_other) {
  fill();
  const auto done = store().write([&](db::Writer& writer) -> Result<void> {
    const auto first = territories.apply(writer, {Day::of(2026, 1, 1), "Một", "Nghị quyết"}, [&](TerritoryBuilder& builder) { return builder.rename(small.ea_o, {.name = "Một"}); });
    if (!first) return std::unexpected(first.error());
    const auto second = territories.apply(writer, {Day::of(2026, 2, 1), "Hai", "Nghị quyết"}, [&](TerritoryBuilder& builder) {
      EXPECT_EQ(builder.version(small.ea_o, today).name, "Một");
      return builder.rename(small.ea_o, {.type = "phường"});
    });
    if (!second) return std::unexpected(second.error());
    return {};
  });
  ASSERT_TRUE(done.has_value()) << done.error().message;
  EXPECT_EQ(territories.current()->unit(small.ea_o).full_name(today), "Phường Một");
  EXPECT_EQ(stored(), told(*territories.current()));
}

TEST_P(StoredTerritory, Another_process_notices_the_change_and_builds_upon_it) {
  fill();
  TerritoryStore other;
  store().read([&](db::Reader& reader) { other.load(reader); });
  ASSERT_TRUE(apply(Day::of(2026, 1, 1), [&](TerritoryBuilder& builder) { return builder.rename(small.ea_o, {.name = "Một"}); }));
  EXPECT_EQ(other.current()->unit(small.ea_o).full_name(today), "Xã Ea Ô");
  // it changes something itself before it has noticed
  const auto act = store().write([&](db::Writer& writer) {
    return other.apply(writer, {Day::of(2026, 2, 1), "Hai", "Nghị quyết"}, [&](TerritoryBuilder& builder) { return builder.rename(small.ea_o, {.type = "phường"}); });
  });
  ASSERT_TRUE(act.has_value()) << act.error().message;
  EXPECT_EQ(other.current()->unit(small.ea_o).full_name(today), "Phường Một");
  EXPECT_TRUE(store().read([&](db::Reader& reader) { return territories.refresh(reader); }));
  EXPECT_FALSE(store().read([&](db::Reader& reader) { return territories.refresh(reader); }));
  EXPECT_EQ(told(*territories.current()), told(*other.current()));
}

TEST_P(StoredTerritory, A_unit_tells_the_acts_that_made_it_and_a_search_keeps_to_what_is_allowed) {
  fill();
  const auto titles = [&](UnitId unit) {
    std::vector<std::int64_t> out;
    for (const auto& act : store().read([&](db::Reader& reader) { return TerritoryStore::acts_of(reader, unit); })) out.push_back(act.id.value);
    return out;
  };
  EXPECT_THAT(titles(small.cu_hue), ElementsAre(small.before.value, small.reform.value));
  EXPECT_THAT(titles(small.ea_kar), ElementsAre(small.reform.value));
  EXPECT_THAT(titles(small.country), ElementsAre(small.before.value));
  const auto found = territories.current()->search("ea kar", today, 10, [&](UnitId unit) { return unit != small.ea_kar; });
  EXPECT_EQ(std::ranges::count(found, small.ea_kar), 0);
  EXPECT_EQ(std::ranges::count(found, small.old_ea_kar), 1);
}

TEST_P(StoredTerritory, The_national_frame_is_installed_once_and_loads_again) {
  const auto done = store().write([&](db::Writer& writer) { return territories.install_frame(writer); });
  ASSERT_TRUE(done.has_value()) << done.error().message;
  EXPECT_EQ(territories.current()->units(UnitLevel::commune, today).size(), 3321u);
  EXPECT_EQ(stored(), told(*territories.current()));
  const auto again = store().write([&](db::Writer& writer) { return territories.install_frame(writer); });
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().code, "territory.not_empty");
  EXPECT_THAT(again.error().message, HasSubstr("đã có đơn vị"));
}

}  // namespace
}  // namespace khuyenhoc
