"""Contract 3 by a Python client on `websockets`, written from the contract alone, on two servers.

Two users have two devices each, one at each server; one message type has a handler that somebody wrote.

Usage: contract3_python.py BASE_URL OTHER_BASE_URL
"""

import asyncio
import json
import re
import sys
import urllib.request

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

WAIT = 20
ISO_LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?")
HEALTH = {"healthy": bool, "service": str, "active_connections": int, "total_connections": int, "channels": int,
          "messages_sent": int, "messages_received": int, "errors": int, "timestamp": str}
STATS = {"total_connections": int, "active_connections": int, "messages_sent": int, "messages_received": int,
         "errors": int, "channels": int, "users_with_connections": int}
TEXT = (str, type(None))
CLIENT = {"client_id": str, "user_id": TEXT, "channels": list, "state": str, "last_ping": TEXT, "last_pong": TEXT,
          "metadata": (dict, type(None))}


def verify(holds, what):
    if not holds:
        raise AssertionError(f"not so: {what}")
    print(f"ok: {what}", flush=True)


def shape(value, expected, what):
    """The keys must be exactly these, and the values of these types."""
    if set(value) != set(expected):
        raise AssertionError(f"{what}: missing {set(expected) - set(value)}, unknown {set(value) - set(expected)}")
    for key, kind in expected.items():
        if not isinstance(value[key], kind) or (isinstance(value[key], bool) and kind is not bool):
            raise AssertionError(f"{what}: {key} is {value[key]!r}, expected {kind}")


def bare(frame):
    """The frame without its time, which every frame has."""
    frame = dict(frame)
    if not ISO_LOCAL.fullmatch(frame.pop("timestamp", "")):
        raise AssertionError(f"no time: {frame}")
    return frame


class Device:
    """Connects until told otherwise, and subscribes anew each time."""

    def __init__(self, base, client_id, user_id):
        self.url = f"ws{base.removeprefix('http')}/ws/{client_id}?user_id={user_id}"
        self.client_id = client_id
        self.channels = []
        self.frames = asyncio.Queue()
        self.heartbeats = 0
        self.socket = None
        self.task = asyncio.create_task(self.run())

    async def run(self):
        delay = 0.2
        while True:
            try:
                async with connect(self.url) as socket:
                    async for text in socket:
                        frame = bare(json.loads(text))
                        if frame["type"] == "heartbeat":
                            self.heartbeats += 1
                            continue
                        if frame["type"] == "connected":
                            delay = 0.2
                            self.socket = socket
                            for channel in self.channels:
                                await self.send({"type": "subscribe", "channel": channel})
                        self.frames.put_nowait(frame)
            except (ConnectionClosed, OSError):
                pass
            self.socket = None
            await asyncio.sleep(delay)
            delay = min(2 * delay, 5)

    async def send(self, message):
        await self.socket.send(message if isinstance(message, str) else json.dumps(message))

    async def subscribe(self, channel):
        self.channels.append(channel)
        await self.send({"type": "subscribe", "channel": channel})
        await self.expect({"type": "subscription_result", "channel": channel, "success": True})

    async def next(self):
        return await asyncio.wait_for(self.frames.get(), WAIT)

    async def expect(self, expected):
        frame = await self.next()
        if frame != expected:
            raise AssertionError(f"{self.client_id}: expected {expected}, got {frame}")

    async def expect_nothing(self):
        """Nothing has come but the answer to this ping."""
        await self.send({"type": "ping"})
        await self.expect({"type": "pong"})


def get(base, path):
    with urllib.request.urlopen(base + path, timeout=WAIT) as response:
        return json.load(response)


async def fetch(base, path):
    return await asyncio.to_thread(get, base, path)


async def requests(device):
    await device.send({"type": "ping", "timestamp": "2027-11-26T00:30:00Z"})
    await device.expect({"type": "pong"})
    await device.subscribe("stock_updates")
    await device.send({"type": "unsubscribe", "channel": "stock_updates"})
    await device.expect({"type": "unsubscription_result", "channel": "stock_updates", "success": True})
    device.channels.clear()
    for bad, message in ({"type": "subscribe"}, "Channel name required for subscription"), \
            ({"type": "dance"}, "Unknown message type: dance"), ("{not json", "Invalid JSON"):
        await device.send(bad)
        await device.expect({"type": "error", "message": message})
    verify(True, "ping, subscribe, unsubscribe, and three errors, whole objects")


def chat(sender, message, channel):
    return {"type": "chat_message", "client_id": sender.client_id, "message": message, "channel": channel}


