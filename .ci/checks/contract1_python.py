"""Contract 1 by a Python client on `websockets`, written from the contract alone.

Usage: contract1_python.py BASE_URL
"""

import asyncio
import json
import re
import sys
import urllib.error
import urllib.request

from websockets.asyncio.client import connect

WAIT = 20
ISO_LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?")
NUMBER = (int, float)
QUOTE = {"ask_price": NUMBER, "ask_size": NUMBER, "bid_price": NUMBER, "bid_size": NUMBER}
VALUE = {"symbol": str, "timestamp": int, "last_price": NUMBER, "last_size": NUMBER, **QUOTE, "cached_at": str}
PRICE_UPDATE = {"type": str, "data_type": str, **VALUE}
CACHE_ENTRY = {"type": str, **VALUE}


def verify(holds, what):
    if not holds:
        raise AssertionError(f"not so: {what}")
    print(f"ok: {what}", flush=True)


def shape(value, expected, what):
    """The keys must be exactly these, and the values of these types."""
    if not isinstance(value, dict):
        raise AssertionError(f"{what}: expected an object, got {value!r}")
    if set(value) != set(expected):
        raise AssertionError(f"{what}: missing {set(expected) - set(value)}, unknown {set(value) - set(expected)}")
    for key, kind in expected.items():
        each = value[key]
        is_flag = isinstance(each, bool)
        if not isinstance(each, kind) or (is_flag and kind is not bool):
            raise AssertionError(f"{what}: {key} is {each!r}, expected {kind}")


def texts(value, what):
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise AssertionError(f"{what}: expected a list of strings, got {value!r}")


