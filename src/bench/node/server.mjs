// The baseline of bin/bench in Node: one process, the text of a tick made once, one send per client.
// Arguments: URL of the provider's socket, key, symbols separated by commas.
import { createServer } from "node:http";
import { WebSocket, WebSocketServer } from "ws";

const [url, apiKey, names] = process.argv.slice(2);
const holders = new Map(names.split(",").map((symbol) => [symbol, new Set()]));
const known = new Map();
const fields = { lp: "last_price", ls: "last_size", ap: "ask_price", as: "ask_size", bp: "bid_price", bs: "bid_size" };
let ticks = 0;
let clients = 0;

const provider = new WebSocket(url);
const ask = (event, data) => provider.send(JSON.stringify({ event, data }));
const want = (wanted) => ask(wanted ? "subscribe" : "unsubscribe", { ticker: names.toLowerCase().split(",") });

provider.on("message", (bytes) => {
  const received = Math.round((performance.timeOrigin + performance.now()) * 1000);
  const frame = JSON.parse(bytes);
  if (frame.s === undefined) {
    return;
  }
  ticks++;
  const symbol = frame.s.toUpperCase();
  let price = known.get(symbol);
  if (price === undefined) {
    known.set(symbol, (price = { type: "price_update", symbol }));
  }
  price.timestamp = Math.floor(frame.t / 1e6);
  price.data_type = frame.type;
  for (const [theirs, ours] of Object.entries(fields)) {
    if (frame[theirs] !== undefined) {
      price[ours] = frame[theirs];
    }
  }
  price.received = received;
  const text = Buffer.from(JSON.stringify(price));
  for (const socket of holders.get(symbol)) {
    socket.send(text, { binary: false });
  }
});
provider.on("close", () => process.exit(1));
await new Promise((resolve) => provider.once("open", resolve));
ask("login", { apiKey });

const http = createServer((request, response) => response.end(String(ticks)));
const server = new WebSocketServer({ server: http, perMessageDeflate: false });
server.on("connection", (socket) => {
  if (++clients === 1) {
    want(true);
  }
  const held = [];
  socket.on("message", (bytes) => {
    for (const symbol of JSON.parse(bytes).symbols) {
      holders.get(symbol).add(socket);
      held.push(symbol);
    }
    socket.send('{"type":"subscription"}');
  });
  socket.on("close", () => {
    held.forEach((symbol) => holders.get(symbol).delete(socket));
    if (--clients === 0) {
      want(false);
    }
  });
});
http.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () =>
  console.log(`ws server on http://127.0.0.1:${http.address().port}/`),
);
