// React for pages: its npm packages as modules of the browser.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const outside = createRequire(import.meta.url);

/** React comes as CommonJS only: each of its files becomes a module that exports what the file does. */
const FILES = {
  react: "react/cjs/react.production.js",
  scheduler: "scheduler/cjs/scheduler.production.js",
  "react-dom": "react-dom/cjs/react-dom.production.js",
  "react-dom/client": "react-dom/cjs/react-dom-client.production.js",
};

/** The source of a module, for `/lib/NAME`. */
export async function library(name) {
  const code = await readFile(outside.resolve(name).replace(/node_modules.*/, `node_modules/${FILES[name]}`), "utf8");
  const needs = [...new Set([...code.matchAll(/require\("([^"]+)"\)/g)].map(([, each]) => each))];
  const imports = needs.map((each, i) => `import need${i} from "/lib/${each}";`).join("\n");
  const table = needs.map((each, i) => `${JSON.stringify(each)}: need${i}`).join(", ");
  const names = Object.keys(outside(name)).map((each) => `export const ${each} = exports.${each};`).join("\n");
  return `${imports}\nconst exports = {}, module = { exports }, require = (name) => ({ ${table} })[name];
(() => {${code}\n})();\nexport default exports;\n${names}\n`;
}
