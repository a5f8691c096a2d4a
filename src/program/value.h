// Values of the evaluator: what a JavaScript expression is worth, as far as it can be told without running the program.
//
// `Unknown` is a value like any other: it stands for what cannot be told, carries the reason, and swallows every operation applied to
// it. Objects and arrays can be incomplete: some members known, others not. Everything lives in the interpreter's heap, whose arena
// releases all memory at once and runs no destructors, so a cell may own nothing but memory of that arena.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "drizzle_audit/model.h"
#include "syntax/ast.h"

namespace drizzle_audit::program {

class Host;
class Interpreter;
struct Array;
struct Function;
struct Module;
struct Native;
struct Object;
struct Scope;

enum class Tag : std::uint8_t {
  kUndefined,
  kNull,
  kBoolean,
  kNumber,
  kBigInt,
  kString,
  kObject,
  kArray,
  kFunction,
  kNative,
  kHost,
  kUnknown
};

/// 24 bytes, copied freely.
class Value {
 public:
  Value() = default;
  static Value null() { return with(Tag::kNull, nullptr); }
  static Value boolean(bool value) {
    Value made;
    made.tag_ = Tag::kBoolean;
    made.as_.boolean = value;
    return made;
  }
  static Value number(double value) {
    Value made;
    made.tag_ = Tag::kNumber;
    made.as_.number = value;
    return made;
  }
  /// `text` must live in the heap, in a source file, or for ever.
  static Value string(std::string_view text) { return with_text(Tag::kString, text); }
  /// `digits` in decimal, with a sign when negative.
  static Value bigint(std::string_view digits) { return with_text(Tag::kBigInt, digits); }
  static Value object(Object* object) { return with(Tag::kObject, object); }
  static Value array(Array* array) { return with(Tag::kArray, array); }
  static Value function(Function* function) { return with(Tag::kFunction, function); }
  static Value native(Native* native) { return with(Tag::kNative, native); }
  static Value host(Host* host) { return with(Tag::kHost, host); }
  static Value unknown(const Unknown* why) { return with(Tag::kUnknown, const_cast<Unknown*>(why)); }

  [[nodiscard]] Tag tag() const { return tag_; }
  [[nodiscard]] bool is(Tag tag) const { return tag_ == tag; }
  [[nodiscard]] bool is_nullish() const { return tag_ == Tag::kUndefined || tag_ == Tag::kNull; }
  [[nodiscard]] bool is_callable() const { return tag_ == Tag::kFunction || tag_ == Tag::kNative; }

  // Each requires the tag.
  [[nodiscard]] bool as_boolean() const { return as_.boolean; }
  [[nodiscard]] double as_number() const { return as_.number; }
  [[nodiscard]] std::string_view text() const { return {as_.text.data, as_.text.size}; }  // string, bigint
  [[nodiscard]] Object& as_object() const { return *static_cast<Object*>(as_.pointer); }
  [[nodiscard]] Array& as_array() const { return *static_cast<Array*>(as_.pointer); }
  [[nodiscard]] Function& as_function() const { return *static_cast<Function*>(as_.pointer); }
  [[nodiscard]] Native& as_native() const { return *static_cast<Native*>(as_.pointer); }
  [[nodiscard]] Host& as_host() const { return *static_cast<Host*>(as_.pointer); }
  [[nodiscard]] const Unknown& as_unknown() const { return *static_cast<const Unknown*>(as_.pointer); }

  /// The host when it is one of type `T`, else null.
  template <class T>
  [[nodiscard]] T* host_as() const;
  /// Same cell, or same primitive. For hosts and objects only; see operators.h for `===`.
  [[nodiscard]] const void* identity() const { return tag_ >= Tag::kObject ? as_.pointer : nullptr; }

 private:
  static Value with(Tag tag, void* pointer) {
    Value made;
    made.tag_ = tag;
    made.as_.pointer = pointer;
    return made;
  }
  static Value with_text(Tag tag, std::string_view text) {
    Value made;
    made.tag_ = tag;
    made.as_.text = {text.data(), text.size()};
    return made;
  }

