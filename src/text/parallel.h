// Work that is split over threads. The one place that starts them for batches, so that a build without threads has one place to change.
#pragma once

#include <cstddef>
#include <functional>

namespace drizzle_audit::text {

/// Runs `work(i)` for every i below `count` on up to `threads` threads, the caller's among them, and returns when all are done. Threads
/// take `batch` numbers at a time, in order. `work` must not throw. How many threads there may be: platform::thread_count().
void in_parallel(unsigned threads, std::size_t count, std::size_t batch, const std::function<void(std::size_t)>& work);

}  // namespace drizzle_audit::text
