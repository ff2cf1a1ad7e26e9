#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "organisation/letterheads.h"
#include "organisation/numbering.h"
#include "organisation/organisation_fixture.h"
#include "organisation/signing.h"
#include "platform/db/test_stores.h"
#include "platform/document/test_pictures.h"

namespace khuyenhoc {
namespace {

using testing::ElementsAre;

class Signing : public db::OnBothStores {
 protected:
  void SetUp() override {
    db::OnBothStores::SetUp();
    if (IsSkipped()) return;
    bodies.emplace(store(), small.land.territory);
    bodies->load();
    import_organisation(*bodies, *small.organisation);
    chairman = hold("chu_tich", "Nguyễn Đình Sơn");
    deputy = hold("pho_chu_tich", "Trần Thị Bích");
    office = hold("chanh_van_phong", "Y Bhiông Niê");
    member = hold("uy_vien_btv", "H’Ngoan Niê");
  }
  void TearDown() override {
    bodies.reset();
    db::OnBothStores::TearDown();
  }

  std::int64_t hold(std::string_view post, std::string name, BodyId body = {}) {
    PostHolding holding;
    holding.body = body ? body : small.ea_kar;
    holding.post = post;
    holding.person_name = std::move(name);
    holding.from = Day::of(2025, 9, 1);
    const auto done = store().write([&](db::Writer& writer) { return appoint(store(), writer, {}, holding); });
    EXPECT_TRUE(done) << done.error().message;
    return done->id;
  }
  Result<SigningRule> rule(SigningRule given) {
    given.body = small.ea_kar;
    return store().write([&](db::Writer& writer) { return set_signing_rule(store(), writer, {}, given); });
  }
  std::vector<std::string> block(std::string_view paper, Day on) {
    return store().read([&](db::Reader& reader) { return signature_block(reader, *bodies->current(), small.ea_kar, paper, on).authority; });
  }
  Result<document::Signer> block_of(std::string_view paper, Day on, std::int64_t holding, Pictures pictures = Pictures::none) {
    return store().read([&](db::Reader& reader) { return signature_block_of(reader, *bodies->current(), small.ea_kar, paper, on, holding, pictures); });
  }
  void leaves(std::int64_t holding, Day gone) {
    ASSERT_TRUE(store().write([&](db::Writer& writer) { return leave_post(writer, {}, holding, gone, 1); }));
  }

