// The commands. Each writes its own output and returns the exit status.
#pragma once

#include "cli/options.h"
#include "cli/outline.h"

namespace drizzle_audit::cli {

int baseline(const BaselineCommandOptions& options);
int check(const CheckOptions& options);
int relations(const RelationsOptions& options);
int schema(const SchemaOptions& options);
int types(const TypesOptions& options);
int doctor(const DoctorOptions& options);
int config(const ConfigCommandOptions& options);
int init(const InitOptions& options);
int explain(const RuleOptions& options);
int rules(const RuleOptions& options);
int completions(const ProgramOutline& program, const CompletionOptions& options);
int man(const ProgramOutline& program, const OutputOptions& options);
int plan(const PlanCommandOptions& options);
int verify(const VerifyOptions& options);
int version(const OutputOptions& options);

}  // namespace drizzle_audit::cli
