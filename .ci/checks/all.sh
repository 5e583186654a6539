#!/usr/bin/env bash
# Starts a node from this tree, with simulated feeds on ports of its own, and runs every check against it. The last ones
# start two nodes of their own.
set -euo pipefail
cd "$(dirname "$0")/../.."

PORT=${PORT:-8390}
BASE=http://127.0.0.1:$PORT
LOG=target/checks-node.log
PYTHON=target/checks-venv/bin/python

bin/tickmesh --port "$PORT" --set cluster.name="checks-$$" >"$LOG" 2>&1 &
node=$!
trap 'kill -TERM "$node" 2>/dev/null; wait "$node" 2>/dev/null || true' EXIT
for _ in $(seq 1 300); do
  curl -fsS -m 2 "http://127.0.0.1:$((PORT + 1000))/health/ready" >/dev/null 2>&1 && break
  kill -0 "$node" 2>/dev/null || { cat "$LOG" >&2; echo "checks: the node did not start" >&2; exit 1; }
  sleep 0.2
done

check() {
  printf '\n-- %s\n' "$*"
  "$@"
}

check node --test .ci/checks/modules.test.mjs
check env TICKMESH_URL="$BASE" node --test clients/js/test/*.test.mjs
check .ci/node_modules/.bin/tsc -p .ci/checks/types
check "$PYTHON" -m mypy --strict clients/python/tickmesh
check env -C clients/python TICKMESH_URL="$BASE" "../../$PYTHON" -m unittest discover
check .ci/checks/contract1_curl.sh "$BASE"
check .ci/checks/contract1_wscat.sh "$BASE"
check "$PYTHON" .ci/checks/contract1_python.py "$BASE"
check "$PYTHON" .ci/checks/contract2_python.py "$BASE"
check .ci/checks/contract3.sh $((PORT + 1))
check "$PYTHON" .ci/checks/readme.py "$BASE"
check node .ci/checks/contract1_page.mjs "$BASE"
check node .ci/checks/contract2_page.mjs "$BASE"
check node .ci/checks/contract2_react.mjs "$BASE"
check node .ci/checks/sockjs.mjs "$BASE"
check node .ci/checks/eventbus.mjs "$BASE"
check node .ci/checks/sse.mjs "$BASE"
check node .ci/checks/client_pages.mjs "$BASE"
check node .ci/checks/page.mjs "$BASE" target/screenshots
check node .ci/checks/page_stall.mjs "$BASE"
check node .ci/checks/five_panels.mjs target/screenshots
check node .ci/checks/sse_resume.mjs
echo "checks: all passed"
