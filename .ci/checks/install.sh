#!/usr/bin/env bash
# Installs what the checks with outside clients need: Chromium, the npm packages of .ci/package-lock.json, and a Python
# with `websockets` and `mypy`; and iproute2, by which nodes are cut off from each other. Doing it again costs little.
set -euo pipefail
cd "$(dirname "$0")/../.."

CHROMIUM="${CHROMIUM:-/usr/bin/chromium}"
VENV=target/checks-venv
WEBSOCKETS=websockets==17.4
MYPY=mypy==2.4.1

fail() {
  echo "install: $*" >&2
  exit 1
}

if [ ! -x "$CHROMIUM" ]; then
  command -v apt-get >/dev/null || fail "no Chromium at $CHROMIUM and no apt-get to install one; set CHROMIUM"
  [ "$(id -u)" -eq 0 ] || fail "no Chromium at $CHROMIUM; run as root to install it, or set CHROMIUM"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation
fi
[ -x "$CHROMIUM" ] || fail "still no Chromium at $CHROMIUM"
version="$("$CHROMIUM" --version 2>/dev/null)" || fail "$CHROMIUM does not start"

if ! command -v ip >/dev/null; then
  command -v apt-get >/dev/null || fail "no \`ip\` (iproute2) and no apt-get to install it"
  [ "$(id -u)" -eq 0 ] || fail "no \`ip\` (iproute2); run as root to install it"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends iproute2
fi
command -v ip >/dev/null || fail "still no \`ip\`"

for tool in node npm python3 curl; do
  command -v "$tool" >/dev/null || fail "$tool is missing"
done
node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)' ||
  fail "node is $(node --version), the page's modules need 20.19 or later to be tested"
if grep -q '"resolved"' .ci/package-lock.json; then
  fail ".ci/package-lock.json names a registry; it must not (omit-lockfile-registry-resolved)"
fi
stamp=.ci/node_modules/.tickmesh-lock
if ! cmp -s .ci/package-lock.json "$stamp"; then
  npm ci --prefix .ci --ignore-scripts --no-audit --no-fund
  cp .ci/package-lock.json "$stamp"
fi

[ -x "$VENV/bin/python" ] || python3 -m venv "$VENV"
for package in "$WEBSOCKETS" "$MYPY"; do
  if ! "$VENV/bin/python" -c 'import importlib.metadata as m, sys; sys.exit(m.version(sys.argv[1]) != sys.argv[2])' \
      "${package%%==*}" "${package#*==}" 2>/dev/null; then
    "$VENV/bin/python" -m pip install --quiet "$package"
  fi
done

echo "install: $version; node $(node --version); $("$VENV/bin/python" --version), $WEBSOCKETS, $MYPY"
