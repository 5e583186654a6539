"""What a client holds at the node, and what each subscription has of it."""

from __future__ import annotations

import asyncio
from typing import Callable, Dict, List, Optional, Set

from .continuity import Continuity
from .subscription import Options, Subscription
from .wire import HEAD, VALUE_EVENTS, Event, has_value

FIELDS_PER_REQUEST = 16


class Strand:
    """What is known of one topic: its numbers, its state, and the newest value."""

    def __init__(self, topic: str) -> None:
        self.topic = topic
        # None while the node does not send this topic
        self.continuity: Optional[Continuity] = None
        # where to resume; None where there is nothing to resume from
        self.position: Optional[Event] = None
        self.told: Event = {"reason": ""}
        self._value: Event = {}

    def begin(self) -> None:
        self.continuity = Continuity(self.position)

    def pause(self) -> None:
        if self.continuity is not None and self.continuity.seq >= 0:
            self.position = {"epoch": self.continuity.epoch, "seq": self.continuity.seq}
        self.continuity = None

    def remember(self, frame: Event) -> None:
        kind = frame["type"]
        if kind == "tick":
            if "state" in frame and frame["state"] != self.told.get("state"):
                self.told = {**self.told, "state": frame["state"], "reason": ""}
                self.told.pop("since", None)
        elif kind in ("snapshot", "reset", "state"):
            told: Event = {key: frame[key] for key in ("state", "reason", "since", "simulated") if key in frame}
            if "simulated" in self.told:
                told.setdefault("simulated", self.told["simulated"])
            self.told = told
        if kind in VALUE_EVENTS:
            self.position = {"epoch": frame["epoch"], "seq": frame["seq"]}
            self._value = frame

    def snapshot(self) -> Optional[Event]:
        """What this topic would answer to who comes now; None before the node told where it stands."""
        if self.position is None:
            return None
        return {**self._value, "type": "snapshot", "topic": self.topic, **self.position, **self.told}


class Limiter:
    """Lets through so many ticks a second, always the newest, and counts what that replaced."""

    def __init__(self, interval: float, give: Callable[[Event], None]) -> None:
        self.interval = interval
        self._give = give
        self._loop = asyncio.get_running_loop()
        self._next_at = 0.0
        self._waiting: Optional[Event] = None
        self._replaced = 0
        self._timer: Optional[asyncio.TimerHandle] = None

    def tick(self, event: Event) -> None:
        self._replaced += 0 if self._waiting is None else 1
        self._waiting = event
        wait = self._next_at - self._loop.time()
        if wait <= 0:
            self.flush()
        elif self._timer is None:
            self._timer = self._loop.call_later(wait, self.flush)

    def conflated(self, count: int) -> None:
        self._replaced += count

    def flush(self) -> None:
        """Gives what waits at once, for the sake of order."""
        self.end()
        event, self._waiting = self._waiting, None
        if event is None:
            return
        self._next_at = self._loop.time() + self.interval
        if self._replaced > 0:
            count, self._replaced = self._replaced, 0
            self._give({"type": "conflated", "topic": event["topic"], "count": count})
        self._give(event)

    def end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class Share:
    """A subscription's part in a topic."""

    def __init__(self, subscription: Subscription, held: "Held", asked: str) -> None:
        self.subscription = subscription
        self.held = held
        self.asked = asked
        self.ended = False
        # hears nothing until it was told what is known
        self.silent = False
        self._limiters: Dict[str, Limiter] = {}

    @property
    def options(self) -> Options:
        return self.subscription.options

    def give(self, event: Event) -> None:
        self.subscription._take(self._cut(event), self.asked)

    def deliver(self, event: Event) -> bool:
        """Returns whether that was all this share wanted."""
        kind = event["type"]
        if self.options.preference == "snapshot_only":
            return self._deliver_once(event)
        if self.options.preference == "realtime_only" and kind == "snapshot":
            return False
        limiter = self._limiter_of(event["topic"])
        if limiter is not None and kind == "tick":
            limiter.tick(event)
        elif limiter is not None and kind == "conflated":
            limiter.conflated(event["count"])
        else:
            if limiter is not None:
                limiter.flush()
            self.give(event)
        return False

    def end(self) -> None:
        self.ended = True
        for limiter in self._limiters.values():
            limiter.end()
        self._limiters.clear()

    def _deliver_once(self, event: Event) -> bool:
        if event["type"] not in VALUE_EVENTS or not has_value(event):
            return False
        self.give({**event, "type": "snapshot"})
        self.give({"type": "done", "topic": event["topic"]})
        return True

    def _limiter_of(self, topic: str) -> Optional[Limiter]:
        rate = self.options.max_rate
        wired = self.held.wired.max_rate if self.held.wired else None
        if rate is None or (wired is not None and rate >= wired):
            limiter = self._limiters.pop(topic, None)
            if limiter is not None:
                limiter.flush()
            return None
        limiter = self._limiters.get(topic)
        if limiter is None:
            limiter = self._limiters[topic] = Limiter(1 / rate, self.give)
        limiter.interval = 1 / rate
        return limiter

    def _cut(self, event: Event) -> Event:
        """Others may want more members of the same topic."""
        fields = self.options.fields
        if fields is None or event["type"] not in VALUE_EVENTS:
            return event
        return {member: value for member, value in event.items() if member in HEAD or member in fields}


