// A foreign key between two tables of a tenant that compares ids alone: the row it points at may be another tenant's. Where the schema has
// keys that include the tenant, each one without is named; where none does, that is how it was built, and one finding says so.
#include <algorithm>
#include <string>
#include <vector>

#include "_shared/keys.h"
#include "drizzle_audit/names.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::cross_tenant_reference {
namespace {

struct Reference {
  const Table* table = nullptr;
  const ForeignKey* key = nullptr;
  const Column* tenant = nullptr;
  const Column* foreign_tenant = nullptr;
};

struct References {
  std::vector<Reference> without_tenant;
  std::size_t with_tenant = 0;
};

References references_between(const Model& model, const TenantModel& tenants) {
  References found;
  for (const Table& table : model.tables) {
    const Column* tenant = tenant_column(tenants, table);
    if (tenant == nullptr || !tenant->not_null) continue;
    for (const ForeignKey& key : table.foreign_keys) {
      if (key.error || key.foreign_table == nullptr) continue;
      const Column* foreign_tenant = tenant_column(tenants, *key.foreign_table);
      // Rows without a tenant are everybody's: referring to them is what they are for.
      if (foreign_tenant == nullptr || !foreign_tenant->not_null) continue;
      if (std::find(key.columns.begin(), key.columns.end(), tenant) != key.columns.end()) {
        ++found.with_tenant;
      } else if (std::find(key.foreign_columns.begin(), key.foreign_columns.end(), foreign_tenant) == key.foreign_columns.end()) {
        found.without_tenant.push_back({&table, &key, tenant, foreign_tenant});
      }
    }
  }
  return found;
}

std::string list(std::span<const Column* const> columns) {
  std::string text;
  for (const Column* column : columns) text += (text.empty() ? "" : ", ") + column_name(*column);
  return columns.size() == 1 ? text : "(" + text + ")";
}

std::string label(const Reference& reference) { return display_name(*reference.table) + "." + list(reference.key->columns); }

std::string help_for(const Reference& reference) {
  std::string columns = column_name(*reference.tenant);
  for (const Column* column : reference.key->columns) columns += ", " + column_name(*column);
  std::string foreign = column_name(*reference.foreign_tenant);
  for (const Column* column : reference.key->foreign_columns) foreign += ", " + column_name(*column);
  return "make it a foreign key on (" + columns + ") that references " + display_name(*reference.key->foreign_table) + " (" + foreign +
         "), which needs a unique constraint on these two";
}

constexpr std::string_view kNote =
    "the database accepts a row that points at another tenant's row, so one wrong id in a request mixes the data of two tenants";

void report_one(const RuleContext& context, const Reference& reference) {
  Subject subject = table_subject(SubjectKind::kForeignKey, *reference.table);
  for (const Column* column : reference.key->columns) subject.columns.push_back(column_name(*column));
  subject.name = display_name(*reference.key->foreign_table);
  Finding& finding = context.report(reference.key->span, std::move(subject),
                                    label(reference) + " references " + display_name(*reference.key->foreign_table) + " without " +
                                        column_name(*reference.tenant) + ", as other foreign keys here have it");
  finding.confidence = Confidence::kCertain;
  finding.note = kNote;
  finding.help = help_for(reference);
  finding.evidence.push_back(
      {"declaration", "both tables belong to a row of " + display_name(*context.tenants().root), reference.tenant->span});
  finding.related.push_back(
      {display_name(*reference.foreign_tenant->table) + "." + column_name(*reference.foreign_tenant), reference.foreign_tenant->span});
}

void report_all(const RuleContext& context, const std::vector<Reference>& references) {
  const Table& root = *context.tenants().root;
  Subject subject = table_subject(SubjectKind::kTable, root);
  subject.name = "references";
  const std::string count = std::to_string(references.size());
  Finding& finding = context.report(
      root.name_span, std::move(subject),
      references.size() == 1 ? "the foreign key " + label(references.front()) + " leaves out the tenant"
                             : count + " foreign keys between tables that belong to " + display_name(root) + " leave out the tenant");
  finding.confidence = Confidence::kCertain;
  finding.note = kNote;
  finding.help = "where that matters, " + help_for(references.front()) + "; most schemas leave this to the application";
  constexpr std::size_t kShown = 10;
  for (std::size_t i = 0; i < std::min(kShown, references.size()); ++i) {
    finding.evidence.push_back({"declaration",
                                label(references[i]) + " references " + display_name(*references[i].key->foreign_table) + " by " +
                                    list(references[i].key->foreign_columns) + " alone",
                                references[i].key->span});
  }
}

/// Users who own rows share them, too: their rows are not walled off from each other as tenants' rows are.
bool is_user(const Table& root) {
  const Words words = split_words(root.name.value_or(""));
  return !words.empty() && (same_noun(words.back(), "user") || same_noun(words.back(), "account") || same_noun(words.back(), "profile"));
}

void check(const RuleContext& context) {
  const TenantModel& tenants = context.tenants();
  if (tenants.root == nullptr || (!tenants.configured && is_user(*tenants.root))) return;
  const References references = references_between(context.model(), tenants);
  if (references.without_tenant.empty()) return;
  if (references.with_tenant == 0) {
    report_all(context, references.without_tenant);
    return;
  }
  for (const Reference& reference : references.without_tenant) report_one(context, reference);
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "cross-tenant-reference",
    .summary = "A foreign key between two tables of a tenant does not include the tenant.",
    .category = "integrity",
    .severity = Severity::kInfo,
    .preset = Preset::kStrict,
    .check = check,
};

}  // namespace drizzle_audit::rules::cross_tenant_reference
