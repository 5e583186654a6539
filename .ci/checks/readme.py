#!/usr/bin/env python3
"""Runs what the README tells a newcomer to run, against a node at BASE: the curl lines, and the clients in JavaScript and Python.

The clients' own samples are run with the packages of this tree; Node is given the module as a file, since it imports none
over HTTP."""
import os
import pathlib
import re
import subprocess
import sys

BASE = sys.argv[1]
AUTHORITY = BASE.split("//")[1]
ROOT = pathlib.Path(__file__).resolve().parents[2]
README = ROOT / "README.md"


def blocks(language):
    text = README.read_text(encoding="utf-8")
    found = re.findall(r"^( *)```" + language + r"\n(.*?)^ *```", text, re.S | re.M)
    return [re.sub("^" + indent, "", block, flags=re.M).replace("localhost:8000", AUTHORITY) for indent, block in found]


def listens(name, command, program, *expected):
    """A client of the README runs until it is stopped; it must have printed prices by then."""
    paths = {**os.environ, "PYTHONPATH": str(ROOT / "clients" / "python")}
    try:
        subprocess.run(command + [program], capture_output=True, text=True, timeout=8, check=False, env=paths)
        sys.exit(f"readme: the {name} client ended by itself")
    except subprocess.TimeoutExpired as stopped:
        said = (stopped.stdout or b"").decode()
        if not all(re.search(each, said) for each in expected):
            sys.exit(f"readme: the {name} client printed no price: {said}")
        print(f"ok: the {name} client prints prices")


curls = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("curl ")]
if len(curls) != 3:
    sys.exit(f"readme: expected three curl lines, found {len(curls)}")
for line in curls:
    for attempt in range(50):
        answer = subprocess.run(line.replace("curl ", "curl -sS ", 1), shell=True, capture_output=True, text=True)
        if answer.returncode == 0 and '"detail"' not in answer.stdout:
            break
        subprocess.run(["sleep", "0.1"], check=True)
    else:
        sys.exit(f"readme: {line} answered {answer.stdout} {answer.stderr}")
    print(f"ok: {line}")

PYTHON = [sys.executable, "-u", "-c"]
NODE = ["node", "--experimental-websocket", "--input-type=module", "-e"]
TICKS = [r"tick trade/fmp:AAPL \d", r"tick trade/upbit:KRW-BTC \d"]
plain, client = blocks("python")
listens("plain Python", PYTHON, plain, "price_update")
listens("Python", PYTHON, client, *TICKS)
plain, client = blocks("js")
listens("browser's", NODE, plain, "price_update")
served = f"{BASE}/client/tickmesh.js"
module = (ROOT / "clients" / "js" / "tickmesh.js").as_uri()
if served not in client:
    sys.exit(f"readme: the JavaScript client is not imported from {served}")
listens("JavaScript", NODE, client.replace(served, module), *TICKS)
