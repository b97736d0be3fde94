"""A browser and the two sites, made once for all tests of a run."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.face import browser, sites
from tests.face.browser import Built

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

PATIENCE_SECONDS = 300


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium; the test is skipped where there is none."""
    with browser.launched() as found:
        yield found


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """The real site and the large one, each built by the first worker that asks."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if folder.name.startswith("popen-") else folder
    return {
        "real": Built(once(shared / "real", sites.real), sites.REAL_URL),
        "large": Built(once(shared / "large", sites.generated), sites.LARGE_URL),
    }


def once(root: Path, make: Callable[[Path], Path]) -> Path:
    """The pages that `make` gives, made by whichever process comes first."""
    done = root.with_suffix(".done")
    try:
        root.mkdir()
    except FileExistsError:
        end = time.monotonic() + PATIENCE_SECONDS
        while not done.exists():
            assert time.monotonic() < end, f"{root} is not built"
            time.sleep(0.1)
        return root / "site" / "public"
    public = make(root / "site")
    done.touch()
    return public
