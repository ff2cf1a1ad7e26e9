#include <gtest/gtest.h>

#include "importing/importing_fixture.h"

namespace khuyenhoc {
namespace {

TEST(ImportKinds, Are_found_by_their_code) {
  ImportKinds kinds;
  kinds.add(std::make_unique<ContactListKind>());
  EXPECT_NE(kinds.find("lien-he"), nullptr);
  EXPECT_EQ(kinds.find("khong-co"), nullptr);
  EXPECT_EQ(import_path(BodyId{17}, "lien-he"), "/nhap-tep/17/lien-he");
}

}  // namespace
}  // namespace khuyenhoc
