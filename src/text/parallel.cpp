#include "text/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace drizzle_audit::text {

void in_parallel(unsigned threads, std::size_t count, std::size_t batch, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    for (std::size_t begin = next.fetch_add(batch); begin < count; begin = next.fetch_add(batch)) {
      for (std::size_t i = begin; i < std::min(begin + batch, count); ++i) work(i);
    }
  };
  std::vector<std::jthread> others;
  for (std::size_t i = 1; i < std::min<std::size_t>(threads, (count + batch - 1) / batch); ++i) others.emplace_back(run);
  run();
}

}  // namespace drizzle_audit::text
