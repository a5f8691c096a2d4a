#include "_shared/constraint_names.h"

#include <algorithm>
#include <cstdint>

#include "_shared/keys.h"

namespace drizzle_audit::rules {
namespace {

using Columns = std::span<const Column* const>;

/// drizzle-kit 1.0's short hash of a name that is too long (src/utils-node `hash`): base 62 over a polynomial of code points.
std::string kit_hash(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  constexpr int kLength = 12;
  __extension__ using Wide = unsigned __int128;
  Wide combinations = 1;
  for (int i = 0; i < kLength; ++i) combinations *= kDigits.size();
  Wide power = 1;
  Wide hash = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    std::uint32_t code = length == 1 ? lead : lead & (0xffU >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k) code = code << 6U | (static_cast<unsigned char>(text[i + k]) & 0x3fU);
    hash = (hash + code * power) % combinations;
    power = power * 53 % combinations;
    i += length;
  }
  std::string result(kLength, '0');
  for (std::size_t i = kLength; i-- > 0;) {
    result[i] = kDigits[static_cast<std::size_t>(hash % kDigits.size())];
    hash /= kDigits.size();
  }
  return result;
}

std::string joined(std::string text, Columns columns) {
  for (const Column* column : columns) text += (text.empty() ? "" : "_") + column_name(*column);
  return text;
}

std::string name_of(const Table& table) { return std::string(table.name.value_or("")); }

/// The longest identifier: PostgreSQL cuts names at 63 bytes, MySQL refuses more than 64 characters.
std::size_t longest_name(Dialect dialect) {
  switch (dialect) {
    case Dialect::kPostgresql:
    case Dialect::kCockroach: return 63;
    case Dialect::kMysql:
    case Dialect::kSinglestore: return 64;
    case Dialect::kMssql: return 128;
    case Dialect::kSqlite: break;
  }
  return 255;  // SQLite has no limit, but nobody wants to read more
}

/// drizzle-kit 1.0's way with a name that is too long; `rest` is how much it adds to the table's name.
std::string shortened(const std::string& name, const std::string& table, const std::string& suffix, std::size_t limit) {
  constexpr std::size_t kHash = 12;
  if (name.size() <= limit) return name;
  return (table.size() + 1 + kHash + suffix.size() <= limit ? table + "_" : "") + kit_hash(name) + suffix;
}

/// Whether names of indexes must differ in the whole schema, not only in the table.
bool has_schema_wide_names(Dialect dialect) {
  return dialect == Dialect::kPostgresql || dialect == Dialect::kCockroach || dialect == Dialect::kSqlite;
}

using NameSet = std::unordered_set<std::string_view>;

template <class Constraints>
void add_names(const Constraints& constraints, NameSet& names) {
  for (const auto& constraint : constraints) {
    if (const auto* name = constraint.name.get(); name != nullptr && name->has_value()) names.insert(**name);
  }
}

void add_index_names(const Table& table, NameSet& names) {
  add_names(table.indexes, names);
  add_names(table.uniques, names);
  add_names(table.primary_keys, names);
}

/// Of the table's own constraints.
template <class Constraints>
bool has_name(const Constraints& constraints, std::string_view wanted) {
  return std::any_of(constraints.begin(), constraints.end(), [&](const auto& constraint) {
    const auto* name = constraint.name.get();
    return name != nullptr && name->has_value() && **name == wanted;
  });
}

bool has_index_name(const Table& table, std::string_view wanted) {
  return has_name(table.indexes, wanted) || has_name(table.uniques, wanted) || has_name(table.primary_keys, wanted);
}

bool has_check_name(const Table& table, std::string_view wanted) {
  return std::any_of(table.checks.begin(), table.checks.end(), [&](const Check& check) { return check.name.value_or("") == wanted; });
}

bool same_schema(const Table& a, const Table& b) {
  return a.schema.known() == b.schema.known() && (!a.schema.known() || a.schema.value() == b.schema.value());
}

bool is_known(const Table& table, Columns columns) {
  return table.name.known() && std::all_of(columns.begin(), columns.end(), [](const Column* column) { return column->name.known(); });
}

}  // namespace

std::string derived_index_name(const Model& model, const Table& table, Columns columns) {
  const bool derives = model.dialect == Dialect::kPostgresql || model.dialect == Dialect::kCockroach;
  return joined(name_of(table), columns) + (derives ? "_index" : "_idx");
}

