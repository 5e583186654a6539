// A page that stands still for a while: the node replaces old ticks by new ones, and says so. Usage: node page_stall.mjs BASE_URL

import { argument, complaints, eventually, run, verify } from "./harness.mjs";

const base = argument(1, "base URL of a running node").replace(/\/$/, "");
const SYMBOLS = Array.from({ length: 300 }, (_, i) => `S${String(i).padStart(3, "0")}`);
const STALL = 40_000;

const jumps = () => {
  const sum = [0, 0, 0];
  for (const cell of document.querySelectorAll("#rows td.jumps")) {
    cell.textContent.split(" / ").forEach((count, i) => (sum[i] += Number(count)));
  }
  return sum;
};

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
  await page.waitForTimeout(3_000);
  const [gaps, conflated, resets] = await page.evaluate(jumps);
  verify(conflated > 0, `conflations were announced: ${conflated} (gaps ${gaps}, resets ${resets})`);
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
