// What the visible part of a schema needs of an object that drizzle-kit cannot see.
#pragma once

#include <string>
#include <vector>

#include "drizzle_audit/model.h"

namespace drizzle_audit::rules::unexported_schema_object {

struct Use {
  std::string text;  ///< "orders.status is of this type"
  Span span;
};

std::vector<Use> uses_of(const Model& model, const HiddenObject& object);

}  // namespace drizzle_audit::rules::unexported_schema_object
