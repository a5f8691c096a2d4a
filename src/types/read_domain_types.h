// The front door: which types of the project stand for which table of a model, and how they compare. Used by the command line and the
// tests, once a run.
#pragma once

#include <string>
#include <vector>

#include "drizzle_audit/model.h"
#include "drizzle_audit/types.h"
#include "types/setting.h"
#include "types/type_scan.h"
#include "workspace/file_system.h"
#include "workspace/resolver.h"

namespace drizzle_audit::types {

/// One entry for every model, in order. `paths` are the files that `scan`, made for the same models and setting, wants. Adds files to
/// `sources`, which, like the models, outlives the result; `root` is what its paths are relative to.
std::vector<DomainTypes> read_domain_types(const workspace::FileSystem& files, const workspace::Resolver& resolver, const std::string& root,
                                           const std::vector<const Model*>& models, const TypeScan& scan, const DomainTypeSetting& setting,
                                           const std::vector<std::string>& paths, Sources& sources, unsigned threads = 1);

/// Types and tables that the setting names and nobody has, for a hint: "OrderDTO", "orders_old".
std::vector<std::string> unused_names(const DomainTypeSetting& setting, const std::vector<const Model*>& models,
                                      const std::vector<DomainTypes>& found);

}  // namespace drizzle_audit::types