std::string derived_unique_name(const Model& model, const Table& table, Columns columns) {
  std::string name = name_of(table);
  if (!model.orm_v1) {
    // Sic: drizzle-kit 0.31 does not apply `casing` to these names.
    const bool cased = model.casing != Casing::kNone;
    for (const Column* column : columns) name += "_" + (cased && !column->explicit_name ? std::string(column->key) : column_name(*column));
    return name + "_unique";
  }
  switch (model.dialect) {
    case Dialect::kMysql: return joined({}, columns) + "_unique";
    case Dialect::kSinglestore:
    case Dialect::kSqlite: break;
    case Dialect::kPostgresql:
      if (columns.size() > 1) break;  // sic: only `.unique()` gets a `_key`
      return joined(name, columns) + "_key";
    case Dialect::kCockroach: return joined(name, columns) + "_key";
    case Dialect::kMssql: return shortened(joined(name, columns) + "_key", name, "_key", longest_name(model.dialect));
  }
  return joined(name, columns) + "_unique";
}

std::string derived_primary_key_name(const Model& model, const Table& table, Columns columns) {
  if (!model.orm_v1) return joined(name_of(table), columns) + "_pk";
  if (model.dialect == Dialect::kMysql || model.dialect == Dialect::kSinglestore) return {};
  return name_of(table) + (model.dialect == Dialect::kSqlite ? "_pk" : "_pkey");
}

std::string derived_foreign_key_name(const Model& model, const Table& table, Columns columns, const Table& foreign_table,
                                     Columns foreign_columns) {
  const std::string name = joined(joined(name_of(table), columns) + "_" + name_of(foreign_table), foreign_columns);
  if (!model.orm_v1) return name + "_fk";
  if (model.dialect == Dialect::kSqlite) return "fk_" + name + "_fk";
  const std::string suffix = model.dialect == Dialect::kMssql ? "_fk" : "_fkey";
  // JavaScript's length counts UTF-16 units; for the names that occur, bytes are the same. MySQL, too, is cut at 63.
  return shortened(name + suffix, name_of(table), suffix, model.dialect == Dialect::kMssql ? 128 : 63);
}

std::vector<NamedConstraint> ConstraintNames::constraints_of(Kind kind) const {
  std::vector<NamedConstraint> found;
  const auto add = [&](const Fact<std::optional<std::string_view>>& name, bool written, NameParts parts) {
    if (!name.known() || !name.value() || !is_known(*parts.table, parts.columns)) return;
    found.push_back({std::move(parts), *name.value(), written});
  };
  const auto add_indexes = [&](const Table& table, bool unique) {
    for (const Index& index : table.indexes) {
      NameParts parts{&table, {}, nullptr, {}};
      for (const IndexColumn& part : index.columns) parts.columns.push_back(part.column);
      const bool is_plain = std::find(parts.columns.begin(), parts.columns.end(), nullptr) == parts.columns.end();
      if (index.unique == unique && is_plain) add(index.name, index.explicit_name, std::move(parts));
    }
  };
  const auto add_uniques = [&](const Table& table) {
    for (const Unique& unique : table.uniques) {
      if (kind == kUnique && unique.is_inline) continue;
      add(unique.name, unique.explicit_name, {&table, {unique.columns.begin(), unique.columns.end()}, nullptr, {}});
    }
  };
  const auto add_primary_keys = [&](const Table& table) {
    for (const PrimaryKey& key : table.primary_keys) {
      const bool written =
          key.name.known() && key.name.value() && *key.name.value() != derived_primary_key_name(model_, table, key.columns);
      if (!key.is_inline) add(key.name, written, {&table, {key.columns.begin(), key.columns.end()}, nullptr, {}});
    }
  };
  const auto add_foreign_keys = [&](const Table& table) {
    for (const ForeignKey& key : table.foreign_keys) {
      if (key.foreign_table == nullptr || (kind == kForeignKey && key.is_inline)) continue;
      add(key.name, key.explicit_name,
          {&table, {key.columns.begin(), key.columns.end()}, key.foreign_table, {key.foreign_columns.begin(), key.foreign_columns.end()}});
    }
  };
  for (const Table& table : model_.tables) {
    switch (kind) {
      case kIndex: add_indexes(table, false); break;
      case kUnique:
      case kUniqueOfOne: add_uniques(table); break;
      case kPrimaryKey: add_primary_keys(table); break;
      case kForeignKey:
      case kForeignKeyOfOne: add_foreign_keys(table); break;
      case kKinds: break;
    }
  }
  // Where all uniques are unique indexes, their names show the style.
  if ((kind == kUnique || kind == kUniqueOfOne) && found.empty()) {
    for (const Table& table : model_.tables) add_indexes(table, true);
  }
  return found;
}

