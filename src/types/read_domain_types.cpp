// See read_domain_types.h. A type is first asked by its name and the words in its declaration, on several threads; only what is left is
// evaluated.
#include "types/read_domain_types.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "platform/platform.h"
#include "syntax/parse.h"
#include "text/parallel.h"
#include "types/compare.h"
#include "types/enum_match.h"
#include "types/mapping.h"
#include "types/type_program.h"
#include "workspace/paths.h"
#include "workspace/resolver.h"

namespace drizzle_audit::types {
namespace {

bool is_object_type(const Type& type) {
  return type.is(TypeKind::kObject) || (type.is(TypeKind::kIntersection) && !type.properties.empty());
}

/// The table that most of the properties are columns of, when the type is made of its row; by how many.
std::pair<const Table*, std::size_t> origin_of(const Type& type) {
  if (type.table != nullptr) return {type.table, type.properties.size()};
  std::map<const Table*, std::size_t> counts;
  for (const Property& property : type.properties) {
    if (property.column != nullptr) ++counts[property.column->table];
  }
  std::pair<const Table*, std::size_t> best{nullptr, 0};
  for (const Property& property : type.properties) {  // in their order: a map of pointers has none
    if (property.column == nullptr) continue;
    const auto count = counts[property.column->table];
    if (count > best.second) best = {property.column->table, count};
  }
  return best;
}

class Finder {
 public:
  Finder(TypeProgram& program, const Model& model, const TableNames& names, const EnumNames& enums, const TypeScan& scan,
         const DomainTypeSetting& setting, DomainTypes& out)
      : program_(program), model_(model), names_(names), enums_(enums), scan_(scan), setting_(setting), out_(out) {}

  /// Whether it may have to do with the schema, by its name and its text; evaluates nothing. Safe from several threads. `whole`: there is
  /// no other declaration of the name that adds to it.
  [[nodiscard]] bool may_matter(const DeclaredType& declared, bool whole) const {
    const auto set = setting_.tables.find(declared.name);
    if (set != setting_.tables.end() && set->second.empty()) return false;
    if (said_mapping(declared)) return true;
    const std::string_view own = program_.sources().text(declared.span);
    if (!scan_.matters(declared.name, own)) return false;
    return !whole || scan_.matters(own) || may_be_row(names_, declared.name, program_.sources().path(declared.span.file), own);
  }

  /// At a declaration that may matter.
  void look_at(const std::string& path, const DeclaredType& declared) {
    const std::string_view own = program_.sources().text(declared.span);
    const std::string_view shown = program_.sources().path(declared.span.file);
    std::optional<Mapping> mapping = said_mapping(declared);
    const Type& type = program_.type_named(path, declared.name);
    if (!is_object_type(type)) {
      if (!mapping && is_shared(declared, path)) take_union(declared, type);
      return;
    }
    std::vector<std::string_view> properties;
    for (const Property& property : type.properties) properties.push_back(property.name);
    if (mapping) mapping->why += "; " + share(*mapping->table, properties);
    if (!mapping) mapping = derived_mapping(declared, type, own);
    if (!mapping && !starts_from_other(own) && !is_of_other_database(program_.sources().text(declared.span.file)))
      mapping = infer_mapping(names_, declared.name, shown, properties);
    if (mapping) {
      DomainType made = compared(declared, type, *mapping);
      if (mapping->kind != MappingKind::kInferred || !is_of_something_else(made)) {
        out_.types.push_back(std::move(made));
        return;
      }
    }
    if (is_shared(declared, path)) take_unions(declared, type);
  }

 private:
  /// A type that the program knows by its name. What a component declares for itself is about what it shows.
  static bool is_shared(const DeclaredType& declared, const std::string& path) {
    return declared.exported && !path.ends_with("x") && !is_foreign_place(path);
  }

  /// Made from what is no row: it extends what code is given (`CheckoutFields & { priceId: string }`), or is the type of a value.
  static bool starts_from_other(std::string_view own) {
    const std::string_view head = own.substr(0, own.find('{'));
    const std::size_t begin = std::min(head.find("extends "), head.find('='));
    if (begin == std::string_view::npos) return false;
    // The type of some values that stand in the code: examples, settings.
    const std::size_t body = head.find_first_not_of("=( \t\r\n", begin);
    if (body != std::string_view::npos && head.substr(body).starts_with("typeof ")) return true;
    if (head.find("typeof ") != std::string_view::npos) return false;  // z.infer<typeof createOrder>
    for (std::size_t at = begin; at < head.size();) {
      std::size_t end = at;
      while (end < head.size() && is_name_char(head[end])) ++end;
      if (end > at && is_input_name(head.substr(at, end - at))) return true;
      at = end + 1;
    }
    return false;
  }

