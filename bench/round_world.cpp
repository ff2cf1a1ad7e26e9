#include "bench/round_world.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "access/sessions_queries.h"
#include "forms/forms.h"
#include "measures/figures.h"
#include "organisation/posts.h"
#include "reporting/reporting.h"
#include "rounds/rounds.h"
#include "world/world.h"

namespace khuyenhoc::bench {

namespace {

const Day generated_on = Day::of(2026, 6, 8);
constexpr std::int64_t day_ms = 86'400'000;

}  // namespace

RoundWorld::~RoundWorld() {
  if (server_) server_->stop();
}

Viewer RoundWorld::viewer(BodyId body, const std::vector<Permission>& permissions, std::string name) const {
  ViewerData data;
  data.user = UserId{1};
  data.name = std::move(name);
  data.acting_for = body;
  data.units = {{body, "Thư ký"}};
  for (const Permission permission : permissions) data.grants.push_back({permission, Grant::Reach::subtree, {body}});
  data.today = today();
  return Viewer(std::move(data), bodies_->current());
}

Viewer RoundWorld::secretary(BodyId body) const { return viewer(body, {Permission::see_figures, Permission::enter_figures, Permission::see_names}, "Bà Trần Kim Liên"); }
Viewer RoundWorld::head(BodyId body) const {
  return viewer(body, {Permission::see_figures, Permission::enter_figures, Permission::see_names, Permission::sign, Permission::receive}, "Ông Nguyễn Đình Sơn");
}

Result<void> RoundWorld::generate(const Options& options) {
  if (auto migrated = store_.migrate(db::all_migrations()); !migrated) return std::unexpected(migrated.error());
  clock_ = Clock{[this, fixed = Clock::fixed_day(generated_on)] { return fixed.now_ms() + shift_ms_; }};
  catalogue_.make_room(100);
  store_.read([&](db::Reader& reader) { territory_.load(reader); });
  bodies_ = std::make_unique<OrganisationStore>(store_, territory_.current());
  bodies_->load();
  ledger_ = std::make_unique<Ledger>(store_, catalogue_, bodies_->current());
  ledger_->load();
  territory_.on_publish([this](const TerritoryView& territory) { bodies_->territory_changed(territory); });
  bodies_->on_change([this](OrganisationView now) { ledger_->organisation_changed(std::move(now)); }, [this](OrganisationView coming) { return ledger_->organisation_ahead(std::move(coming)); });
  statements_ = std::make_unique<Statements>(*ledger_);
  trail_ = std::make_unique<AuditTrail>(store_, keys_, clock_);
  users_ = std::make_unique<Users>(store_, keys_, hasher_, clock_);
  sessions_ = std::make_unique<Sessions>(*users_, [this] { return bodies_->current(); });
  house_ = std::make_unique<House>(House{.store = store_, .clock = clock_, .catalogue = catalogue_, .periods = Periods::house(), .keys = keys_, .territory = territory_, .organisation = *bodies_,
                                         .ledger = *ledger_, .statements = *statements_, .trail = *trail_, .users = *users_, .sessions = *sessions_});
  keep_house_forms(store_, catalogue_, clock_.now_ms());
  options.note("generating the province world");
  const auto made = generate_world(*house_, {WorldScale::province, 1, generated_on, {}});
  if (!made) return std::unexpected(made.error());
  options.note(fmt::format("{} bodies, {} branches, {} facts", made->bodies, made->branches, made->facts));
  shift_ms_ = (today() - generated_on) * day_ms;
  return {};
}

// The figures of the half-year before once more, the arithmetic of members and fund kept.
std::vector<SentFigure> RoundWorld::planned(db::Reader& reader, BodyId body, Period before) const {
  std::map<std::pair<std::string, Extent>, std::int64_t> known;
  for (const Statement& one : statements_->of_bodies(reader, std::span(&body, 1), before)) {
    const MeasureIndex measure = catalogue_.measure_of(one.series);
    if (one.value && one.series == catalogue_.series(measure)) known[{catalogue_.measure(measure).code, one.extent}] = *one.value;
  }
  std::vector<SentFigure> out;
  for (const auto& [key, old] : known) {
    const std::string& code = key.first;
    const Extent extent = key.second;
    const auto also = [&](const char* other) {
      const auto found = known.find({other, extent});
      return found == known.end() ? std::int64_t{0} : found->second;
    };
    const MeasureIndex measure = catalogue_.index(code);
    std::int64_t value = old;
    if (code == "B01") value += also("B02") - also("B03");
    if (code == "D04") value = std::max<std::int64_t>(0, value + also("D02") - also("D03"));
    out.push_back({body, series_name(catalogue_, measure, extent), catalogue_.series(measure), value, is_level(catalogue_.measure(measure).kind) ? value - old : value});
  }
  return out;
}

void RoundWorld::plan_figures() {
  const OrganisationView organisation = bodies_->current();
  const Period before = Periods::house().named("bao_cao", "H1", 2026)->period;
  for (const BodyId body : organisation->children(organisation->head("HKH", today()), today()))
    if (organisation->kind(body).level == BodyKind::Level::province) province = body;
  store_.read([&](db::Reader& reader) {
    for (const BodyId body : organisation->children(province, today())) {
      if (organisation->kind(body).level == BodyKind::Level::branch) continue;
      Association one{body, {}, planned(reader, body, before), {}, {}};
      for (const BodyId branch : organisation->children(body, today()))
        if (auto figures = planned(reader, branch, before); !figures.empty()) {
          one.branches.push_back(branch);
          forms[branch] = std::move(figures);
        }
      associations.push_back(std::move(one));
    }
  });
}

std::pair<std::string, std::string> RoundWorld::session(BodyId body, UserId user) {
  const std::string token = fmt::format("{:a>43}", ++people_), csrf = fmt::format("token-{}", people_);
  store_.write([&](db::Writer& writer) {
    sessions_sql::StoredSession stored;
    stored.user = user;
    stored.csrf = csrf;
    stored.acting_for = body;
    stored.seen_ms = clock_.now_ms();
    stored.expires_ms = clock_.now_ms() + day_ms;
    const auto digest = keys_.token_key_digest(token);
    sessions_sql::insert(writer, db::Blob(digest.begin(), digest.end()), stored, clock_.now_ms());
  });
  return {fmt::format("Cookie: {}={}\r\n", session_cookie, token), csrf};
}

void RoundWorld::serve() {
  const auto person = [&](BodyId body, const std::string& post) {
    const PostKind* kind = Posts::house().find(post);
    NewUser user{fmt::format("09{:08}", ++people_), "Bà", "Trần Kim Liên", {{body, kind->label_vi}}, {}, Day::of(2025, 12, 1)};
    for (const std::string& code : kind->permissions) user.grants.push_back({*permission_from_code(code), Grant::Reach::subtree, {body}});
    return store_.write([&](db::Writer& writer) { return users_->add(writer, user, std::nullopt).value(); });
  };
  for (Association& one : associations) std::tie(one.cookie, one.csrf) = session(one.body, person(one.body, "thu_ky"));
  province_cookie = session(province, person(province, "pho_chu_tich_thuong_truc")).first;
  Pages pages(router_, *house_);
  add_reporting_pages(pages);
  add_reporting_round_pages(pages, [](const RoundReport& report) { return std::optional(signed_report_page(report.id)); });
  add_signed_report_pages(pages);
  add_report_text_pages(pages);
  http::ServerOptions options;
  options.port = 0;
  server_ = std::make_unique<http::Server>(options, router_);
  port_ = server_->start().value();
}

Result<std::unique_ptr<RoundWorld>> RoundWorld::make(db::Store& store, const Options& options) {
  std::unique_ptr<RoundWorld> world(new RoundWorld(store));
  if (auto done = world->generate(options); !done) return std::unexpected(done.error());
  world->plan_figures();
  if (world->associations.size() < 100 || world->branches() < 8'000)
    return refuse("bench.world", fmt::format("Tỉnh mẫu chỉ có {} hội và {} chi hội.", world->associations.size(), world->branches()));
  world->serve();
  return world;
}

}  // namespace khuyenhoc::bench
