// What the checks in a browser share: a Chromium, and a way to say what was verified.

import { chromium } from "playwright-core";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
}

/** Prints what holds; throws what does not. */
export function verify(holds, what) {
  if (!holds) {
    throw new Error(`not so: ${what}`);
  }
  console.log(`ok: ${what}`);
}

/** Waits until a function in the page is true; says what was waited for if it never is. */
export async function eventually(page, what, condition, argument, timeout = 20_000) {
  try {
    await page.waitForFunction(condition, argument, { timeout, polling: 100 });
  } catch (cause) {
    throw new Error(`not so within ${timeout / 1000} s: ${what}`, { cause });
  }
  console.log(`ok: ${what}`);
}

/** Runs a check and makes its outcome that of the process. */
export async function run(name, check) {
  const browser = await launch();
  try {
    await check(browser);
    console.log(`${name}: passed on ${browser.version()}`);
  } catch (cause) {
    console.error(`${name}: FAILED\n`, cause);
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

/** A page that is none of ours has no icon either. */
export function withoutIcon(page) {
  return page.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
}

/** Everything a page complains about. */
export function complaints(page) {
  const heard = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      heard.push(`console ${message.type()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (cause) => heard.push(`uncaught: ${cause}`));
  page.on("requestfailed", (request) => heard.push(`request failed: ${request.url()}`));
  page.on("response", (response) => response.status() < 400 || heard.push(`${response.status()}: ${response.url()}`));
  return heard;
}

export function argument(index, what) {
  const value = process.argv[index + 1];
  if (!value) {
    console.error(`missing argument: ${what}`);
    process.exit(2);
  }
  return value;
}
