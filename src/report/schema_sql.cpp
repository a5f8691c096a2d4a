// Writes a model as SQL. Statements follow drizzle-kit's own spelling (PostgreSQL 15 manual, "SQL Commands", for what it leaves
// open), with one difference: where drizzle-kit would emit something the database rejects, a comment says so instead.
#include "report/schema_sql.h"

#include <set>
#include <utility>
#include <vector>

#include "report/schema_text.h"
#include "report/sql_spelling.h"

namespace drizzle_audit::report {
namespace {

class SqlWriter {
 public:
  explicit SqlWriter(const Model& model) : model_(model) {}
  std::string write();
  std::string rebuilt(const Table& table, std::string_view name, const std::vector<std::string>& constraints);
  std::string indexes(const Table& table);

 private:
  [[nodiscard]] bool is(Dialect dialect) const { return model_.dialect == dialect; }
  [[nodiscard]] bool postgres_like() const { return is(Dialect::kPostgresql) || is(Dialect::kCockroach); }
  [[nodiscard]] bool mysql_like() const { return is(Dialect::kMysql) || is(Dialect::kSinglestore); }

  // Names and text
  [[nodiscard]] std::string quote(std::string_view name) const;
  [[nodiscard]] std::string qualified(std::optional<std::string_view> schema, std::string_view name) const;
  [[nodiscard]] std::string name_of(const Table& table) const;
  [[nodiscard]] std::string names(std::span<const Column* const> columns) const;
  [[nodiscard]] std::string text(const Fact<std::string_view>& fact) const;
  [[nodiscard]] std::string name_text(const Fact<std::string_view>& fact, std::string_view fallback) const;
  [[nodiscard]] std::string condition(const Fact<SqlText>& fact) const;
  [[nodiscard]] std::string constraint(const Fact<std::optional<std::string_view>>& name) const;
  [[nodiscard]] std::string sequence_options(std::span<const Option> options) const;

  // Statements
  void statement(std::string_view text) { (out_ += text) += ";\n"; }
  void entities();
  void table(const Table& table);
  [[nodiscard]] std::vector<std::string> lines(const Table& table, bool uniques) const;
  void create(const std::string& name, const std::vector<std::string>& lines);
  [[nodiscard]] std::string column(const Column& column, bool inline_key) const;
  [[nodiscard]] std::string column_type(const Column& column) const;
  [[nodiscard]] std::string column_tail(const Column& column) const;
  [[nodiscard]] std::string foreign_key(const ForeignKey& key) const;
  void foreign_keys(const Table& table);
  void index(const Table& table, const Index& index);
  void views();
  void view(const View& view);
  [[nodiscard]] std::string view_options(const View& view) const;
  void policies(const Table& table);
  void policy(const std::string& table, const Policy& policy);

