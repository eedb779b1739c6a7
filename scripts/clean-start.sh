#!/usr/bin/env bash
# What a newcomer does: clone, start, look. Uses the program that is already built, so that it takes seconds.
set -euo pipefail
cd "$(dirname "$0")/.."
origin="$PWD"
folder="$(mktemp -d "${TMPDIR:-/tmp}/higo-clean.XXXXXX")"
server=""
stop() { [[ -z "$server" ]] || kill "$server" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"; }
trap stop EXIT

git clone --quiet "$origin" "$folder/higo"
[[ ! -d "$origin/../shared" ]] || ln -s "$(cd "$origin/../shared" && pwd)" "$folder/shared"
cd "$folder/higo"
port="${HIGO_CLEAN_PORT:-18099}"
"$origin/.build/release/higo" serve --data "$folder/data" --port "$port" --link kumamoto >"$folder/log" 2>&1 &
server=$!
for _ in $(seq 1 600); do
    curl -fs -o /dev/null "http://127.0.0.1:$port/readyz" && break
    kill -0 "$server" 2>/dev/null || { cat "$folder/log"; echo "The server stopped."; exit 1; }
    sleep 0.2
done
for path in / /towns /towns/431001 /entities /plan /plan/measures /plan/glossary /openapi.json; do
    curl -fs -o /dev/null "http://127.0.0.1:$port$path" || { tail -20 "$folder/log"; echo "No page at $path"; exit 1; }
done
tail -30 "$folder/log"
echo "A clean clone starts and answers."
