#!/usr/bin/env bash
# Installs what is missing for building, running and testing: Debian packages, and the front-end files.
# Quick when nothing is missing. `setup.sh browser` adds what the browser checks need, `setup.sh postgres` a server,
# `setup.sh mqtt` a broker.
set -euo pipefail
cd "$(dirname "$0")/.."

needed=(libpq-dev libsqlite3-dev libgeos-dev libargon2-dev libbrotli-dev libzip-dev zlib1g-dev libmosquitto-dev pkg-config python3 python3-venv)
for extra in "$@"; do
    case "$extra" in
        browser) needed+=(chromium fonts-noto-cjk) ;;
        postgres) needed+=(postgresql) ;;
        bench) needed+=(wrk) ;;
        mqtt) needed+=(mosquitto mosquitto-clients) ;;
        *) echo "setup.sh: unknown part '$extra' (browser, postgres, bench, mqtt)" >&2; exit 2 ;;
    esac
done

missing=()
for package in "${needed[@]}"; do
    status="$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)"
    [[ "$status" == "install ok installed" ]] || missing+=("$package")
done
if ((${#missing[@]})); then
    echo "Installing ${missing[*]}"
    run=()
    if ((EUID != 0)); then run=(sudo); fi
    "${run[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

python3 scripts/front_end_files.py Front/vendor

if [[ " $* " == *" browser "* && ! -x .venv/bin/playwright ]]; then
    python3 -m venv .venv
    .venv/bin/pip install --quiet --disable-pip-version-check --requirement e2e/requirements.txt
fi
