#include "shell/form_answers.h"

#include <charconv>

#include "organisation/posts.h"
#include "shell/pages/form.html.h"

namespace khuyenhoc {

std::optional<Day> typed_day(const http::Request& request, const std::string& field, FormErrors& errors) { return typed_day(request.text(field), field, errors); }

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

}  // namespace khuyenhoc
