// The console page in a real browser. Usage: node page.mjs BASE_URL SCREENSHOT_FOLDER

import { mkdir } from "node:fs/promises";
import path from "node:path";
import { argument, complaints, eventually, run, verify } from "./harness.mjs";

const base = argument(1, "base URL of a running node").replace(/\/$/, "");
const shots = argument(2, "folder for screenshots");
const DEFAULTS = ["AAPL", "kis:005930", "kiwoom:000660", "upbit:KRW-BTC", "MSFT", "NVDA", "BTCUSD", "EURUSD"];
/** These close for the night, simulated ones perhaps too: then they must say so. */
const MAY_CLOSE = ["kis:005930", "kiwoom:000660"];
const ALWAYS_OPEN = DEFAULTS.filter((name) => !MAY_CLOSE.includes(name));
const TICKS = 400;

/** Remembers the page's sockets, so that they can be cut from the page's side. */
function rememberSockets() {
  window.sockets = [];
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      window.sockets.push(this);
    }
  };
}

const instrument = (name) => (name.includes(":") ? name : `fmp:${name}`);
const row = (name) => `tr[data-instrument="${instrument(name)}"]`;
const add = async (page, text) => {
  await page.getByLabel("Add symbols").fill(text);
  await page.keyboard.press("Enter");
};

function pricesMove(page, names) {
  const threeEach = (instruments) => {
    window.pricesSeen ??= new Map();
    return instruments.every((name) => {
      const shown = document.querySelector(`tr[data-instrument="${name}"] td.last .number`)?.textContent;
      const seen = window.pricesSeen.get(name) ?? new Set();
      window.pricesSeen.set(name, seen);
      if (shown) {
        seen.add(shown);
      }
      return seen.size >= 3;
    });
  };
  return eventually(page, `prices of ${names} move`, threeEach, names.map(instrument), 60_000);
}

async function showsPrices(page) {
  await page.goto(`${base}/`);
  await eventually(page, "the page connects and says the node's name", () => {
    const text = (id) => document.querySelector(id).textContent;
    return text("#connection") === "Connected" && text("#node").length > 1;
  });
  verify(
    (await page.locator("#rows .name").allTextContents()).join() === DEFAULTS.join(),
    `a new page begins with ${DEFAULTS}`,
  );
  await pricesMove(page, ALWAYS_OPEN);
  await eventually(page, "every row is live and shows a price, or says why it is not", () =>
    [...document.querySelectorAll("#rows tr")].every((each) => {
      const text = (selector) => each.querySelector(selector).textContent;
      const live = text("td.state .word") === "live" && text("td.last .number") !== "";
      return !("refused" in each.dataset) && (live || (text("td.state .word") === "closed" && text("td.state .reason") !== ""));
    }),
  );
  for (const name of DEFAULTS) {
    verify(await page.locator(`${row(name)} .badge`).isVisible(), `${name} carries the SIM badge`);
    const shown = await page.locator(`${row(name)} td.last .number`).textContent();
    verify(/^[\d,]+(\.\d+)?$/.test(shown) || MAY_CLOSE.includes(name), `the price of ${name} is plain digits: ${shown}`);
  }
  for (const name of ["AAPL", "MSFT", "NVDA", "BTCUSD", "EURUSD"]) {
    const quote = await page.locator(`${row(name)} td.bid .number`).textContent();
    verify(/^[\d,]+(\.\d+)?$/.test(quote), `the bid of ${name} is plain digits: ${quote}`);
  }
  await eventually(page, "ages are below 10 s", (instruments) =>
    instruments.every((name) =>
      /^\d\.\d s$/.test(document.querySelector(`tr[data-instrument="${name}"] td.age`).textContent),
    ),
  ALWAYS_OPEN.map(instrument));
  await eventually(page, "ticks per second and the round trip are shown", () => {
    const text = (id) => document.querySelector(id).textContent;
    return Number(text("#rate")) > 0 && / ms$/.test(text("#round-trip"));
  });
}

