// What edits leave behind.
#pragma once

#include <string>

#include "fix/document.h"

namespace drizzle_audit::fix {

/// `text`, which edits made of the document, without named imports that the document used and the text does not any more: with
/// `noUnusedLocals` they would be errors.
[[nodiscard]] std::string without_leftovers(const Document& before, std::string text);

}  // namespace drizzle_audit::fix
