// See parser_memory.h. Blocks of up to a kilobyte are cut from chunks and go into the list of their size when they are freed; larger ones
// are operator new's. Chunks live until the program ends: a thread that ends leaves its lists to the next one.
#include "syntax/parser_memory.h"

#include <tree_sitter/api.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <mutex>
#include <new>
#include <vector>

namespace drizzle_audit::syntax {
namespace {

/// Before every block.
struct alignas(std::max_align_t) Head {
  std::size_t list = 0;  ///< 0: operator new's
  std::size_t size = 0;  ///< bytes behind the head
};

struct FreeBlock {
  FreeBlock* next = nullptr;
};

constexpr std::size_t kStep = 16;
constexpr std::size_t kLists = 65;
constexpr std::size_t kChunk = 256U << 10U;

struct Pool {
  std::array<FreeBlock*, kLists> free{};
  std::byte* at = nullptr;
  std::byte* end = nullptr;
};

/// The pools of threads that have ended; never destroyed, threads may end after everything else.
struct Idle {
  std::mutex mutex;
  std::vector<Pool*> pools;
};
Idle& idle() {
  static auto* const kAll = new Idle;
  return *kAll;
}

class Lease {
 public:
  Lease() {
    const std::lock_guard lock(idle().mutex);
    if (idle().pools.empty()) {
      pool_ = new Pool;
      return;
    }
    pool_ = idle().pools.back();
    idle().pools.pop_back();
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  ~Lease() {
    const std::lock_guard lock(idle().mutex);
    idle().pools.push_back(pool_);
  }
  [[nodiscard]] Pool& pool() const { return *pool_; }

 private:
  Pool* pool_ = nullptr;
};

Pool& own_pool() {
  thread_local const Lease kLease;
  return kLease.pool();
}

Head* head_of(void* block) { return static_cast<Head*>(block) - 1; }

void* allocate(std::size_t size) {
  const std::size_t list = std::max<std::size_t>((size + kStep - 1) / kStep, 1);
  if (list >= kLists) return new (::operator new(sizeof(Head) + size)) Head{.list = 0, .size = size} + 1;
  Pool& pool = own_pool();
  if (FreeBlock* block = pool.free[list]) {
    pool.free[list] = block->next;
    return block;
  }
  const std::size_t needed = sizeof(Head) + list * kStep;
  if (static_cast<std::size_t>(pool.end - pool.at) < needed) {
    pool.at = static_cast<std::byte*>(::operator new(kChunk));
    pool.end = pool.at + kChunk;
  }
  Head* const head = new (pool.at) Head{.list = list, .size = list * kStep};
  pool.at += needed;
  return head + 1;
}

void* allocate_zeros(std::size_t count, std::size_t size) { return std::memset(allocate(count * size), 0, count * size); }

void release(void* block) {
  if (block == nullptr) return;
  Head* const head = head_of(block);
  if (head->list == 0) {
    ::operator delete(head);
    return;
  }
  FreeBlock*& first = own_pool().free[head->list];
  first = new (block) FreeBlock{first};
}

void* reallocate(void* block, std::size_t size) {
  if (block == nullptr) return allocate(size);
  const Head before = *head_of(block);
  if (before.list != 0 && size <= before.size) return block;
  void* const moved = std::memcpy(allocate(size), block, std::min(before.size, size));
  release(block);
  return moved;
}

}  // namespace

void use_parser_memory() {
#ifdef DRZ_SANITIZED
  constexpr bool kWanted = false;
#else
  constexpr bool kWanted = true;
#endif
  [[maybe_unused]] static const bool kOnce = [] {
    if (kWanted) ts_set_allocator(allocate, allocate_zeros, reallocate, release);
    return kWanted;
  }();
}

}  // namespace drizzle_audit::syntax
