"""How well the facts of press releases are read.

    python -m tests.intake.scoring

Prints every field that differs, then the part of the fields that are right, that are right or
empty, and the wrong organizations in a role.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from mksite.build.engine import engine_digest
from mksite.build.inputs import read_site
from mksite.intake import draft
from mksite.intake.intake import examine, registry_of
from mksite.record.translation import read_records

if TYPE_CHECKING:
    from mksite.intake.facts import Registry

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ROLES = draft.ROLE_FIELDS


class Score(NamedTuple):
    """Fields that are right, empty where the text says something, and wrong; and organizations
    in a role that the text does not give them.
    """

    right: int = 0
    empty: int = 0
    wrong: int = 0
    misplaced: int = 0

    @property
    def fields(self) -> int:
        """All fields."""
        return self.right + self.empty + self.wrong


def registry() -> Registry:
    """The names of the real content."""
    site, _ = read_site(ROOT)
    assert site is not None
    return registry_of(read_records(ROOT, site, engine_digest()), site.default_language)


def cases() -> list[tuple[str, dict[str, Any]]]:
    """The texts of `releases.yaml` with what they say."""
    listed = yaml.load((HERE / "releases.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506
    return [(case["text"], case["expected"]) for case in listed]


def flat(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields within fields by their path."""
    made: dict[str, Any] = {}
    for name, value in fields.items():
        if isinstance(value, dict):
            made |= {f"{name}.{key}": text for key, text in value.items()}
        elif name not in ("tags", "lang"):
            made[name] = value
    return made


def compare(text: str, expected: dict[str, Any], known: Registry, *, tell: bool = True) -> Score:
    """The Score of one text."""
    read = flat(draft.fields(examine("release.txt", text.encode(), known).facts))
    wanted = flat(expected)
    right = empty = wrong = misplaced = 0
    for name in sorted({*read, *wanted}):
        if name == "contact.role" and name not in wanted:
            continue
        got, want = read.get(name), wanted.get(name)
        if got == want:
            right += 1
        elif not got:
            empty += 1
        else:
            wrong += 1
        if name in ROLES:
            misplaced += len(set(got or ()) - set(want or ()))
        if tell and got != want:
            sys.stdout.write(f"{text.split()[:6]} {name}: {got!r}, expected {want!r}" + "\n")
    return Score(right, empty, wrong, misplaced)


def total(*, tell: bool = True) -> Score:
    """The Score of all texts."""
    known = registry()
    scores = [compare(text, expected, known, tell=tell) for text, expected in cases()]
    return Score(*(sum(part) for part in zip(*scores, strict=True)))


if __name__ == "__main__":
    score = total()
    sys.stdout.write(f"fields {score.fields}, right {score.right / score.fields:.3f}," + " ")
    sys.stdout.write(f"right or empty {(score.right + score.empty) / score.fields:.3f}," + " ")
    sys.stdout.write(f"organizations in a wrong role {score.misplaced}" + "\n")
    sys.exit(0)
