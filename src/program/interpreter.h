// The partial evaluator: JavaScript's semantics for the TypeScript that schemas are written in.
//
// Evaluation is lazy per binding (a cycle of imports is no problem until somebody really needs a value too early) and total: whatever
// cannot be evaluated is an Unknown value. It is bounded in depth, steps and memory. One interpreter reads one project on one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "program/modules.h"
#include "program/value.h"
#include "text/arena.h"

namespace drizzle_audit::program {

/// A JavaScript exception on its way to the next catch. Never leaves this layer's public functions, except `eval`'s inner ones.
struct Thrown {
  Value value;
  std::string message;
  Span span;
};

/// Evaluation was cut off. Caught where a binding is evaluated; the binding becomes Unknown.
struct OverBudget {
  std::string_view reason;
};

struct Limits {
  std::uint64_t steps = 40'000'000;           ///< nodes evaluated, for the whole project
  std::uint64_t binding_steps = 4'000'000;    ///< nodes evaluated for one module-level binding
  std::uint32_t depth = 3'000;                ///< nested evaluations
  std::uint32_t calls = 250;                  ///< nested calls of functions of the program
  std::uint64_t binding_memory = 64U << 20U;  ///< bytes of values that one module-level binding may add
  std::uint64_t memory = 512U << 20U;         ///< bytes of values
};

/// Variables of one function call or block.
struct Variable {
  std::string_view name;
  Value value;
};
struct Scope {
  Scope(std::pmr::memory_resource* memory, Scope* outer) : parent(outer), variables(memory) {}

  Scope* parent = nullptr;  ///< null: the module's own names come next
  std::pmr::vector<Variable> variables;
  Value this_value;
  bool is_function = false;

  Variable* find(std::string_view name) {
    for (Variable& variable : variables) {
      if (variable.name == name) return &variable;
    }
    return nullptr;
  }
  void declare(std::string_view name, const Value& value) {
    if (Variable* known = find(name)) known->value = value;
    else variables.push_back({name, value});
  }
};

/// Modules that are not files: drizzle-orm's and Node's. Given by the layer above.
class NativeModules {
 public:
  virtual ~NativeModules() = default;
  /// The exports of `specifier` as a host, or null when it is not ours.
  virtual Host* find(Interpreter& in, std::string_view specifier) = 0;
  /// What process.cwd() returns; empty when nobody knows. Must outlive the interpreter.
  [[nodiscard]] virtual std::string_view working_folder() const { return {}; }
};

/// Counts what the evaluator's arena takes from the system. It gives out whatever is asked for: the evaluation looks at the count.
class CountedMemory final : public std::pmr::memory_resource {
 public:
  [[nodiscard]] std::uint64_t used() const { return used_; }

 private:
  void* do_allocate(std::size_t bytes, std::size_t alignment) override {
    used_ += bytes;
    return std::pmr::new_delete_resource()->allocate(bytes, alignment);
  }
  void do_deallocate(void* memory, std::size_t bytes, std::size_t alignment) override {
    std::pmr::new_delete_resource()->deallocate(memory, bytes, alignment);
  }
  [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }

  std::uint64_t used_ = 0;
};

/// Longer texts are not put together: no name or expression is that long.
inline constexpr std::size_t kLongestText = 1U << 20U;

class Interpreter {
 public:
  Interpreter(ModuleStore& modules, NativeModules& natives, Limits limits = {});
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  // ---- modules -------------------------------------------------------------
  /// Runs a module and what it imports in JavaScript's order, as far as it mentions Drizzle.
  void run(Module& module);
  /// The value of an export; undefined when there is none. Never throws.
  /// `use` is the code that needs it, for messages.
  Value export_value(Module& module, std::string_view name, Span use = {});
  /// Names of all exports in drizzle-kit's order (esbuild's: own ones sorted, then those of `export *`), types left out.
  std::vector<std::string_view> export_names(Module& module);
  /// The identifier or specifier that names an export, for messages; nowhere when not known.
  Span export_span(Module& module, std::string_view name);

  /// `module.exports` after the module's statements ran; undefined when it is no CommonJS module.
  Value commonjs_exports(Module& module);
  /// CommonJS's require(): the module's exports as an object.
  Value require(Module& from, std::string_view specifier, Span at);

