// What the rules of round workbooks share: names of the jobs, what is answered where nothing may be seen.
#pragma once

#include <string_view>

#include "base/i18n.h"
#include "round_workbooks/round_workbooks.h"
#include "shell/acting_viewer.h"

namespace khuyenhoc::round_workbooks {

inline constexpr std::string_view bundle_job = "round_workbooks.bundle";
inline constexpr std::string_view judge_job = "round_workbooks.judge";
inline constexpr std::string_view write_job = "round_workbooks.write";

inline Refusal unknown_place() { return {"round.unknown", tr("Không có đợt báo cáo này, hoặc đợt này không thuộc phạm vi của ông/bà."), {}}; }

}  // namespace khuyenhoc::round_workbooks
