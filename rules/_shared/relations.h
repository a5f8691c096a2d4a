// Questions about relations() and defineRelations() that several rules ask.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"

namespace drizzle_audit::rules {

/// `posts.author`: the table's name in the database and the relation's key.
std::string relation_label(const Relation& relation);
Subject relation_subject(const Relation& relation);

/// Whether its columns are taken from the other side.
bool is_inferred(const Model& model, const Relation& relation);

/// `(store_id, slug)` for messages, `id` for one column.
std::string column_list(std::span<const Column* const> columns);

/// Whether the two lists pair the same columns, whatever the order of the pairs.
bool same_pairs(std::span<const Column* const> a_from, std::span<const Column* const> a_to, std::span<const Column* const> b_from,
                std::span<const Column* const> b_to);

/// Whether foreign keys say that the two columns hold the same values: one references the other, or both the same column, through any
/// number of tables.
bool hold_the_same(const Column& a, const Column& b);

/// The words of a foreign key's column without what it holds: author_id → "author", parentId → "parent".
std::string role_of(const Column& column);

}  // namespace drizzle_audit::rules
