// How the command line says what it takes and what was wrong with what it was given: in Vietnamese, with the right word nearest to the wrong one.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

namespace khuyenhoc {

// The known word that was probably meant; empty when none is near.
std::string nearest_word(std::string_view typed, const std::vector<std::string>& known);

// A check that a value is one of some words; the option's type_name shows them.
CLI::Validator one_of(std::vector<std::string> words);

// Help of every command: usage, values, options, subcommands, each with what is required.
std::shared_ptr<CLI::FormatterBase> help_in_vietnamese();

// What was wrong, without a full stop: "không có “--unti”; có lẽ là “--unit”", "thiếu --unit".
std::string usage_words(const CLI::App& program, const CLI::ParseError& error);

}  // namespace khuyenhoc
