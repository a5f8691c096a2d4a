// `write_model FORMAT MODEL.json`: a model through one writer, to standard output. check.mjs and check_postgres.sh feed the
// result to real parsers. Test support only.
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

#include "model_from_json.h"
#include "report/schema_dbml.h"
#include "report/schema_dot.h"
#include "report/schema_json.h"
#include "report/schema_mermaid.h"
#include "report/schema_sql.h"

int main(int argc, char** argv) {
  using namespace drizzle_audit;
  if (argc != 3) return 2;
  const std::string_view format = argv[1];
  std::ifstream in(argv[2]);
  const auto json = nlohmann::ordered_json::parse(in);
  std::pmr::monotonic_buffer_resource arena;
  const Sources sources;
  const Model model = tests::model_from_json(json, arena, sources);
  std::string (*const write)(const Model&) = format == "sql"       ? report::schema_sql
                                             : format == "mermaid" ? report::schema_mermaid
                                             : format == "dot"     ? report::schema_dot
                                             : format == "dbml"    ? report::schema_dbml
                                                                   : static_cast<std::string (*)(const Model&)>(report::schema_json);
  const std::string text = write(model);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return 0;
}
