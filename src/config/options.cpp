#include "config/options.h"

#include <nlohmann/json.hpp>

namespace drizzle_audit::config {
namespace {

OptionValue value_of(const nlohmann::json& json) {
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_array()) return json.get<std::vector<std::string>>();
  return json.get<std::string>();
}

}  // namespace

OptionValues default_options(const Rule& rule) {
  OptionValues values;
  for (const OptionSpec& option : rule.options) values.emplace(option.name, value_of(nlohmann::json::parse(option.default_json)));
  return values;
}

}  // namespace drizzle_audit::config
