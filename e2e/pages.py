"""Walks every page of a running Higo in headless Chromium.

Checks, for each page and view: no axe finding (WCAG 2.2 AA and best practice), nothing scrolls sideways at 320 px, no
request to another host, no script error, one h1, a title, and the same page without scripts. Screenshots are kept for
the eye. `--sample` checks all pages at 320 px light and 1280 px dark, and a sample of the other combinations.
"""

import argparse
import itertools
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGUAGES = ["ja", "ja-easy", "en"]
PAGES = [
    "/", "/search?q=避難", "/towns", "/towns/431001", "/towns/432024", "/towns/435147", "/entities", "/plan",
    "/plan/measures", "/plan/glossary", "/plan/search?q=防災", "/maps", "/imports", "/about", "/accessibility", "/api",
    "/sign-in", "/problems/not-found", "/no-such-page",
]
# From a page, the first link whose path starts so: pages whose address depends on the data.
FOLLOWED = [("/entities", "/entities/"), ("/plan", "/plan/kpis/"), ("/imports", "/imports/")]


@dataclass(frozen=True)
class View:
    name: str
    width: int
    scheme: str = "light"
    scripts: bool = True
    contrast: str = "no-preference"
    forced: str = "none"


PHONE, DARK = View("phone", 320), View("dark", 1280, "dark")
OTHERS = [
    View("desktop", 1280), View("phone-dark", 320, "dark"), View("plain", 1280, scripts=False),
    View("contrast", 1280, contrast="more"), View("forced", 1280, forced="active"),
]


class Walk:
    def __init__(self, browser: Browser, base: str, shots: Path) -> None:
        self.browser, self.base, self.shots = browser, base, shots
        self.findings: list[str] = []
        self.visited = 0

    def open(self, view: View) -> Page:
        context = self.browser.new_context(
            viewport={"width": view.width, "height": 800}, locale="ja-JP", color_scheme=view.scheme,
            java_script_enabled=view.scripts, contrast=view.contrast, forced_colors=view.forced)
        page = context.new_page()
        page.route("**/*", self.keep_inside)
        page.on("pageerror", lambda error: self.findings.append(f"{view.name} script error: {error}"))
        return page

    def keep_inside(self, route) -> None:
        url = route.request.url
        if url.startswith((self.base, "blob:", "data:")):
            route.continue_()
        else:
            self.findings.append(f"asks another host: {url}")
            route.abort()

    def check(self, page: Page, view: View, path: str, language: str) -> None:
        url = self.base + path + ("&" if "?" in path else "?") + f"lang={language}"
        where = f"{view.name} {language} {path}"
        answer = page.goto(url, wait_until="load")
        self.visited += 1
        if answer is None or answer.status >= 500:
            self.findings.append(f"{where}: status {answer.status if answer else 'none'}")
            return
        name = f"{view.name}-{language}{path.replace('/', '_').replace('?', '_')}.png"
        page.screenshot(path=self.shots / name, full_page=True)
        if page.locator("h1").count() != 1:
            self.findings.append(f"{where}: {page.locator('h1').count()} h1")
        if not page.title().strip():
            self.findings.append(f"{where}: no title")
        if not view.scripts:
            return
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.findings.append(f"{where}: scrolls sideways")
        for violation in Axe().run(page, options={"runOnly": TAGS}).response["violations"]:
            nodes = [node["target"] for node in violation["nodes"]][:3]
            self.findings.append(f"{where}: {violation['impact']} {violation['id']} {nodes}")


def discover(browser: Browser, base: str) -> list[str]:
    """The list of pages, with one of each kind whose address depends on the data."""
    page = browser.new_page()
    found = list(PAGES)
    for start, prefix in FOLLOWED:
        page.goto(base + start)
        hrefs = page.eval_on_selector_all("main a[href]", "links => links.map(link => link.getAttribute('href'))")
        follow = next((href for href in hrefs if href.startswith(prefix) and "?" not in href), None)
        if follow:
            found.append(follow)
    page.close()
    return found


def combinations(pages: list[str], sample: bool) -> list[tuple[View, str, str]]:
    if not sample:
        return [(view, path, language) for view, path, language in
                itertools.product([PHONE, DARK, *OTHERS], pages, LANGUAGES)]
    chosen = [(view, path, "ja") for view, path in itertools.product([PHONE, DARK], pages)]
    for number, path in enumerate(pages):
        chosen.append((OTHERS[number % len(OTHERS)], path, LANGUAGES[1 + number % 2]))
    return chosen


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("base")
    arguments.add_argument("shots", type=Path)
    arguments.add_argument("--sample", action="store_true")
    options = arguments.parse_args()
    options.shots.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--enable-unsafe-swiftshader", "--use-angle=swiftshader"])
        walk = Walk(browser, options.base, options.shots)
        chosen = combinations(discover(browser, options.base), options.sample)
        for view, group in itertools.groupby(sorted(chosen, key=lambda entry: entry[0].name), key=lambda e: e[0]):
            page = walk.open(view)
            for _, path, language in group:
                walk.check(page, view, path, language)
            page.context.close()
        browser.close()
    print("\n".join(walk.findings))
    print(f"{walk.visited} passed, {len(walk.findings)} failed")
    return 1 if walk.findings else 0


if __name__ == "__main__":
    sys.exit(main())