  SmallOrganisation small = small_organisation();
  std::optional<OrganisationStore> bodies;
  std::int64_t chairman = 0, deputy = 0, office = 0, member = 0;
  const Day day = Day::of(2026, 6, 8);
};
ON_BOTH_STORES(Signing);

TEST_P(Signing, The_chairman_signs_for_the_standing_committee_and_deputies_in_the_chairmans_place) {
  EXPECT_THAT(block("bao_cao", day), ElementsAre("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"));
  EXPECT_THAT(block("nghi_quyet", day), ElementsAre("TM. BAN CHẤP HÀNH", "CHỦ TỊCH"));
  EXPECT_THAT(block_of("bao_cao", day, deputy)->authority, ElementsAre("TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"));
  EXPECT_THAT(block_of("giay_moi", day, office)->authority, ElementsAre("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"));
  EXPECT_EQ(block_of("bao_cao", day, office).error().code, "signing.may_not");
  EXPECT_EQ(block_of("bao_cao", day, member).error().code, "signing.may_not");
}

TEST_P(Signing, Without_a_chairman_a_deputy_signs_and_without_anybody_the_chairmans_place_stays_open) {
  leaves(chairman, day - 10);
  EXPECT_THAT(block("bao_cao", day), ElementsAre("TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"));
  EXPECT_THAT(block("bao_cao", day - 11), ElementsAre("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH")) << "an old paper has its own signer";
  leaves(deputy, day - 5);
  EXPECT_THAT(block("giay_moi", day), ElementsAre("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH")) << "nobody gives orders, so nobody signs by order";
  EXPECT_EQ(block_of("bao_cao", day, chairman).error().code, "signing.may_not");
}

TEST_P(Signing, An_office_says_who_signs_which_paper_from_which_day_and_the_narrowest_rule_counts) {
  ASSERT_TRUE(rule({.paper = "bao_cao", .post = "chanh_van_phong", .manner = SigningManner::by_order, .on_behalf = OnBehalf::standing_committee, .from = day}));
  EXPECT_THAT(block_of("bao_cao", day, office)->authority, ElementsAre("TL. BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"));
  EXPECT_FALSE(block_of("bao_cao", day - 1, office));
  ASSERT_TRUE(rule({.post = "pho_chu_tich", .manner = SigningManner::not_at_all, .from = day}));
  ASSERT_TRUE(rule({.paper = "thong_bao", .post = "pho_chu_tich", .manner = SigningManner::in_place, .from = day}));
  EXPECT_FALSE(block_of("bao_cao", day, deputy));
  EXPECT_THAT(block_of("thong_bao", day, deputy)->authority, ElementsAre("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"));
}

TEST_P(Signing, An_authorisation_is_written_for_one_person_and_ends_on_its_day) {
  const SigningRule paper{.holding = member, .manner = SigningManner::authorised, .basis = "Giấy ủy quyền số 03/UQ-HKH ngày 05/3/2026", .from = day, .until = day + 30};
  auto without = paper;
  without.basis.clear();
  EXPECT_EQ(rule(without).error().code, "signing.basis");
  without = paper;
  without.until.reset();
  EXPECT_EQ(rule(without).error().code, "signing.until");
  without = paper;
  without.holding = 0;
  without.post = "uy_vien_btv";
  EXPECT_EQ(rule(without).error().code, "signing.post");
  const auto made = rule(paper);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_THAT(block_of("cong_van", day + 29, member)->authority, ElementsAre("TUQ. CHỦ TỊCH", "ỦY VIÊN BAN THƯỜNG VỤ"));
  EXPECT_FALSE(block_of("cong_van", day + 30, member));
  const auto end = [&](std::int64_t version) { return store().write([&](db::Writer& writer) { return end_signing_rule(writer, {}, made->id, day + 3, version); }); };
  EXPECT_EQ(end(7).error().code, "signing.stale");
  ASSERT_TRUE(end(1));
  EXPECT_FALSE(block_of("cong_van", day + 4, member));
}

TEST_P(Signing, Whoever_acts_as_the_head_signs_as_such) {
  leaves(chairman, day - 10);
  ASSERT_TRUE(rule({.holding = deputy, .manner = SigningManner::acting, .on_behalf = OnBehalf::standing_committee, .basis = "Quyết định số 12/QĐ-HKH ngày 28/5/2026", .from = day}));
  EXPECT_THAT(block("bao_cao", day), ElementsAre("TM. BAN THƯỜNG VỤ", "Q. CHỦ TỊCH"));
}

TEST_P(Signing, A_branch_head_signs_without_a_committee) {
  hold("chi_hoi_truong", "Phạm Văn Lượng", small.thon_8);
  const auto signer = store().read([&](db::Reader& reader) { return signature_block(reader, *bodies->current(), small.thon_8, "bao_cao", day); });
  EXPECT_THAT(signer.authority, ElementsAre("CHI HỘI TRƯỞNG"));
  EXPECT_EQ(signer.name, "Phạm Văn Lượng");
}

TEST_P(Signing, Seal_and_signature_stand_only_on_digital_papers_of_their_days) {
  const auto set = [&](PictureKind kind, std::int64_t holding, Day from, std::string png, std::string name = "dau.png") {
    return store().write([&](db::Writer& writer) { return set_picture(store(), writer, {}, {small.ea_kar, kind, holding, from, std::move(png), std::move(name)}, 1'000); });
  };
  const auto ring = document::test_png(600, 600, document::Ground::transparent);
  EXPECT_EQ(set(PictureKind::seal, 0, day, document::test_png(600, 600, document::Ground::white)).error().code, "picture.opaque");
  EXPECT_EQ(set(PictureKind::seal, 0, day, "%PDF-1.4", "dau.png").error().place, "file");
  EXPECT_EQ(set(PictureKind::signature, 0, day, ring).error().code, "picture.holder");
  ASSERT_TRUE(set(PictureKind::seal, 0, day, ring));
  ASSERT_TRUE(set(PictureKind::signature, chairman, day, document::test_png(500, 200, document::Ground::transparent)));
  EXPECT_FALSE(block_of("bao_cao", day, chairman)->seal) << "a draft has none";
  const auto digital = block_of("bao_cao", day, chairman, Pictures::digital);
  ASSERT_TRUE(digital->seal);
  EXPECT_DOUBLE_EQ(digital->seal->width_mm, 36);
  EXPECT_DOUBLE_EQ(digital->signature->height_mm, 20);
  EXPECT_FALSE(block_of("bao_cao", day - 1, chairman, Pictures::digital)->seal);
  EXPECT_FALSE(block_of("bao_cao", day, deputy, Pictures::digital)->signature) << "everybody signs with the own hand";

  ASSERT_TRUE(set(PictureKind::seal, 0, day + 10, document::test_png(300, 300, document::Ground::transparent)));
  EXPECT_EQ(set(PictureKind::seal, 0, day + 5, ring).error().code, "picture.days");
  const auto all = store().read([&](db::Reader& reader) { return paper_pictures(reader, small.ea_kar); });
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all.back().kind == PictureKind::seal ? all.back().until : all[1].until, day + 10) << "the old one ends where the new one begins";
}

TEST_P(Signing, Numbers_run_by_kind_and_year_unless_the_office_says_otherwise) {
  const auto rule_on = [&](Day at) { return store().read([&](db::Reader& reader) { return numbering_rule(reader, small.ea_kar, at); }); };
  EXPECT_EQ(rule_on(day).series, NumberSeries::by_kind);
  const auto set = [&](const NumberingRule& given, std::int64_t version) { return store().write([&](db::Writer& writer) { return set_numbering_rule(writer, {}, given, version); }); };
  ASSERT_TRUE(set({small.ea_kar, day, NumberSeries::one, NumberRestart::every_term, true}, 0));
  EXPECT_EQ(set({small.ea_kar, day, NumberSeries::by_kind, NumberRestart::every_year, false}, 0).error().code, "numbering.stale");
  EXPECT_TRUE(rule_on(day).digital_pictures);
  EXPECT_EQ(rule_on(day - 1).series, NumberSeries::by_kind) << "old papers keep theirs";
  const auto start = [&](std::map<std::string, std::int64_t> numbers) { return store().write([&](db::Writer& writer) { return set_next_numbers(writer, {}, small.ea_kar, 2026, numbers); }); };
  EXPECT_EQ(start({{"bao_cao", 0}}).error().place, "bao_cao");
  ASSERT_TRUE(start({{"bao_cao", 42}, {"quyet_dinh", 7}}));
  EXPECT_EQ(store().read([&](db::Reader& reader) { return next_numbers(reader, small.ea_kar, 2026); }).at("bao_cao"), 42);
  EXPECT_EQ(number_text_of(5, "BC", "HKH"), "05/BC-HKH");
  EXPECT_EQ(number_text_of(112, "", "HKH"), "112/HKH");
  EXPECT_EQ(number_text_of(0, "QĐ", "HKH"), "     /QĐ-HKH");
  EXPECT_EQ(number_text_of(225, "KH", "TWĐTN-CTTN", BodySystem::Papers::youth_union), "225-KH/TWĐTN-CTTN") << "as Đoàn writes it";
}

TEST_P(Signing, A_head_saved_by_somebody_else_first_is_not_overwritten) {
  const auto set = [&](Letterhead given) { return store().write([&](db::Writer& writer) { return set_letterhead(writer, {}, given); }); };
  ASSERT_TRUE(set({small.ea_kar, day, "", "HỘI KHUYẾN HỌC XÃ EA KAR", "Ea Kar", "HKH"}));
  EXPECT_EQ(set({small.ea_kar, day, "", "HỘI KHUYẾN HỌC", "Ea Kar", "HKH"}).error().code, "letterhead.stale");
  EXPECT_TRUE(set({small.ea_kar, day, "", "HỘI KHUYẾN HỌC", "Ea Kar", "HKH", 1}));
}

}  // namespace
}  // namespace khuyenhoc
