"""Contract 2 by a Python client on `websockets`, written from the contract alone.

Usage: contract2_python.py BASE_URL
"""

import asyncio
import json
import re
import sys

from websockets.asyncio.client import connect

WAIT = 20
GREETING = {
    "type": "connection_established",
    "message": "실시간 주가 스트림에 연결되었습니다.",
    "actions": ["subscribe", "unsubscribe", "list_subscriptions", "ping"],
}
NUMBER = (int, float)
STOCK_PRICE = {"type": str, "stock_code": str, "symbol": str, "time": str, "price": NUMBER, "volume": NUMBER}
LIST = {"type": str, "subscribed_codes": list, "count": int,
        "kis_active_subscriptions": int, "kis_max_subscriptions": int}


def verify(holds, what):
    if not holds:
        raise AssertionError(f"not so: {what}")
    print(f"ok: {what}", flush=True)


def shape(value, expected, what):
    """The keys must be exactly these, and the values of these types."""
    if set(value) != set(expected):
        raise AssertionError(f"{what}: missing {set(expected) - set(value)}, unknown {set(value) - set(expected)}")
    for key, kind in expected.items():
        if not isinstance(value[key], kind) or isinstance(value[key], bool):
            raise AssertionError(f"{what}: {key} is {value[key]!r}, expected {kind}")


def check_price(frame):
    shape(frame, STOCK_PRICE, "stock_price")
    if not re.fullmatch(r"\d{6}", frame["stock_code"]) or not re.fullmatch(r"\d{6}", frame["time"]):
        raise AssertionError(f"not a stock price: {frame}")
    if not (frame["symbol"] and frame["price"] > 0 and frame["volume"] >= 0):
        raise AssertionError(f"not a stock price: {frame}")


async def next_of(socket, wanted, what):
    async with asyncio.timeout(WAIT):
        async for text in socket:
            frame = json.loads(text)
            if frame["type"] == "stock_price":
                check_price(frame)
            if wanted(frame):
                return frame
    raise AssertionError(f"the connection ended before {what}")


async def answer_to(socket, request, what):
    """Sends, and returns the next frame that is no price."""
    await socket.send(request if isinstance(request, str) else json.dumps(request))
    return await next_of(socket, lambda frame: frame["type"] != "stock_price", what)


def result(success, subscribed, failed, error, total):
    return {"type": "subscription_result", "success": success, "subscribed": subscribed, "failed": failed,
            "error": error, "total_subscribed": total}


def unsubscribed(codes, total):
    return {"type": "unsubscription_result", "success": True, "unsubscribed": codes, "error": None,
            "total_subscribed": total}


async def requests(socket):
    greeting = json.loads(await asyncio.wait_for(socket.recv(), WAIT))
    verify(greeting == GREETING, "the greeting")

    answer = await answer_to(socket, {"action": "subscribe", "codes": ["005930", "000660"]}, "the result")
    verify(answer == result(True, ["005930", "000660"], [], None, 2), "the answer to subscribe")
    answer = await answer_to(socket, {"action": "subscribe", "codes": ["005930"]}, "the result")
    verify(answer == result(True, ["005930"], [], None, 2), "subscribing twice does not count twice")

    for code in ("005930", "000660"):
        await next_of(socket, lambda frame: frame.get("stock_code") == code, f"a price of {code}")
    verify(True, "prices of both, exact keys and types")

    answer = await answer_to(socket, {"action": "list_subscriptions"}, "the list")
    shape(answer, LIST, "subscriptions_list")
    verify(answer["type"] == "subscriptions_list" and answer["subscribed_codes"] == ["005930", "000660"]
           and answer["count"] == 2 <= answer["kis_active_subscriptions"] <= answer["kis_max_subscriptions"] == 40,
           f"the list: {answer}")
    verify(await answer_to(socket, {"action": "ping"}, "the pong") == {"type": "pong"}, "ping is answered")


async def bad_input(socket):
    warning = await answer_to(socket, {"action": "subscribe", "codes": ["ABC", "035420", "12345"]}, "the warning")
    verify(warning == {"type": "warning", "message": f"유효하지 않은 종목 코드: {['ABC', '12345']}"},
           f"invalid codes: {warning['message']}")
    answer = await next_of(socket, lambda frame: frame["type"] != "stock_price", "the result")
    verify(answer == result(False, ["035420"], ["ABC", "12345"], None, 3), "and the rest of the request goes on")

    for bad, message in (("not json", "Invalid JSON"), ('{"action":"dance"}', "Unknown action: dance"),
                         ('{"action":"subscribe"}', "codes is required")):
        answer = await answer_to(socket, bad, "the error")
        verify(answer == {"type": "error", "message": message}, f"{bad} is refused: {message}")
    verify(await answer_to(socket, {"action": "ping"}, "the pong") == {"type": "pong"}, "the session lives on")


async def limit(url, first):
    """Forty codes is the limit of all clients together."""
    many = [f"{100000 + 10 * i}" for i in range(45)]
    async with connect(url) as second:
        await second.recv()
        answer = await answer_to(second, {"action": "subscribe", "codes": ["005930", *many]}, "the result")
        verify(answer["success"] is False and answer["error"] == "40개 종목 구독 실패", f"over 40: {answer['error']}")
        verify(len(answer["subscribed"]) == answer["total_subscribed"] == 38 and len(answer["failed"]) == 8,
               "38 of 46 are accepted: one is the other client's too, and two more are its own")
        verify("005930" in answer["subscribed"], "a code that another client holds costs nothing")
        oldest = answer["subscribed"][-1]
        freed = await answer_to(second, {"action": "unsubscribe", "codes": [oldest]}, "the result")
        verify(freed == unsubscribed([oldest], 37), "unsubscribe")
        again = await answer_to(second, {"action": "subscribe", "codes": answer["failed"][:1]}, "the result")
        verify(again == result(True, answer["failed"][:1], [], None, 38), "what was freed can be used for another")
    await next_of(first, lambda frame: frame.get("stock_code") == "005930", "a price")
    verify(True, "the other client's prices go on when this one has closed")


async def end(socket):
    answer = await answer_to(socket, {"action": "unsubscribe", "codes": ["005930", "999999"]}, "the result")
    verify(answer == unsubscribed(["005930"], 2), "the answer to unsubscribe lists only what was held")
    for _ in range(10):
        frame = await next_of(socket, lambda frame: frame["type"] == "stock_price", "a price")
        if frame["stock_code"] == "005930":
            raise AssertionError(f"a price after unsubscribe: {frame}")
    verify(True, "after unsubscribe no price of it comes")


async def main(base):
    url = "ws" + base.removeprefix("http") + "/ws/stock/"
    async with connect(url) as socket:
        await requests(socket)
        await bad_input(socket)
        await limit(url, socket)
        await end(socket)
    print("contract 2 by Python: passed")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: contract2_python.py BASE_URL")
    asyncio.run(main(sys.argv[1].rstrip("/")))
