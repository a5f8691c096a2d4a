#include "report/location_json.h"

namespace drizzle_audit::report {

nlohmann::ordered_json location_json(const Sources& sources, Span span) {
  if (!span.somewhere()) return nullptr;
  const Location location = sources.location(span);
  return {{"path", location.path},
          {"line", location.line},
          {"column", location.column},
          {"endLine", location.end_line},
          {"endColumn", location.end_column}};
}

}  // namespace drizzle_audit::report
