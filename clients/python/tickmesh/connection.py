"""One socket at a time to one of several nodes."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from typing import Any, Callable, List, Optional, Protocol, Sequence

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from .wire import Event, Frame, decode

PING_EVERY = 5.0
PONG_WITHIN = 10.0
HELLO_WITHIN = 10.0
STABLE_AFTER = 5.0
OTHER_NODE_WITHIN = 0.5
ELSEWHERE_AT_MOST_EVERY = 30.0
WAITS = (1.0, 2.0, 4.0, 8.0, 16.0)
MOST_MESSAGE_BYTES = 64 << 20
# a node that cuts or refuses us is not asked again before this attempt's wait
PATIENT_ATTEMPT = 3
HOLD_LESS = 1008
FULL = 1013
LOST = 1006


class Listener(Protocol):
    def _on_state(self, state: Event) -> None: ...

    def _on_open(self, hello: Event) -> None: ...

    def _on_frame(self, frame: Frame) -> None: ...

    def _on_lost(self, why: str, code: Optional[int]) -> None: ...


def delay_before(attempt: int, waits: Sequence[float] = WAITS, chance: Callable[[], float] = random.random) -> float:
    """Seconds before an attempt, 1 being the first. Half of the time is chance, so that the clients of a node that
    went away do not all come back in the same instant."""
    return waits[min(attempt, len(waits)) - 1] * (0.5 + chance() / 2)


class _GivenUp(Exception):
    """This connection is left on purpose."""


class Connection:
    """Greets, measures, notices silence, and comes back."""

    def __init__(self, urls: Sequence[str], exact: bool, waits: Sequence[float], listener: Listener) -> None:
        self._urls = urls
        self._at = 0
        self._exact = exact
        self._waits = waits
        self._listener = listener
        self._socket: Optional[ClientConnection] = None
        self._outgoing: "asyncio.Queue[str]" = asyncio.Queue()
        self._failures = 0
        self._retry_after: Optional[float] = None
        self._left_at = float("-inf")
        self._greeted = False
        self._stable_at = 0.0
        self._ping_sent_at: Optional[float] = None
        self._server_ahead: Optional[float] = None
        self._hurry = asyncio.Event()
        self.opened = 0
        self.round_trip: Optional[float] = None
        self.state: Event = {
            "state": "connecting", "url": urls[0], "node": None, "why": "", "code": None, "retry_at": None,
        }

    @property
    def is_open(self) -> bool:
        return bool(self.state["state"] == "open")

    def server_time(self) -> Optional[float]:
        return None if self._server_ahead is None else time.monotonic() + self._server_ahead

    def send(self, request: Event) -> None:
        if self._socket is not None:
            self._outgoing.put_nowait(json.dumps(request))

    def hurry(self) -> None:
        self._hurry.set()

    async def run(self) -> None:
        """Connects for as long as it is not cancelled, or wanted by no node."""
        while True:
            why, code = await self._visit(self._urls[self._at])
            self._left()
            if code is not None and 4400 <= code < 4500:
                self.end(why, code)
                return
            delay = self._next(why, code)
            self._listener._on_lost(why, code)
            self._tell(state="waiting", why=why, code=code, retry_at=time.monotonic() + delay)
            self._hurry.clear()
            try:
                await asyncio.wait_for(self._hurry.wait(), delay)
            except asyncio.TimeoutError:
                pass

    def end(self, why: str, code: Optional[int]) -> None:
        if self.state["state"] != "closed":
            self._left()
            self._listener._on_lost(why, code)
            self._tell(state="closed", why=why, code=code, retry_at=None)

    def _left(self) -> None:
        self._socket = None
        self.round_trip = None
        self._ping_sent_at = None
        if self._greeted and time.monotonic() >= self._stable_at:
            self._failures = 0
        self._greeted = False

    def _next(self, why: str, code: Optional[int]) -> float:
        """The next node is tried soon; where all were tried in vain, the wait grows."""
        hint = re.search(r"come back in (\d+) ms", why)
        if self._retry_after is None and hint:
            self._retry_after = int(hint.group(1)) / 1000
        if code in (HOLD_LESS, FULL):
            self._failures = max(self._failures, (PATIENT_ATTEMPT - 1) * len(self._urls))
        self._failures += 1
        self._at = (self._at + 1) % len(self._urls)
        rounds, others = divmod(self._failures, len(self._urls))
        delay, self._retry_after = self._retry_after, None
        if delay is not None:
            return delay
        return OTHER_NODE_WITHIN * random.random() if others else delay_before(rounds, self._waits)

    async def _visit(self, url: str) -> "tuple[str, Optional[int]]":
        """One connection, until it ends: why, and its close code."""
        self._tell(state="connecting", url=url, retry_at=None)
        try:
            async with connect(
                url, open_timeout=HELLO_WITHIN, ping_interval=None, close_timeout=1, max_size=MOST_MESSAGE_BYTES
            ) as socket:
                self._socket = socket
                self._outgoing = asyncio.Queue()
                await self._talk(socket)
        except _GivenUp as given_up:
            return str(given_up), None
        except ConnectionClosed as closed:
            code = closed.rcvd.code if closed.rcvd else LOST
            reason = closed.rcvd.reason if closed.rcvd else ""
            return reason or ("connection lost" if code == LOST else f"closed with {code}"), code
        except (OSError, asyncio.TimeoutError, EOFError) as cause:
            return str(cause) or type(cause).__name__, None
        except Exception as cause:  # a proxy, a wrong path, a bad handshake: whatever it is, the next attempt may do
            return f"{type(cause).__name__}: {cause}", None
        return "closed", None

    async def _talk(self, socket: ClientConnection) -> None:
        tasks = [asyncio.ensure_future(each) for each in (self._read(socket), self._write(socket), self._probe())]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _read(self, socket: ClientConnection) -> None:
        while True:
            message = await socket.recv()
            frames: Optional[List[Frame]] = decode(message, self._exact) if isinstance(message, str) else None
            for frame in frames if frames is not None else [{}]:
                if not (isinstance(frame, dict) and self._on_frame(frame)):
                    self._listener._on_frame(frame)

    async def _write(self, socket: ClientConnection) -> None:
        while True:
            await socket.send(await self._outgoing.get())

    async def _probe(self) -> None:
        await asyncio.sleep(HELLO_WITHIN)
        if not self._greeted:
            raise _GivenUp("the server did not greet")
        while True:
            # the greeting sent the first ping
            sent = self._ping_sent_at
            if sent is not None and time.monotonic() - sent >= PONG_WITHIN:
                raise _GivenUp("the server does not answer")
            if sent is None:
                self._ping()
            await asyncio.sleep(PING_EVERY)

    def _ping(self) -> None:
        self._ping_sent_at = time.monotonic()
        self.send({"type": "ping", "id": "ping"})

    def _tell(self, **change: Any) -> None:
        self.state = {**self.state, **change}
        self._listener._on_state(self.state)

    def _on_frame(self, frame: Event) -> bool:
        """Whether the frame concerned the connection alone."""
        kind = frame.get("type")
        if kind == "hello":
            self._on_hello(frame)
        elif kind == "pong":
            self._on_pong(frame)
        elif kind == "leaving":
            after = frame.get("retry_after_ms")
            self._retry_after = float(after) / 1000 if isinstance(after, (int, float)) else None
        elif kind == "elsewhere":
            self._listener._on_frame(frame)
            self._on_elsewhere(str(frame.get("reason", "")))
            return True
        return kind in ("hello", "pong")

    def _on_hello(self, frame: Event) -> None:
        self._greeted = True
        self.opened += 1
        self._server_ahead = float(frame.get("time", 0)) / 1000 - time.monotonic()
        self._stable_at = time.monotonic() + STABLE_AFTER
        self._tell(state="open", node=str(frame.get("node", "")), why="", code=None, retry_at=None)
        self._ping()
        self._listener._on_open(frame)

    def _on_pong(self, frame: Event) -> None:
        if self._ping_sent_at is not None:
            now = time.monotonic()
            self.round_trip = now - self._ping_sent_at
            self._server_ahead = float(frame.get("time", 0)) / 1000 + self.round_trip / 2 - now
            self._ping_sent_at = None

    def _on_elsewhere(self, why: str) -> None:
        """Goes where it is better, if there is such a place, but not in circles."""
        self._tell(why=why)
        now = time.monotonic()
        if len(self._urls) > 1 and now - self._left_at >= ELSEWHERE_AT_MOST_EVERY:
            self._left_at = now
            raise _GivenUp(why)
