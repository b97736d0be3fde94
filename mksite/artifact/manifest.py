"""The manifest: what was published, page by page, and what each page was made from.

It is kept in the site's cache folder, one file for each output folder. DESIGN §3 states the rule
of freshness that rests on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mksite.artifact.output import MARK, NOTHING, Output, Written, are_safe
from mksite.cache import cache
from mksite.content.problem import Problem
from mksite.digest import digest_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class ManifestEntry(msgspec.Struct, frozen=True, array_like=True):
    """A published page: the digests that decide whether it is stale, and the file as written.

    `template_digest` stands for all that the page rests on besides its View. `parts` are the other
    files of a Bundle by path.
    """

    template_digest: str
    view_digest: str
    written: Written
    parts: dict[str, Written] | None = None

    def is_intact(self, path: str, output: Output) -> bool:
        """Whether all of its files lie as they were written."""
        return output.is_intact(path, self.written) and (
            not self.parts or all(output.is_intact(*part) for part in self.parts.items())
        )


class Manifest(msgspec.Struct, frozen=True, array_like=True):
    """What was published by one build.

    `sources_digest` is that of the sources' bytes, `setup_digest` that of everything else that was
    read. Where both are the same again and the time is between `since` and `until` (seconds since
    the epoch, 0 for always), nothing has to be done. `mark` is the output's own mark as this build
    left it: it is another where an older cache lies beside a newer output.
    """

    engine: str
    setup_digest: str
    sources_digest: str
    since: int
    until: int
    entries: dict[str, ManifestEntry]
    mark: Written
    warnings: tuple[Problem, ...] = ()
    outdated: int = 0
    held: tuple[int, int] = (0, 0)

    def holds_at(self, seconds: float) -> bool:
        """Whether no embargo has ended, or come back, since then."""
        return self.since <= seconds and not (self.until and seconds >= self.until)

    def is_intact(self, output: Output) -> bool:
        """Whether every file lies as it was written, and no others are. One stat a file."""
        return output.is_intact(MARK, self.mark) and all(
            entry.is_intact(path, output) for path, entry in self.entries.items()
        )


EMPTY = Manifest("", "", "", 0, 0, {}, NOTHING)


def path_of(root: Path, output: Path) -> Path:
    """The manifest's file; the output folder is named as seen from the site."""
    try:
        seen = output.resolve().relative_to(root.resolve())
    except ValueError:
        seen = output.resolve()
    return root / cache.FOLDER / f"manifest-{digest_bytes(seen.as_posix().encode())[:12]}"


def load(path: Path) -> Manifest:
    """The manifest, or the empty one where there is none to be believed."""
    manifest = cache.load(path, Manifest)
    if manifest is None or not are_safe(files_of(manifest.entries)):
        return EMPTY
    return manifest


def files_of(entries: Mapping[str, ManifestEntry]) -> dict[str, Written]:
    """All published files by path."""
    files = {path: entry.written for path, entry in entries.items()}
    for entry in entries.values():
        files.update(entry.parts or {})
    return files
