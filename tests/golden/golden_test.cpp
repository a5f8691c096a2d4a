// Reports and schema documents of examples/shop against the files of this folder. A change of wording shows up here as a diff to be read.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "harness/files.h"
#include "harness/process.h"

namespace drizzle_audit::golden_tests {
namespace {

struct Document {
  const char* file;
  std::vector<std::string> arguments;
  int status;
};

class Golden : public testing::TestWithParam<Document> {};

TEST_P(Golden, IsWhatTheProgramPrints) {
  namespace fs = std::filesystem;
  harness::Process process;
  process.arguments = {DRZ_PROGRAM};
  process.arguments.insert(process.arguments.end(), GetParam().arguments.begin(), GetParam().arguments.end());
  process.folder = fs::path(DRZ_SOURCE_DIR) / "examples" / "shop";
  process.environment = {{"NO_COLOR", "1"}, {"FORCE_COLOR", ""}, {"CLICOLOR_FORCE", ""}};
  const harness::Result result = harness::run(process);
  EXPECT_EQ(result.status, GetParam().status) << result.err;
  const fs::path path = fs::path(DRZ_SOURCE_DIR) / "tests" / "golden" / "shop" / GetParam().file;
  if (std::getenv("DRZ_UPDATE") != nullptr) harness::write_file(path, result.out);
  EXPECT_EQ(harness::read_file(path), result.out);
}

const Document kDocuments[] = {
    {"check.txt", {"check"}, 1},
    {"check.concise.txt", {"check", "--format", "concise"}, 1},
    {"check.json", {"check", "--format", "json"}, 1},
    {"schema.json", {"schema"}, 0},
    {"schema.sql", {"schema", "--format", "sql"}, 0},
    {"schema.mermaid", {"schema", "--format", "mermaid"}, 0},
    {"schema.dot", {"schema", "--format", "dot"}, 0},
    {"schema.dbml", {"schema", "--format", "dbml"}, 0},
};

std::string name_of(const testing::TestParamInfo<Document>& info) {
  std::string name = info.param.file;
  for (char& c : name) c = c == '.' ? '_' : c;
  return name;
}

INSTANTIATE_TEST_SUITE_P(shop, Golden, testing::ValuesIn(kDocuments), name_of);

}  // namespace
}  // namespace drizzle_audit::golden_tests
