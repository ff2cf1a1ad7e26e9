// What is said and written in the reporting rounds of the demo world (catalogue/demo_rounds.toml).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "forms/forms.h"
#include "world/chance.h"

namespace khuyenhoc {

struct RoundScript {
  // A block of a report's words: some of the sentences, chosen by chance.
  struct Block {
    std::string of, code;                // "commune", "uu_diem"
    std::size_t pick = 1;
    std::vector<std::string> sentences;
  };
  struct Remark {
    std::string at, reason;              // code of an indicator or of a block
  };
  struct Return {
    std::string reason;
    std::optional<Remark> cell, text;
  };
  struct Change {
    std::string measure;
    std::int64_t by = 0;
    std::string reason, cell_reason;
  };
  struct Question {
    OwnQuestion asked;
    std::int64_t least = 0, most = 0;    // what is answered; of money in millions
  };

  std::vector<Block> blocks;
  std::vector<Return> returns;
  std::vector<Change> adjustments;
  std::vector<Question> addition, request;
  std::string addition_note, request_title, request_message;
  std::map<std::string, std::vector<std::string>> reasons;     // by the first letter of the indicator, "unreported", "other"
  std::map<std::string, std::vector<std::string>> words;

  // Markdown of a block as somebody of that kind writes it, {don_vi} said; empty where they have nothing to say there.
  std::string block(std::string_view of, std::string_view code, std::string_view name, const Chance& chance, std::uint64_t key) const;
  const std::string& reason(std::string_view measure, bool unreported, const Chance& chance, std::uint64_t key) const;
  const std::string& word(const std::string& key, const Chance& chance, std::uint64_t of) const;

  static Result<RoundScript> parse(std::string_view toml);
  static const RoundScript& house();
};

}  // namespace khuyenhoc
