// See node_builtins.h. POSIX rules throughout (https://nodejs.org/api/path.html, https://nodejs.org/api/url.html): a project's paths are
// the same on every machine as long as nobody leaves it.
#include "program/node_builtins.h"

#include <algorithm>
#include <array>
#include <optional>

#include "program/evaluation.h"
#include "workspace/paths.h"

namespace drizzle_audit::program {
namespace {

constexpr auto kModules = std::to_array<std::string_view>({"assert",       "async_hooks",
                                                           "buffer",       "child_process",
                                                           "cluster",      "console",
                                                           "constants",    "crypto",
                                                           "dgram",        "diagnostics_channel",
                                                           "dns",          "domain",
                                                           "events",       "fs",
                                                           "http",         "http2",
                                                           "https",        "inspector",
                                                           "module",       "net",
                                                           "os",           "path",
                                                           "perf_hooks",   "process",
                                                           "punycode",     "querystring",
                                                           "readline",     "repl",
                                                           "stream",       "string_decoder",
                                                           "timers",       "tls",
                                                           "trace_events", "tty",
                                                           "url",          "util",
                                                           "v8",           "vm",
                                                           "wasi",         "worker_threads",
                                                           "zlib"});

class NodeModule final : public Host {
 public:
  NodeModule(std::string_view its_name, std::string_view its_folder) : name(its_name), working_folder(its_folder) {}
  [[nodiscard]] std::string_view class_name() const override { return "Module"; }
  Value get(Interpreter& in, std::string_view key, Span at) override;
  void own_properties(Interpreter& in, std::vector<Property>&) override {
    taint(&in.unknown("the members of this module are not listed", span).as_unknown());
  }

