// A plain page and a React page on the client that a node serves, from another origin. Usage: node client_pages.mjs BASE_URL

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { argument, complaints, eventually, run, verify } from "./harness.mjs";
import { library } from "./react.mjs";

const base = argument(1, "base URL of a running node").replace(/\/$/, "");
const text = async (name) => (await readFile(new URL(name, import.meta.url), "utf8")).replaceAll("BASE", base);

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const isLibrary = pathname.startsWith("/lib/");
  const body = isLibrary ? await library(pathname.slice(5)) : await text(`.${pathname}`);
  response.writeHead(200, { "Content-Type": `${isLibrary ? "text/javascript" : "text/html"}; charset=utf-8` });
  response.end(body);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${server.address().port}`;

function moves(page, topic) {
  const differs = (id) => {
    const shown = document.getElementById(id)?.textContent;
    window.shown ??= new Map();
    window.shown.set(id, (window.shown.get(id) ?? new Set()).add(shown));
    return [...window.shown.get(id)].filter(Boolean).length >= 3;
  };
  return eventually(page, `${topic} moves`, differs, `price-${topic}`, 60_000);
}

async function plain(browser) {
  const page = await browser.newPage();
  const heard = complaints(page);
  await page.goto(`${origin}/client_page.html?base=${encodeURIComponent(base)}`);
  for (const topic of ["trade/fmp:BTCUSD", "trade/upbit:KRW-BTC", "trade/fmp:AAPL"]) {
    await moves(page, topic);
  }
  await eventually(page, "a component's ticker comes", () => /^KRW-BTC \d+/.test(document.querySelector("#ticker").textContent));
  const { violations, log } = await page.evaluate(() => ({ violations: mesh.violations, log: mesh.violationLog }));
  verify(violations === 0, `every jump was announced: ${violations} violations ${log.join("; ")}`);
  verify((await page.locator("#connection").textContent()) === "open", "the connection is open");
  verify(heard.length === 0, `the console stays empty: ${heard.join("; ")}`);
}

async function react(browser) {
  const page = await browser.newPage();
  const heard = complaints(page);
  await page.goto(`${origin}/client_react.html`);
  await moves(page, "trade/fmp:BTCUSD");
  await moves(page, "trade/upbit:KRW-BTC");
  await page.getByRole("button", { name: "Other" }).click();
  await moves(page, "trade/fmp:AAPL");
  await eventually(page, "a refusal is shown", () => /unknown provider/.test(document.getElementById("price-trade/nowhere:X").textContent));
  verify((await page.evaluate(() => mesh.getAllConnectionMetrics().topics)) === 2, "what was left is held no more");
  verify((await page.evaluate(() => mesh.violations)) === 0, "every jump was announced");
  verify(heard.length === 0, `the console stays empty: ${heard.join("; ")}`);
}

await run("client pages", async (browser) => {
  await plain(browser);
  await react(browser);
});
server.close();