const std::optional<NamingStyle>& ConstraintNames::style_of(Kind kind) {
  Style& style = styles_[kind];
  if (!style.known) {
    StyleNeeds needs;
    const bool is_index = kind == kIndex || kind == kUnique || kind == kUniqueOfOne;
    needs.table = (is_index || kind == kPrimaryKey) ? has_schema_wide_names(model_.dialect) : model_.dialect == Dialect::kMysql;
    needs.columns = kind != kPrimaryKey;
    style.style = infer_style(constraints_of(kind), needs);
    style.known = true;
  }
  return style.style;
}

const ConstraintNames::NameSet& ConstraintNames::schema_wide_names(const Table& table) {
  const auto [entry, added] = schema_wide_.try_emplace({table.schema.known(), table.schema.value_or(std::nullopt)});
  if (!added) return entry->second;
  for (const std::span<const Table> tables : {model_.tables, model_.hidden_tables}) {
    for (const Table& other : tables) {
      if (!same_schema(table, other)) continue;
      if (other.name.known()) entry->second.insert(other.name.value());
      add_index_names(other, entry->second);
    }
  }
  for (const View& view : model_.views) {
    if (view.name.known()) entry->second.insert(view.name.value());
  }
  return entry->second;
}

/// In PostgreSQL and SQLite indexes live among the tables, in the others in their table. Names of foreign keys differ in a table; in
/// MySQL's and SQL Server's databases altogether.
bool ConstraintNames::is_taken(Kind kind, const Table& table, std::string_view name) {
  if (has_index_name(table, name)) return true;
  if (kind != kForeignKey && kind != kForeignKeyOfOne) {
    return has_schema_wide_names(model_.dialect) && schema_wide_names(table).contains(name);
  }
  if (has_name(table.foreign_keys, name) || has_check_name(table, name)) return true;
  if (model_.dialect != Dialect::kMysql && model_.dialect != Dialect::kMssql) return false;
  if (!foreign_key_names_) {
    foreign_key_names_.emplace();
    for (const Table& other : model_.tables) add_names(other.foreign_keys, *foreign_key_names_);
  }
  return foreign_key_names_->contains(name);
}

std::string ConstraintNames::choose(Kind kind, const NameParts& parts, const std::string& derived) {
  const Table& table = *parts.table;
  const std::size_t limit = longest_name(model_.dialect);
  const auto fits = [&](const std::string& name) { return !name.empty() && name.size() <= limit && !is_taken(kind, table, name); };
  if (const std::optional<NamingStyle>& style = style_of(kind); style && is_known(table, parts.columns)) {
    std::string name = styled_name(*style, parts);
    if (fits(name)) return name;
    if (style->columns == NameForm::kStem) {
      NamingStyle whole = *style;
      whole.columns = NameForm::kName;
      name = styled_name(whole, parts);
      if (fits(name)) return name;
    }
  }
  if (derived.empty() || fits(derived)) return derived;
  const std::size_t end = derived.rfind('_');
  const std::string suffix = end == std::string::npos ? std::string() : derived.substr(end);
  const std::string name = kit_hash(derived) + suffix;
  const std::string with_table = name_of(table) + "_" + name;
  return fits(with_table) ? with_table : name;
}

std::string ConstraintNames::index(const Table& table, Columns columns) {
  return choose(kIndex, {&table, {columns.begin(), columns.end()}, nullptr, {}}, derived_index_name(model_, table, columns));
}

std::string ConstraintNames::unique(const Table& table, Columns columns) {
  return choose(columns.size() == 1 ? kUniqueOfOne : kUnique, {&table, {columns.begin(), columns.end()}, nullptr, {}},
                derived_unique_name(model_, table, columns));
}

std::string ConstraintNames::primary_key(const Table& table, Columns columns) {
  return choose(kPrimaryKey, {&table, {columns.begin(), columns.end()}, nullptr, {}}, derived_primary_key_name(model_, table, columns));
}

std::string ConstraintNames::foreign_key(const Table& table, Columns columns, const Table& foreign_table, Columns foreign_columns) {
  return choose(columns.size() == 1 ? kForeignKeyOfOne : kForeignKey,
                {&table, {columns.begin(), columns.end()}, &foreign_table, {foreign_columns.begin(), foreign_columns.end()}},
                derived_foreign_key_name(model_, table, columns, foreign_table, foreign_columns));
}

std::string index_name(const Model& model, const Table& table, Columns columns) { return ConstraintNames(model).index(table, columns); }

std::string unique_name(const Model& model, const Table& table, Columns columns) { return ConstraintNames(model).unique(table, columns); }

std::string primary_key_name(const Model& model, const Table& table, Columns columns) {
  return ConstraintNames(model).primary_key(table, columns);
}

std::string foreign_key_name(const Model& model, const Table& table, Columns columns, const Table& foreign_table, Columns foreign_columns) {
  return ConstraintNames(model).foreign_key(table, columns, foreign_table, foreign_columns);
}

}  // namespace drizzle_audit::rules
