"""What one caller wants of some topics."""

from __future__ import annotations

import asyncio
import logging
import weakref
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, AsyncIterator, Callable, Deque, Dict, List, Optional, Sequence, Tuple

from .wire import Event, kind_of

if TYPE_CHECKING:
    from .client import Tickmesh

Handler = Callable[[Event, str], Any]
PREFERENCES = ("both", "snapshot_only", "realtime_only")
_LOG = logging.getLogger("tickmesh")
_UNCHANGED: Any = object()


@dataclass(frozen=True)
class Options:
    preference: str = "both"
    max_rate: Optional[float] = None
    fields: Optional[Tuple[str, ...]] = None

    def __post_init__(self) -> None:
        if self.preference not in PREFERENCES:
            raise ValueError(f"preference must be one of {', '.join(PREFERENCES)}, not {self.preference}")
        if self.max_rate is not None and not 0.01 <= self.max_rate <= 1000:
            raise ValueError(f"max_rate must be 0.01 to 1000 ticks a second, not {self.max_rate}")
        if isinstance(self.fields, str) or not all(isinstance(each, str) for each in self.fields or ()):
            raise ValueError("fields must be a sequence of names")


def options_of(preference: str, max_rate: Optional[float], fields: Optional[Sequence[str]]) -> Options:
    if isinstance(fields, str):
        raise ValueError("fields must be a sequence of names")
    return Options(preference, max_rate, None if fields is None else tuple(fields))


class Emitter:
    """Who listens to what; a listener that raises harms no other."""

    def __init__(self) -> None:
        self._listeners: Dict[str, List[Callable[..., Any]]] = {}

    def on(self, event_type: str, listener: Callable[..., Any]) -> Callable[[], None]:
        """Calls the listener for events of that type, `*` for all; returns what ends that."""
        self._listeners.setdefault(event_type, []).append(listener)
        return lambda: self.off(event_type, listener)

    def off(self, event_type: str, listener: Callable[..., Any]) -> None:
        listeners = self._listeners.get(event_type, [])
        if listener in listeners:
            listeners.remove(listener)

    def emit(self, event_type: str, *event: Any) -> None:
        for listener in list(self._listeners.get(event_type, ())):
            try:
                listener(*event)
            except Exception:
                _LOG.exception("a listener of tickmesh failed")


class Backlog:
    """Events that wait for a reader: at most so many, the oldest ticks replaced by newer ones."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._events: Deque[Event] = deque()
        self._missing: Dict[str, int] = {}
        self._ended = False
        self._news = asyncio.Event()

    def push(self, event: Event) -> None:
        self._events.append(event)
        if len(self._events) > self._limit:
            self._give_up_one()
        self._news.set()

    def end(self) -> None:
        self._ended = True
        self._news.set()

    def __aiter__(self) -> "Backlog":
        return self

    async def __anext__(self) -> Event:
        while not self._events:
            if self._ended:
                raise StopAsyncIteration
            self._news.clear()
            await self._news.wait()
        return self._take()

    def _give_up_one(self) -> None:
        oldest = next((i for i, event in enumerate(self._events) if event["type"] == "tick"), 0)
        lost = self._events[oldest]
        del self._events[oldest]
        if lost["type"] in ("tick", "conflated", "gap"):
            topic = lost["topic"]
            ticks = int(lost.get("count") or lost.get("lost") or 1)
            self._missing[topic] = self._missing.get(topic, 0) + ticks

    def _take(self) -> Event:
        event = self._events[0]
        kind = event["type"]
        if kind in ("snapshot", "reset"):
            self._missing.pop(event["topic"], None)
        count = self._missing.pop(event["topic"], None) if kind == "tick" else None
        if count is None:
            return self._events.popleft()
        if kind_of(event["topic"]) == "notice":
            return {"type": "gap", "topic": event["topic"], "lost": count}
        return {"type": "conflated", "topic": event["topic"], "count": count}


class Subscription(Emitter):
    """Made by `Tickmesh.subscribe`. Read it with `async for event in subscription`, or listen with `on`."""

    def __init__(self, owner: "Tickmesh", topics: Sequence[str], options: Options) -> None:
        super().__init__()
        self._owner = owner
        self.topics: Tuple[str, ...] = tuple(dict.fromkeys(topics))
        self.options = options
        self.ended = False
        self._results: Dict[str, Event] = {}
        self._answered = asyncio.Event()
        # who reads no more is forgotten
        self._backlogs: "weakref.WeakSet[Backlog]" = weakref.WeakSet()

    async def ready(self) -> List[Optional[Event]]:
        """The node's answers in the order of the topics, when all are there; None for what was ended before."""
        await self._answered.wait()
        return [self._results.get(topic) for topic in self.topics]

    def unsubscribe(self) -> None:
        """Ends this; other subscriptions to the same topics go on."""
        self._owner._end(self)
        self._finish()

    def configure(self, max_rate: Optional[float] = _UNCHANGED, fields: Optional[Sequence[str]] = _UNCHANGED) -> None:
        """Changes `max_rate` and `fields` while running; None means all."""
        if max_rate is not _UNCHANGED:
            self.options = replace(self.options, max_rate=max_rate)
        if fields is not _UNCHANGED:
            self.options = options_of(self.options.preference, self.options.max_rate, fields)
        self._owner._changed(self)

    def events(self, limit: int = 1_000) -> AsyncIterator[Event]:
        """All events from now on, in order. A slow reader misses ticks, and is told so."""
        backlog = Backlog(limit)
        self._backlogs.add(backlog)
        if self.ended:
            backlog.end()
        return backlog

    def __aiter__(self) -> AsyncIterator[Event]:
        return self.events()

    def _take(self, event: Event, asked: str) -> None:
        if self.ended:
            return
        if event["type"] in ("accepted", "refused"):
            self._results[asked] = event
            if len(self._results) == len(self.topics):
                self._answered.set()
        self.emit(event["type"], event, asked)
        self.emit("*", event, asked)
        for backlog in self._backlogs:
            backlog.push(event)

    def _finish(self) -> None:
        if self.ended:
            return
        self.ended = True
        self._answered.set()
        for backlog in self._backlogs:
            backlog.end()
        self.emit("end", {"type": "end"})
