// Node's own modules as the evaluator sees them. Expected values are Node's.
#include "program/node_builtins.h"

#include "program/interpreter.h"
#include "project_folder.h"

namespace drizzle_audit::program {
namespace {

class Natives final : public NativeModules {
 public:
  Host* find(Interpreter& in, std::string_view specifier) override { return find_node_builtin(in, specifier, folder); }
  [[nodiscard]] std::string_view working_folder() const override { return folder; }
  std::string folder;
};

/// The value of `expression` in a module with the usual imports; "?" and the reason when it is Unknown.
std::string value_of(const std::string& expression, const std::string& folder = "/project") {
  const project::ProjectFolder files{
      {"a.ts",
       "import path, { join } from 'node:path';\nimport * as all from 'path';\nimport posix from 'path/posix';\n"
       "import url, { fileURLToPath } from 'url';\nimport fs, { readFileSync } from 'node:fs';\n"
       "import { readFile } from 'fs/promises';\nimport process, { cwd } from 'node:process';\n"
       "import left from 'left-pad';\nexport const value = " +
           expression + ";\n"}};
  const workspace::DiskFileSystem disk;
  const workspace::Resolver resolver(disk, files.options.root);
  Sources sources;
  ModuleStore store(disk, resolver, sources, files.options.root, 1);
  Natives natives;
  natives.folder = folder;
  Interpreter interpreter(store, natives);
  const Value value = interpreter.export_value(store.get(files.at("a.ts").string()), "value");
  switch (value.tag()) {
    case Tag::kString: return std::string(value.text());
    case Tag::kBoolean: return value.as_boolean() ? "true" : "false";
    case Tag::kUnknown: return "?" + std::string(value.as_unknown().reason);
    default: return "other";
  }
}

TEST(NodeBuiltins, Path) {
  EXPECT_EQ(value_of("path.join('a', '..', './b', '', 'c/')"), "b/c/");
  EXPECT_EQ(value_of("join()"), ".");
  EXPECT_EQ(value_of("join('/a', '/b')"), "/a/b");
  EXPECT_EQ(value_of("all.resolve('a', '../b')"), "/project/b");
  EXPECT_EQ(value_of("path.resolve('a', '/b', 'c')"), "/b/c");
  EXPECT_EQ(value_of("path.resolve()"), "/project");
  EXPECT_EQ(value_of("path.dirname('/a/b/')"), "/a");
  EXPECT_EQ(value_of("path.dirname('a')"), ".");
  EXPECT_EQ(value_of("path.basename('/a/b.ts', '.ts')"), "b");
  EXPECT_EQ(value_of("path.basename('/a/b/')"), "b");
  EXPECT_EQ(value_of("path.extname('a/b.test.ts')"), ".ts");
  EXPECT_EQ(value_of("path.extname('.env')"), "");
  EXPECT_EQ(value_of("path.relative('/a/b/c', '/a/d')"), "../../d");
  EXPECT_EQ(value_of("path.relative('/a', '/a')"), "");
  EXPECT_EQ(value_of("path.relative('', 'x')"), "x");
  EXPECT_EQ(value_of("path.normalize('./a//b/../c')"), "a/c");
  EXPECT_EQ(value_of("path.isAbsolute('/a')"), "true");
  EXPECT_EQ(value_of("path.sep + all.posix.join('a', posix.delimiter)"), "/a/:");
  EXPECT_EQ(value_of("['a', 'b'].map((x) => path.join('s', x)).join()"), "s/a,s/b");
}

TEST(NodeBuiltins, PathWithUnknownParts) {
  EXPECT_EQ(value_of("path.join(process.env.DIR, 'a')"), "?process.env.DIR is only known at run time");
  EXPECT_EQ(value_of("path.resolve('a')", ""), "?the working directory is only known at run time");
  EXPECT_EQ(value_of("path.resolve('/a', 'b')", ""), "/a/b");
  EXPECT_EQ(value_of("path.join(1)"), "?evaluating it throws: the path must be a string");
  EXPECT_EQ(value_of("path.dirname()"), "?evaluating it throws: the path must be a string");
  EXPECT_EQ(value_of("path.win32.join('a')").substr(0, 1), "?");
}

TEST(NodeBuiltins, Url) {
  EXPECT_EQ(value_of("fileURLToPath('file:///a/b%20c')"), "/a/b c");
  EXPECT_EQ(value_of("url.fileURLToPath(new URL('./x.ts', 'file:///a/b.ts'))"), "/a/x.ts");
  EXPECT_EQ(value_of("url.pathToFileURL('x').href"), "file:///project/x");
  EXPECT_EQ(value_of("url.fileURLToPath(url.pathToFileURL('/x'))"), "/x");
  EXPECT_EQ(value_of("fileURLToPath('https://a.b')"), "?evaluating it throws: The URL must be of scheme file");
}

TEST(NodeBuiltins, Process) {
  EXPECT_EQ(value_of("cwd()"), "/project");
  EXPECT_EQ(value_of("process.cwd()"), "/project");
  EXPECT_EQ(value_of("process.cwd()", ""), "?the working directory is only known at run time");
  EXPECT_EQ(value_of("process.env.A"), "?process.env.A is only known at run time");
}

TEST(NodeBuiltins, OthersAreKnownAtRunTimeOnly) {
  EXPECT_EQ(value_of("readFileSync('a')"), "?'readFileSync' of 'fs' is only known at run time");
  EXPECT_EQ(value_of("fs.existsSync('a')"), "?'existsSync' of 'fs' is only known at run time");
  EXPECT_EQ(value_of("readFile('a')"), "?'readFile' of 'fs/promises' is only known at run time");
  EXPECT_EQ(value_of("left('a')"), "?the package 'left-pad' is not read");
}

}  // namespace
}  // namespace drizzle_audit::program
