#include <charconv>

#include "organisation/namesakes.h"
#include "paper_style/pages/parts_of_paper_style.h"
#include "paper_style/paper_style.h"
#include "shell/pages/form.html.h"
#include "shell/start_under_way.h"

namespace khuyenhoc {
namespace paper_style {

Url style_of(BodyId body) { return html::path("/to-chuc/{}/the-thuc", body); }

std::vector<FrameLink> trail_to(const Visit& visit, BodyId body) {
  return after_start(visit, {{tr("Tổ chức Hội"), Url("/to-chuc")}, {name_among_siblings(*visit.organisation(), body, visit.today()), html::path("/to-chuc/{}", body)}});
}

std::vector<FrameLink> trail_to_style(const Visit& visit, BodyId body) {
  auto out = trail_to(visit, body);
  out.push_back({tr("Thể thức văn bản"), style_of(body)});
  return out;
}

std::optional<BodyId> body_to_keep(const Visit& visit) {
  const auto body = visit.body(Permission::keep_bodies);
  if (!body || !visit.organisation()->body(*body).alive(visit.today())) return std::nullopt;
  return body;
}

std::optional<BodyId> body_to_sign_for(const Visit& visit) {
  const auto body = visit.body(Permission::sign);
  if (!body || !visit.organisation()->body(*body).alive(visit.today())) return std::nullopt;
  return body;
}

std::optional<Day> typed_day(const http::Request& request, const std::string& field, FormErrors& errors) {
  const std::string typed = request.text(field);
  if (typed.empty()) {
    errors.emplace_back(field, tr("Xin ghi ngày, ví dụ 01/7/2026."));
    return std::nullopt;
  }
  const auto day = Day::parse(typed);
  if (day) return *day;
  errors.emplace_back(field, day.error().message);
  return std::nullopt;
}

std::int64_t typed_number(const http::Request& request, const std::string& field) { return whole_number(request.text(field)); }

std::int64_t whole_number(std::string_view typed) {
  std::int64_t out = 0;
  const auto [end, wrong] = std::from_chars(typed.data(), typed.data() + typed.size(), out);
  return wrong == std::errc{} && end == typed.data() + typed.size() ? out : 0;
}

http::Response form_answer(const Visit& visit, const std::string& title, const PlainForm& page, http::Status status) {
  return http::Response::html(shell_pages::form(visit.frame(title, MenuItem::organisation), page), status);
}

void put(FormErrors& errors, const Refusal& refusal, const std::string& otherwise) { errors.emplace_back(refusal.place.empty() ? otherwise : refusal.place, refusal.message); }

http::Status status_of(const Refusal& refusal) { return refusal.code.ends_with(".stale") ? http::Status::conflict : http::Status::unprocessable; }

std::string post_label(const std::string& code, Language language) {
  const PostKind* kind = Posts::house().find(code);
  return kind != nullptr ? kind->label(language) : code;
}

std::vector<FormChoice> paper_choices(Language language) {
  std::vector<FormChoice> out;
  for (const PaperKind& kind : PaperKinds::house().kinds()) out.push_back({kind.code, kind.label(language)});
  return out;
}

std::string stretch(Day from, const std::optional<Day>& until) { return until ? tr("từ {} đến hết {}", from.text(), (*until - 1).text()) : tr("từ {}", from.text()); }

}  // namespace paper_style

void add_paper_style_pages(Pages& pages) {
  add_style_pages(pages);
  add_style_change_pages(pages);
  add_signing_pages(pages);
  add_picture_pages(pages);
}

}  // namespace khuyenhoc
