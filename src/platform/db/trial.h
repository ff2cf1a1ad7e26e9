// A transaction that is only tried: it reads a snapshot like everybody else, holds nobody up, and leaves nothing behind.
#pragma once

#include "platform/db/db.h"

namespace khuyenhoc::db {

// What is tried has to write rows and read them back, which only a real transaction can; whoever tries it does it there and rolls back.
class NeedsTransaction : public std::exception {
 public:
  const char* what() const noexcept override { return "a trial on a snapshot cannot write"; }
};

// Whatever is kept in memory until the commit is kept, and read as in a real transaction; no commit ever comes.
class Trial : public Writer {
 public:
  explicit Trial(Reader& snapshot) : snapshot_(snapshot) {}

  Dialect dialect() const override { return snapshot_.dialect(); }
  void each(std::string_view sql, const Values& values, const OnRow& on_row) override { snapshot_.each(sql, values, on_row); }
  void stream(std::string_view sql, const Values& values, const OnRow& on_row) override { snapshot_.stream(sql, values, on_row); }
  std::int64_t run(std::string_view, const Values&) override { throw NeedsTransaction(); }
  using Writer::copy_in;
  std::int64_t copy_in(std::string_view, std::span<const std::string_view>, const std::function<bool(Values&)>&) override { throw NeedsTransaction(); }
  void before_commit(std::function<void(Writer&)> hook) override { before_.push_back(std::move(hook)); }   // what waits for the commit belongs to its hook
  std::int64_t next_positions(std::int64_t) override { throw NeedsTransaction(); }
  void after_commit(std::function<void()>) override {}
  void hint_after_commit() override {}

 private:
  Reader& snapshot_;
  std::vector<std::function<void(Writer&)>> before_;
};

}  // namespace khuyenhoc::db
