#include "migrate/changes.h"

#include <array>
#include <utility>

#include "migrate/sql_text.h"

namespace drizzle_audit::migrate {
namespace {

constexpr std::array<std::pair<Choice, std::string_view>, 5> kChoices = {{{Choice::kAbort, "abort"},
                                                                          {Choice::kDelete, "delete"},
                                                                          {Choice::kSetNull, "set-null"},
                                                                          {Choice::kKeepNewest, "keep-newest"},
                                                                          {Choice::kAccept, "accept"}}};

}  // namespace

std::string_view to_string(Choice choice) {
  for (const auto& [one, name] : kChoices) {
    if (one == choice) return name;
  }
  return {};
}

std::optional<Choice> choice_named(std::string_view name) {
  for (const auto& [choice, one] : kChoices) {
    if (one == name) return choice;
  }
  return std::nullopt;
}

bool Changes::empty() const {
  return foreign_keys.empty() && uniques.empty() && indexes.empty() && checks.empty() && dropped_indexes.empty() && dropped_columns.empty();
}

std::string difference_name(const DropColumnChange& change) { return label(change.drop.table) + '.' + change.drop.column; }

}  // namespace drizzle_audit::migrate
