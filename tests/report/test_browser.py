"""Reports and a site in a real browser: what their readers meet, and what only a browser can see."""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from revtrack import report, track
from revtrack.history import History
from revtrack.model import Capture, Snapshot
from revtrack.report.site import write_site
from tests.report.made import history_of, hostile_history

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EXAMPLES = Path(__file__).parents[2] / "examples"
URL = "https://lockkeeper.example/2024/03/ferry"
WIDTHS = (320, 768, 1440)
AUDITED = {(320, "light"), (1440, "dark")}
"""Where axe, which takes seconds, looks at a report too."""
# A browser that asks nothing of the network by itself, and runs as root and without a display.
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


def _long(versions: int, sentence: str = "The keeper counted {} boats on the river.") -> History:
    """A history of so many versions: one number is changed in each."""
    start = datetime(2024, 3, 4, tzinfo=UTC)
    paragraphs = "".join(
        f"<p>{sentence.format(100 + n)} {sentence.format(7 * n)}</p>" for n in range(9)
    )
    pages = (
        f"<article><h1>{sentence.format('the')}</h1><p>{sentence.format(n)}</p>{paragraphs}</article>"
        for n in range(versions)
    )
    return History.from_snapshots(
        Snapshot(Capture(url=URL, captured_at=start + timedelta(hours=n)), page.encode())
        for n, page in enumerate(pages)
    )


REPORTS: dict[str, Callable[[], History]] = {
    "story": lambda: track(EXAMPLES / "story"),
    "arabic": lambda: track(EXAMPLES / "story-ar"),
    "live blog": lambda: track(EXAMPLES / "live-blog"),
    "hostile": hostile_history,
    "empty": history_of,
    "two versions": lambda: _long(2),
    "60 versions": lambda: _long(60),
    "300 versions": lambda: _long(300),
    "japanese": lambda: _long(3, "管理人は川で{}隻の船を数えたと話し、翌日も同じ場所で記録を続けた。"),
    "one capture": lambda: _long(1),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; a user's machine may lack it, where CI is set its absence is a failure."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        reason = "Chromium is not installed"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 # large, and for these tests only

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=[*QUIET])
        yield started
        started.close()


def _faults(
    browser: Browser, page: Path, width: int, scheme: Any, *, audit: bool
) -> list[tuple[str, int, str, object]]:
    """What a reader would meet: sideways scrolling, messages, requests, and what axe reports."""
    axe = importlib.import_module("axe_playwright_python.sync_playwright").Axe()  # it has no types
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        tab, found = context.new_page(), list[object]()
        tab.on("console", lambda message: found.append(message.text))
        tab.on("pageerror", lambda error: found.append(str(error)))
        tab.on("request", lambda request: found.append(request.url))
        tab.goto(page.as_uri())
        found.remove(page.as_uri())
        if (wide := tab.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{wide} pixels wide")
        if audit:
            found += [
                (one["id"], one["nodes"][0]["html"]) for one in axe.run(tab).response["violations"]
            ]
    return [(page.name, width, scheme, fault) for fault in found]


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_readable_everywhere(name: str, browser: Browser, tmp_path: Path) -> None:
    """At three widths, light and dark: no fault of accessibility, no message, no request, no scroll."""
    path = tmp_path / f"{name}.html"
    path.write_text(report.html(REPORTS[name]()), encoding="utf-8")
    faults = [
        fault
        for width in WIDTHS
        for scheme in ("light", "dark")
        for fault in _faults(browser, path, width, scheme, audit=(width, scheme) in AUDITED)
    ]
    assert faults == []


def test_a_site_is_readable_everywhere(browser: Browser, tmp_path: Path) -> None:
    """Each page of a site over several articles, at three widths."""
    histories = [track(EXAMPLES / folder) for folder in ("story", "story-ar", "live-blog")]
    write_site(histories, tmp_path)
    pages = sorted(tmp_path.rglob("*.html"))
    assert len(pages) > len(histories)
    found = [_faults(browser, page, width, "light", audit=True) for page in pages for width in WIDTHS]
    assert [
        fault for faults in found for fault in faults if not str(fault[-1]).startswith("file:")
    ] == []


def test_a_report_needs_no_script_and_prints(browser: Browser, tmp_path: Path) -> None:
    """With scripts off the text is there, the keyboard reaches every link, and all of it prints."""
    path = tmp_path / "report.html"
    path.write_text(report.html(REPORTS["story"]()), encoding="utf-8")
    with browser.new_context(java_script_enabled=False) as context:
        tab = context.new_page()
        tab.goto(path.as_uri())
        links = tab.locator("a:visible")
        places, reached = {link.get_attribute("href") for link in links.all()}, set[str | None]()
        for _ in range(3 * links.count()):
            tab.keyboard.press("Tab")
            if (focused := tab.locator("a:focus")).count():
                reached.add(focused.get_attribute("href"))
        assert places <= reached
        assert "The toll office expects" in tab.inner_text("main")
        assert tab.pdf(format="A4").startswith(b"%PDF")
