// Lets `import "react"` of react.js find the React of the checks: node --import ./test/react-hook.mjs

import { register } from "node:module";
import { pathToFileURL } from "node:url";
import { outside } from "./outside.mjs";

const urls = Object.fromEntries(["react", "react-dom/client"].map((name) => [name, pathToFileURL(outside.resolve(name)).href]));
const hooks = `
  const urls = ${JSON.stringify(urls)};
  export function resolve(name, context, next) {
    return name in urls ? { url: urls[name], shortCircuit: true } : next(name, context);
  }
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
