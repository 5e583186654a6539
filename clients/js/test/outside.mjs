// What the tests need that is no part of the client: it is installed by .ci/checks/install.sh.

import { createRequire } from "node:module";

export const outside = createRequire(new URL("../../../.ci/package.json", import.meta.url));

/** The base URL of the running node that a test is to use. */
export function nodeUrl() {
  const url = process.env.TICKMESH_URL;
  if (!url) {
    throw new Error("TICKMESH_URL must name a running node, as http://127.0.0.1:8390");
  }
  return url;
}
