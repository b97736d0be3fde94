"""`mksite serve`: build, serve on localhost, rebuild on a change, reload the browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from livereload import Server  # type: ignore[import-untyped]

from mksite import asset, config, source, templates
from mksite.build import read_site

WATCHED = (source.CONTENT, templates.FOLDER, asset.FOLDER)


def serve(root: Path, output: Path, rebuild: Callable[[], bool], *, host: str, port: int) -> None:
    """Serves the output until interrupted. A rebuild that fails keeps the last good site."""
    rebuild()
    server(root, rebuild).serve(root=str(output), host=host, port=port, restart_delay=0)


def server(root: Path, rebuild: Callable[[], bool]) -> Server:
    """A livereload server that watches what a page can depend on."""
    made = Server()
    for folder in WATCHED:
        if (root / folder).is_dir():
            made.watch(str(root / folder), rebuild, delay=0.1)
    made.watch(str(root / config.FILE), rebuild, delay=0.1)
    made.setHeader("Cache-Control", "no-store")
    return made


def base_path(root: Path) -> str:
    """The path under which the site's links expect it."""
    site, _ = read_site(root)
    return site.base_path if site is not None else "/"
