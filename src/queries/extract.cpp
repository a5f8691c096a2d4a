// See extract.h. `walk` goes over all code; `call` sees whether a chain of calls is a statement, and `condition`, `sort` and `relational`
// read its parts. Everything that is no part of a query is walked on, so that queries inside queries are found.
#include "queries/extract.h"

#include <algorithm>
#include <functional>
#include <span>
#include <string_view>
#include <utility>

#include "queries/scopes.h"

namespace drizzle_audit::queries {
namespace {

using syntax::Node;
using syntax::NodeKind;

using Nodes = std::span<const Node* const>;

/// `.name(arguments)` in a chain of calls.
struct Link {
  std::string_view name;
  const Node* call = nullptr;
  [[nodiscard]] Nodes arguments() const { return call->children.subspan(2); }
  [[nodiscard]] const Node* argument(std::size_t i) const { return call->child_or_null(i + 2); }
};

FilterKind filter_kind(std::string_view op) {
  if (op == "eq") return FilterKind::kEqual;
  if (op == "inArray" || op == "in") return FilterKind::kIn;
  if (op == "gt" || op == "gte" || op == "lt" || op == "lte" || op == "between") return FilterKind::kRange;
  if (op == "isNull" || op == "isNotNull") return FilterKind::kNull;
  return FilterKind::kOther;
}

bool is_comparison(std::string_view op) {
  return op != "and" && op != "or" && op != "not" && op != "exists" && op != "notExists" && op != "asc" && op != "desc" && op != "sql" &&
         op != "alias" && op != "aliasedTable";
}

bool is_function(const Node* node) { return node != nullptr && node->kind == NodeKind::kFunction; }
bool is_object(const Node* node) { return node != nullptr && node->kind == NodeKind::kObject; }
bool is_one(const Node* node) { return node != nullptr && node->kind == NodeKind::kNumber && node->text == "1"; }

/// Calls `visit(key, value)` for the properties of an object whose names are plain, and `other(node)` for the rest.
template <class Visit, class Other>
void each_property(const Node& object, Visit visit, Other other) {
  for (const Node* entry : object.children) {
    const bool plain = entry->kind == NodeKind::kProperty && !entry->has(syntax::kComputed) && entry->child(0)->kind == NodeKind::kString;
    if (plain) visit(entry->child(0)->text, entry->child(1));
    else other(entry);
  }
}

bool is_query_builder(const Node* node) {
  return (node->kind == NodeKind::kMember || node->kind == NodeKind::kSubscript) && node->child(0)->kind == NodeKind::kMember &&
         (node->child(0)->text == "query" || node->child(0)->text == "_query");
}

/// Whether `root.findMany(options)` asks for relations, as far as one can see. Whose `root` is does not matter: to take another library's
/// query for one with relations is the careful side.
bool may_ask_for_relations(const Node* root, const Node* options) {
  if (options == nullptr) return false;
  if (!is_object(options)) return is_query_builder(root);
  return std::ranges::any_of(options->children, [&](const Node* entry) {
    if (entry->kind == NodeKind::kSpread) return is_query_builder(root);
    return !entry->children.empty() && entry->child(0)->kind == NodeKind::kString && entry->child(0)->text == "with";
  });
}

bool has_facts(const Query& query) {
  return !query.filters.empty() || !query.joins.empty() || !query.sorts.empty() || !query.conflict_target.empty();
}

class Extractor {
 public:
  Extractor(Binder& binder, CodeFile& file) : binder_(binder), file_(file), scopes_(binder, file) {}

  FileQueries run(const Node& root) {
    // The names of the top are the binder's: they stand for the same in every file that asks.
    for (const Node* item : root.children) walk(item);
    std::erase_if(out_.queries, [this](const Query& query) {
      return query.kind == QueryKind::kExpression &&
             std::ranges::any_of(read_elsewhere_, [&](Span span) { return span.start <= query.span.start && query.span.end <= span.end; });
    });
    std::ranges::stable_sort(out_.queries, {}, [](const Query& query) { return std::pair(query.span.start, query.span.end); });
    std::ranges::sort(out_.relational_uses);
    return std::move(out_);
  }

