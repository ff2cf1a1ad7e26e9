// The server: opens the installation, puts up the rooms, answers until it is told to stop.
#pragma once

#include <string>

#include "app/application.h"

namespace khuyenhoc {

struct ServeOptions {
  InstallationPlace place;
  std::string listen = "127.0.0.1:8080";
  std::string assets = "assets";            // the built ones, with their manifest
  bool demo = false;                        // an empty installation gets the demo world first
  std::string today;                        // ISO day for demos and tests; empty: the real one
};

// Exit status of the program: 0 after a graceful stop, 1 after one clear line on standard error.
int serve(const ServeOptions& options);

}  // namespace khuyenhoc
