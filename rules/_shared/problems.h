// Rules that only pass on what reading the project came across (Model::problems).
#pragma once

#include <initializer_list>

#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules {

/// Reports every problem of these kinds; `note` says why such a problem matters.
void report_problems(const RuleContext& context, std::initializer_list<ProblemKind> kinds, std::string_view note);

/// A finding about a file rather than a database object.
Subject file_subject(const Model& model, Span span);

}  // namespace drizzle_audit::rules