 private:
  static Span span(const Node* node) { return {kNoFile, node->start, node->end}; }
  static Query make(const Table* table, QueryKind kind, const Node* node) {
    Query query;
    query.table = table;
    query.kind = kind;
    query.span = span(node);
    return query;
  }
  void walk_all(Nodes nodes) {
    for (const Node* node : nodes) walk(node);
  }
  void walk(const Node* node);
  void function(const Node* node);
  void block(Nodes statements);

  void call(const Node* node);
  bool relational(const std::vector<Link>& links, const Node* root, const Node* node);
  bool statement(const std::vector<Link>& links, const Node* node);
  void part(const Link& link, Query& query);
  void conflict(const Link& link, Query& query);
  [[nodiscard]] bool may_be_database(const Node* receiver) const;

  void condition(const Node* node, Query& query, bool always);
  void comparison(std::string_view op, const Node* node, Query& query, bool always);
  void operand(const Node* node, Query& query);
  void sort(const Node* node, Query& query, bool descending = false);
  void config(const Node& object, Query& query);
  void where_object(const Node& object, const Table& table, Query& query, bool always);
  void sort_object(const Node& object, const Table& table, Query& query);
  void callback(const Node* function, const Table& table, const std::function<void(const Node*)>& use);

  [[nodiscard]] std::string_view operator_of(const Node* call) {
    const Node* callee = call->child(0);
    if (callee->kind != NodeKind::kIdentifier && callee->kind != NodeKind::kMember) return {};
    if (callee->kind == NodeKind::kMember && !is_operator_name(callee->text)) return {};
    const Entity entity = scopes_.evaluate(callee);
    return entity.is(Entity::Kind::kOperator) ? entity.name : std::string_view();
  }
  [[nodiscard]] Entity table_of(const Node* node) {
    const Entity entity = scopes_.evaluate(node);
    return entity.is(Entity::Kind::kTable) ? entity : Entity{};
  }
  static void filter(const Column* column, FilterKind kind, bool always, const Node* at, Query& query) {
    query.filters.push_back({column, always ? kind : FilterKind::kOther, span(at)});
  }

