"""Runs one hostile input in a process of its own, on a site with the templates of this one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.hostile.refused import REFUSED
from tests.hostile.table import TABLE
from tests.site_builder import SITE_YAML, encoded

if TYPE_CHECKING:
    from tests.hostile.case import Case

ROOT = Path(__file__).parents[2]
HEAVY = "attachment-too-heavy"
ORDINARY = "---\ntitle: Обычная\ndate: 2013-03-26\n---\nТекст.\n"


class Ended(NamedTuple):
    """How it went.

    `signal` ended the process, or 0; `exit_code` is that of `check`, or of `build` where nothing is
    wrong; `errors` are the codes of what is; `seconds` of the processor and `memory` in bytes are
    what it took; `said` is what was told on the way.
    """

    signal: int
    exit_code: int
    errors: frozenset[str]
    seconds: float
    memory: int
    said: str


def run(folder: Path, case: Case) -> Ended:
    """The site with a hostile input, checked and built."""
    root = folder / "site"
    for name in ("templates", "assets"):
        shutil.copytree(ROOT / name, root / name)
    files = {
        "site.yaml": SITE_YAML,
        "content/releases/ordinary.md": ORDINARY,
        **case(),
    }
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(encoded(content) if path == "site.yaml" else _bytes(content))
    ended = subprocess.run(
        [sys.executable, "-m", "tests.hostile.driver", str(root)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if ended.returncode:
        return Ended(ended.returncode, -1, frozenset(), 0, 0, ended.stderr)
    told = json.loads(ended.stdout)
    errors = frozenset(told["errors"])
    return Ended(0, told["exit"], errors, told["seconds"], told["memory"], ended.stderr)


def assert_harmless(folder: Path, name: str) -> None:
    """The input of this name is refused by the codes that stand for it, or published."""
    ended = run(folder, TABLE[name])
    assert ended.signal == 0, ended.said
    if ended.errors != {HEAVY}:  # which files are too heavy depends on the machine
        assert ended.errors == set(REFUSED.get(name, "").split()) - {HEAVY}
    assert ended.exit_code == (1 if ended.errors else 0), ended.said


def _bytes(content: str | bytes) -> bytes:
    """A hostile text as it is: `encoded` would mend its indents."""
    return content.encode() if isinstance(content, str) else content
