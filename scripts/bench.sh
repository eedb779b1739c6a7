#!/usr/bin/env bash
# Measures the hot paths of a running Higo beside a bare Hummingbird answer in the same run: CPU time of the server per
# request, and its ratio to the bare one. Figures, not assertions. Writes a table; see docs/PERFORMANCE.md.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh bench
swift build -c release --product higo-bare >/dev/null
exec python3 Benchmarks/measure.py "$@"
