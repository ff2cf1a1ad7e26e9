#include <algorithm>
#include <set>

#include "base/i18n.h"
#include "base/number.h"
#include "organisation/letterheads.h"
#include "organisation/numbering.h"
#include "organisation/paper_kinds.h"
#include "restructure/naming.h"
#include "restructure/pages/parts_of_restructure.h"
#include "restructure/pages/preview.html.h"
#include "restructure/papers.h"

namespace khuyenhoc {
namespace {

using namespace restructure;

constexpr std::size_t fates_shown = 60, totals_shown = 40, remainders_shown = 40, sights_shown = 40, posts_shown = 100, numbering_shown = 20, bodies_named = 3;

std::string post_label(const std::string& code) {
  const PostKind* kind = Posts::house().find(code);
  return kind != nullptr ? kind->label(current_language()) : code;
}

// A successor often bears the name of what it replaces.
std::string told_apart(const RestructurePreview& preview, BodyId body, const std::string& name) {
  const bool fresh = std::ranges::any_of(preview.fates, [&](const FateLine& line) { return line.fate == BodyFate::opened && line.body == body; });
  const bool twice = fresh && std::ranges::any_of(preview.fates, [&](const FateLine& line) { return line.fate == BodyFate::ended && line.name_before == name; });
  return twice ? tr("{} (mới)", name) : name;
}

void say_totals(const House& house, const RestructurePreview& preview, PreviewPage& page) {
  std::set<BodyId> concerned, differing;
  for (const auto& total : preview.totals) {
    concerned.insert(total.body);
    if (total.before != total.after) differing.insert(total.body);
  }
  std::set<std::string> kept;
  std::size_t kept_bodies = 0;
  for (const auto& total : preview.totals)
    if (!differing.contains(total.body) && kept.insert(total.name).second) ++kept_bodies;
  if (kept_bodies > 0) {
    std::string names;
    std::size_t said = 0;
    for (const auto& name : kept) {
      if (said++ == 4) break;
      names += (names.empty() ? "" : ", ") + name;
    }
    page.kept_sentence = kept_bodies > 4 ? tr("Mọi chỉ tiêu của {} và {} tổ chức khác giữ nguyên, trước và sau bằng nhau.", names, kept_bodies - 4)
                                         : tr("Mọi chỉ tiêu của {} giữ nguyên, trước và sau bằng nhau.", names);
  }
  std::map<BodyId, std::size_t> place;
  for (const auto& total : preview.totals) {
    if (total.before == total.after) continue;
    const auto [at, fresh] = place.emplace(total.body, page.changed.size());
    if (fresh) {
      if (page.changed.size() == totals_shown) {
        ++page.more_changed;
        at->second = totals_shown;
        continue;
      }
      page.changed.push_back({told_apart(preview, total.body, total.name), {}});
    }
    if (at->second >= page.changed.size()) continue;
    page.changed[at->second].rows.push_back({series_label(house, total.series), number_text(total.before), number_text(total.after), change_text(total.after - total.before)});
  }
}

void say_remainders(const House& house, const Organisation& organisation, Day day, const RestructurePreview& preview, PreviewPage& page) {
  std::map<BodyId, std::size_t> place;
  for (const auto& left : preview.remainders) {
    const auto [at, fresh] = place.emplace(left.body, page.remainders.size());
    if (fresh) {
      if (page.remainders.size() == remainders_shown) {
        ++page.more_remainders;
        at->second = remainders_shown;
        continue;
      }
      page.remainders.push_back({left.body, name_then(organisation, left.body, day), {}});
    }
    if (at->second < page.remainders.size()) page.remainders[at->second].rows.push_back({series_label(house, left.series), amount_text(house, left.series, left.amount)});
  }
}

// Which part of the ending posts is asked for, in the address or by the form.
std::size_t part_in(const Visit& visit) {
  const auto& request = visit.request();
  const auto part = DraftRef::parse(request.form.fields.has("phan") ? request.text("phan") : std::string(request.query.value("phan")));
  return part ? static_cast<std::size_t>(std::max<std::int64_t>(1, part->body.value)) : 1;
}

// Where a post may go: the heirs of its body, with the same posts of the catalogue.
void say_posts(const Visit& visit, const RestructureDraft& draft, const RestructurePreview& preview, PreviewPage& page) {
  const Organisation& organisation = *visit.organisation();
  std::map<BodyId, const DraftAct*> ends_by;
  for (const auto& act : draft.acts)
    for (const auto body : act.bodies) ends_by.emplace(body, &act);
  page.all_posts = preview.posts.size();
  page.posts_parts = std::max<std::size_t>(1, (page.all_posts + posts_shown - 1) / posts_shown);
  page.posts_part = std::clamp<std::size_t>(part_in(visit), 1, page.posts_parts);
  const std::size_t first = (page.posts_part - 1) * posts_shown;
  for (std::size_t at = first; at < std::min(page.all_posts, first + posts_shown); ++at) {
    const auto& ending = preview.posts[at];
    PostForm form;
    form.holding = ending.holding.id;
    form.post = post_label(ending.holding.post);
    form.body = ending.body_name;
    form.person = visit.viewer().may(Permission::see_names, ending.holding.body) ? ending.holding.person_name : std::string();
    form.chosen_post = ending.holding.post;
    if (const auto act = ends_by.find(ending.holding.body); act != ends_by.end())
      for (const auto& part : parts_of(*act->second)) form.places.push_back({part.text(), name_of(draft, part, organisation, page.day)});
    for (const auto& kind : Posts::house().kinds()) form.posts.push_back({kind.code, kind.label(visit.language())});
    for (const auto& chosen : draft.posts)
      if (chosen.holding == ending.holding.id && chosen.body) {
        form.chosen = chosen.body.text();
        form.chosen_post = chosen.post;
      }
    form.error = error_in(page.errors, fmt::format("post-{}", ending.holding.id));
    page.posts.push_back(std::move(form));
  }
}

void say_sights(const RestructurePreview& preview, PreviewPage& page) {
  for (const auto& sight : preview.sights) {
    if (page.sights.size() == sights_shown) {
      page.more_sights = preview.sights.size() - sights_shown;
      break;
    }
    page.sights.push_back({told_apart(preview, sight.body, sight.name), number_text(sight.gained), number_text(sight.lost), number_text(sight.people)});
  }
}

// By what is kept, not by body: of many bodies the counts say more than the names.
void say_dependents(const Organisation& organisation, Day day, const RestructurePreview& preview, PreviewPage& page) {
  struct Kept {
    std::int64_t count = 0;
    std::size_t bodies = 0;
    std::string names;
  };
  std::vector<std::string> order;
  std::map<std::string, Kept> by_noun;
  for (const auto& one : preview.dependents) {
    const auto [at, fresh] = by_noun.try_emplace(one.noun);
    if (fresh) order.push_back(one.noun);
    auto& kept = at->second;
    kept.count += one.count;
    if (++kept.bodies <= bodies_named) kept.names += (kept.names.empty() ? "" : ", ") + name_then(organisation, one.body, day);
  }
  for (const auto& noun : order) {
    const auto& kept = by_noun[noun];
    page.dependents.push_back(kept.bodies > bodies_named ? tr("{} {}: của {} và {} tổ chức khác", number_text(kept.count), noun, kept.names, kept.bodies - bodies_named)
                                                         : tr("{} {}: của {}", number_text(kept.count), noun, kept.names));
  }
}

// The last number of each series of the year in which the body ends, where its register is known here.
std::string last_numbers(db::Reader& reader, BodyId body, Day last, const std::string& suffix) {
  std::string out;
  for (const auto& [code, next] : next_numbers(reader, body, last.year())) {
    if (next <= 1) continue;
    const PaperKind* kind = PaperKinds::house().find(code);
    out += (out.empty() ? "" : ", ") + (kind == nullptr ? number_text_of(next - 1, {}, suffix) : number_text_of(next - 1, kind->letters, suffix));
  }
  return out;
}

void say_numbering(const Visit& visit, const RestructurePreview& preview, PreviewPage& page) {
  const Organisation& organisation = *visit.organisation();
  visit.house().store.read([&](db::Reader& reader) {
    for (const auto& line : preview.fates) {
      if (line.fate != BodyFate::ended || organisation.kind(line.body).level == BodyKind::Level::branch) continue;   // branches have neither seal nor numbers
      if (page.numbering.size() == numbering_shown) {
        ++page.more_numbering;
        continue;
      }
      const auto head = letterhead(reader, organisation, line.body, page.day - 1);
      const std::string numbers = last_numbers(reader, line.body, page.day - 1, head.numbering_suffix);
      page.numbering.push_back(numbers.empty() ? tr("{}: dừng đánh số văn bản ký hiệu “{}”, giao con dấu, sổ văn bản và sổ quỹ", line.name_before, head.numbering_suffix)
                                               : tr("{}: dừng đánh số văn bản ký hiệu “{}”, số cuối đã biết năm {} là {}; giao con dấu, sổ văn bản và sổ quỹ", line.name_before,
                                                    head.numbering_suffix, (page.day - 1).year(), numbers));
    }
  });
}

http::Response show(const Visit& visit, RestructureDesk& desk, const RestructureDraft& draft, std::optional<Refusal> refusal, http::Status status) {
  PreviewPage page(draft);
  page.day = day_of(draft, visit.today());
  page.as_of = visit.today();
  page.errors = heading_errors(draft, visit.today(), Strictness::apply);
  if (refusal && !refusal->place.empty()) page.errors.emplace_back(refusal->place, refusal->message);
  else if (refusal) page.refused = refusal->message;
  const auto preview = desk.preview(draft);
  if (!preview) {
    page.refused = preview.error().message;
  } else {
    const Organisation& organisation = *visit.organisation();
    page.as_of = preview->as_of;
    page.fates = fate_rows(preview->fates, organisation, page.day, fates_shown, page.more_fates, [](BodyId) { return true; });
    say_totals(visit.house(), *preview, page);
    say_remainders(visit.house(), organisation, page.day, *preview, page);
    std::set<BodyId> late_bodies;
    for (const auto& late : preview->late) late_bodies.insert(late.body);
    if (!preview->late.empty())
      page.late_sentence = tr("{} số liệu đã ghi cho {} tổ chức từ ngày {} trở đi. Khi thực hiện, các số này chuyển sang đơn vị kế thừa duy nhất; tổ chức chia tách thì chờ chọn đơn vị nhận.",
                              preview->late.size(), late_bodies.size(), page.day.text());
    say_posts(visit, draft, *preview, page);
    say_sights(*preview, page);
    say_dependents(organisation, page.day, *preview, page);
    say_numbering(visit, *preview, page);
  }
  if (!page.refused.empty() && status == http::Status::ok) status = http::Status::unprocessable;
  return http::Response::html(restructure_pages::preview(visit.frame(tr("Xem trước (chưa ghi)"), MenuItem::organisation), page), status);
}

std::optional<RestructureDraft> open_draft(const Visit& visit, RestructureDesk& desk) {
  auto draft = draft_in(visit, desk);
  if (draft && draft->state != RestructureDraft::State::open) draft.reset();
  return draft;
}

http::Response ask(const Visit& visit) {
  RestructureDesk desk(visit.house(), visit.viewer());
  const auto draft = open_draft(visit, desk);
  return draft ? show(visit, desk, *draft, std::nullopt, http::Status::ok) : visit.not_found();
}

// A form carries one part of the posts; what was chosen for the others stays.
void read_posts(const Visit& visit, RestructureDraft& draft) {
  constexpr std::string_view prefix = "post-";
  const auto& fields = visit.request().form.fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto field = fields.at(i);
    if (!field.name.starts_with(prefix)) continue;
    const auto holding = DraftRef::parse(field.name.substr(prefix.size()));
    if (!holding) continue;
    std::erase_if(draft.posts, [&](const DraftPost& post) { return post.holding == holding->body.value; });
    const auto to = DraftRef::parse(field.value);
    if (!to) continue;
    const std::string post = visit.request().text(fmt::format("as-{}", holding->body.value));
    if (Posts::house().find(post) != nullptr) draft.posts.push_back({holding->body.value, *to, post});
  }
}

http::Response keep_posts(const Visit& visit) {
  RestructureDesk desk(visit.house(), visit.viewer());
  auto draft = open_draft(visit, desk);
  if (!draft) return visit.not_found();
  if (version_in(visit) != draft->row_version)
    return show(visit, desk, *draft, Refusal{"draft.stale", tr("Bản nháp vừa được người khác sửa; xin xem lại bản xem trước này rồi chọn lại."), {}}, http::Status::conflict);
  read_posts(visit, *draft);
  if (auto kept = desk.keep(*draft, tr(Language::vietnamese, "chọn nơi nhận của {} chức vụ", draft->posts.size())); !kept)
    return show(visit, desk, *draft, kept.error(), http::Status::conflict);
  return visit.done(posts_link(draft->id, part_in(visit)), tr("Đã lưu: {} chức vụ chuyển sang đơn vị kế thừa, các chức vụ khác kết thúc.", draft->posts.size()));
}

http::Response carry_out(const Visit& visit) {
  RestructureDesk desk(visit.house(), visit.viewer());
  auto draft = open_draft(visit, desk);
  if (!draft) return visit.not_found();
  if (version_in(visit) != draft->row_version)
    return show(visit, desk, *draft, Refusal{"draft.stale", tr("Bản nháp vừa được người khác sửa; xin xem lại bản xem trước này rồi thực hiện."), {}}, http::Status::conflict);
  const auto done = desk.apply(*draft);
  if (!done) return show(visit, desk, *draft, done.error(), done.error().code == "draft.stale" ? http::Status::conflict : http::Status::unprocessable);
  return visit.done(done_link(*done), tr("Đã thực hiện đợt sắp xếp “{}”, có hiệu lực từ {}.", draft->title, day_of(*draft, visit.today()).text()));
}

enum class Ending { docx, pdf };

http::Response decision(const Visit& visit, Ending ending) {
  RestructureDesk desk(visit.house(), visit.viewer());
  const auto draft = open_draft(visit, desk);
  if (!draft) return visit.not_found();
  const auto preview = desk.preview(*draft);
  if (!preview) return visit.refused(preview.error(), http::Status::unprocessable);
  const auto matter = matter_of(*draft, *preview);
  const auto paper = decision_paper(visit.house(), matter);
  const std::string name = tr("Dự thảo {}", decision_file_name(matter));
  if (ending == Ending::pdf) return http::Response::download(std::make_shared<const std::string>(document::to_pdf(paper)), "application/pdf", name + ".pdf");
  return http::Response::download(std::make_shared<const std::string>(document::to_docx(paper)), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", name + ".docx");
}

}  // namespace

void add_restructure_preview_pages(Pages& pages) {
  constexpr auto needs = Permission::restructure;
  constexpr auto whom = RouteScope::signed_in;
  pages.get("/sap-xep/ban-nhap/{lan:number}/xem-truoc", needs, whom, ask);
  pages.post("/sap-xep/ban-nhap/{lan:number}/chuc-vu", needs, whom, keep_posts);
  pages.post("/sap-xep/ban-nhap/{lan:number}/thuc-hien", needs, whom, carry_out);
  pages.get("/sap-xep/ban-nhap/{lan:number}/quyet-dinh.docx", needs, whom, [](const Visit& visit) { return decision(visit, Ending::docx); });
  pages.get("/sap-xep/ban-nhap/{lan:number}/quyet-dinh.pdf", needs, whom, [](const Visit& visit) { return decision(visit, Ending::pdf); });
}

}  // namespace khuyenhoc
