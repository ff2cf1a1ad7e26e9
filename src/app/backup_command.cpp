#include <filesystem>
#include <fstream>

#include <boost/json.hpp>

#include "app/command.h"
#include "app/commands.h"
#include "app/passphrase.h"
#include "base/number.h"
#include "platform/db/archive.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

struct BackupWords {
  CommandPlace where;
  std::string file, passphrase_file;
  Output output = Output::text;
};

// What is read beside the data: whose chain of the trail this was, and how far it was sealed.
Result<db::ArchiveNotes> notes_of(const House& house, const BackupWords& words) {
  db::ArchiveNotes notes;
  const AuditVerdict verdict = house.store.read([&](db::Reader& reader) { return house.trail.verify(reader); });
  notes["taken_at"] = time_text(house.clock.now_ms());
  notes["audit_head"] = verdict.head_hex;
  notes["audit_entries"] = std::to_string(verdict.entries);
  notes["audit_unsealed"] = std::to_string(verdict.unsealed);
  notes["log_position"] = std::to_string(house.ledger.view().cube->log_position());
  if (words.passphrase_file.empty()) return notes;
  if (!std::filesystem::exists(words.where.place.keys_file()))
    return refuse("backup.keys", fmt::format("Không có tệp khóa “{}” để đưa vào bản sao lưu.", words.where.place.keys_file()), "--passphrase-file");
  const auto passphrase = passphrase_in(words.passphrase_file);
  if (!passphrase) return std::unexpected(passphrase.error());
  const auto locked = house.keys.locked_under(*passphrase);
  if (!locked) return std::unexpected(locked.error());
  notes[std::string(keys_note)] = crypto::base64url(*locked);
  return notes;
}

int back_up(const BackupWords& words) {
  auto application = open_to_read(words.where);
  if (!application) return refused(application.error());
  const House& house = (*application)->house();
  const auto notes = notes_of(house, words);
  if (!notes) return refused(notes.error());
  const auto written = db::export_store(house.store, words.file, *notes);
  if (!written) return refused(written.error());
  const auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(words.file));
  if (words.output == Output::json) {
    say(json::serialize(json::object{{"file", words.file}, {"tables", written->tables}, {"rows", written->rows}, {"bytes", bytes},
                                     {"audit_head", notes->at("audit_head")}, {"keys", !words.passphrase_file.empty()}}) + "\n");
    return status_done;
  }
  say(fmt::format("Đã sao lưu {} dòng của {} bảng vào “{}” ({} byte), đọc lại đủ. {}\n", number_text(written->rows), number_text(written->tables), words.file, number_text(bytes),
                  words.passphrase_file.empty() ? "Bản sao lưu không kèm khóa: xin cất riêng tệp khóa “" + words.where.place.keys_file() + "”, hoặc sao lưu với --passphrase-file."
                                                : "Khóa đã kèm theo, mở bằng câu mật."));
  return status_done;
}

}  // namespace

void add_backup_command(CLI::App& program, int& status) {
  auto words = std::make_shared<BackupWords>();
  auto* command = program.add_subcommand("backup", "sao lưu toàn bộ vào một tệp, cả khi máy chủ đang chạy");
  add_place(*command, words->where);
  command->add_option("FILE", words->file, "tệp sẽ ghi; không ghi đè lên tệp đã có")->required();
  command->add_option("--passphrase-file", words->passphrase_file, "tệp chứa câu mật; có nó thì khóa được đưa vào bản sao lưu")->type_name("TỆP");
  add_json(*command, words->output);
  command->callback([words, &status] { status = back_up(*words); });
}

}  // namespace khuyenhoc
