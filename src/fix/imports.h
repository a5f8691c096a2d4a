// What code in a file calls something that another module exports, and the imports that are missing for it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drizzle_audit/model.h"
#include "fix/document.h"
#include "fix/modules.h"
#include "fix/plan.h"

namespace drizzle_audit::fix {

/// Whether `name` means something of the file's own at `offset`.
[[nodiscard]] bool is_taken(const Document& document, std::string_view name, std::uint32_t offset);

/// What code at `offset` calls `name` of the package `specifier` ("index", "pg.index"); adds to the plan the import that it needs. None
/// when the file cannot import (it uses require()).
[[nodiscard]] std::optional<std::string> use_package(const Document& document, std::uint32_t offset, std::string_view specifier,
                                                     std::string_view name, bool type_only, Plan& plan);

/// The same for what `file` declares as `binding` at its top. None when nothing exports it, or no import leads there.
[[nodiscard]] std::optional<std::string> use_binding(Modules& modules, const Document& document, std::uint32_t offset, FileId file,
                                                     std::string_view binding, bool type_only, Plan& plan);

/// The variable at the top of its file that holds the table; empty when there is none.
[[nodiscard]] std::string_view table_binding(Documents& documents, const Table& table);
[[nodiscard]] std::optional<std::string> use_table(Documents& documents, Modules& modules, const Document& document, std::uint32_t offset,
                                                   const Table& table, Plan& plan);

/// The import statements of one file that hold what is needed, added to those that are there.
[[nodiscard]] Plan render_imports(const Document& document, const std::vector<ImportNeed>& needs);

}  // namespace drizzle_audit::fix