  std::string_view name;  ///< without `node:`
  std::string_view working_folder;
};

/// The arguments as text. None when one is not known or no string; `why` is then what the call returns.
std::optional<std::vector<std::string_view>> texts(Call& call, Value& why) {
  std::vector<std::string_view> result;
  for (const Value& argument : call.arguments) {
    if (argument.is(Tag::kUnknown)) {
      why = argument;
      return std::nullopt;
    }
    if (!argument.is(Tag::kString)) call.in.throw_error("the path must be a string", call.site);  // ERR_INVALID_ARG_TYPE
    result.push_back(argument.text());
  }
  return result;
}

/// `path` without slashes at its end; "/" stays.
std::string_view trim_slashes(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  return path;
}

std::string normalized(const std::string& path) {
  std::string result = workspace::normalize(path);
  if (path.ends_with('/') && !result.ends_with('/')) result += '/';
  return result;
}

/// path.resolve; none when the result depends on a working folder that nobody knows.
std::optional<std::string> resolve(std::string_view working_folder, const std::vector<std::string_view>& parts) {
  std::string result(working_folder);
  for (const std::string_view part : parts) {
    if (workspace::is_absolute(part)) result = workspace::normalize(part);
    else if (!part.empty() && !result.empty()) result = workspace::join(result, part);
  }
  if (result.empty()) return std::nullopt;
  return result;
}

Value unknown_folder(Call& call) { return call.in.unknown("the working directory is only known at run time", call.site); }

Value path_join(Call& call, const NodeModule&, const std::vector<std::string_view>& parts) {
  std::string joined;
  for (const std::string_view part : parts) {
    if (part.empty()) continue;
    if (!joined.empty()) joined += '/';
    joined += part;
  }
  return joined.empty() ? Value::string(".") : call.in.make_string(normalized(joined));
}

Value path_resolve(Call& call, const NodeModule& module, const std::vector<std::string_view>& parts) {
  const auto path = resolve(module.working_folder, parts);
  return path ? call.in.make_string(*path) : unknown_folder(call);
}

Value path_relative(Call& call, const NodeModule& module, const std::vector<std::string_view>& parts) {
  if (parts.size() < 2) call.in.throw_error("the path must be a string", call.site);
  const auto from = resolve(module.working_folder, {parts[0]});
  const auto to = resolve(module.working_folder, {parts[1]});
  if (!from || !to) return unknown_folder(call);
  return *from == *to ? Value::string("") : call.in.make_string(workspace::relative_path(*to, *from));
}

Value path_basename(Call& call, const NodeModule&, const std::vector<std::string_view>& parts) {
  std::string_view name = workspace::basename(trim_slashes(parts[0]));
  if (parts.size() > 1 && name.size() > parts[1].size() && name.ends_with(parts[1])) name.remove_suffix(parts[1].size());
  return call.in.make_string(name);
}

Value path_dirname(Call& call, const NodeModule&, const std::vector<std::string_view>& parts) {
  return call.in.make_string(trim_slashes(workspace::dirname(trim_slashes(parts[0]))));
}

Value path_extname(Call& call, const NodeModule&, const std::vector<std::string_view>& parts) {
  return call.in.make_string(workspace::extension(workspace::basename(trim_slashes(parts[0]))));
}

Value path_normalize(Call& call, const NodeModule&, const std::vector<std::string_view>& parts) {
  return call.in.make_string(parts[0].empty() ? "." : normalized(std::string(parts[0])));
}

Value path_is_absolute(Call&, const NodeModule&, const std::vector<std::string_view>& parts) {
  return Value::boolean(workspace::is_absolute(parts[0]));
}

struct PathFunction {
  std::string_view name;
  Value (*function)(Call& call, const NodeModule& module, const std::vector<std::string_view>& parts);
  std::size_t required;  ///< arguments
};
constexpr std::array<PathFunction, 8> kPathFunctions{{{"join", path_join, 0},
                                                      {"resolve", path_resolve, 0},
                                                      {"relative", path_relative, 2},
                                                      {"basename", path_basename, 1},
                                                      {"dirname", path_dirname, 1},
                                                      {"extname", path_extname, 1},
                                                      {"normalize", path_normalize, 1},
                                                      {"isAbsolute", path_is_absolute, 1}}};

/// What the native of a function of `path` knows.
struct PathCall {
  const PathFunction* function;
  const NodeModule* module;
};

Value call_path(Call& call) {
  const auto& data = *static_cast<const PathCall*>(call.in.current_native().data);
  Value why;
  const auto parts = texts(call, why);
  if (!parts) return why;
  if (parts->size() < data.function->required) call.in.throw_error("the path must be a string", call.site);
  return data.function->function(call, *data.module, *parts);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
    if (low < 0) {
      result += text[i];
      continue;
    }
    result += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return result;
}

Value file_url_to_path(Call& call) {
  Value url = call.argument(0);
  if (url.is(Tag::kObject) || url.is(Tag::kHost)) url = call.in.get(url, "href", call.site);
  if (url.is(Tag::kUnknown)) return url;
  constexpr std::string_view kScheme = "file://";
  if (!url.is(Tag::kString) || !url.text().starts_with(kScheme)) call.in.throw_error("The URL must be of scheme file", call.site);
  return call.in.make_string(percent_decoded(url.text().substr(kScheme.size())));
}

Value path_to_file_url(Call& call) {
  const auto& module = *static_cast<const NodeModule*>(call.in.current_native().data);
  Value why;
  const auto parts = texts(call, why);
  if (!parts) return why;
  if (parts->empty()) call.in.throw_error("the path must be a string", call.site);
  const auto path = resolve(module.working_folder, {parts->front()});
  if (!path) return unknown_folder(call);
  Object* url = call.in.make_object();
  url->class_name = "URL";
  url->set({"href", call.in.make_string("file://" + *path), call.site, call.site, false});
  url->set({"pathname", call.in.make_string(*path), call.site, call.site, false});
  return Value::object(url);
}

}  // namespace

Value NodeModule::get(Interpreter& in, std::string_view key, Span at) {
  if (name == "process") {
    const Value process = node_global(in, "process", at);
    return key == "default" ? process : in.get(process, key, at);
  }
  if (key == "default") return Value::host(this);
  if (name == "path") {
    if (key == "sep") return Value::string("/");
    if (key == "delimiter") return Value::string(":");
    if (key == "posix") return Value::host(this);
    for (const PathFunction& function : kPathFunctions) {
      if (function.name != key) continue;
      auto* data = in.make<PathCall>();
      *data = {&function, this};
      return in.make_native(function.name, call_path, data);
    }
  }
  if (name == "url") {
    if (key == "fileURLToPath") return in.make_native("fileURLToPath", file_url_to_path);
    if (key == "pathToFileURL") return in.make_native("pathToFileURL", path_to_file_url, this);
    if (key == "URL") return node_global(in, "URL", at);
  }
  return in.unknown_copy("'" + std::string(key) + "' of '" + std::string(name) + "' is only known at run time", at);
}

Host* find_node_builtin(Interpreter& in, std::string_view specifier, const std::string& working_folder) {
  const bool with_scheme = specifier.starts_with("node:");
  if (with_scheme) specifier.remove_prefix(5);
  const std::string_view top = specifier.substr(0, specifier.find('/'));
  if (!with_scheme && std::ranges::find(kModules, top) == kModules.end()) return nullptr;
  // `path/posix` is path; the other subpaths (`fs/promises`) are run-time only, like what they belong to.
  return in.make<NodeModule>(text::copy(in.memory(), specifier == "path/posix" ? top : specifier), text::copy(in.memory(), working_folder));
}

}  // namespace drizzle_audit::program
