// A plain page written from contract 2 alone, from another origin. Usage: node contract2_page.mjs BASE_URL

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { argument, complaints, eventually, run, verify } from "./harness.mjs";

const base = argument(1, "base URL of a running node").replace(/\/$/, "");
const html = await readFile(new URL("contract2_page.html", import.meta.url));

const server = createServer((request, response) => {
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
  response.end(html);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${server.address().port}`;

async function verifyFlow(page) {
  await eventually(page, "the subscription is answered", () =>
    document.querySelector("#subscribed").textContent === "005930,000660 (2), failed INVALID",
  );
  for (const code of ["005930", "000660"]) {
    await eventually(page, `${code} has a price`, (code) =>
      new RegExp(`^${code}: \\d+ x \\d+ \\(\\d\\d:\\d\\d:\\d\\d\\)$`).test(document.querySelector(`#price-${code}`)?.textContent),
    code);
  }
}

await run("contract 2 page", async (browser) => {
  const page = await browser.newPage();
  const heard = complaints(page);
  await page.goto(`${origin}/?base=${encodeURIComponent(base)}`);
  verify(new URL(base).origin !== origin, `the page comes from another origin: ${origin}`);
  await eventually(page, "the greeting came", () =>
    document.querySelector("#greeting").textContent === "실시간 주가 스트림에 연결되었습니다.",
  );
  await verifyFlow(page);
  await eventually(page, "the invalid code was warned of", () =>
    document.querySelector("#warning").textContent === "유효하지 않은 종목 코드: ['INVALID']",
  );
  await eventually(page, "the list has this client's part, the whole and the limit", () =>
    /^2 \/ [1-4]?\d \/ 40$/.test(document.querySelector("#list").textContent),
  );
  await eventually(page, "the pong came", () => frames.pong >= 1);

  await page.evaluate(() => {
    document.querySelector("#subscribed").textContent = "";
    document.querySelector("#prices").textContent = "";
    socket.close();
  });
  await verifyFlow(page);
  verify((await page.locator("#error").textContent()) === "", "no error frame came");
  verify(heard.length === 0, `the console stays empty: ${heard.join("; ")}`);
});
server.close();
