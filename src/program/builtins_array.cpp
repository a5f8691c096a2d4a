// Array.prototype.
#include <algorithm>
#include <array>
#include <cmath>

#include "program/collections.h"
#include "program/interpreter.h"
#include "program/operators.h"

namespace drizzle_audit::program {
namespace {

enum class ArrayMethod : std::uint8_t {
  kMap,
  kFilter,
  kForEach,
  kFlatMap,
  kFind,
  kFindIndex,
  kFindLast,
  kSome,
  kEvery,
  kReduce,
  kReduceRight,
  kConcat,
  kFlat,
  kSlice,
  kJoin,
  kIncludes,
  kIndexOf,
  kPush,
  kPop,
  kShift,
  kUnshift,
  kReverse,
  kToReversed,
  kSort,
  kToSorted,
  kSplice,
  kAt,
  kKeys,
  kValues,
  kEntries,
  kFill,
  kWith,
};

constexpr auto kMethods = std::to_array<std::pair<std::string_view, ArrayMethod>>({
    {"map", ArrayMethod::kMap},
    {"filter", ArrayMethod::kFilter},
    {"forEach", ArrayMethod::kForEach},
    {"flatMap", ArrayMethod::kFlatMap},
    {"find", ArrayMethod::kFind},
    {"findIndex", ArrayMethod::kFindIndex},
    {"findLast", ArrayMethod::kFindLast},
    {"some", ArrayMethod::kSome},
    {"every", ArrayMethod::kEvery},
    {"reduce", ArrayMethod::kReduce},
    {"reduceRight", ArrayMethod::kReduceRight},
    {"concat", ArrayMethod::kConcat},
    {"flat", ArrayMethod::kFlat},
    {"slice", ArrayMethod::kSlice},
    {"join", ArrayMethod::kJoin},
    {"includes", ArrayMethod::kIncludes},
    {"indexOf", ArrayMethod::kIndexOf},
    {"push", ArrayMethod::kPush},
    {"pop", ArrayMethod::kPop},
    {"shift", ArrayMethod::kShift},
    {"unshift", ArrayMethod::kUnshift},
    {"reverse", ArrayMethod::kReverse},
    {"toReversed", ArrayMethod::kToReversed},
    {"sort", ArrayMethod::kSort},
    {"toSorted", ArrayMethod::kToSorted},
    {"splice", ArrayMethod::kSplice},
    {"at", ArrayMethod::kAt},
    {"keys", ArrayMethod::kKeys},
    {"values", ArrayMethod::kValues},
    {"entries", ArrayMethod::kEntries},
    {"fill", ArrayMethod::kFill},
    {"with", ArrayMethod::kWith},
});

struct Item {
  Value value;
  Span span;
};

/// An index argument as Array.prototype.slice takes it.
std::optional<std::size_t> relative_index(const Value& value, std::size_t length, std::size_t missing) {
  if (value.is(Tag::kUndefined)) return missing;
  const auto number = to_number(value);
  if (!number) return std::nullopt;
  const double whole = std::isnan(*number) ? 0 : std::trunc(*number);
  const double from_start = whole < 0 ? std::max(0.0, static_cast<double>(length) + whole) : std::min(whole, static_cast<double>(length));
  return static_cast<std::size_t>(from_start);
}

class ArrayCall {
 public:
  explicit ArrayCall(Call& call) : call_(call), in_(call.in), array_(call.self.as_array()) {}

  Value run(ArrayMethod method);

 private:
  Value made(const std::vector<Item>& items, const Unknown* incomplete = nullptr) {
    Array* result = in_.make_array();
    result->incomplete = incomplete != nullptr ? incomplete : array_.incomplete;
    for (const Item& item : items) {
      result->items.push_back(item.value);
      result->spans.push_back(item.span);
    }
    return Value::array(result);
  }
  [[nodiscard]] std::vector<Item> all() const {
    std::vector<Item> items;
    for (std::size_t i = 0; i < array_.items.size(); ++i) items.push_back({array_.items[i], array_.span_of(i)});
    return items;
  }
  Value callback(std::size_t i) {
    const std::array<Value, 3> arguments{array_.items[i], Value::number(static_cast<double>(i)), call_.self};
    return in_.call(call_.argument(0), arguments, call_.site);
  }
  void replace(const std::vector<Item>& items) {
    array_.items.clear();
    array_.spans.clear();
    for (const Item& item : items) {
      array_.items.push_back(item.value);
      array_.spans.push_back(item.span);
    }
  }
  Value not_known(std::string_view reason) { return in_.unknown(reason, call_.site); }
  void append(std::vector<Item>& out, const Value& value, Span span, double depth, const Unknown*& incomplete);
  Value filter();
  Value search(ArrayMethod method);
  Value reduce(bool from_right);
  Value join();
  Value sort(bool in_place);
  Value splice();

