// What pages share that are made of a PlainForm: reading what was typed, and answering with the form and its errors.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shell/form.h"
#include "shell/visit.h"

namespace khuyenhoc {

// A day as typed, or the sentence at its field.
std::optional<Day> typed_day(const http::Request& request, const std::string& field, FormErrors& errors);
std::int64_t typed_number(const http::Request& request, const std::string& field);   // 0 where it is none
std::int64_t whole_number(std::string_view typed);                                   // 0 where it is none
http::Response form_answer(const Visit& visit, const std::string& title, const PlainForm& page, http::Status status);
void put(FormErrors& errors, const Refusal& refusal, const std::string& otherwise);  // at its place, or at the field `otherwise`
http::Status status_of(const Refusal& refusal);                                      // 409 when somebody saved first
std::string post_label(const std::string& code, Language language);

}  // namespace khuyenhoc
