// Dates in UTC.
#include "program/date.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "program/interpreter.h"
#include "program/operators.h"

namespace drizzle_audit::program {
namespace {

constexpr double kDay = 86'400'000;

struct Civil {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0;
};

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
Civil civil_from(double milliseconds) {
  const double days = std::floor(milliseconds / kDay);
  auto rest = static_cast<std::int64_t>(milliseconds - days * kDay);
  const auto z = static_cast<std::int64_t>(days) + 719468;
  const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const std::int64_t doe = z - era * 146097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153;
  Civil civil;
  civil.day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
  civil.month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  civil.year = static_cast<int>(yoe + era * 400 + (civil.month <= 2 ? 1 : 0));
  civil.millisecond = static_cast<int>(rest % 1000);
  rest /= 1000;
  civil.second = static_cast<int>(rest % 60);
  rest /= 60;
  civil.minute = static_cast<int>(rest % 60);
  civil.hour = static_cast<int>(rest / 60);
  return civil;
}

double time_of(const Civil& civil) {
  return days_from_civil(civil.year, civil.month, civil.day) * kDay + civil.hour * 3'600'000.0 + civil.minute * 60'000.0 +
         civil.second * 1000.0 + civil.millisecond;
}

}  // namespace

double days_from_civil(int year, int month, int day) {
  year += (month - 1) / 12;
  month = (month - 1) % 12 + 1;
  if (month < 1) {
    month += 12;
    --year;
  }
  const int y = month <= 2 ? year - 1 : year;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int yoe = y - era * 400;
  const int doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return static_cast<double>(era) * 146097 + doe - 719468;
}

std::string iso_text(double milliseconds) {
  const Civil civil = civil_from(milliseconds);
  std::array<char, 48> buffer{};
  const char* format =
      civil.year >= 0 && civil.year <= 9999 ? "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ" : "%+07d-%02d-%02dT%02d:%02d:%02d.%03dZ";
  const int length = std::snprintf(buffer.data(), buffer.size(), format, civil.year, civil.month, civil.day, civil.hour, civil.minute,
                                   civil.second, civil.millisecond);
  return {buffer.data(), static_cast<std::size_t>(length)};
}

std::optional<double> parse_iso(std::string_view text) {
  Civil civil;
  const auto digits = [&](std::size_t count, int& out) {
    if (text.size() < count) return false;
    const auto [end, error] = std::from_chars(text.data(), text.data() + count, out);
    if (error != std::errc() || end != text.data() + count) return false;
    text.remove_prefix(count);
    return true;
  };
  const auto skip = [&](char c) {
    if (!text.starts_with(c)) return false;
    text.remove_prefix(1);
    return true;
  };
  if (!digits(4, civil.year)) return std::nullopt;
  if (skip('-') && (!digits(2, civil.month) || (skip('-') && !digits(2, civil.day)))) return std::nullopt;
  if (civil.month < 1 || civil.month > 12 || civil.day < 1 || civil.day > 31) return std::nullopt;
  if (text.empty()) return time_of(civil);  // a date alone is UTC
  if (!skip('T') && !skip(' ')) return std::nullopt;
  if (!digits(2, civil.hour) || !skip(':') || !digits(2, civil.minute)) return std::nullopt;
  if (skip(':') && !digits(2, civil.second)) return std::nullopt;
  if (skip('.')) {
    int scale = 100;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
      civil.millisecond += (text.front() - '0') * scale;
      scale /= 10;
      text.remove_prefix(1);
    }
  }
  if (text == "Z") return time_of(civil);
  if (!text.starts_with('+') && !text.starts_with('-')) return std::nullopt;  // local time
  const double sign = text.front() == '-' ? 1 : -1;
  text.remove_prefix(1);
  int hours = 0;
  int minutes = 0;
  if (!digits(2, hours)) return std::nullopt;
  skip(':');
  if (!digits(2, minutes) || !text.empty()) return std::nullopt;
  return time_of(civil) + sign * (hours * 3'600'000.0 + minutes * 60'000.0);
}

Value construct_date(Call& call) {
  std::optional<double> time;
  if (call.arguments.size() == 1) {
    const Value& value = call.arguments[0];
    if (value.is(Tag::kUnknown)) return value;
    if (value.is(Tag::kString)) time = parse_iso(value.text());
    else time = to_number(value);
    if (!time) return call.in.unknown("the date depends on the machine's time zone", call.site);
  } else if (!call.arguments.empty()) {
    return call.in.unknown("the date depends on the machine's time zone", call.site);
  }
  auto* date = call.in.make<Date>(time);
  date->span = call.site;
  return Value::host(date);
}

Value call_date_static(Call& call, std::string_view name) {
  if (name == "UTC" && !call.arguments.empty()) {
    std::array<double, 7> parts{1970, 0, 1, 0, 0, 0, 0};
    for (std::size_t i = 0; i < std::min(parts.size(), call.arguments.size()); ++i) {
      const auto part = to_number(call.arguments[i]);
      if (!part || !std::isfinite(*part)) return call.in.unknown("the date is not known", call.site);
      parts[i] = *part;
    }
    const double days = days_from_civil(static_cast<int>(parts[0]), static_cast<int>(parts[1]) + 1, 1) + parts[2] - 1;
    return Value::number(days * kDay + parts[3] * 3'600'000 + parts[4] * 60'000 + parts[5] * 1000 + parts[6]);
  }
  if (name == "parse" && call.argument(0).is(Tag::kString)) {
    if (const auto time = parse_iso(call.argument(0).text())) return Value::number(*time);
  }
  return call.in.unknown("the current time is another one in every run", call.site);
}

Value Date::call_method(Call& call, std::string_view name) {
  if (!milliseconds) return call.in.unknown("the current time is another one in every run", call.site);
  const Civil civil = civil_from(*milliseconds);
  if (name == "toISOString" || name == "toJSON") return call.in.make_string(iso_text(*milliseconds));
  if (name == "getTime" || name == "valueOf") return Value::number(*milliseconds);
  if (name == "getUTCFullYear") return Value::number(civil.year);
  if (name == "getUTCMonth") return Value::number(civil.month - 1);
  if (name == "getUTCDate") return Value::number(civil.day);
  if (name == "getUTCHours") return Value::number(civil.hour);
  if (name == "getUTCMinutes") return Value::number(civil.minute);
  if (name == "getUTCSeconds") return Value::number(civil.second);
  return call.in.unknown("the date's text depends on the machine", call.site);
}

}  // namespace drizzle_audit::program
