#include <filesystem>

#include <boost/json.hpp>

#include "app/command.h"
#include "app/commands.h"
#include "app/passphrase.h"
#include "base/number.h"
#include "platform/db/archive.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

enum class NewKeys { no, yes };

struct RestoreWords {
  CommandPlace where;
  std::string file, passphrase_file;
  NewKeys new_keys = NewKeys::no;
  Output output = Output::text;
};

// The keys that go with the archive, opened before anything is written; none when they come by another way.
Result<std::optional<crypto::KeyRing>> keys_in(const db::ArchiveSummary& archive, const RestoreWords& words) {
  if (words.passphrase_file.empty()) return std::optional<crypto::KeyRing>();
  const auto note = archive.notes.find(std::string(keys_note));
  if (note == archive.notes.end())
    return refuse("restore.no_keys", fmt::format("Bản sao lưu “{}” không kèm khóa, nên không dùng câu mật được.", words.file), "--passphrase-file");
  const auto passphrase = passphrase_in(words.passphrase_file);
  if (!passphrase) return std::unexpected(passphrase.error());
  const auto locked = crypto::from_base64url(note->second);
  auto ring = crypto::KeyRing::unlocked(locked.value_or(crypto::Bytes{}), *passphrase);
  if (!ring) return std::unexpected(ring.error());
  return std::optional(std::move(*ring));
}

// A restore that was refused leaves the place as empty as it was.
class EmptyPlace {
 public:
  explicit EmptyPlace(const InstallationPlace& place) : place_(place), made_folder_(!fs::exists(place.data_directory)) {}
  ~EmptyPlace() {
    if (kept_) return;
    std::error_code ignored;
    if (place_.database.empty())
      for (const std::string_view ending : {"", "-wal", "-shm", ".lock"}) fs::remove(place_.store_file() + std::string(ending), ignored);
    if (made_folder_) fs::remove(place_.data_directory, ignored);
  }
  EmptyPlace(const EmptyPlace&) = delete;
  EmptyPlace& operator=(const EmptyPlace&) = delete;
  void keep() { kept_ = true; }

 private:
  InstallationPlace place_;
  bool made_folder_, kept_ = false;
};

Result<db::ArchiveSummary> fill(const RestoreWords& words) {
  const InstallationPlace& place = words.where.place;
  if (place.database.empty() && fs::exists(place.store_file()))
    return refuse("archive.not_empty", fmt::format("Ở “{}” đã có dữ liệu. Xin chọn một thư mục trống; chương trình không khôi phục đè lên dữ liệu đang có.", place.data_directory));
  const auto archive = db::check_archive(words.file);
  if (!archive) return std::unexpected(archive.error());
  const auto keys = keys_in(*archive, words);
  if (!keys) return std::unexpected(keys.error());
  if (keys->has_value() && fs::exists(place.keys_file()))
    return refuse("restore.keys_there", fmt::format("Ở “{}” đã có tệp khóa. Xin chuyển tệp ấy đi, hoặc khôi phục không dùng --passphrase-file để giữ nó.", place.keys_file()));

  EmptyPlace empty(place);
  std::error_code unmade;
  fs::create_directories(place.data_directory, unmade);
  if (unmade) return refuse("data.directory", fmt::format("Không tạo được thư mục dữ liệu “{}”: {}.", place.data_directory, unmade.message()));
  db::Options options;
  options.place = place.store_file();
  auto store = db::Store::open(options);
  if (!store) return std::unexpected(store.error());
  auto restored = db::import_store(**store, words.file, db::all_migrations());
  if (!restored) {
    store->reset();
    if (!place.database.empty()) empty.keep();
    return restored;
  }
  if (keys->has_value())
    if (auto saved = (*keys)->save(place.keys_file()); !saved) return std::unexpected(saved.error());
  if (words.new_keys == NewKeys::yes)
    if (auto made = crypto::KeyRing::open_or_create(place.keys_file()); !made) return std::unexpected(made.error());
  empty.keep();
  return restored;
}

// The trail goes on where the archive's ended, and says so; without its keys it waits for them.
Result<void> tell_the_trail(const RestoreWords& words, const db::ArchiveSummary& restored) {
  if (!fs::exists(words.where.place.keys_file())) return {};
  auto clock = clock_of(words.where.today);
  if (!clock) return std::unexpected(clock.error());
  auto application = Application::open(words.where.place, Application::Use::serving, std::move(*clock));
  if (!application) return std::unexpected(application.error());
  House& house = (*application)->house();
  (*application)->start_background();
  const auto note = [&](const char* name) {
    const auto found = restored.notes.find(name);
    return found == restored.notes.end() ? std::string() : found->second;
  };
  house.store.write([&](db::Writer& writer) {
    AuditEntry entry;
    entry.noun = "store";
    entry.action = "restore";
    entry.after_json = json::serialize(json::object{{"summary", fmt::format("Khôi phục từ bản sao lưu lập lúc {}", note("taken_at"))}, {"audit_head", note("audit_head")}});
    house.trail.write(writer, std::move(entry));
  });
  return {};
}

std::string keys_sentence(const RestoreWords& words) {
  if (!words.passphrase_file.empty()) return "Khóa đã được khôi phục theo câu mật.";
  if (words.new_keys == NewKeys::yes) return "Đã tạo khóa mới: xin cấp lại tài khoản cho mọi người.";
  const std::string file = words.where.place.keys_file();
  if (fs::exists(file)) return fmt::format("Dùng tệp khóa có sẵn “{}”.", file);
  return fmt::format("Số liệu đã xem được ngay. Trước khi chạy máy chủ, xin chép tệp khóa của máy cũ vào “{}”.", file);
}

int restore(const RestoreWords& words) {
  const auto restored = fill(words);
  if (!restored) return refused(restored.error());
  if (auto told = tell_the_trail(words, *restored); !told) return refused(told.error());
  if (words.output == Output::json)
    say(json::serialize(json::object{{"tables", restored->tables}, {"rows", restored->rows}, {"keys", fs::exists(words.where.place.keys_file())}}) + "\n");
  else
    say(fmt::format("Đã khôi phục {} dòng của {} bảng. {}\n", number_text(restored->rows), number_text(restored->tables), keys_sentence(words)));
  return status_done;
}

}  // namespace

void add_restore_command(CLI::App& program, int& status) {
  auto words = std::make_shared<RestoreWords>();
  auto* command = program.add_subcommand("restore", "khôi phục một bản sao lưu vào nơi còn trống");
  add_place(*command, words->where);
  command->add_option("FILE", words->file, "tệp sao lưu")->required();
  auto* phrase = command->add_option("--passphrase-file", words->passphrase_file, "tệp chứa câu mật, để mở khóa kèm trong bản sao lưu")->type_name("TỆP");
  command->add_flag_callback("--new-keys", [words] { words->new_keys = NewKeys::yes; }, "khóa cũ đã mất: tạo khóa mới, mọi tài khoản phải cấp lại")->excludes(phrase);
  add_json(*command, words->output);
  command->callback([words, &status] { status = restore(*words); });
}

}  // namespace khuyenhoc
