// Names inside one file while its code is walked: blocks and functions hide what is outside them, as in JavaScript.
#pragma once

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "queries/binder.h"

namespace drizzle_audit::queries {

class Scopes : public Names {
 public:
  Scopes(Binder& binder, CodeFile& file) : binder_(binder), file_(file) {}

  Entity look_up(std::string_view name) override;
  Entity evaluate(const syntax::Node* expression) { return binder_.evaluate(file_, *this, expression); }
  [[nodiscard]] Binder& binder() { return binder_; }
  [[nodiscard]] CodeFile& file() const { return file_; }

  /// Everything entered after `mark` is forgotten by `leave`.
  [[nodiscard]] std::size_t mark() const { return entries_.size(); }
  void leave(std::size_t mark) { entries_.resize(mark); }

  /// Enters what the statements of a block declare: first all names, so that they hide what is outside, then what they stand for.
  void declare(std::span<const syntax::Node* const> statements);
  /// Enters the names of a pattern that is given `value`.
  void bind(const syntax::Node* pattern, const Entity& value);

  /// The value of a `const` in these scopes, so that `where(condition)` can be read; null when there is none.
  [[nodiscard]] const syntax::Node* constant(std::string_view name) const;
  /// Whether `name` is known in these scopes, so that the top of the file does not count.
  [[nodiscard]] bool is_local(std::string_view name) const { return find(name) != nullptr; }

 private:
  struct Entry {
    std::string_view name;
    Entity entity;
    const syntax::Node* value = nullptr;  // of a `const`
  };
  [[nodiscard]] const Entry* find(std::string_view name) const;
  void hide(const syntax::Node* pattern);
  void hide_declared(const syntax::Node* statement);
  void set(const syntax::Node* pattern, const Entity& value, std::size_t from);

  Binder& binder_;
  CodeFile& file_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string_view, Entity> top_;  // names at the top that were asked for: the binder serves all threads
};

}  // namespace drizzle_audit::queries
