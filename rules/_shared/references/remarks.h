// What the comments of a schema say about foreign keys that are not there. A guess must not overrule the people who wrote the schema:
// `// no FK: the record outlives the account` is their decision, and `// the FK is installed by migration SQL` says that the schema is
// not the whole truth. Used by missing.cpp.
#pragma once

#include <string_view>

#include "_shared/comments.h"
#include "_shared/references/link.h"

namespace drizzle_audit::rules::references {

/// Whether a comment says of this link that it has no foreign key on purpose, or has one elsewhere. Comments that count: above the
/// column and behind it, above the relation, in and above the table where they name the column or the target.
bool is_decided_in_comment(const Model& model, const Comments& comments, const Link& link);

/// Whether the column's comment says that it holds another table's ids than its name does: `assignedAgentId, // user ID of the agent`.
bool is_said_to_be_another(const Model& model, const Comments& comments, const Link& link);

/// Whether a comment in any table says that foreign keys are made by migrations rather than declared.
bool keeps_keys_in_migrations(const Model& model, const Comments& comments);

/// Whether one comment, without its slashes and stars, says that there is no foreign key, or that it is made elsewhere.
bool denies_key(std::string_view comment);
bool moves_key_to_migration(std::string_view comment);

}  // namespace drizzle_audit::rules::references
