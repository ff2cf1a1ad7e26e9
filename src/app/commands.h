// The commands beside `serve`: each opens the installation, does one thing, says it in one line or as JSON.
#pragma once

#include <CLI/CLI.hpp>

namespace khuyenhoc {

// Adds them to the program; the one that was called puts its exit status into `status`.
void add_commands(CLI::App& program, int& status);

}  // namespace khuyenhoc
