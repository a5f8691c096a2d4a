// A table as it is written: where its columns and extras stand, and whether they are its own to edit.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "drizzle_audit/model.h"
#include "fix/document.h"
#include "fix/imports.h"
#include "fix/plan.h"

namespace drizzle_audit::fix {

/// What every fix of one model is made from. All outlive it.
struct Project {
  Documents& documents;
  Modules& modules;
  const Model& model;
  // What was found out, once it was asked.
  mutable std::optional<bool> defines_relations = {};                                    ///< uses_define_relations()
  mutable std::map<FileId, bool> broken_options = {};                                    ///< options_are_broken()
  mutable std::unordered_map<std::string_view, std::vector<const Table*>> by_name = {};  ///< for find_table()
};

struct TableSource {
  const Table* table = nullptr;
  const Document* document = nullptr;
  const syntax::Node* call = nullptr;     ///< pgTable("orders", …)
  const syntax::Node* columns = nullptr;  ///< the object of columns; null when it is not written in the call
};

/// None when the table is not the only one that this source makes.
[[nodiscard]] std::optional<TableSource> table_source(const Project& project, const Table& table);

/// The column's property, when it is written in the table itself as a call and not shared with other tables.
[[nodiscard]] const syntax::Node* column_property(const TableSource& source, const Column& column);

/// "drizzle-orm/pg-core"
[[nodiscard]] std::string_view core_module(Dialect dialect);
/// "AnyPgColumn"
[[nodiscard]] std::string_view any_column(Dialect dialect);

/// Appends `method` (".notNull()") to the column's chain, in the file's way of writing chains.
[[nodiscard]] std::optional<Plan> append_to_chain(const Project& project, const TableSource& source, const Column& column,
                                                  const std::string& method);

/// What a builder among the extras is made of: `builder` gets the columns as the callback names them.
struct NewExtra {
  std::vector<const Column*> columns;
  std::string key;                            ///< in the object form
  std::string before, between = ", ", after;  ///< before + columns + after
};

/// Adds a builder to the table's extras, and the third argument when there is none.
[[nodiscard]] std::optional<Plan> add_extra(const Project& project, const TableSource& source, const NewExtra& extra);

/// The array or object that the extras callback returns; null when it cannot be told.
[[nodiscard]] const syntax::Node* extras_list(const TableSource& source);

/// Whether code can reach it without touching what is not the project's to edit: packages, generated files, places outside the root.
[[nodiscard]] bool may_edit(const Document& document);

}  // namespace drizzle_audit::fix
