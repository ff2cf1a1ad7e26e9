// From the secretary's desk to the official figures: what is refused, what is frozen, what comes back, what an adjustment does.
#include <thread>

#include "committees/terms.h"
#include "organisation/number_register.h"
#include "organisation/numbering.h"
#include "signed_reports/signed_fixture.h"

namespace khuyenhoc {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

template <class T>
std::string code(const Result<T>& result) { return result ? std::string("done") : result.error().code; }

class SignedReports : public OnSmallRound {
 protected:
  void SetUp() override {
    OnSmallRound::SetUp();
    if (IsSkipped()) return;
    small->state(commune().thon_8, "B01", first_half(), 120);
    small->state(commune().thon_8, "B02", first_half(), 5);
    small->state(commune().ea_o, "B01", first_half(), 70);
    round = open(commune().province, first_half());
  }
  void sent(BodyId body) {
    const auto submitted = submit(round, body);
    ASSERT_TRUE(submitted) << submitted.error().message;
    const auto done = sign(round, body);
    ASSERT_TRUE(done) << done.error().message;
  }
  void closed(BodyId body) {
    sent(body);
    ASSERT_TRUE(receive(round, body));
    const auto done = close(round, body);
    ASSERT_TRUE(done) << done.error().message;
    ASSERT_EQ(done->done, 1);
  }
  SignedVersion version(BodyId body) { return read([&](db::Reader& reader) { return last_version(reader, report(round, body).id).value(); }); }
  RoundId round;
};
ON_BOTH_STORES(SignedReports);

TEST_P(SignedReports, Only_closing_makes_a_signed_figure_official) {
  ASSERT_TRUE(submit(round, commune().ea_kar));
  EXPECT_EQ(official(commune().province, "B01", first_half()), "figure.no_official");
  ASSERT_TRUE(sign(round, commune().ea_kar));
  ASSERT_TRUE(receive(round, commune().ea_kar));
  EXPECT_EQ(official(commune().province, "B01", first_half()), "figure.no_official");
  small->state(commune().thon_8, "B01", first_half(), 999);      // by another door: what was signed stays
  ASSERT_TRUE(close(round, commune().ea_kar));
  EXPECT_EQ(official(commune().province, "B01", first_half()), "120");
  EXPECT_EQ(official(commune().ea_kar, "B02", first_half()), "5");
  EXPECT_EQ(report(round, commune().ea_kar).state, ReportState::closed);
  EXPECT_TRUE(read([&](db::Reader& reader) { return is_as_signed(reader, version(commune().ea_kar)) && is_in_force(reader, version(commune().ea_kar)); }));
}

TEST_P(SignedReports, A_warning_needs_a_reason_and_the_head_may_give_it_back) {
  const RoundReport now = report(round, commune().ea_kar);
  const auto without = write([&](db::Writer& writer) { return submit_report(writer, house(), secretary(commune().ea_kar), now.id, now.row_version, {}); });
  ASSERT_EQ(code(without), "signed.reason");
  EXPECT_THAT(without.error().place, HasSubstr(":"));
  EXPECT_EQ(report(round, commune().ea_kar).state, ReportState::not_started) << "nothing is half done";
  EXPECT_EQ(code(sign(round, commune().ea_kar)), "signed.not_submitted");
  const auto submitted = submit(round, commune().ea_kar);
  ASSERT_TRUE(submitted) << submitted.error().message;
  const auto back = [&](const std::string& reason) {
    return write([&](db::Writer& writer) { return give_back_inside(writer, house(), chairman(commune().ea_kar), now.id, submitted->row_version, reason); });
  };
  EXPECT_EQ(code(back({})), "signed.say_why");
  ASSERT_TRUE(back("Thiếu số của Thôn 11."));
  EXPECT_EQ(report(round, commune().ea_kar).reason, "Thiếu số của Thôn 11.");
  ASSERT_TRUE(submit(round, commune().ea_kar));
  EXPECT_EQ(code(write([&](db::Writer& writer) { return sign_report(writer, house(), secretary(commune().ea_kar), {now.id, 0, 0}); })), "signed.may_not");
  EXPECT_THAT(read([&](db::Reader& reader) { return versions_of(reader, now.id); }), IsEmpty());
}

TEST_P(SignedReports, Numbers_follow_each_other_without_a_gap_also_when_many_sign_at_once) {
  const Day today = small->clock.today();
  store().write([&](db::Writer& writer) { return set_next_numbers(writer, {}, commune().ea_kar, today.year(), {{"bao_cao", 7}}); }).value();
  sent(commune().ea_kar);
  EXPECT_EQ(version(commune().ea_kar).number_text, "07/BC-HKH");
  constexpr int writers = 6, each = 4;
  std::vector<std::thread> threads;
  for (int i = 0; i < writers; ++i)
    threads.emplace_back([&, i] {
      for (int n = 0; n < each; ++n)
        (void)store().write([&](db::Writer& writer) -> Result<void> {
          (void)take_paper_number(writer, *small->organisation.current(), commune().ea_kar, "bao_cao", today, std::nullopt, "test", i * each + n);
          if (n == 1) return refuse("test", "rolled back");
          return {};
        });
    });
  for (std::thread& thread : threads) thread.join();
  const auto next = read([&](db::Reader& reader) { return next_paper_number(reader, *small->organisation.current(), commune().ea_kar, "bao_cao", today, std::nullopt); });
  EXPECT_EQ(next.number, 8 + writers * (each - 1));
  // one series for all kinds begins where the register stood for it, and another year anew
  EXPECT_EQ(read([&](db::Reader& reader) { return next_paper_number(reader, *small->organisation.current(), commune().ea_kar, "quyet_dinh", today, std::nullopt); }).text, "01/QĐ-HKH");
  EXPECT_EQ(read([&](db::Reader& reader) { return next_paper_number(reader, *small->organisation.current(), commune().ea_kar, "bao_cao", Day::of(2027, 1, 5), std::nullopt); }).number, 1);
}

TEST_P(SignedReports, A_register_by_term_goes_on_over_new_year_and_begins_anew_with_the_congress) {
  const BodyId ea_kar = commune().ea_kar;
  const Viewer keeper = holder(ea_kar, {Permission::see_figures, Permission::see_names, Permission::keep_bodies}, UserId{12}, "Bà Lê Thị Hoa");
  CommitteeTerm term{.id = 0, .body = ea_kar, .kind = CommitteeKind::executive, .name = "nhiệm kỳ 2025 - 2030", .from = Day::of(2025, 9, 1), .planned_until = Day::of(2030, 8, 31), .ended = {}, .began = TermBegan::by_congress, .decision = {}};
  const auto opened = open_term(house(), keeper, term);
  ASSERT_TRUE(opened) << opened.error().message;
  const auto ruled = write([&](db::Writer& writer) { return set_numbering_rule(writer, {}, {ea_kar, Day::of(2025, 9, 1), NumberSeries::by_kind, NumberRestart::every_term}, 0); });
  ASSERT_TRUE(ruled) << ruled.error().message;
  const auto number_on = [&](Day day, Day term_began) { return read([&](db::Reader& reader) { return next_paper_number(reader, *small->organisation.current(), ea_kar, "bao_cao", day, term_began).number; }); };
  write([&](db::Writer& writer) {
    for (int i = 0; i < 4; ++i) (void)take_paper_number(writer, *small->organisation.current(), ea_kar, "bao_cao", Day::of(2025, 12, 20), Day::of(2025, 9, 1), "test", i);
    return Result<void>();
  }).value();
  EXPECT_EQ(number_on(small->clock.today(), Day::of(2025, 9, 1)), 5) << "New Year changes nothing";
  EXPECT_EQ(number_on(Day::of(2030, 9, 10), Day::of(2030, 9, 1)), 1);
  ASSERT_TRUE(submit(round, ea_kar));
  const auto preview = read([&](db::Reader& reader) { return preview_signing(reader, house(), chairman(ea_kar), report(round, ea_kar)); });
  ASSERT_TRUE(preview);
  EXPECT_EQ(preview->next_number, "05/BC-HKH");
  const auto done = sign(round, ea_kar);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->number_text, preview->next_number) << "as it was announced";
}

