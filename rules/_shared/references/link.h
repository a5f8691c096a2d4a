// A reference that the schema makes without a foreign key, and the evidence for it. How the parts of this folder divide the work:
// declared.cpp finds links that relations declare, guessed.cpp those that sibling tables, names and types suggest, silence.cpp knows
// when a guess must not be made, remarks.cpp what the authors say in comments, joined.cpp what the code joins, texts.cpp what the code
// puts into columns, missing.cpp puts them together. Rules word the findings.
#pragma once

#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"
#include "drizzle_audit/names.h"
#include "drizzle_audit/queries.h"

namespace drizzle_audit::rules::references {

class ModelIndex;

struct Link {
  const Table* table = nullptr;
  std::vector<const Column*> columns;
  const Table* target = nullptr;
  std::vector<const Column*> foreign_columns;
  Confidence confidence = Confidence::kMedium;
  bool by_relation = false;
  bool by_name = false;
  bool by_whole_name = false;          ///< the name is the table's, without a role before it: user_id, not owner_user_id
  bool may_be_in_migration = false;    ///< the project makes such foreign keys by SQL, so the schema does not show whether this one exists
  const ColumnText* no_key = nullptr;  ///< a text that the code puts into the column and that may be no key of the target
  std::vector<Span> joins;             ///< where the code joins the column to the target
  std::vector<const ForeignKey*> siblings;  ///< foreign keys of other tables' columns of the same name to the same column
  std::vector<Evidence> evidence;           ///< strongest first
};

/// Columns that relations join to more than one table: polymorphic, no foreign key can hold them.
using ColumnSet = std::set<const Column*>;

struct Declared {
  std::vector<Link> links;
  ColumnSet ambiguous;
};

/// Links that relations() or defineRelations() declare, one for each set of columns; the side that holds the key is worked out from
/// which side is one.
Declared declared_links(const Model& model);

/// A link for a column that nothing declares, if other tables, its name and its type agree on a target.
std::optional<Link> guessed_link(const ModelIndex& index, const Table& table, const Column& column);

/// Why nothing may be guessed about this column; empty when guessing is fine.
std::string_view reason_for_silence(const Table& table, const Column& column);

/// Whether `$type<SpaceIdOrOrganizationId>()` says that the column holds one of several tables' keys.
bool is_typed_as_either(const Model& model, const Column& column);

/// Why a name and a type alone must not be taken for a reference to the target; empty when they may. Other evidence overrules it.
std::string_view reason_to_doubt_name(const Model& model, const Column& column, const Table& target);

/// Whether the name stands for whatever it is: resource_id, source_id. One join shows one of the things it may be.
bool may_be_anything(const Column& column);

/// Whether the foreign keys of the table hold this column already, or might: what could not be read counts.
bool is_settled(const Table& table, const Column& column);

/// What the name of a column says it refers to: `owner_user_id` → owner, user. Empty when it does not look like a reference.
Words reference_words(const Column& column);

}  // namespace drizzle_audit::rules::references
