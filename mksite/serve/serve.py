"""`mksite serve`: the site as it stands in memory, on localhost; browsers reload what changed."""

from __future__ import annotations

import asyncio
import errno
import gc
import json
import logging
import mimetypes
import socket
import time
from collections import OrderedDict
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.server import LiveScriptInjector
from tornado.web import Application, HTTPError, RequestHandler

from mksite.digest import digest_bytes
from mksite.errors import MachineError, MksiteError
from mksite.serve import overlay
from mksite.serve.watching import watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from mksite.serve.overlay import Notice, Teller
    from mksite.serve.standing import Standing

SCRIPT = b'<script src="/livereload.js"></script>'
REST_SECONDS = 1.0  # after an edit; saves that follow within it are taken together
QUIET_SECONDS = 0.15
PORTS_TRIED = 100
_TURN_SECONDS = 0.01  # the watcher begins before the files are read: no edit falls between
_KEPT = 256  # pages as they were last sent, to stand under an overlay and to be compared
_UTF8 = ("text/", "application/json", "application/xml", "application/atom")
_TYPES = mimetypes.MimeTypes()
_TYPES.add_type("text/javascript", ".js")
_TYPES.add_type("application/atom+xml", ".atom")
_TYPES.add_type("image/avif", ".avif")
_TYPES.add_type("image/webp", ".webp")


class Preview:
    """The site, what is wrong with it now, and the pages that browsers were sent."""

    def __init__(self, site: Standing, teller: Teller) -> None:
        self.site = site
        self.teller = teller
        self.notices: tuple[Notice, ...] = ()
        self.renderings = 0
        self._good: OrderedDict[str, bytes] = OrderedDict()
        self._sent: dict[str, str] = {}

    def update(self, changed: set[str] | None = None) -> None:
        """The edit is in memory, or what keeps it from that is told; then browsers hear of it."""
        started = time.monotonic()
        gc.disable()  # looking for garbage would cost a sixth of the update
        try:
            self.notices = self.teller.problems(self.site.update(changed))
        except Exception as error:  # noqa: BLE001  the preview outlives whatever an edit does
            self.notices = (self.teller.error(error),)
        finally:
            gc.enable()
        if not self.notices:
            self.teller.shown(time.monotonic() - started)
        for browser in list(LiveReloadHandler.waiters):
            self._reload(browser)

    def _reload(self, browser: Reloading) -> None:
        """A browser hears of a change of its page."""
        path = self.path_of(browser.address)
        before = self._sent.get(path)
        if before is None or digest_bytes(self.answer(path)[1]) != before:
            browser.send_message({"command": "reload", "path": "*", "liveCSS": False})

    def greeted(self, browser: Reloading) -> None:
        """A browser listens from now on; an edit may have come between its page and that."""
        if self.path_of(browser.address) in self._sent:
            self._reload(browser)

    def path_of(self, address: str) -> str:
        """The output path of an address within this server; the root is the site's beginning."""
        path = unquote(urlsplit(address).path)
        base = self.site.base
        path = path.removeprefix(base) if path.startswith(base) else path.lstrip("/")
        return f"{path}index.html" if not path or path.endswith("/") else path

    def answer(self, path: str) -> tuple[int, bytes]:
        """Status and bytes of an output path, the page rendered now."""
        status, data = HTTPStatus.OK, None
        notices = self.notices
        try:
            data = self.site.data(path)
            self.renderings += 1
            if data is None:
                status, data = HTTPStatus.NOT_FOUND, self.site.data("404.html") or b""
            elif path.endswith(".html"):
                self._keep(path, data)
        except (MksiteError, OSError) as error:
            notices = (*notices, self.teller.error(error))
            data = self._good.get(path, b"")
        if path.endswith(".html") or status != HTTPStatus.OK:
            title = self.teller.title()
            reason = self.site.hidden(path)
            ribbon = self.teller.ribbon(reason) if reason else ""
            if data:
                data = overlay.dressed(data, notices, title, ribbon)
            elif notices:
                status, data = HTTPStatus.OK, overlay.page(notices, title)
        return status, data

    def sent(self, path: str, data: bytes) -> None:
        """A browser was sent this."""
        self._sent[path] = digest_bytes(data)

    def _keep(self, path: str, data: bytes) -> None:
        self._good[path] = data
        self._good.move_to_end(path)
        if len(self._good) > _KEPT:
            self._good.popitem(last=False)


def is_local(name: str, host: str) -> bool:
    """Whether a request for this host is meant for us, and not sent here by a page elsewhere."""
    name = (urlsplit(f"//{name}").hostname or "").lower()
    if name in ("localhost", host.lower()) or name.endswith(".localhost"):
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or host in ("0.0.0.0", "::")  # noqa: S104  asked for by name


