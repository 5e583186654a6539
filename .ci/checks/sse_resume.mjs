// The browser's own EventSource goes on by itself on another node: where a node leaves, and where one is killed.
// Usage: node sse_resume.mjs

import { createServer } from "node:http";
import net from "node:net";
import { complaints, eventually, run, verify } from "./harness.mjs";
import { Nodes, until } from "./nodes.mjs";

const TOPIC = "trade/fmp:BTCUSD";
const POOL = "fmp-crypto";
const TICKS = 25;

/** What a load balancer is to a browser: one address, behind it one node or another. */
class Forwarder {
  #to;
  #server = net.createServer((client) => {
    const { hostname, port } = new URL(this.#to);
    const node = net.connect({ host: hostname, port });
    for (const [from, to] of [[client, node], [node, client]]) {
      from.pipe(to);
      from.on("error", () => to.destroy());
      from.on("close", () => to.destroy());
    }
  });

  async listen() {
    await new Promise((done) => this.#server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  leadTo(url) {
    this.#to = url;
  }

  close() {
    this.#server.close();
  }
}

/** Listens, and keeps books of what comes; runs in the page. The books are never told that a connection broke. */
function listen(url) {
  const seen = (window.seen = { nodes: [], types: {}, resets: [], ticks: 0, unsaid: [] });
  const source = new EventSource(url);
  let at;
  const count = (type) => (seen.types[type] = (seen.types[type] ?? 0) + 1);
  const on = (type, hear) =>
    source.addEventListener(type, ({ data }) => {
      count(type);
      hear(JSON.parse(data));
    });
  on("hello", ({ node }) => seen.nodes.push(node));
  on("subscribed", () => {});
  on("resumed", ({ results }) => (seen.resumed = results));
  on("state", () => {});
  on("leaving", () => {});
  on("snapshot", ({ epoch, seq }) => (at = { epoch, seq }));
  on("reset", ({ epoch, seq }) => {
    at && epoch <= at.epoch && seen.unsaid.push(`reset from ${at.epoch}.${at.seq} to ${epoch}.${seq}`);
    seen.resets.push(`on ${seen.nodes.at(-1)} from ${at?.epoch}.${at?.seq} to ${epoch}.${seq}`);
    at = { epoch, seq };
  });
  on("gap", ({ lost }) => (at.seq += lost));
  on("conflated", ({ count }) => (at.seq += count));
  on("tick", ({ epoch, seq }) => {
    at && epoch === at.epoch && seq === at.seq + 1 || seen.unsaid.push(`${at?.epoch}.${at?.seq} then ${epoch}.${seq}`);
    at = { epoch, seq };
    seen.ticks++;
  });
}

const seen = (page) => page.evaluate(() => window.seen);

async function ticksFrom(page, node) {
  await eventually(page, `EventSource is on ${node.name}`, (name) => window.seen.nodes.at(-1) === name, node.name, 60_000);
  const { ticks } = await seen(page);
  await eventually(page, `${TICKS} more ticks came`, (least) => window.seen.ticks >= least, ticks + TICKS, 60_000);
}

/** Makes a node the owner of the pool, so that it is known what a death does to it. */
async function own(node) {
  const pool = async () => {
    const { pools, nodes } = await (await fetch(`${node.management}/admin/cluster`)).json();
    return { ...pools.find(({ pool, feed }) => pool === POOL || feed === POOL), nodes: nodes.length };
  };
  await until("both nodes are there", 60_000, async () => (await pool()).nodes === 2 && Boolean((await pool()).owner));
  await until(`${node.name} owns ${POOL}`, 60_000, async () => {
    const { owner, state } = await pool();
    if (owner === node.name) {
      return state === "streaming";
    }
    await fetch(`${node.management}/admin/feeds/${POOL}/move`, { method: "POST", body: JSON.stringify({ to: node.name }) });
    return false;
  });
}

/** A page of another origin than the nodes'. */
const server = createServer((request, response) => {
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
  response.end('<!doctype html><link rel="icon" href="data:,"><title>EventSource</title>');
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));

const nodes = new Nodes("sse-resume");
const forwarder = new Forwarder();
await run("sse resume", async (browser) => {
  let [a, b] = await Promise.all([nodes.start("a"), nodes.start("b")]);
  await own(b);
  const page = await browser.newPage();
  const heard = complaints(page);
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const url = await forwarder.listen();
  forwarder.leadTo(a.url);
  await page.evaluate(listen, `${url}/sse?topics=${TOPIC}`);
  await ticksFrom(page, a);

  forwarder.leadTo(b.url);
  await nodes.stop(a, "SIGTERM");
  await ticksFrom(page, b);
  const left = await seen(page);
  verify(left.types.leaving === 1 && left.types.resumed === 1, `the node said that it leaves, the other went on: ${JSON.stringify(left)}`);
  verify(left.types.snapshot === 1, `without a snapshot; resets, of a new epoch only: ${left.resets}`);
  verify(left.unsaid.length === 0, `${left.ticks} ticks of two nodes, none missing, none twice: ${left.unsaid}`);

  a = await nodes.start("a");
  await own(b);
  forwarder.leadTo(a.url);
  await nodes.stop(b, "SIGKILL");
  await ticksFrom(page, a);
  const killed = await seen(page);
  verify(killed.types.resumed === 2, `the owner was killed, the other went on: ${JSON.stringify(killed)}`);
  verify(killed.resets.length > left.resets.length, `the new epoch was said: ${killed.resets.at(-1)}`);
  verify(killed.unsaid.length === 0, `${killed.ticks} ticks, every jump announced: ${killed.unsaid}`);
  verify(heard.filter((each) => !/ERR_|request failed/.test(each)).length === 0, `no other complaints: ${heard}`);
});
forwarder.close();
nodes.stopAll();
server.close();
