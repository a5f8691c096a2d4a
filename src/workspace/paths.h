// Path arithmetic on strings with `/`. No disk access. Used by every file of this layer and by everyone above it.
#pragma once

#include <string>
#include <string_view>

namespace drizzle_audit::workspace {

[[nodiscard]] bool is_absolute(std::string_view path);

/// Removes `.`, `..`, doubled and trailing slashes. A relative path may keep leading `..`; nothing left gives ".".
[[nodiscard]] std::string normalize(std::string_view path);

/// `path` seen from `base`, normalised; an absolute `path` stands for itself.
[[nodiscard]] std::string join(std::string_view base, std::string_view path);

/// The folder that holds `path`: "/a/b" -> "/a", "/a" -> "/", "/" -> "/", "a" -> ".".
[[nodiscard]] std::string_view dirname(std::string_view path);

/// The part after the last slash.
[[nodiscard]] std::string_view basename(std::string_view path);

/// The last extension with its dot (".ts"); empty when there is none. A leading dot starts no extension.
[[nodiscard]] std::string_view extension(std::string_view path);

/// The path without what `extension` returns.
[[nodiscard]] std::string_view without_extension(std::string_view path);

/// Whether `path` is `folder` or lies below it. Both normalised.
[[nodiscard]] bool is_within(std::string_view path, std::string_view folder);

/// `path` as seen from `folder` ("../x" when outside, "." when equal). Both absolute and normalised.
[[nodiscard]] std::string relative_path(std::string_view path, std::string_view folder);

/// Names of TypeScript and JavaScript sources: .ts .tsx .mts .cts .js .mjs .cjs .jsx, without declaration files (.d.ts,
/// .d.mts, .d.cts, .d.x.ts).
[[nodiscard]] bool is_source_name(std::string_view name);

/// .ts .tsx .mts .cts, without declaration files.
[[nodiscard]] bool is_typescript_name(std::string_view name);

/// .d.ts .d.mts .d.cts.
[[nodiscard]] bool is_declaration_name(std::string_view name);

}  // namespace drizzle_audit::workspace
