"""Every test is run: pytest leaves out no folder of tests/, and no test is named amiss."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

TESTS = Path(__file__).parent


def test_no_folder_is_left_out(pytestconfig: pytest.Config) -> None:
    """By default pytest passes over a folder named `build`, without a word."""
    left_out = pytestconfig.getini("norecursedirs")
    folders = [
        path for path in TESTS.rglob("*") if path.is_dir() and "__pycache__" not in path.parts
    ]
    assert len(folders) > 20
    assert [f for f in folders if any(fnmatch(f.name, pattern) for pattern in left_out)] == []


def test_each_file_with_tests_is_found() -> None:
    """A file that has tests is named as pytest wants it."""
    with_tests = {path for path in TESTS.rglob("*.py") if "\ndef test_" in path.read_text("utf-8")}
    assert with_tests <= set(TESTS.rglob("test_*.py"))
