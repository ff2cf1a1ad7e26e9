#include "accounts/pages/parts_of_accounts.h"
#include "base/i18n.h"

namespace khuyenhoc {
namespace {

http::Response remember(http::Response response, std::string_view cookie, std::string_view value) {
  constexpr std::int64_t a_year = 365 * 24 * 3'600;
  response.set_cookie({.name = std::string(cookie), .value = std::string(value), .lifetime = http::Cookie::Lifetime::lasting,
                       .seconds = value.empty() ? 0 : a_year, .transport = http::Cookie::Transport::any});
  return response;
}

// The page to go back to, without the choice that the address itself may carry.
Url without(const Url& address, std::string_view name) {
  const std::string& text = address.text();
  const auto question = text.find('?');
  if (question == std::string::npos) return address;
  std::string kept = text.substr(0, question);
  char joint = '?';
  for (std::size_t begin = question + 1; begin <= text.size();) {
    const auto end = std::min(text.find('&', begin), text.size());
    const std::string_view pair = std::string_view(text).substr(begin, end - begin);
    if (!pair.empty() && !(pair.starts_with(name) && pair.substr(name.size()).starts_with('='))) {
      kept += joint;
      kept += pair;
      joint = '&';
    }
    begin = end + 1;
  }
  return Url::local(kept).value_or(Url("/"));
}

}  // namespace

void add_setting_pages(Pages& pages) {
  pages.post("/don-vi-lam-viec", [](const Visit& visit) {
    const auto body = visit.request().form.fields.value("unit");
    const BodyId chosen{std::atoll(std::string(body).c_str())};
    const auto done = visit.house().sessions.act_for(visit.request().cookie(session_cookie), chosen);
    if (!done) return visit.refused(done.error(), http::Status::forbidden);
    return http::Response::redirect(Url("/"));
  });
  pages.get("/ky", [](const Visit& visit) {
    const Url back = without(visit.way_back(Url("/")), "ky");
    const auto named = visit.periods().parse_name("bao_cao", visit.request().query.value("ky"));
    if (!named) return visit.refused({"period.unknown", tr("Không có kỳ này. Xin chọn một kỳ trong danh sách ở đầu trang."), {}}, http::Status::unprocessable);
    return remember(http::Response::redirect(back), "ky", named->name());
  });
  pages.get("/dia-gioi-xem", [](const Visit& visit) {
    const Url back = without(visit.way_back(Url("/so-lieu")), "ngay");
    const auto typed = visit.request().query.value("ngay");
    const auto day = Day::parse_iso(typed);
    if (!typed.empty() && (!day || *day > visit.today()))
      return visit.refused({"territory.day", tr("Ngày của địa giới chưa đúng. Xin chọn hôm nay hoặc một ngày đã qua."), {}}, http::Status::unprocessable);
    return remember(http::Response::redirect(back), "dia_gioi", day && *day != visit.today() ? day->iso() : std::string());
  });
  pages.post("/chu-to", [](const Visit& visit) {
    House& house = visit.house();
    house.store.write([&](db::Writer& writer) { house.users.set_large_type(writer, visit.viewer().user(), !visit.viewer().large_type()); });
    house.sessions.forget_cached();
    return http::Response::redirect(visit.way_back(Url("/")));
  });
  pages.post("/ngon-ngu", [](const Visit& visit) {
    House& house = visit.house();
    const Language other = visit.language() == Language::vietnamese ? Language::english : Language::vietnamese;
    house.store.write([&](db::Writer& writer) { house.users.set_language(writer, visit.viewer().user(), other); });
    house.sessions.forget_cached();
    return http::Response::redirect(visit.way_back(Url("/")));
  });
}

}  // namespace khuyenhoc
