// The commands of the program, each in a file of its own: it opens the installation, does one thing, says it in one line or as JSON.
#pragma once

#include <CLI/CLI.hpp>

namespace khuyenhoc {

// Adds them all to the program; the one that was called puts its exit status into `status`.
void add_commands(CLI::App& program, int& status);

void add_serve_command(CLI::App& program, int& status);
void add_generate_command(CLI::App& program, int& status);
void add_import_command(CLI::App& program, int& status);
void add_export_command(CLI::App& program, int& status);
void add_report_command(CLI::App& program, int& status);
void add_figure_command(CLI::App& program, int& status);
void add_user_command(CLI::App& program, int& status);
void add_backup_command(CLI::App& program, int& status);
void add_restore_command(CLI::App& program, int& status);
void add_verify_command(CLI::App& program, int& status);
void add_routes_command(CLI::App& program, int& status);
void add_bench_command(CLI::App& program, int& status);

}  // namespace khuyenhoc