  Call& call_;
  Interpreter& in_;
  Array& array_;
};

void ArrayCall::append(std::vector<Item>& out, const Value& value, Span span, double depth, const Unknown*& incomplete) {
  if (!value.is(Tag::kArray) || depth < 1) {
    // An unknown element might be an array of any length.
    if (value.is(Tag::kUnknown) && depth >= 1 && incomplete == nullptr) incomplete = &value.as_unknown();
    else out.push_back({value, span});
    return;
  }
  const Array& inner = value.as_array();
  if (inner.incomplete != nullptr && incomplete == nullptr) incomplete = inner.incomplete;
  for (std::size_t i = 0; i < inner.items.size(); ++i) append(out, inner.items[i], inner.span_of(i), depth - 1, incomplete);
}

Value ArrayCall::filter() {
  std::vector<Item> kept;
  const Unknown* incomplete = nullptr;
  const bool by_truth = call_.argument(0).is(Tag::kNative) && call_.argument(0).as_native().name == "Boolean";
  for (std::size_t i = 0; i < array_.items.size(); ++i) {
    const Value verdict = by_truth ? array_.items[i] : callback(i);
    const auto keep = truthy(verdict);
    if (!keep) incomplete = &verdict.as_unknown();
    else if (*keep) kept.push_back({array_.items[i], array_.span_of(i)});
  }
  return made(kept, incomplete);
}

Value ArrayCall::search(ArrayMethod method) {
  const std::size_t count = array_.items.size();
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t i = method == ArrayMethod::kFindLast ? count - 1 - k : k;
    const Value verdict = callback(i);
    const auto hit = truthy(verdict);
    if (!hit) return verdict;
    switch (method) {
      case ArrayMethod::kSome:
        if (*hit) return Value::boolean(true);
        break;
      case ArrayMethod::kEvery:
        if (!*hit) return Value::boolean(false);
        break;
      case ArrayMethod::kFindIndex:
        if (*hit) return Value::number(static_cast<double>(i));
        break;
      default:
        if (*hit) return array_.items[i];
    }
  }
  if (array_.incomplete != nullptr) return Value::unknown(array_.incomplete);
  switch (method) {
    case ArrayMethod::kSome: return Value::boolean(false);
    case ArrayMethod::kEvery: return Value::boolean(true);
    case ArrayMethod::kFindIndex: return Value::number(-1);
    default: return {};
  }
}

Value ArrayCall::reduce(bool from_right) {
  if (array_.incomplete != nullptr) return Value::unknown(array_.incomplete);
  const std::size_t count = array_.items.size();
  std::size_t done = 0;
  Value sum;
  if (call_.arguments.size() > 1) {
    sum = call_.argument(1);
  } else {
    if (count == 0) in_.throw_error("Reduce of empty array with no initial value", call_.site);
    sum = array_.items[from_right ? count - 1 : 0];
    done = 1;
  }
  for (; done < count; ++done) {
    const std::size_t i = from_right ? count - 1 - done : done;
    const std::array<Value, 4> arguments{sum, array_.items[i], Value::number(static_cast<double>(i)), call_.self};
    sum = in_.call(call_.argument(0), arguments, call_.site);
  }
  return sum;
}

Value ArrayCall::join() {
  if (array_.incomplete != nullptr) return Value::unknown(array_.incomplete);
  const auto separator = call_.argument(0).is(Tag::kUndefined) ? std::string(",") : to_text(in_, call_.argument(0));
  if (!separator) return not_known("the separator is not known");
  std::string out;
  for (std::size_t i = 0; i < array_.items.size(); ++i) {
    if (i > 0) out += *separator;
    if (array_.items[i].is_nullish()) continue;
    const auto text = to_text(in_, array_.items[i]);
    if (!text) return array_.items[i].is(Tag::kUnknown) ? array_.items[i] : not_known("the text of an element is not known");
    if (out.size() + text->size() > kLongestText) return not_known("the text is too long");
    out += *text;
  }
  return in_.make_string(out);
}

Value ArrayCall::sort(bool in_place) {
  std::vector<Item> items = all();
  const bool by_callback = call_.argument(0).is_callable();
  const Unknown* unclear = array_.incomplete;
  std::vector<std::string> texts;
  const auto less = [&](const Item& a, const Item& b) {
    if (by_callback) {
      const std::array<Value, 2> arguments{a.value, b.value};
      const auto order = to_number(in_.call(call_.argument(0), arguments, call_.site));
      if (!order) unclear = &in_.unknown("the order is not known", call_.site).as_unknown();
      return order.value_or(0) < 0;
    }
    const auto left = to_text(in_, a.value);
    const auto right = to_text(in_, b.value);
    if (!left || !right) unclear = &in_.unknown("the order is not known", call_.site).as_unknown();
    return left.value_or("") < right.value_or("");
  };
  // Insertion sort: the callback may be no proper order, which std::sort must not see. Arrays in schemas are short.
  for (std::size_t i = 1; i < items.size(); ++i) {
    for (std::size_t k = i; k > 0 && less(items[k], items[k - 1]); --k) std::swap(items[k], items[k - 1]);
  }
  if (unclear != nullptr) return Value::unknown(unclear);
  if (!in_place) return made(items);
  replace(items);
  return call_.self;
}

Value ArrayCall::splice() {
  if (array_.incomplete != nullptr) return Value::unknown(array_.incomplete);
  std::vector<Item> items = all();
  const auto start = relative_index(call_.argument(0), items.size(), 0);
  const auto wanted = call_.arguments.size() > 1 ? to_number(call_.argument(1)) : std::optional<double>(static_cast<double>(items.size()));
  if (!start || !wanted) return not_known("the position is not known");
  const auto count = static_cast<std::size_t>(std::clamp(*wanted, 0.0, static_cast<double>(items.size() - *start)));
  const auto first = items.begin() + static_cast<std::ptrdiff_t>(*start);
  const std::vector<Item> removed(first, first + static_cast<std::ptrdiff_t>(count));
  const auto place = items.erase(first, first + static_cast<std::ptrdiff_t>(count));
  std::vector<Item> added;
  for (std::size_t i = 2; i < call_.arguments.size(); ++i) added.push_back({call_.arguments[i], call_.argument_span(i)});
  items.insert(place, added.begin(), added.end());
  replace(items);
  return made(removed);
}

Value ArrayCall::run(ArrayMethod method) {
  const std::size_t count = array_.items.size();
  switch (method) {
    case ArrayMethod::kMap:
    case ArrayMethod::kFlatMap:
    case ArrayMethod::kForEach: {
      std::vector<Item> items;
      const Unknown* incomplete = nullptr;
      for (std::size_t i = 0; i < count; ++i) {
        const Value value = callback(i);
        if (method == ArrayMethod::kFlatMap) append(items, value, array_.span_of(i), 1, incomplete);
        else if (method == ArrayMethod::kMap) items.push_back({value, array_.span_of(i)});
      }
      return method == ArrayMethod::kForEach ? Value() : made(items, incomplete);
    }
    case ArrayMethod::kFilter: return filter();
    case ArrayMethod::kFind:
    case ArrayMethod::kFindIndex:
    case ArrayMethod::kFindLast:
    case ArrayMethod::kSome:
    case ArrayMethod::kEvery: return search(method);
    case ArrayMethod::kReduce:
    case ArrayMethod::kReduceRight: return reduce(method == ArrayMethod::kReduceRight);
    case ArrayMethod::kConcat: {
      std::vector<Item> items = all();
      const Unknown* incomplete = array_.incomplete;
      for (std::size_t i = 0; i < call_.arguments.size(); ++i) append(items, call_.arguments[i], call_.argument_span(i), 1, incomplete);
      return made(items, incomplete);
    }
    case ArrayMethod::kFlat: {
      const auto depth = call_.argument(0).is(Tag::kUndefined) ? std::optional<double>(1) : to_number(call_.argument(0));
      if (!depth) return not_known("the depth is not known");
      std::vector<Item> items;
      const Unknown* incomplete = array_.incomplete;
      for (std::size_t i = 0; i < count; ++i) append(items, array_.items[i], array_.span_of(i), *depth, incomplete);
      return made(items, incomplete);
    }
    case ArrayMethod::kSlice: {
      const auto from = relative_index(call_.argument(0), count, 0);
      const auto to = relative_index(call_.argument(1), count, count);
      if (!from || !to) return not_known("the position is not known");
      std::vector<Item> items = all();
      if (*from >= *to) return made({});
      return made({items.begin() + static_cast<std::ptrdiff_t>(*from), items.begin() + static_cast<std::ptrdiff_t>(*to)});
    }
    case ArrayMethod::kJoin: return join();
    case ArrayMethod::kIncludes:
    case ArrayMethod::kIndexOf: {
      bool unclear = array_.incomplete != nullptr;
      for (std::size_t i = 0; i < count; ++i) {
        const auto equal = strictly_equal(array_.items[i], call_.argument(0));
        if (!equal) unclear = true;
        else if (*equal) return method == ArrayMethod::kIncludes ? Value::boolean(true) : Value::number(static_cast<double>(i));
      }
      if (unclear) return not_known("not all elements are known");
      return method == ArrayMethod::kIncludes ? Value::boolean(false) : Value::number(-1);
    }
    case ArrayMethod::kPush:
    case ArrayMethod::kUnshift: {
      std::vector<Item> items = all();
      std::vector<Item> added;
      for (std::size_t i = 0; i < call_.arguments.size(); ++i) added.push_back({call_.arguments[i], call_.argument_span(i)});
      items.insert(method == ArrayMethod::kPush ? items.end() : items.begin(), added.begin(), added.end());
      replace(items);
      return Value::number(static_cast<double>(items.size()));
    }
    case ArrayMethod::kPop:
    case ArrayMethod::kShift: {
      if (array_.incomplete != nullptr) return Value::unknown(array_.incomplete);
      if (count == 0) return {};
      std::vector<Item> items = all();
      const auto place = method == ArrayMethod::kPop ? items.end() - 1 : items.begin();
      const Value value = place->value;
      items.erase(place);
      replace(items);
      return value;
    }
    case ArrayMethod::kReverse:
    case ArrayMethod::kToReversed: {
      std::vector<Item> items = all();
      std::ranges::reverse(items);
      if (method == ArrayMethod::kToReversed) return made(items);
      replace(items);
      return call_.self;
    }
    case ArrayMethod::kSort: return sort(true);
    case ArrayMethod::kToSorted: return sort(false);
    case ArrayMethod::kSplice: return splice();
    case ArrayMethod::kAt: {
      if (array_.incomplete != nullptr) return Value::unknown(array_.incomplete);
      const auto index = to_number(call_.argument(0));
      if (!index) return not_known("the position is not known");
      const double place = *index < 0 ? static_cast<double>(count) + *index : *index;
      return place >= 0 && place < static_cast<double>(count) ? array_.items[static_cast<std::size_t>(place)] : Value();
    }
    case ArrayMethod::kKeys:
    case ArrayMethod::kValues:
    case ArrayMethod::kEntries: {
      std::vector<Item> items;
      for (std::size_t i = 0; i < count; ++i) {
        const Value index = Value::number(static_cast<double>(i));
        if (method == ArrayMethod::kKeys) items.push_back({index, {}});
        else if (method == ArrayMethod::kValues) items.push_back({array_.items[i], array_.span_of(i)});
        else {
          Array* pair = in_.make_array();
          pair->items = {index, array_.items[i]};
          items.push_back({Value::array(pair), array_.span_of(i)});
        }
      }
      return made(items);
    }
    case ArrayMethod::kFill: {
      const auto from = relative_index(call_.argument(1), count, 0);
      const auto to = relative_index(call_.argument(2), count, count);
      if (!from || !to) return not_known("the position is not known");
      for (std::size_t i = *from; i < *to; ++i) array_.items[i] = call_.argument(0);
      return call_.self;
    }
    case ArrayMethod::kWith: {
      std::vector<Item> items = all();
      const auto index = to_number(call_.argument(0));
      if (!index || array_.incomplete != nullptr) return not_known("the position is not known");
      const double place = *index < 0 ? static_cast<double>(count) + *index : *index;
      if (place < 0 || place >= static_cast<double>(count)) in_.throw_error("Invalid index", call_.site);
      items[static_cast<std::size_t>(place)].value = call_.argument(1);
      return made(items);
    }
  }
  return {};
}

}  // namespace

std::optional<Value> call_array_method(Call& call, std::string_view name) {
  const auto found = std::ranges::find(kMethods, name, [](const auto& entry) { return entry.first; });
  if (found == kMethods.end()) return std::nullopt;
  return ArrayCall(call).run(found->second);
}

}  // namespace drizzle_audit::program
