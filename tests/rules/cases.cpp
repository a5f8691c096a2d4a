#include "rules/cases.h"

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <sstream>

#include "drizzle_audit/rule.h"
#include "harness/files.h"
#include "project/migrations.h"
#include "queries/read_queries.h"
#include "rules/page.h"
#include "schema/read_project.h"
#include "tenant/infer.h"
#include "types/read_domain_types.h"
#include "workspace/disk_file_system.h"

namespace drizzle_audit::rule_tests {
namespace {

namespace fs = std::filesystem;

/// At most `words` words of prose as part of a test's name.
std::string identifier(std::string_view prose, std::size_t words) {
  std::string name;
  std::size_t count = 0;
  bool in_word = false;
  for (const char c : prose) {
    const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (fits && !in_word && ++count > words) break;
    if (fits && !in_word && !name.empty()) name += '_';
    if (fits) name += c;
    in_word = fits;
  }
  return name;
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

void apply_options(Case& test_case, const std::map<std::string, std::string>& options) {
  if (const auto others = options.find("with"); others != options.end()) test_case.others = split(others->second, ',');
  const auto orm = options.find("orm");
  const std::string version = orm == options.end() ? "0.45.2" : orm->second;
  test_case.files.emplace("package.json", "{ \"name\": \"fixture\", \"dependencies\": { \"drizzle-orm\": \"" + version + "\" } }\n");
}

void add_file(Case& test_case, const std::string& path, std::string text) {
  std::vector<Expectation> expectations = take_expectations(path, text);
  test_case.expectations.insert(test_case.expectations.end(), expectations.begin(), expectations.end());
  test_case.files[path] = std::move(text);
}

void add_page(std::vector<Case>& cases, const std::string& id, const Page& page) {
  std::size_t number = 0;
  for (const Fence& fence : page.fences) {
    if (!fence.continues) {
      Case& test_case = cases.emplace_back();
      const std::string digits = std::to_string(++number);
      test_case.name = identifier(id, 9) + "__" + identifier(fence.section, 1) + "_" + (digits.size() < 2 ? "0" : "") + digits + "_" +
                       identifier(fence.reason, 7);
      test_case.reason = fence.reason;
      test_case.rule = id;
      apply_options(test_case, fence.options);
    }
    const auto file = fence.options.find("file");
    add_file(cases.back(), file == fence.options.end() ? "src/schema.ts" : file->second, fence.text);
  }
}

void add_fixtures(std::vector<Case>& cases, const std::string& id, const fs::path& folder) {
  if (!fs::is_directory(folder)) return;
  std::vector<fs::path> paths;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".ts") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  for (const fs::path& path : paths) {
    std::string text = harness::read_file(path);
    Case& test_case = cases.emplace_back();
    test_case.name = identifier(id, 9) + "__fixture_" + identifier(path.stem().string(), 20);
    const std::string first_line = text.substr(0, text.find('\n'));
    test_case.reason = first_line;
    test_case.rule = id;
    apply_options(test_case, first_line.starts_with("// options:") ? parse_options(first_line) : std::map<std::string, std::string>());
    add_file(test_case, "src/schema.ts", std::move(text));
  }
}

/// The page's own rule, those the case names, and those that say whether the example is a sound project at all.
std::vector<const Rule*> rules_for(const Case& test_case) {
  std::vector<const Rule*> rules;
  for (const RegisteredRule& registered : all_rules()) {
    const Rule& rule = *registered.rule;
    const bool named = std::find(test_case.others.begin(), test_case.others.end(), rule.id) != test_case.others.end();
    if (rule.id == test_case.rule || named || rule.category == "project") rules.push_back(&rule);
  }
  return rules;
}

}  // namespace

std::ostream& operator<<(std::ostream& stream, const Case& test_case) { return stream << test_case.name; }

std::vector<Case> load_cases() {
  std::vector<Case> cases;
  for (const RegisteredRule& registered : all_rules()) {
    const std::string id(registered.rule->id);
    add_page(cases, id, parse_page(registered.page));
    add_fixtures(cases, id, fs::path(DRZ_SOURCE_DIR) / "rules" / id / "fixtures");
  }
  return cases;
}

std::vector<std::string> run_case(const Case& test_case) {
  const harness::TemporaryFolder folder;
  for (const auto& [path, text] : test_case.files) harness::write_file(folder.path() / path, text);
  const workspace::DiskFileSystem files;
  schema::ReadOptions options;
  options.root = folder.path().string();
  options.threads = 1;
  auto read = schema::read_project(files, options);
  if (const auto* error = std::get_if<schema::ReadError>(&read)) return {"the project cannot be read: " + error->message};
  const schema::Project& project = std::get<schema::Project>(read);
  std::vector<TenantModel> tenants;
  std::vector<const Model*> models;
  for (const schema::OwnedModel& owned : project.models) {
    tenants.push_back(tenant::infer(owned.model));
    models.push_back(&owned.model);
  }
  const types::DomainTypeSetting setting;
  const types::TypeScan scan(options.root, models, tenants, setting);
  std::vector<std::string> type_files;
  const queries::OtherReader types{.excerpt = types::excerpt,
                                   .wants = [&](std::string_view path, std::string_view excerpt) { return scan.wants(path, excerpt); }};
  const std::vector<Queries> queries =
      queries::read_queries(files, {.root = options.root, .threads = 1, .other = types}, models, *project.sources, &type_files);
  const std::vector<DomainTypes> domain_types = types::read_domain_types(files, workspace::Resolver(files, options.root), options.root,
                                                                         models, scan, setting, type_files, *project.sources);
  config::Settings settings = config::default_settings(rules_for(test_case));
  // As the program does: other rules are given none.
  const bool reads_types =
      std::ranges::any_of(settings.rules, [](const config::RuleSetting& one) { return one.rule->category == "types"; });
  const bool reads_code =
      reads_types || std::ranges::any_of(settings.rules, [](const config::RuleSetting& one) { return one.rule->reads_code; });
  const Queries no_queries;
  std::vector<RuleInput> inputs;
  std::size_t tables = 0;
  for (std::size_t i = 0; i < project.models.size(); ++i) {
    const Model& model = project.models[i].model;
    inputs.push_back({.model = &model, .tenants = &tenants[i], .queries = reads_code ? &queries[i] : &no_queries});
    if (reads_types) inputs.back().types = &domain_types[i];
    if (!model.out_folder.empty()) {
      inputs.back().migrated_keys = project::migrated_keys_of(files, options.root + "/" + std::string(model.out_folder), options.root);
    }
    tables += model.tables.size();
  }
  std::optional<audit::Baseline> baseline;
  if (const auto file = test_case.files.find(std::string(audit::kDefaultBaselinePath)); file != test_case.files.end()) {
    auto parsed = audit::read_baseline(*project.sources, project.sources->add(file->first, file->second));
    if (const auto* error = std::get_if<audit::BaselineError>(&parsed)) return {"the baseline cannot be read: " + error->message};
    baseline = std::get<audit::Baseline>(std::move(parsed));
  }
  settings.known.clear();  // comments may name rules that the case leaves out
  for (const RegisteredRule& registered : all_rules()) settings.known.push_back(registered.rule);
  const audit::AuditResult result = audit::run(inputs, settings, baseline ? &*baseline : nullptr);
  std::vector<std::string> complaints = compare(result, test_case.expectations);
  // Silence about nothing proves nothing.
  if (tables == 0 && test_case.expectations.empty()) complaints.push_back("the project has no table");
  return complaints;
}

}  // namespace drizzle_audit::rule_tests
