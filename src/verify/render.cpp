#include "verify/render.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/terminal_text.h"

namespace drizzle_audit::verify {
namespace {

using Json = nlohmann::ordered_json;

std::string row_text(const Rows& rows, std::size_t row) {
  std::string out;
  for (std::size_t i = 0; i < rows.columns.size(); ++i) {
    out += (i > 0 ? ", " : "") + rows.columns[i] + '=' + rows.rows[row][i].value_or("null");
  }
  return out;
}

}  // namespace

bool Outcome::is_clean() const {
  return drift.empty() && std::all_of(checks.begin(), checks.end(), [](const CheckResult& result) { return result.count == 0; });
}

std::string render_text(const Outcome& outcome) {
  std::string out;
  std::size_t violated = 0;
  for (const CheckResult& result : outcome.checks) {
    out += std::string(result.count == 0 ? "ok  " : "FAIL") + "  " + result.check.kind + "  " + result.check.name + "  " +
           std::to_string(result.count) + '\n';
    if (result.count == 0) continue;
    ++violated;
    out += "      " + result.check.what + '\n';
    for (std::size_t row = 0; row < result.sample.rows.size(); ++row) out += "        " + row_text(result.sample, row) + '\n';
    const auto shown = static_cast<std::int64_t>(result.sample.rows.size());
    if (result.check.kind != "duplicates" && result.count > shown)
      out += "        … and " + std::to_string(result.count - shown) + " more\n";
  }
  for (const Drift& one : outcome.drift) {
    out += "FAIL  " + one.kind + " " + one.object + "  " +
           (one.object == "table" ? one.table : one.table + "." + (one.name.empty() ? "(unnamed)" : one.name)) +
           (one.detail.empty() ? "" : "  " + one.detail) + '\n';
  }
  const auto plural = [](std::size_t count, const std::string& noun) {
    return std::to_string(count) + ' ' + noun + (count == 1 ? "" : "s");
  };
  out += plural(outcome.checks.size(), "check") + ", " + std::to_string(violated) + " violated; ";
  out += outcome.compared ? plural(outcome.drift.size(), "difference") + " between schema and database\n"
                          : "schema and database not compared\n";
  std::string safe;
  for (std::size_t at = 0; at < out.size();) {
    const std::size_t end = out.find('\n', at);
    safe += report::printable(out.substr(at, end - at)) + '\n';
    at = end + 1;
  }
  return safe;
}

std::string render_json(const Outcome& outcome) {
  Json checks = Json::array();
  for (const CheckResult& result : outcome.checks) {
    Json samples = Json::array();
    for (const auto& row : result.sample.rows) {
      Json sample = Json::object();
      for (std::size_t i = 0; i < row.size(); ++i) sample[result.sample.columns[i]] = row[i] ? Json(*row[i]) : Json();
      samples.push_back(std::move(sample));
    }
    checks.push_back({{"kind", result.check.kind},
                      {"name", result.check.name},
                      {"table", result.check.table},
                      {"what", result.check.what},
                      {"count", result.count},
                      {"samples", std::move(samples)}});
  }
  Json drift = Json::array();
  for (const Drift& one : outcome.drift)
    drift.push_back({{"kind", one.kind}, {"object", one.object}, {"table", one.table}, {"name", one.name}, {"detail", one.detail}});
  const Json json = {{"formatVersion", 1},          {"dialect", outcome.dialect},  {"stage", outcome.stage},
                     {"clean", outcome.is_clean()}, {"checks", std::move(checks)}, {"compared", outcome.compared},
                     {"drift", std::move(drift)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace drizzle_audit::verify
