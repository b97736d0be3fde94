"""The digest of the program itself: its sources and the versions of what it stands on."""

from __future__ import annotations

import sys
import sysconfig
from hashlib import blake2b
from pathlib import Path


def engine_digest() -> str:
    """Changes whenever a build by this program may give other bytes than before.

    Made of the package's source files, the names of the installed distributions (which hold their
    versions), and Python's version. Costs about two milliseconds.
    """
    state = blake2b(digest_size=16)
    package = Path(__file__).parents[1]
    for path in sorted(package.rglob("*.py")) + sorted(package.rglob("*.toml")):
        state.update(path.relative_to(package).as_posix().encode() + b"\0")
        state.update(path.read_bytes())
    installed = Path(sysconfig.get_path("purelib"))
    if installed.is_dir():
        names = sorted(p.name for p in installed.iterdir() if p.name.endswith(".dist-info"))
        state.update("\n".join(names).encode())
    state.update(sys.version.encode())
    return state.hexdigest()
