"""What comes over the wire, and how it is read."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Dict, List, Optional, Sequence, Union

Event = Dict[str, Any]
Frame = Union[Dict[str, Any], List[Any]]

VALUE_EVENTS = frozenset(("tick", "snapshot", "reset"))
TOPIC_EVENTS = VALUE_EVENTS | {"gap", "conflated", "state", "done"}
# what an event has beside its value
HEAD = frozenset(("type", "topic", "n", "epoch", "seq", "state", "reason", "since", "simulated"))
# what the places of a compact tick mean
COMPACT: Dict[str, Sequence[str]] = {
    "trade": ("price", "size", "side"),
    "quote": ("bid_price", "bid_size", "ask_price", "ask_size"),
    "candle": ("start", "open", "high", "low", "close", "volume", "amount"),
    "book": ("asks", "bids"),
}
SIDES = {"b": "buy", "s": "sell"}


def decode(text: Union[str, bytes], exact: bool = True) -> Optional[List[Frame]]:
    """A message as a list of frames, since a batch holds several; None if it is none.

    With `exact`, numbers with a point come as Decimal with the digits that were sent.
    """
    try:
        message = json.loads(text, parse_float=Decimal if exact else float, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None
    is_batch = isinstance(message, list) and not (message and isinstance(message[0], (int, float, Decimal)))
    frames = message if is_batch else [message]
    return frames if frames and all(isinstance(frame, (dict, list)) for frame in frames) else None


def _no_constant(name: str) -> Any:
    raise ValueError(f"no JSON: {name}")


def has_value(event: Event) -> bool:
    return any(member not in HEAD for member in event)


def key_of(topic: str) -> str:
    """What a topic is known by: providers are written in lower case, symbols in any case."""
    slash = topic.find("/")
    colon = topic.find(":", max(slash, 0))
    if slash < 0 or colon < 0:
        return topic
    return topic[:slash] + topic[slash:colon].lower() + topic[colon:].upper()


def kind_of(topic: str) -> str:
    return topic.split("/", 1)[0].split(".", 1)[0]


def pattern_of(topic: str) -> str:
    return topic[: topic.find(":") + 1] + "*"


def expanded(values: List[Any], columns: Sequence[str], head: Event) -> Event:
    """The event that a compact tick stands for."""
    event: Event = {"type": "tick", **head, "seq": values[1], "received": values[2]}
    for name, value in zip(columns, values[3:]):
        if value is not None:
            event[name] = SIDES.get(value, value) if name == "side" else value
    return event
