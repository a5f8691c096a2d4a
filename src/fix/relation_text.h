// What both ways of writing relations share, and the two ways themselves. Used by the relations_*.cpp beside it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fix/relations_source.h"

namespace drizzle_audit::fix {

/// Relations of files with tables of their own (drizzle-kit pull) are not the schema's.
[[nodiscard]] bool is_own(const Relation& relation);

/// The last name of what is called: `relations`, `defineRelations`; empty when it is no name.
[[nodiscard]] std::string_view callee_name(const syntax::Node& call);
/// The call that a relation is declared in: relations(posts, …) or defineRelations(schema, …), the outermost one.
[[nodiscard]] const syntax::Node* declaring_call(const Document& document, Span span);
/// The object that a function does nothing but return; null otherwise.
[[nodiscard]] const syntax::Node* returned_object(const syntax::Node& function);

/// A property's name as it is written, in quotes where it needs them.
[[nodiscard]] std::string key_text(const Style& style, std::string_view key);
/// An object of options, on one line or one option a line.
[[nodiscard]] std::string object_text(const Style& style, const std::vector<std::string>& options, bool broken);
/// "posts.id, posts.authorId" for columns by their names in the database; none when one is not there.
[[nodiscard]] std::optional<std::string> column_list(const Table& table, const std::vector<std::string>& names, std::string_view owner);
/// Whether options of relations in this file are written one a line.
[[nodiscard]] bool options_are_broken(const Project& project, FileId file);

/// Whether the declaration stands on the side that holds the foreign key. Of a table that references itself it is the first `one`.
[[nodiscard]] bool holds_key(const Table& table, const RelationDeclaration& relation, const std::vector<RelationDeclaration>& before);

/// plan_tables() with relations() of drizzle-orm 0.x.
[[nodiscard]] std::optional<Plan> plan_first_version(const Project& project, const std::vector<TableRelations>& tables, FileId home);
/// plan_tables() with defineRelations() of 1.0.
[[nodiscard]] std::optional<Plan> plan_second_version(const Project& project, const std::vector<TableRelations>& tables, FileId home);

}  // namespace drizzle_audit::fix