  union Payload {
    bool boolean;
    double number;
    void* pointer;
    struct {
      const char* data;
      std::size_t size;
    } text;
  };
  Payload as_ = {.pointer = nullptr};
  Tag tag_ = Tag::kUndefined;
};

/// One property of an object. `span` is where it was written: `storeId: uuid("store_id")`, also after it came through a spread.
struct Property {
  std::string_view key;
  Value value;
  Span span;
  Span key_span;
  bool getter = false;  ///< value is the function to call
};

/// A plain object. Keys keep JavaScript's order: integer-like ones first, ascending, then as inserted.
struct Object {
  explicit Object(std::pmr::memory_resource* memory) : properties(memory) {}

  std::pmr::vector<Property> properties;
  const Unknown* incomplete = nullptr;  ///< why there may be more properties, or others than these; null when all are known
  std::string_view class_name = "Object";
  bool frozen = false;

  [[nodiscard]] const Property* find(std::string_view key) const;
  /// Adds or replaces; a replaced property keeps its place.
  void set(const Property& property);
  bool remove(std::string_view key);
};

struct Array {
  explicit Array(std::pmr::memory_resource* memory) : items(memory), spans(memory) {}

  std::pmr::vector<Value> items;
  std::pmr::vector<Span> spans;         ///< where each element was written; may be shorter than items
  const Unknown* incomplete = nullptr;  ///< why length and elements may be others than these
  Array* raw = nullptr;                 ///< the strings of a tagged template: the same with escapes unresolved

  [[nodiscard]] Span span_of(std::size_t i) const { return i < spans.size() ? spans[i] : Span{}; }
};

/// A function written in the program, with the scope it closes over.
struct Function {
  const syntax::Node* node = nullptr;
  Module* module = nullptr;
  Scope* scope = nullptr;
  Value this_value;
  Object* properties = nullptr;  ///< Object.assign(fn, …), static members of a class
  bool is_class = false;
};

/// One call as natives and hosts see it.
struct Call {
  Interpreter& in;
  Value self;
  std::span<const Value> arguments;
  const syntax::Node* node = nullptr;  ///< the call expression; may be null (called from a native)
  Span site;

  [[nodiscard]] Value argument(std::size_t i) const { return i < arguments.size() ? arguments[i] : Value(); }
  /// Where argument `i` stands; the whole call when that cannot be told.
  [[nodiscard]] Span argument_span(std::size_t i) const;
};

using NativeFunction = Value (*)(Call& call);

/// A function of JavaScript's own or of drizzle-orm. `data` is whatever the function needs to know of itself.
struct Native {
  NativeFunction function = nullptr;
  std::string_view name;
  const void* data = nullptr;
  Value bound;
};

/// An object whose behaviour is ours: drizzle-orm's builders and tables, Date, Map, module namespaces.
class Host {
 public:
  Host() = default;
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  /// The name of the value's constructor, as drizzle-orm spells it.
  [[nodiscard]] virtual std::string_view class_name() const = 0;
  /// Property `key`; undefined when there is none, Unknown when we do not know.
  virtual Value get(Interpreter& in, std::string_view key, Span at);
  /// Calls method `name` (`call.self` is this host). The default gets the property and calls it.
  virtual Value call_method(Call& call, std::string_view name);
  /// Calls the value itself.
  virtual Value call(Call& call);
  [[nodiscard]] virtual bool is_callable() const { return false; }
  virtual void set(Interpreter& in, std::string_view key, const Value& value, Span at);
  /// What the program assigned to `key`, or null.
  [[nodiscard]] const Property* find_own(std::string_view key) const { return own == nullptr ? nullptr : own->find(key); }
  /// Own enumerable properties, as Object.entries and spreads see them.
  virtual void own_properties(Interpreter& in, std::vector<Property>& out);
  /// Code that could not be followed may have changed this object.
  void taint(const Unknown* why) {
    if (tainted == nullptr) tainted = why;
  }

  const Unknown* tainted = nullptr;
  Span span;              ///< the expression that made it, its whole method chain
  Object* own = nullptr;  ///< what the program itself assigned: Object.assign(column, { defaultNow() {…} }); comes before the rest

 protected:
  ~Host() = default;  // the heap runs no destructors
};

template <class T>
T* Value::host_as() const {
  return tag_ == Tag::kHost ? dynamic_cast<T*>(static_cast<Host*>(as_.pointer)) : nullptr;
}

}  // namespace drizzle_audit::program
