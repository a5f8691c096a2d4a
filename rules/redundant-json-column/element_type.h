// What the elements of a list in a json column look like, as far as `.$type<…>()` says it on the spot. Types are text here: only a type
// that is written out can be read, a name means unknown.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace drizzle_audit::rules::redundant_json_column {

enum class Shape : std::uint8_t {
  kUnknown,  ///< no type, `any`, or a type that is declared elsewhere
  kObjects,  ///< `{ id: string }[]`
  kPlain,    ///< `string[]`: ids or words
  kNoList,   ///< one object, a record, text
};

struct ElementType {
  Shape shape = Shape::kUnknown;
  std::vector<std::string> keys;  ///< of the objects
};

ElementType element_type(std::string_view type);

}  // namespace drizzle_audit::rules::redundant_json_column
