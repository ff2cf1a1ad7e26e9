// What the commands share: where the installation lies, which day it is, how a command speaks and ends.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>
#include <string_view>

#include <CLI/CLI.hpp>

#include "app/application.h"
#include "app/usage_words.h"

namespace khuyenhoc {

// Exit statuses of the program: done, refused with one clear line on standard error, used wrongly.
inline constexpr int status_done = 0;
inline constexpr int status_refused = 1;
inline constexpr int status_wrong_usage = 2;

enum class Output { text, json };

// The installation a command works on, and the day it takes for today.
struct CommandPlace {
  InstallationPlace place;
  std::string today;                     // ISO day; empty: the real one
};
void add_place(CLI::App& command, CommandPlace& where);
void add_json(CLI::App& command, Output& output);

// An option that is one of a few words, each with what it means to us.
template <class Meaning>
void add_choice(CLI::App& command, const std::string& name, Meaning& chosen, const std::map<std::string, Meaning>& words, const std::string& help) {
  std::vector<std::string> known;
  for (const auto& [word, meaning] : words) known.push_back(word);
  const std::string shown = fmt::format("{}", fmt::join(known, "|"));
  command.add_option_function<std::string>(name, [&chosen, words](const std::string& word) { chosen = words.at(word); }, help)->check(one_of(std::move(known)))->type_name(shown);
}

// Parses the arguments and runs the command they name; usage errors and a failing store end in one line, too.
int run_commands(CLI::App& program, int argc, char** argv, const int& status);

int refused(std::string_view sentence);  // one line on standard error
int refused(const Refusal& refusal);
void say(std::string_view text);         // to standard output

Result<Clock> clock_of(const std::string& today);                 // "command.today"
Result<std::unique_ptr<Application>> open_to_read(const CommandPlace& where);

// Text in a column of so many characters, as a person counts them.
enum class Align { left, right };
std::string padded(std::string_view text, std::size_t characters, Align align);

}  // namespace khuyenhoc
