"""`mksite serve`: build, serve on localhost, rebuild on a change, reload the browser."""

from __future__ import annotations

import logging
import os
import time
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from livereload import Server
from livereload.handlers import LiveReloadHandler, StaticFileHandler
from livereload.watcher import Watcher
from tornado.ioloop import IOLoop
from tornado.web import HTTPError

from mksite.content import config
from mksite.render import closure
from mksite.source import asset, source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WATCHED = (source.CONTENT, closure.FOLDER, asset.FOLDER)
_PAUSE_SECONDS = 0.1
_REST = 5  # looking at all files takes at most a sixth of the time


class Changes(Watcher):  # type: ignore[misc]
    """Rebuilds when any file is not as it was at the last look.

    livereload's own watcher overlooks a file that is moved in with an old date, and its handler
    keeps a second change within three seconds from the browser.
    """

    def __init__(self, root: Path, rebuild: Callable[[], bool]) -> None:
        super().__init__()
        self.root = root
        self.rebuild = rebuild
        self.looking_seconds = 0.0
        self.seen = self.look()
        self.watch(str(root))  # without a task livereload would watch the current folder

    def start(self, look: Callable[[], None]) -> bool:
        """Looks again and again, with pauses as long as the number of files asks for.

        How long a rebuild took makes no difference: the next edit may be there already.
        """

        def turn() -> None:
            try:
                look()
            finally:
                pause = max(_PAUSE_SECONDS, _REST * self.looking_seconds)
                IOLoop.current().call_later(pause, turn)

        IOLoop.current().call_later(_PAUSE_SECONDS, turn)
        return True

    def look(self) -> frozenset[tuple[str, int, int]]:
        """The state of all files now, and how long that took."""
        started = time.monotonic()
        seen = frozenset(_files(self.root))
        self.looking_seconds = time.monotonic() - started
        return seen

    def examine(self) -> tuple[None, None]:
        """The site is rebuilt where a file has changed, and browsers show it where that worked."""
        seen = self.look()
        if seen != self.seen:
            self.seen = seen
            if self.rebuild():
                LiveReloadHandler.reload_waiters("*")
        return None, None


def _files(root: Path) -> Iterator[tuple[str, int, int]]:
    """Path, size in bytes and modification time of all that a page can depend on."""
    waiting = [str(root / folder) for folder in WATCHED]
    yield _file(str(root / config.FILE))
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        yield _file(entry.path)
        except OSError:  # it was there a moment ago; the next look will tell
            continue


def _file(path: str) -> tuple[str, int, int]:
    try:
        status = os.lstat(path)
    except OSError:
        return path, -1, 0
    return path, status.st_size, status.st_mtime_ns


class Base:
    """The path under which the site lives, as site.yaml says now; where that cannot be read, as
    it said before.
    """

    def __init__(self, root: Path) -> None:
        self.file = root / config.FILE
        self.known = "/"

    def path(self) -> str:
        """`/` or `/archive/`."""
        try:
            site, _ = config.parse(self.file.read_bytes())
        except OSError:
            site = None
        if site is not None:
            self.known = site.base_path
        return self.known


_POLICY = b'http-equiv="Content-Security-Policy"'
_NO_POLICY = b'data-equiv="Content-Security-Policy"'  # of the same length


class Published(StaticFileHandler):  # type: ignore[misc]
    """Serves the output under the site's own path, and its own page for what is not there."""

    base: Base

    def initialize(self, base: Base, path: str) -> None:
        """Takes what `_Server` gives."""
        super().initialize(path=path, default_filename="index.html")
        self.base = base

    def set_default_headers(self) -> None:
        """Nothing is kept by the browser: the next look must show the last build."""
        self.set_header("Cache-Control", "no-store")

    async def get(self, path: str, include_body: bool = True) -> None:  # noqa: FBT001,FBT002  tornado
        """The file at an address; the root leads to where the site begins."""
        base = self.base.path().lstrip("/")
        if base and not path:
            self.redirect(f"/{base}", permanent=False)
            return
        if not path.startswith(base):
            raise HTTPError(HTTPStatus.NOT_FOUND)
        await super().get(path.removeprefix(base), include_body)

    @classmethod
    def get_content(cls, *place: object) -> Iterator[bytes]:
        """The file; livereload's own script may run in it, which the page's policy would forbid."""
        for chunk in super().get_content(*place):
            yield chunk.replace(_POLICY, _NO_POLICY)

    def write_error(self, status_code: int, **settings: object) -> None:
        """404.html of the site, where there is one."""
        page = Path(self.root) / "404.html"
        if status_code == HTTPStatus.NOT_FOUND and page.is_file():
            self.finish(page.read_bytes())
            return
        super().write_error(status_code, **settings)


class _Server(Server):  # type: ignore[misc]
    """livereload's server with our pages; it logs only what went wrong."""

    def __init__(self, root: Path, output: Path, watcher: Watcher) -> None:
        super().__init__(watcher=watcher)
        self.base = Base(root)
        self.output = str(output)

    def get_web_handlers(self, _script: bytes) -> list[tuple[object, ...]]:
        """The handler of everything but livereload's own addresses."""
        return [(r"/(.*)", Published, {"path": self.output, "base": self.base})]

    def _setup_logging(self) -> None:
        super()._setup_logging()
        logging.getLogger("livereload").setLevel(logging.ERROR)
        logging.getLogger("tornado.access").setLevel(logging.ERROR)


def serve(root: Path, output: Path, rebuild: Callable[[], bool], *, host: str, port: int) -> None:
    """Serves the output until interrupted. A rebuild that fails keeps the last good site."""
    watcher = Changes(root, rebuild)
    rebuild()
    _Server(root, output, watcher).serve(host=host, port=port)


def base_path(root: Path) -> str:
    """The path under which the site's links expect it."""
    return Base(root).path()
