"""Keeps compiled templates in the cache, with a checksum: a damaged file would be run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from mksite.cache import cache

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """Jinja's bytecode as cache files of ours, with their checksum."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """The bucket is filled where its file is there and whole."""
        code = cache.load(self._path(bucket), bytes)
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """The bucket is in its file."""
        cache.save(self._path(bucket), bucket.bytecode_to_string())

    def _path(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key}.cache"
