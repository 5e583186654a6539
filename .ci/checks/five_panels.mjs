// One page of another origin with five panels, one per dialect, on two nodes of a cluster.
// Usage: node five_panels.mjs SCREENSHOT_DIRECTORY

import { mkdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { WebSocket } from "ws";
import { argument, complaints, eventually, run, verify } from "./harness.mjs";
import { Nodes, until } from "./nodes.mjs";

const shots = argument(1, "directory for the screenshot");
const modules = path.join(import.meta.dirname, "../node_modules");
const FILES = {
  "/": path.join(import.meta.dirname, "five_panels.html"),
  "/lib/sockjs.js": path.join(modules, "sockjs-client/dist/sockjs.min.js"),
  "/lib/vertx-eventbus.js": path.join(modules, "@vertx/eventbus-bridge-client.js/vertx-eventbus.js"),
};
const PANELS = ["contract1", "contract2", "contract3", "native", "eventbus"];
const FRAMES = 20;

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  response.writeHead(200, { "Content-Type": `${pathname === "/" ? "text/html" : "text/javascript"}; charset=utf-8` });
  response.end(await readFile(FILES[pathname]));
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${server.address().port}`;

/** A second client of the channel, which says a number that goes up and down, five times a second. */
function chats(url) {
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws/talker?user_id=writer`);
  const heard = [];
  let said = 0;
  const timer = setInterval(() => {
    if (socket.readyState === WebSocket.OPEN) {
      const message = `message ${++said}: ${Math.round(50 + 40 * Math.sin(said / 6))} °C`;
      socket.send(JSON.stringify({ type: "chat_message", channel: "general", message }));
    }
  }, 200);
  socket.on("message", (data) => heard.push(`${data}`));
  socket.on("error", (cause) => heard.push(`${cause}`));
  return {
    heard,
    end() {
      clearInterval(timer);
      socket.terminate();
    },
  };
}

async function fits(page) {
  for (const [width, height] of [[1366, 640], [800, 1000], [375, 1500]]) {
    await page.setViewportSize({ width, height });
    const across = await page.evaluate(() => document.documentElement.scrollWidth);
    verify(across <= width, `nothing to scroll sideways at ${width} px (${across} px)`);
  }
  await page.setViewportSize({ width: 1366, height: 640 });
}

const nodes = new Nodes("five-panels");
let talker;
await run("five panels", async (browser) => {
  const [a, b] = await Promise.all([nodes.start("a"), nodes.start("b")]);
  await until("the nodes know each other", 30_000, async () => {
    const cluster = await (await fetch(`${a.management}/admin/cluster`)).json();
    return cluster.nodes.length === 2 && cluster.pools.every(({ owner }) => owner);
  });
  const page = await browser.newPage({ viewport: { width: 1366, height: 640 }, deviceScaleFactor: 1.5 });
  const heard = complaints(page);
  await page.goto(`${origin}/?a=${encodeURIComponent(a.url)}&b=${encodeURIComponent(b.url)}`);
  await eventually(page, "panel 3 is in the channel", () => window.listening === true);
  talker = chats(b.url);
  for (const panel of PANELS) {
    await eventually(page, `${panel} moved ${FRAMES} times`, ([id, most]) => frames[id] >= most, [panel, FRAMES], 60_000);
  }
  const { violations, log } = await page.evaluate(() => ({ violations: mesh.violations, log: mesh.violationLog }));
  verify(violations === 0, `native: every jump was announced: ${violations} violations ${log.join("; ")}`);
  const errors = await page.locator(".error").allTextContents();
  verify(errors.join("") === "", `no panel has an error: ${errors}`);
  verify(!talker.heard.some((each) => /error/i.test(each)), `the client that chats has no error: ${talker.heard.slice(0, 2)}`);
  await fits(page);
  await mkdir(shots, { recursive: true });
  await page.screenshot({ path: path.join(shots, "five_panels.png"), fullPage: true });
  verify(heard.length === 0, `the console stays empty: ${heard.join("; ")}`);
});
talker?.end();
nodes.stopAll();
server.close();
