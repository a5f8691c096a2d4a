// JavaScript's Date, as far as it does not depend on the clock or the machine's time zone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "program/value.h"

namespace drizzle_audit::program {

class Date final : public Host {
 public:
  explicit Date(std::optional<double> time) : milliseconds(time) {}
  [[nodiscard]] std::string_view class_name() const override { return "Date"; }
  Value call_method(Call& call, std::string_view name) override;

  /// Since 1970 in UTC; none for `new Date()`, which is another one every time.
  std::optional<double> milliseconds;
};

/// "2024-01-02T03:04:05.678Z".
[[nodiscard]] std::string iso_text(double milliseconds);
/// The ISO forms of ECMA-262, 21.4.1.32 with a zone, or dates alone (UTC); none for anything that depends on the time zone.
[[nodiscard]] std::optional<double> parse_iso(std::string_view text);
/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar.
[[nodiscard]] double days_from_civil(int year, int month, int day);

/// `new Date(…)`.
Value construct_date(Call& call);
/// `Date.now`, `Date.UTC`, `Date.parse`.
Value call_date_static(Call& call, std::string_view name);

}  // namespace drizzle_audit::program
