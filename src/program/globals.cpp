// JavaScript's global objects and functions.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "program/builtins_static.h"
#include "program/collections.h"
#include "program/date.h"
#include "program/evaluation.h"
#include "program/operators.h"
#include "workspace/paths.h"

namespace drizzle_audit::program {
namespace {

constexpr std::string_view kRuntimeOnly = "it is only known at run time";

/// `Object`, `Math`, `process` …: a name whose members we know.
class Global final : public Host {
 public:
  explicit Global(std::string_view its_name) : name(its_name) {}
  [[nodiscard]] std::string_view class_name() const override { return is_callable() ? "Function" : "Object"; }
  [[nodiscard]] bool is_callable() const override {
    return name != "Math" && name != "JSON" && name != "process" && name != "console" && name != "import.meta" && name != "globalThis" &&
           name != "process.env" && name != "Reflect" && name != "crypto" && name != "module";
  }
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value call_method(Call& call, std::string_view method) override;
  Value call(Call& call) override;
  void set(Interpreter& in, std::string_view key, const Value& value, Span at) override;
  void own_properties(Interpreter& in, std::vector<Property>&) override { taint(&in.unknown(kRuntimeOnly, span).as_unknown()); }

  std::string_view name;
  Module* module = nullptr;
};

/// `module.exports` and `exports`: one object until the module puts another in its place.
Value exports_of(Interpreter& in, Module& module) {
  if (module.module_exports.is(Tag::kUndefined)) module.module_exports = Value::object(in.make_object());
  return module.module_exports;
}

/// A symbol: nothing but an identity.
class SymbolValue final : public Host {
 public:
  [[nodiscard]] std::string_view class_name() const override { return "Symbol"; }
};

constexpr auto kGlobals = std::to_array<std::string_view>(
    {"Array",     "BigInt",  "Boolean",         "Buffer",     "Date",       "Error",  "JSON",       "Map",         "Math",
     "Number",    "Object",  "Promise",         "RangeError", "Reflect",    "RegExp", "Set",        "String",      "Symbol",
     "TypeError", "URL",     "WeakMap",         "WeakSet",    "console",    "crypto", "globalThis", "import.meta", "module",
     "process",   "require", "structuredClone", "parseInt",   "parseFloat", "isNaN",  "isFinite",   "String.raw",  "encodeURIComponent"});

Value make_global(Interpreter& in, std::string_view name, Module* module, Span at) {
  auto* global = in.make<Global>(name);
  global->module = module;
  global->span = at;
  return Value::host(global);
}

}  // namespace

Value Global::get(Interpreter& in, std::string_view key, Span at) {
  if (name == "process") {
    if (key == "env") return make_global(in, "process.env", module, at);
    if (key != "cwd" && key != "exit") return in.unknown_copy("process." + std::string(key) + " is only known at run time", at);
  }
  if (name == "process.env") return in.unknown_copy("process.env." + std::string(key) + " is only known at run time", at);
  if (name == "globalThis") {
    const auto global = find_global(in, key, *module, at);
    return global ? *global : in.unknown_copy("'" + std::string(key) + "' is only known at run time", at);
  }
  if (name == "import.meta") {
    if (key == "dirname") return in.make_string(workspace::dirname(module->path));
    if (key == "filename") return in.make_string(module->path);
    if (key == "url") return in.make_string("file://" + module->path);
    return in.unknown_copy("import.meta." + std::string(key) + " is only known at run time", at);
  }
  if (name == "module" && key == "exports") return exports_of(in, *module);
  if (name == "Symbol") return Value::host(in.make<SymbolValue>());
  if (name == "Math") {
    if (key == "PI") return Value::number(3.141592653589793);
    if (key == "E") return Value::number(2.718281828459045);
  }
  if (name == "Number") {
    if (key == "MAX_SAFE_INTEGER") return Value::number(9007199254740991.0);
    if (key == "MIN_SAFE_INTEGER") return Value::number(-9007199254740991.0);
    if (key == "MAX_VALUE") return Value::number(std::numeric_limits<double>::max());
    if (key == "EPSILON") return Value::number(std::numeric_limits<double>::epsilon());
    if (key == "POSITIVE_INFINITY") return Value::number(std::numeric_limits<double>::infinity());
    if (key == "NaN") return Value::number(std::nan(""));
  }
  // A static method taken as a value: `list.map(Object.keys)`.
  if (is_callable() || name == "Math" || name == "JSON" || name == "process") {
    struct Bound {
      Global* global;
      std::string_view method;
    };
    auto* bound = in.make<Bound>();
    *bound = {this, key};
    return in.make_native(
        key,
        [](Call& call) {
          const auto& data = *static_cast<const Bound*>(call.in.current_native().data);
          return data.global->call_method(call, data.method);
        },
        bound);
  }
  return in.unknown(kRuntimeOnly, at);
}

void Global::set(Interpreter& in, std::string_view key, const Value& value, Span at) {
  if (name == "module" && key == "exports") module->module_exports = value;
  else Host::set(in, key, value, at);
}

Value Global::call_method(Call& call, std::string_view method) {
  Interpreter& in = call.in;
  if (name == "Object") return call_object(call, method);
  if (name == "Array") return call_array(call, method);
  if (name == "Math") return call_math(call, method);
  if (name == "Number") return call_number(call, method);
  if (name == "Date") return call_date_static(call, method);
  if (name == "console") return {};
  if (name == "JSON") {
    if (method == "stringify" && call.arguments.size() == 1) {
      const auto text = to_json(in, call.argument(0));
      return text ? in.make_string(*text) : in.unknown("part of the value is not known", call.site);
    }
    return in.unknown("this use of JSON is not evaluated", call.site);
  }
  if (name == "Reflect" && method == "ownKeys") return call_object(call, "keys");
  if (name == "String" && method == "raw") {
    if (!call.argument(0).is(Tag::kArray) || call.argument(0).as_array().raw == nullptr)
      return in.unknown("this use of String.raw is not evaluated", call.site);
    const Array& raw = *call.argument(0).as_array().raw;
    std::string out;
    for (std::size_t i = 0; i < raw.items.size(); ++i) {
      out += raw.items[i].text();
      if (i + 1 == raw.items.size()) break;
      const auto text = to_text(in, call.argument(i + 1));
      if (!text) return in.unknown("the text of a part is not known", call.site);
      out += *text;
    }
    return in.make_string(out);
  }
  if (name == "String" && method == "fromCharCode") {
    std::string out;
    for (const Value& argument : call.arguments) {
      const auto code = to_number(argument);
      if (!code || *code < 0 || *code > 127) return in.unknown("this use of String.fromCharCode is not evaluated", call.site);
      out += static_cast<char>(*code);
    }
    return in.make_string(out);
  }
  if (name == "process" && method == "cwd" && !in.natives().working_folder().empty()) return Value::string(in.natives().working_folder());
  if (name == "process" && method == "cwd") return in.unknown("the working directory is only known at run time", call.site);
  if (name == "process" && method == "exit") in.throw_error("the process exits", call.site);
  if (name == "Symbol" && method == "for") return Value::host(in.make<SymbolValue>());
  return in.unknown_copy("'" + std::string(name) + "." + std::string(method) + "' is only known at run time", call.site);
}

Value Global::call(Call& call) {
  Interpreter& in = call.in;
  if (name == "Symbol") return Value::host(in.make<SymbolValue>());
  const Value value = call.argument(0);
  if (name == "String") {
    if (call.arguments.empty()) return Value::string("");
    if (value.is(Tag::kUnknown)) return value;
    const auto text = to_text(in, value);
    return text ? in.make_string(*text) : in.unknown("the text is not known", call.site);
  }
  if (name == "Number") {
    if (value.is(Tag::kUnknown)) return value;
    const auto number = call.arguments.empty() ? std::optional<double>(0) : to_number(value);
    return number ? Value::number(*number) : in.unknown("the number is not known", call.site);
  }
  if (name == "Boolean") {
    const auto flag = truthy(value);
    return flag ? Value::boolean(*flag) : value;
  }
  if (name == "BigInt") {
    if (value.is(Tag::kBigInt)) return value;
    const auto text = value.is(Tag::kUnknown) ? std::nullopt : to_text(in, value);
    if (text && !text->empty() && text->find_first_not_of("0123456789", text->front() == '-' ? 1 : 0) == std::string::npos) {
      return Value::bigint(in.make_string(*text).text());
    }
    return value.is(Tag::kUnknown) ? value : in.unknown("the bigint is not known", call.site);
  }
  if (name == "parseInt" || name == "parseFloat" || name == "isNaN" || name == "isFinite") {
    if (name == "isNaN" || name == "isFinite") {
      const auto number = to_number(value);
      if (!number) return value.is(Tag::kUnknown) ? value : in.unknown("the number is not known", call.site);
      return Value::boolean(name == "isNaN" ? std::isnan(*number) : std::isfinite(*number));
    }
    return call_number(call, name);
  }
  if (name == "structuredClone") return value.tag() < Tag::kObject ? value : in.unknown("structuredClone is not evaluated", call.site);
  if (name == "Array" || name == "Error" || name == "TypeError" || name == "RangeError" || name == "RegExp")
    return construct_builtin(call, call.self.is(Tag::kHost) ? call.self : Value::host(this));
  if (name == "require" && value.is(Tag::kString)) {
    const std::string_view specifier = value.text();
    return in.require(*module, specifier, call.site);
  }
  return in.unknown_copy("'" + std::string(name) + "' is only known at run time", call.site);
}

std::optional<Value> find_global(Interpreter& in, std::string_view name, Module& module, Span at) {
  if (name == "undefined") return Value();
  if (name == "NaN") return Value::number(std::nan(""));
  if (name == "Infinity") return Value::number(std::numeric_limits<double>::infinity());
  if (name == "__dirname") return in.make_string(workspace::dirname(module.path));
  if (name == "__filename") return in.make_string(module.path);
  if (name == "exports") return exports_of(in, module);
  const auto found = std::ranges::find(kGlobals, name);
  if (found == kGlobals.end()) return std::nullopt;
  return make_global(in, *found, &module, at);
}

Value node_global(Interpreter& in, std::string_view name, Span at) { return make_global(in, name, nullptr, at); }

Value construct_builtin(Call& call, const Value& callee) {
  Interpreter& in = call.in;
  const auto* global = callee.host_as<Global>();
  if (global == nullptr) {
    if (callee.is(Tag::kFunction)) return in.unknown("instances of classes are not evaluated", call.site);
    if (callee.is_nullish()) in.throw_error("the value is not a constructor", call.site);
    if (callee.is(Tag::kHost) && callee.as_host().is_callable()) return callee.as_host().call(call);  // a class of the layer above
    return in.unknown("this constructor is not evaluated", call.site);
  }
  const std::string_view name = global->name;
  if (name == "Date") return construct_date(call);
  if (name == "Set" || name == "Map") {
    auto* collection = in.make<Collection>(&in.memory(), name == "Map");
    collection->span = call.site;
    if (call.argument(0).is_nullish()) return Value::host(collection);
    std::vector<Value> items;
    if (const Unknown* why = in.elements(call.argument(0), items, call.site)) collection->taint(why);
    for (const Value& item : items) {
      if (name == "Set") collection->add(item, item);
      else collection->add(in.get(item, "0", call.site), in.get(item, "1", call.site));
    }
    return Value::host(collection);
  }
  if (name == "RegExp") {
    if (!call.argument(0).is(Tag::kString)) return in.unknown("the regular expression is not known", call.site);
    const Value flags = call.argument(1);
    return Value::host(in.make<RegExp>(call.argument(0).text(), flags.is(Tag::kString) ? flags.text() : std::string_view()));
  }
  if (name == "Error" || name == "TypeError" || name == "RangeError") {
    Object* error = in.make_object();
    error->class_name = name;
    error->set({"message", call.argument(0).is(Tag::kUndefined) ? Value::string("") : call.argument(0), call.site, call.site, false});
    return Value::object(error);
  }
  if (name == "Array") {
    Array* array = in.make_array();
    if (call.arguments.size() != 1) {
      array->items.assign(call.arguments.begin(), call.arguments.end());
    } else {
      const auto length = to_number(call.argument(0));
      if (!call.argument(0).is(Tag::kNumber)) array->items.push_back(call.argument(0));
      else if (*length >= 0 && *length <= 100'000) array->items.resize(static_cast<std::size_t>(*length));
      else return in.unknown("the array is too long", call.site);
    }
    return Value::array(array);
  }
  if (name == "URL" && call.argument(1).is(Tag::kString) && call.argument(0).is(Tag::kString)) {
    const std::string_view base = call.argument(1).text();
    if (base.starts_with("file://")) {
      Object* url = in.make_object();
      const std::string path = workspace::join(workspace::dirname(base.substr(7)), call.argument(0).text());
      url->set({"pathname", in.make_string(path), call.site, call.site, false});
      url->set({"href", in.make_string("file://" + path), call.site, call.site, false});
      return Value::object(url);
    }
  }
  return in.unknown_copy("instances of '" + std::string(name) + "' are not evaluated", call.site);
}

}  // namespace drizzle_audit::program
