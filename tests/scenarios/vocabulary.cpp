#include "vocabulary.h"

#include <stdexcept>

#include <fmt/format.h>

namespace khuyenhoc::scenarios {
namespace {

constexpr std::string_view begins_before = "The association before the reform", begins_after = "The association after the reform", then = "Then ", refused = "Refused as ";

// Compiled once: the phrase that fits a sentence whole.
template <class Phrase>
class Phrases {
 public:
  explicit Phrases(const std::vector<Phrase>& all) {
    for (const Phrase& one : all) patterns_.emplace_back(std::regex(one.pattern), &one);
  }
  const Phrase* find(const std::string& text, std::smatch& match) const {
    for (const auto& [pattern, phrase] : patterns_)
      if (std::regex_match(text, match, pattern)) return phrase;
    return nullptr;
  }

 private:
  std::vector<std::pair<std::regex, const Phrase*>> patterns_;
};

const Phrases<Happening>& happening_phrases() {
  static const Phrases<Happening> all(happenings());
  return all;
}
const Phrases<Happening>& decision_phrases() {
  static const Phrases<Happening> all(decisions());
  return all;
}
const Phrases<Expectation>& expectation_phrases() {
  static const Phrases<Expectation> all(expectations());
  return all;
}

Words words_of(const std::smatch& match) {
  Words out;
  for (const auto& part : match) out.push_back(part.str());
  return out;
}

// The expected value, changed a little: "120" to "121", "20,4%" to "20,5%", "–" to "0". Of a list each item in turn.
std::vector<std::string> other_values(const std::string& value) {
  if (value == "–") return {"0"};
  std::vector<std::string> out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool digit = value[i] >= '0' && value[i] <= '9';
    const bool last = i + 1 == value.size() || value[i + 1] == '%' || (value[i + 1] == ',' && (i + 2 == value.size() || value[i + 2] == ' '));
    if (!digit || !last) continue;
    out.push_back(value);
    out.back()[i] = static_cast<char>('0' + (value[i] - '0' + 1) % 10);
  }
  if (out.empty()) out.push_back(value + "x");
  return out;
}

class Player {
 public:
  Player(const Scenario& scenario, std::unique_ptr<db::Store> store) : scenario_(scenario) {
    const bool before = scenario.sentences.front().text == begins_before;
    world_ = std::make_unique<ScenarioWorld>(std::move(store), before ? small_organisation_before() : small_organisation());
  }
  void play() {
    for (std::size_t i = 1; i < scenario_.sentences.size(); ++i) {
      const Sentence& sentence = scenario_.sentences[i];
      try {
        if (sentence.text.starts_with(then)) expect(sentence);
        else if (sentence.text.starts_with(refused)) expect_refusal(sentence);
        else if (const auto done = happen(sentence, sentence.text); !done) fail(sentence, fmt::format("refused as {}: {}", done.error().code, done.error().message));
      } catch (const std::invalid_argument& error) {
        fail(sentence, error.what());
      }
    }
  }

 private:
  [[noreturn]] void fail(const Sentence& sentence, const std::string& what) const {
    trouble(scenario_.path, sentence.line, fmt::format("“{}”: {}", sentence.text, what));
  }
  Result<void> happen(const Sentence& sentence, const std::string& text) {
    std::smatch match;
    const Happening* phrase = (sentence.opens_a_list ? decision_phrases() : happening_phrases()).find(text, match);
    return phrase->run(*world_, sentence, words_of(match));
  }
  // Refused by its code, and nothing else has happened.
  void expect_refusal(const Sentence& sentence) {
    const auto colon = sentence.text.find(": ");
    const std::string code = sentence.text.substr(refused.size(), colon - refused.size());
    const Answers before = world_->answers();
    const auto bodies = world_->organisation->current()->size();
    const auto done = happen(sentence, sentence.text.substr(colon + 2));
    if (done) fail(sentence, "it was done");
    if (done.error().code != code) fail(sentence, fmt::format("it was refused as {}: {}", done.error().code, done.error().message));
    if (done.error().message.empty()) fail(sentence, "it was refused without a word");
    if (world_->answers() != before || world_->organisation->current()->size() != bodies) fail(sentence, "it was refused, yet something changed");
  }
  void expect(const Sentence& sentence) {
    const std::string text = sentence.text.substr(then.size());
    std::smatch match;
    const Expectation* phrase = expectation_phrases().find(text, match);
    Words words = words_of(match);
    if (const std::string found = phrase->check(*world_, words); !found.empty()) fail(sentence, found);
    for (const std::size_t place : phrase->values)
      for (const std::string& other : other_values(words[place])) {
        const std::string kept = std::exchange(words[place], other);
        bool holds = false;
        try {
          holds = phrase->check(*world_, words).empty();
        } catch (const std::invalid_argument&) {
          holds = false;
        }
        words[place] = kept;
        if (holds) fail(sentence, fmt::format("would hold with {} for {}, too: it cannot fail", other, kept));
      }
  }

  const Scenario& scenario_;
  std::unique_ptr<ScenarioWorld> world_;
};

}  // namespace

void understand(const Scenario& scenario) {
  const auto& first = scenario.sentences.front();
  if (first.text != begins_before && first.text != begins_after) trouble(scenario.path, first.line, fmt::format("begin with “{}.” or “{}.”", begins_before, begins_after));
  bool expects = false;
  for (std::size_t i = 1; i < scenario.sentences.size(); ++i) {
    const Sentence& sentence = scenario.sentences[i];
    std::string text = sentence.text;
    std::smatch match;
    bool known = false;
    if (text.starts_with(then)) {
      known = !sentence.opens_a_list && expectation_phrases().find(text = text.substr(then.size()), match);
      expects = true;
    } else {
      if (text.starts_with(refused)) {
        const auto colon = text.find(": ");
        if (colon == std::string::npos) trouble(scenario.path, sentence.line, fmt::format("“{}”: say what is refused after a colon", text));
        text = text.substr(colon + 2);
        expects = true;
      }
      known = (sentence.opens_a_list ? decision_phrases() : happening_phrases()).find(text, match);
    }
    if (!known) trouble(scenario.path, sentence.line, fmt::format("“{}” is not a sentence that scenarios know; see happenings.cpp, decisions.cpp and expectations.cpp", sentence.text));
  }
  if (!expects) trouble(scenario.path, first.line, "a scenario that expects nothing cannot fail");
}

void play(const Scenario& scenario, std::unique_ptr<db::Store> store) {
  understand(scenario);
  Player(scenario, std::move(store)).play();
}

}  // namespace khuyenhoc::scenarios
