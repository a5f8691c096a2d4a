// The list: findings in groups, each with its code, reasons and what to do; and what is known of the table that is selected. Groups and
// findings are filled when they are opened, so that thousands of them cost nothing before.

const kPage = 40; // findings of a group shown at first, and added by "show more"
const kOpenAtMost = 60; // findings; above, groups start closed
const kEvidence = 4; // signs shown at once
const kHiddenNames = { suppressed: 'suppressed by a comment', baseline: 'in the baseline' };

const kToken = /(\/\/.*|\/\*.*?(?:\*\/|$))|("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|`(?:[^`\\]|\\.)*`?)|\b(import|from|export|const|let|type|interface|return|default|as|new|true|false|null|undefined|async|await|function)\b|\b(\d[\d_.]*)\b/g;

/** A line with its words coloured and the bytes of the finding marked. */
function codeLine([line, from, to]) {
  const pieces = [];
  let at = 0;
  const plain = (end, kind) => {
    // Cut at the borders of the mark, so that the colours go on inside it.
    for (const border of [from, to, end]) {
      const stop = Math.min(Math.max(border, at), end);
      if (stop === at) continue;
      const inside = at >= from && stop <= to;
      const piece = kind ? h('span', { class: kind }, line.slice(at, stop)) : line.slice(at, stop);
      pieces.push(inside ? h('mark', {}, piece) : piece);
      at = stop;
    }
  };
  for (const match of line.matchAll(kToken)) {
    plain(match.index);
    plain(match.index + match[0].length, match[1] ? 'comment' : match[2] ? 'string' : match[3] ? 'keyword' : 'number');
  }
  plain(line.length);
  return h('span', { class: 'text' }, ...pieces);
}

const codeBlock = ({ line, lines }) =>
  h('pre', { class: 'code', tabindex: 0, 'aria-label': 'Source' }, h('code', {}, lines.map((one, i) =>
    h('span', { class: one[1] < one[2] ? 'line marked' : 'line' }, h('span', { class: 'number', 'aria-hidden': 'true' }, String(line + i)), codeLine(one), '\n'))));

const hunkBlock = ({ path, line, old, new: added }) => {
  const changed = (list, other) => list.filter((one) => !other.includes(one));
  const gone = changed(old, added);
  const fresh = changed(added, old);
  return h('pre', { class: 'code diff', tabindex: 0, 'aria-label': `Fix in ${path}, line ${line}` }, h('code', {},
    gone.map((one) => h('span', { class: 'line del' }, h('span', { class: 'number' }, '−'), h('span', { class: 'text' }, one), '\n')),
    fresh.map((one) => h('span', { class: 'line add' }, h('span', { class: 'number' }, '+'), h('span', { class: 'text' }, one), '\n'))));
};

const badge = (severity, label = severity) => h('span', { class: `badge sev-${severity}` }, label);
const placeText = (place) => (place ? `${place[0]}:${place[1]}:${place[2]}` : '');

function createList(container, { onTable, onChange }) {
  const tableButton = (id, label = data.mode === 'schema' ? tables[id].fullLabel : tables[id].label) =>
    h('button', { class: 'link', type: 'button', 'data-goto': id, onclick: () => onTable(id) }, label);

  function evidence(signs) {
    const lines = (some) => h('ul', {}, some.map(([id, place]) => h('li', {}, text(id), place && h('span', { class: 'place' }, placeText(place)))));
    const cut = signs.length > kEvidence + 1 ? kEvidence : signs.length;
    return [lines(signs.slice(0, cut)), cut < signs.length && h('details', { class: 'rest' }, h('summary', {}, `and ${signs.length - cut} more`), lines(signs.slice(cut)))];
  }

  function body(finding) {
    const item = (label, ...content) => h('div', { class: 'item' }, h('dt', {}, label), h('dd', {}, ...content));
    const rule = data.rules[finding.rule];
    return h('div', { class: 'body' },
      finding.code !== undefined && codeBlock(JSON.parse(text(finding.code))),
      h('dl', {},
        finding.evidence?.length > 0 && item('Evidence', ...evidence(finding.evidence)),
        finding.note !== undefined && item('Why', text(finding.note)),
        finding.help !== undefined && item('Do', text(finding.help)),
        finding.change && item('Change', h('code', { class: 'change' }, finding.change)),
        finding.fix && item(finding.fix.applicability === 'safe' ? 'Fix (--fix)' : 'Fix (--unsafe-fixes)', finding.fix.hunks.map(hunkBlock)),
        finding.hidden && item('Not counted', kHiddenNames[finding.hidden] + (finding.reason ? `: ${finding.reason}` : '')),
        item('Rule', rule?.url ? h('a', { href: rule.url, rel: 'noreferrer' }, finding.rule) : h('code', {}, finding.rule), rule && ` ${rule.summary}`),
        item('Confidence', finding.confidence)));
  }

  function card(finding) {
    const details = h('details', { class: `finding sev-${finding.severity}${finding.hidden ? ' uncounted' : ''}`, 'data-finding': finding.index },
      h('summary', {}, badge(finding.severity), h('span', { class: 'message' }, finding.message),
        h('span', { class: 'meta' },
          state.group !== 'rule' && h('span', { class: 'rule' }, finding.rule),
          finding.fix && h('span', { class: 'fixable' }, 'fixable'),
          finding.hidden && h('span', { class: 'uncounted-why' }, kHiddenNames[finding.hidden]),
          h('span', { class: 'place' }, placeText(finding.at)))));
    details.addEventListener('toggle', () => {
      if (!details.open || details.querySelector('.body')) return;
      const full = body(finding);
      if (finding.table !== undefined && state.table === undefined) {
        full.append(h('button', { class: 'show', type: 'button', onclick: () => onTable(finding.table) }, `Show ${tables[finding.table].label} in the diagram`));
      }
      details.append(full);
    });
    return details;
  }

  function fillGroup(box, list) {
    let shown = 0;
    const more = h('button', { class: 'show', type: 'button' });
    const add = () => {
      more.before(...list.slice(shown, shown + kPage).map(card));
      shown = Math.min(shown + kPage, list.length);
      more.textContent = `Show ${Math.min(kPage, list.length - shown)} more of ${list.length - shown}`;
      more.hidden = shown === list.length;
    };
    more.addEventListener('click', add);
    box.append(more);
    add();
  }

  const counts = (list) => h('span', { class: 'counts' }, kSeverities.map((severity) => {
    const count = list.filter((finding) => finding.severity === severity && !finding.hidden).length;
    return count > 0 && badge(severity, plural(count, severity));
  }));

  const kGroups = {
    table: { label: 'Table', key: (finding) => tables[finding.table]?.fullLabel ?? '', none: 'Not about one table' },
    rule: { label: 'Rule', key: (finding) => finding.rule, none: '' },
    file: { label: 'File', key: (finding) => finding.at?.[0] ?? '', none: 'The schema as a whole' },
  };

  function groupList(list) {
    const { key, none } = kGroups[state.group];
    const groups = new Map();
    for (const finding of list) {
      const name = key(finding);
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(finding);
    }
    const worst = (members) => Math.min(...members.map((finding) => (finding.hidden ? kSeverities.length : severityRank(finding.severity))));
    const sorted = [...groups].sort(([a, x], [b, y]) => worst(x) - worst(y) || y.length - x.length || (a < b ? -1 : 1));
    return sorted.map(([name, members]) => {
      members.sort((a, b) => severityRank(a.severity) - severityRank(b.severity) || a.index - b.index);
      const details = h('details', { class: 'group' },
        h('summary', {}, h('span', { class: 'title' }, name || none), state.group === 'rule' && h('span', { class: 'about' }, data.rules[name]?.summary ?? ''), counts(members)));
      const open = () => {
        if (details.open && details.childElementCount === 1) fillGroup(details, members);
      };
      details.addEventListener('toggle', open);
      if (list.length <= kOpenAtMost) {
        details.open = true;
        open();
      }
      return details;
    });
  }

  function tableDetails(table) {
    const links = (label, ids) => ids.length > 0 && h('p', { class: 'links' }, `${label} `, ids.map((id, i) => [i > 0 && ', ', tableButton(id)]).flat());
    const columnRow = ([name, type, bits]) => h('tr', { class: table.flagged.has(name) ? `sev-${table.flagged.get(name)}` : '' },
      h('th', { scope: 'row' }, name),
      h('td', {}, type),
      h('td', {}, [bits & kPrimary && 'primary key', bits & kForeign && 'foreign key', bits & kUnique && !(bits & kPrimary) && 'unique', !(bits & kRequired) && 'null'].filter(Boolean).join(', ')));
    return h('section', { class: 'selected-table', 'aria-label': `Table ${table.label}` },
      h('div', { class: 'crumbs' },
        h('button', { class: 'back', type: 'button', onclick: () => onTable(undefined) }, data.mode === 'schema' ? '← All tables' : '← All findings'),
        h('button', { class: 'link', type: 'button', onclick: () => onTable(table.id, { show: true }) }, 'Show in the diagram')),
      h('h2', {}, table.label),
      severalSchemas && h('p', { class: 'about' }, `Schema of ${data.schemas[table.model].config}`),
      h('p', { class: 'place' }, `${table.path}:${table.line}`),
      table.hidden && h('p', { class: 'about' }, 'Not exported by a schema file: drizzle-kit does not see it.'),
      links('References', table.references),
      links('Referenced by', table.referencedBy),
      h('details', { class: 'columns', open: data.mode === 'schema' || table.columns.length <= 12 }, h('summary', {}, plural(table.columns.length, 'column')),
        h('table', {}, h('tbody', {}, table.columns.map(columnRow))),
        table.constraints && h('ul', { class: 'constraints' }, table.constraints.map((line) => h('li', {}, line)))));
  }

  function tableList() {
    const found = tables.filter(matchesTable);
    return h('ul', { class: 'table-list' }, found.map((table) =>
      h('li', {}, tableButton(table.id), h('span', { class: 'place' }, ` ${plural(table.columns.length, 'column')}`))));
  }

  function toolbar(list) {
    const choice = ([name, { label }]) => h('button', {
      type: 'button', 'aria-pressed': String(state.group === name), onclick: () => { state.group = name; onChange(); },
    }, label);
    return h('div', { class: 'toolbar' },
      h('div', { role: 'group', 'aria-label': 'Group by', class: 'segmented' }, Object.entries(kGroups).map(choice)),
      h('span', { class: 'count' }, list.length === findings.length ? plural(list.length, 'finding') : `${list.length} of ${plural(findings.length, 'finding')}`));
  }

  function render() {
    const table = tables[state.table];
    const list = visibleFindings();
    const parts = [];
    if (table) parts.push(tableDetails(table));
    if (data.mode === 'schema') {
      if (!table) parts.push(h('p', { class: 'coverage' }, data.coverage), tableList());
    } else {
      if (!table) parts.push(h('p', { class: 'coverage' }, `Looked at ${data.coverage}.`));
      const about = table ? table.findings : findings;
      if (list.length > 0) parts.push(toolbar(list), ...groupList(list));
      else if (about.some(({ hidden }) => !hidden)) parts.push(h('p', { class: 'empty' }, 'No finding passes the filters.'));
      else parts.push(h('p', { class: 'empty good' }, table ? `Nothing to report about ${table.label}.` : 'Nothing to report.'));
      if (!table && data.unknowns.length > 0) {
        parts.push(h('details', { class: 'group unknowns' }, h('summary', {}, h('span', { class: 'title' }, 'Not read, and therefore not judged'), h('span', { class: 'counts' }, String(data.unknowns.length))),
          h('ul', {}, data.unknowns.map(([reason, place]) => h('li', {}, reason, h('span', { class: 'place' }, ` ${placeText(place)}`))))));
      }
    }
    container.replaceChildren(...parts);
    container.scrollTop = 0;
    return data.mode === 'schema' ? `${plural(tables.filter(matchesTable).length, 'table')} shown` : `${plural(list.length, 'finding')} shown`;
  }

  /** Moves the focus to the next (1) or previous (-1) finding or group. */
  function step(direction) {
    const all = [...container.querySelectorAll('summary')].filter((one) => one.offsetParent !== null);
    const at = all.indexOf(document.activeElement);
    all[Math.min(Math.max(at + direction, 0), all.length - 1)]?.focus();
  }

  return { render, step };
}