TEST_P(SignedReports, The_heir_signs_for_a_body_that_ended_after_the_cut_off_with_a_number_of_its_own_register) {
  const BodyId ea_o = commune().ea_o, ea_ktur = commune().ea_ktur;
  store().write([&](db::Writer& writer) { return set_next_numbers(writer, {}, ea_ktur, small->clock.today().year(), {{"bao_cao", 20}}); }).value();
  write([&](db::Writer& writer) -> Result<void> {
    OrganisationChanges changes(small->organisation, writer, {}, small->clock.now_ms());
    if (auto ended = changes.end(ea_o, first_half().period.last + 3); !ended) return ended;
    return changes.succeed(ea_o, ea_ktur);
  }).value();
  desks[ea_o] = ea_ktur;
  ASSERT_TRUE(submit(round, ea_o));
  const ReportId of_ea_o = report(round, ea_o).id;
  EXPECT_EQ(code(write([&](db::Writer& writer) { return sign_report(writer, house(), chairman(commune().ea_kar), {of_ea_o, 0, 0}); })), "report.unknown") << "a neighbour inherits nothing";
  const auto for_heir = sign(round, ea_o);
  ASSERT_TRUE(for_heir) << for_heir.error().message;
  EXPECT_EQ(for_heir->body, ea_o);
  EXPECT_EQ(for_heir->numbered_by, ea_ktur);
  EXPECT_EQ(for_heir->number_text, "20/BC-HKH");
  sent(ea_ktur);
  EXPECT_EQ(version(ea_ktur).number_text, "21/BC-HKH") << "one register, one series";
  ASSERT_TRUE(receive(round, ea_o));
  ASSERT_TRUE(close(round, ea_o));
  EXPECT_EQ(official(commune().province, "B01", first_half()), "70");
}