  const Model& model_;
  std::string out_;
};

std::string SqlWriter::quote(std::string_view name) const {
  if (mysql_like()) return '`' + replaced(name, '`', "``") + '`';
  if (is(Dialect::kMssql)) return '[' + replaced(name, ']', "]]") + ']';
  return '"' + replaced(name, '"', "\"\"") + '"';
}

std::string SqlWriter::qualified(std::optional<std::string_view> schema, std::string_view name) const {
  return schema ? quote(*schema) + '.' + quote(name) : quote(name);
}

std::string SqlWriter::name_of(const Table& table) const {
  std::string out = qualified(schema_of(table), label(table));
  if (!table.name.known()) out += ' ' + unknown_comment(table.name.unknown());
  if (!table.schema.known()) out += ' ' + unknown_comment(table.schema.unknown());
  return out;
}

std::string SqlWriter::names(std::span<const Column* const> columns) const {
  std::string out;
  for (const Column* column : columns) {
    if (!out.empty()) out += ", ";
    out += quote(label(*column));
  }
  return out;
}

std::string SqlWriter::text(const Fact<std::string_view>& fact) const {
  return fact.known() ? std::string(fact.value()) : unknown_comment(fact.unknown());
}

std::string SqlWriter::name_text(const Fact<std::string_view>& fact, std::string_view fallback) const {
  return fact.known() ? quote(fact.value()) : quote(fallback) + ' ' + unknown_comment(fact.unknown());
}

std::string SqlWriter::condition(const Fact<SqlText>& fact) const {
  return fact.known() ? with_values(fact.value(), postgres_like()) : unknown_comment(fact.unknown());
}

std::string SqlWriter::constraint(const Fact<std::optional<std::string_view>>& name) const {
  if (!name.known()) return unknown_comment(name.unknown()) + ' ';
  return name.value() ? "CONSTRAINT " + quote(*name.value()) + ' ' : std::string();
}

std::string SqlWriter::sequence_options(std::span<const Option> options) const {
  static constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"increment", "INCREMENT BY"}, {"minValue", "MINVALUE"}, {"maxValue", "MAXVALUE"}, {"startWith", "START WITH"}, {"cache", "CACHE"}};
  std::string out;
  for (const auto& [key, words] : kWords) {
    for (const Option& option : options) {
      if (option.name == key) ((out += ' ') += words) += ' ' + std::string(bare(option.json));
    }
  }
  for (const Option& option : options) {
    if (option.name == "cycle" && option.json == "true") out += " CYCLE";
  }
  return out;
}

// ---- schemas, roles, enums, sequences ---------------------------------------

void SqlWriter::entities() {
  for (const SchemaObject& schema : model_.schemas) {
    if (!schema.existing) statement("CREATE SCHEMA " + name_text(schema.name, schema.export_name));
  }
  for (const Role& role : model_.roles) {
    if (role.existing) continue;
    std::string line = "CREATE ROLE " + name_text(role.name, role.export_name);
    if (role.create_db.value_or(false)) line += " CREATEDB";
    if (role.create_role.value_or(false)) line += " CREATEROLE";
    if (!role.inherit.value_or(true)) line += " NOINHERIT";
    statement(line);
  }
  for (const Enum& enumeration : model_.enums) {
    std::string line = "CREATE TYPE " + (enumeration.schema ? quote(*enumeration.schema) + '.' : std::string()) +
                       name_text(enumeration.name, enumeration.export_name) + " AS ENUM (";
    if (enumeration.values.known()) {
      bool first = true;
      for (const std::string_view value : enumeration.values.value()) {
        if (!std::exchange(first, false)) line += ", ";
        line += '\'' + replaced(value, '\'', "''") + '\'';
      }
    } else {
      line += unknown_comment(enumeration.values.unknown());
    }
    statement(line + ')');
  }
  for (const Sequence& sequence : model_.sequences) {
    statement("CREATE SEQUENCE " + (sequence.schema ? quote(*sequence.schema) + '.' : std::string()) +
              name_text(sequence.name, sequence.export_name) + sequence_options(sequence.options));
  }
}

// ---- tables -----------------------------------------------------------------

std::string SqlWriter::column_type(const Column& column) const {
  if (!column.sql_type.known()) return unknown_comment(column.sql_type.unknown());
  const std::string_view type = column.sql_type.value();
  // An enum's type is a name: drizzle-orm gives it unquoted and without its schema, with `[]` behind it for arrays.
  if (column.enumeration != nullptr && column.enumeration->name.known()) {
    const std::string_view name = column.enumeration->name.value();
    if (type.substr(0, name.size()) == name) return qualified(column.enumeration->schema, name) + std::string(type.substr(name.size()));
  }
  return std::string(type);
}