  /// What the config or a comment says of it.
  [[nodiscard]] std::optional<Mapping> said_mapping(const DeclaredType& declared) const {
    const auto set = setting_.tables.find(declared.name);
    std::optional<Mapping> mapping;
    if (set != setting_.tables.end()) mapping = declared_mapping(set->second, "the config says so");
    const std::string_view tag = tagged_table(program_.sources().text(declared.span.file), declared.span.start);
    if (!mapping && !tag.empty()) mapping = declared_mapping(tag, "a comment @table " + std::string(tag) + " says so");
    return mapping;
  }

  std::optional<Mapping> declared_mapping(std::string_view name, std::string why) const {
    const Table* table = table_called(model_, name);
    if (table == nullptr) return std::nullopt;
    return Mapping{.table = table, .kind = MappingKind::kDeclared, .why = std::move(why), .confidence = Confidence::kCertain};
  }

  std::optional<Mapping> derived_mapping(const DeclaredType& declared, const Type& type, std::string_view own) const {
    const auto [table, count] = origin_of(type);
    if (table == nullptr || !owns(*table) || count * 3 < type.properties.size()) return std::nullopt;
    Mapping mapping{.table = table, .kind = MappingKind::kDerived, .why = {}, .confidence = Confidence::kCertain};
    const bool insert = own.find("nferInsert") != std::string_view::npos || own.find("createInsertSchema") != std::string_view::npos ||
                        is_write_name(declared.name);
    if (insert) {
      mapping.row = RowKind::kInsert;
      mapping.input = true;
    }
    mapping.why = count == type.properties.size() ? "it is built from the row type of " + display_name(*table)
                                                  : std::to_string(count) + " of " + std::to_string(type.properties.size()) +
                                                        " properties are taken over from the row type of " + display_name(*table);
    return mapping;
  }

  [[nodiscard]] bool owns(const Table& table) const {
    return std::any_of(model_.tables.begin(), model_.tables.end(), [&](const Table& one) { return &one == &table; });
  }

  /// The type, held against the rows of the table.
  DomainType compared(const DeclaredType& declared, const Type& type, const Mapping& mapping) {
    program_.finish(type);
    DomainType made;
    made.name = std::string(declared.name);
    made.table = mapping.table;
    made.mapping = mapping.kind;
    made.why = mapping.why;
    made.confidence = mapping.confidence;
    made.row = mapping.row;
    made.input = mapping.input || is_input_name(declared.name);
    made.span = declared.span;
    made.name_span = declared.name_span;
    std::set<const Column*> seen;
    for (const Property& property : type.properties) {
      const Column* column = column_of(*mapping.table, property.name);
      if (column == nullptr || !seen.insert(column).second || property.method) {
        made.only_in_domain.emplace_back(property.name);
        continue;
      }
      made.properties.push_back(compare_property(program_, model_, *column, mapping.row, property));
    }
    for (const Column& column : mapping.table->columns) {
      if (!seen.contains(&column)) made.only_in_table.emplace_back(column.key);
    }
    std::size_t dates = 0;
    std::size_t as_text = 0;
    for (const ComparedProperty& property : made.properties) {
      if (property.row.kind != ValueKind::kDate) continue;
      ++dates;
      if (property.domain.kind == ValueKind::kText) ++as_text;
    }
    made.transport = dates > 0 && dates == as_text;
    return made;
  }

  void take_unions(const DeclaredType& declared, const Type& type) {
    bool is_finished = false;
    for (const Property& property : type.properties) {
      if (property.column != nullptr || property.method || !property.span.somewhere()) continue;
      // What is inherited is told where it is declared.
      if (property.span.file != declared.span.file || property.span.start < declared.span.start || property.span.end > declared.span.end)
        continue;
      if (!enums_.may_be_enum(property.name)) continue;
      if (!is_finished) program_.finish(type);
      is_finished = true;
      if (property.type->is_chosen) continue;
      const std::vector<std::string> texts = texts_of(program_, *property.type);
      if (texts.size() < 2) continue;
      const std::optional<EnumMatch> match = enums_.of_property(property.name, texts);
      if (!match) continue;
      add_union(declared, *match, texts, property.span, written_union(property.type_span));
      out_.unions.back().property = std::string(property.name);
    }
  }

