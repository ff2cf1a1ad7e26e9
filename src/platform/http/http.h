// The web: requests, responses, the table of routes and the server. Pages include this one.
#pragma once

#include "platform/http/request.h"
#include "platform/http/response.h"
#include "platform/http/router.h"
#include "platform/http/server.h"
#include "platform/http/static_files.h"
