// The steps an office goes through to begin, each with its state worked out from what is stored: what there is, what is missing, and what it costs not to have it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shell/visit.h"

namespace khuyenhoc::starting {

enum class Step { bodies, posts, accounts, letterhead, targets, past_years };
std::string_view step_word(Step step);                             // stored, and in addresses: "to-chuc", "chuc-vu", …
std::optional<Step> step_from_word(std::string_view word);

enum class StepState { not_begun, begun, done, put_off };

// Something that is not there yet.
struct Missing {
  std::int64_t count = 0;
  std::string what;                      // "14 xã, phường chưa có người liên hệ"
  std::string cost;                      // "không gọi được khi chậm báo cáo"
  std::string button;                    // where it is filled in
  Url link = Url("/");
};

struct PutOff {
  std::string by, when;                  // "Bà Trần Kim Liên", "9 giờ 41 phút ngày 22/11/2026"
};

struct StepView {
  Step step = Step::bodies;
  std::string title;                     // "Tổ chức Hội"
  std::string purpose;                   // what it is for, in one sentence
  StepState state = StepState::not_begun;
  std::vector<std::string> decided;      // "Đã có 102 xã, phường; 9.000 chi hội, ban"
  std::vector<Missing> missing;
  std::string button;                    // the page where the step is worked on
  Url link = Url("/");
  std::optional<PutOff> put_off;
  bool closed() const { return state == StepState::done || state == StepState::put_off; }
};

struct Progress {
  BodyId body;
  std::string name;
  std::vector<StepView> steps;
  std::size_t closed = 0;
  bool finished() const { return closed == steps.size(); }
  const StepView* next() const;          // the first that is neither done nor put off
};

// Associations begin; a branch or board is begun by the association above it.
bool begins_by_itself(const BodyKind& kind);
Progress progress_of(House& house, db::Reader& reader, const Viewer& viewer, BodyId body);

// Sets a step aside until later, or takes it up again; with its entry in the trail.
void put_off(House& house, const Viewer& viewer, BodyId body, Step step);
void take_up(House& house, const Viewer& viewer, BodyId body, Step step);

}  // namespace khuyenhoc::starting
