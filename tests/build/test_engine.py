"""The digest of the program covers all that it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.build.engine import engine_digest, installed

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_same_program_has_the_same_digest() -> None:
    """It does not depend on the time or the process."""
    assert engine_digest() == engine_digest()


def test_wherever_a_library_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of a library in any folder of Python's path is another program."""
    before = engine_digest()
    (tmp_path / "jinja2-9.9.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert engine_digest() != before
    assert installed([str(tmp_path), str(tmp_path / "nowhere")]) == {"jinja2-9.9.dist-info"}
