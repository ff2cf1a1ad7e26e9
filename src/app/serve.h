// The server: opens the installation, puts up the rooms, answers until it is told to stop.
#pragma once

#include <string>

#include "app/command.h"

namespace khuyenhoc {

enum class AccessLog { off, on };
enum class Demo { no, yes };

struct ServeOptions {
  CommandPlace where;
  std::string listen = "127.0.0.1:8080";
  std::string public_address;               // how people reach it from outside; empty: as each browser says
  std::string assets = "assets";            // the built ones, with their manifest
  Demo demo = Demo::no;                     // an empty installation gets the demo world first
  AccessLog access_log = AccessLog::off;
};

// Exit status of the program: 0 after a graceful stop, 1 after one clear line on standard error.
int serve(const ServeOptions& options);

}  // namespace khuyenhoc
