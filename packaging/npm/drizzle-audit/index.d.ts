// The findings as `drizzle-audit check --format json` prints them. Keys may be added; `formatVersion` changes when one goes or changes its
// meaning.

export type Severity = 'error' | 'warning' | 'info';
export type Confidence = 'certain' | 'high' | 'medium';
export type Dialect = 'postgresql' | 'mysql' | 'sqlite' | 'turso' | 'singlestore' | 'mssql' | 'cockroach';
export type Preset = 'recommended' | 'strict' | 'all';

/** Lines and columns start at 1, columns count UTF-16 units, the end is exclusive. `path` is relative to the project's root. */
export interface Location {
  path: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** What a finding is about. */
export interface Subject {
  kind: string;
  schema?: string | null;
  table?: string | null;
  columns?: string[];
  name?: string | null;
  [key: string]: unknown;
}

export interface Finding {
  rule: string;
  severity: Severity;
  confidence: Confidence;
  subject: Subject;
  message: string;
  note: string | null;
  help: string | null;
  evidence: { kind: string; text: string; location: Location | null }[];
  location: Location;
  related: { message: string; location: Location }[];
  /** The schema change that would cure it, by its `kind`; null when none is proposed. */
  change: { kind: string; [key: string]: unknown } | null;
  /** Edits of the source that make the change, in byte offsets; null when there are none. */
  fix: { [key: string]: unknown } | null;
  /** Rule and object, never a line: the same finding has the same one after edits elsewhere. */
  fingerprint: string;
  /** Null when the finding counts. */
  suppressed: { kind: 'inline' | 'baseline'; reason?: string } | null;
  [key: string]: unknown;
}

export interface AuditReport {
  formatVersion: 1;
  tool: { name: 'drizzle-audit'; version: string };
  coverage: {
    schemas: number;
    files: number;
    tables: number;
    columns: number;
    domainTypes: number;
    unknowns: number;
    [key: string]: unknown;
  };
  findings: Finding[];
  summary: {
    errors: number;
    warnings: number;
    infos: number;
    suppressed: number;
    baselined: number;
    fixable: number;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

export interface AuditOptions {
  /** Schema files as globs relative to the root, instead of those that drizzle.config names. */
  schema?: string | string[];
  /** Instead of drizzle.config's. */
  dialect?: Dialect;
  preset?: Preset;
  /** Run only these rules or categories. */
  only?: string | string[];
  /** Leave these rules or categories out. */
  skip?: string | string[];
}

export interface AuditProjectOptions extends AuditOptions {
  /** The config file; false for none. Default: the nearest one. */
  config?: string | false;
  /** The drizzle.config file. Default: all that are found. */
  drizzleConfig?: string;
  /** The baseline file; false: its findings count, too. */
  baseline?: string | false;
  /** Report only on these files and folders; relative to the working folder. The whole schema is analysed all the same. */
  paths?: string | string[];
}

export interface AuditTextOptions extends AuditOptions {
  /** The config itself, as drizzle-audit.json would hold it. */
  config?: Record<string, unknown>;
}

/** Audits the project in the folder `root`, relative to the working folder. Findings never reject the promise. */
export function auditProject(root: string, options?: AuditProjectOptions): Promise<AuditReport>;

/**
 * Audits sources that are in memory. The keys of `files` are paths relative to the project's root, with `/`; a `drizzle.config.ts`, a
 * `tsconfig.json` and a `package.json` may be among them.
 */
export function auditText(files: Record<string, string>, options?: AuditTextOptions): Promise<AuditReport>;

/** The audit could not be made: no table found, a wrong option, an unreadable file. `message` says what and what to do. */
export class DrizzleAuditError extends Error {
  /** The exit status that the command line would have: 2. */
  readonly exitStatus: number;
}
