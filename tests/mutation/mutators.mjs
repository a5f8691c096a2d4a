// The defects that run.mjs plants, one at a time. A mutator yields mutants: what is edited, and which rules must then speak of which table.
// A mutant is only made where the defect is one: dropping an index that nothing needs plants nothing.
import { relationsOf, tablesOf, ts } from './schema_ast.mjs';

const KEYS = /^(slug|sku|code|email|subdomain|orderNumber|invoiceNumber)$/;
const MONEY = /^(price|total|amount|unitPrice|budget)$/;

/** Everything a mutator needs of a project: `files` maps a path to its text. */
export function read(name, files) {
  const project = { name, files, tables: [], relations: [], dialect: 'postgresql', v1: name.endsWith('-v1') };
  for (const [path, text] of files) {
    if (!path.endsWith('.ts')) continue;
    if (text.includes('mysql-core')) project.dialect = 'mysql';
    if (text.includes('sqlite-core')) project.dialect = 'sqlite';
    project.tables.push(...tablesOf(path, text));
    project.relations.push(...relationsOf(path, text));
  }
  project.byExport = new Map(project.tables.map((table) => [table.exportName, table]));
  return project;
}

const edit = (thing, start, end, text) => ({ path: thing.path, start, end, text });
const at = (table, ...columns) => ({ table: table.name, columns: columns.filter(Boolean) });
const nameOf = (column) => column.name ?? column.key;
const insertMethod = (table, column, text) => edit(table, column.property.getEnd(), column.property.getEnd(), text);
const dropMethod = (table, method) => edit(table, method.start, method.end, '');

/** Adds an entry to the third argument, which is made when there is none. */
function addExtra(table, text) {
  if (table.list) return edit(table, table.list.getStart() + 1, table.list.getStart() + 1, `${text}, `);
  const end = table.columnsNode.getEnd();
  return edit(table, end, end, `, (t) => [${text}]`);
}

/** Removes an element of a list with its comma. */
function dropElement(table, node, list) {
  const index = list.indexOf(node);
  const next = list[index + 1];
  if (next) return edit(table, node.getStart(), next.getStart(), '');
  return edit(table, index > 0 ? list[index - 1].getEnd() : node.getFullStart(), node.getEnd(), '');
}

/** Imports another builder from the file's own core module. */
function addImport(project, table, builder) {
  const text = project.files.get(table.path);
  const found = /import \{([^}]*)\} from "drizzle-orm\/\w+-core"/.exec(text);
  const core = { postgresql: 'pg', mysql: 'mysql', sqlite: 'sqlite' }[project.dialect];
  if (!found) return new RegExp(`\\b${builder}\\b`).test(text) ? [] : [edit(table, 0, 0, `import { ${builder} } from "drizzle-orm/${core}-core";\n`)];
  if (new RegExp(`\\b${builder}\\b`).test(found[1])) return [];
  const start = found.index + 'import {'.length;
  return [edit(table, start, start, ` ${builder},`)];
}

const primaryKeys = (table) => {
  const extra = table.extras.find((e) => e.builder === 'primaryKey');
  return extra ? extra.columns : table.columns.filter((c) => c.method('primaryKey')).map((c) => c.key);
};
/** What binds or indexes a table's columns, by keys, without `except`. */
const coverings = (table, except) => [
  primaryKeys(table),
  ...table.columns.filter((c) => c.method('unique')).map((c) => [c.key]),
  ...table.extras.filter((e) => e !== except && e.on && !e.methods.some((m) => m.name === 'where')).map((e) => e.columns),
];
const imports = (text, table) => new RegExp(`import [^;]*\\b${table.exportName}\\b[^;]* from`).test(text);
const isReference = (table, key) =>
  Boolean(table.columns.find((c) => c.key === key)?.references) ||
  table.extras.some((e) => e.builder === 'foreignKey' && e.columns[0] === key);

/** drizzle-orm 1.0 throws while it loads where a side cannot be inferred any more. */
const incomplete = (block) => ['incomplete-relations', 'broken-relation', ...(block.v2 ? ['schema-throws'] : [])];
const broken = (block) => ['broken-relation', ...(block.v2 ? ['schema-throws'] : [])];

/** Whether the relation is the one place that joins by a foreign key of its own table. */
function holdsKey(project, block, entry) {
  const joined = entry.config?.properties.find((p) => p.name.text === (block.v2 ? 'from' : 'fields'))?.initializer.getText();
  const key = /\.(\w+)\]?$/.exec(joined ?? '')?.[1];
  if (entry.kind !== 'one' || !isReference(project.byExport.get(block.table), key)) return false;
  const text = `r.${block.table}.${key}`;
  return !block.v2 || !project.relations.some((other) => other.entries.some((e) => e !== entry && e.config?.getText().includes(text)));
}

