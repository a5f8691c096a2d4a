// What the relations of drizzle-orm 1.0 are made of: shared by relations_v2.cpp, which makes them, relations_v2_process.cpp, which
// completes and checks them, and build_relations_v2.cpp, which reads them into the model.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/hosts.h"

namespace drizzle_audit::schema {

inline constexpr std::string_view kRelationPartNotRead = "this part of a relation is not evaluated";

/// `r.table.column`, with `.through(…)`.
struct RelationColumn final : Host {
  [[nodiscard]] std::string_view class_name() const override {
    return through == nullptr ? "RelationsBuilderColumn" : "RelationsBuilderJunctionColumn";
  }
  Value get(Interpreter& in, std::string_view, Span at) override { return in.unknown(kRelationPartNotRead, at); }
  Value call_method(Call& call, std::string_view name) override {
    Interpreter& in = call.in;
    if (name != "through") return in.unknown(kRelationPartNotRead, call.site);
    if (call.argument(0).is(Tag::kUnknown)) return call.argument(0);
    auto* made = in.make<RelationColumn>();
    made->span = call.site;
    made->column = column;
    made->table_name = table_name;
    made->through = call.argument(0).host_as<RelationColumn>();
    if (made->through == nullptr && !call.argument(0).is(Tag::kUndefined)) return in.unknown(kRelationPartNotRead, call.site);
    return Value::host(made);
  }

  const ColumnHost* column = nullptr;
  std::string_view table_name;
  const RelationColumn* through = nullptr;
};

/// The tables of one schema, by key.
struct Tables {
  struct Entry {
    std::string_view key;
    Value table;  ///< a table or a view
    Span span;
  };
  explicit Tables(std::pmr::memory_resource* memory) : entries(memory) {}
  [[nodiscard]] const Entry* find(std::string_view key) const {
    const auto found = std::ranges::find(entries, key, &Entry::key);
    return found == entries.end() ? nullptr : &*found;
  }
  std::pmr::vector<Entry> entries;
  const Unknown* incomplete = nullptr;
};

/// What `r.one.x(…)` and `r.many.x(…)` make.
struct RelationV2 final : Host {
  explicit RelationV2(std::pmr::memory_resource* memory)
      : source_columns(memory), target_columns(memory), through_source(memory), through_target(memory) {}
  [[nodiscard]] std::string_view class_name() const override { return kind == RelationKind::kOne ? "One" : "Many"; }
  Value get(Interpreter& in, std::string_view, Span at) override { return in.unknown(kRelationPartNotRead, at); }

  RelationKind kind = RelationKind::kOne;
  std::string_view target_name;
  Value target;
  std::optional<std::string_view> alias;
  bool has_source = false, has_target = false;
  std::pmr::vector<const RelationColumn*> source_columns, target_columns;
  bool has_through = false;
  std::pmr::vector<const RelationColumn*> through_source, through_target;
  Value through_table;
  bool optional = true;
  bool filtered = false;
  bool reversed = false;
  Value source;
  std::string_view field_name;
};

/// One entry of the result: a table with its relations.
struct TableRelations {
  std::string_view name;
  Value table;
  Span span;
  Value relations;
  std::vector<std::pair<std::string_view, RelationV2*>> entries;
  bool incomplete = false;
};

/// The columns or selected fields of a table or view, by key.
[[nodiscard]] std::vector<std::pair<std::string_view, const ColumnHost*>> columns_of(const Value& table, const Unknown*& incomplete);

/// processRelations(): gives every relation its table and key, completes those without `from` and `to` by their reverse ones, and throws
/// what drizzle-orm throws.
void process_relations(Interpreter& in, const Tables& tables, std::vector<TableRelations>& all, Span at);

}  // namespace drizzle_audit::schema
