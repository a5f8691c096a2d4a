// The JavaScript interface; it runs the WebAssembly build, whatever the platform. Types and documentation: index.d.ts.
'use strict';
let wasm;
try {
  wasm = require('@drizzle-audit/wasm');
} catch (error) {
  if (error.code !== 'MODULE_NOT_FOUND') throw error;
  throw new Error('drizzle-audit: @drizzle-audit/wasm is not installed; install drizzle-audit again', { cause: error });
}

module.exports.auditProject = wasm.auditProject;
module.exports.auditText = wasm.auditText;
module.exports.DrizzleAuditError = wasm.DrizzleAuditError;
