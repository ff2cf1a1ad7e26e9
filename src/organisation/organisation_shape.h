// The trees of an organisation and the lists looked up along them. Shared by snapshots as long as nobody is founded, moved or ended.
#pragma once

#include "organisation/organisation.h"

namespace khuyenhoc {

struct Organisation::Shape {
  std::shared_ptr<const TreeInTime> superiors;
  std::shared_ptr<const TreeInTime> areas;
  std::vector<Node> area_nodes;                  // by node of the body
  std::vector<std::vector<Node>> ever_below;     // by node: bodies that answered to it on some day
  std::vector<std::vector<Node>> ever_in;        // by node of the unit: bodies whose area it was on some day
  std::vector<Node> heads;                       // bodies that answered to nobody on some day
};

}  // namespace khuyenhoc
