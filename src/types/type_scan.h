// Which files may declare types that have to do with the schema, decided from their bytes. Used while the project's code is read once for
// everybody (queries/read_queries.h); what it accepts is parsed by read_domain_types.h.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "drizzle_audit/model.h"
#include "drizzle_audit/tenant.h"
#include "types/setting.h"
#include "types/table_names.h"
#include "workspace/glob.h"

namespace drizzle_audit::types {

/// What TypeScan::wants() looks at, whatever the schema is: the file's declarations of types. Empty when it has none, or is generated.
[[nodiscard]] std::string excerpt(std::string_view path, std::string_view text);

/// Safe from several threads. Models, tenants and the setting outlive it.
class TypeScan {
 public:
  /// `root`: what paths are shown relative to, absolute.
  TypeScan(std::string root, const std::vector<const Model*>& models, const std::vector<TenantModel>& tenants,
           const DomainTypeSetting& setting);

  /// Whether the file at the absolute `path` is to be looked into: a type in its excerpt() may stand for a table or an enum.
  [[nodiscard]] bool wants(std::string_view path, std::string_view excerpt) const;
  /// Whether a declaration of this name and text may have to do with a table or an enum.
  [[nodiscard]] bool matters(std::string_view name, std::string_view text) const;
  /// Whether the text of a declaration speaks of row types or enums itself, whatever the name.
  [[nodiscard]] bool matters(std::string_view text) const;
  [[nodiscard]] const TableNames& names(std::size_t model) const { return names_[model]; }

 private:
  [[nodiscard]] bool wants_type(std::string_view name) const;
  [[nodiscard]] bool wants_declaration(std::string_view path, std::string_view text, std::string_view name) const;
  void enter_key(std::string_view name);

  struct Files {
    std::string folder;
    workspace::Glob glob;
  };
  std::string root_;
  const DomainTypeSetting& setting_;
  std::vector<Files> files_;
  std::vector<TableNames> names_;               // by model
  std::unordered_set<std::string> enum_keys_;   // how properties may be called that hold an enum, of more than one word
  std::unordered_set<std::string> enum_names_;  // of enums and their columns, in lower case and without underscores
};

/// The names of the types that a file declares at its top, in their order.
[[nodiscard]] std::vector<std::string_view> declared_type_names(std::string_view text);

/// Whether a file says of itself that a program wrote it.
[[nodiscard]] bool is_generated(std::string_view text);

/// What follows `@table` in the comment right above a declaration; empty without one.
[[nodiscard]] std::string_view tagged_table(std::string_view text, std::size_t declaration);

/// "PaymentStatus", "payment_status" → "paymentstatus"
[[nodiscard]] std::string folded(std::string_view name);
/// Whether two names are folded to the same.
[[nodiscard]] bool folds_to(std::string_view a, std::string_view b);

}  // namespace drizzle_audit::types
