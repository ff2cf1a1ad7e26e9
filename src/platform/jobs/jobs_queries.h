// What the worker does to a job's row; each says whether the lease was still its own.
#pragma once

#include <optional>
#include <string_view>

#include "platform/jobs/jobs.h"

namespace khuyenhoc::jobs {

std::optional<Job> take_due(db::Store& store, std::string_view queue, const Uuid& holder, std::int64_t now_ms, int lease_ms);
bool renew(db::Store& store, JobId id, const Uuid& holder, std::int64_t until_ms, int percent, std::string_view progress);
bool end(db::Store& store, JobId id, const Uuid& holder, State state, std::string_view outcome, std::int64_t now_ms);
enum class Counted { yes, no };   // whether the attempt that ends is one of those a job has
bool try_later(db::Store& store, JobId id, const Uuid& holder, std::string_view why, std::int64_t due_ms, Counted counted);

}  // namespace khuyenhoc::jobs
