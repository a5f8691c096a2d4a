// What several rules work out alike is worked out once.
#pragma once

#include <any>
#include <map>
#include <mutex>
#include <typeindex>

namespace drizzle_audit {

/// Values by their type, one of each. Safe from several threads: who asks while another makes the value waits for it.
class Memo {
 public:
  /// The value of this type; `make` makes it when nobody has asked before. Lives as long as the memo.
  template <class Value, class Make>
  const Value& get(Make make) {
    Entry* entry = nullptr;
    {
      const std::lock_guard lock(mutex_);
      entry = &entries_[std::type_index(typeid(Value))];
    }
    std::call_once(entry->once, [&] { entry->value = Value(make()); });
    return *std::any_cast<Value>(&entry->value);
  }

 private:
  struct Entry {
    std::once_flag once;
    std::any value;
  };
  std::mutex mutex_;
  std::map<std::type_index, Entry> entries_;  // entries never move
};

}  // namespace drizzle_audit
