"""The client on real sockets, against small nodes that come and go."""

import asyncio
import gc
import logging
import time
import unittest
from decimal import Decimal

from tickmesh import Tickmesh
from tickmesh.client import address
from tickmesh.connection import delay_before
from tickmesh.continuity import Continuity
from tickmesh.wire import decode, key_of

from .fake import FakeNode, Market

A = "trade/x:A"
B = "trade/x:B"
SOON = (0.05,)


def short(event):
    kind = event["type"]
    if kind in ("tick", "snapshot", "reset"):
        return f"{kind} {event['epoch']}.{event['seq']}"
    return f"{kind} {event.get('count', event.get('lost', event.get('state', event.get('code', ''))))}".strip()


async def until(condition, what):
    end = time.monotonic() + 10
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"never: {what() if callable(what) else what}")
        await asyncio.sleep(0.005)


class WireTest(unittest.TestCase):
    def test_digits_stay_as_sent(self):
        frame, = decode('{"type":"tick","price":201.30,"size":0.00001234,"bid_price":123456789012345678.90,"seq":7}')
        self.assertEqual(str(frame["price"]), "201.30")
        self.assertEqual(frame["size"], Decimal("0.00001234"))
        self.assertEqual(str(frame["bid_price"]), "123456789012345678.90")
        self.assertEqual(decode('{"price":201.30}', exact=False), [{"price": 201.3}])

    def test_a_batch_is_several_frames_a_compact_tick_is_one(self):
        self.assertEqual(decode('[{"type":"pong"},[7,1,2]]'), [{"type": "pong"}, [7, 1, 2]])
        self.assertEqual(decode("[7,1,2]"), [[7, 1, 2]])

    def test_a_message_that_is_no_frame_is_none(self):
        for text in ("", "[]", "null", "7", "{", '["a"]', '{"price":NaN}', "[" * 100_000):
            self.assertIsNone(decode(text), text[:20])

    def test_an_address_may_leave_out_what_is_always_the_same(self):
        self.assertEqual(address("http://host:8000", "json", 0), "ws://host:8000/stream")
        self.assertEqual(address("wss://host/market?a=1", "compact", 50), "wss://host/market?a=1&format=compact&batch=50")
        self.assertRaises(ValueError, address, "host:8000", "json", 0)

    def test_names_are_known_in_any_case(self):
        self.assertEqual(key_of("trade/FMP:aapl"), key_of("trade/fmp:AAPL"))

    def test_the_wait_doubles_to_16_s_and_stays(self):
        self.assertEqual([delay_before(i, chance=lambda: 1) for i in range(1, 8)], [1, 2, 4, 8, 16, 16, 16])
        self.assertEqual(delay_before(1, chance=lambda: 0), 0.5)

    def test_unannounced_jumps_are_found_announced_ones_are_not(self):
        topic = Continuity()

        def at(kind, epoch=0, seq=0, **more):
            return topic.check({"type": kind, "epoch": epoch, "seq": seq, **more})

        self.assertIn("before the snapshot", at("tick", 5, 9))
        self.assertIsNone(Continuity({"epoch": 5, "seq": 3}).check({"type": "reset", "epoch": 5, "seq": 9}))
        topic = Continuity()
        self.assertIsNone(at("snapshot", 5, 10))
        self.assertIsNone(at("tick", 5, 11))
        self.assertIn("seq 13 after 11", at("tick", 5, 13))
        self.assertIsNone(at("gap", lost=3))
        self.assertIsNone(at("conflated", count=1))
        self.assertIsNone(at("tick", 5, 18))
        self.assertIn("seq 18 after 18", at("tick", 5, 18))
        self.assertIn("not announced", at("tick", 6, 1))
        self.assertIsNone(at("reset", 7, 3))
        self.assertIn("a reset from epoch 7", at("reset", 7, 5))


