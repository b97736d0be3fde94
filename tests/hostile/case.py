"""A hostile input: the files of a small site, made only when it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Case = Callable[[], Mapping[str, str | bytes]]

FOLDER = "content/releases"
RELEASE = f"{FOLDER}/attack.md"


def release(body: str = "Текст.\n", front: str = "", title: str = "Встреча") -> str:
    """A release's file."""
    return f"---\ntitle: {title}\ndate: 2013-03-25\n{front}---\n{body}"


def body(text: Callable[[], str]) -> Case:
    """A release with this body."""
    return lambda: {RELEASE: release(text())}


def front(lines: Callable[[], str]) -> Case:
    """A release with these lines below its title and date."""
    return lambda: {RELEASE: release(front=lines())}


def beside(name: str, data: Callable[[], bytes]) -> Case:
    """A release with this file beside it, published whole."""
    return lambda: {RELEASE: release(), f"{FOLDER}/attack/{name}": data()}


def photo(name: str, data: Callable[[], bytes]) -> Case:
    """A release that shows this file as its photograph, in sizes."""
    lines = f"photos: [{{file: {name}, alt: Зал}}]\n"
    return lambda: {RELEASE: release(front=lines), f"{FOLDER}/attack/{name}": data()}