TEST_P(SignedReports, A_correction_comes_back_with_its_reasons_at_the_cells) {
  sent(commune().ea_kar);
  const RoundReport now = report(round, commune().ea_kar);
  const Viewer province = chairman(commune().province);
  const auto ask = [&](const std::string& reason, std::vector<ReportRemark> remarks) {
    return write([&](db::Writer& writer) { return ask_correction(writer, house(), province, now.id, now.row_version, reason, remarks); });
  };
  EXPECT_EQ(code(ask({}, {})), "signed.say_why");
  EXPECT_EQ(code(ask({}, {{ReportRemark::On::cell, commune().ea_o, "B01", "Không phải của xã này."}})), "signed.remark");
  EXPECT_EQ(code(ask({}, {{ReportRemark::On::cell, commune().thon_8, "B01", {}}})), "signed.remark");
  ASSERT_TRUE(ask({}, {{ReportRemark::On::cell, commune().thon_8, "B01", "Năm trước 90, xin kiểm tra."}, {ReportRemark::On::text, {}, "han_che", "Xin nêu cụ thể."}}));
  const auto open_now = [&] { return read([&](db::Reader& reader) { return open_remarks(reader, now.id); }); };
  ASSERT_THAT(open_now(), SizeIs(2));
  EXPECT_EQ(open_now().front().reason, "Năm trước 90, xin kiểm tra.");
  EXPECT_THAT(read([&](db::Reader& reader) { return signed_tasks(reader, house(), secretary(commune().ea_kar), commune().ea_kar); }), SizeIs(1));
  const std::string first_digest = crypto::hex(version(commune().ea_kar).digest);
  small->state(commune().thon_8, "B01", first_half(), 118);
  sent(commune().ea_kar);
  EXPECT_THAT(open_now(), IsEmpty());
  const auto versions = read([&](db::Reader& reader) { return versions_of(reader, now.id); });
  ASSERT_THAT(versions, SizeIs(2));
  EXPECT_EQ(crypto::hex(versions.back().digest), first_digest);
  EXPECT_TRUE(read([&](db::Reader& reader) { return is_as_signed(reader, versions.back()); }));
  EXPECT_EQ(versions.front().number, versions.back().number + 1);
}

