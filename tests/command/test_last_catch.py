"""What nobody foresaw is told in one sentence, with a file for the developers."""

from __future__ import annotations

from pathlib import Path

from tests import small_archive
from tests.running import run

PRELUDE = """\
import mksite.build.planning as broken
def fail(*_, **__): raise RuntimeError("unforeseen")
broken.compute = fail
"""


def test_a_fault_of_the_program_itself(tmp_path: Path) -> None:
    """Exit code 4, no traceback, and a report that holds it."""
    ended = run(small_archive.make(tmp_path / "site"), prelude=PRELUDE)
    assert ended.code == 4
    assert "Traceback" not in ended.said
    assert "fault of mksite itself" in ended.said
    report = Path(ended.said.strip().rpartition(" ")[2])
    assert "unforeseen" in report.read_text("utf-8")
    report.unlink()
