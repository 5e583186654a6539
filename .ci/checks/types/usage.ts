// What an application writes must have the types that it expects: checked by `tsc`, never run.

import { Tickmesh, type Preference, type TopicEvent } from "tickmesh";
import { TickmeshProvider, useConnection, useTopic, useTopics } from "tickmesh/react";

const numbers = new Tickmesh("ws://localhost:8000/stream");
const texts = new Tickmesh(["ws://one/stream", "ws://two/stream"], { numbers: "string", format: "compact", batch: 50 });

const subscription = texts.subscribe(["trade/fmp:AAPL"], { preference: "both", maxRate: 5, fields: ["price"] }, (event, topic) => {
  if (event.type === "tick") {
    const price: string | undefined = event.price;
    console.log(topic, price, event.seq);
  } else if (event.type === "gap") {
    const lost: number = event.lost;
    console.log(lost);
  }
});
subscription.on("tick", ({ price }) => price?.toUpperCase());
subscription.on("state", ({ state, reason }) => console.log(state, reason));
subscription.configure({ maxRate: null });
const stop: () => void = numbers.on("connection", ({ state, node }) => console.log(state, node?.length));
numbers.subscribe("quote/fmp:AAPL", (event) => event.type === "snapshot" && event.bid_price?.toFixed(2));

async function reads(): Promise<void> {
  for await (const event of subscription) {
    const known: TopicEvent<string> = event;
    console.log(known.topic);
  }
  const price: number | null = await numbers.component("my_app").price("KRW-BTC");
  console.log(price, (await subscription.ready)[0]?.ok);
}

const preference: Preference = "realtime_only";
texts.component("my_app").subscribeTicker(["KRW-BTC"], ({ symbol, trade_price }) => console.log(symbol, trade_price.length), preference);
numbers.component("my_app").subscribeOrderbook("KRW-BTC", ({ orderbook_units: [best] }) => best?.ask_price?.toFixed());
const healthy: boolean = numbers.getHealthStatus().status === "healthy";
const processed: number = numbers.getAllConnectionMetrics().total_processed;

function Price() {
  const { value, state, gaps } = useTopic<number>("trade/fmp:AAPL", { maxRate: 2 });
  const price: number | undefined = value?.price;
  return [price, state, gaps, useConnection().why, useTopics(["trade/fmp:MSFT"])["trade/fmp:MSFT"]?.refusal?.message];
}

TickmeshProvider({ client: texts, children: null });

// @ts-expect-error: no such preference
numbers.subscribe("trade/fmp:AAPL", { preference: "all" });
// @ts-expect-error: numbers are numbers or texts
new Tickmesh("ws://localhost", { numbers: "bigint" });
// @ts-expect-error: texts were asked for
texts.component("x").subscribeTicker("KRW-BTC", ({ trade_price }) => trade_price.toFixed());

export { healthy, Price, processed, reads, stop };
