"""Fetches the third-party front-end files that pages may use, each checked by its SHA-256.

Only the named members of the wheels are taken; nothing is installed. Higo starts and passes its tests without them:
the map page then shows its SVG overview and the list.
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

# (package, version, member, file name, SHA-256)
FILES = [
    ("roadstyle", "0.25.0", "roadstyle/vendor/maplibre-gl.js", "maplibre-gl.js",
     "45a9b07a9189ce56054c620a947ccf41e291e58c95e9b61533b740aaa65ee5cb"),
    ("roadstyle", "0.25.0", "roadstyle/vendor/maplibre-gl.css", "maplibre-gl.css",
     "ab1e70d59ec40465bae7e7030da2f3ccf28133fd502e62bd598eefbadfd7a732"),
]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def fetch(package: str, version: str, folder: Path) -> zipfile.ZipFile:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
               "--only-binary", ":all:", "--dest", str(folder), f"{package}=={version}"]
    subprocess.run(command, check=True)
    return zipfile.ZipFile(next(folder.glob(f"{package}-*.whl")))


def main(target: Path) -> None:
    wanted = [entry for entry in FILES if digest(target / entry[3]) != entry[4]]
    if not wanted:
        return
    target.mkdir(parents=True, exist_ok=True)
    for package, version in sorted({(entry[0], entry[1]) for entry in wanted}):
        with tempfile.TemporaryDirectory() as folder:
            wheel = fetch(package, version, Path(folder))
            for _, _, member, name, expected in (entry for entry in wanted if entry[0] == package):
                content = wheel.read(member)
                if hashlib.sha256(content).hexdigest() != expected:
                    sys.exit(f"{member} of {package} {version} is not the file that was checked; not used.")
                (target / name).write_bytes(content)
                print(f"Front-end file {name} ({len(content) // 1024} KB)")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except (subprocess.CalledProcessError, StopIteration, OSError) as error:
        print(f"Front-end files could not be fetched ({error}); maps will show as SVG and lists.", file=sys.stderr)
