// The words a synthetic world is made of: names of people, villages, schools, clans, offices (catalogue/names.toml).
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "world/chance.h"

namespace khuyenhoc {

struct Person {
  std::string salutation;              // "Ông", "Bà"
  std::string name;
};

class WordLists {
 public:
  static Result<WordLists> parse(std::string_view toml);
  static const WordLists& house();

  Person person(const Chance& chance, std::uint64_t key, std::string_view region) const;
  // The n-th village, school … of a place; different for each n.
  std::string village(const Chance& chance, std::uint64_t place, std::string_view region, std::string_view unit_type, std::size_t n) const;
  std::string school(const Chance& chance, std::uint64_t place, std::string_view place_name, std::size_t n) const;
  std::string office(const Chance& chance, std::uint64_t place, std::string_view place_name, std::size_t n) const;
  std::string clan(const Chance& chance, std::uint64_t place, std::size_t n) const;
  std::string faith(const Chance& chance, std::uint64_t place, std::size_t n) const;
  // Offices and universities with an association of their own, by code of the old province.
  std::vector<std::string> associations(std::string_view province) const;

 private:
  using Words = std::vector<std::string>;
  static std::string nth(const Words& words, const Chance& chance, std::uint64_t place, std::size_t n);

  std::vector<std::pair<std::string, std::int64_t>> families_;     // with weights
  std::int64_t weight_ = 0;
  Words middle_men_, middle_women_, given_men_, given_women_, ede_clans_, ede_men_, ede_women_;
  std::map<std::string, Words, std::less<>> villages_, associations_;
  Words flowers_, heroes_, clans_, faiths_, offices_;
};

}  // namespace khuyenhoc
