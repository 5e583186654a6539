#!/usr/bin/env bash
# Contract 1 by the stock wscat. Usage: contract1_wscat.sh BASE_URL
set -euo pipefail

base="${1:?base URL of a running node}"
here="$(cd "$(dirname "$0")/.." && pwd)"
url="ws${base#http}"
url="${url%/}/api/v2/realtime/ws/prices"
wscat="$here/node_modules/.bin/wscat"
[ -x "$wscat" ] || { echo "wscat is not installed, run install.sh" >&2; exit 1; }

# wscat leaves when its input ends, so the input must last longer than the wait
heard="$("$wscat" -c "$url" -x '{"action":"subscribe","symbols":["AAPL","MSFT"]}' -w 4 < <(sleep 10))"

expect() {
  local what="$1" pattern="$2"
  if ! grep -Eq "$pattern" <<<"$heard"; then
    echo "not so: $what" >&2
    echo "wscat printed:" >&2
    head -c 4000 <<<"$heard" >&2
    exit 1
  fi
  echo "ok: $what"
}

expect "the greeting came" '"type":"connected","message":"Connected to real-time price stream"'
expect "the subscription is answered" '"type":"subscription","action":"subscribed","symbols":\["AAPL","MSFT"\],"subscribed_total":2'
for symbol in AAPL MSFT; do
  expect "$symbol has price updates" "\"type\":\"price_update\",\"symbol\":\"$symbol\",\"timestamp\":[0-9]{13},\"data_type\":\"[TQB]\",\"last_price\":[0-9.]+"
done
updates="$(grep -c '"price_update"' <<<"$heard")"
if [ "$updates" -lt 4 ]; then
  echo "not so: only $updates price updates in 4 s" >&2
  exit 1
fi
echo "contract 1 by wscat: passed, $updates price updates"
