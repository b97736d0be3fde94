"""Fixtures that more than one test module asks for."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.site_builder import SmallSite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], SmallSite]:
    """A function that writes a new small site; each has a folder of its own."""
    numbers = count()

    def make(files: Mapping[str, str | bytes]) -> SmallSite:
        return SmallSite(tmp_path / f"site-{next(numbers)}", files)

    return make
