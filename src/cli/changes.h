// Reporting on a change alone: --staged, --changed, --since.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "audit/audit.h"
#include "cli/options.h"
#include "cli/output.h"
#include "git/compare.h"

namespace drizzle_audit::cli {

/// What changed, according to git; none when nobody asked for it.
std::variant<std::optional<git::Comparison>, Error> find_changes(const CheckOptions& options);

/// The project's files as they are reported on: the disk, or the index over it.
std::unique_ptr<workspace::FileSystem> files_now(const std::optional<git::Comparison>& changes);
std::unique_ptr<workspace::FileSystem> files_before(const git::Comparison& changes);

/// Keeps the findings of the change: those whose own lines changed, and those that `before`, the audit of the state before, does not have.
/// What only a comment kept from counting before counts as new.
void keep_changed(audit::AuditResult& result, const git::Comparison& changes, const std::string& root, const audit::AuditResult& before);

}  // namespace drizzle_audit::cli
