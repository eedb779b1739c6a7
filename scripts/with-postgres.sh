#!/usr/bin/env bash
# Starts a PostgreSQL of our own in a temporary folder, runs the command with HIGO_TEST_POSTGRES set, and stops it.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh postgres

bin="$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)"
folder="$(mktemp -d "${TMPDIR:-/tmp}/higo-postgres.XXXXXX")"
port="${HIGO_TEST_POSTGRES_PORT:-54329}"
as_postgres() { if ((EUID == 0)); then runuser -u postgres -- "$@"; else "$@"; fi; }
if ((EUID == 0)); then chown postgres "$folder"; chmod 755 "$folder"; fi
stop() { as_postgres "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap stop EXIT

cd "$folder"
as_postgres "$bin/initdb" -D "$folder/data" -U higo --auth=trust --encoding=UTF8 --locale=C >/dev/null
as_postgres "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
    -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c max_connections=300 -c fsync=off -c full_page_writes=off" start >/dev/null
cd - >/dev/null
export HIGO_TEST_POSTGRES="postgres://higo@127.0.0.1:$port/postgres"
"$@"
