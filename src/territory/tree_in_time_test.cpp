#include "territory/tree_in_time.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace khuyenhoc {
namespace {

using Kind = Placement::Kind;

const Day founded = Day::of(1996, 10, 2);
const Day before = Day::of(2025, 6, 30);
const Day reform = Day::of(2025, 7, 1);
const Day today = Day::of(2026, 11, 22);

// Đắk Lắk and Phú Yên become the new Đắk Lắk; the district goes; Ea Kar is divided; two communes merge.
struct Reform : testing::Test {
  TreeInTime tree;
  Node country = tree.add(founded, no_node);
  Node dak_lak = tree.add(founded, country);
  Node phu_yen = tree.add(founded, country);
  Node district = tree.add(founded, dak_lak);
  Node ea_kar = tree.add(founded, district);
  Node cu_ni = tree.add(founded, district);
  Node ea_o = tree.add(founded, district);
  Node tuy_an = tree.add(founded, phu_yen);
  Node new_ea_kar = tree.add(reform, dak_lak);
  Node new_ea_o = tree.add(reform, dak_lak);

  void SetUp() override {
    tree.end(phu_yen, reform);
    tree.succeed(phu_yen, dak_lak);
    tree.end(district, reform);
    for (const Node old : {ea_kar, cu_ni, ea_o}) tree.end(old, reform);
    tree.succeed(ea_kar, new_ea_kar);
    tree.succeed(ea_kar, new_ea_o);
    tree.succeed(cu_ni, new_ea_kar);
    tree.succeed(ea_o, new_ea_o);
  }
};

TEST_F(Reform, a_unit_alive_on_the_day_stands_as_itself) {
  EXPECT_EQ(tree.place(ea_kar, before), (Placement{Kind::itself, ea_kar}));
  EXPECT_EQ(tree.place(new_ea_o, today), (Placement{Kind::itself, new_ea_o}));
}

TEST_F(Reform, a_merged_unit_is_counted_inside_its_only_successor) {
  EXPECT_EQ(tree.place(phu_yen, today), (Placement{Kind::inside, dak_lak}));
  EXPECT_EQ(tree.place(cu_ni, today), (Placement{Kind::inside, new_ea_kar}));
}

TEST_F(Reform, a_divided_unit_is_a_line_under_the_lowest_common_ancestor) {
  EXPECT_EQ(tree.place(ea_kar, today), (Placement{Kind::line, dak_lak}));
}

TEST_F(Reform, a_merged_unit_is_a_line_in_the_old_tree_under_the_ancestor_of_its_predecessors) {
  EXPECT_EQ(tree.place(new_ea_kar, before), (Placement{Kind::line, district}));
}

TEST_F(Reform, a_unit_without_successor_is_a_line_under_the_place_of_its_last_parent) {
  EXPECT_EQ(tree.place(district, today), (Placement{Kind::line, dak_lak}));
  const Node club = tree.add(founded, phu_yen);
  tree.end(club, Day::of(2020, 1, 1));
  EXPECT_EQ(tree.place(club, Day::of(2021, 1, 1)), (Placement{Kind::line, phu_yen}));
  EXPECT_EQ(tree.place(club, today), (Placement{Kind::line, dak_lak}));
  const Node village = tree.add(founded, ea_kar);
  tree.end(village, reform);
  EXPECT_EQ(tree.place(village, today), (Placement{Kind::line, ea_kar})) << "under the line of the divided commune";
}

TEST_F(Reform, what_is_born_later_without_predecessor_stands_where_its_parent_stood) {
  const Node branch = tree.add(today, new_ea_o);
  EXPECT_EQ(tree.place(branch, reform), (Placement{Kind::inside, new_ea_o}));
  EXPECT_EQ(tree.place(branch, before), (Placement{Kind::inside, new_ea_o})) << "on the line of its commune, which is not a line of each branch";
  tree.lay_in(branch, ea_o);
  EXPECT_EQ(tree.place(branch, before), (Placement{Kind::inside, ea_o})) << "it recorded the old commune it lies in";
}

TEST_F(Reform, chains_of_merges_are_followed_to_what_is_alive) {
  const Day later = Day::of(2026, 5, 1);
  const Node greater = tree.add(later, dak_lak);
  tree.end(new_ea_o, later);
  tree.succeed(new_ea_o, greater);
  EXPECT_EQ(tree.place(ea_o, today), (Placement{Kind::inside, greater}));
  EXPECT_EQ(tree.place(ea_kar, today), (Placement{Kind::line, dak_lak}));
  tree.end(new_ea_kar, later);
  tree.succeed(new_ea_kar, greater);
  EXPECT_EQ(tree.place(ea_kar, today), (Placement{Kind::inside, greater})) << "both halves came together again";
  EXPECT_EQ(tree.place(greater, before), (Placement{Kind::line, district}));
}

TEST_F(Reform, a_body_whose_parent_is_gone_hangs_where_that_parent_is_placed) {
  const Node school = tree.add(founded, cu_ni);
  const Node office = tree.add(founded, ea_kar);
  const Node guild = tree.add(founded, district);
  EXPECT_EQ(tree.hangs_under(school, before), cu_ni);
  EXPECT_EQ(tree.hangs_under(school, today), new_ea_kar);
  EXPECT_EQ(tree.hangs_under(office, today), ea_kar) << "under the line of the divided commune";
  EXPECT_EQ(tree.hangs_under(guild, today), district);
  EXPECT_EQ(tree.children(new_ea_kar, today), std::vector<Node>{school});
  EXPECT_EQ(tree.children(ea_kar, today), std::vector<Node>{office});
  EXPECT_TRUE(tree.is_within(school, dak_lak, today));
  EXPECT_TRUE(tree.is_within(office, dak_lak, today));
  EXPECT_FALSE(tree.is_within(school, district, today));
  EXPECT_TRUE(tree.is_within(school, district, before));
}

TEST_F(Reform, moves_are_versions_and_the_same_day_replaces) {
  EXPECT_EQ(tree.parent(tuy_an, today), phu_yen);
  tree.move(tuy_an, reform, country);
  tree.move(tuy_an, reform, dak_lak);
  EXPECT_EQ(tree.parent(tuy_an, before), phu_yen);
  EXPECT_EQ(tree.parent(tuy_an, today), dak_lak);
  EXPECT_EQ(tree.children(dak_lak, before), std::vector<Node>{district});
  EXPECT_EQ(tree.children(dak_lak, today), (std::vector<Node>{tuy_an, new_ea_kar, new_ea_o}));
  EXPECT_EQ(tree.roots(today), std::vector<Node>{country});
}

TEST_F(Reform, an_end_taken_back_restores_the_same_answers) {
  tree.end(new_ea_o, today);
  EXPECT_FALSE(tree.alive(new_ea_o, today));
  tree.revive(new_ea_o);
  EXPECT_TRUE(tree.alive(new_ea_o, today));
  EXPECT_EQ(tree.place(ea_o, today), (Placement{Kind::inside, new_ea_o}));
  tree.forget_succession(ea_o, new_ea_o);
  EXPECT_EQ(tree.place(ea_o, today), (Placement{Kind::line, district}));
}

TEST_F(Reform, roots_that_are_gone_have_no_place_and_lines_of_separate_trees_hang_at_the_top) {
  const Node union_head = tree.add(founded, no_node);
  const Node cell = tree.add(founded, union_head);
  tree.end(union_head, reform);
  EXPECT_EQ(tree.place(union_head, today).kind, Kind::nowhere);
  EXPECT_EQ(tree.hangs_under(cell, today), no_node);
  tree.succeed(union_head, country);
  EXPECT_EQ(tree.hangs_under(cell, today), country);
  const Node other = tree.add(reform, no_node);
  tree.succeed(union_head, other);
  EXPECT_EQ(tree.place(union_head, today), (Placement{Kind::line, no_node}));
  EXPECT_EQ(tree.hangs_under(cell, today), union_head);
}

TEST_F(Reform, a_part_that_still_names_its_divided_parent_does_not_stand_inside_itself) {
  const Node village = tree.add(founded, ea_o);
  tree.forget_succession(ea_o, new_ea_o);
  tree.succeed(ea_o, village);
  EXPECT_EQ(tree.place(ea_o, today), (Placement{Kind::inside, village}));
  EXPECT_EQ(tree.hangs_under(village, today), district) << "where its parent stood";
  const Node other = tree.add(founded, ea_o);
  tree.succeed(ea_o, other);
  EXPECT_EQ(tree.place(ea_o, today), (Placement{Kind::line, district}));
}

TEST_F(Reform, knows_since_when_a_tree_looks_as_it_does) {
  EXPECT_EQ(tree.unchanged_since(today), reform);
  EXPECT_EQ(tree.unchanged_since(before), founded);
  EXPECT_EQ(tree.unchanged_since(Day::of(1990, 1, 1)), Day::earliest());
}

TEST_F(Reform, tells_new_nodes_from_other_changes) {
  const TreeInTime older = tree;
  EXPECT_TRUE(tree.only_added_since(older));
  const Node fresh = tree.add(today, new_ea_o);
  tree.move(fresh, today + 10, new_ea_kar);
  EXPECT_TRUE(tree.only_added_since(older));
  EXPECT_FALSE(older.only_added_since(tree));
  TreeInTime ended = tree;
  ended.end(new_ea_o, today);
  EXPECT_FALSE(ended.only_added_since(older));
  tree.succeed(ea_o, fresh);
  EXPECT_FALSE(tree.only_added_since(older));
}

}  // namespace
}  // namespace khuyenhoc
