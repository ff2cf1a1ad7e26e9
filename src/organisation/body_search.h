// Bodies by the words of their names, without accents: an inverted index that a change only adds to, rebuilt when the additions grow long.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "organisation/organisation.h"

namespace khuyenhoc {

class BodySearch {
 public:
  static std::shared_ptr<const BodySearch> build(std::span<const std::shared_ptr<const Body>> bodies);
  // The index after these nodes came or were renamed; `bodies` are all of them, as they are now.
  std::shared_ptr<const BodySearch> with_changed(std::span<const std::shared_ptr<const Body>> bodies, std::span<const Node> changed) const;

  struct Query {
    std::string_view typed;
    std::size_t limit = 0;
    std::function<Node(Node)> superior;          // a word may be found in the name of a body above ("thôn 8 ea kar")
    std::function<bool(Node)> alive;
    std::function<bool(Node)> allowed;
    std::function<int(Node)> level;              // centre first among equals
  };
  std::vector<Node> find(const Query& query) const;

 private:
  struct Entry {
    std::vector<std::string> words;              // folded, of every name the body ever had, without repetition
    std::string name;                            // its last short name, folded
  };
  struct Index {
    std::vector<std::string> vocabulary;         // sorted
    std::vector<std::uint32_t> first;            // postings of word i are first[i] … first[i+1]-1
    std::vector<Node> postings;
    std::vector<std::string> names;              // by node
  };
  enum Strength : std::uint8_t { absent = 0, inside = 1, prefix = 2, whole = 3 };
  static Entry entry_of(const Body& body);
  std::vector<std::uint8_t> strengths(std::string_view word) const;
  const std::string& name(Node node) const;

  std::shared_ptr<const Index> index_;
  std::map<Node, Entry> changed_;                // stands before the index
  std::size_t size_ = 0;
};

}  // namespace khuyenhoc
