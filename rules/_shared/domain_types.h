// What the rules about domain types say and propose alike. A finding names the type, the table it was taken for, and why.
#pragma once

#include <string>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"
#include "drizzle_audit/rule.h"
#include "drizzle_audit/types.h"

namespace drizzle_audit::rules {

Subject property_subject(const DomainType& type, const ComparedProperty& property);
Subject type_subject(const DomainType& type);

/// `Order.status`
std::string property_label(const DomainType& type, const ComparedProperty& property);

/// A printed type for a message: cut when it is long.
std::string short_type(const std::string& text);

/// Whether the column is one whose values are listed: those are domain-enum-drift's.
bool is_enum(const ComparedProperty& property);
/// Whether the column holds JSON: json-shape-drift's.
bool is_json(const Column& column);

/// A finding at the property, with its subject and what it rests on: the mapping and the column's declaration.
Finding& report_property(const RuleContext& context, const DomainType& type, const ComparedProperty& property, std::string message);
/// The same about the type as a whole.
Finding& report_type(const RuleContext& context, const DomainType& type, std::string message);

/// Writes `to` in place of the property's type; the null and undefined that it has are kept unless `to` is the row's whole type.
/// Nothing where the type has no place of its own.
std::optional<SchemaChange> replace_type(const Model& model, const DomainType& type, const ComparedProperty& property, std::string to,
                                         std::vector<NeededImport> imports = {});

/// A type taken from the schema instead of written by hand, and what it needs to be imported.
struct DerivedType {
  std::string text;
  std::vector<NeededImport> imports;
};

/// `(typeof orders.$inferSelect)["settings"]`; nothing when the table is not exported. `used_in`: the file it is for.
std::optional<DerivedType> row_type_of(const Model& model, const Column& column, FileId used_in, RowKind row = RowKind::kSelect);
/// `(typeof orderStatus.enumValues)[number]`, or the row type of the column where its values are no enum of their own. Without null.
std::optional<DerivedType> enum_type_of(const Model& model, const Column& column, FileId used_in);

/// `"paid" | "failed"` in the quotes of the file.
std::string quoted(const Model& model, FileId file, const std::string& text);

}  // namespace drizzle_audit::rules
