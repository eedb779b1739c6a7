#!/usr/bin/env bash
# Starts Higo on a fresh folder with the data that is there, and walks its pages in a browser.
# `--sample`: all pages at 320 px light and 1280 px dark, a sample of the other views. Screenshots: build/shots.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh browser

port="${HIGO_E2E_PORT:-18098}"
folder="$(mktemp -d "${TMPDIR:-/tmp}/higo-e2e.XXXXXX")"
server=""
stop() { [[ -z "$server" ]] || kill "$server" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"; }
trap stop EXIT
.build/release/higo serve --data "$folder" --port "$port" --link kumamoto >"$folder.log" 2>&1 &
server=$!
for _ in $(seq 1 600); do
    curl -fs -o /dev/null "http://127.0.0.1:$port/readyz" && break
    kill -0 "$server" 2>/dev/null || { cat "$folder.log"; exit 1; }
    sleep 0.2
done
.venv/bin/python e2e/pages.py "http://127.0.0.1:$port" build/shots "$@"
