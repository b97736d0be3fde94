"""Prints what each hostile input costs: `python -m tests.hostile [WORDS]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.hostile.running import run
from tests.hostile.table import TABLE


def main(wanted: str) -> None:
    """One line for each input whose name holds the words."""
    for name, case in TABLE.items():
        if wanted in name:
            with tempfile.TemporaryDirectory(prefix="mksite-") as folder:
                ended = run(Path(folder), case)
            cost = f"{ended.seconds:6.2f} s {ended.memory >> 20:5} MB"
            told = f"{ended.signal or ended.exit_code} {name}: {' '.join(sorted(ended.errors))}"
            sys.stdout.write(f"{cost} {told}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
