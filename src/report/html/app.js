// Puts the page together: the header's filters, the list, the diagram, and what happens between them.

const at = (id) => document.getElementById(id);
const kNarrow = matchMedia('(max-width: 900px)');

at('project').textContent = data.project;
document.title = `${data.project ? `${data.project} · ` : ''}drizzle-audit`;
if (data.mode === 'schema') at('list').setAttribute('aria-label', 'Tables');

const list = createList(at('list'), { onTable: selectTable, onChange: refresh });
const diagram = createDiagram(at('diagram'), (id) => selectTable(id, { fromDiagram: true }));

function refresh() {
  at('status').textContent = list.render();
  diagram.mark();
  for (const button of at('severities').children) button.setAttribute('aria-pressed', String(button.isOn()));
}

function showView(name) {
  document.body.dataset.view = name;
  for (const button of at('views').children) button.setAttribute('aria-pressed', String(button.dataset.view === name));
  if (name !== 'diagram') return;
  diagram.appear();
  if (state.table === undefined) diagram.fit(false);
  else diagram.centre(state.table, false);
}

function showSchema(schema) {
  state.schema = schema;
  diagram.showSchema();
  if (schemaChoice) schemaChoice.value = String(schema);
}

/** From the list the diagram moves to the table; from the diagram the list shows it. */
function selectTable(id, { fromDiagram = false, show = false } = {}) {
  state.table = id;
  if (id !== undefined) showSchema(tables[id].model);
  history.replaceState(null, '', id === undefined ? location.pathname + location.search : `#table=${encodeURIComponent(tables[id].fullLabel)}`);
  refresh();
  if (id === undefined) {
    if (!fromDiagram) at('list').focus({ preventScroll: true });
    return;
  }
  if (!fromDiagram) diagram.centre(id);
  if (show) {
    if (kNarrow.matches) showView('diagram');
    diagram.focusTable(id);
  } else if (fromDiagram && kNarrow.matches) {
    showView('findings');
  }
}

function severityToggle(severity) {
  const count = findings.filter((finding) => finding.severity === severity && !finding.hidden).length;
  const button = h('button', {
    type: 'button', class: `toggle sev-${severity}`, disabled: count === 0,
    onclick: () => { state.severities.has(severity) ? state.severities.delete(severity) : state.severities.add(severity); refresh(); },
  }, h('b', {}, String(count)), ` ${severity}${count === 1 ? '' : 's'}`);
  button.isOn = () => state.severities.has(severity);
  return button;
}

function hiddenToggle() {
  const count = findings.filter(({ hidden }) => hidden).length;
  if (count === 0) return null;
  const button = h('button', { type: 'button', class: 'toggle', title: 'Suppressed by comments, or in the baseline', onclick: () => { state.hidden = !state.hidden; refresh(); } },
    h('b', {}, String(count)), ' not counted');
  button.isOn = () => state.hidden;
  return button;
}

if (data.mode === 'findings') at('severities').append(...[...kSeverities.map(severityToggle), hiddenToggle()].filter(Boolean));
for (const [name, label] of [['findings', data.mode === 'schema' ? 'Tables' : 'Findings'], ['diagram', 'Diagram']]) {
  at('views').append(h('button', { type: 'button', 'data-view': name, onclick: () => showView(name) }, label));
}

// A project with several schemas: one at a time.
const schemaChoice = severalSchemas && h('select', { 'aria-label': 'Schema', onchange: (event) => { state.table = undefined; showSchema(Number(event.target.value)); refresh(); } },
  data.schemas.map(({ config, dialect }, i) => h('option', { value: i, selected: i === state.schema }, `${config || `schema ${i + 1}`} (${dialect})`)));

// Over the diagram: zoom, what is shown, what the lines mean.
const tool = (label, name, onclick) => h('button', { type: 'button', 'aria-label': name, title: name, onclick }, label);
const columnsButton = h('button', { type: 'button', class: 'wide', 'aria-pressed': String(diagram.allColumns), onclick: () => {
  diagram.showAllColumns(!diagram.allColumns);
  columnsButton.setAttribute('aria-pressed', String(diagram.allColumns));
} }, 'All columns');
at('diagram').append(
  h('div', { class: 'tools', role: 'group', 'aria-label': 'Diagram' }, tool('+', 'Zoom in', () => diagram.zoom(1.35)), tool('−', 'Zoom out', () => diagram.zoom(1 / 1.35)),
    tool('⤢', 'Show everything', () => diagram.fit()), columnsButton, schemaChoice),
  h('ul', { class: 'legend' },
    h('li', {}, s('svg', { width: 34, height: 10, 'aria-hidden': 'true' }, s('path', { class: 'edge', d: 'M2,0L12,5L2,10M2,5H32M27,0v10' })), 'foreign key'),
    edges.some(({ proposed }) => proposed) && h('li', {}, s('svg', { width: 34, height: 10, 'aria-hidden': 'true' }, s('path', { class: 'edge proposed sev-error', d: 'M2,5H32' })), 'proposed by a finding'),
    tables.some(({ hidden }) => hidden) && h('li', {}, s('svg', { width: 18, height: 12, 'aria-hidden': 'true' }, s('rect', { class: 'unexported-sign', x: 1, y: 1, width: 16, height: 10, rx: 2 })), 'not exported')));

if (tables.length === 0) at('diagram').append(h('p', { class: 'nothing' }, 'No table was read.'));

const input = at('search').querySelector('input');
let typing = 0;
input.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    state.query = input.value;
    if (state.query && state.table !== undefined) state.table = undefined;
    refresh();
  }, 60);
});
input.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    input.value = '';
    state.query = '';
    refresh();
  } else if (event.key === 'Enter') {
    state.query = input.value;
    const byName = tables.find((table) => words().length > 0 && words().every((word) => table.label.toLowerCase().includes(word)));
    const first = byName ?? tables.find(matchesTable);
    if (!first) return;
    input.value = '';
    state.query = '';
    selectTable(first.id, { show: true });
  }
});

document.addEventListener('keydown', (event) => {
  if (event.target.closest?.('input') || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '/') input.focus();
  else if (event.key === 'j') list.step(1);
  else if (event.key === 'k') list.step(-1);
  else if (event.key === 'Escape' && state.table !== undefined) selectTable(undefined);
  else return;
  event.preventDefault();
});

/** The table that the address names, or none. */
function tableOfAddress() {
  try {
    const name = decodeURIComponent(/^#table=(.*)$/.exec(location.hash)?.[1] ?? '');
    return tables.find(({ fullLabel }) => fullLabel === name)?.id;
  } catch {
    return undefined; // no percent-encoding
  }
}
state.table = tableOfAddress();
if (state.table !== undefined) showSchema(tables[state.table].model);
showView('findings');
refresh();
requestAnimationFrame(() => {
  if (state.table === undefined) diagram.fit(false);
  else diagram.centre(state.table, false);
  document.documentElement.dataset.ready = 'true';
});
