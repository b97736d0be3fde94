"""The Page: an output path, what makes its bytes, and the View that they are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from mksite.view.part import BodyRef, View

if TYPE_CHECKING:
    from mksite.view.setting import Setting


class Bodies(Protocol):
    """The bodies of all Records."""

    def html(self, digest: str) -> str:
        """The safe HTML of a body."""


class Renderer(Protocol):
    """What a producer may ask of the process that renders. `known` is kept between producers."""

    setting: Setting
    known: dict[str, Any]

    @property
    def bodies(self) -> Bodies:
        """The bodies by their digests."""

    def body(self, ref: BodyRef) -> str:
        """A body with its links filled in."""

    def file(self, path: str) -> bytes:
        """The bytes of a file of the site."""


class Bundle(msgspec.Struct, frozen=True):
    """Several files that a producer makes at once: the page's own bytes, and by name those that
    lie beside it. Their names need not be known before.
    """

    data: bytes
    files: dict[str, bytes]


Producer = Callable[[Any, Any], bytes | Bundle]


class Page(msgspec.Struct, frozen=True):
    """A page of the site before it is rendered.

    `path` is relative to the output, with forward slashes. Either `template` names a Jinja
    template, or `producer` makes the bytes from the View and from a function that gives a body
    (HTML) or a file. `origins` are the paths of the sources that it stands for: they
    are named where two pages claim one address. `is_claim` says that an editor chose the address:
    it is a static page, or an address that was left.

    `view` may be a function that makes the View, a `functools.partial` of a module's function: it
    is then made in the process that renders the page.
    """

    path: str
    view: View | Callable[[], View]
    lang: str
    template: str = ""
    producer: Producer | None = None
    origins: tuple[str, ...] = ()
    is_claim: bool = False

    @property
    def folder(self) -> str:
        """The folder that the page lies in, with a slash at its end."""
        return self.path[: self.path.rfind("/") + 1]


def view_of(page: Page) -> View:
    """The View of a Page."""
    return page.view if isinstance(page.view, View) else page.view()


def maker_of(page: Page) -> str:
    """What makes the bytes of a Page, by name: its template, or its producer with its module."""
    if page.producer is None:
        return page.template
    return f"{page.producer.__module__}:{page.producer.__qualname__}"


class Planned(msgspec.Struct, frozen=True):
    """All pages by path, and the addresses that more than one page claims."""

    pages: dict[str, Page]
    collisions: tuple[tuple[Page, Page], ...]


def plan(pages: Iterable[Page]) -> Planned:
    """The pages by path, and each two that claim one address: the second of them is the one that
    an editor can move.

    Paths are compared without case, since some file systems cannot tell them apart. A file where
    another page needs a folder is a collision as well.
    """
    planned: dict[str, Page] = {}
    folded: dict[str, Page] = {}
    collisions: list[tuple[Page, Page]] = []
    for page in pages:
        first = folded.setdefault(page.path.lower(), page)
        if first is page:
            planned[page.path] = page
        else:
            collisions.append(_movable_last(first, page))
    files = [path for path in folded if not path.endswith("/index.html")]
    folders = _folders(folded) if files else {}
    collisions += [
        _movable_last(folded[path], folded[folders[path]]) for path in files if path in folders
    ]
    return Planned(planned, tuple(collisions))


def _movable_last(first: Page, second: Page) -> tuple[Page, Page]:
    """The two pages, the one last whose address an editor chose, or that stands for a source."""
    weights = [(page.is_claim, bool(page.origins)) for page in (first, second)]
    return (first, second) if weights[0] <= weights[1] else (second, first)


def _folders(paths: Iterable[str]) -> dict[str, str]:
    """Every folder that the paths need, and a path that needs it."""
    folders: dict[str, str] = {}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = path
            folder = folder.rpartition("/")[0]
    return folders