class ClientTest(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.market = Market()
        self.node = await FakeNode(self.market, "one").start()
        self.addAsyncCleanup(self.node.stop)
        self.heard = []

    def connect(self, *urls, **options):
        mesh = Tickmesh(list(urls) or self.node.url, waits=SOON, **options)
        self.addAsyncCleanup(mesh.close)
        return mesh

    def listen(self, mesh, topics, heard=None, **options):
        heard = self.heard if heard is None else heard
        return mesh.subscribe(topics, lambda event, _: heard.append(short(event)), **options)

    async def heard_is(self, *expected, heard=None):
        heard = self.heard if heard is None else heard
        await until(lambda: len(heard) >= len(expected), lambda: f"{expected}, but {heard}")
        self.assertEqual(heard, list(expected))

    async def test_bad_arguments_are_refused_at_once(self):
        mesh = self.connect()
        for topics, options in (
            ([], {}), (A, {"preference": "all"}), (A, {"max_rate": 0}), (A, {"fields": "price"}),
            ("trade/x:*", {"preference": "snapshot_only"}),
        ):
            with self.assertRaises(ValueError):
                mesh.subscribe(topics, **options)

    async def test_killed_nodes_each_tick_once_from_whichever_node_is_there(self):
        async with FakeNode(self.market, "two") as two:
            nodes = {"one": self.node, "two": two}
            mesh = self.connect(self.node.url, two.url)
            self.listen(mesh, A)
            await self.heard_is("accepted live", "snapshot 7.1")
            for _ in range(2):
                node = nodes[mesh.connection["node"]]
                await node.stop()
                await self.market.tick(A)
                await self.market.tick(A)
                count = len(self.heard)
                await until(lambda: len(self.heard) >= count + 4, lambda: self.heard)
                await node.start()
            ticks = [event for event in self.heard if event.startswith("tick")]
            self.assertEqual(ticks, [f"tick 7.{seq}" for seq in range(2, 6)])
            self.assertEqual([event for event in self.heard if event.startswith("state")], ["state stale", "state live"] * 2)
            self.assertEqual(mesh.violations, 0)
            self.assertEqual(len(self.node.asked("subscribe") + two.asked("subscribe")), 1)

    async def test_a_leaving_node_is_obeyed(self):
        mesh = self.connect()
        self.listen(mesh, A)
        await self.heard_is("accepted live", "snapshot 7.1")
        left = time.monotonic()
        await self.node.say({"type": "leaving", "retry_after_ms": 300})
        await self.node.stop(1001, "node is leaving")
        await self.node.start()
        await until(lambda: mesh.get_all_connection_metrics()["connections"] == 2, "connected again")
        self.assertGreaterEqual(time.monotonic() - left, 0.29)

    async def test_a_node_that_wants_no_more_of_us_is_not_asked_again(self):
        mesh = self.connect()
        await until(lambda: mesh.connection["state"] == "open", "open")
        await self.node.stop(4401, "who are you")
        await until(lambda: mesh.connection["state"] == "closed", "closed")
        self.assertEqual(mesh.connection["code"], 4401)
        self.assertRaises(RuntimeError, mesh.subscribe, A)

    async def test_jumps_are_told_and_no_tick_comes_twice_or_backwards(self):
        mesh = self.connect()
        self.listen(mesh, A)
        await self.heard_is("accepted live", "snapshot 7.1")
        tick = {"type": "tick", "topic": A, "epoch": 7, "state": "live"}
        await self.node.say({"type": "gap", "topic": A, "lost": 1}, {**tick, "seq": 3}, {**tick, "seq": 6})
        await self.node.say({**tick, "seq": 6}, {**tick, "seq": 5}, {"type": "reset", "topic": A, "epoch": 8, "seq": 1})
        await self.heard_is("accepted live", "snapshot 7.1", "gap 1", "tick 7.3", "gap 2", "tick 7.6", "reset 8.1")
        self.assertEqual(mesh.violations, 3)

    async def test_nonsense_from_a_node_is_counted_and_harms_nothing(self):
        mesh = self.connect()
        self.listen(mesh, A)
        await self.heard_is("accepted live", "snapshot 7.1")
        await self.node.say("{", "[[],[1],[1,2,3],{}]", {"type": "tick", "topic": A}, {"type": "tick"})
        await self.node.say({"type": "snapshot", "topic": 7}, {"type": "subscribed", "id": 99}, {"type": "gap", "topic": A})
        await self.market.tick(A)
        await until(lambda: self.heard[-1] == "tick 7.2", lambda: (self.heard, mesh.connection))
        self.assertEqual(mesh.violations, 4)
        self.assertEqual(mesh.get_all_connection_metrics()["connections"], 1)

    async def test_a_topic_is_held_once_and_left_with_the_last(self):
        mesh = self.connect()
        first = self.listen(mesh, A)
        await first.ready()
        other = []
        second = self.listen(mesh, "trade/X:a", other)
        await self.heard_is("accepted live", "snapshot 7.1", heard=other)
        await self.market.tick(A)
        await self.heard_is("accepted live", "snapshot 7.1", "tick 7.2", heard=other)
        self.assertEqual(len(self.node.asked("subscribe")), 1)
        second.unsubscribe()
        await self.market.tick(A)
        await self.heard_is("accepted live", "snapshot 7.1", "tick 7.2", "tick 7.3")
        self.assertEqual(self.node.asked("unsubscribe"), [])
        first.unsubscribe()
        await until(lambda: self.node.asked("unsubscribe"), "left")

    async def test_snapshot_only_gives_one_value_and_ends(self):
        mesh = self.connect()
        subscription = self.listen(mesh, A, preference="snapshot_only")
        await self.heard_is("accepted live", "snapshot 7.1", "done")
        self.assertTrue(subscription.ended)
        self.assertEqual(self.node.asked("subscribe")[0]["preference"], "snapshot_only")

    async def test_realtime_only_gets_changes_only(self):
        mesh = self.connect()
        subscription = self.listen(mesh, A, preference="realtime_only")
        await subscription.ready()
        await self.market.tick(A)
        await self.heard_is("accepted live", "tick 7.2")

    async def test_each_subscription_has_its_own_rate_and_members(self):
        mesh = self.connect()
        slow, events = [], []
        self.listen(mesh, A, fields=["price"])
        subscription = self.listen(mesh, A, slow, max_rate=5, fields=["size"])
        mesh.subscribe(A, lambda event, _: events.append(event), fields=["size"])
        await subscription.ready()
        request = self.node.asked("subscribe")[0]
        self.assertEqual((request["fields"], "max_rate" in request), (["price", "size"], False))
        for _ in range(3):
            await self.market.tick(A, size=2)
        await self.heard_is("accepted live", "snapshot 7.1", "tick 7.2", "conflated 1", "tick 7.4", heard=slow)
        self.assertEqual(events[-1], {"type": "tick", "topic": A, "epoch": 7, "seq": 4, "state": "live", "size": 2})
        self.assertEqual(mesh.violations, 0)

    async def test_options_change_while_running(self):
        mesh = self.connect()
        subscription = self.listen(mesh, A, max_rate=5)
        await subscription.ready()
        subscription.configure(max_rate=2)
        await until(lambda: self.node.asked("configure"), "configured")
        request = self.node.asked("configure")[0]
        self.assertEqual((request["topics"], request["max_rate"], request["fields"]), ([A], 2, None))

    async def test_compact_ticks_are_read_by_their_numbers(self):
        numbers = {A: 1, B: 2}
        self.node.answers["subscribe"] = lambda request: [
            {"type": "subscribed", "id": request["id"], "results": [
                {"topic": name, "ok": True, "state": "live", "n": numbers[name]} for name in request["topics"]]},
            *({"type": "snapshot", "topic": name, "epoch": 9, "seq": 1, "state": "live"} for name in request["topics"]),
        ]
        mesh = self.connect(format="compact", batch=20)
        ticks = []
        mesh.subscribe(A).on("tick", lambda event, _: ticks.append(event))
        subscription = mesh.subscribe(B, fields=["size", "side"])
        subscription.on("tick", lambda event, _: ticks.append(event))
        await subscription.ready()
        await self.node.say('[[1,2,500,201.30,15,"b"],[2,2,501,"s",8]]', "[99,1,1]")
        await until(lambda: len(ticks) == 2, lambda: ticks)
        head = {"type": "tick", "epoch": 9, "seq": 2, "state": "live"}
        self.assertEqual(ticks, [
            {**head, "topic": A, "received": 500, "price": Decimal("201.30"), "size": 15, "side": "buy"},
            {**head, "topic": B, "side": "sell", "size": 8},
        ])
        self.assertEqual(mesh.violations, 0)

    async def test_a_refusal_is_told(self):
        self.node.answers["subscribe"] = lambda request: [
            {"type": "error", "id": request["id"], "code": "bad_request", "message": "too many", "retry": False}]
        mesh = self.connect()
        subscription = self.listen(mesh, A)
        answer, = await subscription.ready()
        self.assertEqual((answer["code"], answer["topic"], answer["retry"]), ("bad_request", A, False))
        self.assertEqual(self.heard, ["refused bad_request"])

    async def test_a_handler_that_raises_harms_nobody(self):
        logging.getLogger("tickmesh").setLevel(logging.CRITICAL)
        mesh = self.connect()
        mesh.subscribe(A, lambda event, topic: 1 / 0)
        self.listen(mesh, A)
        await self.heard_is("accepted live", "snapshot 7.1")

    async def test_a_reader_who_takes_his_time_misses_old_ticks_and_is_told(self):
        mesh = self.connect()
        subscription = self.listen(mesh, A)
        await self.heard_is("accepted live", "snapshot 7.1")
        events = subscription.events(limit=2)
        for _ in range(5):
            await self.market.tick(A)
        await until(lambda: self.heard[-1] == "tick 7.6", lambda: self.heard)
        subscription.unsubscribe()
        self.assertEqual([short(event) async for event in events], ["conflated 3", "tick 7.5", "tick 7.6"])

    async def test_components_share_topics_and_take_their_needs_with_them(self):
        topic = "ticker/upbit:KRW-BTC"
        mesh = self.connect()
        component = mesh.component("my_app")
        heard, changes = [], []
        subscription = component.subscribe_ticker(
            ["KRW-BTC"], lambda event: heard.append((event["symbol"], event["trade_price"], event["stream_type"])))
        await subscription.ready()

        def forgets():
            other = mesh.component("other")
            # a callback that names its component does not keep it
            other.subscribe_ticker("KRW-BTC", lambda event: changes.append(other.name), "realtime_only")
            return other

        other = forgets()
        self.assertEqual(await component.price("KRW-BTC"), 100)
        await self.market.tick(topic)
        await until(lambda: changes, "a change")
        self.assertEqual(heard, [("KRW-BTC", 100, "SNAPSHOT"), ("KRW-BTC", 101, "REALTIME")])
        self.assertEqual(len(self.node.asked("subscribe")), 1)
        other = None
        gc.collect()
        await until(lambda: mesh.get_health_status()["components"] == ["my_app"], mesh.get_health_status)
        self.assertEqual(mesh.get_health_status()["status"], "healthy")
        self.assertGreater(mesh.get_all_connection_metrics()["total_processed"], 2)
        component.close()
        await until(lambda: self.node.asked("unsubscribe"), "left")
        self.assertRaises(RuntimeError, component.subscribe_ticker, "KRW-BTC", print)

    async def test_an_order_book_comes_level_by_level_and_no_price_is_none(self):
        self.node.answers["subscribe"] = lambda request: [
            FakeNode.result("subscribed", request, request["topics"]),
            *({"type": "snapshot", "topic": name, "epoch": 1, "seq": 1, "state": "live", "asks": [[11, 1]], "bids": []}
              for name in request["topics"] if name.startswith("book")),
        ]
        component = self.connect().component("my_app")
        events = []
        component.subscribe_orderbook("KRW-BTC", events.append)
        await until(lambda: events, "a book")
        units = [{"ask_price": 11, "bid_price": None, "ask_size": 1, "bid_size": None}]
        self.assertEqual((events[0]["symbol"], events[0]["orderbook_units"]), ("KRW-BTC", units))
        self.assertIsNone(await component.price("KRW-ETH", timeout=0.1))

    async def test_closing_ends_all(self):
        mesh = self.connect()
        subscription = self.listen(mesh, A)
        await subscription.ready()
        await mesh.close()
        self.assertTrue(subscription.ended)
        self.assertEqual(mesh.connection["state"], "closed")
        self.assertEqual(mesh.get_health_status()["status"], "unhealthy")


if __name__ == "__main__":
    unittest.main()
