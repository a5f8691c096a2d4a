// What rules about values ask of a column: its plain type, its source, and where a replacement may go.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"

namespace drizzle_audit::rules {

/// The SQL type in lower case without arguments: "varchar(255)" → "varchar", "timestamp (3) with time zone" → "timestamp with time zone".
/// Empty when the type is not known or is an array.
std::string plain_type(const Column& column);

/// "orders.total"
std::string display_name(const Table& table, const Column& column);

Subject column_subject(const Column& column);

/// A clause of evidence that points at the column's declaration: "prices.amount is double precision".
Evidence type_evidence(const Table& table, const Column& column);

/// Replaces `from` inside the column's definition, when it stands there exactly once and all of the definition is in one place.
std::optional<SchemaChange> replace_in_column(const Model& model, const Column& column, std::string_view from, std::string_view to);

/// The first string quote the text uses: ' or "; " when it uses none.
char quote_of(std::string_view source);

}  // namespace drizzle_audit::rules