/// What follows the type, the key and NOT NULL.
std::string SqlWriter::column_tail(const Column& column) const {
  std::string out;
  if (!column.default_text.known()) {
    out += ' ' + unknown_comment(column.default_text.unknown());
  } else if (column.default_text.value()) {
    out += " DEFAULT " + std::string(*column.default_text.value());
  }
  if (column.auto_increment && mysql_like()) out += " AUTO_INCREMENT";
  if (column.on_update_now) out += " ON UPDATE CURRENT_TIMESTAMP";
  if (column.generated) {
    const std::string as = text(column.generated->as);
    const bool wrapped = is(Dialect::kSqlite) && !as.empty() && as.front() == '(';  // drizzle-orm wraps SQLite's itself
    out += " GENERATED ALWAYS AS " + (wrapped ? as : '(' + as + ')') + ' ' + upper(column.generated->mode);
  }
  if (column.identity) {
    out += column.identity->type == "always" ? " GENERATED ALWAYS AS IDENTITY (" : " GENERATED BY DEFAULT AS IDENTITY (";
    const std::optional<std::string_view> schema = column.table != nullptr ? schema_of(*column.table) : std::nullopt;
    out += "SEQUENCE NAME " + qualified(schema, column.identity->sequence) + sequence_options(column.identity->options) + ')';
  }
  return out;
}

std::string SqlWriter::column(const Column& column, bool inline_key) const {
  std::string out = name_text(column.name, column.key) + ' ' + column_type(column);
  if (inline_key && column.primary_key) out += " PRIMARY KEY";
  if (inline_key && column.primary_key && column.auto_increment && is(Dialect::kSqlite)) out += " AUTOINCREMENT";
  if (column.not_null) out += " NOT NULL";
  out += column_tail(column);
  if (column.unread_chain) out += ' ' + comment("incomplete: a part of this column could not be read");
  return out;
}

/// What stands between the parentheses of CREATE TABLE.
std::vector<std::string> SqlWriter::lines(const Table& table, bool uniques) const {
  std::vector<std::string> lines;
  const bool inline_key = table.primary_keys.size() == 1 && table.primary_keys.front().is_inline;
  for (const Column& c : table.columns) lines.push_back(column(c, inline_key));
  for (const PrimaryKey& key : table.primary_keys) {
    if (!inline_key) lines.push_back(constraint(key.name) + "PRIMARY KEY (" + names(key.columns) + ')');
  }
  for (const Unique& unique : table.uniques) {
    const std::string_view nulls = unique.nulls_not_distinct ? "UNIQUE NULLS NOT DISTINCT (" : "UNIQUE (";
    if (uniques) lines.push_back(constraint(unique.name) + std::string(nulls) + names(unique.columns) + ')');
  }
  for (const Check& check : table.checks) {
    lines.push_back("CONSTRAINT " + name_text(check.name, "unknown") + " CHECK (" + condition(check.value) + ')');
  }
  if (is(Dialect::kSqlite)) {  // SQLite cannot add a foreign key to a table that exists
    for (const ForeignKey& key : table.foreign_keys) {
      if (!key.error) lines.push_back(foreign_key(key));
    }
  }
  return lines;
}

void SqlWriter::create(const std::string& name, const std::vector<std::string>& lines) {
  out_ += "CREATE TABLE " + name + " (";
  for (std::size_t i = 0; i < lines.size(); ++i) out_ += (i == 0 ? "\n  " : ",\n  ") + lines[i];
  out_ += lines.empty() ? ");\n" : "\n);\n";
}

void SqlWriter::table(const Table& table) {
  out_ += '\n';
  if (table.incomplete.any()) out_ += comment("incomplete: parts of this table could not be read") + '\n';
  create(name_of(table), lines(table, true));
}

std::string SqlWriter::rebuilt(const Table& table, std::string_view name, const std::vector<std::string>& constraints) {
  std::vector<std::string> all = lines(table, false);
  all.insert(all.end(), constraints.begin(), constraints.end());
  create(quote(name), all);
  return std::move(out_);
}

std::string SqlWriter::indexes(const Table& table) {
  for (const Unique& unique : table.uniques) {
    if (unique.name.known() && unique.name.value())
      statement("CREATE UNIQUE INDEX " + quote(*unique.name.value()) + " ON " + name_of(table) + " (" + names(unique.columns) + ')');
  }
  for (const Index& one : table.indexes) index(table, one);
  return std::move(out_);
}