class Answering(RequestHandler):
    """Answers every address of the site."""

    def initialize(self, preview: Preview, host: str) -> None:
        """Takes what `application` gives."""
        self.preview = preview
        self.host = host

    def prepare(self) -> None:
        """Strangers' names for this computer are not answered."""
        if not is_local(self.request.headers.get("Host", ""), self.host):
            raise HTTPError(HTTPStatus.FORBIDDEN)

    def get(self) -> None:
        """The page or file at an address; a folder without its slash leads to the one with it."""
        preview, base = self.preview, self.preview.site.base
        asked = unquote(self.request.path)
        if asked == "/" and base != "/":
            self.redirect(base, permanent=False)
            return
        path = preview.path_of(asked) if asked.startswith(base) else ""
        if preview.site.has(f"{path}/index.html"):
            self.redirect(f"{self.request.path}/", permanent=False)
            return
        status, data = preview.answer(path)
        kind = _TYPES.guess_type(path)[0] or "application/octet-stream"
        if status != HTTPStatus.OK or path.endswith(".html") or not path:
            kind = "text/html"
        self.set_status(status)
        self.set_header("Cache-Control", "no-store")
        charset = "; charset=utf-8" if kind.startswith(_UTF8) else ""
        self.set_header("Content-Type", f"{kind}{charset}")
        preview.sent(path, data)
        self.finish(data)

    def head(self) -> None:
        """As `get`; tornado keeps the body back."""
        self.get()


class Reloading(LiveReloadHandler):  # type: ignore[misc]
    """A browser that waits for news of the page that it shows."""

    def initialize(self, preview: Preview, host: str) -> None:
        """Takes what `application` gives."""
        self.preview = preview
        self.host = host
        self.address = "/"

    def check_origin(self, origin: str) -> bool:
        """Only our own pages may listen."""
        return is_local(urlsplit(origin).netloc, self.host)

    def on_message(self, message: str) -> None:
        """The page's address comes with livereload's own greeting."""
        said = json.loads(message)
        if said.get("command") == "info":
            self.address = str(said.get("url", "/"))
        super().on_message(message)
        if said.get("command") == "info":
            self.preview.greeted(self)


class _Script(LiveScriptInjector):  # type: ignore[misc]
    script = SCRIPT


def application(preview: Preview, host: str) -> Application:
    """The site with livereload's addresses."""
    return Application(
        [
            (r"/livereload", Reloading, {"preview": preview, "host": host}),
            (r"/livereload\.js", LiveReloadJSHandler),
            (r"/.*", Answering, {"preview": preview, "host": host}),
        ],
        transforms=[_Script],
    )


def serve(
    site: Standing, teller: Teller, *, host: str, port: int, ready: Callable[[str], None]
) -> None:
    """Serves the site until interrupted. `ready` is told the address's path."""
    for name in ("tornado.access", "tornado.application", "tornado.general", "livereload"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    preview = Preview(site, teller)
    try:
        asyncio.run(_run(preview, host, port, ready))
    except KeyboardInterrupt:
        return


async def _run(preview: Preview, host: str, port: int, ready: Callable[[str], None]) -> None:
    try:
        application(preview, host).listen(port, address=host)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", -1)):
            raise
        raise MachineError("port-taken", port=str(port), free=str(free_port(host, port))) from None
    waiting: set[str] = set()
    heard = asyncio.Event()
    last = 0.0

    def changed(paths: set[str]) -> None:
        nonlocal last
        waiting.update(paths)
        last = time.monotonic()
        heard.set()

    watching = asyncio.create_task(watch(preview.site.options.root, changed))
    await asyncio.sleep(_TURN_SECONDS)
    preview.update()
    ready(preview.site.base)
    rested = 0.0
    try:
        while True:
            await _next(heard, preview)
            began = time.monotonic()
            while began < rested and time.monotonic() < rested:
                if time.monotonic() - last >= QUIET_SECONDS:
                    break
                await asyncio.sleep(QUIET_SECONDS / 5)
            paths = waiting.copy()
            waiting.clear()
            heard.clear()
            preview.update(paths or None)
            rested = time.monotonic() + REST_SECONDS
            if watching.done():
                watching.result()
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def _next(heard: asyncio.Event, preview: Preview) -> None:
    """A change has been heard of, or an embargo has ended."""
    try:
        await asyncio.wait_for(heard.wait(), preview.site.seconds_to_embargo())
    except TimeoutError:
        return


def free_port(host: str, taken: int) -> int:
    """The next port above that nobody uses."""
    for port in range(taken + 1, min(taken + PORTS_TRIED, 65536)):
        with socket.socket() as found:
            try:
                found.bind((host, port))
            except OSError:
                continue
            return port
    return 0
