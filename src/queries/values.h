// Which texts the code puts into columns: in `.values()`, `.set()`, comparisons, and in arguments that go by the name under which a column
// gets its value. No flow analysis: names of functions' arguments connect what is passed with what is written. Called by extract.cpp.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "drizzle_audit/queries.h"
#include "queries/scopes.h"
#include "syntax/ast.h"

namespace drizzle_audit::queries {

/// `.values({ createdBy: params.actorId })`: the column's value goes by the name actorId.
struct NameUse {
  const Column* column = nullptr;
  std::string name;
};

/// `deploy({ actorId: "admin-api" })`, where deploy is a function of the project.
struct PassedText {
  std::string name;
  std::string text;
  Span span;
};

struct FileValues {
  std::vector<ColumnText> texts;  ///< spans name no file yet
  std::vector<NameUse> names;
  std::vector<PassedText> passed;
};

/// What `.values(row)` or `.set(row)` gives to the columns of `table`; `row` may be null, an array, a constant, a callback of `map`.
void read_row(const Scopes& scopes, const syntax::Node* row, const Table& table, FileValues& values);

/// `eq(column, value)`.
void read_comparison(const Scopes& scopes, const Column& column, const syntax::Node& value, FileValues& values);

/// The texts in the arguments of a call of one of the project's own functions.
void read_arguments(Scopes& scopes, const syntax::Node& call, FileValues& values);

/// The columns that get their value under a name, in all files of a project.
class ColumnsByName {
 public:
  void enter(const FileValues& values);
  /// Forgets the names under which mostly columns with foreign keys get their values: what the database would refuse there, is passed to
  /// something else under that name.
  void finish();
  [[nodiscard]] const std::vector<const Column*>& columns(std::string_view name) const;

 private:
  std::map<std::string, std::vector<const Column*>, std::less<>> columns_;
};

}  // namespace drizzle_audit::queries
