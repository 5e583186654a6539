// A page that stands still for a while: the node replaces old ticks by new ones, and says so. Usage: node page_stall.mjs BASE_URL

import { argument, complaints, eventually, run, verify } from "./harness.mjs";

const base = argument(1, "base URL of a running node").replace(/\/$/, "");
const SYMBOLS = Array.from({ length: 300 }, (_, i) => `S${String(i).padStart(3, "0")}`);
const STALL = 40_000;

await run("page stall", async (browser) => {
  const page = await browser.newPage({ viewport: { width: 1366, height: 800 } });
  page.setDefaultTimeout(STALL + 30_000);
  const heard = complaints(page);
  await page.goto(`${base}/#${SYMBOLS.join(",")}`);
  await eventually(page, `${SYMBOLS.length} rows have a price`, (most) =>
    [...document.querySelectorAll("#rows td.last .number")].filter((each) => each.textContent).length === most,
  SYMBOLS.length, 60_000);
  await page.evaluate((millis) => {
    const end = performance.now() + millis;
    while (performance.now() < end) {
      // what a page does that reads too slowly
    }
  }, STALL);
  // first the page reads what waited on the way to it
  await eventually(page, "conflations were announced", () =>
    [...document.querySelectorAll("#rows td.jumps")].some((cell) => Number(cell.textContent.split(" / ")[1]) > 0),
  );
  await eventually(page, "the page is connected, and fresh again", () =>
    document.querySelector("#connection").textContent === "Connected" &&
    [...document.querySelectorAll("#rows td.age")].slice(0, 10).every((each) => /^[0-4]\.\d s$/.test(each.textContent)),
  );
  const { violations, log } = await page.evaluate(() => ({
    violations: window.tickmesh.violations,
    log: window.tickmesh.violationLog,
  }));
  verify(violations === 0, `every jump was announced before its tick: ${violations} violations ${log.join("; ")}`);
  verify(heard.length === 0, `the console stays empty: ${heard.join("; ")}`);
});
