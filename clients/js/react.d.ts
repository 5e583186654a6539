/** Types of the React hooks of Tickmesh. */

import type { ReactElement, ReactNode } from "react";
import type { ConnectionState, DataState, Decimal, RefusedEvent, SnapshotEvent, SubscribeOptions, TickEvent, Tickmesh } from "./tickmesh.js";

export interface TopicView<D extends Decimal = Decimal> {
  /** The newest event with a value; null before there is one. */
  value: TickEvent<D> | SnapshotEvent<D> | null;
  state: DataState | null;
  reason: string;
  refusal: RefusedEvent | null;
  /** Ticks that were lost. */
  gaps: number;
  /** Ticks that newer ones replaced. */
  conflated: number;
}

type AnyClient = Tickmesh<"number"> | Tickmesh<"string">;

export function TickmeshProvider(props: { client: AnyClient; children?: ReactNode }): ReactElement;
export function useTickmesh<C extends AnyClient = AnyClient>(): C;
export function useConnection(): ConnectionState;
export function useTopic<D extends Decimal = Decimal>(topic: string, options?: SubscribeOptions): TopicView<D>;
export function useTopics<D extends Decimal = Decimal>(
  topics: readonly string[],
  options?: SubscribeOptions,
): Record<string, TopicView<D>>;
