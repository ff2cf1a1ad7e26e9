#include "shell/start_under_way.h"

namespace khuyenhoc {

void remember_start(http::Response& response, StartSteps steps) {
  http::Cookie cookie{.name = std::string(start_cookie), .value = "1", .transport = http::Cookie::Transport::any};
  if (steps == StartSteps::all_closed) {
    cookie.value.clear();
    cookie.lifetime = http::Cookie::Lifetime::lasting;      // with no seconds left: the browser drops it
  }
  response.set_cookie(cookie);
}

std::optional<FrameLink> start_under_way(const Visit& visit) {
  if (visit.request().cookie(start_cookie).empty() || !visit.viewer().may_somewhere(Permission::keep_bodies)) return std::nullopt;
  return FrameLink{tr("Bắt đầu sử dụng"), Url("/bat-dau/tien-trinh")};
}

std::vector<FrameLink> after_start(const Visit& visit, std::vector<FrameLink> trail) {
  if (auto start = start_under_way(visit)) trail.insert(trail.begin(), std::move(*start));
  return trail;
}

}  // namespace khuyenhoc
