// The report's data, and what the page asks of it. See README.md for the shapes.

const data = JSON.parse(document.getElementById('data').textContent);

const kSeverities = ['error', 'warning', 'info'];
const kPrimary = 1;
const kForeign = 2;
const kUnique = 4;
const kRequired = 8;

const severityRank = (severity) => kSeverities.indexOf(severity);
const worse = (a, b) => (b === undefined || (a !== undefined && severityRank(a) <= severityRank(b)) ? a : b);

const severalSchemas = data.schemas.length > 1;
const labelOf = ({ schema, name }) => (schema ? `${schema}.${name}` : name);

const tables = data.tables.map((table, id) => ({
  ...table,
  id,
  label: labelOf(table),
  fullLabel: severalSchemas ? `${labelOf(table)} (${data.schemas[table.model].config || `schema ${table.model + 1}`})` : labelOf(table),
  findings: [],
  worst: undefined, // of the findings that count
  flagged: new Map(), // column name → worst severity
  references: [], // tables it points at, tables that point at it
  referencedBy: [],
}));

const findings = data.findings.map((finding, index) => ({ ...finding, index }));
for (const finding of findings) {
  const table = tables[finding.table];
  if (!table) continue;
  table.findings.push(finding);
  if (finding.hidden) continue;
  table.worst = worse(table.worst, finding.severity);
  for (const column of finding.columns ?? []) table.flagged.set(column, worse(table.flagged.get(column), finding.severity));
}

/** Foreign keys that are there, then those that findings propose. */
const edges = [
  ...data.keys.map((key) => ({ ...key, proposed: false })),
  ...findings.filter(({ proposes }) => proposes).map((finding) => ({ ...finding.proposes, proposed: true, severity: finding.severity })),
];
for (const { from, to } of edges) {
  if (!tables[from].references.includes(to)) tables[from].references.push(to);
  if (!tables[to].referencedBy.includes(from)) tables[to].referencedBy.push(from);
}

/** The schema with the most tables is shown first. */
function mainSchema() {
  const counts = data.schemas.map((_, i) => tables.filter(({ model }) => model === i).length);
  return Math.max(0, counts.indexOf(Math.max(...counts)));
}

/** What the user looks at. `table` is a table's id or undefined, `schema` the one that the diagram shows. */
const state = { schema: mainSchema(), query: '', severities: new Set(kSeverities), hidden: false, group: 'table', table: undefined };

const text = (id) => (id === undefined ? '' : data.texts[id]);
const words = () => state.query.toLowerCase().split(/\s+/).filter(Boolean);

const tableText = (table) => `${table.label} ${table.columns.map(([name]) => name).join(' ')}`.toLowerCase();
const findingText = (finding) =>
  `${finding.message} ${finding.rule} ${finding.at?.[0] ?? ''} ${tables[finding.table]?.label ?? ''} ${text(finding.help)}`.toLowerCase();

const matchesTable = (table) => words().every((word) => tableText(table).includes(word));
const matchesFinding = (finding) => words().every((word) => findingText(finding).includes(word));

/** Findings that pass the filters; the query and the chosen table count unless `everywhere`. */
function visibleFindings({ everywhere = false } = {}) {
  return findings.filter((finding) =>
    (finding.hidden ? state.hidden : state.severities.has(finding.severity))
    && (everywhere || ((state.table === undefined || finding.table === state.table) && matchesFinding(finding))));
}
