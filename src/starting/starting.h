// Bắt đầu sử dụng: the first office and officer of an empty installation, and what an office still misses to work with the program.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "access/first_account.h"
#include "shell/visit.h"

namespace khuyenhoc {

// Where nobody can sign in yet: puts the national frame into an empty store and returns a fresh code that opens /bat-dau once. None where there are accounts.
Result<std::optional<std::string>> open_first_run(House& house);
// The address to open with such a code, on the machine itself: "http://127.0.0.1:8080/bat-dau?ma=…".
std::string first_run_address(const std::string& address, int port, const std::string& code);

// Pages /bat-dau…
void add_starting_pages(Pages& pages);

// Whether the one who asks sees to the start of the office acted for, so that a menu leads there.
bool may_begin(const Visit& visit);

// What "Việc cần làm" says while the start of the office acted for is not finished. None for whoever may not see to it, for a branch, and when all is done.
struct StartingCard {
  std::string title;                     // "Bắt đầu sử dụng: đã xong 2 trên 6 bước"
  std::string sentence;                  // what comes next, and what its want costs
  std::size_t done = 0, all = 0;
  Url link = Url("/bat-dau/tien-trinh");
};

// The cards as the home page shows them. One that took long to work out (the centre has 200,000 branches below it) is shown again for a while: the longer, the longer it
// took; until the day, the language or what was put off is another. The page of the steps is always as it is now.
class KnownStartingCards {
 public:
  KnownStartingCards();
  ~KnownStartingCards();
  std::optional<StartingCard> of(const Visit& visit);

 private:
  struct Kept;
  std::unique_ptr<Kept> kept_;
};

}  // namespace khuyenhoc
