// Plain pages written from contract 3 alone, at two servers. Usage: node contract3_page.mjs BASE_URL OTHER_BASE_URL

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { argument, complaints, eventually, run, verify } from "./harness.mjs";

const bases = [argument(1, "base URL of a running node"), argument(2, "base URL of another one of its cluster")];
const html = await readFile(new URL("contract3_page.html", import.meta.url));

const server = createServer((request, response) => {
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
  response.end(html);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${server.address().port}`;

async function open(browser, base, client, user) {
  const page = await browser.newPage();
  page.heard = complaints(page);
  await page.goto(`${origin}/?${new URLSearchParams({ base: base.replace(/\/$/, ""), client, user })}`);
  await eventually(page, `${client} is connected at ${base}`, (text) => document.querySelector("#state").textContent === text,
    `connected as ${client}`);
  await eventually(page, "and subscribed", () => document.querySelector("#subscribed").textContent === "room: true");
  return page;
}

async function send(page, text) {
  await page.fill("#text", text);
  await page.click("button");
}

const shown = (page, what, lines) =>
  eventually(page, what, (lines) =>
    [...document.querySelectorAll("#messages li")].map((each) => each.textContent).join("|") === lines, lines.join("|"));

await run("contract 3 page", async (browser) => {
  const first = await open(browser, bases[0], "page-one", "carol");
  const second = await open(browser, bases[1], "page-two", "carol");
  await eventually(first, "the request without a channel is refused", () =>
    document.querySelector("#error").textContent === "Channel name required for subscription");
  await send(first, "안녕 <b>all</b>");
  await shown(first, "the sender sees its message", ["page-one: 안녕 <b>all</b>"]);
  await shown(second, "and so does the page at the other server", ["page-one: 안녕 <b>all</b>"]);
  await first.evaluate(() => say({ type: "theme", name: "dark" }));
  await eventually(second, "a handler's message comes to the user's other device", () =>
    document.querySelector("#theme").textContent === "dark");
  await eventually(first, "pings are answered, heartbeats come", () => frames.pong >= 2 && frames.heartbeat >= 1);

  await second.evaluate(() => {
    show("subscribed", "");
    socket.close();
  });
  await eventually(second, "it comes back by itself", () => frames.connected === 2 &&
    document.querySelector("#subscribed").textContent === "room: true");
  await send(second, "back");
  for (const page of [first, second]) {
    await shown(page, "all go on", ["page-one: 안녕 <b>all</b>", "page-two: back"]);
    verify(page.heard.length === 0, `the console stays empty: ${page.heard.join("; ")}`);
  }
});
server.close();