  Binder& binder_;
  CodeFile& file_;
  Scopes scopes_;
  FileQueries out_;
  std::vector<Span> read_elsewhere_;  // constants that a statement took over
  int inlined_ = 0;                   // constants being read, one inside another
  int inlines_left_ = 2000;           // in this file: constants that use each other many times stay bounded
};

// ---- code ------------------------------------------------------------------------------------------------------------------------

void Extractor::walk(const Node* node) {
  if (node == nullptr) return;
  switch (node->kind) {
    case NodeKind::kFunction: return function(node);
    case NodeKind::kBlock: return block(node->children);
    case NodeKind::kFor:
    case NodeKind::kForOf: {
      const std::size_t mark = scopes_.mark();
      if (const Node* head = node->child(0); head != nullptr && head->kind == NodeKind::kVariables) scopes_.declare(Nodes(&head, 1));
      walk_all(node->children);
      return scopes_.leave(mark);
    }
    case NodeKind::kSwitch: {
      const std::size_t mark = scopes_.mark();
      for (const Node* entry : node->children.subspan(1)) scopes_.declare(entry->children.subspan(1));
      walk_all(node->children);
      return scopes_.leave(mark);
    }
    case NodeKind::kTry: {
      walk(node->child(0));
      const std::size_t mark = scopes_.mark();
      scopes_.bind(node->child(1), {});
      walk(node->child(2));
      scopes_.leave(mark);
      return walk(node->child(3));
    }
    case NodeKind::kCall: return call(node);
    default: return walk_all(node->children);
  }
}

void Extractor::function(const Node* node) {
  const std::size_t mark = scopes_.mark();
  const Nodes parameters = node->children.first(node->children.size() - 1);
  for (const Node* parameter : parameters) scopes_.bind(parameter, {});
  walk_all(parameters);
  walk(node->children.back());
  scopes_.leave(mark);
}

void Extractor::block(Nodes statements) {
  const std::size_t mark = scopes_.mark();
  scopes_.declare(statements);
  walk_all(statements);
  scopes_.leave(mark);
}

// ---- statements ------------------------------------------------------------------------------------------------------------------

void Extractor::call(const Node* node) {
  // What a table's definition says about its own columns (indexes, checks, references) is no query.
  if (file_.file != kNoFile && binder_.inside_table(file_.file, node->start)) return;
  if (const std::string_view op = operator_of(node); !op.empty()) {
    Query query = make(nullptr, QueryKind::kExpression, node);
    if (op == "asc" || op == "desc") sort(node, query);
    else if (op == "alias" || op == "aliasedTable") walk_all(node->children.subspan(2));
    else condition(node, query, true);
    if (has_facts(query)) out_.queries.push_back(std::move(query));
    return;
  }
  std::vector<Link> links;
  const Node* root = node;
  for (; root->kind == NodeKind::kCall && root->child(0)->kind == NodeKind::kMember; root = root->child(0)->child(0)) {
    links.push_back({root->child(0)->text, root});
  }
  std::ranges::reverse(links);
  if (relational(links, root, node) || statement(links, node)) return walk(root);
  read_arguments(scopes_, *node, out_.values);
  if (links.empty()) return walk_all(node->children);
  for (const Link& link : links) walk_all(link.arguments());
  walk(root);
}

bool Extractor::statement(const std::vector<Link>& links, const Node* node) {
  Query query = make(nullptr, QueryKind::kExpression, node);
  bool selects = false;
  for (const Link& link : links) {
    selects = selects || link.name == "select" || link.name == "selectDistinct" || link.name == "selectDistinctOn";
    const bool from = selects && link.name == "from";
    if (from) query.kind = QueryKind::kSelect;
    else if (link.name == "insert") query.kind = QueryKind::kInsert;
    else if (link.name == "update") query.kind = QueryKind::kUpdate;
    else if (link.name == "delete") query.kind = QueryKind::kDelete;
    else if (link.name == "$count") query.kind = QueryKind::kSelect;
    else continue;
    query.table = table_of(link.argument(0)).table;
    if (query.table != nullptr) break;
    query.kind = QueryKind::kExpression;  // from a subquery, a view, a parameter: its conditions may still name our columns
    if (from) break;
  }
  if (query.table == nullptr && !selects) return false;
  for (const Link& link : links) part(link, query);
  if (query.table != nullptr || has_facts(query)) out_.queries.push_back(std::move(query));
  return true;
}

void Extractor::part(const Link& link, Query& query) {
  if (link.name == "where") {
    for (const Node* argument : link.arguments()) condition(argument, query, true);
  } else if (link.name == "orderBy") {
    for (const Node* argument : link.arguments()) sort(argument, query);
  } else if (link.name == "$count") {
    if (link.argument(1) != nullptr) condition(link.argument(1), query, true);
  } else if (link.name.ends_with("Join") || link.name.ends_with("JoinLateral")) {
    walk(link.argument(0));
    if (const Node* on = link.argument(1)) condition(on, query, true);
  } else if (link.name == "onConflictDoUpdate" || link.name == "onConflictDoNothing") {
    conflict(link, query);
  } else {
    if (link.name == "limit" && is_one(link.argument(0))) query.expects_one = true;
    if (query.table != nullptr && (link.name == "values" || link.name == "set"))
      read_row(scopes_, link.argument(0), *query.table, out_.values);
    walk_all(link.arguments());
  }
}

void Extractor::conflict(const Link& link, Query& query) {
  const Node* options = link.argument(0);
  if (!is_object(options)) return walk_all(link.arguments());
  each_property(
      *options,
      [&](std::string_view key, const Node* value) {
        if (key == "set" && query.table != nullptr) read_row(scopes_, value, *query.table, out_.values);
        if (key != "target") return walk(value);
        const Nodes targets = value->kind == NodeKind::kArray ? value->children : Nodes(&value, 1);
        std::vector<const Column*> columns;
        for (const Node* target : targets) {
          const Entity entity = scopes_.evaluate(target);
          if (!entity.is(Entity::Kind::kColumn)) return;  // half a target is none
          columns.push_back(entity.column);
        }
        query.conflict_target = std::move(columns);
      },
      [&](const Node* other) { walk(other); });
}

// ---- relational queries ----------------------------------------------------------------------------------------------------------

/// The receiver of `.query.<key>.findMany()` is taken for a database with this schema unless it is provably not: a name imported from a
/// package that is not drizzle's, an object of a class of such a package, or an import of a project file that calls drizzle() and never
/// comes near the schema. `this.db`, parameters (`tx`, `ctx.db`) and the results of functions are accepted: `.query.<key>.find…` with a
/// key of the schema is nobody else's interface.
bool Extractor::may_be_database(const Node* receiver) const {
  while (receiver->kind == NodeKind::kMember) receiver = receiver->child(0);
  if (receiver->kind != NodeKind::kIdentifier) return true;
  if (!scopes_.is_local(receiver->text)) return !binder_.is_no_database(file_, receiver->text);
  const Node* value = scopes_.constant(receiver->text);
  if (value == nullptr || value->kind != NodeKind::kNew || value->child(0)->kind != NodeKind::kIdentifier) return true;
  return scopes_.is_local(value->child(0)->text) || !binder_.is_no_database(file_, value->child(0)->text);
}

bool Extractor::relational(const std::vector<Link>& links, const Node* root, const Node* node) {
  if (links.empty() || (links[0].name != "findFirst" && links[0].name != "findMany")) return false;
  out_.may_ask_for_relations = out_.may_ask_for_relations || may_ask_for_relations(root, links[0].argument(0));
  if (root->kind != NodeKind::kMember || root->child(0)->kind != NodeKind::kMember) return false;
  const Node* builder = root->child(0);
  if (builder->text != "query" && builder->text != "_query") return false;
  const Table* table = binder_.by_export_name(root->text);
  if (table == nullptr || !may_be_database(builder->child(0))) return false;
  const bool first = links[0].name == "findFirst";
  Query query = make(table, first ? QueryKind::kFindFirst : QueryKind::kFindMany, node);
  query.expects_one = first;
  out_.relational_uses.push_back(span(root));
  const Node* options = links[0].argument(0);
  if (is_object(options)) config(*options, query);
  else walk(options);
  for (const Link& link : links) {
    if (&link != &links[0]) walk_all(link.arguments());
  }
  out_.queries.push_back(std::move(query));
  return true;
}

void Extractor::config(const Node& object, Query& query) {
  const Table& table = *query.table;
  each_property(
      object,
      [&](std::string_view key, const Node* value) {
        if (key == "where") {
          if (is_function(value)) callback(value, table, [&](const Node* result) { condition(result, query, true); });
          else if (is_object(value)) where_object(*value, table, query, true);
          else condition(value, query, true);
        } else if (key == "orderBy") {
          if (is_function(value)) callback(value, table, [&](const Node* result) { sort(result, query); });
          else if (is_object(value)) sort_object(*value, table, query);
          else sort(value, query);
        } else if (key == "limit") {
          query.expects_one = query.expects_one || is_one(value);
        } else if (key == "with" && is_object(value)) {
          each_property(
              *value,
              [&](std::string_view relation, const Node* options) {
                const Table* target = binder_.relation_target(table, relation);
                if (target == nullptr || !is_object(options)) return walk(options);
                Query inner = make(target, QueryKind::kFindMany, options);
                config(*options, inner);
                if (has_facts(inner)) out_.queries.push_back(std::move(inner));
              },
              [&](const Node* other) { walk(other); });
        } else {
          walk(value);
        }
      },
      [&](const Node* other) { walk(other); });
}

void Extractor::callback(const Node* function, const Table& table, const std::function<void(const Node*)>& use) {
  const std::size_t mark = scopes_.mark();
  const Nodes parameters = function->children.first(function->children.size() - 1);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    Entity value;
    if (i == 0) value = {.kind = Entity::Kind::kTable, .table = &table};
    if (i == 1) value = {.kind = Entity::Kind::kOperators};
    scopes_.bind(parameters[i], value);
  }
  const Node* body = function->children.back();
  if (body->kind == NodeKind::kBlock) {
    scopes_.declare(body->children);
    for (const Node* statement : body->children) {
      if (statement->kind == NodeKind::kReturn && statement->child_or_null(0) != nullptr) use(statement->child(0));
      else walk(statement);
    }
  } else {
    use(body);
  }
  scopes_.leave(mark);
}

/// `where: { slug: x, views: { gt: 10 }, OR: […] }` of drizzle-orm 1.0. https://orm.drizzle.team/docs/rqb-v2
void Extractor::where_object(const Node& object, const Table& table, Query& query, bool always) {
  const auto groups = [&](const Node* value, bool holds) {
    const Nodes parts = value->kind == NodeKind::kArray ? value->children : Nodes(&value, 1);
    for (const Node* part : parts) {
      if (is_object(part)) where_object(*part, table, query, holds);
      else walk(part);
    }
  };
  each_property(
      object,
      [&](std::string_view key, const Node* value) {
        if (key == "AND") return groups(value, always);
        if (key == "OR" || key == "NOT") return groups(value, false);
        if (key == "RAW") {
          if (is_function(value)) callback(value, table, [&](const Node* result) { condition(result, query, always); });
          else condition(value, query, always);
          return;
        }
        if (const Column* column = find_column_by_key(table, key)) {
          const Node* at = value;
          if (is_object(value)) {
            each_property(
                *value,
                [&](std::string_view op, const Node* operand) {
                  if (op == "eq" || op == "ne") read_comparison(scopes_, *column, *operand, out_.values);
                  filter(column, filter_kind(op), always, operand, query);
                  walk(operand);
                },
                [&](const Node* other) { walk(other); });
            return;
          }
          if (value->kind == NodeKind::kIdentifier && value->text == "undefined") return;
          read_comparison(scopes_, *column, *value, out_.values);
          const bool sure = value->kind != NodeKind::kConditional && value->kind != NodeKind::kLogical;
          filter(column, FilterKind::kEqual, always && sure, at, query);
          return walk(value);
        }
        const Table* target = binder_.relation_target(table, key);
        if (target != nullptr) out_.may_ask_for_relations = true;
        if (target != nullptr && is_object(value)) return where_object(*value, *target, query, false);
        walk(value);
      },
      [&](const Node* other) { walk(other); });
}

void Extractor::sort_object(const Node& object, const Table& table, Query& query) {
  each_property(
      object,
      [&](std::string_view key, const Node* value) {
        const Column* column = find_column_by_key(table, key);
        if (column == nullptr || value->kind != NodeKind::kString) return walk(value);
        query.sorts.push_back({column, value->text == "desc", span(value)});
      },
      [&](const Node* other) { walk(other); });
}

// ---- conditions ------------------------------------------------------------------------------------------------------------------

void Extractor::condition(const Node* node, Query& query, bool always) {
  if (node == nullptr) return;
  switch (node->kind) {
    case NodeKind::kCall: {
      const std::string_view op = operator_of(node);
      const Nodes arguments = node->children.subspan(2);
      if (op == "and" || op == "or" || op == "not") {
        const bool each = op == "and" || (op == "or" && arguments.size() == 1 && arguments[0]->kind != NodeKind::kSpread);
        for (const Node* argument : arguments) condition(argument, query, always && each);
      } else if (op.empty() || op == "asc" || op == "desc") {
        walk(node);
      } else if (is_comparison(op)) {
        comparison(op, node, query, always);
      } else {
        walk_all(arguments);
      }
      return;
    }
    case NodeKind::kTaggedTemplate:
      if (!scopes_.evaluate(node->child(0)).is_operator("sql")) return walk_all(node->children);
      for (const Node* value : node->children.subspan(1)) operand(value, query);
      return;
    case NodeKind::kSpread: return condition(node->child(0), query, always);
    case NodeKind::kArray:
      for (const Node* element : node->children) condition(element, query, always);
      return;
    case NodeKind::kIdentifier: {
      // A `const` of this function: `const where = and(…)`, `const conditions = [eq(…)]`.
      const Node* value = scopes_.constant(node->text);
      if (value == nullptr || inlined_ >= 8 || inlines_left_ == 0 || (value->kind != NodeKind::kCall && value->kind != NodeKind::kArray))
        return;
      if (value->kind == NodeKind::kCall && operator_of(value).empty()) return;
      ++inlined_;
      --inlines_left_;
      read_elsewhere_.push_back(span(value));
      condition(value, query, always);
      --inlined_;
      return;
    }
    case NodeKind::kConditional:
      walk(node->child(0));
      condition(node->child(1), query, false);
      return condition(node->child(2), query, false);
    case NodeKind::kLogical:
      if (node->op == syntax::Operator::kAnd) walk(node->child(0));
      else condition(node->child(0), query, false);
      return condition(node->child(1), query, false);
    default: return walk(node);
  }
}

/// A value inside a comparison or a piece of SQL: a column there takes part in the condition, in a way nobody looks into.
void Extractor::operand(const Node* node, Query& query) {
  if (node == nullptr) return;
  if (node->kind == NodeKind::kTaggedTemplate) return condition(node, query, false);
  const Entity entity = scopes_.evaluate(node);
  if (entity.is(Entity::Kind::kColumn)) filter(entity.column, FilterKind::kOther, false, node, query);
  else if (node->kind == NodeKind::kCall && !operator_of(node).empty()) condition(node, query, false);
  else walk(node);
}

void Extractor::comparison(std::string_view op, const Node* node, Query& query, bool always) {
  const Node* left = node->child_or_null(2);
  const Node* right = node->child_or_null(3);
  const Entity a = scopes_.evaluate(left);
  const Entity b = scopes_.evaluate(right);
  const bool a_column = a.is(Entity::Kind::kColumn);
  const bool b_column = b.is(Entity::Kind::kColumn);
  if (a_column && b_column) {
    const bool same_row = a.table == b.table && a.alias == b.alias;
    if (op == "eq" && always && !same_row) {
      query.joins.push_back({a.column, b.column, span(node)});
    } else {
      filter(a.column, FilterKind::kOther, always, node, query);
      filter(b.column, FilterKind::kOther, always, node, query);
    }
    return;
  }
  if (a_column && right != nullptr && (op == "eq" || op == "ne")) read_comparison(scopes_, *a.column, *right, out_.values);
  if (a_column) filter(a.column, filter_kind(op), always, node, query);
  if (b_column) filter(b.column, op == "inArray" ? FilterKind::kOther : filter_kind(op), always, node, query);
  if (!a_column) operand(left, query);
  if (!b_column) operand(right, query);
  operand(node->child_or_null(4), query);
}

void Extractor::sort(const Node* node, Query& query, bool descending) {
  if (node == nullptr) return;
  if (node->kind == NodeKind::kArray) {
    for (const Node* element : node->children) sort(element, query);
    return;
  }
  if (node->kind == NodeKind::kSpread) return sort(node->child(0), query);
  if (node->kind == NodeKind::kCall) {
    const std::string_view op = operator_of(node);
    if ((op == "asc" || op == "desc") && node->children.size() > 2) return sort(node->child(2), query, op == "desc");
    return walk(node);
  }
  const Entity entity = scopes_.evaluate(node);
  if (entity.is(Entity::Kind::kColumn)) query.sorts.push_back({entity.column, descending, span(node)});
  else walk(node);
}

}  // namespace

FileQueries extract(Binder& binder, CodeFile& file, const syntax::Node& root) { return Extractor(binder, file).run(root); }

}  // namespace drizzle_audit::queries
