// The React hooks in a document without a browser: run by `node --test`.

import "./react-hook.mjs";
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { outside } from "./outside.mjs";
import { World, tick } from "./world.mjs";

const { Window } = await import(pathToFileURL(outside.resolve("happy-dom")));
const window = new Window();
Object.assign(globalThis, { window, document: window.document, IS_REACT_ACT_ENVIRONMENT: true });
Object.defineProperty(globalThis, "navigator", { value: window.navigator, configurable: true });
let frames = [];
globalThis.requestAnimationFrame = (task) => frames.push(task);
globalThis.cancelAnimationFrame = (frame) => delete frames[frame - 1];

const { act, createElement, StrictMode } = await import("react");
const { createRoot } = await import("react-dom/client");
const { TickmeshProvider, useConnection, useTopic, useTopics } = await import("../react.js");

const A = "trade/x:A";
const B = "trade/x:B";
let renders = 0;

function Price({ topic, maxRate }) {
  renders++;
  const { value, state, refusal, gaps, conflated } = useTopic(topic, { maxRate });
  return refusal ? refusal.message : `${state} ${value?.price} ${gaps} ${conflated}`;
}

function Prices({ topics }) {
  const known = useTopics(topics);
  return topics.map((topic) => `${topic}=${known[topic]?.value?.price}`).join(" ");
}

function Line() {
  return useConnection().state;
}

async function paint() {
  await act(() => {
    const due = frames;
    frames = [];
    due.forEach((task) => task());
  });
}

async function page(world, make) {
  const container = document.createElement("div");
  const root = createRoot(container);
  const show = (child) => act(() => root.render(createElement(StrictMode, null, createElement(TickmeshProvider, { client: world.mesh }, child))));
  await show(make);
  world.pass(0);
  return { root, show, text: () => container.textContent };
}

function connected() {
  const world = new World();
  world.hello();
  return world;
}

test("a component shows the newest value, rendering once a frame however many ticks come", async () => {
  const world = connected();
  const { root, text } = await page(world, createElement(Price, { topic: A }));
  assert.equal(text(), "null undefined 0 0");
  assert.equal(world.asked("subscribe").length, 1);
  world.accept();
  world.say({ type: "snapshot", topic: A, epoch: 1, seq: 1, state: "live", price: 1 });
  await paint();
  assert.equal(text(), "live 1 0 0");
  const before = renders;
  for (let seq = 2; seq < 100; seq++) {
    world.say(tick(A, seq));
  }
  world.say({ type: "gap", topic: A, lost: 1 }, { type: "conflated", topic: A, count: 2 }, tick(A, 103));
  await paint();
  assert.equal(text(), "live 103 1 2");
  assert.ok(renders - before <= 2, "StrictMode renders twice");
  await act(() => root.unmount());
  world.pass(0);
  assert.deepEqual(world.asked("unsubscribe").map(({ topics }) => topics), [[A]]);
});

test("a refusal is shown in the node's words", async () => {
  const world = connected();
  const { text } = await page(world, createElement(Price, { topic: A }));
  const [{ id }] = world.asked("subscribe");
  world.say({ type: "subscribed", id, results: [{ topic: A, ok: false, code: "bad_topic", message: "no such", retry: false }] });
  await paint();
  assert.equal(text(), "no such");
});

test("another rate changes the subscription, other topics make a new one", async () => {
  const world = connected();
  const { show } = await page(world, createElement(Price, { topic: A, maxRate: 5 }));
  assert.equal(world.asked("subscribe")[0].max_rate, 5);
  world.accept();
  await show(createElement(Price, { topic: A, maxRate: 2 }));
  world.pass(0);
  assert.deepEqual(world.asked("configure").map(({ topics, max_rate }) => [topics, max_rate]), [[[A], 2]]);
  await show(createElement(Price, { topic: B, maxRate: 2 }));
  world.pass(0);
  assert.deepEqual(world.asked("unsubscribe")[0].topics, [A]);
  assert.deepEqual(world.asked("subscribe")[1].topics, [B]);
});

test("several topics; a list that is equal is the same list", async () => {
  const world = connected();
  const { show, text } = await page(world, createElement(Prices, { topics: [A, B] }));
  world.accept();
  world.say({ type: "snapshot", topic: A, epoch: 1, seq: 1, state: "live", price: 1 });
  await paint();
  assert.equal(text(), `${A}=1 ${B}=undefined`);
  await show(createElement(Prices, { topics: [A, B] }));
  world.pass(0);
  assert.equal(world.asked("unsubscribe").length, 0);
});

test("the connection is a state like others", async () => {
  const world = connected();
  const { text } = await page(world, createElement(Line));
  assert.equal(text(), "open");
  await act(() => world.cut());
  assert.equal(text(), "waiting");
});

test("a hook without a client says what is missing", async () => {
  const root = createRoot(document.createElement("div"));
  await assert.rejects(async () => act(() => root.render(createElement(Line))), /no <TickmeshProvider/);
});
