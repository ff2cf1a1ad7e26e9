// What a person reads when a request fails, in plain words; the field puts its own page around it with Router::on_error.
#pragma once

#include <string>
#include <string_view>

#include "platform/http/request.h"
#include "platform/http/response.h"

namespace khuyenhoc::http {

std::string error_title(Status status);          // "Không tìm thấy trang này"
std::string error_explanation(Status status);    // what happened and what to do next
Response plain_error_page(const Request& request, Status status, std::string_view explanation);

}  // namespace khuyenhoc::http
