// The job that writes a long list: its name, and what it does without the worker around it.
#pragma once

#include "importing/desk.h"
#include "platform/jobs/jobs.h"

namespace khuyenhoc::importing {

inline constexpr std::string_view job_kind = "nhap-tep";

// Writes an import that is running; what comes in the way opens its draft again with the reason. Refused only when it was told to stop.
Result<std::string> write_as_job(Desk& desk, ImportId id, const Desk::Told& told);

}  // namespace khuyenhoc::importing
