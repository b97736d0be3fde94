"""What was published, page by page, and from what: the memory that freshness rests on.

Kept in the site's cache folder, one file an output folder; DESIGN §3 states the rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from mksite.artifact.output import LIST, Output, Written
from mksite.cache import cache
from mksite.content.problem import Problem
from mksite.digest import digest_bytes

if TYPE_CHECKING:
    from pathlib import Path

Reason = Literal["new", "view", "template", "engine", "output"]


class Made(msgspec.Struct, frozen=True, array_like=True):
    """What a published page was made from, and the file as it was written; `parts` are the other
    files of a Bundle by path.
    """

    template: str
    view: str
    written: Written
    parts: dict[str, Written] | None = None

    def is_intact(self, path: str, output: Output) -> bool:
        """Whether all lies as it was written."""
        return output.is_intact(path, self.written) and (
            not self.parts or all(output.is_intact(*part) for part in self.parts.items())
        )


class Manifest(msgspec.Struct, frozen=True, array_like=True):
    """What was published.

    `frame` is the digest of all that went in besides the sources' bytes, `sources` that of the
    sources: where both are the same again, and the time is between `since` and `until` (seconds
    since the epoch, 0 for always), nothing has to be done. `listed` is the output's own list of
    its files: it is of another build where an older cache lies beside a newer output.
    """

    engine: str
    frame: str
    sources: str
    since: int
    until: int
    pages: dict[str, Made]
    listed: Written
    warnings: tuple[Problem, ...] = ()
    outdated: int = 0

    def holds_at(self, seconds: float) -> bool:
        """Whether no embargo has ended, or come back, since then."""
        return self.since <= seconds and not (self.until and seconds >= self.until)

    def is_intact(self, output: Output) -> bool:
        """Whether every file lies as it was written, and no others are. One stat a file."""
        return output.is_intact(LIST, self.listed) and all(
            made.is_intact(path, output) for path, made in self.pages.items()
        )


EMPTY = Manifest("", "", "", 0, 0, {}, Written("", -1, 0))


def path_of(root: Path, output: Path) -> Path:
    """The manifest's file; the output folder is named as seen from the site."""
    try:
        seen = output.resolve().relative_to(root.resolve())
    except ValueError:
        seen = output.resolve()
    return root / cache.FOLDER / f"manifest-{digest_bytes(seen.as_posix().encode())[:12]}"


def load(path: Path) -> Manifest:
    """The manifest, or the empty one where there is none to be believed."""
    return cache.load(path, Manifest) or EMPTY


def digests_of(pages: dict[str, Made]) -> dict[str, str]:
    """The digests of published files by path."""
    digests = {path: made.written.digest for path, made in pages.items()}
    for made in pages.values():
        if made.parts:
            digests.update((path, written.digest) for path, written in made.parts.items())
    return digests
