// Values that rules share.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "drizzle_audit/memo.h"

namespace drizzle_audit {
namespace {

TEST(Memo, MakesAValueOnceForAllThreads) {
  Memo memo;
  std::atomic<int> made = 0;
  std::atomic<int> agreed = 0;
  const auto make = [&] {
    ++made;
    return std::vector<int>{1, 2, 3};
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        if (memo.get<std::vector<int>>(make) == std::vector<int>{1, 2, 3}) ++agreed;
      });
    }
  }
  EXPECT_EQ(made, 1);
  EXPECT_EQ(agreed, 8);
}

TEST(Memo, KeepsValuesOfTypesApart) {
  Memo memo;
  const std::string& text = memo.get<std::string>([] { return "first"; });
  EXPECT_EQ(memo.get<int>([] { return 7; }), 7);
  EXPECT_EQ(memo.get<std::string>([] { return "second"; }), "first");
  EXPECT_EQ(&memo.get<std::string>([] { return "third"; }), &text);
}

}  // namespace
}  // namespace drizzle_audit
