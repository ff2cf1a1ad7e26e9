// All rooms of the house and the routes that lead to them: the one place that names them all.
#pragma once

#include <memory>

#include "importing/importing.h"
#include "platform/http/router.h"
#include "shell/house.h"

namespace khuyenhoc {

// Adds every page. The house and the router must outlive the server.
void add_rooms(http::Router& router, House& house);
// Every kind of list that can be read from a file.
std::shared_ptr<const ImportKinds> import_kinds(House& house);

}  // namespace khuyenhoc
