/** React hooks over the JavaScript client. Renders follow the frame rate of the screen, not that of the ticks. */

import { createContext, createElement, useCallback, useContext, useEffect, useMemo, useRef, useSyncExternalStore } from "react";

const Context = createContext(null);
const NOTHING = Object.freeze({ topics: Object.freeze({}) });
const UNKNOWN = Object.freeze({ value: null, state: null, reason: "", refusal: null, gaps: 0, conflated: 0 });

/** Makes a client known to every hook below it. */
export function TickmeshProvider({ client, children }) {
  return createElement(Context.Provider, { value: client }, children);
}

/** The client of the provider above. */
export function useTickmesh() {
  const client = useContext(Context);
  if (client === null) {
    throw new Error("no <TickmeshProvider client={...}> above this component");
  }
  return client;
}

/** How the connection is, as `Tickmesh.connection`. */
export function useConnection() {
  const client = useTickmesh();
  const subscribe = useCallback((listener) => client.on("connection", listener), [client]);
  const read = useCallback(() => client.connection, [client]);
  return useSyncExternalStore(subscribe, read, read);
}

/** What is known of one topic: `value`, `state`, `reason`, `refusal`, `gaps`, `conflated`. */
export function useTopic(topic, options) {
  return useTopics(useMemo(() => [topic], [topic]), options)[topic] ?? UNKNOWN;
}

/** What is known of some topics, by the names they have here. A change of `maxRate` or `fields` keeps the subscription. */
export function useTopics(topics, options = {}) {
  const client = useTickmesh();
  const { preference, maxRate = null, fields = null } = options;
  const names = JSON.stringify(topics);
  const members = JSON.stringify(fields);
  const running = useRef(null);
  const store = useMemo(
    () => new Store(client, JSON.parse(names), preference, running),
    [client, names, preference],
  );
  const first = useRef({});
  first.current = { maxRate, fields: JSON.parse(members) };
  const subscribe = useCallback((listener) => store.listen(listener, first.current), [store]);
  useEffect(() => running.current?.configure({ maxRate, fields: JSON.parse(members) }), [maxRate, members]);
  return useSyncExternalStore(subscribe, store.read, store.read).topics;
}

const soon = globalThis.requestAnimationFrame?.bind(globalThis) ?? ((task) => setTimeout(task, 16));
const notSoon = globalThis.cancelAnimationFrame?.bind(globalThis) ?? clearTimeout;

/** What the events of a subscription come to; tells its listener at most once a frame. */
class Store {
  #client;
  #topics;
  #preference;
  #running;
  #known = new Map();
  #shown = NOTHING;
  #frame = null;
  #listener = null;

  read = () => this.#shown;

  constructor(client, topics, preference, running) {
    this.#client = client;
    this.#topics = topics;
    this.#preference = preference;
    this.#running = running;
  }

  listen(listener, { maxRate, fields }) {
    if (this.#topics.length === 0) {
      return () => {};
    }
    const options = { preference: this.#preference, maxRate, fields };
    const subscription = this.#client.subscribe(this.#topics, options, (event, topic) => this.#on(event, topic));
    this.#listener = listener;
    this.#running.current = subscription;
    return () => {
      subscription.unsubscribe();
      if (this.#running.current === subscription) {
        this.#running.current = null;
      }
      if (this.#frame !== null) {
        notSoon(this.#frame);
        this.#frame = null;
      }
    };
  }

  #on(event, topic) {
    this.#known.set(topic, after(this.#known.get(topic) ?? UNKNOWN, event));
    this.#frame ??= soon(() => {
      this.#frame = null;
      this.#shown = { topics: Object.fromEntries(this.#known) };
      this.#listener();
    });
  }
}

function after(known, event) {
  switch (event.type) {
    case "tick":
      return { ...known, value: event, state: event.state, reason: event.state === known.state ? known.reason : "" };
    case "snapshot":
    case "reset":
      return { ...known, value: event, state: event.state, reason: event.reason ?? "" };
    case "state":
      return { ...known, state: event.state, reason: event.reason };
    case "accepted":
      return { ...known, refusal: null, state: event.state ?? known.state };
    case "refused":
      return { ...known, refusal: event, state: null };
    case "gap":
      return { ...known, gaps: known.gaps + event.lost };
    case "conflated":
      return { ...known, conflated: known.conflated + event.count };
    default:
      return known;
  }
}
