"""Watches the numbers of a topic."""

from __future__ import annotations

from typing import Optional

from .wire import Event


class Continuity:
    """On one connection (epoch, seq) of a topic only rises, and every jump is announced before its tick.

    Where the rate is bounded (`loose`), announcements are sums that may come after the jump.
    """

    def __init__(self, position: Optional[Event] = None) -> None:
        self.epoch: int = position["epoch"] if position else -1
        self.seq: int = position["seq"] if position else -1
        self.loose = False
        self._announced = 0
        self._synced = position is not None
        self._resuming = self._synced

    def check(self, frame: Event) -> Optional[str]:
        """What is wrong with a frame, or None."""
        kind = frame["type"]
        if kind == "tick":
            return self._tick(frame)
        if kind == "snapshot":
            return self._begins(frame, "a second snapshot" if self._synced else None)
        if kind == "reset":
            return self._begins(frame, self._wrong_reset(frame))
        if kind == "gap":
            return self._announce(frame.get("lost"))
        if kind == "conflated":
            return self._announce(frame.get("count"))
        return None

    def is_news(self, frame: Event) -> bool:
        """Whether this is later than everything that was seen."""
        return _has_position(frame) and (frame["epoch"], frame["seq"]) > (self.epoch, self.seq)

    def missing_before(self, frame: Event) -> int:
        """How many ticks are missing before this one, and were not announced."""
        if not self._synced or self.loose or not _has_position(frame) or frame["epoch"] != self.epoch:
            return 0
        seq: int = frame["seq"]
        return max(0, seq - self.seq - 1 - self._announced)

    def _wrong_reset(self, frame: Event) -> Optional[str]:
        if not self._synced:
            return "a reset before the snapshot"
        if self._resuming or not _has_position(frame) or frame["epoch"] > self.epoch:
            return None
        return f"a reset from epoch {self.epoch} to {frame['epoch']}"

    def _begins(self, frame: Event, otherwise: Optional[str]) -> Optional[str]:
        if not _has_position(frame):
            return _no_position(frame)
        self._at(frame)
        return otherwise

    def _announce(self, ticks: object) -> Optional[str]:
        if not isinstance(ticks, int) or ticks < 1:
            return f"an announced jump of {ticks}"
        if not self._synced:
            return "an announced jump before the snapshot"
        self._announced += ticks
        return None

    def _tick(self, frame: Event) -> Optional[str]:
        if not _has_position(frame):
            return _no_position(frame)
        epoch, seq = frame["epoch"], frame["seq"]
        wrong = None
        if not self._synced:
            wrong = "a tick before the snapshot"
        elif epoch != self.epoch:
            wrong = f"a tick of epoch {epoch} within epoch {self.epoch}, not announced"
        elif seq <= self.seq if self.loose else seq != self.seq + 1 + self._announced:
            wrong = f"seq {seq} after {self.seq} with {self._announced} announced"
        if wrong is None or self.is_news(frame):
            self._at(frame)
        return wrong

    def _at(self, frame: Event) -> None:
        self.epoch, self.seq = frame["epoch"], frame["seq"]
        self._announced = 0
        self._synced = True
        self._resuming = False


def _has_position(frame: Event) -> bool:
    return isinstance(frame.get("epoch"), int) and isinstance(frame.get("seq"), int)


def _no_position(frame: Event) -> str:
    return f"a position of ({frame.get('epoch')}, {frame.get('seq')})"
