// The style in which a project names its constraints, taken from the names it has written down. Used by constraint_names.cpp.
//
// Every written name is turned into all the patterns it may follow (`orders_store_id_idx` → `{t}_{c}_idx`, with the database's names or
// with the keys, …); the pattern most names agree on is the style. Where no pattern is, because words are left out or shortened, the
// words at the ends may still be (`…_idx`, `idx_…`).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drizzle_audit/model.h"

namespace drizzle_audit::rules {

/// How the name of a table or column is spelled inside a constraint's name. The first ones win where several explain as many names.
enum class NameForm : std::uint8_t {
  kName,    ///< the database's: store_id
  kKey,     ///< TypeScript's: the export, the property
  kStem,    ///< the database's without the last word when that is id or at: store
  kCamel,   ///< storeId
  kPascal,  ///< StoreId
};

struct NameParts {
  const Table* table = nullptr;
  std::vector<const Column*> columns;
  const Table* foreign_table = nullptr;  ///< foreign keys only
  std::vector<const Column*> foreign_columns;
};

struct NamingStyle {
  std::string pattern;  ///< {t}, {c}, {f} and {d}: table, columns, referenced table and columns
  NameForm tables = NameForm::kName;
  NameForm columns = NameForm::kName;
  bool glued = false;  ///< several columns follow each other without `_`: storeIdSlug
};

/// One constraint of the model that has a name; `written` when the project chose it.
struct NamedConstraint {
  NameParts parts;
  std::string_view name;
  bool written = false;
};

/// What a pattern must hold, so that two names made by it cannot be the same.
struct StyleNeeds {
  bool table = true;
  bool columns = true;
};

/// The style that most of the constraints follow: at least three, and at least six in ten. Nothing when there is none. Names that
/// drizzle-kit has derived speak against a style.
std::optional<NamingStyle> infer_style(const std::vector<NamedConstraint>& constraints, StyleNeeds needs);

std::string styled_name(const NamingStyle& style, const NameParts& parts);

}  // namespace drizzle_audit::rules
