// drizzle-audit-verify: reads a plan on stdin or from a file, asks the database, prints what it found. `drizzle-audit verify` starts it.
#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "cli/output.h"
#include "drizzle_audit/version.h"
#include "platform/platform.h"
#include "verify/database.h"
#include "verify/document.h"
#include "verify/drift.h"
#include "verify/render.h"
#include "workspace/disk_file_system.h"

namespace drizzle_audit::verify {
namespace {

struct Options {
  std::string url;
  std::string plan;
  std::string stage = "before";
  std::string format = "text";
  std::string file;
  unsigned timeout = 60;
  bool no_drift = false;
};

int fail(std::string message, std::string help = {}) {
  cli::print_error({.message = std::move(message), .help = std::move(help)});
  return cli::kExitFailure;
}

std::variant<Outcome, DatabaseError> ask(const Document& document, Database& database, const Options& options) {
  Outcome outcome;
  outcome.dialect = document.dialect;
  outcome.stage = options.stage;
  const bool after = options.stage == "after";
  for (const Check& check : document.checks) {
    // Once the plan is through, a redundant column is read-only or gone; what differed was accepted.
    if (after && check.kind == "differences") continue;
    std::variant<Rows, DatabaseError> counted = database.query(check.count);
    if (auto* error = std::get_if<DatabaseError>(&counted)) {
      error->message = check.kind + " " + check.name + ": " + error->message;
      return std::move(*error);
    }
    CheckResult result;
    result.check = check;
    const Rows& rows = std::get<Rows>(counted);
    if (rows.rows.size() != 1 || rows.rows.front().size() != 1)
      return DatabaseError{check.kind + " " + check.name + ": the plan's query counts nothing", ""};
    result.count = std::strtoll(rows.rows.front().front().value_or("0").c_str(), nullptr, 10);
    if (result.count > 0) {
      std::variant<Rows, DatabaseError> sample = database.query(check.sample);
      if (auto* error = std::get_if<DatabaseError>(&sample)) return std::move(*error);
      result.sample = std::get<Rows>(std::move(sample));
    }
    outcome.checks.push_back(std::move(result));
  }
  if (options.no_drift) return outcome;
  std::set<std::string> schemas;
  for (const auto& [key, table] : document.schema) schemas.insert(key.first);
  std::variant<Catalogue, DatabaseError> actual = database.catalogue({schemas.begin(), schemas.end()});
  if (auto* error = std::get_if<DatabaseError>(&actual)) return std::move(*error);
  outcome.compared = true;
  outcome.drift = find_drift(document, after ? document.planned : document.schema, document.planned, std::get<Catalogue>(actual), database);
  return outcome;
}

int run(const Options& options) {
  const char* from_environment = std::getenv("DRIZZLE_AUDIT_URL");
  if (from_environment == nullptr) from_environment = std::getenv("DATABASE_URL");
  const std::string text = !options.url.empty() ? options.url : from_environment == nullptr ? "" : from_environment;
  if (text.empty()) return fail("no database was named", "--url postgres://user@host/database, or set DATABASE_URL");
  std::string input;
  if (options.plan.empty()) {
    std::array<char, 65536> buffer{};
    for (std::size_t got = 1; got > 0;) {
      got = std::fread(buffer.data(), 1, buffer.size(), stdin);
      input.append(buffer.data(), got);
    }
    if (input.empty()) return fail("no plan was given", "--plan FILE, or start it with drizzle-audit verify");
  } else {
    std::error_code ignored;
    const std::string path = std::filesystem::absolute(options.plan, ignored).string();
    std::variant<std::string, workspace::FileError> read = workspace::DiskFileSystem().read(path, 256U << 20U);
    if (const auto* error = std::get_if<workspace::FileError>(&read)) return fail("cannot read " + options.plan + ": " + error->reason);
    input = std::get<std::string>(std::move(read));
  }
  std::variant<Document, std::string> document = read_document(input);
  if (const auto* error = std::get_if<std::string>(&document)) return fail(*error, "drizzle-audit plan --out writes one");
  std::variant<Url, UrlError> url = parse_url(text, std::get<Document>(document).dialect);
  if (const auto* error = std::get_if<UrlError>(&url)) return fail(error->message, error->help);
  OpenResult opened = open_database(std::get<Url>(url), options.timeout);
  if (const auto* error = std::get_if<DatabaseError>(&opened)) return fail(error->message, error->help);
  Database& database = *std::get<std::unique_ptr<Database>>(opened);
  std::variant<Outcome, DatabaseError> outcome = ask(std::get<Document>(document), database, options);
  if (const auto* error = std::get_if<DatabaseError>(&outcome)) return fail(error->message, error->help);
  const Outcome& found = std::get<Outcome>(outcome);
  return cli::write_report(options.format == "json" ? render_json(found) : render_text(found), options.file,
                           found.is_clean() ? cli::kExitClean : cli::kExitFindings);
}

int parse_and_run(int argc, char** argv) {
  platform::prepare_streams();
  CLI::App app("Runs a plan's read-only checks on a live database, and compares it with the schema.", "drizzle-audit-verify");
  Options options;
  app.add_option("--url", options.url, "postgres://…, mysql://… or a SQLite file (default: DATABASE_URL)")->type_name("URL");
  app.add_option("--plan", options.plan, "plan.json (default: standard input)")->type_name("FILE");
  app.add_option("--stage", options.stage, "before or after the plan has run (default: before)")->check(CLI::IsMember({"before", "after"}));
  app.add_option("--format", options.format, "text or json (default: text)")->check(CLI::IsMember({"text", "json"}));
  app.add_option("-o,--output-file", options.file, "write there instead of to standard output")->type_name("FILE");
  app.add_option("--timeout", options.timeout, "seconds a statement may take (default: 60)")->check(CLI::Range(1, 86400));
  app.add_flag("--no-drift", options.no_drift, "do not compare the whole schema with the database");
  app.set_version_flag("--version", std::string(kVersion));
  app.footer("Exit status: 0 clean; 1 violations; 2 usage, database not reachable, internal error.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success&) {
    const bool version = app.get_option("--version")->count() > 0;
    return cli::write_report(version ? std::string(kVersion) + "\n" : app.help(), "", cli::kExitClean);
  } catch (const CLI::ParseError& error) {
    return fail(error.what(), "drizzle-audit-verify --help lists the flags");
  }
  return run(options);
}

}  // namespace
}  // namespace drizzle_audit::verify

int main(int argc, char** argv) {
  try {
    return drizzle_audit::verify::parse_and_run(argc, argv);
  } catch (const std::exception& error) {
    drizzle_audit::cli::print_error({.message = std::string("internal error: ") + error.what()});
  } catch (...) {
    drizzle_audit::cli::print_error({.message = "internal error"});
  }
  return drizzle_audit::cli::kExitFailure;
}