  void take_union(const DeclaredType& declared, const Type& type) {
    program_.finish(type);
    const std::vector<std::string> texts = texts_of(program_, type);
    if (texts.size() < 2 || type.is_chosen) return;
    const std::optional<EnumMatch> match = enums_.of_alias(declared.name, texts);
    if (!match || is_derived(declared, *match, texts)) return;
    Span written = declared.span;
    const std::string_view text = program_.sources().text(declared.span);
    const std::size_t equals = text.find('=');
    const std::size_t first = text.find_first_not_of(" \t\r\n", equals == std::string_view::npos ? text.size() : equals + 1);
    std::size_t end = text.find_last_not_of(" \t\r\n;");
    if (first == std::string_view::npos || end == std::string_view::npos) written = {};
    else
      written = {declared.span.file, declared.span.start + static_cast<std::uint32_t>(first),
                 declared.span.start + static_cast<std::uint32_t>(end + 1)};
    add_union(declared, *match, texts, declared.name_span, written_union(written));
  }

  /// Has no member of its own, and those of the enum: `(typeof orderStatus.enumValues)[number]`.
  [[nodiscard]] bool is_derived(const DeclaredType& declared, const EnumMatch& match, const std::vector<std::string>& texts) const {
    const std::string_view text = program_.sources().text(declared.span);
    const auto values = match.column->enum_values.value();
    return text.find_first_of("'\"") == std::string_view::npos && texts.size() == values.size() &&
           std::all_of(values.begin(), values.end(),
                       [&](std::string_view value) { return std::binary_search(texts.begin(), texts.end(), value); });
  }

  /// The place, where the union itself stands there and not a name for it.
  [[nodiscard]] Span written_union(Span span) const {
    if (!span.somewhere()) return {};
    const std::string_view text = program_.sources().text(span);
    const bool literal = text.find('"') != std::string_view::npos || text.find('\'') != std::string_view::npos;
    return literal && text.find_first_of("[{(<") == std::string_view::npos ? span : Span{};
  }

  void add_union(const DeclaredType& declared, const EnumMatch& match, std::vector<std::string> texts, Span span, Span written) {
    DomainUnion& made = out_.unions.emplace_back();
    made.type = std::string(declared.name);
    made.column = match.column;
    made.why = match.why;
    made.texts = std::move(texts);
    for (const std::string_view value : match.column->enum_values.value()) made.values.emplace_back(value);
    made.input = is_input_name(declared.name) || is_choice_name(declared.name);
    made.span = span;
    made.type_span = written;
  }

