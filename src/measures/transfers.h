// Money passed on inside the association: own figures are gross, what consolidates both sides is net (design 4.2, domain 0b.9).
#pragma once

#include "measures/statements.h"

namespace khuyenhoc {

struct Transfer {
  BodyId payer;
  BodyId receiver;
  std::int64_t dong = 0;
  Day day;
  Source source;
};

// D08b at the payer, D08a at the receiver, and both taken off again at the lowest body that contains the two. "transfer.amount", "transfer.bodies".
Result<void> post_transfer(db::Writer& writer, Statements& statements, const Transfer& transfer, Arrival arrival, UserId by, std::int64_t now_ms);

}  // namespace khuyenhoc
