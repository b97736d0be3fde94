"""mksite.catalogue.time.stage: whether a programme has ended, as far as that is known."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mksite.catalogue.time.stage import stages
from tests import small_archive
from tests.site_builder import catalogue_of

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("period", "stage"),
    [
        ({"start": "2015", "end": "2019"}, "ended"),
        ({"start": "2015", "end": "2019?"}, "unknown"),
        ({"start": "2015", "end": "2019~"}, "unknown"),
        ({"start": "2015"}, "unknown"),
        (None, "unknown"),
        ({"end": "2026"}, "unknown"),
        ({"end": "2026-11-19"}, "ended"),
        ({"end": "2026-11-20"}, "unknown"),
        ({"end": "2026-11-21"}, "running"),
        ({"start": "2030", "end": "2031"}, "running"),
    ],
)
def test_a_stage_follows_from_the_end(period: dict[str, str] | None, stage: str) -> None:
    """Neither is said where the end is in doubt, left out or may be either side of now."""
    front = {"name": "Помощь", **({"period": period} if period else {})}
    files = {"content/programmes/help.md": small_archive.source(front)}
    catalogue = catalogue_of(files)[0]
    made = stages(catalogue.of_kind("programme"), NOW, "Asia/Bishkek")
    assert made.of == {"help": stage}


def test_stages_hold_between_the_changes_around_them() -> None:
    """So that a build after the next one is another."""
    ends = {"a": "2019", "b": "2025-03-31", "c": "2027", "d": "2028-01-05"}
    files: dict[str, str | bytes] = {
        f"content/programmes/{ident}.md": small_archive.source(
            {"name": ident, "period": {"end": end}}
        )
        for ident, end in ends.items()
    }
    catalogue = catalogue_of(files)[0]
    made = stages(catalogue.of_kind("programme"), NOW, "UTC")
    assert made.since == datetime(2025, 4, 1, tzinfo=UTC).timestamp()
    assert made.until == datetime(2027, 1, 1, tzinfo=UTC).timestamp()
