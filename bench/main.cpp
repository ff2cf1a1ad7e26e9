// khuyenhoc_bench [NAME] [--json] [--without-peers]
#include <string_view>
#include <vector>

#include "bench/bench.h"

int main(int count, char** words) {
  const std::vector<std::string_view> arguments(words + 1, words + count);
  return khuyenhoc::bench::command(arguments);
}
