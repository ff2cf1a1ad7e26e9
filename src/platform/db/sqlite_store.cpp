#include "platform/db/sqlite_store.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace khuyenhoc::db {
namespace {

class SqliteReader : public Reader {
 public:
  explicit SqliteReader(SqliteConnection& connection) : connection_(connection) {}

  Dialect dialect() const override { return Dialect::sqlite; }
  void each(std::string_view sql, const Values& values, const OnRow& on_row) override {
    if (streaming_) our_bug("another statement was run while a stream() is under way");
    connection_.each(sql, values, on_row);
  }
  void stream(std::string_view sql, const Values& values, const OnRow& on_row) override {
    if (streaming_) our_bug("another statement was run while a stream() is under way");
    streaming_ = true;
    try {
      connection_.each(sql, values, on_row);
    } catch (...) {
      streaming_ = false;
      throw;
    }
    streaming_ = false;
  }

 private:
  SqliteConnection& connection_;
  bool streaming_ = false;
};

// Names and telephone numbers are inside: only the account that runs the program may read the file. A file that is there is left alone: closing a
// descriptor of it would drop the locks that SQLite holds on it in this process.
void make_private(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0 && errno != EEXIST) throw Failure(fmt::format("cannot create {}: {}", path, std::strerror(errno)));
  if (descriptor >= 0) ::close(descriptor);
}

}  // namespace

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool FileLock::take(const std::string& path) {
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor_ < 0) throw Failure(fmt::format("cannot create {}: {}", path, std::strerror(errno)));
  return ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
}

Result<std::unique_ptr<Store>> SqliteStore::open(const Options& options) {
  namespace fs = std::filesystem;
  const bool writes = options.access == Options::Access::read_write;
  std::error_code ignored;
  const fs::path folder = fs::absolute(options.place, ignored).parent_path();
  if (!fs::is_directory(folder, ignored))
    return refuse("store.open", fmt::format("Chưa có thư mục “{}” để chứa kho dữ liệu. Xin tạo thư mục rồi chạy lại.", folder.string()), options.place);
  if (fs::is_directory(options.place, ignored))
    return refuse("store.open", fmt::format("“{}” là một thư mục, không phải tệp dữ liệu. Xin ghi tên tệp.", options.place), options.place);
  if (!writes && !fs::exists(options.place, ignored))
    return refuse("store.open", fmt::format("Chưa có kho dữ liệu tại “{}”. Xin xem lại đường dẫn.", options.place), options.place);
  auto store = std::make_unique<SqliteStore>(options);
  try {
    if (writes) {
      if (!store->lock_.take(options.place + ".lock"))
        return refuse("store.locked",
                      fmt::format("Kho dữ liệu “{}” đang được một chương trình khác ghi. Xin dừng chương trình đó trước, hoặc gửi yêu cầu qua chương trình đang chạy.",
                                  options.place),
                      options.place);
      make_private(options.place);
      store->writer_ = std::make_unique<SqliteWriterThread>(store.get(), options, store->hints_);
    }
    store->give_back(store->borrow());
  } catch (const Failure& failure) {
    return refuse("store.open",
                  fmt::format("Không mở được kho dữ liệu “{}”. Xin kiểm tra tệp này có đúng là kho dữ liệu của chương trình, còn chỗ trống trên đĩa và quyền ghi vào thư mục. "
                              "(Chi tiết cho người phụ trách kỹ thuật: {})",
                              options.place, failure.what()),
                  options.place);
  }
  return store;
}

SqliteWriterThread& SqliteStore::writer(std::string_view doing) {
  if (writer_ == nullptr) our_bug(fmt::format("Store::{} on a store opened for reading only", doing));
  return *writer_;
}

std::unique_ptr<SqliteConnection> SqliteStore::borrow() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [&] { return lent_ < std::max(options_.readers, 1); });
  ++lent_;
  if (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
  }
  lock.unlock();
  try {
    return std::make_unique<SqliteConnection>(options_, Options::Access::read_only);
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

void SqliteStore::give_back(std::unique_ptr<SqliteConnection> connection) {
  {
    const std::lock_guard lock(mutex_);
    if (connection != nullptr) idle_.push_back(std::move(connection));
    --lent_;
  }
  returned_.notify_one();
}

void SqliteStore::read_erased(const std::function<void(Reader&)>& body) {
  ClosureMark::refuse_inside_write(this, "read");
  if (const ClosureMark* outer = ClosureMark::of(this)) return body(*outer->reader());
  auto connection = borrow();
  try {
    connection->run("BEGIN", {});
    SqliteReader reader(*connection);
    const ClosureMark mark(this, ClosureMark::Kind::reading, &reader);
    body(reader);
    connection->run("COMMIT", {});
  } catch (...) {
    try {
      if (connection->in_transaction()) connection->run("ROLLBACK", {});
      give_back(std::move(connection));
    } catch (const Failure&) {
      give_back(nullptr);   // a connection that cannot even roll back is closed
    }
    throw;
  }
  give_back(std::move(connection));
}

void SqliteStore::write_erased(const std::function<bool(Writer&)>& body) {
  ClosureMark::refuse_inside_write(this, "write");
  writer("write").write(body);
}

}  // namespace khuyenhoc::db
