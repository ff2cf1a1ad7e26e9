#include "access/first_account.h"
#include "accounts/pages/account_pages.h"
#include "accounts/pages/parts_of_accounts.h"
#include "accounts/pages/password.html.h"
#include "accounts/pages/sign_in.html.h"
#include "base/i18n.h"

namespace khuyenhoc {
namespace {

constexpr std::int64_t cookie_seconds = 30 * 24 * 3'600;

void note(House& house, UserId user, BodyId body, std::string_view action) {
  house.store.write([&](db::Writer& writer) {
    AuditEntry entry;
    entry.user = user;
    entry.body = body;
    entry.noun = "user";
    entry.record = user.value;
    entry.action = action;
    house.trail.write(writer, std::move(entry));
  });
}

http::Response show_sign_in(const House& house, SignInForm form, http::Status status) {
  form.demo = &house.demo_sign_ins;
  form.nobody_yet = !house.store.read([](db::Reader& reader) { return has_accounts(reader); });
  return http::Response::html(accounts_pages::sign_in(open_frame(tr("Đăng nhập")), form), status);
}

http::Response sign_in(House& house, const http::Request& request) {
  SignInForm form;
  form.telephone = request.text("telephone");
  form.back = request.text("ve");
  // A password is taken as typed; only its Unicode form is made one, so that every keyboard gives the same.
  const std::string password = request.text("password");
  const auto signed_in = house.sessions.sign_in(form.telephone, password, request.remote_address);
  if (!signed_in) {
    form.error = signed_in.error().message;
    form.error_place = signed_in.error().place == "telephone" ? "telephone" : "password";
    return show_sign_in(house, std::move(form), http::Status::unprocessable);
  }
  if (const auto viewer = house.sessions.viewer(signed_in->token)) note(house, viewer->user(), viewer->acting_for(), "sign_in");
  const Url to = signed_in->must_change_password ? Url("/doi-mat-khau") : Url::local(form.back).value_or(Url("/"));
  return with_session(http::Response::redirect(to), signed_in->token);
}

http::Response show_password(const Visit& visit, PasswordForm form, http::Status status) {
  form.must_change = visit.viewer().must_change_password();
  const Frame frame = visit.frame(form.must_change ? tr("Đặt mật khẩu của riêng mình") : tr("Đổi mật khẩu"), MenuItem::none);
  return http::Response::html(accounts_pages::password(frame, form), status);
}

http::Response change_password(const Visit& visit) {
  House& house = visit.house();
  PasswordForm form;
  const std::string current = visit.request().text("current");
  const std::string fresh = visit.request().text("password");
  const auto row = house.store.read([&](db::Reader& reader) { return house.users.row(reader, visit.viewer().user()); });
  if (!row) return visit.not_found();
  const auto proved = house.sessions.sign_in(row->telephone, current, visit.request().remote_address);
  if (!proved) form.errors.emplace_back("current", proved.error().code == "sign_in.wrong" ? tr("Mật khẩu đang dùng chưa đúng.") : proved.error().message);
  else house.sessions.sign_out(proved->token);
  if (const auto good = acceptable_password(fresh, row->telephone); !good) form.errors.emplace_back("password", good.error().message);
  else if (fresh == current) form.errors.emplace_back("password", tr("Mật khẩu mới cần khác mật khẩu đang dùng."));
  if (fresh != visit.request().text("again")) form.errors.emplace_back("again", tr("Hai lần ghi mật khẩu mới chưa giống nhau."));
  if (!form.errors.empty()) return show_password(visit, std::move(form), http::Status::unprocessable);
  const auto hashed = house.users.hash(fresh);
  if (!hashed) return visit.refused(hashed.error(), http::Status::unavailable);
  const auto changed = house.store.write([&](db::Writer& writer) -> Result<void> {
    if (auto done = house.users.change_password(writer, visit.viewer().user(), *hashed); !done) return done;
    house.trail.write(writer, visit.viewer(), visit.viewer().acting_for(), "user", visit.viewer().user().value, "password", {}, {});
    return {};
  });
  house.sessions.forget_cached();
  if (!changed) return visit.refused(changed.error(), http::Status::unprocessable);
  return visit.done(Url("/"), tr("Đã đổi mật khẩu."));
}

}  // namespace

http::Response with_session(http::Response response, const std::string& token) {
  response.set_cookie({.name = std::string(session_cookie), .value = token, .lifetime = http::Cookie::Lifetime::lasting,
                       .seconds = token.empty() ? 0 : cookie_seconds, .transport = http::Cookie::Transport::any});
  return response;
}

std::string PasswordForm::error_of(std::string_view field) const {
  for (const auto& [name, message] : errors)
    if (name == field) return message;
  return {};
}

void add_sign_in_pages(Pages& pages) {
  House& house = pages.house();
  pages.open_get("/dang-nhap", [&house](const http::Request& request) {
    if (house.sessions.viewer(request.cookie(session_cookie))) return http::Response::redirect(Url("/"));
    SignInForm form;
    form.back = request.query.value("ve");
    // from the QR code of a slip: the number only, for a code in an address would stay in the browser's history and in every log on the way
    if (const auto telephone = normalised_telephone(request.query.value("so"))) form.telephone = *telephone;
    return show_sign_in(house, std::move(form), http::Status::ok);
  });
  pages.open_post("/dang-nhap", [&house](const http::Request& request) { return sign_in(house, request); });
  pages.post("/dang-xuat", [](const Visit& visit) {
    note(visit.house(), visit.viewer().user(), visit.viewer().acting_for(), "sign_out");
    visit.house().sessions.sign_out(visit.request().cookie(session_cookie));
    return with_session(http::Response::redirect(Url("/dang-nhap")), {});
  });
  pages.get("/doi-mat-khau", [](const Visit& visit) { return show_password(visit, {}, http::Status::ok); });
  pages.post("/doi-mat-khau", change_password);
}

}  // namespace khuyenhoc