// ---- foreign keys and indexes -----------------------------------------------

std::string SqlWriter::foreign_key(const ForeignKey& key) const {
  std::string out = constraint(key.name) + "FOREIGN KEY (" + names(key.columns) + ") REFERENCES " + name_of(*key.foreign_table) + " (" +
                    names(key.foreign_columns) + ')';
  if (key.on_delete != "no action") out += " ON DELETE " + upper(key.on_delete);
  if (key.on_update != "no action") out += " ON UPDATE " + upper(key.on_update);
  return out;
}

void SqlWriter::foreign_keys(const Table& table) {
  std::set<std::string_view> seen;
  for (const ForeignKey& key : table.foreign_keys) {
    if (key.error || key.foreign_table == nullptr) {
      const std::string_view why = key.error ? *key.error : std::string_view("its table could not be read");
      out_ += comment("a foreign key of " + name_of(table) + " cannot be evaluated: " + std::string(why)) + '\n';
      continue;
    }
    if (is(Dialect::kSqlite)) continue;
    const std::string line = "ALTER TABLE " + name_of(table) + " ADD " + foreign_key(key);
    const std::optional<std::string_view> name = key.name.known() ? key.name.value() : std::nullopt;
    if (!is_created(model_, key.foreign_table)) {
      out_ += comment("the referenced table is not exported, so drizzle-kit does not create it: " + line) + '\n';
    } else if (name && !seen.insert(*name).second) {
      out_ += comment("a second foreign key of this name, of which drizzle-kit creates only one: " + line) + '\n';
    } else {
      statement(line);
    }
  }
}

void SqlWriter::index(const Table& table, const Index& index) {
  std::string parts;
  for (const IndexColumn& part : index.columns) {
    if (!parts.empty()) parts += ", ";
    if (part.column == nullptr) {
      // As it stands: authors write the parentheses, the order and the operator class that the expression needs.
      parts += text(part.expression);
      continue;
    }
    parts += quote(label(*part.column));
    if (part.op_class) (parts += ' ') += *part.op_class;
    if (part.order == "desc") parts += " DESC";
    const std::string_view default_nulls = part.order == "desc" ? "first" : "last";
    const bool ordered = !index.method || *index.method == "btree";
    if (ordered && !part.nulls.empty() && part.nulls != default_nulls) parts += " NULLS " + upper(part.nulls);
  }
  std::string line = index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
  if (index.concurrently && postgres_like()) line += "CONCURRENTLY ";
  if (!index.name.known()) {
    line += unknown_comment(index.name.unknown()) + ' ';
  } else if (index.name.value()) {
    line += quote(*index.name.value()) + ' ';
  }
  line += "ON " + name_of(table);
  if (postgres_like() && index.method && *index.method != "btree") (line += " USING ") += *index.method;
  line += " (" + parts + ')';
  if (!index.with.empty() && postgres_like()) {
    std::string with;
    for (const Option& option : index.with) ((with += with.empty() ? "" : ", ") += option.name) += " = " + std::string(bare(option.json));
    line += " WITH (" + with + ')';
  }
  if (index.where) line += " WHERE " + condition(*index.where);
  statement(line);
}

// ---- views ------------------------------------------------------------------

std::string SqlWriter::view_options(const View& view) const {
  std::string out;
  const auto add = [&](std::string_view json) {
    for (const auto& [key, value] : flat_members(json)) ((out += out.empty() ? "" : ", ") += snake_case(key)) += " = " + value;
  };
  for (const Option& option : view.options) {
    if (option.name == "with") add(option.json);
  }
  return out.empty() ? out : " WITH (" + out + ')';
}