TEST_P(SignedReports, What_has_no_warning_is_received_in_one_click_and_the_others_are_named) {
  small->state(commune().ea_ktur, "B01", first_half(), 44);
  sent(commune().ea_kar);                                        // branches without figures: a warning with its reason
  small->state(commune().thon_5, "B01", first_half(), 44);
  sent(commune().ea_o);
  const auto done = write([&](db::Writer& writer) { return receive_all_clean(writer, house(), chairman(commune().province), commune().province, "bao_cao", first_half().period); });
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->done, 1);
  ASSERT_THAT(done->left, SizeIs(1));
  EXPECT_EQ(done->left.front().first.body, commune().ea_kar);
  EXPECT_THAT(done->left.front().second, HasSubstr("Đã đối chiếu"));
  EXPECT_EQ(report(round, commune().ea_o).state, ReportState::received);
  EXPECT_EQ(code(write([&](db::Writer& writer) { return receive_all_clean(writer, house(), secretary(commune().province), commune().province, "bao_cao", first_half().period); })), "report.may_not");
}

TEST_P(SignedReports, The_upper_report_is_what_was_received_and_its_own_and_names_who_is_missing) {
  small->state(commune().province, "D02", first_half(), 11, Extent::own);
  sent(commune().ea_kar);
  ASSERT_TRUE(receive(round, commune().ea_kar));
  sent(commune().ea_o);                                          // sent, and not received: not in it
  const RoundReport upper = report(round, commune().province);
  const auto preview = read([&](db::Reader& reader) { return preview_signing(reader, house(), chairman(commune().province), upper); });
  ASSERT_TRUE(preview);
  EXPECT_THAT(preview->to_close, SizeIs(1));
  EXPECT_THAT(preview->not_received, SizeIs(1));
  EXPECT_THAT(preview->missing, HasSubstr("2/3"));
  sent(commune().province);
  EXPECT_EQ(report(round, commune().ea_kar).state, ReportState::closed) << "closed with the signature above";
  EXPECT_EQ(report(round, commune().province).state, ReportState::closed) << "nobody above asked for it";
  EXPECT_EQ(official(commune().province, "B01", first_half()), "120");
  const SignedVersion signed_version = version(commune().province);
  const auto content = read([&](db::Reader& reader) { return content_of(reader, house().ledger, signed_version); });
  EXPECT_EQ(content.total(small->series("B01")), 120);
  ASSERT_THAT(content.children, SizeIs(1));
  EXPECT_TRUE(apart(round, commune().province).none());
  // the late one amends it, and both numbers show
  ASSERT_TRUE(receive(round, commune().ea_o));
  ASSERT_TRUE(close(round, commune().ea_o));
  EXPECT_EQ(official(commune().province, "B01", first_half()), "190");
  const Differences both = apart(round, commune().province);
  ASSERT_FALSE(both.none());
  ASSERT_THAT(both.causes, SizeIs(1));
  EXPECT_TRUE(both.causes.front().late);
  EXPECT_THAT(difference_sentence(house(), both), HasSubstr("120"));
  EXPECT_THAT(difference_sentence(house(), both), HasSubstr("190"));
  EXPECT_THAT(read([&](db::Reader& reader) { return open_notices(reader, upper.id); }), SizeIs(1));
  const auto as_signed = Figures(read([&](db::Reader& reader) { return view_as_signed(reader, house(), signed_version); })).figure(small->index("B01"), {commune().province, first_half().period, first_half().period.last, Lens::official});
  ASSERT_TRUE(as_signed);
  EXPECT_EQ(as_signed->value, 120) << "the paper is drawn as it was signed";
}

