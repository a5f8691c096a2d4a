// The work behind assignable.h, split over assignable.cpp and assignable_objects.cpp. Private to these.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "drizzle_audit/types.h"
#include "types/type.h"

namespace drizzle_audit::types::comparison {

inline constexpr int kMaxDepth = 60;
inline constexpr std::uint64_t kMaxSteps = 500'000;

[[nodiscard]] bool is_primitive(const Type& type);
[[nodiscard]] bool is_objectlike(const Type& type);
/// All properties optional and nothing else: such a target wants at least one property in common (isWeakType).
[[nodiscard]] bool is_weak(const Type& type);

struct Outcome {
  Verdict verdict = Verdict::kYes;
  std::string path;
  const Type* source = nullptr;
  const Type* target = nullptr;
  std::string reason;
  Span span;
};

inline Outcome yes() { return {}; }
inline Outcome no(const Type* source, const Type* target) {
  return {.verdict = Verdict::kNo, .path = {}, .source = source, .target = target, .reason = {}, .span = {}};
}
inline Outcome unknown(std::string_view reason, Span span = {}) {
  return {.verdict = Verdict::kUnknown, .path = {}, .source = nullptr, .target = nullptr, .reason = std::string(reason), .span = span};
}

inline Outcome under(Outcome outcome, std::string_view step) {
  if (outcome.verdict == Verdict::kYes) return outcome;
  const bool joined = outcome.path.empty() || outcome.path.starts_with('[');
  outcome.path = std::string(step) + (joined ? "" : ".") + outcome.path;
  return outcome;
}

/// The first No, else the first unknown, else Yes.
class All {
 public:
  /// False when the answer is settled.
  bool add(Outcome outcome) {
    if (outcome.verdict == Verdict::kNo || (outcome.verdict == Verdict::kUnknown && result_.verdict == Verdict::kYes)) {
      result_ = std::move(outcome);
    }
    return result_.verdict != Verdict::kNo;
  }
  [[nodiscard]] const Outcome& result() const { return result_; }

 private:
  Outcome result_;
};

class Comparison {
 public:
  Outcome relate(const Type& source, const Type& target);
  Outcome relate(const Property& source, const Property& target);

 private:
  Outcome relate_inside(const Type& source, const Type& target);
  Outcome from_union(const Type& source, const Type& target);
  Outcome to_union(const Type& source, const Type& target);
  Outcome to_discriminated(const Type& source, const Type& target);
  Outcome to_primitive(const Type& source, const Type& target);
  Outcome to_object(const Type& source, const Type& target);
  Outcome to_list(const Type& source, const Type& target);
  Outcome to_nominal(const Type& source, const Type& target);
  Outcome to_function(const Type& source, const Type& target);
  Outcome to_index(const Type& source, const Type& target);
  Outcome to_template(const Type& source, const Type& target);

  std::uint64_t steps_ = 0;
  int depth_ = 0;
  std::map<std::pair<const Type*, const Type*>, Verdict> known_;  // kUnknown: being worked out, taken to hold
};

}  // namespace drizzle_audit::types::comparison
