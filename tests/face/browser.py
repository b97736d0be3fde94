"""Chromium looking at the folder of a built site, as if it were served from the site's address."""

from __future__ import annotations

import mimetypes
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import msgspec
import pytest
from playwright.sync_api import Page, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Route

CHECKOUT = Path(__file__).parents[2]
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
CHECKERS = CHECKOUT / ".ci" / "node_modules"
AXE = CHECKERS / "axe-core" / "axe.min.js"
NU = CHECKERS / "vnu-jar" / "build" / "dist" / "vnu.jar"
HEIGHT = 900


class Built(msgspec.Struct, frozen=True):
    """A built site: the folder of its pages and the address that they are made for."""

    public: Path
    url: str

    def file(self, address: str) -> Path:
        """The file that answers to an address."""
        inside = unquote(urlsplit(address).path.removeprefix(urlsplit(self.url).path)).lstrip("/")
        path = self.public / inside
        return path / "index.html" if path.is_dir() else path


class Opened(msgspec.Struct, frozen=True):
    """A page that is open, what it has asked for and what it has said to the console."""

    page: Page
    requests: list[str]
    messages: list[str]


def require(*paths: Path) -> None:
    """The files are there; else the test is skipped, or fails where a browser is required."""
    missing = [str(path) for path in paths if not path.exists()]
    if not missing:
        return
    reason = f"There is no {' and no '.join(missing)}; .ci/run installs what browser tests need."
    if os.environ.get("MKSITE_REQUIRE_BROWSER"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def launched() -> Iterator[Browser]:
    """A Chromium that is closed at the end."""
    require(CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser, site: Built, path: str, *, width: int = 1280, scripts: bool = True
) -> Iterator[Opened]:
    """A page of the site, loaded. Whatever it asks for comes from the site's folder."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT}, java_script_enabled=scripts
    )
    page = context.new_page()
    found = Opened(page, [], [])

    def answer(route: Route) -> None:
        address = route.request.url
        found.requests.append(address)
        file = site.file(address)
        if not address.startswith(f"{site.url}/") or not file.is_file():
            route.fulfill(status=404, body="")
            return
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        route.fulfill(body=file.read_bytes(), content_type=kind)

    context.route("**/*", answer)
    page.on("console", lambda message: found.messages.append(message.text))
    page.on("pageerror", lambda error: found.messages.append(str(error)))
    page.goto(f"{site.url}/{path}")
    yield found
    context.close()
