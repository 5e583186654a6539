/** Types of the JavaScript client of Tickmesh. What events mean is in docs/protocol.md. */

/** Numbers come as `number`, or as `string` with the digits that the provider sent: `new Tickmesh(url, { numbers: "string" })`. */
export type Decimal = number | string;
export type Preference = "both" | "snapshot_only" | "realtime_only";
export type DataState = "live" | "waiting" | "stale" | "fallback" | "closed";
export type Level<D extends Decimal = Decimal> = [price: D, size: D];

/** The members that a value may have, by its kind. */
export interface Value<D extends Decimal = Decimal> {
  /** By the provider, in microseconds since 1970. */
  time?: number;
  /** At the gateway, in microseconds since 1970. */
  received?: number;
  price?: D;
  size?: D;
  side?: "buy" | "sell";
  exchange?: string;
  broken?: { price: D; size: D };
  bid_price?: D;
  bid_size?: D;
  ask_price?: D;
  ask_size?: D;
  asks?: Level<D>[];
  bids?: Level<D>[];
  ask_total?: D;
  bid_total?: D;
  change?: D;
  change_rate?: D;
  open?: D;
  high?: D;
  low?: D;
  close?: D;
  previous_close?: D;
  volume?: D;
  amount?: D;
  volume_24h?: D;
  amount_24h?: D;
  start?: number;
  fields?: Record<string, string>;
  event?: string;
}

interface OfTopic {
  topic: string;
}

interface Position {
  epoch: number;
  seq: number;
}

export interface TickEvent<D extends Decimal = Decimal> extends OfTopic, Position, Value<D> {
  type: "tick";
  state: DataState;
}

export interface SnapshotEvent<D extends Decimal = Decimal> extends OfTopic, Position, Value<D> {
  type: "snapshot" | "reset";
  n?: number;
  state: DataState;
  reason?: string;
  since?: number;
  simulated?: boolean;
}

export interface GapEvent extends OfTopic {
  type: "gap";
  lost: number;
  /** The node did not say it: the client saw a jump. */
  unannounced?: true;
}

export interface ConflatedEvent extends OfTopic {
  type: "conflated";
  count: number;
}

export interface StateEvent extends OfTopic {
  type: "state";
  state: DataState;
  reason: string;
  since?: number;
  /** The client's own word: the connection was lost, or came back. */
  local?: true;
}

export interface DoneEvent extends OfTopic {
  type: "done";
}

export interface AcceptedEvent extends OfTopic {
  type: "accepted";
  ok: true;
  state?: DataState;
  reason: string;
}

export interface RefusedEvent extends OfTopic {
  type: "refused";
  ok: false;
  code: string;
  message: string;
  /** Whether the client tries again by itself. */
  retry: boolean;
}

export type TopicEvent<D extends Decimal = Decimal> =
  | TickEvent<D>
  | SnapshotEvent<D>
  | GapEvent
  | ConflatedEvent
  | StateEvent
  | DoneEvent
  | AcceptedEvent
  | RefusedEvent;

export interface SubscribeOptions {
  /** `both` (default): where it stands, then ticks. `snapshot_only`: one value. `realtime_only`: ticks alone. */
  preference?: Preference;
  /** Ticks a second and topic, 0.01 to 1000; null or absent: all. */
  maxRate?: number | null;
  /** The members of the value that are wanted; null or absent: all. */
  fields?: string[] | null;
}

/** `topic` is the topic as it was written in `subscribe`; that of the event is as the node writes it. */
export type Handler<D extends Decimal = Decimal> = (event: TopicEvent<D>, topic: string) => void;

interface SubscriptionEvents<D extends Decimal> {
  tick: TickEvent<D>;
  snapshot: SnapshotEvent<D>;
  reset: SnapshotEvent<D>;
  gap: GapEvent;
  conflated: ConflatedEvent;
  state: StateEvent;
  done: DoneEvent;
  accepted: AcceptedEvent;
  refused: RefusedEvent;
  /** Nothing comes any more. */
  end: { type: "end" };
  "*": TopicEvent<D>;
}

export class Subscription<D extends Decimal = Decimal> implements AsyncIterable<TopicEvent<D>> {
  private constructor();
  readonly topics: readonly string[];
  readonly options: Required<SubscribeOptions>;
  readonly ended: boolean;
  /** Resolves when the node has answered for every topic; null for what was ended before. */
  readonly ready: Promise<(AcceptedEvent | RefusedEvent | null)[]>;
  unsubscribe(): void;
  configure(options: Pick<SubscribeOptions, "maxRate" | "fields">): void;
  /** Returns what ends the listening. */
  on<T extends keyof SubscriptionEvents<D>>(
    type: T,
    listener: (event: SubscriptionEvents<D>[T], topic: string) => void,
  ): () => void;
  off<T extends keyof SubscriptionEvents<D>>(
    type: T,
    listener: (event: SubscriptionEvents<D>[T], topic: string) => void,
  ): void;
  /** All events in order; of what a slow reader leaves, `limit` events are kept (1,000). */
  events(options?: { limit?: number }): AsyncIterableIterator<TopicEvent<D>>;
  [Symbol.asyncIterator](): AsyncIterator<TopicEvent<D>>;
}

