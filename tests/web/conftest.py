"""A live server, Debian's chromium, axe: every page is opened as its readers open it, on a phone and on a desk.

Screenshots go to var/screens; a picture that the README shows is kept small in docs/img.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "var" / "screens"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-features=LocalNetworkAccessChecks",  # the "partner site" of a test is on this machine
)
PHONE, DESK, NARROWEST = 360, 1280, 320

OpenPage = Callable[..., Page]
CheckPage = Callable[[Page, str], None]


_started: list[Browser] = []


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the session, whichever folder asks first: playwright cannot start twice in one thread."""
    if _started:
        yield _started[0]
        return
    # playwright runs its own event loop in this thread, and Django refuses the database from inside one
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        _started.append(browser)
        yield browser
        _started.clear()
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_server: Any) -> Iterator[OpenPage]:
    """`open_page(path, width=360, script=True)`: a fresh visitor on that page, without any cookie."""
    opened = []

    def open_(path: str, *, width: int = DESK, script: bool = True, wait: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=script,
            locale="fr-FR",
            service_workers="block",
            base_url=live_server.url,
        )
        opened.append(context)
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(path, wait_until="load" if wait else "commit")
        assert refused == [], "la page demande ce que sa propre politique refuse"
        return page

    yield open_
    for context in opened:
        context.close()


@pytest.fixture
def check_page() -> CheckPage:
    """`check_page(page, name)`: axe finds nothing, nothing scrolls sideways at 320 px, pictures are taken."""

    def check(page: Page, name: str) -> None:
        assert "Une panne de notre côté" not in page.content(), f"{name}: the page of an error is no page"
        for width in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": 800})
            with _everything_open(page):
                assert violations(page) == []
            _picture(page, f"{name}-{width}")
        page.set_viewport_size({"width": NARROWEST, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
        page.set_viewport_size({"width": DESK, "height": 800})

    return check


def violations(page: Page) -> list[str]:
    """What axe-core finds: rule, how many, where. Injected through the debugger, so the page's own policy holds."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [f"{v['id']}: {v['help']} {[n['target'] for n in v['nodes'][:3]]}" for v in found]


def tab_stops(page: Page, limit: int = 200) -> list[str]:
    """What the Tab key reaches, in order: the visible words (or name) of each stop, each with a visible focus."""
    stops: list[str] = []
    page.evaluate("document.activeElement && document.activeElement.blur()")
    for _ in range(limit):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stop is None or (stops and stop == stops[0] and len(stops) > 3):
            break
        stops.append(stop)
    return stops


_STOP = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const style = getComputedStyle(e), around = e.closest('label') ? getComputedStyle(e.closest('label')) : style;
  const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || around.outlineStyle !== 'none';
  const words = (e.innerText || e.labels?.[0]?.innerText || e.getAttribute('aria-label') || e.name || e.tagName).trim();
  return (seen ? '' : 'SANS FOCUS VISIBLE : ') + words.replace(/\\s+/g, ' ');
}"""


@contextmanager
def _everything_open(page: Page) -> Iterator[None]:
    page.evaluate("document.querySelectorAll('details').forEach((e) => { e.dataset.was = e.open; e.open = true; })")
    yield
    page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = e.dataset.was === 'true'; })")


def _picture(page: Page, name: str) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png", full_page=True)
