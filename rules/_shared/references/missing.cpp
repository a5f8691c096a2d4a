#include "_shared/references/missing.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "_shared/references/joined.h"
#include "_shared/references/model_index.h"
#include "_shared/references/remarks.h"
#include "_shared/references/texts.h"

namespace drizzle_audit::rules::references {
namespace {

/// A foreign key on one of several columns to the same table holds most of the relation; which tenant the row is in is another question.
bool is_held(const Link& link) {
  if (link.columns.size() == 1) return is_settled(*link.table, *link.columns.front());
  const auto unread = [](const Column* column) { return column->unread_reference || column->unread_chain; };
  if (link.table->incomplete.foreign_keys || std::any_of(link.columns.begin(), link.columns.end(), unread)) return true;
  return std::any_of(link.table->foreign_keys.begin(), link.table->foreign_keys.end(), [&](const ForeignKey& key) {
    return key.error ||
           (key.foreign_table == link.target && std::any_of(link.columns.begin(), link.columns.end(), [&](const Column* column) {
              return std::find(key.columns.begin(), key.columns.end(), column) != key.columns.end();
            }));
  });
}

/// Whether the link can become a foreign key: both tables are known to drizzle-kit, and nothing about the column forbids it.
bool is_possible(const Link& link) {
  const auto exported = [](const Table& table) { return !table.export_name.empty() && table.name.known(); };
  if (!exported(*link.table) || !exported(*link.target)) return false;
  return std::all_of(link.columns.begin(), link.columns.end(),
                     [](const Column* column) { return column->name.known() && !column->generated && column->dimensions == 0; });
}

/// Drizzle cannot write ON DELETE SET NULL (category_id): a key on a column that must be set and one that may be null is often made by SQL.
bool needs_partial_set_null(const Link& link) {
  const auto set = [](const Column* column) { return column->not_null; };
  return link.columns.size() > 1 && std::any_of(link.columns.begin(), link.columns.end(), set) &&
         !std::all_of(link.columns.begin(), link.columns.end(), set);
}

/// Names that turned out to mean another table than they spell.
using Misnamed = std::set<std::pair<const Table*, std::string>>;

/// Takes out what the authors have decided, as their comments say.
void forget_decided(const Model& model, std::vector<Link>& links, Misnamed misnamed) {
  if (links.empty()) return;
  const Comments comments(model);
  const bool elsewhere = keeps_keys_in_migrations(model, comments);
  std::erase_if(links, [&](const Link& link) {
    if (elsewhere && (link.confidence == Confidence::kMedium || needs_partial_set_null(link))) return true;
    return is_decided_in_comment(model, comments, link);
  });
  for (Link& link : links) {
    link.may_be_in_migration =
        elsewhere && std::any_of(link.columns.begin(), link.columns.end(), [](const Column* column) { return !column->not_null; });
  }
  // Where a comment shows that a name means something else, the same name proves nothing in other tables.
  const auto by_name_alone = [](const Link& link) { return link.confidence == Confidence::kMedium && link.siblings.empty(); };
  for (const Link& link : links) {
    if (by_name_alone(link) && is_said_to_be_another(model, comments, link))
      misnamed.emplace(link.target, reference_words(*link.columns.front()).back());
  }
  std::erase_if(links, [&](const Link& link) {
    return by_name_alone(link) && misnamed.contains({link.target, reference_words(*link.columns.front()).back()});
  });
}

}  // namespace

std::vector<Link> missing_links(const Model& model, const Queries& queries) {
  const ModelIndex index(model);
  const Joins joins(queries);
  Declared declared = declared_links(model);
  ColumnSet done = declared.ambiguous;
  std::vector<Link> missing;
  Misnamed misnamed;
  for (Link& link : declared.links) {
    const bool ambiguous =
        std::any_of(link.columns.begin(), link.columns.end(), [&](const Column* c) { return declared.ambiguous.contains(c); });
    // A relation to one of several kinds of row is still polymorphic, and a row for nobody still none.
    const std::string_view reason = link.columns.size() == 1 ? reason_for_silence(*link.table, *link.columns.front()) : "";
    if (ambiguous || reason == "polymorphic" || reason == "a default that stands for nobody") continue;
    done.insert(link.columns.begin(), link.columns.end());
    if (!is_possible(link) || is_held(link)) continue;
    if (link.columns.size() == 1) {
      const std::optional<Link> guess = guessed_link(index, *link.table, *link.columns.front());
      if (guess && guess->target == link.target) {
        link.siblings = guess->siblings;
        link.by_name = guess->by_name;
      }
    }
    link.joins = joins.places_of(link);
    missing.push_back(std::move(link));
  }
  for (const Table& table : model.tables) {
    for (const Column& column : table.columns) {
      if (done.contains(&column) || is_settled(table, column)) continue;
      std::optional<Link> link = guessed_link(index, table, column);
      if (link && joins.contradict(*link)) {
        misnamed.emplace(link->target, reference_words(column).back());
        link.reset();
      }
      if (!link && !is_typed_as_either(model, column)) link = joins.link_of(table, column);
      if (!link || !is_possible(*link)) continue;
      link->joins = joins.places_of(*link);
      missing.push_back(std::move(*link));
    }
  }
  forget_decided(model, missing, std::move(misnamed));
  const Texts texts(queries);
  std::erase_if(missing, [&](const Link& link) { return texts.say_nobody(link); });
  for (Link& link : missing) link.no_key = texts.doubtful(link);
  // A join is a sign of its own beside the type. What the authors say counts for more, so it comes last.
  for (Link& link : missing) {
    if (!link.joins.empty() && link.confidence == Confidence::kMedium) link.confidence = Confidence::kHigh;
  }
  return missing;
}

const std::vector<Link>& missing_links(const RuleContext& context) {
  return context.memo().get<std::vector<Link>>([&] { return missing_links(context.model(), Queries()); });
}

bool has_no_foreign_key(const Model& model) {
  const auto has_one = [](const Table& table) {
    return !table.foreign_keys.empty() || table.incomplete.foreign_keys ||
           std::any_of(table.columns.begin(), table.columns.end(), [](const Column& column) { return column.unread_reference; });
  };
  return std::none_of(model.tables.begin(), model.tables.end(), has_one);
}

}  // namespace drizzle_audit::rules::references
