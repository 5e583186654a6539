/** Puts the page together. */

import { StatusLine } from "./statusline.js";
import { Stream } from "./stream.js";
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

const stream = new Stream(address.href, {
  onConnection: (connection) => {
    statusLine.show();
    watchlist.onConnection(connection.state === "open");
  },
  onResult: (topic, result) => watchlist.onResult(topic, result),
  onTopic: (topic, frame) => watchlist.onTopic(topic, frame),
});
const statusLine = new StatusLine(document.querySelector("#status"), stream);

watchlist.attach(stream);
watchlist.add(remembered(location.hash, storage));
stream.start();

document.querySelector("#add").addEventListener("submit", (event) => {
  event.preventDefault();
  const input = document.querySelector("#symbols");
  watchlist.add(instruments(input.value));
  input.value = "";
  input.focus();
});

addEventListener("hashchange", () => watchlist.replace(fromHash(location.hash) ?? []));
addEventListener("online", () => stream.hurry());
document.addEventListener("visibilitychange", () => document.hidden || stream.hurry());

/** For tests: nothing else reads it. */
window.tickmesh = stream;
