"""The client."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any, Dict, Iterable, List, Optional, Sequence, Tuple, Union
from urllib.parse import urlencode, urlsplit, urlunsplit

from .component import Component, Needs
from .connection import WAITS, Connection
from .subscription import Emitter, Handler, Options, Subscription, options_of
from .topics import Held, Share, Strand, is_more
from .wire import COMPACT, TOPIC_EVENTS, VALUE_EVENTS, Event, Frame, expanded, has_value, key_of, kind_of, pattern_of

TOPICS_PER_REQUEST = 500
REQUEST_BYTES = 60_000
RETRY_REFUSED_AFTER = 15.0
KEPT_VIOLATIONS = 50
TOO_LARGE = 1009

Part = Tuple[Optional[Held], str, Any]


def address(url: str, format: str, batch: int) -> str:
    """`http://host:8000` is as good as `ws://host:8000/stream`."""
    parts = urlsplit(url)
    if parts.scheme not in ("ws", "wss", "http", "https") or not parts.hostname:
        raise ValueError(f"not an address: {url}")
    options = {key: value for key, value in (("format", format), ("batch", batch)) if value not in ("json", 0)}
    query = "&".join(each for each in (parts.query, urlencode(options)) if each)
    scheme = "wss" if parts.scheme in ("https", "wss") else "ws"
    return urlunsplit((scheme, parts.netloc, "/stream" if parts.path in ("", "/") else parts.path, query, ""))


class _Request:
    def __init__(self, kind: str, wired: Optional[Options], parts: List[Part], at: float) -> None:
        self.kind = kind
        self.wired = wired
        self.parts = parts
        self.at = at


class Tickmesh(Emitter):
    """A client of one or more nodes of a cluster.

    Holds each topic once, however many subscriptions want it, and holds it again after every reconnect, from where it
    stood. Make it where an event loop runs; it connects at once. Its own events, for `on`: `connection`, `leaving`,
    `elsewhere`, `violation` and `error`.
    """

    def __init__(
        self,
        url: Union[str, Sequence[str]],
        *,
        numbers: str = "decimal",
        format: str = "json",
        batch: int = 0,
        waits: Sequence[float] = WAITS,
    ) -> None:
        super().__init__()
        if numbers not in ("decimal", "float"):
            raise ValueError(f'numbers must be "decimal" or "float", not {numbers}')
        urls = [address(each, format, batch) for each in ([url] if isinstance(url, str) else url)]
        if not urls:
            raise ValueError("no URL")
        self.ticks = 0
        self.violations = 0
        self.violation_log: List[str] = []
        self.counts = dict.fromkeys(("processed", "gaps", "lost", "conflated", "resets", "refused"), 0)
        self._held: Dict[str, Held] = {}
        self._named: Dict[str, Held] = {}
        self._numbered: Dict[int, str] = {}
        self._patterns = 0
        self._subscriptions: Dict[Subscription, List[Share]] = {}
        self._components: Dict[Needs, None] = {}
        # in the order in which they were wanted
        self._to_ask: Dict[Held, None] = {}
        self._to_leave: Dict[str, None] = {}
        self._to_configure: Dict[Held, None] = {}
        self._leaving: Dict[str, int] = {}
        self._requests: Dict[int, _Request] = {}
        self._last_id = 0
        self._per_request = TOPICS_PER_REQUEST
        self._bytes_per_request = REQUEST_BYTES
        self._asking: Optional[asyncio.Handle] = None
        self._again: Optional[asyncio.TimerHandle] = None
        self._overdue: Optional[asyncio.TimerHandle] = None
        self._loop = asyncio.get_running_loop()
        self._connection = Connection(urls, numbers == "decimal", waits, self)
        self._running = self._loop.create_task(self._connection.run())

    async def __aenter__(self) -> "Tickmesh":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def connection(self) -> Event:
        """How it is: `state` (connecting, open, waiting, closed), `url`, `node`, `why`, `code`, `retry_at` (monotonic)."""
        return self._connection.state

    @property
    def round_trip(self) -> Optional[float]:
        """Seconds to the node and back; None before it was measured."""
        return self._connection.round_trip

    def server_time(self) -> Optional[float]:
        """The node's clock in seconds; None before it was told."""
        return self._connection.server_time()

    def age(self, event: Event) -> Optional[float]:
        """Seconds since an event was received at the gateway; None if that is not known."""
        now = self.server_time()
        return None if now is None or "received" not in event else max(0.0, now - event["received"] / 1_000_000)

    def hurry(self) -> None:
        """Tries at once, where the next attempt is still being waited for."""
        self._connection.hurry()

    def subscribe(
        self,
        topics: Union[str, Iterable[str]],
        handler: Optional[Handler] = None,
        *,
        preference: str = "both",
        max_rate: Optional[float] = None,
        fields: Optional[Sequence[str]] = None,
    ) -> Subscription:
        """Subscribes to topics. A handler gets every event and the topic as it was written here."""
        wanted = [topics] if isinstance(topics, str) else list(topics)
        if not wanted or not all(isinstance(topic, str) and topic for topic in wanted):
            raise ValueError("topics must be names of topics, at least one")
        options = options_of(preference, max_rate, fields)
        if preference == "snapshot_only" and any(topic.endswith(":*") for topic in wanted):
            raise ValueError("a pattern has no single snapshot")
        if self.connection["state"] == "closed":
            raise RuntimeError(f"the client is closed: {self.connection['why']}")
        subscription = Subscription(self, wanted, options)
        if handler is not None:
            subscription.on("*", handler)
        self._subscriptions[subscription] = []
        self._subscriptions[subscription] += [self._join(subscription, topic) for topic in subscription.topics]
        return subscription

    def component(self, name: str, *, provider: str = "upbit") -> Component:
        """A part of an application with needs of its own; it is held weakly."""
        return Component(self, name, provider)

    def get_health_status(self) -> Event:
        state = self.connection
        return {
            "status": "healthy" if state["state"] == "open" else "unhealthy",
            "connection": state["state"],
            "node": state["node"],
            "reason": state["why"],
            "components": [needs.name for needs in self._components],
            "topics": len(self._held),
        }

    def get_all_connection_metrics(self) -> Event:
        return {
            "total_processed": self.counts["processed"],
            "total_ticks": self.ticks,
            "connections": self._connection.opened,
            "topics": len(self._held),
            "subscriptions": len(self._subscriptions),
            **{key: self.counts[key] for key in ("gaps", "lost", "conflated", "resets", "refused")},
            "violations": self.violations,
            "round_trip_ms": None if self.round_trip is None else self.round_trip * 1000,
        }

    async def close(self) -> None:
        """Ends every subscription and the connection."""
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)
        self._connection.end("closed", None)
        ended, self._subscriptions = self._subscriptions, {}
        self._held.clear()
        self._named.clear()
        for subscription, shares in ended.items():
            for share in shares:
                share.end()
            subscription._finish()

    # what is held

    def _join(self, subscription: Subscription, topic: str) -> Share:
        key = key_of(topic)
        held = self._held.get(key)
        share = Share(subscription, held or Held(key, topic), topic)
        share.held.shares[share] = None
        if held is None:
            held = self._held[key] = self._named[topic] = share.held
            self._patterns += held.is_pattern
            self._to_ask[held] = None
            self._ask_soon()
        elif not self._reconcile(held):
            share.silent = True
            # the caller has not seen the subscription yet
            self._loop.call_soon(self._tell_what_is_known, share)
        return share

    def _tell_what_is_known(self, share: Share) -> None:
        held = share.held
        share.silent = False
        if share.ended:
            return
        if held.result is not None:
            share.give(_accepted(share, held.result) if held.result["ok"] else _refused(share, held.result))
        if not held.fresh:
            for strand in list(held.strands.values()):
                snapshot = strand.snapshot()
                if snapshot is not None:
                    self._deliver(share, snapshot)

    def _reconcile(self, held: Held) -> bool:
        """Asks for what the shares want now, if that is not what was asked; returns whether a new snapshot is to come."""
        if held.wired is None or held in self._to_ask:
            return held.fresh
        wanted = held.wanted()
        if wanted == held.wired:
            return False
        if is_more(wanted, held.wired):
            if (held.result is None or held.result["ok"]) and not held.served:
                self._to_leave[held.name] = None
            held.fresh = True
            self._to_ask[held] = None
            self._ask_soon()
            return True
        if wanted.preference == "both" and held.wired.preference == "both":
            self._to_configure[held] = None
            self._ask_soon()
        return False

    def _changed(self, subscription: Subscription) -> None:
        for share in self._subscriptions.get(subscription, ()):
            if not share.ended:
                self._reconcile(share.held)

    def _end(self, subscription: Subscription) -> None:
        for share in self._subscriptions.pop(subscription, ()):
            if not share.ended:
                self._leave(share)

    def _leave(self, share: Share) -> None:
        held = share.held
        share.end()
        held.shares.pop(share, None)
        if held.shares:
            self._reconcile(held)
            return
        for key in held.keys:
            self._held.pop(key, None)
        self._forget_name(held)
        self._patterns -= held.is_pattern
        self._to_configure.pop(held, None)
        waits = held in self._to_ask
        self._to_ask.pop(held, None)
        refused = held.result is not None and not held.result["ok"]
        if not waits and held.wired is not None and not refused and not held.served:
            self._to_leave[held.name] = None
            self._ask_soon()

    def _forget_name(self, held: Held) -> None:
        if self._named.get(held.name) is held:
            del self._named[held.name]

    # requests

    def _ask_soon(self) -> None:
        """Collects what one turn asks for into few requests."""
        if self._asking is None:
            self._asking = self._loop.call_soon(self._ask)

    def _ask(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        if not self._connection.is_open:
            return
        left, self._to_leave = list(self._to_leave), {}
        to_ask, self._to_ask = list(self._to_ask), {}
        to_configure, self._to_configure = [held for held in self._to_configure if held not in to_ask], {}
        for name in left:
            self._leaving[key_of(name)] = self._leaving.get(key_of(name), 0) + 1
        self._request("unsubscribe", None, [(None, name, name) for name in left])
        self._ask_for(to_ask)
        for held in to_configure:
            held.wired = held.wanted()
        self._request_in_groups("configure", [(held, held.name, held.name) for held in to_configure])

    def _ask_for(self, all_held: List[Held]) -> None:
        fresh: List[Part] = []
        known: List[Part] = []
        for held in all_held:
            position = held.position
            if position is None:
                fresh.append((held, held.name, held.name))
            else:
                known.append((held, held.name, {"topic": held.name, **position}))
            held.begin(held.wanted())
        self._request_in_groups("subscribe", fresh)
        self._request_in_groups("resume", known)

    def _request_in_groups(self, kind: str, parts: List[Part]) -> None:
        groups: Dict[Optional[Options], List[Part]] = {}
        for part in parts:
            groups.setdefault(part[0].wired if part[0] else None, []).append(part)
        for wired, group in groups.items():
            self._request(kind, wired, group)

    def _request(self, kind: str, wired: Optional[Options], parts: List[Part]) -> None:
        for chunk in self._chunks(parts):
            self._last_id += 1
            self._requests[self._last_id] = _Request(kind, wired, chunk, self._loop.time())
            members = {"positions" if kind == "resume" else "topics": [item for _, _, item in chunk]}
            self._connection.send({"type": kind, "id": self._last_id, **members, **_on_the_wire(kind, wired)})
        self._watch_requests()

    def _chunks(self, parts: List[Part]) -> List[List[Part]]:
        chunks: List[List[Part]] = []
        size = 0
        for part in parts:
            more = len(json.dumps(part[2])) + 2
            if not chunks or len(chunks[-1]) == self._per_request or size + more > self._bytes_per_request:
                chunks.append([])
                size = 0
            chunks[-1].append(part)
            size += more
        return chunks

    def _watch_requests(self) -> None:
        if self._requests and self._overdue is None:
            self._overdue = self._loop.call_later(RETRY_REFUSED_AFTER, self._on_overdue)

    def _on_overdue(self) -> None:
        """A node that is asked too fast drops requests without an answer."""
        self._overdue = None
        due = self._loop.time() - RETRY_REFUSED_AFTER
        for request_id, request in list(self._requests.items()):
            if request.at <= due:
                del self._requests[request_id]
                for held, name, _ in request.parts:
                    self._once_more(request.kind, held, name)
        self._ask()
        self._watch_requests()

    def _once_more(self, kind: str, held: Optional[Held], name: str) -> None:
        if held is None:
            self._left(name)
            if name not in self._named:
                self._to_leave[name] = None
        elif self._held.get(held.key) is held:
            (self._to_configure if kind == "configure" else self._to_ask)[held] = None

    def _left(self, name: str) -> None:
        key = key_of(name)
        more = self._leaving.pop(key, 1) - 1
        if more > 0:
            self._leaving[key] = more

    # what the node says

    def _on_state(self, state: Event) -> None:
        self.emit("connection", state)

    def _on_open(self, hello: Event) -> None:
        limits = hello.get("limits")
        limits = limits if isinstance(limits, dict) else {}
        topics, size = limits.get("topics_per_request"), limits.get("message_bytes")
        if isinstance(topics, int) and topics > 0:
            self._per_request = min(self._per_request, topics)
        if isinstance(size, int):
            self._bytes_per_request = max(1, min(self._bytes_per_request, size - 1_000))
        self._ask()

    def _on_lost(self, why: str, code: Optional[int]) -> None:
        if code == TOO_LARGE:
            self._per_request = max(1, self._per_request // 2)
        for timer in (self._asking, self._again, self._overdue):
            if timer is not None:
                timer.cancel()
        self._asking = self._again = self._overdue = None
        for forgotten in (self._requests, self._leaving, self._to_leave, self._to_configure, self._numbered):
            forgotten.clear()
        self._to_ask = dict.fromkeys(self._held.values())
        for held in list(self._to_ask):
            running = held.result is not None and held.result["ok"]
            held.wired = None
            held.result = None
            for strand in list(held.strands.values()):
                strand.pause()
                if running:
                    self._say_state(held, strand, "stale", f"not connected: {why}")
            if held.is_pattern:
                held.strands.clear()

    def _say_state(self, held: Held, strand: Strand, state: str, reason: str) -> None:
        """The client's own word on a topic, where the node says none."""
        since = int(time.time() * 1000)
        event = {"type": "state", "topic": strand.topic, "state": state, "reason": reason, "since": since, "local": True}
        strand.remember(event)
        for share in list(held.shares):
            self._deliver(share, event)

    def _on_frame(self, frame: Frame) -> None:
        self.counts["processed"] += 1
        if isinstance(frame, list):
            self._on_compact(frame)
            return
        kind = frame.get("type")
        if kind in ("subscribed", "resumed", "configured", "unsubscribed"):
            self._on_results(frame)
        elif kind == "error":
            self._on_error(frame)
        elif kind in ("leaving", "elsewhere"):
            self.emit(kind, frame)
        elif kind is None:
            self._violation("frame", "a frame that is no JSON object with a type")
        elif kind in TOPIC_EVENTS and isinstance(frame.get("topic"), str):
            self._on_topic_frame(frame)

    def _on_results(self, frame: Event) -> None:
        request = self._requests.pop(frame.get("id", 0), None)
        if request is None:
            return
        results = frame.get("results")
        results = results if isinstance(results, list) else []
        for i, (held, name, _) in enumerate(request.parts):
            if held is None:
                self._left(name)
            elif i < len(results) and isinstance(results[i], dict) and self._held.get(held.key) is held:
                self._on_result(request, held, {**results[i], "ok": results[i].get("ok") is True})

    def _on_error(self, frame: Event) -> None:
        request = self._requests.get(frame.get("id", 0))
        if request is None:
            self.emit("error", frame)
            if frame.get("code") != "too_fast":
                self._violation("error", str(frame.get("message")))
            return
        failed = {**{key: frame.get(key) for key in ("code", "message", "retry")}, "ok": False}
        self._on_results({"id": frame["id"], "results": [failed] * len(request.parts)})

    def _on_result(self, request: _Request, held: Held, result: Event) -> None:
        wired = request.wired
        if wired is None:
            return
        if request.kind == "configure":
            if result["ok"]:
                self._on_configured(held, wired)
            return
        if not result["ok"]:
            self._on_refused(request.kind, held, result)
            return
        held.result = result
        held.columns = None if wired.fields is None else list(wired.fields)
        self._on_name(held, result)
        # empty where another one serves this topic
        for share in list(held.shares):
            if not share.silent:
                share.give(_accepted(share, result))
        if request.kind == "resume" and not result.get("reset") and "state" in result:
            strand = held.strand_of(held.name)
            if strand.told.get("state") != result["state"]:
                self._say_state(held, strand, result["state"], result.get("reason", ""))

    def _on_configured(self, held: Held, wired: Options) -> None:
        held.columns = None if wired.fields is None else list(wired.fields)
        for strand in held.strands.values():
            if strand.continuity is not None and wired.max_rate is not None:
                strand.continuity.loose = True

    def _on_name(self, held: Held, result: Event) -> None:
        topic, number = result.get("topic"), result.get("n")
        if isinstance(topic, str) and topic != held.name:
            self._forget_name(held)
            held.rename(topic)
            other = self._named.get(topic)
            if other is not None and other is not held:
                self._merge(held, other)
                return
            self._named[topic] = held
        if isinstance(number, int) and not held.is_pattern:
            self._numbered[number] = held.name

    def _merge(self, held: Held, other: Held) -> None:
        """Two names turned out to be one topic: what was asked under the one is served by the other."""
        self._held[held.key] = other
        other.keys.append(held.key)
        moved, held.shares = list(held.shares), {}
        for share in moved:
            share.held = other
            other.shares[share] = None
        if not self._reconcile(other):
            for share in moved:
                self._tell_what_is_known(share)

    def _on_refused(self, kind: str, held: Held, result: Event) -> None:
        held.result = result
        for strand in held.strands.values():
            strand.pause()
        code = result.get("code")
        of_fields = code == "too_many_field_sets" or (code == "bad_request" and held.mixes_fields)
        if kind == "resume" and code == "unknown_type":
            # a node of an earlier version, as in a rolling upgrade
            held.fresh = True
        elif of_fields and not held.every_field:
            # members can be left out here as well
            held.every_field = True
        else:
            self._tell_refusal(held, result)
            return
        self._to_ask[held] = None
        self._ask_soon()

    def _tell_refusal(self, held: Held, result: Event) -> None:
        self.counts["refused"] += 1
        for share in list(held.shares):
            if not share.silent:
                share.give(_refused(share, result))
        if result.get("retry") and self._held.get(held.key) is held:
            self._to_ask[held] = None
            if self._again is not None:
                self._again.cancel()
            self._again = self._loop.call_later(RETRY_REFUSED_AFTER, self._ask)

    def _on_compact(self, values: List[Any]) -> None:
        topic = self._numbered.get(values[0]) if len(values) >= 3 and isinstance(values[0], int) else None
        if topic is None:
            return
        held = self._named.get(topic) or self._named.get(pattern_of(topic))
        strand = held.strands.get(topic) if held else None
        if held is None or strand is None or strand.continuity is None:
            return
        columns = held.columns if held.columns is not None else COMPACT.get(kind_of(topic), ())
        head = {"topic": topic, "epoch": strand.continuity.epoch, "state": strand.told.get("state")}
        self._on_topic_frame(expanded(values, columns, head))

    def _on_topic_frame(self, frame: Event) -> None:
        topic = frame["topic"]
        if self._leaving and key_of(topic) in self._leaving:
            return
        if isinstance(frame.get("n"), int):
            self._numbered[frame["n"]] = topic
        held = self._named.get(topic)
        pattern = self._named.get(pattern_of(topic)) if self._patterns else None
        both = held is not None and pattern is not None and pattern is not held
        if held is not None:
            self._take(held, frame, both)
        if pattern is not None and pattern is not held:
            self._take(pattern, frame, both)

    def _take(self, held: Held, frame: Event, twice: bool) -> None:
        """`twice` says that the node may send the same frame for a topic and for its pattern."""
        strand = held.strand_of(frame["topic"])
        if held.is_pattern and strand.continuity is None:
            strand.begin()
        continuity = strand.continuity
        if continuity is None or frame["type"] == "done":
            return
        is_tick = frame["type"] == "tick"
        news = continuity.is_news(frame)
        missing = continuity.missing_before(frame) if is_tick else 0
        wrong = continuity.check(frame)
        if wrong is not None and not (twice and not news):
            self._violation(frame["topic"], wrong)
            if frame["type"] in ("gap", "conflated"):
                return
        if is_tick:
            self.ticks += 1
            if not news:
                return
        if missing > 0:
            self._tell(held, strand, {"type": "gap", "topic": frame["topic"], "lost": missing, "unannounced": True})
        self._tell(held, strand, frame)

    def _tell(self, held: Held, strand: Strand, frame: Event) -> None:
        kind = frame["type"]
        if kind in VALUE_EVENTS and not (isinstance(frame.get("epoch"), int) and isinstance(frame.get("seq"), int)):
            return
        strand.remember(frame)
        if kind == "gap":
            self.counts["gaps"] += 1
            self.counts["lost"] += frame["lost"]
        elif kind == "conflated":
            self.counts["conflated"] += frame["count"]
        elif kind == "reset":
            self.counts["resets"] += 1
        once = held.wired is not None and held.wired.preference == "snapshot_only"
        held.served = held.served or (once and kind in VALUE_EVENTS and has_value(frame))
        for share in list(held.shares):
            self._deliver(share, frame)

    def _deliver(self, share: Share, frame: Event) -> None:
        if share.ended or share.silent or not share.deliver(frame):
            return
        if not share.ended:
            self._leave(share)
        subscription = share.subscription
        shares = self._subscriptions.get(subscription)
        if shares and all(each.ended for each in shares):
            del self._subscriptions[subscription]
            subscription._finish()

    def _violation(self, where: str, what: str) -> None:
        self.violations += 1
        if len(self.violation_log) < KEPT_VIOLATIONS:
            self.violation_log.append(f"{where}: {what}")
        self.emit("violation", {"type": "violation", "where": where, "what": what})


def _accepted(share: Share, result: Event) -> Event:
    told = {key: result[key] for key in ("state",) if key in result}
    topic = result.get("topic", share.held.name)
    return {"type": "accepted", "ok": True, "topic": topic, **told, "reason": result.get("reason", "")}


def _refused(share: Share, result: Event) -> Event:
    code, message, retry = result.get("code"), result.get("message"), result.get("retry") is True
    return {"type": "refused", "ok": False, "topic": share.asked, "code": code, "message": message, "retry": retry}


def _on_the_wire(kind: str, wired: Optional[Options]) -> Event:
    """Options as the node reads them; what is not wanted is left out, or null where it may have been wanted before."""
    if wired is None:
        return {}
    if kind == "configure":
        return {"max_rate": wired.max_rate, "fields": wired.fields}
    options = {"max_rate": wired.max_rate, "fields": wired.fields}
    if wired.preference != "both":
        options["preference"] = wired.preference  # type: ignore[assignment]
    return {key: value for key, value in options.items() if value is not None}
