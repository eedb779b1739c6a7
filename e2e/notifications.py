"""Notifications of the real program, with a real HTTP receiver, a real MQTT broker and a SIGKILL.

notifications.py HIGO PORT
"""

import collections
import http.server
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

HIGO, PORT = sys.argv[1], int(sys.argv[2])
BASE = f"http://127.0.0.1:{PORT}"
ENTITIES, UPDATES = 20, 30


class Receiver(http.server.ThreadingHTTPServer):
    """Keeps what it hears, by path; fails every seventh request, as networks do."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.heard, self.count, self.lock = collections.defaultdict(list), 0, threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def uri(self, path):
        return f"http://127.0.0.1:{self.server_port}{path}"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.count += 1
            fails = self.server.count % 7 == 0
            if not fails:
                self.server.heard[self.path].append(body)
        self.send_response(503 if fails else 204)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def send(method, path, body=None, kind="application/json"):
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": kind} if data else {}
    request = urllib.request.Request(BASE + path, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=10) as answer:
        text = answer.read().decode()
        is_json = "json" in answer.headers.get("Content-Type", "")
        return json.loads(text) if is_json and text else text


def start(folder):
    log = open(folder + ".log", "a")
    server = subprocess.Popen(
        [HIGO, "serve", "--data", folder, "--port", str(PORT), "--open"], stdout=log, stderr=log)
    await_that(lambda: reachable("/readyz"), "the server is ready")
    return server


def reachable(path):
    try:
        send("GET", path)
        return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def await_that(holds, what, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.05)
    raise SystemExit(f"It did not happen in {seconds} s: {what}")


def values(notifications):
    """The values that each entity was said to have, in order, without what came twice in a row."""
    heard = collections.defaultdict(list)
    for notification in notifications:
        for entity in notification["data"]:
            value = entity["n"]["value"]
            if not heard[entity["id"]] or heard[entity["id"]][-1] != value:
                heard[entity["id"]].append(value)
    return heard


def subscribe(receiver, broker):
    def body(uri, **more):
        return {"type": "Subscription", "entities": [{"type": "Thing"}],
                "notification": {"endpoint": {"uri": uri, **more}}}

    send("POST", "/ngsi-ld/v1/subscriptions", body(receiver.uri("/ld")))
    send("POST", "/v2/subscriptions", {
        "subject": {"entities": [{"idPattern": ".*", "type": "Thing"}]},
        "notification": {"http": {"url": receiver.uri("/v2")}}})
    # Nobody is there; it must not delay the others.
    send("POST", "/ngsi-ld/v1/subscriptions", body(f"http://127.0.0.1:{free_port()}/nobody"))
    if broker:
        qos = [{"key": "MQTT-QoS", "value": "1"}]
        send("POST", "/ngsi-ld/v1/subscriptions", body(f"mqtt://127.0.0.1:{broker}/things", notifierInfo=qos))


def write(first, last):
    """Rounds of updates; returns what was acknowledged last of each entity."""
    known = {}
    for number in range(first, last):
        for index in range(ENTITIES):
            entity = f"urn:ngsi-ld:Thing:{index}"
            path = f"/ngsi-ld/v1/entities/{entity}/attrs"
            try:
                if number == 0:
                    send("POST", "/ngsi-ld/v1/entities", {"id": entity, "type": "Thing", "n": 0})
                else:
                    send("PATCH", path, {"n": number})
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                return known
            known[entity] = number
    return known


def is_in_order(heard):
    """At least once: after a crash it goes back once, and then on; nothing is left out."""
    for numbers in heard.values():
        if set(range(max(numbers) + 1)) - set(numbers):
            return False
        if sum(1 for before, after in zip(numbers, numbers[1:]) if after < before) > 1:
            return False
    return True


def listen_to_events(found):
    request = urllib.request.Request(BASE + "/ngsi-ld/v1/events?type=Thing&format=simplified")
    with urllib.request.urlopen(request, timeout=30) as stream:
        for line in stream:
            found.append(line.decode().strip())
            if len([text for text in found if text.startswith("data:")]) >= 3:
                return


def main():
    folder = tempfile.mkdtemp(prefix="higo-notify.")
    receiver = Receiver()
    broker = free_port() if shutil.which("mosquitto") and shutil.which("mosquitto_sub") else None
    helpers = []
    server = None
    try:
        if broker:
            helpers.append(subprocess.Popen(["mosquitto", "-p", str(broker)], stderr=subprocess.DEVNULL))
            await_that(lambda: socket.socket().connect_ex(("127.0.0.1", broker)) == 0, "the broker answers")
            heard_file = open(folder + ".mqtt", "w+")
            helpers.append(subprocess.Popen(
                ["mosquitto_sub", "-p", str(broker), "-q", "1", "-t", "things"], stdout=heard_file))
        else:
            print("MQTT is left out: run scripts/setup.sh mqtt")
        server = start(folder)
        subscribe(receiver, broker)
        events = []
        threading.Thread(target=listen_to_events, args=(events,), daemon=True).start()
        await_that(lambda: events, "live events begin")
        killer = threading.Timer(1.5, lambda: os.kill(server.pid, signal.SIGKILL))
        killer.start()
        known = write(0, UPDATES)
        server.wait()
        server = start(folder)
        reached = min(known.values())
        for entity, number in write(reached + 1, UPDATES).items():
            known[entity] = number

        def complete(path):
            heard = values(receiver.heard[path])
            return all(heard[entity] and heard[entity][-1] == number for entity, number in known.items())

        for path in ["/ld", "/v2"]:
            await_that(lambda: complete(path), f"the last values arrive at {path}")
            assert is_in_order(values(receiver.heard[path])), f"{path}: {values(receiver.heard[path])}"
        assert any(text.startswith("event: entityCreated") for text in events), events
        if broker:
            def published():
                lines = open(folder + ".mqtt").read().splitlines()
                heard = values([json.loads(line)["body"] for line in lines if line.endswith("}")])
                return all(heard[entity] and heard[entity][-1] == number for entity, number in known.items())

            await_that(published, "the last values arrive over MQTT")
        figures = send("GET", "/metrics")
        arrived = re.search(r"^higo_notifications_arrived_total (\d+)", figures, re.MULTILINE)
        assert arrived and int(arrived[1]) > 0, figures
        shown = send("GET", "/ngsi-ld/v1/subscriptions")
        assert {one["notification"]["status"] for one in shown} == {"ok", "failed"}, shown
        server.terminate()
        assert server.wait(timeout=30) == 0, "a stop ends well"
        count = sum(len(heard) for heard in receiver.heard.values())
        print(f"{count} notifications over HTTP, none lost or out of order over a kill; live events; "
              + ("MQTT too." if broker else "no MQTT."))
    finally:
        for process in helpers + ([server] if server else []):
            if process.poll() is None:
                process.kill()
        receiver.shutdown()
        for path in [folder, folder + ".log", folder + ".mqtt"]:
            shutil.rmtree(path, ignore_errors=True) if os.path.isdir(path) else os.path.exists(path) and os.remove(path)


main()
