// What rules about declared keys say and ask alike: how columns are printed, which foreign keys were read whole, which tables belong to
// somebody else. Used by the rules on primary and foreign keys.
#pragma once

#include <span>
#include <string>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"

namespace drizzle_audit::rules {

/// "posts.author_id", or "lines (store_id, number)" for several columns.
std::string qualified(const Table& table, std::span<const Column* const> columns);

/// Whether a foreign key may be judged: it evaluates, its tables' and columns' names are known and no part of their chains is unread.
bool is_readable(const Table& table, const ForeignKey& key);

/// Columns and name; the name is that in the database, so that two foreign keys on the same columns stay apart.
Subject foreign_key_subject(const Table& table, const ForeignKey& key);

/// A table of a schema that the platform creates, such as Supabase's auth.users: projects mirror a few of its columns and drizzle-kit
/// never creates it.
bool is_managed_elsewhere(const Table& table);

}  // namespace drizzle_audit::rules