  TypeProgram& program_;
  const Model& model_;
  const TableNames& names_;
  const EnumNames& enums_;
  const TypeScan& scan_;
  const DomainTypeSetting& setting_;
  DomainTypes& out_;
};

/// A declaration, for one model.
struct Candidate {
  Finder* finder = nullptr;
  const std::string* path = nullptr;
  DeclaredType declared;
  bool whole = true;  ///< there is no other declaration of the name that adds to it
  bool may_matter = false;
};

/// Several types may have a property from one place: a base, or the type that another name is given to. It is told once, and not at all
/// where that place is generated.
void mark_repeated(const Sources& sources, DomainTypes& found) {
  const auto is_own = [](const DomainType& type, const ComparedProperty& property) {
    return property.span.file == type.span.file && type.span.start <= property.span.start && property.span.end <= type.span.end;
  };
  std::set<std::tuple<Span, const Column*>> told;
  for (const DomainType& type : found.types) {
    for (const ComparedProperty& property : type.properties) {
      if (property.span.somewhere() && is_own(type, property)) told.insert({property.span, property.column});
    }
  }
  std::map<FileId, bool> generated;
  const auto is_in_generated = [&](Span span) {
    const auto [entry, is_new] = generated.try_emplace(span.file, false);
    if (is_new) entry->second = is_generated(sources.text(span.file));
    return entry->second;
  };
  for (DomainType& type : found.types) {
    for (ComparedProperty& property : type.properties) {
      if (!property.span.somewhere() || is_own(type, property)) continue;
      // What a generator has written is not for people to change.
      property.repeated = is_in_generated(property.span) || !told.insert({property.span, property.column}).second;
    }
  }
}

/// Suppressions are comments, also in files that are no part of the schema.
void add_comments(const Model& model, Sources& sources, DomainTypes& found) {
  std::set<FileId> files;
  const auto enter = [&](Span span) {
    if (span.somewhere()) files.insert(span.file);
  };
  for (const DomainType& type : found.types) {
    enter(type.span);
    for (const ComparedProperty& property : type.properties) enter(property.span);
  }
  for (const DomainUnion& one : found.unions) enter(one.span);
  for (const FileId file : files) {
    const std::string_view text = sources.text(file);
    if (text.find("drizzle-audit-") == std::string_view::npos) continue;
    if (std::binary_search(model.parsed_files.begin(), model.parsed_files.end(), sources.path(file))) continue;
    for (const Span span : syntax::parse(text, sources.path(file), file).comments) found.comments.push_back({sources.text(span), span});
  }
}

}  // namespace

std::vector<DomainTypes> read_domain_types(const workspace::FileSystem& files, const workspace::Resolver& resolver, const std::string& root,
                                           const std::vector<const Model*>& models, const TypeScan& scan, const DomainTypeSetting& setting,
                                           const std::vector<std::string>& paths, Sources& sources, unsigned threads) {
  std::vector<DomainTypes> found(models.size());
  if (paths.empty()) return found;
  TypeProgram program(files, resolver, root, sources, models);
  program.prepare(paths, threads);
  std::vector<EnumNames> enums;
  for (const Model* model : models) enums.emplace_back(*model);
  std::vector<Finder> finders;
  finders.reserve(models.size());
  for (std::size_t i = 0; i < models.size(); ++i)
    finders.emplace_back(program, *models[i], scan.names(i), enums[i], scan, setting, found[i]);
  std::vector<Candidate> candidates;
  std::vector<std::size_t> firsts;  // of each file
  for (const std::string& path : paths) {
    firsts.push_back(candidates.size());
    const std::vector<DeclaredType> declared = program.declared_types(path);
    std::set<std::string_view> names;
    for (const DeclaredType& type : declared) {
      const bool is_type = type.kind == DeclarationKind::kInterface || type.kind == DeclarationKind::kAlias;
      // What stands in a generic type is for whoever uses it to say.
      const bool is_generic = sources.text(type.name_span.file).substr(type.name_span.end).starts_with('<');
      if (!is_type || is_generic || !names.insert(type.name).second) continue;
      const bool is_whole =
          std::count_if(declared.begin(), declared.end(), [&](const DeclaredType& d) { return d.name == type.name; }) == 1;
      for (Finder& finder : finders) candidates.push_back({&finder, &path, type, is_whole});
    }
    for (DomainTypes& one : found) {
      ++one.files;
      one.declarations += static_cast<std::uint32_t>(names.size());
    }
  }
  firsts.push_back(candidates.size());
  text::in_parallel(platform::thread_count(threads, 8U), paths.size(), 1, [&](std::size_t file) {
    for (std::size_t i = firsts[file]; i < firsts[file + 1]; ++i) {
      Candidate& candidate = candidates[i];
      candidate.may_matter = candidate.finder->may_matter(candidate.declared, candidate.whole);
      if (candidate.may_matter) program.parse_ahead(paths[file], candidate.declared.name);
    }
  });
  for (const Candidate& candidate : candidates) {
    if (candidate.may_matter) candidate.finder->look_at(*candidate.path, candidate.declared);
  }
  for (std::size_t i = 0; i < models.size(); ++i) {
    found[i].parsed_files = program.parsed_files();
    mark_repeated(sources, found[i]);
    add_comments(*models[i], sources, found[i]);
  }
  return found;
}

std::vector<std::string> unused_names(const DomainTypeSetting& setting, const std::vector<const Model*>& models,
                                      const std::vector<DomainTypes>& found) {
  std::vector<std::string> unused;
  for (const auto& [type, table] : setting.tables) {
    if (table.empty()) continue;
    const bool has_table =
        std::any_of(models.begin(), models.end(), [&, &name = table](const Model* model) { return table_called(*model, name) != nullptr; });
    if (!has_table) {
      unused.push_back(table);
      continue;
    }
    const bool is_used = std::any_of(found.begin(), found.end(), [&, &type = type](const DomainTypes& one) {
      return std::any_of(one.types.begin(), one.types.end(), [&, &name = type](const DomainType& entry) {
        return entry.name == name && entry.mapping == MappingKind::kDeclared;
      });
    });
    if (!is_used) unused.push_back(type);
  }
  return unused;
}

}  // namespace drizzle_audit::types
