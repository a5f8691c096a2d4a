// Which file `exports`, `imports`, `main` and friends of a package.json mean. Sources win over build output: `./dist/schema.js` stands for
// `src/schema.ts` when that exists, because the source is what people edit and dist is often not built.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workspace/folder_cache.h"
#include "workspace/packages.h"

namespace drizzle_audit::workspace {

/// The targets that `exports` or `imports` (the value, not the manifest) names for `key` (".", "./schema", "#db"), in order of
/// preference, `*` filled in. All conditions count; `null` targets none.
[[nodiscard]] std::vector<std::string> conditional_targets(const Json& map, std::string_view key);

/// The file that `package` + `subpath` ("" or "schema/users") means; empty when none.
[[nodiscard]] std::string entry_file(const FolderCache& folders, const Package& package, std::string_view subpath);

/// The first target that package.json names for `subpath`, existing or not, as written; empty when it names none.
[[nodiscard]] std::string named_entry(const Package& package, std::string_view subpath);

/// The existing file that a target such as "./dist/index.mjs" stands for, TypeScript sources first; empty when none.
[[nodiscard]] std::string target_file(const FolderCache& folders, std::string_view package_folder, std::string_view target);

/// Possible sources of build output, best first, absolute; may not exist and may hold glob characters ("dist/schema/*.js" ->
/// "src/schema/*.ts", …). Empty when the path is not below a build folder of the package.
[[nodiscard]] std::vector<std::string> source_candidates(std::string_view package_folder, std::string_view target);

/// `path` as TypeScript and tsx would find it: itself, with an extension, `.js` meaning `.ts`, or a folder's
/// package.json/index. Empty when none.
[[nodiscard]] std::string file_for(const FolderCache& folders, const std::string& path);

}  // namespace drizzle_audit::workspace