async def chats(phone, laptop, bobs, outsider):
    members = [phone, laptop, *bobs]
    for each in members:
        await each.subscribe("general")
    for sender in members:
        await sender.send({"type": "chat_message", "message": f"안녕 from {sender.client_id}"})
        for each in members:
            await each.expect(chat(sender, f"안녕 from {sender.client_id}", "general"))
    await outsider.expect_nothing()
    verify(True, "chat in the default channel reaches all its subscribers on both servers, once, and nobody else")
    await laptop.send({"type": "unsubscribe", "channel": "general"})
    await laptop.expect({"type": "unsubscription_result", "channel": "general", "success": True})
    laptop.channels.remove("general")
    await phone.send({"type": "chat_message", "message": "are you gone?", "channel": "general"})
    for each in (phone, *bobs):
        await each.expect(chat(phone, "are you gone?", "general"))
    await laptop.expect_nothing()
    verify(True, "and nothing comes after unsubscribe")


async def themes(phone, laptop, bobs):
    await phone.send({"type": "theme", "name": "dark"})
    for each in (phone, laptop):
        await each.expect({"type": "theme", "name": "dark"})
    await laptop.send({"type": "theme"})
    for each in (phone, laptop):
        await each.expect({"type": "theme", "name": "light"})
    for each in bobs:
        await each.expect_nothing()
    verify(True, "a handler's message reaches all devices of its user on both servers, and no other user's")


async def in_use(other, phone):
    async with connect(phone.url.replace(phone.url.split("/ws/")[0], "ws" + other.removeprefix("http"))) as second:
        try:
            await asyncio.wait_for(second.recv(), WAIT)
            raise AssertionError("a client id in use was let in")
        except ConnectionClosed:
            verify(second.close_code == 4409, "a client id in use is refused at the other server: 4409")


async def comes_back(phone, bob):
    phone.socket.transport.abort()
    await phone.expect({"type": "connected", "client_id": phone.client_id})
    await phone.expect({"type": "subscription_result", "channel": "general", "success": True})
    await bob.send({"type": "chat_message", "message": "back?", "channel": "general"})
    await phone.expect(chat(bob, "back?", "general"))
    await bob.expect(chat(bob, "back?", "general"))
    verify(True, "a connection that broke comes back by itself and gets its channel again")


async def information(bases, phone):
    for base in bases:
        health = await fetch(base, "/healthz/detailed")
        shape(health, HEALTH, "health")
        verify(health["healthy"] is True and health["service"] == "websocket" and health["active_connections"] == 5
               and ISO_LOCAL.fullmatch(health["timestamp"]), f"health at {base}: {health}")
        stats = await fetch(base, "/ws-stats")
        shape(stats, STATS, "stats")
        verify(stats["active_connections"] == 5 and stats["users_with_connections"] == 3 and stats["channels"] == 1,
               f"stats: {stats}")
        client = await fetch(base, f"/ws-clients/{phone.client_id}")
        shape(client, CLIENT, "client info")
        verify(client["client_id"] == "alice-phone" and client["user_id"] == "alice"
               and client["channels"] == ["general"] and client["state"] == "connected", f"client: {client}")
        verify(await fetch(base, "/ws-clients/nobody") is None, "an unknown client is null")
        channel = await fetch(base, "/ws-channels/general")
        channel["subscribers"].sort()
        verify(channel == {"channel": "general", "subscriber_count": 3,
                           "subscribers": ["alice-phone", "bob-laptop", "bob-phone"]}, f"channel: {channel}")
        verify(await fetch(base, "/ws-channels/empty") == {"channel": "empty", "subscriber_count": 0,
                                                           "subscribers": []}, "an unknown channel has nobody")


async def main(base, other):
    devices = [Device(base, "alice-phone", "alice"), Device(other, "alice-laptop", "alice"),
               Device(other, "bob-phone", "bob"), Device(base, "bob-laptop", "bob"), Device(other, "eve", "eve")]
    phone, laptop, *bobs, eve = devices
    for each in devices:
        await each.expect({"type": "connected", "client_id": each.client_id})
    verify(True, "each device is told that it is connected")
    await requests(phone)
    await chats(phone, laptop, bobs, eve)
    await themes(phone, laptop, bobs)
    await in_use(other, phone)
    await comes_back(phone, bobs[0])
    await information((base, other), phone)
    async with asyncio.timeout(WAIT):
        while not all(each.heartbeats for each in devices):
            await asyncio.sleep(0.1)
    verify(True, "heartbeats come to each")
    for each in devices:
        each.task.cancel()
    print("contract 3 by Python: passed")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: contract3_python.py BASE_URL OTHER_BASE_URL")
    asyncio.run(main(*(each.rstrip("/") for each in sys.argv[1:])))
