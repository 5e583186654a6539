#!/usr/bin/env bash
# The REST part of contract 1 by curl. Usage: contract1_curl.sh BASE_URL
set -euo pipefail

base="${1:?base URL of a running node}"
base="${base%/}"
api="$base/api/v2/realtime"

# expect STATUS PATTERN CURL_ARGUMENTS...
expect() {
  local status="$1" pattern="$2" answer
  shift 2
  answer="$(curl -sS --max-time 10 -w '\n%{http_code}' "$@")"
  if [ "${answer##*$'\n'}" != "$status" ] || ! grep -Eq "$pattern" <<<"$answer"; then
    echo "not so: expected $status and $pattern of curl $*, got:" >&2
    echo "$answer" >&2
    exit 1
  fi
  echo "ok: $status $*"
}

post=(-X POST -H 'Content-Type: application/json')
expect 200 '^\{"status":"healthy"\}$' "$base/health"
expect 200 '"status":"connected","is_running":true' "$api/health"
expect 200 '"connection_status":\{"is_connected":true' "$api/status"
expect 200 '^\{"status":"success","message":"Subscribed to 2 symbols","symbols":\["AAPL","MSFT"\],"subscribed_total":[0-9]+\}$' \
  "${post[@]}" -d '["AAPL","MSFT"]' "$api/subscribe"
for _ in $(seq 50); do
  curl -sS --max-time 10 "$api/cache/AAPL" | grep -q last_price && break
  sleep 0.2
done
expect 200 '^\{"symbol":"AAPL","data":\{"symbol":"AAPL","timestamp":[0-9]{13},"type":"[TQB]","last_price":[0-9.]+' "$api/cache/AAPL"
expect 200 '^\{"total":[0-9]+,"returned":1,"limit":1,"data":\{"' "$api/cache?limit=1"
expect 200 '"limit":50,' "$api/cache"
expect 404 '^\{"detail":"No cached data for NOSUCH"\}$' "$api/cache/nosuch"
expect 422 '"detail":"' "${post[@]}" -d '{"symbols":["AAPL"]}' "$api/subscribe"
expect 415 '"detail":"' -X POST -H 'Content-Type: text/plain' -d '["AAPL"]' "$api/subscribe"
expect 200 '^\{"status":"success","message":"Unsubscribed from 2 symbols","symbols":\["AAPL","MSFT"\],"subscribed_total":[0-9]+\}$' \
  "${post[@]}" -d '["AAPL","MSFT"]' "$api/unsubscribe"
expect 200 '^openapi: ' "$base/openapi.yaml"
echo "contract 1 by curl: passed"