void SqlWriter::view(const View& view) {
  if (view.existing) return;
  const auto option = [&](std::string_view name) -> std::optional<std::string_view> {
    for (const Option& candidate : view.options) {
      if (candidate.name == name) return bare(candidate.json);
    }
    return std::nullopt;
  };
  std::string line = "CREATE ";
  if (const auto algorithm = option("algorithm")) line += "ALGORITHM = " + upper(*algorithm) + ' ';
  if (const auto security = option("sqlSecurity")) line += "SQL SECURITY " + upper(*security) + ' ';
  line += view.materialized ? "MATERIALIZED VIEW " : "VIEW ";
  if (view.schema) line += quote(*view.schema) + '.';
  line += name_text(view.name, view.export_name);
  if (const auto method = option("using")) (line += " USING ") += *method;
  if (postgres_like()) line += view_options(view);
  if (const auto space = option("tablespace")) line += " TABLESPACE " + quote(*space);
  line += " AS ";
  if (!view.query.known()) {
    line += unknown_comment(view.query.unknown());
  } else {
    line += view.query.value().value_or("");
  }
  if (option("withNoData").value_or("") == "true") line += " WITH NO DATA";
  if (const auto checked = option("withCheckOption")) line += " WITH " + upper(*checked) + " CHECK OPTION";
  statement(line);
}

/// A view after those whose names occur in its query.
void SqlWriter::views() {
  std::set<const View*> done;
  const auto visit = [&](const View& current, const auto& self) -> void {
    if (!done.insert(&current).second) return;
    const std::string_view query = current.query.known() ? current.query.value().value_or("") : std::string_view();
    for (const View& other : model_.views) {
      if (other.name.known() && query.find(quote(other.name.value())) != std::string_view::npos) self(other, self);
    }
    view(current);
  };
  for (const View& current : model_.views) visit(current, visit);
}

// ---- policies ---------------------------------------------------------------

void SqlWriter::policy(const std::string& table, const Policy& policy) {
  std::string to;
  if (policy.to.known()) {
    for (const std::string_view role : policy.to.value()) {
      const bool keyword = role == "public" || role == "current_role" || role == "current_user" || role == "session_user";
      (to += to.empty() ? "" : ", ") += keyword ? std::string(role) : quote(role);
    }
  } else {
    to = unknown_comment(policy.to.unknown());
  }
  std::string line = "CREATE POLICY " + name_text(policy.name, "unknown") + " ON " + table + " AS " + upper(policy.as) + " FOR " +
                     upper(policy.for_command) + " TO " + to;
  if (policy.using_) line += " USING (" + condition(*policy.using_) + ')';
  if (policy.with_check) line += " WITH CHECK (" + condition(*policy.with_check) + ')';
  statement(line);
}

void SqlWriter::policies(const Table& table) {
  if (table.rls || !table.policies.empty()) statement("ALTER TABLE " + name_of(table) + " ENABLE ROW LEVEL SECURITY");
  for (const Policy& p : table.policies) policy(name_of(table), p);
}

std::string SqlWriter::write() {
  (out_ += "-- ") += to_string(model_.dialect);
  out_ += ", as declared in the Drizzle schema\n";
  if (model_.incomplete.tables) out_ += comment("incomplete: there may be more tables") + '\n';
  entities();
  for (const Table& t : model_.tables) table(t);
  out_ += '\n';
  // Unique indexes first: a foreign key may rest on one.
  for (const bool unique : {true, false}) {
    for (const Table& t : model_.tables) {
      for (const Index& i : t.indexes) {
        if (i.unique == unique) index(t, i);
      }
    }
    if (!unique) continue;
    for (const Table& t : model_.tables) foreign_keys(t);
  }
  views();
  for (const Table& t : model_.tables) policies(t);
  for (const Policy& p : model_.policies) {
    if (p.linked && p.table) policy(quote(*p.table), p);
  }
  return std::move(out_);
}

}  // namespace

std::string schema_sql(const Model& model) { return SqlWriter(model).write(); }

std::string rebuilt_table_sql(const Model& model, const Table& table, std::string_view name, const std::vector<std::string>& constraints) {
  return SqlWriter(model).rebuilt(table, name, constraints);
}

std::string table_indexes_sql(const Model& model, const Table& table) { return SqlWriter(model).indexes(table); }

}  // namespace drizzle_audit::report
