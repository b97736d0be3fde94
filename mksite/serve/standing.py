"""The whole site as it stands in memory: an edit costs one parse and one assembly; a page is
rendered when it is asked for. Nothing is written but the cache, at the start and for many edits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from mksite.build import build as flow
from mksite.build import inputs
from mksite.build.options import Watch
from mksite.build.planning import compute, setting_of
from mksite.cache import cache
from mksite.cache.lock import only_build
from mksite.cache.pack import PackReader
from mksite.catalogue.kept import KeptCards
from mksite.catalogue.time.embargo import embargo_end
from mksite.content.problem import has_errors
from mksite.digest import digest_bytes
from mksite.errors import CacheDamaged, MachineError
from mksite.mention import texts
from mksite.record import parsing, reading
from mksite.render.renderer import Renderer
from mksite.source.source import NEVER
from mksite.view.page import Bundle
from mksite.workers import no_tick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path
    from typing import Literal

    from mksite.build.inputs import Inputs
    from mksite.build.options import Options
    from mksite.build.planning import Computed
    from mksite.content.problem import Problem
    from mksite.record.record import Record

FEW = 50  # changed sources; more are parsed in several processes, into the cache


class Bodies(PackReader):
    """The bodies in the cache's packs, and those that were parsed since, in memory."""

    def __init__(self, folder: Path, places: Mapping[str, object]) -> None:
        super().__init__(folder, dict(places))  # type: ignore[arg-type]
        self.fresh: dict[str, bytes] = {}

    def data(self, digest: str) -> bytes:
        """The bytes with that digest."""
        fresh = self.fresh.get(digest)
        return super().data(digest) if fresh is None else fresh


