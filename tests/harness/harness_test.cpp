// The harness itself, so that a red test elsewhere means the program and not the harness.
#include <gtest/gtest.h>

#include "harness/files.h"
#include "harness/process.h"

namespace drizzle_audit::harness {
namespace {

TEST(Process, CarriesStreamsStatusFolderAndEnvironment) {
  const TemporaryFolder folder;
  Process shell;
  shell.arguments = {"sh", "-c", "cat; pwd; echo \"$WORD\" >&2; exit 3"};
  shell.folder = folder.path();
  shell.environment = {{"WORD", "hello"}};
  shell.input = "given\n";
  const Result result = run(shell);
  EXPECT_EQ(result.status, 3);
  EXPECT_EQ(result.out, "given\n" + folder.path().string() + "\n");
  EXPECT_EQ(result.err, "hello\n");
}

TEST(Process, ReportsSignalsAndProgramsThatDoNotExist) {
  EXPECT_EQ(run({.arguments = {"sh", "-c", "kill -9 $$"}, .folder = ".", .environment = {}, .input = {}}).status, 128 + 9);
  EXPECT_EQ(run({.arguments = {"no-such-program-anywhere"}, .folder = ".", .environment = {}, .input = {}}).status, 127);
}

TEST(TemporaryFolder, GoesAwayWithItsContents) {
  std::filesystem::path path;
  {
    const TemporaryFolder folder;
    path = folder.path();
    write_file(path / "a" / "b.ts", "text");
    EXPECT_EQ(read_file(path / "a" / "b.ts"), "text");
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(ReadFile, ThrowsWhenThereIsNone) { EXPECT_THROW(static_cast<void>(read_file("/no/such/file")), std::runtime_error); }

}  // namespace
}  // namespace drizzle_audit::harness
