"""A small node of the native dialect on a real socket, whose ticks the test makes."""

import json
import time

from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed


class Market:
    """What several fake nodes of one cluster know together: per topic its numbers and the ticks so far."""

    def __init__(self):
        self._ticks = {}
        self.nodes = []

    def of(self, topic):
        first = {"type": "tick", "topic": topic, "epoch": 7, "seq": 1, "state": "live", "received": 1_000, "price": 100}
        return self._ticks.setdefault(topic, [first])

    async def tick(self, topic, **more):
        ticks = self.of(topic)
        seq = ticks[-1]["seq"] + 1
        ticks.append({**ticks[0], "seq": seq, "price": 99 + seq, **more})
        for node in list(self.nodes):
            await node.send(topic, ticks[-1])


class FakeNode:
    def __init__(self, market, name):
        self.market = market
        self.name = name
        self.port = 0
        self.requests = []
        # requests that a test answers by itself: type -> function of the request to frames
        self.answers = {}
        self._sessions = {}
        self._server = None

    @property
    def url(self):
        return f"ws://127.0.0.1:{self.port}/stream"

    async def __aenter__(self):
        return await self.start()

    async def __aexit__(self, *_):
        await self.stop()

    async def start(self):
        self._server = await serve(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        self.market.nodes.append(self)
        return self

    async def stop(self, code=None, reason=""):
        """Goes away as a killed process does, or says goodbye with a close code."""
        if self._server is None:
            return
        self.market.nodes.remove(self)
        for socket in list(self._sessions):
            if code is None:
                socket.transport.abort()
            else:
                await socket.close(code, reason)
        self._server.close()
        await self._server.wait_closed()
        self._server = None

    def asked(self, kind):
        return [request for request in self.requests if request["type"] == kind]

    async def say(self, *frames):
        for socket in list(self._sessions):
            for frame in frames:
                await socket.send(frame if isinstance(frame, str) else json.dumps(frame))

    async def send(self, topic, frame):
        for socket, topics in list(self._sessions.items()):
            if topic in topics:
                await socket.send(json.dumps(frame))

    async def _serve(self, socket):
        topics = self._sessions[socket] = set()
        try:
            await socket.send(json.dumps({"type": "hello", "protocol": 1, "node": self.name, "time": time.time() * 1000}))
            async for message in socket:
                request = json.loads(message)
                self.requests.append(request)
                answer = self.answers.get(request["type"])
                for frame in answer(request) if answer else self._answer(request, topics):
                    await socket.send(json.dumps(frame))
        except ConnectionClosed:
            pass
        finally:
            del self._sessions[socket]

    def _answer(self, request, topics):
        kind = request["type"]
        if kind == "ping":
            return [{"type": "pong", "id": request["id"], "time": time.time() * 1000}]
        if kind == "resume":
            return self._resume(request, topics)
        names = request["topics"]
        if kind == "subscribe":
            topics.update(names)
            snapshots = [{**self.market.of(name)[-1], "type": "snapshot"} for name in names]
            return [self.result("subscribed", request, names), *snapshots]
        if kind == "configure":
            return [self.result("configured", request, names)]
        topics.difference_update(names)
        return [self.result("unsubscribed", request, names)]

    def _resume(self, request, topics):
        missed = []
        for position in request["positions"]:
            topics.add(position["topic"])
            missed += [tick for tick in self.market.of(position["topic"]) if tick["seq"] > position["seq"]]
        return [self.result("resumed", request, [each["topic"] for each in request["positions"]]), *missed]

    @staticmethod
    def result(kind, request, names, **more):
        results = [{"topic": name, "ok": True, "state": "live", "reason": "", **more} for name in names]
        return {"type": kind, "id": request["id"], "results": results}
