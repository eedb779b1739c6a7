"""Measures Higo's hot paths beside a bare Hummingbird answer, on this machine, in one run.

CPU time is read from the kernel's account of the server's process before and after each load, so it does not depend on
what else runs. Each path is measured several times, in turns with the bare server; the median counts.
"""

import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROUNDS, SECONDS, CONNECTIONS = 3, 4, 16
HIGO, BARE = 18091, 18090
TICKS = 100


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def wait_for(url: str, process: subprocess.Popen) -> None:
    for _ in range(1200):
        try:
            urllib.request.urlopen(url, timeout=5).read()
            return
        except OSError:
            if process.poll() is not None:
                sys.exit("the server stopped")
            time.sleep(0.05)


def load(pid: int, url: str, script: str | None = None) -> tuple[float, float]:
    """Requests a second, and microseconds of the server's CPU for each."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s"] + (["-s", script] if script else []) + [url]
    before = cpu_seconds(pid)
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    used = cpu_seconds(pid) - before
    done = int(re.search(r"(\d+) requests in", text).group(1))
    if re.search(r"Non-2xx", text):
        print(text, file=sys.stderr)
    return done / SECONDS, used / done * 1e6


def create_entities() -> None:
    for number in range(1000):
        entity = {"id": f"urn:ngsi-ld:Bench:{number}", "type": "Bench",
                  "speed": {"type": "Property", "value": number},
                  "name": {"type": "Property", "value": f"計測点{number}"},
                  "temperature": {"type": "Property", "value": 21.5, "unitCode": "CEL"},
                  "state": {"type": "Property", "value": "open"},
                  "level": {"type": "Property", "value": 3},
                  "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [130.7, 32.8]}}}
        request = urllib.request.Request(f"http://127.0.0.1:{HIGO}/ngsi-ld/v1/entities", json.dumps(entity).encode(),
                                         {"Content-Type": "application/json"})
        urllib.request.urlopen(request).read()


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="higo-bench."))
    build = Path(".build/release")
    bare = subprocess.Popen([build / "higo-bare", str(BARE)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    higo_command = [build / "higo", "serve", "--data", folder, "--port", str(HIGO), "--open", "--link", "kumamoto"]
    log = open(folder.with_suffix(".log"), "w+")
    started = time.monotonic()
    higo = subprocess.Popen(higo_command, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_for(f"http://127.0.0.1:{BARE}/", bare)
        wait_for(f"http://127.0.0.1:{HIGO}/readyz", higo)
        first = time.monotonic() - started
        imported = resident_megabytes(higo.pid)
        higo.terminate(); higo.wait()
        started = time.monotonic()
        higo = subprocess.Popen(higo_command, stdout=log, stderr=subprocess.STDOUT)
        wait_for(f"http://127.0.0.1:{HIGO}/readyz", higo)
        second = time.monotonic() - started
        idle = resident_megabytes(higo.pid)
        create_entities()
        base = f"http://127.0.0.1:{HIGO}"
        paths = [("GET entity by id", base + "/ngsi-ld/v1/entities/urn:ngsi-ld:Bench:1", None),
                 ("durable PATCH of one attribute", base + "/", "Benchmarks/patch.lua"),
                 ("list of 20 by type", base + "/ngsi-ld/v1/entities?type=Bench&limit=20", None)]
        figures: dict[str, list[tuple[float, float]]] = {"bare answer": []}
        for _ in range(ROUNDS):
            figures["bare answer"].append(load(bare.pid, f"http://127.0.0.1:{BARE}/"))
            for name, url, script in paths:
                figures.setdefault(name, []).append(load(higo.pid, url, script))
        after = resident_megabytes(higo.pid)
        unit = statistics.median(cpu for _, cpu in figures["bare answer"])
        print("| path | requests/s | CPU µs/request | × bare |\n|---|---|---|---|")
        for name, rounds in figures.items():
            rate = statistics.median(rate for rate, _ in rounds)
            cpu = statistics.median(cpu for _, cpu in rounds)
            print(f"| {name} | {rate:,.0f} | {cpu:.0f} | {cpu / unit:.2f} |")
        print(f"\nfirst start with import {first:.1f} s, later start {second:.2f} s; "
              f"resident after import {imported:.0f} MB, idle {idle:.0f} MB, after the load {after:.0f} MB")
        log.seek(0)
        print("\n".join(line for line in log.read().splitlines() if "traffic-5min" in line and "ms" in line))
    finally:
        bare.terminate(); higo.terminate(); bare.wait(); higo.wait()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
