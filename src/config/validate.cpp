#include "config/validate.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "text/closest.h"

namespace drizzle_audit::config {
namespace {

using workspace::Json;

class Validator {
 public:
  /// `name` is what the value is called in messages: `"failOn"`, `the config`.
  void check(const Node& node, const Json& schema, const std::string& name) {
    if (schema.contains("anyOf")) return check_any_of(node, schema["anyOf"], name);
    if (!is_of_kind(node, schema))
      return fail(node, name + " must be " + describe(schema) + ", not " + describe(node), suggestion(node, schema));
    switch (node.kind) {
      case NodeKind::kString:
        if (node.text.empty() && schema.contains("minLength")) fail(node, name + " must not be empty", "");
        return;
      case NodeKind::kInteger: return check_range(node, schema, name);
      case NodeKind::kList:
        for (const Node& item : node.items) check(item, schema["items"], "an entry of " + name);
        return;
      case NodeKind::kObject: return check_object(node, schema, name);
      case NodeKind::kNull:
      case NodeKind::kBoolean:
      case NodeKind::kNumber: return;
    }
  }

  std::vector<DocumentError> take() { return std::move(errors_); }

 private:
  void fail(const Node& node, std::string message, std::string help) {
    errors_.push_back({node.span, std::move(message), std::move(help)});
  }

  /// The alternatives are of different kinds, so the kind of the value says which one is meant.
  void check_any_of(const Node& node, const Json& alternatives, const std::string& name) {
    for (const Json& alternative : alternatives) {
      if (is_of_kind(node, alternative)) return check(node, alternative, name);
    }
    std::string expected;
    std::string help;
    for (const Json& alternative : alternatives) {
      expected += (expected.empty() ? "" : ", or ") + describe(alternative);
      if (help.empty()) help = suggestion(node, alternative);
    }
    fail(node, name + " must be " + expected + ", not " + describe(node), help);
  }

  void check_range(const Node& node, const Json& schema, const std::string& name) {
    const auto least = schema.value("minimum", INT64_MIN);
    const auto most = schema.value("maximum", INT64_MAX);
    if (node.integer >= least && node.integer <= most) return;
    fail(node, name + " must be from " + std::to_string(least) + " to " + std::to_string(most), "");
  }

  void check_object(const Node& node, const Json& schema, const std::string& name) {
    static const Json kNone = Json::object();
    const Json& properties = schema.contains("properties") ? schema["properties"] : kNone;
    for (const Member& member : node.members) {
      const auto property = properties.find(member.key);
      if (property != properties.end()) {
        check(member.value, *property, "\"" + member.key + "\"");
        continue;
      }
      if (const Json& others = schema["additionalProperties"]; others.is_object()) {
        check(member.value, others, "\"" + member.key + "\"");
        continue;
      }
      errors_.push_back({member.span, "there is no " + what_keys_are(name) + " \"" + member.key + "\"", key_help(member.key, properties)});
    }
    if (!schema.contains("required")) return;
    for (const Json& key : schema["required"]) {
      const auto& required = key.get_ref<const std::string&>();
      if (node.find(required) == nullptr) fail(node, name + " needs the key \"" + required + "\"", "");
    }
  }

  static std::string what_keys_are(std::string_view name) {
    if (name == "\"rules\"") return "rule";
    if (name == "\"options\"") return "option";
    return "key";
  }

  static std::string key_help(const std::string& key, const Json& properties) {
    std::vector<std::string> known;
    for (const auto& property : properties.items()) known.push_back(property.key());
    const std::string best = text::closest(key, known);
    if (!best.empty()) return "did you mean \"" + best + "\"?";
    if (known.size() > 12) return "drizzle-audit rules lists them";
    std::string list;
    for (const std::string& one : known) list += (list.empty() ? "" : ", ") + one;
    return list.empty() ? "it has none" : "known here: " + list;
  }

  static bool is_of_kind(const Node& node, const Json& schema) {
    if (schema.contains("enum")) {
      const Json& values = schema["enum"];
      return std::any_of(values.begin(), values.end(), [&](const Json& value) {
        return value.is_boolean() ? node.kind == NodeKind::kBoolean && node.boolean == value.get<bool>()
                                  : node.kind == NodeKind::kString && node.text == value.get_ref<const std::string&>();
      });
    }
    const std::string type = schema.value("type", "");
    switch (node.kind) {
      case NodeKind::kBoolean: return type == "boolean";
      case NodeKind::kInteger: return type == "integer";
      case NodeKind::kString: return type == "string";
      case NodeKind::kList: return type == "array";
      case NodeKind::kObject: return type == "object";
      case NodeKind::kNull:
      case NodeKind::kNumber: return false;
    }
    return false;
  }

  static std::string describe(const Json& schema) {
    if (schema.contains("enum")) {
      std::string text;
      const Json& values = schema["enum"];
      for (std::size_t i = 0; i < values.size(); ++i) text += (i == 0 ? "" : i + 1 == values.size() ? " or " : ", ") + values[i].dump();
      return text;
    }
    const std::string type = schema.value("type", "");
    if (type == "boolean") return "true or false";
    if (type == "integer") return "an integer";
    if (type == "string") return "a text";
    if (type == "array") return "a list";
    return "an object";
  }

  static std::string describe(const Node& node) {
    switch (node.kind) {
      case NodeKind::kNull: return "null";
      case NodeKind::kBoolean: return node.boolean ? "true" : "false";
      case NodeKind::kInteger: return std::to_string(node.integer);
      case NodeKind::kNumber: return "a number with a fraction";
      case NodeKind::kString: return "\"" + node.text + "\"";
      case NodeKind::kList: return "a list";
      case NodeKind::kObject: break;
    }
    return "an object";
  }

  /// For a text that is nearly one of those allowed.
  static std::string suggestion(const Node& node, const Json& schema) {
    if (node.kind != NodeKind::kString || !schema.contains("enum")) return {};
    std::vector<std::string> words;
    for (const Json& value : schema["enum"]) {
      if (value.is_string()) words.push_back(value.get<std::string>());
    }
    // What other linters call it.
    const std::string best = node.text == "warn" ? "warning" : text::closest(node.text, words);
    return best.empty() || std::find(words.begin(), words.end(), best) == words.end() ? "" : "did you mean \"" + best + "\"?";
  }

  std::vector<DocumentError> errors_;
};

}  // namespace

std::vector<DocumentError> validate(const Node& node, const Json& schema) {
  Validator validator;
  validator.check(node, schema, "the config");
  return validator.take();
}

}  // namespace drizzle_audit::config
