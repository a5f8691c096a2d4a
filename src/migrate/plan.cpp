// See plan.h.
#include "migrate/plan.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "migrate/collect.h"
#include "migrate/mysql.h"
#include "migrate/plan_json.h"
#include "migrate/plan_page.h"
#include "migrate/postgres.h"
#include "migrate/sql_text.h"
#include "migrate/sqlite.h"

namespace drizzle_audit::migrate {
namespace {

std::vector<PlanFile> postgres_files(const Plan& plan) {
  const Changes& changes = plan.changes;
  const PlanOptions& options = plan.options;
  return {{"0_preflight.sql", postgres::preflight(changes, plan.checks, options)},
          {"1_cleanup.sql", postgres::cleanup(changes, options)},
          {"2_expand.sql", postgres::expand(changes, options)},
          {"3_concurrent.sql", postgres::concurrent(changes, options)},
          {"4_validate.sql", postgres::validate(changes, options)},
          {"5_contract.sql", postgres::contract(changes, options)},
          {"verify.sql", postgres::verify(changes, plan.checks, options)},
          {"rollback.sql", postgres::rollback(options)}};
}

/// A choice that names nothing is a slip of the pen, and would leave a default in force without a word.
std::optional<PlanError> check_choices(const Changes& changes, const PlanOptions& options) {
  std::vector<std::string> known;
  for (const ForeignKeyChange& change : changes.foreign_keys) known.push_back(change.key.name);
  for (const UniqueChange& change : changes.uniques) known.push_back(change.name);
  for (const DropColumnChange& change : changes.dropped_columns) known.push_back(difference_name(change));
  for (const auto& [name, choice] : options.choices) {
    if (std::find(known.begin(), known.end(), name) == known.end())
      return PlanError{"--choose: the plan has nothing called " + name,
                       known.empty() ? "it needs no choices" : "it has " + joined(known, ", ")};
  }
  const auto wrong = [](const std::string& name, Choice choice, const std::string& possible) {
    return PlanError{"--choose: " + name + " cannot be " + std::string(to_string(choice)), "it can be " + possible};
  };
  for (const ForeignKeyChange& change : changes.foreign_keys) {
    const bool possible =
        change.choice == Choice::kAbort || change.choice == Choice::kDelete || (change.choice == Choice::kSetNull && change.nullable);
    if (!possible)
      return wrong(change.key.name, change.choice,
                   change.nullable ? "abort, delete or set-null" : "abort or delete: its column is NOT NULL");
  }
  for (const UniqueChange& change : changes.uniques) {
    if (change.choice != Choice::kAbort && change.choice != Choice::kKeepNewest)
      return wrong(change.name, change.choice, "abort or keep-newest");
  }
  for (const DropColumnChange& change : changes.dropped_columns) {
    if (change.choice != Choice::kAbort && change.choice != Choice::kAccept)
      return wrong(difference_name(change), change.choice, "abort or accept");
  }
  return std::nullopt;
}

}  // namespace

std::variant<Plan, PlanError> make_plan(const Model& model, const std::vector<const Finding*>& findings, const Model* fixed,
                                        const PlanOptions& options) {
  Plan plan;
  plan.options = options;
  plan.changes = collect_changes(model, findings, fixed, options);
  if (std::optional<PlanError> error = check_choices(plan.changes, options)) return std::move(*error);
  plan.checks = data_checks(plan.changes);
  switch (model.dialect) {
    case Dialect::kPostgresql: plan.files = postgres_files(plan); break;
    case Dialect::kMysql: plan.files = mysql::files(model, plan); break;
    case Dialect::kSqlite: plan.files = sqlite::files(model, plan); break;
    case Dialect::kSinglestore:
    case Dialect::kMssql:
    case Dialect::kCockroach:
      return PlanError{"there are no plans for " + std::string(to_string(model.dialect)) + " yet",
                       "plans are made for postgresql, mysql and sqlite"};
  }
  plan.files.push_back({"README.md", ""});
  plan.files.push_back({"plan.json", ""});
  std::rotate(plan.files.begin(), plan.files.end() - 2, plan.files.end());
  plan.files[0].text = plan_page(plan);
  plan.files[1].text = plan_json(model, plan).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
  return plan;
}

}  // namespace drizzle_audit::migrate
