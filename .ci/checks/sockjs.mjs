// The native dialect through the stock sockjs-client, each transport forced, in Node and in a browser.
// Usage: node sockjs.mjs BASE_URL

import path from "node:path";
import SockJS from "sockjs-client";
import { argument, complaints, run, verify, withoutIcon } from "./harness.mjs";

const base = argument(1, "base URL of a running node").replace(/\/$/, "");
const url = `${base}/sockjs/stream`;
const CLIENT = path.join(import.meta.dirname, "../node_modules/sockjs-client/dist/sockjs.min.js");
const IN_NODE = ["websocket", "xhr-streaming", "eventsource", "xhr-polling"];
const IN_BROWSER = [...IN_NODE, "htmlfile", "jsonp-polling"];
/** So many ticks that the node ends the request, after 128 KiB, and another one must take over. */
const LONG = ["xhr-streaming", "eventsource"];

/** Subscribes, counts ticks, asks for the time with what is hard to quote, closes. Runs here and in the page. */
function session(SockJS, url, transport, ticks) {
  return new Promise((resolve, reject) => {
    const socket = new SockJS(url, null, { transports: [transport] });
    const seen = { transport: "", types: [], ticks: 0, bytes: 0, jumps: [], pong: undefined, close: undefined };
    const positions = new Map();
    const topics = ["AAPL", "MSFT", "NVDA", "TSLA", "AMZN", "BTCUSD", "ETHUSD", "XRPUSD", "SOLUSD", "DOGEUSD"].flatMap((symbol) => [
      `trade/fmp:${symbol}`,
      `quote/fmp:${symbol}`,
    ]);
    const timer = setTimeout(() => reject(new Error(`${transport}: only ${JSON.stringify(seen)}`)), 60_000);
    const send = (request) => socket.send(JSON.stringify(request));
    socket.onopen = () => {
      seen.transport = socket.transport;
      send({ type: "subscribe", id: 1, topics });
    };
    socket.onmessage = ({ data }) => {
      const event = JSON.parse(data);
      seen.bytes += data.length;
      seen.types.includes(event.type) || seen.types.push(event.type);
      if (event.type === "conflated" || event.type === "gap") {
        positions.set(event.topic, positions.get(event.topic) + (event.count ?? event.lost));
      } else if (event.type === "snapshot") {
        positions.set(event.topic, event.seq);
      } else if (event.type === "tick") {
        event.seq === positions.get(event.topic) + 1 || seen.jumps.push(`${event.topic} ${event.seq}`);
        positions.set(event.topic, event.seq);
        if (++seen.ticks === ticks) {
          send({ type: "ping", id: 'é "한국\\ \u2028 😀' });
        }
      } else if (event.type === "pong") {
        seen.pong = event.id;
        socket.close(1000, "enough");
      }
    };
    socket.onclose = ({ code, reason, wasClean }) => {
      clearTimeout(timer);
      seen.close = `${code} ${reason} ${wasClean}`;
      resolve(seen);
    };
  });
}

function judge(seen, transport, where) {
  verify(seen.transport === transport, `${transport} in ${where}: is what was used`);
  verify(
    seen.types.slice(0, 3).join() === "hello,subscribed,snapshot" && seen.types.includes("tick"),
    `${transport} in ${where}: ${seen.types}`,
  );
  verify(seen.jumps.length === 0, `${transport} in ${where}: ${seen.ticks} ticks, every jump announced: ${seen.jumps}`);
  verify(seen.pong === 'é "한국\\ \u2028 😀', `${transport} in ${where}: hard text comes back as it was`);
  verify(seen.close === "1000 enough true", `${transport} in ${where}: closed by the client: ${seen.close}`);
}

const much = (transport) => (LONG.includes(transport) ? 700 : 10);

await run("sockjs", async (browser) => {
  const judged = async (transport) => judge(await session(SockJS, url, transport, much(transport)), transport, "Node");
  await Promise.all(IN_NODE.map(judged));
  const page = await browser.newPage();
  const heard = complaints(page);
  await withoutIcon(page);
  await page.goto(`${url}/`);
  await page.addScriptTag({ path: CLIENT });
  await page.evaluate(`window.session = ${session}`);
  for (const transport of IN_BROWSER) {
    const seen = await page.evaluate(
      ([to, by, ticks]) => window.session(window.SockJS, to, by, ticks),
      [url, transport, 10],
    );
    judge(seen, transport, "Chromium");
  }
  verify(heard.filter((each) => !/request failed|document\.domain/.test(each)).length === 0, `no complaints: ${heard}`);
});
