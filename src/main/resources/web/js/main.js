/** Puts the page together. */

import { Tickmesh } from "../client/tickmesh.js";
import { StatusLine } from "./statusline.js";
import { fromHash, instruments, remember, remembered, toHash } from "./symbols.js";
import { Watchlist } from "./watchlist.js";

const storage = (() => {
  try {
    return window.localStorage;
  } catch {
    return null; // forbidden by the browser's settings
  }
})();

const watchlist = new Watchlist(document.querySelector("#rows"), () => {
  const names = watchlist.namesToKeep();
  remember(names, storage);
  history.replaceState(null, "", toHash(names));
  document.querySelector("#empty").hidden = watchlist.names().length > 0;
});

const address = new URL("stream", location.href);
address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
address.hash = "";
address.search = "";

const mesh = new Tickmesh(address.href, { numbers: "string" });
const statusLine = new StatusLine(document.querySelector("#status"), mesh);
mesh.on("connection", ({ state }) => {
  statusLine.show();
  watchlist.onConnection(state === "open");
});

watchlist.attach(mesh);
watchlist.add(remembered(location.hash, storage));

document.querySelector("#add").addEventListener("submit", (event) => {
  event.preventDefault();
  const input = document.querySelector("#symbols");
  watchlist.add(instruments(input.value));
  input.value = "";
  input.focus();
});

addEventListener("hashchange", () => watchlist.replace(fromHash(location.hash) ?? []));
addEventListener("online", () => mesh.hurry());
document.addEventListener("visibilitychange", () => document.hidden || mesh.hurry());

/** For tests: nothing else reads it. */
window.tickmesh = mesh;
