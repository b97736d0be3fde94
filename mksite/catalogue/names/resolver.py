"""Resolves names written in sources; what cannot be resolved is a Fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.catalogue.catalogue import Placed
from mksite.catalogue.names.registry import LINKED, TAGS, Known, Miss, Registry
from mksite.content.model import FOLDERS, Key, Kind
from mksite.content.problem import Fault, FieldPath, Severity, fault
from mksite.text.name import fold

if TYPE_CHECKING:
    from mksite.record.record import Record


class Resolver:
    """The names known so far, and the faults found by asking for others.

    `unread` are the sources that are there and cannot be read. `shared` are names that were asked
    for and that several entities bear: that is a fault of those who declare them, not of the
    sources that use them. `unclear` counts both.
    """

    def __init__(self) -> None:
        self.registry = Registry()
        self.faults: list[Placed] = []
        self.unclear = 0
        self.unread: set[Key] = set()
        self.shared: dict[str, tuple[Known, ...]] = {}

    def fault(self, record: Record, fault_: Fault) -> None:
        """Something is wrong in a record's source."""
        self.unclear += 1
        self.faults.append(Placed(record.path, fault_))

    def resolve(
        self,
        record: Record,
        name: str,
        kinds: tuple[Kind, ...],
        field: FieldPath,
        when: str | None,
    ) -> Key | None:
        """What a name in a field means at a time (EDTF); None, and a fault, if unclear."""
        entry = self.registry.resolve(name, kinds, when)
        if isinstance(entry, Miss):
            if (
                name.strip()
                and not self._is_unread(name, kinds)
                and not self._is_shared(name, kinds)
            ):
                self.fault(record, missed(entry, name, kinds, field))
            return None
        return entry

    def _is_shared(self, name: str, kinds: tuple[Kind, ...]) -> bool:
        """Whether several entities bear the name; it is then remembered."""
        bearers = self.registry.shared(name, kinds)
        if bearers:
            self.unclear += 1
            self.shared[fold(name)] = bearers
        return bool(bearers)

    def report_shared(self, records: dict[Key, Record]) -> None:
        """A fault for each shared name, in the source of the last that declares it."""
        for name in sorted(self.shared):
            *others, last = self.shared[name]
            named = ", ".join(records[other.kind, other.id].path for other in others)
            wrong = fault("shared-name", last.field, name=last.name, other=named)
            self.fault(records[last.kind, last.id], wrong)

    def _is_unread(self, name: str, kinds: tuple[Kind, ...]) -> bool:
        """Whether the name is the id of a source that is there and cannot be read: then it is
        that source that is wrong, not those that name it.
        """
        ident = name.rpartition("/")[2]
        return any((kind, ident) in self.unread for kind in kinds)

    def links(self, record: Record, when: str | None = None) -> dict[str, Key]:
        """What the links of a body lead to, by the names as written; one that leads nowhere is a
        fault.
        """
        keys: dict[str, Key] = {}
        for name in record.mentions:
            answer = self.registry.resolve(name, LINKED, when)
            if not isinstance(answer, Miss):
                keys[name] = answer
            elif not self._is_unread(name, LINKED) and not self._is_shared(name, LINKED):
                self.fault(record, missed_link(answer, name))
        return keys


def missed(miss: Miss, name: str, kinds: tuple[Kind, ...], field: FieldPath) -> Fault:
    """The Fault of a name that does not lead to one entity."""
    kind = kinds[0]
    severity: Severity = "warning" if kinds == TAGS and miss.code == "unknown" else "error"
    code = f"{miss.code}-{kind}"
    if miss.code == "unknown" and not miss.candidates:
        code += "-far"
    near = ", ".join(miss.candidates)
    return fault(code, field, severity=severity, name=name, nearest=near, folder=FOLDERS[kind])


def missed_link(miss: Miss, name: str) -> Fault:
    """The Fault of a `[[name]]` that does not lead to one page."""
    code = "broken-link" if miss.code == "unknown" else "ambiguous-link"
    if not miss.candidates:
        code += "-far"
    return fault(code, ("[[", name), name=name, nearest=", ".join(miss.candidates))
