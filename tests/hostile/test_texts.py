"""Hostile texts: each is published or refused, in bounded time and memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hostile.running import assert_harmless
from tests.hostile.table import TABLE

if TYPE_CHECKING:
    from pathlib import Path

GROUPS = ("body", "pattern")


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in TABLE if name.startswith(GROUPS)])
def test_harmless(name: str, tmp_path: Path) -> None:
    """It is told by its codes or does no harm; nothing hangs, drowns or ends in a fault."""
    assert_harmless(tmp_path, name)
