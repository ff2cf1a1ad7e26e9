#include "organisation/posts.h"

#include <cassert>

#include "base/i18n.h"
#include "base/text.h"
#include "organisation/body_queries.h"
#include "organisation/post_corrections.h"
#include "organisation/posts_in_bulk.h"
#include "organisation/posts_queries.h"
#include "platform/config/table.h"

namespace khuyenhoc {

extern const std::string_view posts_catalogue;

namespace {

std::string json_of(const PostHolding& holding) {
  return fmt::format(R"({{"id":{},"body":{},"post":{},"user":{},"from":"{}","until":{},"term":{}}})", holding.id, holding.body.value, json_text(holding.post),
                     holding.user.value, holding.from.iso(), holding.until ? json_text(holding.until->iso()) : "null", json_text(holding.term));
}

void tell(db::Writer& writer, const AuditSink& sink, const PostHolding& holding, std::string_view action, std::string before, std::string reason) {
  if (!sink) return;
  sink(writer, ChangeNote{holding.body, "post", holding.id, action, std::move(before), json_of(holding), std::move(reason),
                          fmt::format(R"({{"person_name":{}}})", json_text(holding.person_name))});
}

bool overlap(const PostHolding& a, const PostHolding& b) { return !is_void(a) && !is_void(b) && (!a.until || b.from < *a.until) && (!b.until || a.from < *b.until); }

bool same_person(const PostHolding& a, const PostHolding& b) {
  if (a.user && b.user) return a.user == b.user;
  return tone_neutral(a.person_name) == tone_neutral(b.person_name);
}

Result<void> check_against(const PostHolding& given, const PostKind& kind, const std::vector<PostHolding>& others, const Posts& posts) {
  for (const auto& other : others) {
    if (other.id == given.id || !overlap(given, other)) continue;
    const auto* held = posts.find(other.post);
    if (!held) continue;
    if (other.post == given.post && kind.single)
      return refuse("post.taken", tr("{} hiện là {} giữ. Xin ghi ngày thôi giữ chức vụ của người trước rồi ghi người mới.", kind.label(current_language()), other.person_name), "post");
    const auto excludes = [](const PostKind& a, const std::string& b) { return std::ranges::find(a.never_with, b) != a.never_with.end(); };
    if ((excludes(kind, other.post) || excludes(*held, given.post)) && same_person(given, other))
      return refuse("post.never_with", tr("{} đang giữ chức vụ {}; cùng một người không được kiêm {}.", other.person_name, held->label(current_language()), kind.label(current_language())),
                    "person_name");
  }
  return {};
}

// What every holding must satisfy, new or mended; what was typed is tidied.
Result<void> check(db::Reader& reader, PostHolding& holding, const Posts& posts) {
  const auto* kind = posts.find(holding.post);
  if (!kind) return refuse("post.kind", tr("Xin chọn chức vụ trong danh sách."), "post");
  holding.person_name = normalised(holding.person_name);
  holding.term = normalised(holding.term);
  if (holding.person_name.empty()) return refuse("post.person", tr("Cần ghi họ và tên người giữ chức vụ."), "person_name");
  if (count_characters(holding.person_name) > 100) return refuse("post.person", tr("Họ và tên dài quá 100 chữ; xin xem lại."), "person_name");
  if (is_void(holding)) return refuse("post.days", tr("Ngày thôi giữ chức vụ phải sau ngày bắt đầu."), "until");
  const auto body = load_body(reader, holding.body);
  if (!body) return refuse("post.body", tr("Không tìm thấy tổ chức này."), "body");
  if (!body->alive(holding.from))
    return refuse("post.body", tr("Ngày {1}, “{0}” chưa thành lập hoặc đã kết thúc.", body->on(holding.from).name, holding.from.text()), "from");
  return check_against(holding, *kind, post_holdings(reader, holding.body), posts);
}

}  // namespace

Result<Posts> Posts::parse(std::string_view text) {
  const auto file = config::Table::parse(text, "posts.toml");
  if (!file) return std::unexpected(file.error());
  Posts out;
  for (const auto& entry : file->tables("post")) {
    PostKind kind;
    kind.code = entry.text("code");
    kind.label_vi = entry.text("vi");
    kind.label_en = entry.text("en");
    kind.single = entry.flag("single", false);
    kind.leads = entry.flag("leads", false);
    kind.permissions = entry.texts("permissions");
    kind.never_with = entry.texts("never_with");
    if (kind.code.empty() || kind.label_vi.empty() || kind.label_en.empty() || out.find(kind.code))
      return refuse("posts.entry", "Mỗi chức vụ cần có mã riêng, tên tiếng Việt và tên tiếng Anh.", kind.code.empty() ? entry.place() : kind.code);
    const auto reach = entry.text("reach");
    if (reach == "subtree") kind.reach = PostKind::Reach::subtree;
    else if (reach == "list") kind.reach = PostKind::Reach::list;
    else if (reach != "alone") return refuse("posts.entry", "Phạm vi của chức vụ phải là subtree, alone hoặc list.", kind.code);
    out.kinds_.push_back(std::move(kind));
  }
  for (const auto& kind : out.kinds_)
    for (const auto& other : kind.never_with)
      if (!out.find(other)) return refuse("posts.entry", fmt::format("Không có chức vụ “{}”.", other), kind.code);
  return out;
}

const Posts& Posts::house() {
  static const Posts posts = [] {
    auto parsed = parse(posts_catalogue);
    assert(parsed && "the embedded catalogue of posts must be readable");
    return std::move(*parsed);
  }();
  return posts;
}

const PostKind* Posts::find(std::string_view code) const {
  const auto at = std::ranges::find(kinds_, code, &PostKind::code);
  return at == kinds_.end() ? nullptr : &*at;
}

Result<PostHolding> appoint(db::Store& store, db::Writer& writer, const AuditSink& sink, PostHolding holding, const Posts& posts) {
  if (auto fits = check(writer, holding, posts); !fits) return std::unexpected(fits.error());
  holding.id = store.new_id();
  holding.row_version = 1;
  insert_post_holding(writer, holding);
  tell(writer, sink, holding, "appoint", {}, {});
  return holding;
}

bool is_void(const PostHolding& holding) { return holding.until && *holding.until <= holding.from; }

Result<PostHolding> correct_post(db::Writer& writer, const AuditSink& sink, PostHolding wanted, std::int64_t expected_version, const Posts& posts) {
  const auto before = find_post_holding(writer, wanted.id);
  if (!before || is_void(*before)) return refuse("post.unknown", tr("Không tìm thấy người giữ chức vụ này."));
  if (before->row_version != expected_version) return refuse("post.stale", tr("Thông tin chức vụ này vừa được người khác sửa. Xin xem lại rồi ghi tiếp."));
  wanted.body = before->body;
  wanted.user = before->user;
  if (auto fits = check(writer, wanted, posts); !fits) return std::unexpected(fits.error());
  wanted.row_version = before->row_version + 1;
  correct_post_holding(writer, wanted);
  if (sink)
    sink(writer, ChangeNote{wanted.body, "post", wanted.id, "correct", json_of(*before), json_of(wanted), {},
                            fmt::format(R"({{"before":{{"person_name":{}}},"after":{{"person_name":{}}}}})", json_text(before->person_name), json_text(wanted.person_name))});
  return wanted;
}

Result<void> void_post(db::Writer& writer, const AuditSink& sink, std::int64_t id, std::int64_t expected_version, std::string reason) {
  auto holding = find_post_holding(writer, id);
  if (!holding || is_void(*holding)) return refuse("post.unknown", tr("Không tìm thấy người giữ chức vụ này."));
  if (holding->row_version != expected_version) return refuse("post.stale", tr("Thông tin chức vụ này vừa được người khác sửa. Xin xem lại rồi ghi tiếp."));
  auto before = json_of(*holding);
  holding->until = holding->from;
  ++holding->row_version;
  update_post_holding(writer, *holding);
  tell(writer, sink, *holding, "void", std::move(before), std::move(reason));
  return {};
}

Result<void> leave_post(db::Writer& writer, const AuditSink& sink, std::int64_t id, Day first_day_gone, std::int64_t expected_version, std::string reason) {
  auto holding = find_post_holding(writer, id);
  if (!holding) return refuse("post.unknown", tr("Không tìm thấy người giữ chức vụ này."));
  if (holding->row_version != expected_version) return refuse("post.stale", tr("Thông tin chức vụ này vừa được người khác sửa. Xin xem lại rồi ghi tiếp."));
  if (first_day_gone <= holding->from) return refuse("post.days", tr("Ngày thôi giữ chức vụ phải sau ngày bắt đầu."), "until");
  const auto before = json_of(*holding);
  holding->until = first_day_gone;
  ++holding->row_version;
  update_post_holding(writer, *holding);
  tell(writer, sink, *holding, "leave", before, std::move(reason));
  return {};
}

std::vector<PostHolding> posts_ending(db::Reader& reader, std::span<const BodyId> bodies, Day first_day_gone) {
  const auto held = post_holdings_of(reader, bodies);
  std::vector<PostHolding> out;
  for (const auto body : bodies)
    if (const auto here = held.find(body); here != held.end())
      for (const auto& holding : here->second)
        if (!holding.until || *holding.until > first_day_gone) out.push_back(holding);
  return out;
}

void leave_posts(db::Writer& writer, const AuditSink& sink, std::span<const PostHolding> ending, Day first_day_gone, const std::string& reason) {
  std::vector<PostHolding> after(ending.begin(), ending.end());
  for (auto& holding : after) {
    holding.until = std::max(first_day_gone, holding.from);     // a post that would begin only after the end never began
    ++holding.row_version;
  }
  update_post_ends(writer, after);
  for (std::size_t i = 0; sink && i < after.size(); ++i) tell(writer, sink, after[i], "leave", json_of(ending[i]), reason);
}

void restore_post(db::Writer& writer, const AuditSink& sink, const PostHolding& before, const std::string& reason) {
  const auto now = find_post_holding(writer, before.id);
  assert(now);
  auto after = before;
  after.row_version = now->row_version + 1;
  update_post_holding(writer, after);
  tell(writer, sink, after, "restore", json_of(*now), reason);
}

std::vector<PostHolding> post_holders(db::Reader& reader, BodyId body, Day day) {
  auto out = post_holdings(reader, body);
  std::erase_if(out, [&](const PostHolding& holding) { return !holding.on(day); });
  const auto& kinds = Posts::house();
  std::ranges::stable_sort(out, {}, [&](const PostHolding& holding) { return kinds.find(holding.post) ? kinds.find(holding.post) - kinds.kinds().data() : 1'000; });
  return out;
}

}  // namespace khuyenhoc
