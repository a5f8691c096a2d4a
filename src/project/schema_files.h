// From a `schema` pattern to files, as drizzle-kit's prepareFilenames does (drizzle-kit 0.31, src/serializer/index.ts), but kinder: build
// output that stands for sources, a missing extension and folders with tests in them still give a schema, and a hint.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workspace/resolver.h"

namespace drizzle_audit::project {

/// The folders that a config's paths may be relative to, the likeliest first. drizzle-kit uses the folder it is started in, which is
/// mostly that of the config, else that of its package or of the repository.
[[nodiscard]] std::vector<std::string> base_folders(const workspace::Resolver& resolver, const std::string& root,
                                                    const std::string& config_folder);

struct PatternFiles {
  std::vector<std::string> files;  ///< absolute, links resolved, sorted
  std::vector<std::string> notes;  ///< what was done differently from drizzle-kit: "reading src/schema/*.ts instead"
};

/// The sources that `pattern` means, seen from `base`; no files when it means none.
[[nodiscard]] PatternFiles find_schema_files(const workspace::Resolver& resolver, const std::string& base, const std::string& pattern);

/// Whether the path, relative to the project, is that of a test: `users.test.ts`, `__tests__/…`, `fixtures/…`.
[[nodiscard]] bool is_test_path(std::string_view path);

/// `users.test.ts`, `users.spec.ts`.
[[nodiscard]] bool is_test_name(std::string_view name);

}  // namespace drizzle_audit::project
