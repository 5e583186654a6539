// Server-Sent Events by EventSource in a browser, and by curl. Usage: node sse.mjs BASE_URL

import { execFileSync } from "node:child_process";
import { argument, complaints, run, verify, withoutIcon } from "./harness.mjs";

const base = argument(1, "base URL of a running node").replace(/\/$/, "");
const url = `${base}/sse?topics=trade/fmp:AAPL,quote/fmp:BTCUSD`;

function curl(...options) {
  try {
    return execFileSync("curl", ["-sS", ...options], { encoding: "utf8" });
  } catch (cause) {
    if (cause.status === 28) {
      return cause.stdout;
    }
    throw cause;
  }
}

/** Listens until so many ticks came; runs in the page. */
function listen(url, ticks) {
  return new Promise((resolve, reject) => {
    const source = new EventSource(url);
    const seen = { types: [], ticks: 0, jumps: [], lastEventId: "" };
    const positions = new Map();
    setTimeout(() => reject(new Error(`only ${JSON.stringify(seen)}`)), 60_000);
    const hear = ({ type, data, lastEventId }) => {
      const event = JSON.parse(data);
      seen.types.includes(type) || seen.types.push(type);
      if (type === "snapshot" || type === "reset") {
        positions.set(event.topic, event.seq);
      } else if (type === "gap" || type === "conflated") {
        positions.set(event.topic, positions.get(event.topic) + (event.lost ?? event.count));
      } else if (type === "tick") {
        const before = positions.get(event.topic);
        before === undefined || event.seq === before + 1 || seen.jumps.push(`${event.topic} ${before} ${event.seq}`);
        positions.set(event.topic, event.seq);
        seen.lastEventId = lastEventId;
        if (++seen.ticks === ticks) {
          source.close();
          seen.positions = [...positions];
          resolve(seen);
        }
      }
    };
    for (const type of ["hello", "subscribed", "resumed", "snapshot", "reset", "tick", "gap", "conflated", "state"]) {
      source.addEventListener(type, hear);
    }
  });
}

await run("sse", async (browser) => {
  const page = await browser.newPage();
  const heard = complaints(page);
  await withoutIcon(page);
  await page.goto(`${base}/sockjs/stream/`);
  await page.evaluate(`window.listen = ${listen}`);
  const first = await page.evaluate((from) => window.listen(from, 20), url);
  verify(first.types.slice(0, 3).join() === "hello,subscribed,snapshot", `Chromium: ${first.types}`);
  verify(first.jumps.length === 0, `Chromium: ${first.ticks} ticks, no jump unsaid: ${first.jumps}`);
  verify(/^[0-9a-z]+\.[0-9a-z]+,/.test(first.lastEventId), `Chromium: the last id is ${first.lastEventId}`);
  const again = await page.evaluate(
    (from) => window.listen(from, 20),
    `${url}&last_event_id=${encodeURIComponent(first.lastEventId)}`,
  );
  verify(again.types.slice(0, 2).join() === "hello,resumed", `Chromium: goes on: ${again.types}`);
  verify(!again.types.includes("snapshot"), "Chromium: without a snapshot");
  verify(heard.filter((each) => !/aborted|request failed/.test(each)).length === 0, `no complaints: ${heard}`);

  const stream = curl("-N", "-m", "5", "-i", url);
  verify(/^HTTP\/1\.1 200 OK\r\n/.test(stream) && /content-type: text\/event-stream\r\n/i.test(stream), "curl: 200");
  verify(/\nid: [^\n]+\nevent: tick\ndata: \{"type":"tick","topic":/.test(stream), "curl: ticks with ids");
  const refused = curl("-w", " %{http_code}", `${base}/sse?topics=AAPL`);
  verify(/^\{"detail":"not a topic.*\} 400$/.test(refused), `curl: ${refused}`);
});
