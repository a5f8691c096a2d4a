// See print_type.h.
#include "types/print_type.h"

#include <algorithm>
#include <cstdio>
#include <set>
#include <vector>

namespace drizzle_audit::types {
namespace {

constexpr int kDeepest = 40;
constexpr std::size_t kLongest = 200'000;

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default: out += c;
    }
  }
  return out + "\"";
}

bool is_identifier(std::string_view name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

std::string_view keyword_name(TypeKind kind) {
  switch (kind) {
    case TypeKind::kAny: return "any";
    case TypeKind::kUnknown: return "unknown";
    case TypeKind::kNever: return "never";
    case TypeKind::kVoid: return "void";
    case TypeKind::kUndefined: return "undefined";
    case TypeKind::kNull: return "null";
    case TypeKind::kString: return "string";
    case TypeKind::kNumber: return "number";
    case TypeKind::kBigInt: return "bigint";
    case TypeKind::kBoolean: return "boolean";
    case TypeKind::kSymbol: return "symbol";
    case TypeKind::kAnyObject: return "object";
    default: return "";
  }
}

/// Where a type stands, for parentheses.
enum class Position : std::uint8_t { kFree, kMember /* of a union or intersection */, kElement /* before [] */ };

class Printer {
 public:
  std::string top(const Type& type, bool and_undefined) {
    std::vector<const Type*> members = union_members(type);
    const bool one = members.size() == 1 || type.owner != nullptr;
    if (one && !and_undefined) return text(type, Position::kFree, true);
    if (one) members = {&type};
    std::set<std::string> texts;
    bool null = false;
    bool undefined = and_undefined;
    for (const Type* member : members) {
      if (member->is(TypeKind::kNull)) null = true;
      else if (member->is(TypeKind::kUndefined)) undefined = true;
      else texts.insert(text(*member, Position::kMember, false));
    }
    return joined(texts, null, undefined);
  }

 private:
  static std::string joined(const std::set<std::string>& texts, bool null, bool undefined) {
    std::string out;
    const auto add = [&out](std::string_view text) {
      if (!out.empty()) out += " | ";
      out += text;
    };
    for (const std::string& text : texts) add(text);
    if (null) add("null");
    if (undefined) add("undefined");
    return out;
  }

  std::string text(const Type& type, Position position, bool written_out) {
    if (depth_ >= kDeepest || size_ > kLongest) return "...";
    ++depth_;
    std::string out = inside(type, position, written_out);
    --depth_;
    size_ += out.size();
    return out;
  }

  std::string named(const Type& type) {
    std::string out(type.name);
    if (type.name_arguments.empty()) return out;
    out += "<";
    for (std::size_t i = 0; i < type.name_arguments.size(); ++i) {
      if (i > 0) out += ", ";
      out += text(*type.name_arguments[i], Position::kFree, false);
    }
    return out + ">";
  }

  std::string inside(const Type& type, Position position, bool written_out) {
    const auto enclosed = [&](const std::string& inner, bool needed) { return needed ? "(" + inner + ")" : inner; };
    if (!type.name.empty() && (!written_out || type.is_interface || type.owner != nullptr)) {
      // `keyof X` and `typeof X` are operators.
      const bool operation = type.name.find(' ') != std::string_view::npos;
      return enclosed(named(type), operation && position == Position::kElement);
    }
    switch (type.kind) {
      case TypeKind::kStringLiteral: return quoted(type.text);
      case TypeKind::kNumberLiteral:
      case TypeKind::kBooleanLiteral: return std::string(type.text);
      case TypeKind::kBigIntLiteral: return std::string(type.text) + "n";
      case TypeKind::kEnumMember:
        if (type.owner->members.size() == 1) return std::string(type.owner->name);
        return std::string(type.owner->name) + "." + std::string(type.text);
      case TypeKind::kTemplate: return template_text(type);
      case TypeKind::kArray: {
        const std::string element = text(*type.properties.front().type, Position::kElement, false);
        return enclosed((type.is_readonly ? "readonly " : "") + element + "[]", type.is_readonly && position == Position::kElement);
      }
      case TypeKind::kTuple: return enclosed(tuple(type), type.is_readonly && position == Position::kElement);
      case TypeKind::kObject: return object(type);
      case TypeKind::kFunction: return enclosed(function(type, " => "), position != Position::kFree);
      case TypeKind::kUnion: {
        const std::string inner = union_text(type);
        return enclosed(inner, position != Position::kFree && inner.find('|') != std::string::npos);
      }
      case TypeKind::kIntersection: {
        std::string out;
        for (const Type* member : type.members) out += (out.empty() ? "" : " & ") + text(*member, Position::kMember, false);
        return enclosed(out, position == Position::kElement);
      }
      case TypeKind::kNominal: {
        std::string out(type.text);
        for (std::size_t i = 0; i < type.members.size(); ++i) {
          out += (i == 0 ? "<" : ", ") + text(*type.members[i], Position::kFree, false);
        }
        return type.members.empty() ? out : out + ">";
      }
      case TypeKind::kParameter: return std::string(type.text);
      case TypeKind::kUnreadable: return "?";
      default: return std::string(keyword_name(type.kind));
    }
  }

  std::string union_text(const Type& type) {
    std::set<std::string> texts;
    bool null = false;
    bool undefined = false;
    // Enums of which all members are there are printed by their names.
    std::set<const EnumType*> whole;
    for (const Type* member : type.members) {
      if (member->owner == nullptr || whole.contains(member->owner)) continue;
      const auto of_it = std::ranges::count_if(type.members, [&](const Type* other) { return other->owner == member->owner; });
      if (static_cast<std::size_t>(of_it) == member->owner->members.size()) whole.insert(member->owner);
    }
    for (const Type* member : type.origin.empty() ? type.members : type.origin) {
      if (member->is(TypeKind::kNull)) null = true;
      else if (member->is(TypeKind::kUndefined)) undefined = true;
      else if (member->owner != nullptr && whole.contains(member->owner)) texts.insert(std::string(member->owner->name));
      else texts.insert(text(*member, Position::kMember, false));
    }
    return joined(texts, null, undefined);
  }

  std::string template_text(const Type& type) {
    std::string out = "`";
    for (const Type* part : type.members) {
      if (part->is(TypeKind::kStringLiteral)) out += part->text;
      else out += "${" + text(*part, Position::kFree, false) + "}";
    }
    return out + "`";
  }

  std::string read(const Property& property, Position position) {
    if (!property.optional) return text(*property.type, position, false);
    if (has_member(*property.type, TypeKind::kUndefined) || property.type->is(TypeKind::kAny) || property.type->is(TypeKind::kUnknown))
      return text(*property.type, position, false);
    if (property.type->is(TypeKind::kUnion) && property.type->name.empty()) {
      std::string inner = union_text(*property.type) + " | undefined";
      return position == Position::kFree ? inner : "(" + inner + ")";
    }
    std::string inner = text(*property.type, Position::kMember, false);
    inner += property.type->is(TypeKind::kNever) ? "" : " | undefined";
    if (property.type->is(TypeKind::kNever)) inner = "undefined";
    return position == Position::kFree ? inner : "(" + inner + ")";
  }

  std::string tuple(const Type& type) {
    std::string out = type.is_readonly ? "readonly [" : "[";
    for (std::size_t i = 0; i < type.properties.size(); ++i) {
      const Property& element = type.properties[i];
      if (i > 0) out += ", ";
      if (element.rest) out += "...";
      if (!element.name.empty()) {
        out += std::string(element.name) + (element.optional ? "?: " : ": ") + read(element, Position::kFree);
      } else if (element.rest) {
        out += text(*element.type, Position::kElement, false);
      } else {
        out += element.optional ? read(element, Position::kElement) + "?" : text(*element.type, Position::kFree, false);
      }
      if (element.rest) out += "[]";
    }
    return out + "]";
  }

  std::string function(const Type& type, std::string_view arrow) {
    std::string out = "(";
    for (std::size_t i = 0; i + 1 < type.properties.size(); ++i) {
      const Property& parameter = type.properties[i];
      if (i > 0) out += ", ";
      if (parameter.rest) out += "...";
      out += std::string(parameter.name) + (parameter.optional ? "?: " : ": ") + read(parameter, Position::kFree);
    }
    return out + ")" + std::string(arrow) + text(*type.properties.back().type, Position::kFree, false);
  }

  std::string object(const Type& type) {
    std::string out;
    const auto index = [&](const Property* entry, std::string_view key) {
      if (entry == nullptr) return;
      out += entry->readonly ? "readonly " : "";
      out += "[" + std::string(entry->name.empty() ? "x" : entry->name) + ": " + std::string(key) +
             "]: " + text(*entry->type, Position::kFree, false) + "; ";
    };
    index(type.string_index, "string");
    index(type.number_index, "number");
    for (const Property& property : type.properties) {
      if (property.readonly) out += "readonly ";
      out += is_identifier(property.name) ? std::string(property.name) : quoted(property.name);
      if (property.method && property.type->is(TypeKind::kFunction)) {
        out += (property.optional ? "?" : "") + function(*property.type, ": ") + "; ";
      } else {
        out += (property.optional ? "?: " : ": ") + read(property, Position::kFree) + "; ";
      }
    }
    return out.empty() ? "{}" : "{ " + out + "}";
  }

  int depth_ = 0;
  std::size_t size_ = 0;
};

}  // namespace

std::string print_type(const Type& type) { return Printer().top(type, false); }

std::string print_type(const Property& property) {
  const Type& type = *property.type;
  const bool swallows = type.is(TypeKind::kAny) || type.is(TypeKind::kUnknown) || type.is(TypeKind::kUnreadable);
  if (property.optional && type.is(TypeKind::kNever)) return "undefined";
  return Printer().top(type, property.optional && !swallows);
}

}  // namespace drizzle_audit::types
