"""All hostile inputs by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile.bodies import BODIES
from tests.hostile.documents import DOCUMENTS
from tests.hostile.drawings import DRAWINGS, PLAIN
from tests.hostile.fronts import FRONTS, NAMES
from tests.hostile.patterns import PATTERNS
from tests.hostile.pictures import PICTURES
from tests.hostile.portables import PORTABLE

if TYPE_CHECKING:
    from tests.hostile.case import Case

GROUPS: dict[str, dict[str, Case]] = {
    "body": BODIES,
    "front": FRONTS,
    "names": NAMES,
    "pattern": PATTERNS,
    "picture": PICTURES,
    "document": DOCUMENTS,
    "portable": PORTABLE,
    "drawing": DRAWINGS,
    "plain": PLAIN,
}
TABLE = {
    f"{group}: {name}": case for group, cases in GROUPS.items() for name, case in cases.items()
}