TEST_P(SignedReports, An_adjustment_changes_its_cells_alone_and_shows_both_numbers_above) {
  closed(commune().ea_kar);
  sent(commune().province);
  const std::string before = crypto::hex(version(commune().ea_kar).digest);
  const ReportId open_one = report(round, commune().ea_o).id, closed_one = report(round, commune().ea_kar).id;
  const auto not_yet = write([&](db::Writer& writer) { return begin_adjustment(writer, house(), secretary(commune().ea_o), open_one, "Ghi nhầm."); });
  EXPECT_EQ(code(not_yet), "adjust.state");
  small->state(commune().thon_11, "B01", first_half(), 30);      // by another door: it must not slip in with the adjustment
  const auto draft = write([&](db::Writer& writer) -> Result<Adjustment> {
    auto out = begin_adjustment(writer, house(), secretary(commune().ea_kar), closed_one, "Đối chiếu lại với sổ.");
    EXPECT_EQ(code(put_cell(writer, house(), secretary(commune().ea_kar), out->id, out->row_version, {commune().ea_o, "B01", {}, 5, "Nhầm."})), "adjust.cell");
    EXPECT_EQ(code(put_cell(writer, house(), secretary(commune().ea_kar), out->id, out->row_version, {commune().thon_8, "B01", {}, 5, {}})), "adjust.reason");
    out = put_cell(writer, house(), secretary(commune().ea_kar), out->id, out->row_version, {commune().thon_8, "B01", {}, 126, "Sót 6 người."});
    EXPECT_EQ(code(begin_adjustment(writer, house(), secretary(commune().ea_kar), out->report, "Lần nữa.")), "adjust.open");
    return submit_adjustment(writer, house(), secretary(commune().ea_kar), out->id, out->row_version, {});
  });
  ASSERT_TRUE(draft) << draft.error().message;
  const auto to_sign = read([&](db::Reader& reader) { return signed_tasks(reader, house(), chairman(commune().ea_kar), commune().ea_kar); });
  ASSERT_THAT(to_sign, SizeIs(1));
  EXPECT_EQ(to_sign.front().kind, SignedTask::Kind::sign_adjustment);
  EXPECT_THAT(read([&](db::Reader& reader) { return signed_tasks(reader, house(), secretary(commune().ea_kar), commune().ea_kar); }), IsEmpty()) << "it is with the head";
  const auto effect = preview_adjustment(house(), chairman(commune().ea_kar), *draft);
  ASSERT_TRUE(effect) << effect.error().message;
  ASSERT_THAT(*effect, SizeIs(2));
  EXPECT_EQ(effect->back().body, commune().province);
  EXPECT_EQ(effect->back().as_signed, 120);
  EXPECT_EQ(effect->back().after, 126);
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), 120) << "tried, not done";
  const auto done = write([&](db::Writer& writer) { return sign_adjustment(writer, house(), chairman(commune().ea_kar), draft->id, draft->row_version); });
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(official(commune().province, "B01", first_half()), "126");
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), 126);
  EXPECT_THAT(read([&](db::Reader& reader) { return effects_of(reader, house().ledger, draft->id); }), SizeIs(2));
  const auto versions = read([&](db::Reader& reader) { return versions_of(reader, draft->report); });
  ASSERT_THAT(versions, SizeIs(2));
  EXPECT_EQ(crypto::hex(versions.back().digest), before);
  EXPECT_TRUE(read([&](db::Reader& reader) { return is_as_signed(reader, versions.front()) && is_as_signed(reader, versions.back()) && is_in_force(reader, versions.front()) && !is_in_force(reader, versions.back()); }));
  const Differences both = apart(round, commune().province);
  ASSERT_THAT(both.figures, SizeIs(1));
  EXPECT_EQ(both.figures.front().as_signed, 120);
  EXPECT_EQ(both.figures.front().today, 126);
  EXPECT_FALSE(both.causes.front().late);
  const auto tasks = read([&](db::Reader& reader) { return signed_tasks(reader, house(), chairman(commune().province), commune().province); });
  ASSERT_THAT(tasks, SizeIs(1));
  const auto notice = read([&](db::Reader& reader) { return open_notices(reader, report(round, commune().province).id); });
  ASSERT_TRUE(write([&](db::Writer& writer) { return notice_seen(writer, house(), chairman(commune().province), notice.front().id); }));
  EXPECT_THAT(read([&](db::Reader& reader) { return signed_tasks(reader, house(), chairman(commune().province), commune().province); }), IsEmpty());
}

TEST_P(SignedReports, A_started_process_reads_what_is_in_force_and_follows_others) {
  Ledger other(store(), Catalogue::house(), small->organisation.current());
  other.load();
  closed(commune().ea_kar);
  other.follow();
  const Question asked{commune().province, first_half().period, first_half().period.last, Lens::official};
  if (store().dialect() == db::Dialect::postgres) {
    const auto answer = Figures(other.view()).figure(small->index("B01"), asked);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->value, 120);
  }
  Ledger again(store(), Catalogue::house(), small->organisation.current());
  again.load();
  EXPECT_EQ(Figures(again.view()).figure(small->index("B01"), asked)->value, 120);
}

}  // namespace
}  // namespace khuyenhoc
