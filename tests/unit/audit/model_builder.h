// A model made by hand, for tests of what looks at models. Names are known, types plain, every column stands on a line of its own in a
// made-up file, so that findings have places.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "drizzle_audit/model.h"

namespace drizzle_audit::audit_tests {

class ModelBuilder {
 public:
  explicit ModelBuilder(Dialect dialect = Dialect::kPostgresql) { model_.dialect = dialect; }
  ModelBuilder(const ModelBuilder&) = delete;
  ModelBuilder& operator=(const ModelBuilder&) = delete;

  /// Columns as "name type", the first one is the primary key.
  ModelBuilder& table(const std::string& name, const std::vector<std::string>& columns);
  ModelBuilder& foreign_key(const std::string& table, const std::string& column, const std::string& foreign_table,
                            const std::string& on_delete = "no action");
  /// A table-level foreign key with a name.
  ModelBuilder& foreign_key_named(const std::string& name, const std::string& table, const std::string& column,
                                  const std::string& foreign_table);
  ModelBuilder& index(const std::string& name, const std::string& table, const std::vector<std::string>& columns);
  /// A unique constraint of the table; that of a column has no name given.
  ModelBuilder& unique(const std::string& name, const std::string& table, const std::vector<std::string>& columns);
  ModelBuilder& unique_column(const std::string& table, const std::string& column);
  /// A `one` relation of `table`.
  ModelBuilder& relation(const std::string& table, const std::string& column, const std::string& foreign_table);

  /// The finished model; the builder keeps what it points to.
  const Model& build();

 private:
  struct Draft {
    std::string name;
    std::deque<std::string> texts;
    std::vector<Column> columns;
    std::vector<const Column*> key;
    std::vector<PrimaryKey> primary_keys;
    std::vector<ForeignKey> foreign_keys;
    std::vector<Index> indexes;
    std::vector<Unique> uniques;
  };
  struct Link {
    std::string table, column, foreign_table, on_delete, name = {};
  };
  struct Group {
    std::string name, table;
    std::vector<std::string> columns;
    bool is_inline = false;
  };

  const Table* find(const std::string& name) const;
  Draft& draft(const std::string& name);
  const Column* const* keep(const Column* column) { return &kept_.emplace_back(column); }
  void build_groups();

  Sources sources_;
  Model model_;
  std::deque<Draft> drafts_;
  std::deque<Link> keys_, relations_;
  std::deque<Group> indexes_, uniques_;
  std::deque<std::vector<IndexColumn>> index_columns_;
  std::deque<std::vector<const Column*>> unique_columns_;
  std::vector<Table> tables_;
  std::vector<Relation> finished_relations_;
  std::deque<const Column*> kept_;
  std::deque<std::string> kept_text_;
};

}  // namespace drizzle_audit::audit_tests
