#!/usr/bin/env bash
# Runs the tests that are built; names those that failed once more at the end. `test.sh MORE…` hands options to swift test.
set -uo pipefail
cd "$(dirname "$0")/.."
log="$(mktemp "${TMPDIR:-/tmp}/higo-test.XXXXXX")"
trap 'rm -f "$log"' EXIT
swift test -c release --skip-build --parallel "$@" 2>&1 | tee "$log" && exit
printf '\nWhat failed:\n'
grep -aE -A 8 'recorded an issue|error: Exited|^✘ Suite|Fatal error' "$log" | grep -avE '^[◇✔]' | cut -c -1000 | tail -100
exit 1
