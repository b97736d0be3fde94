"""Fixtures that more than one test module asks for."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.site_builder import SmallSite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

# Machines are noisy, so no property has a deadline. What the gate says of a commit it says again:
# `--hypothesis-profile=explore` tries other examples each time.
settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("explore"), derandomize=True)
settings.load_profile("same")


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], SmallSite]:
    """A function that writes a new small site; each has a folder of its own."""
    numbers = count()

    def make(files: Mapping[str, str | bytes]) -> SmallSite:
        return SmallSite(tmp_path / f"site-{next(numbers)}", files)

    return make
