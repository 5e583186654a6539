#!/usr/bin/env bash
# Starts two nodes that serve channels, with the handler that docs/channels.md shows, and runs the clients of contract 3
# against them. Usage: contract3.sh PORT
set -euo pipefail
cd "$(dirname "$0")/../.."

PORT=$1
PYTHON=target/checks-venv/bin/python
HANDLER=target/checks-handler
nodes=()
trap 'kill -TERM "${nodes[@]}" 2>/dev/null; wait 2>/dev/null || true' EXIT

rm -rf "$HANDLER"
mkdir -p "$HANDLER/META-INF/services"
# the sample is the first block of Java
awk '/^```java$/ { inside = !done; next } /^```$/ { if (inside) { inside = 0; done = 1 } } inside' docs/channels.md >"$HANDLER/ThemeHandler.java"
echo com.example.ThemeHandler >"$HANDLER/META-INF/services/io.tickmesh.channel.MessageHandler"
javac -proc:none -cp target/tickmesh.jar -d "$HANDLER" "$HANDLER/ThemeHandler.java"

export TICKMESH_JAVA_CLASS_PATH=$HANDLER WEBSOCKET_HEARTBEAT_INTERVAL=2
settings=(--set cluster.name="contract3-$$")
for feed in fmp fmp-crypto fmp-forex kis kiwoom upbit; do
  settings+=(--set "feeds.$feed.mode=off")
done
for port in "$PORT" $((PORT + 1)); do
  log=target/checks-channels-$port.log
  bin/tickmesh --port "$port" "${settings[@]}" >"$log" 2>&1 &
  nodes+=($!)
  for _ in $(seq 1 300); do
    curl -fsS -m 2 "http://127.0.0.1:$((port + 1000))/health/ready" >/dev/null 2>&1 && break
    kill -0 "${nodes[-1]}" 2>/dev/null || { cat "$log" >&2; echo "contract 3: a node did not start" >&2; exit 1; }
    sleep 0.2
  done
done
for _ in $(seq 1 150); do
  curl -fsS -m 2 "http://127.0.0.1:$((PORT + 1000))/metrics" | grep -q '^tickmesh_channel_nodes 2' && break
  sleep 0.2
done

"$PYTHON" .ci/checks/contract3_python.py "http://127.0.0.1:$PORT" "http://127.0.0.1:$((PORT + 1))"
node .ci/checks/contract3_page.mjs "http://127.0.0.1:$PORT" "http://127.0.0.1:$((PORT + 1))"
