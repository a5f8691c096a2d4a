// The formats that findings can be written in: the one list of them. Flags, help and documentation are made from it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "report/report.h"

namespace drizzle_audit::report {

struct Format {
  std::string_view name;         ///< as --format takes it
  std::string_view description;  ///< who reads it, a few words
  std::string (*write)(const Report& report) = nullptr;
};

/// The first one is the default.
std::span<const Format> formats();

/// The format of this name, or null.
const Format* find_format(std::string_view name);

}  // namespace drizzle_audit::report
