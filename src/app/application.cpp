#include "app/application.h"

#include <condition_variable>
#include <filesystem>

#include "forms/forms.h"
#include "measures/own_indicators.h"
#include "organisation/contacts_in_bulk.h"
#include "organisation/staged_bodies.h"
#include "platform/log/log.h"
#include "restructure/restructure.h"
#include "starting/starting.h"

namespace khuyenhoc {
namespace {

constexpr auto seal_every = std::chrono::milliseconds(800);
constexpr auto follow_every = std::chrono::milliseconds(15);

// New keys belong to a new store only: beside one that was written under others, nobody could sign in and the chain of the trail would break.
Result<crypto::KeyRing> keys_of(db::Store& store, const InstallationPlace& place, Application::Use use) {
  if (std::filesystem::exists(place.keys_file())) return crypto::KeyRing::open_or_create(place.keys_file());
  if (use == Application::Use::reading) return crypto::KeyRing::unkept();
  if (store.read([](db::Reader& reader) { return has_accounts(reader); }))
    return refuse("keys.missing", fmt::format("Kho dữ liệu này cần tệp khóa “{}” mà tệp không có ở đó. Xin chép tệp khóa của máy cũ vào, hoặc khôi phục lại từ bản sao lưu có kèm khóa "
                                              "(restore --passphrase-file). Nếu khóa đã mất hẳn, xin khôi phục với --new-keys rồi cấp lại mọi tài khoản.", place.keys_file()));
  return crypto::KeyRing::open_or_create(place.keys_file());
}

}  // namespace

// A restructure is carried out in one transaction and the totals stated above it are worked out again in the next: a stop between the two is made good here.
Result<void> Application::settle_restructures(Application& opened) {
  Restructures restructures(*opened.organisation_, *opened.ledger_, *opened.statements_);
  return restructures.settle({UserId{}, opened.clock_.now_ms(), {}});
}

std::string InstallationPlace::store_file() const { return database.empty() ? (std::filesystem::path(data_directory) / "khuyenhoc.sqlite3").string() : database; }
std::string InstallationPlace::keys_file() const { return (std::filesystem::path(data_directory) / "keys").string(); }
std::string InstallationPlace::socket_file() const { return (std::filesystem::path(data_directory) / "server.socket").string(); }

Application::Application(Clock clock) : clock_(std::move(clock)) {}

Application::~Application() {
  if (!background_.joinable()) return;
  background_.request_stop();
  background_.join();
  if (trail_) trail_->seal();
}

Result<std::unique_ptr<Application>> Application::open(const InstallationPlace& place, Use use, Clock clock) {
  std::error_code unmade;
  if (use == Use::serving) std::filesystem::create_directories(place.data_directory, unmade);
  if (unmade) return refuse("data.directory", fmt::format("Không tạo được thư mục dữ liệu “{}”: {}. Xin xem lại đường dẫn và quyền ghi.", place.data_directory, unmade.message()));
  if (use == Use::reading && place.database.empty() && !std::filesystem::exists(place.store_file()))
    return refuse("data.none", fmt::format("Chưa có dữ liệu ở “{}”. Xin chạy “khuyenhoc serve” hoặc “khuyenhoc generate” trước.", place.data_directory));

  std::unique_ptr<Application> made(new Application(std::move(clock)));
  db::Options options;
  options.place = place.store_file();
  options.access = use == Use::reading ? db::Options::Access::read_only : db::Options::Access::read_write;
  auto store = db::Store::open(options);
  if (!store) return std::unexpected(store.error());
  made->store_ = std::move(*store);
  if (auto migrated = made->store_->migrate(db::all_migrations()); !migrated) return std::unexpected(migrated.error());
  auto keys = keys_of(*made->store_, place, use);
  if (!keys) return std::unexpected(keys.error());
  made->keys_ = std::make_unique<crypto::KeyRing>(std::move(*keys));

  made->territory_ = std::make_unique<TerritoryStore>();
  made->store_->read([&](db::Reader& reader) { made->territory_->load(reader); });
  if (use == Use::serving) sweep_staged_bodies(*made->store_, made->clock_, Sweep::at_start);
  if (use == Use::serving) sweep_contact_changes(*made->store_, made->clock_, StagedContactsSweep::at_start);
  made->organisation_ = std::make_unique<OrganisationStore>(*made->store_, made->territory_->current());
  made->organisation_->load();
  made->catalogue_ = Catalogue::house();
  made->catalogue_.make_room(most_own_indicators);
  made->ledger_ = std::make_unique<Ledger>(*made->store_, made->catalogue_, made->organisation_->current());
  made->ledger_->load();
  made->territory_->on_publish([organisation = made->organisation_.get()](const TerritoryView& territory) { organisation->territory_changed(territory); });
  made->organisation_->on_change([ledger = made->ledger_.get()](OrganisationView organisation) { ledger->organisation_changed(std::move(organisation)); },
                                 [ledger = made->ledger_.get()](OrganisationView organisation) { return ledger->organisation_ahead(std::move(organisation)); });
  made->statements_ = std::make_unique<Statements>(*made->ledger_);
  if (use == Use::serving)
    if (auto settled = settle_restructures(*made); !settled) return std::unexpected(settled.error());
  if (use == Use::serving) keep_house_forms(*made->store_, made->catalogue_, made->clock_.now_ms());
  made->trail_ = std::make_unique<AuditTrail>(*made->store_, *made->keys_, made->clock_);
  made->users_ = std::make_unique<Users>(*made->store_, *made->keys_, made->hasher_, made->clock_);
  made->sessions_ = std::make_unique<Sessions>(*made->users_, [organisation = made->organisation_.get()] { return organisation->current(); });
  made->house_ = std::make_unique<House>(House{.store = *made->store_, .clock = made->clock_, .catalogue = made->catalogue_, .periods = Periods::house(),
                                               .keys = *made->keys_, .territory = *made->territory_, .organisation = *made->organisation_,
                                               .ledger = *made->ledger_, .statements = *made->statements_, .trail = *made->trail_,
                                               .users = *made->users_, .sessions = *made->sessions_});
  return made;
}

bool Application::is_empty() { return organisation_->current()->size() == 0; }

void Application::start_background() {
  background_ = std::jthread([this](const std::stop_token& stop) { run_background(stop); });
}

void Application::run_background(const std::stop_token& stop) {
  const bool shared = store_->dialect() == db::Dialect::postgres;
  const auto pause = shared ? std::chrono::duration_cast<std::chrono::milliseconds>(follow_every) : seal_every;
  auto sealed_at = std::chrono::steady_clock::now();
  std::mutex mutex;
  std::condition_variable_any waiting;
  while (!stop.stop_requested()) {
    try {
      if (shared) {
        const bool territory_changed = store_->read([&](db::Reader& reader) { return territory_->refresh(reader); });
        if (territory_changed) organisation_->territory_changed(territory_->current());
        organisation_->follow();
        ledger_->follow();
      }
      if (std::chrono::steady_clock::now() - sealed_at >= seal_every) {
        trail_->seal();
        sealed_at = std::chrono::steady_clock::now();
      }
    } catch (const std::exception& failure) {
      log::error("background work failed, trying again: {}", failure.what());
    }
    std::unique_lock lock(mutex);
    waiting.wait_for(lock, stop, pause, [] { return false; });
  }
}

}  // namespace khuyenhoc
