// Topics and commands through the stock @vertx/eventbus-bridge-client.js, in Node and in a browser.
// Usage: node eventbus.mjs BASE_URL

import { createRequire } from "node:module";
import path from "node:path";
import { argument, complaints, run, verify, withoutIcon } from "./harness.mjs";

const base = argument(1, "base URL of a running node").replace(/\/$/, "");
const url = `${base}/eventbus`;
const modules = path.join(import.meta.dirname, "../node_modules");
const SOCKJS = path.join(modules, "sockjs-client/dist/sockjs.min.js");
const CLIENT = path.join(modules, "@vertx/eventbus-bridge-client.js/vertx-eventbus.js");

/** Uses every call of the client once. Runs here and in the page. */
async function session(EventBus, url, options) {
  const bus = new EventBus(url, options);
  const seen = { events: [], bodies: [], unhandled: [] };
  bus.onerror = (error) => seen.unhandled.push(error);
  const within = (what, begin) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`not within 30 s: ${what}, ${JSON.stringify(seen)}`)), 30_000);
      begin((value) => {
        clearTimeout(timer);
        resolve(value);
      });
    });
  const ask = (address, body) =>
    within(address, (done) => bus.send(address, body, { any: "header" }, (error, message) => done({ error, body: message?.body })));
  await within("open", (done) => (bus.onopen = done));
  const address = "ticks.trade/fmp:AAPL";
  await within("five ticks", (done) => {
    const handler = (error, { headers, body }) => {
      seen.events.push(headers.type);
      seen.bodies.push(body);
      if (seen.events.filter((type) => type === "tick").length === 5) {
        seen.state = headers.state;
        bus.unregisterHandler(address, handler);
        done();
      }
    };
    bus.registerHandler(address, handler);
  });
  seen.count = seen.events.length;
  seen.time = await ask("tickmesh.time", {});
  seen.list = await ask("tickmesh.list", null);
  seen.snapshot = await ask("tickmesh.snapshot", { topic: "trade/upbit:KRW-BTC" });
  seen.wrong = await ask("tickmesh.snapshot", { topic: "AAPL" });
  seen.bad = await within("a refusal", (done) => {
    bus.onerror = done;
    bus.registerHandler("ticks.book/fmp:AAPL", () => {});
  });
  seen.publish = await within("a refusal", (done) => {
    bus.onerror = done;
    bus.publish(address, { price: 1 });
  });
  seen.after = seen.events.length;
  await within("closed", (done) => {
    bus.onclose = done;
    bus.close();
  });
  return seen;
}

function judge(seen, where) {
  const ticks = seen.bodies.filter(({ type }) => type === "tick");
  verify(seen.events[0] === "snapshot", `${where}: the snapshot comes first: ${seen.events}`);
  verify(seen.state === "live", `${where}: headers say the state: ${seen.state}`);
  verify(
    ticks.every(({ topic, seq, price }, i) => topic === "trade/fmp:AAPL" && price > 0 && (i === 0 || seq > ticks[i - 1].seq)),
    `${where}: bodies are the native events`,
  );
  verify(seen.count === seen.after, `${where}: nothing comes after unregistering`);
  verify(Math.abs(seen.time.body.time - Date.now()) < 60_000, `${where}: tickmesh.time replies ${seen.time.body.time}`);
  verify(seen.list.body.addresses.length === 0, `${where}: tickmesh.list replies ${JSON.stringify(seen.list.body)}`);
  verify(seen.snapshot.body.topic === "trade/upbit:KRW-BTC" || seen.snapshot.error, `${where}: tickmesh.snapshot replies`);
  verify(
    seen.wrong.error.failureType === "RECIPIENT_FAILURE" && /not a topic/.test(seen.wrong.error.message),
    `${where}: a refused command fails its callback: ${seen.wrong.error.message}`,
  );
  verify(seen.bad.body === "access_denied", `${where}: an address that is no topic: ${seen.bad.body}`);
  verify(seen.publish.body === "access_denied", `${where}: publish: ${seen.publish.body}`);
  verify(seen.unhandled.length === 0, `${where}: nothing else was complained of`);
}

await run("eventbus", async (browser) => {
  const EventBus = createRequire(import.meta.url)(CLIENT);
  judge(await session(EventBus, url, {}), "Node");
  judge(await session(EventBus, url, { transports: ["xhr-polling"] }), "Node by polling");
  const page = await browser.newPage();
  const heard = complaints(page);
  await withoutIcon(page);
  await page.goto(`${url}/`);
  await page.addScriptTag({ path: SOCKJS });
  await page.addScriptTag({ path: CLIENT });
  await page.evaluate(`window.session = ${session}`);
  judge(await page.evaluate((to) => window.session(window.EventBus, to, {}), url), "Chromium");
  verify(heard.length === 0, `no complaints: ${heard}`);
});
