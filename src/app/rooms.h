// All rooms of the house and the routes that lead to them: the one place that names them all.
#pragma once

#include "platform/http/router.h"
#include "shell/house.h"

namespace khuyenhoc {

// Adds every page. The house and the router must outlive the server.
void add_rooms(http::Router& router, House& house);

}  // namespace khuyenhoc
