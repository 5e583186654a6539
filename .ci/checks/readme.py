#!/usr/bin/env python3
"""Runs what the README tells a newcomer to run, against a node at BASE: the curl lines, the browser's and Python's client."""
import pathlib
import re
import subprocess
import sys

BASE = sys.argv[1]
AUTHORITY = BASE.split("//")[1]
README = pathlib.Path(__file__).resolve().parents[2] / "README.md"


def blocks(language):
    text = README.read_text(encoding="utf-8")
    found = re.findall(r"^( *)```" + language + r"\n(.*?)^ *```", text, re.S | re.M)
    return [re.sub("^" + indent, "", block, flags=re.M).replace("localhost:8000", AUTHORITY) for indent, block in found]


def listens(name, command, program):
    """A client of the README runs until it is stopped; it must have printed prices by then."""
    try:
        subprocess.run(command + [program], capture_output=True, text=True, timeout=8, check=False)
        sys.exit(f"readme: the {name} client ended by itself")
    except subprocess.TimeoutExpired as stopped:
        said = (stopped.stdout or b"").decode()
        if "price_update" not in said:
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

python, = [block for block in blocks("python")]
listens("Python", [sys.executable, "-u", "-c"], python)
script, = [block for block in blocks("js")]
listens("browser's", ["node", "--experimental-websocket", "-e"], script)
