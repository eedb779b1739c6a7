#!/usr/bin/env bash
# Throws generated requests, right and wrong ones, at every route that /openapi.json names. A server error, an answer
# that the document does not state, or a method it does not name fails. Registrations, entity maps and snapshots answer 501
# on purpose until they are there. `api-fuzz.sh MORE…` hands options to schemathesis.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh browser

port="${HIGO_FUZZ_PORT:-18097}"
folder="$(mktemp -d "${TMPDIR:-/tmp}/higo-fuzz.XXXXXX")"
server=""
stop() { [[ -z "$server" ]] || kill "$server" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"; }
trap stop EXIT
.build/release/higo serve --data "$folder" --port "$port" --open >"$folder.log" 2>&1 &
server=$!
for _ in $(seq 1 300); do
    curl -fs -o /dev/null "http://127.0.0.1:$port/readyz" && break
    kill -0 "$server" 2>/dev/null || { cat "$folder.log"; exit 1; }
    sleep 0.2
done
# One worker: CPython 3.11 cannot parse sources in two threads at once (python/cpython#106905), and Hypothesis does.
.venv/bin/schemathesis run "http://127.0.0.1:$port/openapi.json" --seed 430005 --max-examples 20 --workers 1 \
    --phases examples,coverage,fuzzing --suppress-health-check all --continue-on-failure --warnings off \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,unsupported_method \
    --exclude-path-regex '^/v2/registrations|^/ngsi-ld/v1/(entityMaps|snapshots)' "$@"
kill -0 "$server" 2>/dev/null || { tail -50 "$folder.log"; echo "The server stopped."; exit 1; }