def rest(base, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(base + path, data=data, headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=WAIT) as response:
            return response.status, response.headers.get_content_type(), json.load(response)
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers.get_content_type(), json.load(refused)


def get(base, path, body=None):
    status, content_type, answer = rest(base, path, body)
    if status != 200 or content_type != "application/json":
        raise AssertionError(f"{path}: {status} {content_type} {answer}")
    return answer


async def answer_to(socket, request, wanted):
    """Sends, and returns the next frame that is no price update."""
    await socket.send(request if isinstance(request, str) else json.dumps(request))
    return await next_of(socket, lambda frame: frame["type"] != "price_update", wanted)


async def next_of(socket, wanted, what):
    async with asyncio.timeout(WAIT):
        async for text in socket:
            frame = json.loads(text)
            if frame["type"] == "price_update":
                check_update(frame)
            if wanted(frame):
                return frame
    raise AssertionError(f"the connection ended before {what}")


def check_update(frame):
    if frame["data_type"] not in ("T", "Q", "B") or not frame["last_price"] > 0 or len(str(frame["timestamp"])) != 13:
        raise AssertionError(f"not a price update: {frame}")


async def both_merged(socket):
    waiting = {"AAPL", "MSFT"}
    while waiting:
        frame = await next_of(
            socket,
            lambda frame: frame["type"] == "price_update" and set(frame) == set(PRICE_UPDATE),
            f"merged price updates of {waiting}",
        )
        shape(frame, PRICE_UPDATE, "price_update")
        if not ISO_LOCAL.fullmatch(frame["cached_at"]):
            raise AssertionError(f"cached_at is {frame['cached_at']}")
        waiting.discard(frame["symbol"])


async def on_socket(base):
    url = "ws" + base.removeprefix("http") + "/api/v2/realtime/ws/prices"
    async with connect(url) as socket:
        greeting = json.loads(await asyncio.wait_for(socket.recv(), WAIT))
        verify(greeting == {"type": "connected", "message": "Connected to real-time price stream"}, "the greeting")

        answer = await answer_to(socket, {"action": "subscribe", "symbols": ["AAPL", "MSFT"]}, "the subscription")
        told = {"type": "subscription", "action": "subscribed", "symbols": ["AAPL", "MSFT"], "subscribed_total": 2}
        verify(answer == told, "the answer to subscribe")
        await both_merged(socket)
        verify(True, "price updates of both with trade and quote together, exact keys and types")

        answer = await answer_to(socket, {"action": "get_subscriptions"}, "the list")
        told = {"type": "subscription", "action": "list", "symbols": ["AAPL", "MSFT"], "subscribed_total": 2}
        verify(answer == told, "the list of subscriptions")
        verify(await answer_to(socket, {"action": "ping"}, "the pong") == {"type": "pong"}, "ping is answered")

        for bad in ("not json", "[]", "{}", '{"action":"dance"}', '{"action":"subscribe"}',
                    '{"action":"subscribe","symbols":[]}', '{"action":"subscribe","symbols":[1]}'):
            answer = await answer_to(socket, bad, "the error")
            shape(answer, {"type": str, "message": str}, "error")
            verify(answer["type"] == "error" and answer["message"], f"{bad} is refused: {answer['message']}")
        verify(await answer_to(socket, {"action": "ping"}, "the pong") == {"type": "pong"}, "the session lives on")
        await next_of(socket, lambda frame: frame["type"] == "price_update", "a price update")
        verify(True, "and its prices go on")

        in_rest(base)

        answer = await answer_to(socket, {"action": "unsubscribe", "symbols": ["AAPL"]}, "the answer")
        told = {"type": "subscription", "action": "unsubscribed", "symbols": ["AAPL"], "subscribed_total": 1}
        verify(answer == told, "the answer to unsubscribe")
        for _ in range(20):
            frame = await next_of(socket, lambda frame: frame["type"] == "price_update", "a price update")
            if frame["symbol"] != "MSFT":
                raise AssertionError(f"an update after unsubscribe: {frame}")
        verify(True, "after unsubscribe only MSFT comes")


def in_rest(base):
    api = "/api/v2/realtime"
    verify(get(base, "/health") == {"status": "healthy"}, "GET /health")

    health = get(base, api + "/health")
    shape(health, {"status": str, "is_running": bool, "api_configured": bool, "subscribed_symbols": list,
                   "cached_symbols": list, "callbacks_registered": int, "reconnect_attempts": int}, "health")
    texts(health["subscribed_symbols"], "subscribed_symbols")
    texts(health["cached_symbols"], "cached_symbols")
    verify(health["status"] == "connected" and health["is_running"] and health["callbacks_registered"] >= 1
           and {"AAPL", "MSFT"} <= set(health["subscribed_symbols"]), f"GET health: {health}")

    status = get(base, api + "/status")
    shape(status, {"timestamp": str, "connection_status": dict, "cached_data": dict}, "status")
    shape(status["connection_status"], {"is_connected": bool, "is_running": bool, "subscribed_symbols": list,
                                        "total_clients": int}, "connection_status")
    shape(status["cached_data"], {"count": int, "symbols": list}, "cached_data")
    texts(status["cached_data"]["symbols"], "symbols")
    verify(ISO_LOCAL.fullmatch(status["timestamp"]) and status["cached_data"]["count"] == len(
        status["cached_data"]["symbols"]), f"GET status: {status}")

    pins = {"status": str, "message": str, "symbols": list, "subscribed_total": int}
    added = get(base, api + "/subscribe", ["GOOGL", "AMZN"])
    shape(added, pins, "subscribe")
    verify((added["status"], added["message"], added["symbols"]) == (
        "success", "Subscribed to 2 symbols", ["GOOGL", "AMZN"]) and added["subscribed_total"] >= 4,
        f"POST subscribe: {added}")
    removed = get(base, api + "/unsubscribe", ["GOOGL", "AMZN"])
    shape(removed, pins, "unsubscribe")
    verify((removed["status"], removed["message"], removed["symbols"]) == (
        "success", "Unsubscribed from 2 symbols", ["GOOGL", "AMZN"])
        and removed["subscribed_total"] == added["subscribed_total"] - 2, f"POST unsubscribe: {removed}")

    cache = get(base, api + "/cache?limit=1")
    shape(cache, {"total": int, "returned": int, "limit": int, "data": dict}, "cache")
    verify(cache["returned"] == len(cache["data"]) == cache["limit"] == 1 and cache["total"] >= 2,
           f"GET cache?limit=1: {cache['total']} in all")
    cache = get(base, api + "/cache")
    verify(cache["limit"] == 50, "GET cache: 50 by default")
    shape(cache["data"]["AAPL"], CACHE_ENTRY, "cache entry")
    entry = get(base, api + "/cache/AAPL")
    shape(entry, {"symbol": str, "data": dict}, "cache/AAPL")
    shape(entry["data"], CACHE_ENTRY, "cache/AAPL data")
    verify(entry["symbol"] == entry["data"]["symbol"] == "AAPL", "GET cache/AAPL: exact keys and types")
    verify(rest(base, api + "/cache/NOSUCH") == (404, "application/json", {"detail": "No cached data for NOSUCH"}),
           "GET cache of an unknown symbol is 404")
    for path, body in ((api + "/subscribe", {"symbols": ["AAPL"]}), (api + "/cache?limit=abc", None),
                       (api + "/cache?limit=0", None), (api + "/cache?limit=1000000000000", None)):
        code, _, refused = rest(base, path, body)
        shape(refused, {"detail": str}, "refusal")
        verify(400 <= code < 500, f"{path} {body or ''} is refused with {code}: {refused['detail']}")


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: contract1_python.py BASE_URL")
    asyncio.run(on_socket(sys.argv[1].rstrip("/")))
    print("contract 1 by Python: passed")


if __name__ == "__main__":
    main()
