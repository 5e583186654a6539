"""Parts of an application with needs that vanish with them."""

from __future__ import annotations

import asyncio
import weakref
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterable, Optional, Set, Union

from .subscription import Subscription
from .wire import VALUE_EVENTS, Event, has_value

if TYPE_CHECKING:
    from .client import Tickmesh

Callback = Callable[[Event], Any]
PRICE_WITHIN = 3.0


class Needs:
    """What a component needs, without holding the component itself."""

    def __init__(self, mesh: "Tickmesh", name: str) -> None:
        self.mesh = mesh
        self.name = name
        self.subscriptions: Set[Subscription] = set()
        self.ended = False
        mesh._components[self] = None

    def end(self) -> None:
        self.ended = True
        for subscription in list(self.subscriptions):
            subscription.unsubscribe()
        self.mesh._components.pop(self, None)

    def end_soon(self) -> None:
        """A collector may run anywhere, the loop is where this is safe."""
        loop = self.mesh._loop
        if not loop.is_closed():
            loop.call_soon_threadsafe(self.end)


class Component:
    """Made by `Tickmesh.component`. The client holds it weakly: keep a reference for as long as it is to be called."""

    def __init__(self, mesh: "Tickmesh", name: str, provider: str) -> None:
        self._mesh = mesh
        self._provider = provider
        self._needs = Needs(mesh, name)
        self._callbacks: Dict[Subscription, Callback] = {}
        self._finalizer = weakref.finalize(self, self._needs.end_soon)
        self._finalizer.atexit = False

    @property
    def name(self) -> str:
        return self._needs.name

    def subscribe_ticker(
        self, symbols: Union[str, Iterable[str]], callback: Callback, stream_preference: str = "both"
    ) -> Subscription:
        """Calls back with `symbol`, `trade_price` and the rest of the summary. Symbols without a provider are Upbit's."""
        return self._subscribe("ticker", symbols, callback, stream_preference)

    def subscribe_orderbook(
        self, symbols: Union[str, Iterable[str]], callback: Callback, stream_preference: str = "both"
    ) -> Subscription:
        """Calls back with `symbol` and `orderbook_units`, the best level first."""
        return self._subscribe("book", symbols, callback, stream_preference)

    async def price(self, symbol: str, timeout: float = PRICE_WITHIN) -> Any:
        """The newest price of a symbol, or None where none comes in time."""
        found: "asyncio.Future[Any]" = self._mesh._loop.create_future()

        def answer(price: Any) -> None:
            if not found.done():
                found.set_result(price)

        subscription = self.subscribe_ticker(symbol, lambda event: answer(event.get("trade_price")), "snapshot_only")
        subscription.on("refused", lambda event, _: None if event["retry"] else answer(None))
        try:
            return await asyncio.wait_for(found, timeout)
        except asyncio.TimeoutError:
            return None
        finally:
            subscription.unsubscribe()

    def get_health_status(self) -> Event:
        return self._mesh.get_health_status()

    def get_all_connection_metrics(self) -> Event:
        return self._mesh.get_all_connection_metrics()

    def close(self) -> None:
        """Ends what this component needs, now rather than when it is collected."""
        self._finalizer.detach()
        self._callbacks.clear()
        self._needs.end()

    def _subscribe(
        self, kind: str, symbols: Union[str, Iterable[str]], callback: Callback, preference: str
    ) -> Subscription:
        if self._needs.ended:
            raise RuntimeError(f"the component {self.name} is closed")
        names = [symbols] if isinstance(symbols, str) else list(symbols)
        topics = [f"{kind}/{name}" if ":" in name else f"{kind}/{self._provider}:{name}" for name in names]
        subscription = self._mesh.subscribe(topics, preference=preference)
        self._callbacks[subscription] = callback
        self._needs.subscriptions.add(subscription)
        _connect(subscription, weakref.ref(self), self._needs, _ticker if kind == "ticker" else _orderbook)
        return subscription


def _connect(
    subscription: Subscription,
    component: "weakref.ref[Component]",
    needs: Needs,
    shape: Callable[[Event], Event],
) -> None:
    def on_event(event: Event, _: str) -> None:
        owner = component()
        if owner is not None and event["type"] in VALUE_EVENTS and has_value(event):
            callback: Optional[Callback] = owner._callbacks.get(subscription)
            if callback is not None:
                callback(shape(event))

    def on_end(_: Event) -> None:
        needs.subscriptions.discard(subscription)
        owner = component()
        if owner is not None:
            owner._callbacks.pop(subscription, None)

    subscription.on("*", on_event)
    subscription.on("end", on_end)


def _contract(kind: str, event: Event) -> Event:
    stream_type = "REALTIME" if event["type"] == "tick" else "SNAPSHOT"
    symbol = event["topic"].split(":", 1)[1]
    return {**event, "type": kind, "symbol": symbol, "stream_type": stream_type}


def _ticker(event: Event) -> Event:
    return {**_contract("ticker", event), "trade_price": event.get("price")}


def _orderbook(event: Event) -> Event:
    asks, bids = event.get("asks", []), event.get("bids", [])
    units = []
    for i in range(max(len(asks), len(bids))):
        ask = asks[i] if i < len(asks) else (None, None)
        bid = bids[i] if i < len(bids) else (None, None)
        units.append({"ask_price": ask[0], "bid_price": bid[0], "ask_size": ask[1], "bid_size": bid[1]})
    return {**_contract("orderbook", event), "orderbook_units": units}
