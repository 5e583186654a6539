// A React page written from contract 2 alone, from another origin. Usage: node contract2_react.mjs BASE_URL

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { argument, complaints, eventually, run, verify } from "./harness.mjs";
import { library } from "./react.mjs";

const base = argument(1, "base URL of a running node").replace(/\/$/, "");
const html = (await readFile(new URL("contract2_react.html", import.meta.url), "utf8")).replaceAll("BASE", base);

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const isLibrary = pathname.startsWith("/lib/");
  response.writeHead(200, { "Content-Type": `${isLibrary ? "text/javascript" : "text/html"}; charset=utf-8` });
  response.end(isLibrary ? await library(pathname.slice(5)) : html);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));

async function priced(page, codes, held) {
  for (const code of codes) {
    await eventually(page, `${code} has a price`, (code) =>
      /^\d+ x \d+$/.test(document.getElementById(`price-${code}`)?.textContent), code);
  }
  await eventually(page, `it holds ${held}`, (held) => window.held === held, held);
}

await run("contract 2 hook", async (browser) => {
  const page = await browser.newPage();
  const heard = complaints(page);
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await priced(page, ["005930", "000660"], "000660,005930");
  await page.getByRole("button", { name: "Other" }).click();
  await priced(page, ["035420"], "035420");
  await eventually(page, "the invalid code was warned of", () =>
    document.querySelector("#warning").textContent === "유효하지 않은 종목 코드: ['BAD']");

  await page.evaluate(() => {
    window.held = "";
    socket.close();
  });
  await eventually(page, "the loss is shown", () => document.querySelector("#state").textContent === "lost");
  await eventually(page, "it comes back by itself", () => document.querySelector("#state").textContent === "connected");
  await priced(page, ["035420"], "035420");
  verify(heard.length === 0, `the console stays empty: ${heard.join("; ")}`);
});
server.close();