/** A builder of the dialect whose type fits no key of these schemas. */
const otherType = (project, column) =>
  column.builder === 'uuid' || (project.dialect === 'sqlite' && column.builder === 'text') ? 'integer'
    : column.builder === 'bigint' ? (project.dialect === 'mysql' ? 'int' : 'text') : undefined;

function* columnsWithReference(project) {
  for (const table of project.tables) for (const column of table.columns) if (column.references) yield [table, column];
}
function* allExtras(project) {
  for (const table of project.tables) for (const extra of table.extras) yield [table, extra];
}
function* allColumns(project) {
  for (const table of project.tables) for (const column of table.columns) yield [table, column];
}

export const mutators = {
  *'drop .references()'(project) {
    for (const [table, column] of columnsWithReference(project)) {
      yield { rules: ['missing-foreign-key'], about: at(table, nameOf(column)), edits: [dropMethod(table, column.method('references'))] };
    }
  },

  *'drop foreignKey()'(project) {
    for (const [table, extra] of allExtras(project)) {
      if (extra.builder !== 'foreignKey') continue;
      const key = table.columns.find((c) => c.key === extra.columns[0]);
      const edits = [dropElement(table, extra.node, [...table.list.elements])];
      yield { rules: ['missing-foreign-key'], about: at(table, nameOf(key)), edits };
    }
  },

  *'drop the index of a reference'(project) {
    if (project.dialect === 'mysql') return; // makes one for every foreign key
    for (const [table, extra] of allExtras(project)) {
      const [first] = extra.columns;
      if (extra.builder === 'primaryKey' || !extra.on || !isReference(table, first)) continue;
      if (coverings(table, extra).some((columns) => columns[0] === first)) continue;
      // The pair of an association leads to both: (order_id, product_id).
      if (coverings(table, extra).some((columns) => columns[1] === first && isReference(table, columns[0]))) continue;
      const column = table.columns.find((c) => c.key === first);
      const edits = [dropElement(table, extra.node, [...table.list.elements])];
      yield { rules: ['missing-index'], about: at(table, nameOf(column)), edits };
    }
  },

  *'reorder an index so that the reference is last'(project) {
    if (project.dialect === 'mysql') return;
    for (const [table, extra] of allExtras(project)) {
      const [first] = extra.columns;
      if (!extra.on || extra.columns.length < 2 || !isReference(table, first)) continue;
      if (extra.methods.some((m) => m.name === 'where')) continue;
      if (coverings(table, extra).some((columns) => columns[0] === first)) continue;
      const args = [...extra.on.args];
      const reversed = args.map((a) => a.getText()).reverse().join(', ');
      const column = table.columns.find((c) => c.key === first);
      yield { rules: ['missing-index'], about: at(table, nameOf(column)), edits: [edit(table, args[0].getStart(), args.at(-1).getEnd(), reversed)] };
    }
  },

  *'drop a unique key'(project) {
    for (const [table, extra] of allExtras(project)) {
      const key = extra.columns.find((c) => KEYS.test(c));
      if (!/^unique/.test(extra.builder) || !key) continue;
      const column = table.columns.find((c) => c.key === key);
      const edits = [dropElement(table, extra.node, [...table.list.elements])];
      yield { rules: ['slug-not-unique'], about: at(table, nameOf(column)), edits };
    }
    for (const [table, column] of allColumns(project)) {
      if (!column.method('unique') || !KEYS.test(column.key)) continue;
      yield { rules: ['slug-not-unique'], about: at(table, nameOf(column)), edits: [dropMethod(table, column.method('unique'))] };
    }
  },

  *'a unique index becomes a plain one'(project) {
    for (const [table, extra] of allExtras(project)) {
      const key = extra.columns.find((c) => KEYS.test(c));
      if (!/^unique/.test(extra.builder) || !key || !extra.head.arguments.length) continue;
      const column = table.columns.find((c) => c.key === key);
      const callee = extra.head.expression;
      const edits = [edit(table, callee.getStart(), callee.getEnd(), 'index'), ...addImport(project, table, 'index')];
      yield { rules: ['slug-not-unique'], about: at(table, nameOf(column)), edits };
    }
  },

  *'wrap an extra in an object'(project) {
    for (const [table, extra] of allExtras(project)) {
      const text = extra.node.getText();
      yield { rules: ['ineffective-table-extra'], about: at(table), edits: [edit(table, extra.node.getStart(), extra.node.getEnd(), `{ key: ${text} }`)] };
    }
  },

  *'nest extras twice'(project) {
    for (const table of project.tables) {
      if (!table.list) continue;
      const [first] = table.extras;
      const edits = [edit(table, first.node.getStart(), first.node.getEnd(), `[[${first.node.getText()}]]`)];
      yield { rules: ['ineffective-table-extra'], about: at(table), edits };
    }
  },

  *'drop .on()'(project) {
    for (const [table, extra] of allExtras(project)) {
      if (!extra.on || extra.methods.length !== 1) continue;
      yield { rules: ['ineffective-table-extra'], about: at(table), edits: [dropMethod(table, extra.on)] };
    }
  },

  *'a unique as raw SQL'(project) {
    for (const [table, extra] of allExtras(project)) {
      if (!/^unique/.test(extra.builder)) continue;
      const names = extra.columns.map((key) => nameOf(table.columns.find((c) => c.key === key))).join(', ');
      const edits = [edit(table, extra.node.getStart(), extra.node.getEnd(), `sql\`UNIQUE (${names})\``)];
      const text = project.files.get(table.path);
      if (!/import \{[^}]*\bsql\b[^}]*\} from "drizzle-orm"/.test(text)) edits.push(edit(table, 0, 0, 'import { sql } from "drizzle-orm";\n'));
      yield { rules: ['ineffective-table-extra'], about: at(table), edits };
    }
  },

  *'extras return nothing'(project) {
    for (const table of project.tables) {
      if (!table.list) continue;
      const start = table.list.getStart();
      const edits = [edit(table, start, start, '{ '), edit(table, table.list.getEnd(), table.list.getEnd(), '; }')];
      yield { rules: ['ineffective-table-extra'], about: at(table), edits };
    }
  },

  *'two columns of one name'(project) {
    for (const table of project.tables) {
      const named = table.columns.filter((c) => c.name && !c.references && !c.method('primaryKey'));
      for (const column of named.slice(1)) {
        const argument = column.head.arguments[0];
        const edits = [edit(table, argument.getStart(), argument.getEnd(), JSON.stringify(named[0].name))];
        yield { rules: ['duplicate-name'], about: at(table), edits };
      }
    }
  },

  *'two tables of one name'(project) {
    for (let i = 1; i < project.tables.length; ++i) {
      const [table, other] = [project.tables[i], project.tables[i - 1]];
      const edits = [edit(table, table.nameNode.getStart(), table.nameNode.getEnd(), JSON.stringify(other.name))];
      yield { rules: ['duplicate-name'], about: at(other), edits };
    }
  },

  *'another type for a reference'(project) {
    for (const [table, column] of columnsWithReference(project)) {
      const type = otherType(project, column);
      if (!type) continue;
      const callee = column.head.expression;
      const edits = [edit(table, callee.getStart(), callee.getEnd(), type), ...addImport(project, table, type)];
      const options = column.head.arguments.find(ts.isObjectLiteralExpression);
      if (options) edits.push(edit(table, options.getStart(), options.getEnd(), '{}'));
      yield { rules: ['foreign-key-type-mismatch'], about: at(table, nameOf(column)), edits };
    }
  },

  *'a reference to a column that is no key'(project) {
    for (const [table, column] of columnsWithReference(project)) {
      const target = project.byExport.get(column.references.table);
      const other = target?.columns.find((c) => c.builder === column.builder && c.references && !c.method('primaryKey') && !c.method('unique') && c !== column);
      if (!other || primaryKeys(target).includes(other.key)) continue;
      const body = column.method('references').args[0].body;
      const edits = [edit(table, body.name.getStart(), body.name.getEnd(), other.key)];
      yield { rules: ['foreign-key-target-not-unique'], about: at(table, nameOf(column)), edits };
    }
  },

  *'a column reference and a foreignKey() besides'(project) {
    for (const [table, column] of columnsWithReference(project)) {
      if (table.parameter && table.parameter !== 't') continue;
      const { table: target, key } = column.references;
      if (target === table.exportName) continue;
      const text = `foreignKey({ columns: [t.${column.key}], foreignColumns: [${target}.${key}] })`;
      const edits = [addExtra(table, text), ...addImport(project, table, 'foreignKey')];
      yield { rules: ['duplicate-foreign-key'], about: at(table, nameOf(column)), edits };
    }
  },

  *'set null on a column that must be set'(project) {
    for (const [table, column] of columnsWithReference(project)) {
      if (!column.notNull) continue;
      const method = column.method('references');
      const [target, options] = method.args;
      const text = '{ onDelete: "set null" }';
      const edits = [options ? edit(table, options.getStart(), options.getEnd(), text) : edit(table, target.getEnd(), target.getEnd(), `, ${text}`)];
      yield { rules: ['set-null-on-not-null'], about: at(table, nameOf(column)), edits };
    }
  },

  *'hide an enum, a table or a schema'(project) {
    for (const [path, text] of project.files) {
      if (!path.endsWith('schema.ts')) continue;
      for (const match of text.matchAll(/export (const (\w+) = \w+(?:\.enum|Enum|Schema)\(")([^"]+)/g)) {
        yield { rules: ['unexported-schema-object'], about: { name: match[3] }, edits: [{ path, start: match.index, end: match.index + 7, text: '' }] };
      }
    }
    for (const table of project.tables) {
      const used = project.tables.some((other) => other !== table && other.columns.some((c) => c.references?.table === table.exportName));
      if (!used || project.relations.length === 0) continue;
      const start = table.statement.getStart();
      const imported = [...project.files].filter(([path]) => path.endsWith('relations.ts')).length > 0;
      // relations.ts imports it: it stays reachable under another name only when that import is cut, too.
      if (imported) continue;
      // Where another file imports it, the reference throws before anything else is said of the table.
      const throws = [...project.files].some(([path, text]) => path !== table.path && imports(text, table));
      const rules = throws ? ['schema-throws'] : ['unexported-schema-object'];
      yield { rules, about: throws ? undefined : at(table), edits: [edit(table, start, start + 7, '')] };
    }
  },

  *'drop a primary key'(project) {
    for (const [table, column] of allColumns(project)) {
      const key = column.method('primaryKey');
      if (!key) continue;
      const referenced = project.tables.some((t) => t.columns.some((c) => c.references?.table === table.exportName));
      const edits = [dropMethod(table, key)];
      const rules = referenced ? ['missing-primary-key', 'foreign-key-target-not-unique'] : ['missing-primary-key', 'link-table-without-key'];
      yield { rules, about: referenced ? undefined : at(table), edits };
    }
  },

  *'drop the key of a link table'(project) {
    for (const [table, extra] of allExtras(project)) {
      if (extra.builder !== 'primaryKey') continue;
      const edits = [dropElement(table, extra.node, [...table.list.elements])];
      yield { rules: ['link-table-without-key', 'missing-primary-key'], about: at(table), edits };
    }
  },

  *'a second primary key'(project) {
    for (const [table, column] of allColumns(project)) {
      if (primaryKeys(table).length !== 1 || primaryKeys(table)[0] === column.key || !column.references) continue;
      yield { rules: ['multiple-primary-keys'], about: at(table), edits: [insertMethod(table, column, '.primaryKey()')] };
    }
  },

  *'a default frozen at generate time'(project) {
    for (const [table, column] of allColumns(project)) {
      const method = column.method('defaultNow');
      if (!method) continue;
      yield { rules: ['frozen-default'], about: at(table, nameOf(column)), edits: [edit(table, method.start, method.end, '.default(new Date())')] };
    }
  },

  *'a random default frozen at generate time'(project) {
    for (const [table, column] of allColumns(project)) {
      const method = column.method('defaultRandom');
      if (!method) continue;
      const edits = [edit(table, method.start, method.end, '.default(crypto.randomUUID())')];
      yield { rules: ['frozen-default'], about: at(table, nameOf(column)), edits };
    }
  },

  *'money as a float'(project) {
    const builder = { postgresql: 'doublePrecision', mysql: 'double', sqlite: 'real' }[project.dialect];
    for (const [table, column] of allColumns(project)) {
      if (!MONEY.test(column.key) || !/numeric|decimal/.test(column.builder)) continue;
      if (table.columns.some((c) => c.key === 'kind')) continue; // its amount may be a percentage
      const argument = column.name ? JSON.stringify(column.name) : '';
      const edits = [edit(table, column.head.getStart(), column.head.getEnd(), `${builder}(${argument})`), ...addImport(project, table, builder)];
      yield { rules: ['float-for-money'], about: at(table, nameOf(column)), edits };
    }
  },

  *'one timestamp without its zone'(project) {
    for (const [table, column] of allColumns(project)) {
      if (project.dialect !== 'postgresql' || column.builder !== 'timestamp') continue;
      const options = column.head.arguments.find(ts.isObjectLiteralExpression);
      if (!options) continue; // has no zone to lose
      yield { rules: ['mixed-timestamp-zones'], edits: [edit(table, options.getStart(), options.getEnd(), '{}')] };
    }
  },

  *'a copy of an index'(project) {
    for (const [table, extra] of allExtras(project)) {
      if (extra.builder !== 'index' || !extra.on || extra.methods.length !== 1 || table.parameter !== 't') continue;
      const text = `index("${table.name}_again_idx").on(${extra.on.args.map((a) => a.getText()).join(', ')})`;
      yield { rules: ['redundant-index'], about: at(table), edits: [addExtra(table, text)] };
    }
  },

  *'an index that a unique key holds already'(project) {
    for (const [table, extra] of allExtras(project)) {
      if (!/^unique/.test(extra.builder) || table.parameter !== 't') continue;
      const text = `index("${table.name}_again_idx").on(t.${extra.columns[0]})`;
      yield { rules: ['redundant-index'], about: at(table), edits: [addExtra(table, text), ...addImport(project, table, 'index')] };
    }
  },

  *'two indexes of one name'(project) {
    for (const table of project.tables) {
      const named = table.extras.filter((e) => e.builder === 'index' && e.head.arguments.length);
      for (const extra of named.slice(1)) {
        const argument = extra.head.arguments[0];
        const edits = [edit(table, argument.getStart(), argument.getEnd(), named[0].head.arguments[0].getText())];
        yield { rules: ['duplicate-name'], about: at(table), edits };
      }
    }
  },

  *'a name too long for the database'(project) {
    if (project.dialect === 'sqlite') return;
    for (const [table, extra] of allExtras(project)) {
      if (!extra.on || !extra.head.arguments.length || !ts.isStringLiteral(extra.head.arguments[0])) continue;
      const argument = extra.head.arguments[0];
      const edits = [edit(table, argument.getStart(), argument.getEnd(), JSON.stringify(`${argument.text}_${'x'.repeat(70)}`))];
      yield { rules: ['identifier-too-long'], about: at(table), edits };
    }
  },

  *'a bound value in an index condition'(project) {
    for (const [table, extra] of allExtras(project)) {
      if (project.dialect === 'mysql' || extra.builder !== 'index' || !extra.on || extra.methods.length !== 1 || project.v1) continue;
      const column = table.columns.find((c) => c.key === extra.columns[0]);
      if (!column || /date|time|At$/i.test(`${column.builder} ${column.key}`)) continue; // drizzle-orm throws where it expects a Date
      const end = extra.node.getEnd();
      const edits = [edit(table, end, end, `.where(eq(${table.parameter ?? 't'}.${column.key}, "x"))`)];
      edits.push(edit(table, 0, 0, 'import { eq } from "drizzle-orm";\n'));
      yield { rules: ['bound-parameter-in-ddl'], about: at(table), edits };
    }
  },

  *'a serial foreign key'(project) {
    if (project.dialect === 'sqlite') return;
    for (const [table, column] of columnsWithReference(project)) {
      if (column.builder !== 'bigint' || column.method('primaryKey')) continue;
      const builder = project.dialect === 'mysql' ? 'serial' : 'bigserial';
      const argument = column.name ? `${JSON.stringify(column.name)}` : '';
      const options = project.dialect === 'mysql' ? '' : `${argument ? ', ' : ''}{ mode: "bigint" }`;
      const edits = [edit(table, column.head.getStart(), column.head.getEnd(), `${builder}(${argument}${options})`), ...addImport(project, table, builder)];
      yield { rules: ['serial-foreign-key'], about: at(table, nameOf(column)), edits };
    }
  },

  *'a text key without length'(project) {
    if (project.dialect !== 'mysql') return;
    for (const [table, column] of allColumns(project)) {
      if (column.builder !== 'varchar' || !coverings(table).some((columns) => columns.includes(column.key))) continue;
      const edits = [edit(table, column.head.getStart(), column.head.getEnd(), `text(${JSON.stringify(column.name)})`), ...addImport(project, table, 'text')];
      yield { rules: ['text-key-without-length'], about: at(table, nameOf(column)), edits };
    }
  },

  *'a nullable column in a unique key'(project) {
    for (const [table, extra] of allExtras(project)) {
      if (!/^unique/.test(extra.builder)) continue;
      // An identifier that may be missing is no defect, nor is one of two references, nor anything beside the table's own key.
      const own = primaryKeys(table);
      if (own.length > 0 && own.every((key) => extra.columns.includes(key))) continue;
      if (!extra.columns.some((key) => !isReference(table, key))) continue;
      for (const key of extra.columns.filter((name) => isReference(table, name))) {
        const column = table.columns.find((c) => c.key === key);
        const method = column.method('notNull');
        if (method) yield { rules: ['nullable-column-in-unique'], about: at(table), edits: [dropMethod(table, method)] };
      }
    }
  },

  *'a one-to-one whose key is not unique'(project) {
    for (const [table, column] of columnsWithReference(project)) {
      const method = column.method('unique');
      if (method) yield { rules: ['one-to-one-not-unique'], edits: [dropMethod(table, method)] };
    }
  },

  *'JSON that repeats a table'(project) {
    const builder = { postgresql: 'jsonb("@")', mysql: 'json("@")', sqlite: 'text("@", { mode: "json" })' }[project.dialect];
    for (const [table, column] of columnsWithReference(project)) {
      const target = project.byExport.get(column.references.table);
      if (!target || target === table || table.columns.length < 4) continue;
      const end = target.columnsNode.getEnd() - 1;
      const text = `${/,\s*$/.test(project.files.get(table.path).slice(0, end)) ? '' : ','} ${table.exportName}Copy: ${builder.replace('@', table.name)}, `;
      const edits = [edit(target, end, end, text), ...addImport(project, target, builder.slice(0, builder.indexOf('(')))];
      yield { rules: ['redundant-json-column'], about: at(target, table.name), edits };
    }
  },

  *'drop the relations of a table'(project) {
    for (const block of project.relations) {
      if (!block.entries.some((entry) => holdsKey(project, block, entry))) continue; // what is left still covers every foreign key
      const list = block.v2 ? [...block.node.parent.properties] : undefined;
      const edits = [block.v2 ? dropElement(block, block.node, list) : edit(block, block.node.getStart(), block.node.getEnd(), '')];
      yield { rules: incomplete(block), edits };
    }
  },

  *'drop the one side of a relation'(project) {
    for (const block of project.relations) {
      for (const entry of block.entries) {
        if (!holdsKey(project, block, entry)) continue;
        const edits = [dropElement(block, entry.property, [...entry.property.parent.properties])];
        yield { rules: incomplete(block), edits };
      }
    }
  },

  *'a relation over the wrong column'(project) {
    for (const block of project.relations) {
      for (const entry of block.entries) {
        const name = block.v2 ? 'from' : 'fields';
        const field = entry.kind === 'one' ? entry.config?.properties.find((p) => p.name.text === name) : undefined;
        if (!field) continue;
        const table = project.byExport.get(block.table);
        const other = table.columns.find((c) => !c.references && !c.method('primaryKey') && ['text', 'varchar'].includes(c.builder) && c.name !== 'id');
        const wasText = table.columns.some((c) => c.builder === 'text' && c.references);
        if (!other || wasText) continue;
        const text = block.v2 ? `r.${block.table}.${other.key}` : `[${block.table}.${other.key}]`;
        yield { rules: broken(block), edits: [edit(block, field.initializer.getStart(), field.initializer.getEnd(), text)] };
      }
    }
  },

  *'a relation to the wrong table'(project) {
    for (const block of project.relations) {
      for (const entry of block.entries) {
        const name = block.v2 ? 'to' : 'references';
        const field = entry.kind === 'one' ? entry.config?.properties.find((p) => p.name.text === name) : undefined;
        if (!field) continue;
        const text = field.initializer.getText();
        const target = /(\w+)\.\w+\]?$/.exec(text)[1];
        const known = project.files.get(block.path);
        const other = project.tables.find((t) => t.exportName !== target && (block.v2 || t.path === block.path || imports(known, t)) && t.columns.some((c) => c.key === 'id'));
        if (!other) continue;
        const changed = block.v2 ? `r.${other.exportName}.id` : `[${other.exportName}.id]`;
        yield { rules: broken(block), edits: [edit(block, field.initializer.getStart(), field.initializer.getEnd(), changed)] };
      }
    }
  },

  *'two relations without a name'(project) {
    for (const block of project.relations) {
      for (const entry of block.entries) {
        const property = entry.config?.properties.find((p) => p.name.text === 'relationName');
        if (!property) continue;
        yield { rules: broken(block), edits: [dropElement(block, property, [...property.parent.properties])] };
      }
    }
  },
};