  // ---- for natives and hosts -----------------------------------------------
  text::Arena& memory() { return arena_; }
  template <class T, class... Args>
  T* make(Args&&... arguments) {
    return new (arena_.allocate(sizeof(T), alignof(T))) T(std::forward<Args>(arguments)...);
  }
  Object* make_object() { return make<Object>(&arena_); }
  Array* make_array() { return make<Array>(&arena_); }
  Value make_string(std::string_view text) { return Value::string(text::copy(arena_, text)); }
  Value make_native(std::string_view name, NativeFunction function, const void* data = nullptr, Value bound = {});
  /// `reason` must live in the heap or for ever.
  Value unknown(std::string_view reason, Span span);
  Value unknown_copy(const std::string& reason, Span span) { return unknown(text::copy(arena_, reason), span); }
  [[noreturn]] void throw_error(std::string message, Span span);

  Value call(const Value& callee, const Value& self, std::span<const Value> arguments, const syntax::Node* node, Span site);
  /// Calls a callback from a native; a throw comes out as Thrown.
  Value call(const Value& callee, std::span<const Value> arguments, Span site) { return call(callee, {}, arguments, nullptr, site); }
  Value get(const Value& object, std::string_view key, Span at);
  Value get_element(const Value& object, const Value& key, Span at);
  /// Own enumerable properties of an object, array, host or string; null-ish values have none. Says why when they are not all known.
  const Unknown* own_properties(const Value& value, std::vector<Property>& out, Span at);
  /// The elements of an array, string, Set, Map …; says why when they are not all known.
  const Unknown* elements(const Value& value, std::vector<Value>& out, Span at);

  /// The native that is being called: how a native finds its `data`.
  [[nodiscard]] const Native& current_native() const { return *current_native_; }
  [[nodiscard]] const NativeModules& natives() const { return natives_; }
  [[nodiscard]] bool is_native(std::string_view specifier) { return natives_.find(*this, specifier) != nullptr; }

  /// Marks a value as changed by code that could not be followed.
  static void taint(const Value& value, const Unknown* why);

  // ---- what was met on the way ---------------------------------------------
  /// Problems that a person should hear of, in the order met.
  std::vector<Problem>& problems() { return problems_; }
  /// Steps done so far; a measure of work that does not depend on the machine.
  [[nodiscard]] std::uint64_t steps() const { return steps_; }
  ModuleStore& modules() { return modules_; }

 private:
  friend class Evaluation;

  /// The value of a module-level name; `use` is the code that needs it.
  Value force(Module& module, Binding& binding, Span use);
  Value force_default(Module& module, const syntax::Node& expression, Span use);
  template <class Evaluate>
  Value guarded(const Module& module, Span at, std::string_view lost, const Evaluate& evaluate);
  Value evaluate_binding(Module& module, Binding& binding, Span use);
  Value import_value(Module& module, Binding& binding, Span use);
  Value find_export(Module& module, std::string_view name, Span use, std::vector<Module*>& visited, bool& found);
  Value json_export(Module& module, std::string_view name);
  void unresolved_import(std::string_view specifier, const Link& link, Span at);
  Value namespace_of(Module& module);
  void run_statement(Module& module, const syntax::Node& statement);
  /// Fills Module::star, so that a barrel of a thousand files is no search.
  void index_star(Module& module);
  void collect_exports(Module& module, std::vector<std::string_view>& out, std::vector<Module*>& visited);
  void add_problem(ProblemKind kind, const std::string& message, const std::string& help, Span span);
  void begin_binding();
  /// Every node that is evaluated counts; past the limits the binding is given up.
  void count_step() {
    if (++steps_ > binding_limit_) throw OverBudget{"it takes too many steps to evaluate"};
    if (counted_.used() > memory_limit_) throw OverBudget{"it takes too much memory to evaluate"};
  }

  ModuleStore& modules_;
  NativeModules& natives_;
  Limits limits_;
  CountedMemory counted_;
  text::Arena arena_;
  std::vector<Problem> problems_;
  std::uint64_t steps_ = 0;
  std::uint64_t binding_limit_ = 0;
  std::uint64_t memory_limit_ = 0;
  std::uint32_t depth_ = 0;
  std::uint32_t calls_ = 0;
  const Native* current_native_ = nullptr;
  std::uint32_t forcing_ = 0;  // nested evaluations of module-level bindings
};

}  // namespace drizzle_audit::program