async function changesTheList(page) {
  await add(page, "tsla, Upbit:krw-eth");
  await pricesMove(page, ["TSLA", "upbit:KRW-ETH"]);
  await page.getByRole("button", { name: "Remove MSFT" }).click();
  verify((await page.locator(row("MSFT")).count()) === 0, "MSFT is gone");
  verify(!(await page.evaluate(() => location.hash)).includes("MSFT"), "MSFT is gone from the address");
  await add(page, "BAD$, nowhere:IBM");
  await eventually(page, "a bad symbol shows the server's words", () =>
    /character that is not allowed/.test(document.querySelector('tr[data-instrument="fmp:BAD$"] td.message').textContent),
  );
  await eventually(page, "an unknown provider shows the server's words", () =>
    /unknown provider 'nowhere'/.test(document.querySelector('tr[data-instrument="nowhere:IBM"] td.message').textContent),
  );
  verify(!/BAD/.test(await page.evaluate(() => location.hash)), "refused symbols are not shared");
  const markup = "<IMG/SRC=X/ONERROR=document.title='pwned'>";
  await add(page, markup);
  await eventually(page, "markup in a symbol stays text", () =>
    [...document.querySelectorAll("#rows .name")].some((each) => each.textContent.includes("<IMG")),
  );
  verify((await page.locator("#rows img").count()) === 0, "no element was made of it");
  await eventually(page, "all three are refused", () => document.querySelectorAll("tr[data-refused]").length === 3);
  for (const button of await page.locator("tr[data-refused] .remove").all().then((all) => all.reverse())) {
    await button.click();
  }
  verify((await page.locator("tr[data-refused]").count()) === 0, "refused rows can be removed");
}

async function remembers(page) {
  const names = await page.locator("#rows .name").allTextContents();
  await page.goto("about:blank");
  await page.goto(`${base}/`);
  await eventually(page, `the list is remembered: ${names}`, (names) => {
    const shown = [...document.querySelectorAll("#rows .name")].map((each) => each.textContent);
    return shown.join() === names.join();
  }, names);
  const shared = await page.context().newPage();
  await shared.goto(`${base}/#NVDA,ETHUSD`);
  await eventually(shared, "a shared address brings its own list", () =>
    [...document.querySelectorAll("#rows .name")].map((each) => each.textContent).join() === "NVDA,ETHUSD",
  );
  await shared.close();
  await page.evaluate((names) => localStorage.setItem("tickmesh.watchlist", JSON.stringify(names)), names);
}

async function reconnects(page) {
  await pricesMove(page, ["AAPL", "EURUSD"]);
  await page.evaluate(() => window.sockets.at(-1).close());
  await eventually(page, "a cut connection is said", () =>
    document.querySelector("#connection").textContent === "Reconnecting" &&
    document.querySelector("tr[data-instrument='fmp:AAPL'] td.state .word").textContent === "offline",
  );
  await eventually(page, "the page connects again", () => document.querySelector("#connection").textContent === "Connected");
  verify((await page.evaluate(() => window.sockets.length)) === 2, "with one new socket");
  await page.evaluate(() => (window.pricesSeen = undefined));
  await pricesMove(page, ["AAPL", "TSLA", "BTCUSD", "EURUSD", "upbit:KRW-BTC"]);
}

async function keepsOrder(page) {
  await eventually(page, `${TICKS} ticks came`, (most) => window.tickmesh.ticks >= most, TICKS, 120_000);
  const { violations, log } = await page.evaluate(() => ({
    violations: window.tickmesh.violations,
    log: window.tickmesh.violationLog,
  }));
  verify(violations === 0, `every jump was announced: ${violations} violations ${log.join("; ")}`);
}

async function photographs(page) {
  await mkdir(shots, { recursive: true });
  for (const [name, width, height, colorScheme] of [
    ["light", 1366, 640, "light"],
    ["dark", 1366, 640, "dark"],
    ["tablet-dark", 1024, 640, "dark"],
    ["narrow-light", 375, 812, "light"],
    ["narrow-dark", 375, 812, "dark"],
  ]) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(1_500);
    const across = await page.evaluate(() => document.documentElement.scrollWidth);
    await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true });
    verify(across <= width, `nothing to scroll sideways at ${width} px (${across} px), ${name}`);
  }
}

await run("page", async (browser) => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 800 }, colorScheme: "dark" });
  const page = await context.newPage();
  const heard = complaints(page);
  await page.addInitScript(rememberSockets);
  await showsPrices(page);
  await changesTheList(page);
  await keepsOrder(page);
  await remembers(page);
  await reconnects(page);
  await keepsOrder(page);
  await photographs(page);
  verify(heard.length === 0, `the console stays empty: ${heard.join("; ")}`);
});
