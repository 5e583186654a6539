// A plain page written from contract 1 alone, from another origin. Usage: node contract1_page.mjs BASE_URL

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { argument, complaints, eventually, run, verify } from "./harness.mjs";

const base = argument(1, "base URL of a running node").replace(/\/$/, "");
const html = await readFile(new URL("contract1_page.html", import.meta.url));

const server = createServer((request, response) => {
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
  response.end(html);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${server.address().port}`;

await run("contract 1 page", async (browser) => {
  const page = await browser.newPage();
  const heard = complaints(page);
  await page.goto(`${origin}/?base=${encodeURIComponent(base)}`);
  verify(new URL(base).origin !== origin, `the page comes from another origin: ${origin}`);
  await eventually(page, "the greeting came", () =>
    document.querySelector("#greeting").textContent === "Connected to real-time price stream",
  );
  await eventually(page, "the subscription is answered", () =>
    document.querySelector("#subscribed").textContent === "AAPL,MSFT,EURUSD",
  );
  for (const symbol of ["AAPL", "MSFT", "EURUSD"]) {
    await eventually(page, `${symbol} has a price`, (symbol) =>
      new RegExp(`^${symbol}: \\$\\d+\\.\\d\\d \\([TQB], `).test(document.querySelector(`#price-${symbol}`)?.textContent),
    symbol);
  }
  await eventually(page, "pongs came", () => frames.pong >= 2);
  await eventually(page, "the cache is readable across origins", () => {
    const text = document.querySelector("#cache").textContent;
    return text !== "" && typeof JSON.parse(text).data.AAPL.last_price === "number";
  });
  await eventually(page, "a JSON POST across origins works (preflight)", () => {
    const text = document.querySelector("#pinned").textContent;
    return text !== "" && JSON.parse(text).status === "success";
  });
  verify((await page.locator("#error").textContent()) === "", "no error frame came");
  verify(heard.length === 0, `the console stays empty: ${heard.join("; ")}`);
});
server.close();
