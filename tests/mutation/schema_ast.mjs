// Tables of a schema file as the TypeScript compiler sees them: what mutators.mjs plants its defects into. Deliberately not
// drizzle-audit's own reader, so that both cannot be wrong in the same way.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(fileURLToPath(new URL('../oracle/package.json', import.meta.url)));
export const ts = require('typescript');

/** `uuid("id").notNull().references(…)` → the head call and the methods after it, each with the text range from its dot on. */
export function chainOf(node) {
  const methods = [];
  let call = node;
  while (ts.isCallExpression(call) && ts.isPropertyAccessExpression(call.expression) && rootsInCall(call.expression.expression)) {
    methods.unshift({
      name: call.expression.name.text,
      start: call.expression.expression.getEnd(),
      end: call.getEnd(),
      args: [...call.arguments],
    });
    call = call.expression.expression;
  }
  return { head: call, methods };
}

const rootsInCall = (node) => ts.isCallExpression(node);

const textOf = (node) => (node && ts.isStringLiteralLike(node) ? node.text : undefined);

/** What `() => stores.id` names. */
function referenceOf(method) {
  const body = method?.args[0]?.body;
  if (!body || !ts.isPropertyAccessExpression(body)) return undefined;
  return { table: body.expression.getText(), key: body.name.text };
}

function columnOf(property) {
  const { head, methods } = chainOf(property.initializer);
  const method = (name) => methods.find((m) => m.name === name);
  return {
    key: property.name.text,
    name: ts.isCallExpression(head) ? textOf(head.arguments[0]) : undefined,
    builder: ts.isCallExpression(head) ? head.expression.getText() : '',
    property,
    head,
    methods,
    method,
    references: referenceOf(method('references')),
    notNull: Boolean(method('notNull') || method('primaryKey')),
  };
}

/** Keys that a method such as `.on(t.a, t.b)` names. */
const keysOf = (method) => (method?.args ?? []).filter(ts.isPropertyAccessExpression).map((arg) => arg.name.text);

function objectKeys(node, name) {
  const found = node?.properties?.find((p) => p.name?.text === name);
  return found && ts.isArrayLiteralExpression(found.initializer) ? found.initializer.elements.map((e) => e.name?.text) : [];
}

function extraOf(node) {
  const { head, methods } = chainOf(node);
  const builder = ts.isCallExpression(head) ? head.expression.getText() : '';
  const on = methods.find((m) => m.name === 'on');
  const columns = on ? keysOf(on) : objectKeys(head.arguments?.[0], 'columns');
  return { node, builder, head, methods, on, columns, foreignTable: undefined };
}

/** @returns the tables of one file, in order */
export function tablesOf(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const tables = [];
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const declaration of statement.declarationList.declarations) {
      const call = declaration.initializer;
      if (!call || !ts.isCallExpression(call) || !/(Table|\.table)$/.test(call.expression.getText())) continue;
      const [name, columns, extras] = call.arguments;
      if (!ts.isObjectLiteralExpression(columns)) continue;
      const list = extras && ts.isArrowFunction(extras) && ts.isArrayLiteralExpression(extras.body) ? extras.body : undefined;
      tables.push({
        path,
        source,
        statement,
        call,
        exportName: declaration.name.text,
        name: textOf(name),
        nameNode: name,
        columnsNode: columns,
        columns: columns.properties.filter(ts.isPropertyAssignment).map(columnOf),
        extras: list ? list.elements.map(extraOf) : [],
        list,
        parameter: extras && ts.isArrowFunction(extras) ? extras.parameters[0]?.name.getText() : undefined,
      });
    }
  }
  return tables;
}

/** `relations(…)` blocks of drizzle-orm 0.x, and the entries of a v2 `defineRelations`. */
export function relationsOf(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const blocks = [];
  const entriesOf = (object) =>
    object.properties.filter(ts.isPropertyAssignment).map((property) => {
      const callee = property.initializer.expression?.getText() ?? '';
      const config = property.initializer.arguments?.find(ts.isObjectLiteralExpression);
      return { key: property.name.text, kind: /\bone\b/.test(callee) ? 'one' : 'many', callee, property, config };
    });
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const call = statement.declarationList.declarations[0].initializer;
    if (!call || !ts.isCallExpression(call)) continue;
    const body = call.arguments[1]?.body;
    const object = body && ts.isParenthesizedExpression(body) ? body.expression : body;
    if (!object || !ts.isObjectLiteralExpression(object)) continue;
    if (call.expression.getText() === 'relations') {
      blocks.push({ path, source, table: call.arguments[0].getText(), node: statement, entries: entriesOf(object), v2: false });
    } else if (call.expression.getText() === 'defineRelations') {
      for (const property of object.properties) {
        blocks.push({ path, source, table: property.name.text, node: property, entries: entriesOf(property.initializer), v2: true });
      }
    }
  }
  return blocks;
}
