// Did you mean …?
#include "text/closest.h"

#include <gtest/gtest.h>

namespace drizzle_audit::text {
namespace {

TEST(Closest, CountsEdits) {
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("same", "same"), 0U);
}

TEST(Closest, FindsTheSlip) { EXPECT_EQ(closest("postgres", {"mysql", "postgresql", "sqlite"}), "postgresql"); }

TEST(Closest, StaysSilentWhenNothingIsNear) {
  EXPECT_EQ(closest("zebra", {"mysql", "postgresql"}), "");
  EXPECT_EQ(closest(std::string(1000, 'x'), {"mysql"}), "");
  EXPECT_EQ(closest("mysql", {}), "");
}

}  // namespace
}  // namespace drizzle_audit::text