class Standing:
    """The last good state of the site. `now` tells the time, `waiting` that another build works."""

    def __init__(
        self, options: Options, now: Callable[[], datetime], waiting: Callable[[], None]
    ) -> None:
        self.options = options
        self.computed: Computed | None = None
        self.base = "/"
        self._now = now
        self._waiting = waiting
        self._given: Inputs | None = None
        self._records: dict[str, Record] = {}
        self._bodies: Bodies | None = None
        self._renderer: Renderer | None = None
        self._parts: dict[str, bytes] = {}
        self._cards = KeptCards()
        self._texts = texts.ReadTexts(options.engine)

    def update(self, changed: Iterable[str] | None = None) -> tuple[Problem, ...]:
        """The site with these files changed (paths within the site folder), or, without any
        named, as all files are now; its Problems. Errors leave the last good state.

        Raises MksiteError and OSError.
        """
        try:
            return self._update(changed)
        except CacheDamaged:  # a build beside us has put the texts elsewhere
            pass
        try:
            return self._update(None)
        except CacheDamaged:
            cache.discard(self.options.root)
        return self._update(None)

    def _update(self, changed: Iterable[str] | None) -> tuple[Problem, ...]:
        options = msgspec.structs.replace(self.options, now=self._now())
        if changed is None or not self._edited(set(changed)):
            problems = self._read_all(options)
            if problems:
                return problems
        if self._given is None or self._bodies is None:
            raise MachineError("source-vanished", path=str(options.root))
        given = self._given
        records = [self._records[item.path] for item in given.scan.sources]
        names = texts.names_in(records, given.site.features)
        read = texts.read(records, names, self._bodies, self._texts, root=options.root)
        self._texts = read.texts
        found = read.texts.found()
        computed = compute(given, records, options, Watch(), mentions=found, kept=self._cards)
        if has_errors(computed.problems) or (options.strict and computed.problems):
            return computed.problems
        setting = setting_of(given, computed, options)
        if self._renderer is None or self._renderer.setting != setting:
            self._renderer = Renderer(setting, self._bodies)
        self._renderer.known.clear()
        self.computed = computed
        self.base = given.site.base_path
        self._parts = {}
        return computed.problems

    def _edited(self, changed: set[str]) -> bool:
        """Takes the new texts of a few known sources; False where more than texts has changed."""
        given, bodies = self._given, self._bodies
        if given is None or bodies is None or len(changed) > FEW:
            return False
        at = {item.path: number for number, item in enumerate(given.scan.sources)}
        root = self.options.root
        if not all(path in at and (root / path).is_file() for path in changed):
            return False
        sources = list(given.scan.sources)
        written = {path: (root / path).read_bytes() for path in sorted(changed)}
        for path, data in written.items():
            digest = digest_bytes(data)
            item = sources[at[path]]
            if digest == item.digest:
                continue
            item = msgspec.structs.replace(item, digest=digest, stat=NEVER)
            record, body = parsing.parse(item, data, given.site)
            sources[at[path]] = item
            self._records[path] = record
            bodies.fresh[record.body_digest] = body.html.encode()
        scan = msgspec.structs.replace(given.scan, sources=tuple(sources))
        self._given = msgspec.structs.replace(given, scan=scan)
        return True

    def _read_all(self, options: Options) -> tuple[Problem, ...]:
        """Takes all files as they are; Problems of site.yaml keep what was."""
        self._given = None  # whatever goes wrong, the next update starts here
        root = options.root
        site, problems = inputs.read_site(root)
        if site is None:
            return problems
        packs = root / cache.FOLDER / flow.BODIES
        with only_build(root, self._waiting):
            known = flow.known_records(options, site)
            given = inputs.read(options, site, known)
            context = reading.ParseContext(root, packs, site)
            read = reading.read(given.scan, known, context, options.jobs, no_tick)
            parsed = read.parsed
            if read.changed or reading.is_settled_by(given.scan, known):
                parsed = reading.save(parsed, root / cache.FOLDER, packs)
            records = read.records()
            self._bodies = Bodies(packs, parsed.places())
            self._texts = flow.read_mentions(options, records, site, self._bodies)
        self._records = {
            entry.path: record for entry, record in zip(parsed.entries, records, strict=True)
        }
        self._renderer = None
        self._given = given
        return ()

    # ---- what is asked for

    def has(self, path: str) -> bool:
        """Whether a page of this path is planned."""
        return self.computed is not None and path in self.computed.pages

    def data(self, path: str) -> bytes | None:
        """The bytes of a file of the site, rendered now; None where there is none.

        Raises UsageError for a template that fails.
        """
        try:
            return self._made(path)
        except CacheDamaged:  # a build beside us has put the bodies elsewhere
            self.update()
        try:
            return self._made(path)
        except CacheDamaged:
            cache.discard(self.options.root)
            self.update()
        return self._made(path)

    def _made(self, path: str) -> bytes | None:
        if self.computed is None or self._renderer is None or self._bodies is None:
            return None
        page = self.computed.pages.get(path)
        if page is None:
            return self._part(path)
        try:
            made = self._renderer.render(page)
        finally:
            self._bodies.close()  # Windows lets nobody remove an open file
        if isinstance(made, Bundle):
            self._parts |= {page.folder + name: part for name, part in made.files.items()}
            return made.data
        return made

    def _part(self, path: str) -> bytes | None:
        """A file that a Bundle brings with it: those around it are made, once an edit."""
        if path not in self._parts and self.computed is not None:
            for page in self.computed.pages.values():
                if page.producer is not None and page.folder and path.startswith(page.folder):
                    self._made(page.path)
        return self._parts.get(path)

    def hidden(self, path: str) -> Literal["draft", "embargo", ""]:
        """Why readers would not be shown this page."""
        if self.computed is None or path not in self.computed.pages:
            return ""
        catalogue = self.computed.catalogue
        for origin in self.computed.pages[path].origins:
            record = self._records.get(origin)
            ident = record.id if record is not None else ""
            kind = record.kind if record is not None else ""
            if kind == "page" and ident in catalogue.pages and catalogue.pages[ident].meta.draft:
                return "draft"
            if kind == "release" and ident in catalogue.releases:
                release = catalogue.releases[ident].release
                if release.draft:
                    return "draft"
                if release.embargo and self._is_coming(release.embargo):
                    return "embargo"
        return ""

    def _is_coming(self, embargo: str) -> bool:
        if self._given is None:
            return False
        end = embargo_end(embargo, ZoneInfo(self._given.site.timezone))
        return end is None or end > self._now()

    def seconds_to_embargo(self) -> float | None:
        """How long until the next embargo ends; None for none, or where it has."""
        until = self.computed.catalogue.until if self.computed is not None else 0
        seconds = until - self._now().timestamp()
        return seconds if until and seconds > 0 else None
