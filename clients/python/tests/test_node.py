"""The client against a running node with simulated feeds, named by TICKMESH_URL."""

import asyncio
import os
import unittest
from decimal import Decimal

from tickmesh import Tickmesh

TOPICS = ["trade/fmp:BTCUSD", "quote/fmp:AAPL", "trade/upbit:KRW-BTC", "book/upbit:KRW-BTC", "ticker/upbit:KRW-BTC"]


async def read(subscription, condition):
    events = []

    async def reading():
        async for event in subscription.events(limit=100_000):
            events.append(event)
            if condition(events):
                return

    try:
        await asyncio.wait_for(reading(), 60)
    except asyncio.TimeoutError:
        raise AssertionError(f"never so, of {len(events)} events {events[-3:]}") from None
    return events


def of(events, kind):
    return [event for event in events if event["type"] == kind]


class NodeTest(unittest.IsolatedAsyncioTestCase):
    def connect(self, **options):
        mesh = Tickmesh(os.environ["TICKMESH_URL"], **options)
        self.addAsyncCleanup(mesh.close)
        return mesh

    async def test_every_kind_comes_whole(self):
        for options in ({}, {"format": "compact", "batch": 50}):
            with self.subTest(options):
                mesh = self.connect(**options)
                subscription = mesh.subscribe([*TOPICS, "trade/nowhere:X"])
                ticks = await read(subscription, lambda events: all(
                    sum(event["topic"] == topic for event in of(events, "tick")) >= 5 for topic in TOPICS))
                results = await subscription.ready()
                self.assertEqual([result["ok"] for result in results], [True] * 5 + [False])
                self.assertEqual(results[-1]["code"], "bad_topic")
                trade = next(event for event in of(ticks, "tick") if event["topic"] == TOPICS[0])
                self.assertIsInstance(trade["price"], (int, Decimal))
                self.assertEqual(mesh.violations, 0, mesh.violation_log)
                self.assertLess(mesh.age(of(ticks, "tick")[-1]), 5)

    async def test_a_connection_that_is_cut_goes_on_without_a_seam(self):
        mesh = self.connect(waits=(0.2,))
        subscription = mesh.subscribe(["trade/fmp:BTCUSD", "trade/upbit:KRW-BTC"])
        seen = []
        subscription.on("*", lambda event, _: seen.append(event))
        await read(subscription, lambda events: len(of(events, "tick")) >= 10)
        mesh._connection._socket.transport.abort()
        await read(subscription, lambda events: len(of(events, "accepted")) >= 2 and len(of(events, "tick")) >= 10)
        self.assertEqual(mesh.get_all_connection_metrics()["connections"], 2)
        self.assertEqual([len(of(seen, kind)) for kind in ("snapshot", "reset", "gap")], [2, 0, 0])
        for topic in subscription.topics:
            numbers = [event["seq"] for event in of(seen, "tick") if event["topic"] == topic]
            self.assertEqual(numbers, list(range(numbers[0], numbers[0] + len(numbers))), f"{topic} is whole")
        self.assertEqual(mesh.violations, 0, mesh.violation_log)

    async def test_a_bounded_rate_is_changed_while_running(self):
        mesh = self.connect()
        subscription = mesh.subscribe("book/upbit:KRW-BTC", max_rate=2, fields=["asks"])
        events = await read(subscription, lambda events: of(events, "conflated") and len(of(events, "tick")) >= 3)
        self.assertTrue(all("asks" in event and "bids" not in event for event in of(events, "tick")))
        subscription.configure(max_rate=None, fields=None)
        await read(subscription, lambda events: len([event for event in of(events, "tick") if "bids" in event]) >= 5)
        self.assertEqual(mesh.violations, 0, mesh.violation_log)

    async def test_contract_4(self):
        component = self.connect().component("my_app")
        self.assertGreater(await component.price("KRW-ETH", timeout=10), 0)
        self.assertIsNone(await component.price("KRW-NOSUCHCOIN$", timeout=10))
        events = []
        component.subscribe_ticker(["KRW-BTC"], events.append)
        component.subscribe_orderbook(["KRW-BTC"], events.append, "realtime_only")
        for _ in range(600):
            if all(sum(event["type"] == kind for event in events) >= 3 for kind in ("ticker", "orderbook")):
                break
            await asyncio.sleep(0.1)
        self.assertTrue(all(event["trade_price"] > 0 for event in events if event["type"] == "ticker"))
        books = [event for event in events if event["type"] == "orderbook"]
        self.assertTrue(books and all(event["orderbook_units"][0]["ask_price"] > 0 for event in books))


if __name__ == "__main__":
    unittest.main()