class Held:
    """A topic, or a pattern of topics, that this client holds at the node for all its subscriptions."""

    def __init__(self, key: str, topic: str) -> None:
        self.key = key
        self.keys = [key]
        self.name = topic
        self.is_pattern = topic.endswith(":*")
        # in the order in which they came
        self.shares: Dict[Share, None] = {}
        self.strands: Dict[str, Strand] = {}
        # what was asked of the node last; None while nothing is
        self.wired: Optional[Options] = None
        # the members by which compact ticks are to be read; None for those of the kind
        self.columns: Optional[List[str]] = None
        self.result: Optional[Event] = None
        self.every_field = False
        self.served = False
        # whether it is to be asked for as if nothing were known
        self.fresh = True

    def strand_of(self, topic: str) -> Strand:
        if topic not in self.strands:
            self.strands[topic] = Strand(topic)
        return self.strands[topic]

    def rename(self, name: str) -> None:
        strand = self.strands.pop(self.name, None)
        self.name = name
        if strand is not None:
            strand.topic = name
            self.strands[name] = strand

    def begin(self, wired: Options) -> None:
        self.wired = wired
        self.result = None
        self.served = False
        if not self.is_pattern:
            strand = self.strand_of(self.name)
            if self.fresh:
                strand.position = None
            strand.begin()
            if strand.continuity is not None:
                strand.continuity.loose = wired.max_rate is not None
        self.fresh = False

    @property
    def position(self) -> Optional[Event]:
        resumes = not self.fresh and not self.is_pattern and self.wanted().preference == "both"
        return self.strands[self.name].position if resumes and self.name in self.strands else None

    def wanted(self) -> Options:
        """The least that serves all shares."""
        options = [share.options for share in self.shares]
        streams = [each for each in options if each.preference != "snapshot_only"]
        rates = [each.max_rate for each in streams]
        bounded = [rate for rate in rates if rate is not None]
        members: Set[str] = set()
        for each in options:
            members.update(each.fields or ())
        all_fields = self.every_field or any(each.fields is None for each in options)
        return Options(
            preference="both" if streams else "snapshot_only",
            max_rate=max(bounded) if bounded and len(bounded) == len(rates) else None,
            fields=None if all_fields or not 0 < len(members) <= FIELDS_PER_REQUEST else tuple(sorted(members)),
        )

    @property
    def mixes_fields(self) -> bool:
        """Whether the members that were refused are not what each of the shares wants: then the wrong may be hit."""
        fields = self.wired.fields if self.wired else None
        return fields is not None and any(tuple(sorted(share.options.fields or ())) != fields for share in self.shares)


def is_more(wanted: Options, wired: Options) -> bool:
    """Whether an answer in the new form cannot be made of the old one."""
    if wanted.preference == "both" and wired.preference != "both":
        return True
    return wired.fields is not None and (wanted.fields is None or not set(wanted.fields) <= set(wired.fields))
