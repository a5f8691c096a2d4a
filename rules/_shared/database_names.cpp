#include "_shared/database_names.h"

#include "_shared/keys.h"

namespace drizzle_audit::rules {
namespace {

class Collector {
 public:
  explicit Collector(const Model& model) : model_(model) {}

  std::vector<DatabaseName> collect() {
    std::size_t count = 0;
    for (const Table& table : model_.tables) {
      count += 1 + table.columns.size() + table.primary_keys.size() + table.foreign_keys.size() + table.uniques.size() +
               table.indexes.size() + table.checks.size() + table.policies.size();
    }
    names_.reserve(count + model_.views.size() + model_.sequences.size() + model_.enums.size());
    for (const Table& table : model_.tables) {
      if (table.name.known() && table.schema.known()) add_table(table);
    }
    for (const View& view : model_.views) {
      if (view.name.known() && !view.existing) add_object(NameKind::kView, view.name.value(), view.schema, view.span);
    }
    for (const Sequence& sequence : model_.sequences) {
      if (sequence.name.known()) add_object(NameKind::kSequence, sequence.name.value(), sequence.schema, sequence.span);
    }
    for (const Enum& item : model_.enums) {
      if (item.name.known()) add_object(NameKind::kEnum, item.name.value(), item.schema, item.span);
    }
    return std::move(names_);
  }

 private:
  void add_object(NameKind kind, std::string_view text, const std::optional<std::string_view>& schema, Span span) {
    DatabaseName name;
    name.kind = kind;
    name.name = text;
    if (schema) name.schema = std::string(*schema);
    name.span = span;
    names_.push_back(std::move(name));
  }

  DatabaseName& add(NameKind kind, const Table& table, std::string_view text, Span span) {
    DatabaseName& name = names_.emplace_back();
    name.kind = kind;
    name.name = text;
    if (table.schema.value()) name.schema = std::string(*table.schema.value());
    name.table = &table;
    name.span = span;
    return name;
  }

  /// A constraint or index with `name`, `columns` and `span`.
  template <class Constraint>
  DatabaseName* add_constraint(NameKind kind, const Table& table, const Constraint& constraint) {
    if (!constraint.name.known() || !constraint.name.value() || constraint.name.value()->empty()) return nullptr;
    return &add(kind, table, *constraint.name.value(), constraint.span);
  }

  void add_table(const Table& table) {
    add(NameKind::kTable, table, table.name.value(), table.name_span.somewhere() ? table.name_span : table.span);
    for (const Column& column : table.columns) {
      if (column.name.known()) add(NameKind::kColumn, table, column.name.value(), column.span).columns.push_back(&column);
    }
    if (table.dialect != Dialect::kSqlite) {
      for (const PrimaryKey& key : table.primary_keys) add_primary_key(table, key);
      for (const ForeignKey& key : table.foreign_keys) {
        if (DatabaseName* name = add_constraint(NameKind::kForeignKey, table, key)) {
          name->columns = {key.columns.begin(), key.columns.end()};
          name->is_explicit = key.explicit_name;
          name->is_inline = key.is_inline;
        }
      }
    }
    for (const Unique& unique : table.uniques) {
      if (DatabaseName* name = add_constraint(NameKind::kUnique, table, unique)) {
        name->columns = {unique.columns.begin(), unique.columns.end()};
        name->is_explicit = unique.explicit_name;
        name->is_inline = unique.is_inline;
      }
    }
    for (const Index& index : table.indexes) {
      if (DatabaseName* name = add_constraint(NameKind::kIndex, table, index)) {
        for (const IndexColumn& part : index.columns) {
          if (part.column != nullptr) name->columns.push_back(part.column);
        }
        name->is_unique = index.unique;
        name->is_explicit = index.explicit_name;
      }
    }
    for (const Check& check : table.checks) {
      if (check.name.known()) add(NameKind::kCheck, table, check.name.value(), check.span);
    }
    for (const Policy& policy : table.policies) {
      if (policy.name.known()) add(NameKind::kPolicy, table, policy.name.value(), policy.span);
    }
  }

  void add_primary_key(const Table& table, const PrimaryKey& key) {
    if (DatabaseName* name = add_constraint(NameKind::kPrimaryKey, table, key)) {
      name->columns = {key.columns.begin(), key.columns.end()};
      name->is_explicit = model_.sources->text(key.span).find("name") != std::string_view::npos;
    }
  }

  const Model& model_;
  std::vector<DatabaseName> names_;
};

SubjectKind subject_kind(NameKind kind) {
  switch (kind) {
    case NameKind::kColumn: return SubjectKind::kColumn;
    case NameKind::kUnique: return SubjectKind::kUnique;
    case NameKind::kIndex: return SubjectKind::kIndex;
    case NameKind::kForeignKey: return SubjectKind::kForeignKey;
    case NameKind::kEnum: return SubjectKind::kEnum;
    case NameKind::kPrimaryKey:
    case NameKind::kCheck:
    case NameKind::kPolicy: return SubjectKind::kExtra;
    case NameKind::kTable:
    case NameKind::kView:
    case NameKind::kSequence: break;
  }
  return SubjectKind::kTable;
}

}  // namespace

std::string_view to_string(NameKind kind) {
  switch (kind) {
    case NameKind::kTable: return "table";
    case NameKind::kView: return "view";
    case NameKind::kSequence: return "sequence";
    case NameKind::kEnum: return "enum";
    case NameKind::kColumn: return "column";
    case NameKind::kPrimaryKey: return "primary key";
    case NameKind::kUnique: return "unique constraint";
    case NameKind::kIndex: return "index";
    case NameKind::kForeignKey: return "foreign key";
    case NameKind::kCheck: return "check";
    case NameKind::kPolicy: break;
  }
  return "policy";
}

std::vector<DatabaseName> database_names(const Model& model) { return Collector(model).collect(); }

Subject subject_of(const DatabaseName& name) {
  Subject subject;
  subject.kind = subject_kind(name.kind);
  subject.schema = name.schema;
  if (name.table != nullptr) subject.table = table_ref(*name.table).table;
  for (const Column* column : name.columns) subject.columns.push_back(column_name(*column));
  if (name.kind == NameKind::kColumn) {
    subject.name = name.columns.front()->key;
  } else {
    subject.name = name.name;
  }
  return subject;
}

Span place_of(const DatabaseName& name) {
  const bool is_elsewhere = name.table != nullptr && name.table->name_span.somewhere() && name.span.file != name.table->name_span.file;
  return is_elsewhere ? name.table->name_span : name.span;
}

std::string label(const DatabaseName& name) {
  if (name.kind == NameKind::kColumn) return "column " + display_name(*name.table) + "." + name.name;
  std::string text = name.is_unique ? "unique index " : std::string(to_string(name.kind)) + " ";
  if (name.kind == NameKind::kTable) return text + display_name(*name.table);
  text += name.name;
  return name.table == nullptr ? text : text + " of " + display_name(*name.table);
}

}  // namespace drizzle_audit::rules
