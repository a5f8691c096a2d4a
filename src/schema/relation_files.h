// Files of relations that the schema does not name: where they may lie, and whose tables they join. Used by read_project.cpp.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "program/modules.h"
#include "project/entries.h"
#include "workspace/folder_cache.h"

namespace drizzle_audit::schema {

/// Files named like `relations.ts` beside the entry's schema files, one folder above them and in its out folder, absolute and sorted. A
/// look at names only; the schema's own files are left out.
std::vector<std::string> find_relation_files(const workspace::FolderCache& folders, const std::string& root, const project::Entry& entry);

/// Whether the file imports one of `known` (absolute paths), itself or through other files.
bool imports_one_of(program::ModuleStore& modules, const std::string& path, const std::set<std::string>& known);

/// The files that the file imports itself and that define tables, in order.
std::vector<std::string> imported_table_files(program::ModuleStore& modules, const std::string& path);

}  // namespace drizzle_audit::schema
