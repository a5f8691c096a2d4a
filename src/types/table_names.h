// Which tables the name of a type may mean. Names only: whether the type's properties agree is for mapping.h to say.
//
// Made once for a model. A type is called like its table but for number, case, and what people add to such names: OrderRow, OrderDTO,
// OrderWithItems, DbOrder. It may have words of the project before it (CustomerOrder in a shop that has customers), and it may leave those
// of the table out (Customer for store_customers where stores are the tenants).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "drizzle_audit/model.h"
#include "drizzle_audit/names.h"
#include "drizzle_audit/tenant.h"
#include "drizzle_audit/types.h"

namespace drizzle_audit::types {

/// How well a name fits; the better, the fewer properties have to agree.
enum class NameFit : std::uint8_t {
  kPlace,   ///< it leaves words of the table's name out that the path of its file has
  kRest,    ///< it leaves out the tenant's name before the table's own
  kEnding,  ///< it ends like the table, after words that the project uses elsewhere
  kWhole,   ///< it is the table's, but for what people add
};

struct NamedTable {
  const Table* table = nullptr;
  NameFit fit = NameFit::kWhole;
  std::string why;  ///< "the name ends in OrderSummary"
  bool input = false;
  RowKind row = RowKind::kSelect;
};

class TableNames {
 public:
  /// The model outlives this.
  TableNames(const Model& model, const TenantModel& tenants);

  /// The tables that a type of this name, declared in the file at `path`, may stand for.
  [[nodiscard]] std::vector<NamedTable> tables_for(std::string_view type, std::string_view path) const;
  /// Whether `tables_for` may find anything; much cheaper.
  [[nodiscard]] bool may_name_table(std::string_view type) const;
  /// Whether a property is named like a table: the rows that belong to this one, and no column of it.
  [[nodiscard]] bool is_table_noun(std::string_view property) const;
  /// Whether any table may have a column of this name.
  [[nodiscard]] bool may_name_column(std::string_view property) const;
  /// Whether the table has a relation under this key.
  [[nodiscard]] bool is_relation(const Table& table, std::string_view key) const;

 private:
  struct Name {
    const Table* table = nullptr;
    Words words;
    std::size_t optional = 0;  ///< words at the front that people leave out: the tenant's
  };
  /// Names that end in the same noun, or are the same written as one word; sorted.
  [[nodiscard]] std::vector<std::size_t> candidates_for(const Words& words) const;
  [[nodiscard]] bool is_project_word(const std::string& word, std::string_view path) const;
  void enter(const Table& table, std::string_view name, const std::string& common, const Words& tenant);

  std::vector<Name> names_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_last_;  ///< names by every form of their last word, and of all words as one
  std::unordered_map<const Table*, std::vector<std::string_view>> relations_;  ///< their keys
  std::unordered_set<std::string> words_;                                      ///< all words of tables, every form
  std::unordered_set<std::string> columns_;                                    ///< keys and names of all columns, folded
};

/// Whether a path says that types below it are not the project's own rows: of other systems, or made up to show something.
[[nodiscard]] bool is_foreign_place(std::string_view path);

/// Whether a name says that its values are given to code rather than read from rows: CreateOrderInput, ProductFilter.
[[nodiscard]] bool is_input_name(std::string_view type);
/// Named like some of the values that somebody may choose from: RoutineOption, StatusTab.
[[nodiscard]] bool is_choice_name(std::string_view type);
/// Whether the code of a file talks to a database that Drizzle does not: its rows may be called like tables and come from elsewhere.
[[nodiscard]] bool is_of_other_database(std::string_view text);
/// Of these, the ones that are written to the database: CreateOrderInput, NewOrder.
[[nodiscard]] bool is_write_name(std::string_view type);

}  // namespace drizzle_audit::types