export interface ConnectionState {
  state: "connecting" | "open" | "waiting" | "closed";
  url: string;
  node: string | null;
  /** Why it is not open, or why another node would be better. */
  why: string;
  /** The close code of the last connection, if there was one. */
  code: number | null;
  /** When the next attempt is made, by `performance.now()`. */
  retryAt: number | null;
}

interface MeshEvents {
  connection: ConnectionState;
  leaving: { type: "leaving"; retry_after_ms: number };
  elsewhere: { type: "elsewhere"; reason: string };
  violation: { type: "violation"; where: string; what: string };
  error: { type: "error"; code: string; message: string; retry: boolean };
}

/** Anything like a browser's WebSocket: the `WebSocket` of Node 22, that of the package `ws`. */
export type WebSocketLike = new (url: string) => {
  onmessage: ((event: any) => void) | null;
  onclose: ((event: any) => void) | null;
  onerror: ((event: any) => void) | null;
  send(text: string): void;
  close(code?: number): void;
};

export interface TickmeshOptions<N extends "number" | "string" = "number" | "string"> {
  /** How decimals come; `number` (default) rounds beyond some 15 digits and drops zeros at the end. */
  numbers?: N;
  /** `compact` saves bytes; events are the same. */
  format?: "json" | "compact";
  /** Milliseconds that the node may wait to send several events in one message, 0 to 1000. */
  batch?: number;
  /** Where there is no global one. */
  WebSocket?: WebSocketLike;
}

export interface HealthStatus {
  status: "healthy" | "unhealthy";
  connection: ConnectionState["state"];
  node: string | null;
  reason: string;
  components: string[];
  topics: number;
}

export interface ConnectionMetrics {
  total_processed: number;
  total_ticks: number;
  connections: number;
  topics: number;
  subscriptions: number;
  gaps: number;
  lost: number;
  conflated: number;
  resets: number;
  refused: number;
  violations: number;
  round_trip_ms: number | null;
}

type DecimalOf<N> = N extends "string" ? string : number;

export class Tickmesh<N extends "number" | "string" = "number"> {
  constructor(url: string | URL | readonly (string | URL)[], options?: TickmeshOptions<N>);
  readonly connection: ConnectionState;
  readonly roundTrip: number | null;
  readonly ticks: number;
  /** Jumps that the node did not announce, and other breaches of the protocol. */
  readonly violations: number;
  readonly violationLog: readonly string[];
  subscribe(topics: string | readonly string[], handler?: Handler<DecimalOf<N>>): Subscription<DecimalOf<N>>;
  subscribe(
    topics: string | readonly string[],
    options: SubscribeOptions,
    handler?: Handler<DecimalOf<N>>,
  ): Subscription<DecimalOf<N>>;
  component(name: string, options?: { provider?: string }): Component<DecimalOf<N>>;
  on<T extends keyof MeshEvents>(type: T, listener: (event: MeshEvents[T]) => void): () => void;
  off<T extends keyof MeshEvents>(type: T, listener: (event: MeshEvents[T]) => void): void;
  serverTime(): number | null;
  age(event: { received?: number }): number | null;
  hurry(): void;
  getHealthStatus(): HealthStatus;
  getAllConnectionMetrics(): ConnectionMetrics;
  close(): void;
}

export interface TickerEvent<D extends Decimal = Decimal> extends OfTopic, Position, Value<D> {
  type: "ticker";
  symbol: string;
  trade_price: D;
  stream_type: "SNAPSHOT" | "REALTIME";
  state: DataState;
}

export interface OrderbookEvent<D extends Decimal = Decimal> extends OfTopic, Position, Value<D> {
  type: "orderbook";
  symbol: string;
  orderbook_units: { ask_price: D | null; bid_price: D | null; ask_size: D | null; bid_size: D | null }[];
  stream_type: "SNAPSHOT" | "REALTIME";
  state: DataState;
}

export class Component<D extends Decimal = Decimal> {
  private constructor();
  readonly name: string;
  subscribeTicker(
    symbols: string | readonly string[],
    callback: (event: TickerEvent<D>) => void,
    streamPreference?: Preference,
  ): Subscription<D>;
  subscribeOrderbook(
    symbols: string | readonly string[],
    callback: (event: OrderbookEvent<D>) => void,
    streamPreference?: Preference,
  ): Subscription<D>;
  /** The newest price, or null where none comes within `timeout` milliseconds (3,000). */
  price(symbol: string, options?: { timeout?: number }): Promise<D | null>;
  getHealthStatus(): HealthStatus;
  getAllConnectionMetrics(): ConnectionMetrics;
  close(): void;
}
