// Nodes of this tree for the checks that need more than one: real processes in a cluster of their own.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import path from "node:path";

const ROOT = path.join(import.meta.dirname, "../..");
const READY_WITHIN = 120_000;

export class Nodes {
  #name;
  #running = new Set();

  constructor(name) {
    this.#name = `${name}-${process.pid}`;
    mkdirSync(path.join(ROOT, "target"), { recursive: true });
  }

  /** Starts a node; `port` 0 takes any. Resolves when it is ready. */
  async start(name, port = 0) {
    const management = port === 0 ? 0 : port + 1000;
    const set = [`http.port=${port}`, `management.port=${management}`, `cluster.name=${this.#name}`, `node.name=${name}`];
    const child = spawn(path.join(ROOT, "bin/tickmesh"), set.flatMap((each) => ["--set", each]), {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#running.add(child);
    const log = createWriteStream(path.join(ROOT, "target", `checks-${this.#name}-${name}.log`), { flags: "a" });
    child.stderr.pipe(log, { end: false });
    const node = { name, child, ended: once(child, "exit") };
    await new Promise((serves, fails) => {
      let told = "";
      child.stdout.on("data", (data) => {
        log.write(data);
        told += data;
        const where = /serves on (http:\S+)\/ \(management (http:\S+)\/\)/.exec(told);
        if (where) {
          [, node.url, node.management] = where;
          serves();
        }
      });
      node.ended.then(() => fails(new Error(`node ${name} ended: ${told}; its log is ${log.path}`)));
    });
    await until(`node ${name} is ready`, READY_WITHIN, async () => (await fetch(`${node.management}/health/ready`)).ok);
    return node;
  }

  async stop(node, signal = "SIGTERM") {
    node.child.kill(signal);
    await node.ended;
    this.#running.delete(node.child);
  }

  /** Ends what still runs, without waiting for it to drain. */
  stopAll() {
    for (const child of this.#running) {
      child.kill("SIGKILL");
    }
  }
}

/** Asks until the answer is true; an ask that fails counts as no. */
export async function until(what, timeout, holds) {
  const end = Date.now() + timeout;
  while (Date.now() < end) {
    if (await holds().catch(() => false)) {
      return;
    }
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`not so within ${timeout / 1000} s: ${what}`);
}
