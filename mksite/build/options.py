"""The options of a build, and its result."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from mksite.artifact.stale import Reason
from mksite.content.problem import Problem

Progress = Callable[[str, int, int], None]
"""Is told of a stage how many items are done, of how many."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line decides. `engine` is the digest of the program itself, `face` the
    folder with the templates and assets of which a site need not have its own.
    """

    root: Path
    output: Path
    now: datetime
    engine: str
    face: Path | None = None
    jobs: int = 1
    force: bool = False
    strict: bool = False
    drafts: bool = False


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did. `rendered` gives the reason by path, `digests` those of all published
    files, `differing` what `verify` found; seconds are by stage. `held` counts the drafts and the
    releases under embargo that readers do not see.
    """

    problems: tuple[Problem, ...] = ()
    published: bool = False
    rendered: dict[str, Reason] = {}
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    parsed: int = 0
    digests: dict[str, str] = {}
    differing: tuple[str, ...] = ()
    outdated: int = 0
    held: tuple[int, int] = (0, 0)
    seconds: dict[str, float] = {}


class Watch:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """The time of this block counts for the stage."""
        started = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started


def quiet(_stage: str, _done: int, _total: int) -> None:
    """Tells nobody."""
