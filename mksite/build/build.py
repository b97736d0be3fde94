"""The build: each stage a function, fed the previous one's result (DESIGN §2).

Only the two ends touch the disk: sources are read and parsed, stale pages rendered and written.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mksite.artifact import artifact, manifest, shelf
from mksite.artifact.artifact import Artifacts, Keys, Shop
from mksite.artifact.manifest import Manifest
from mksite.artifact.output import Output
from mksite.artifact.shelf import Shelf
from mksite.build import inputs
from mksite.build.inputs import Inputs, read_site
from mksite.build.options import Options, Progress, Result, Watch, quiet
from mksite.cache import cache, pack
from mksite.cache.pack import Store
from mksite.content.address import file_href
from mksite.content.problem import Problem, has_errors
from mksite.errors import CacheDamaged
from mksite.record import reading
from mksite.record.parsed import Parsed
from mksite.view.setting import Setting
from mksite.workers import Tick, no_tick

if TYPE_CHECKING:
    from collections.abc import Collection

    from mksite.build.planning import Computed
    from mksite.content.config import Site
    from mksite.view import SiteView


class Plan(NamedTuple):
    """What a finished site consists of: the paths of its pages, what lies in the output besides,
    the folders that belong to pages as a whole (None where paths and folders are those of the last
    build), and until when that holds.
    """

    paths: Collection[str]
    gone: Collection[str]
    folders: Collection[str] | None
    since: int
    until: int
    problems: tuple[Problem, ...] = ()
    outdated: int = 0


def build(options: Options, progress: Progress = quiet) -> Result:
    """The site is published, or nothing is and the Result says what is wrong.

    Raises UsageError and MachineError. A cache that cannot be believed is thrown away once.
    """
    try:
        return _Build(options, progress).run()
    except CacheDamaged:
        cache.discard(options.root)
        return _Build(msgspec.structs.replace(options, force=True), progress).run()


def verify(options: Options) -> Result:
    """Everything rendered anew in memory and compared with what is published, from no cache.

    `differing` names the paths whose bytes differ, that are missing, or that should not be there.
    """
    return _Build(msgspec.structs.replace(options, force=True), quiet).verify()


def check(options: Options) -> Result:
    """What is wrong in the content. Nothing is published; what was parsed is kept."""
    return _Build(options, quiet).check()


class _Build:
    """One build."""

    def __init__(self, options: Options, progress: Progress) -> None:
        self.options = options
        self.progress = progress
        self.watch = Watch()
        self.cache = options.root / cache.FOLDER
        self.packs = self.cache / "bodies"
        self.views = self.cache / shelf.FOLDER
        self.output = Output(options.output)
        self.manifest_path = manifest.path_of(options.root, options.output)

    def run(self) -> Result:
        with self.watch.stage("read"):
            self.output.clear_leftovers()  # before anybody asks whose files lie there
            site, problems = read_site(self.options.root)
            if site is None:
                return self.result(problems=problems)
            known = self.known(site)
            found = self.read(site, known)
            last = manifest.EMPTY if self.options.force else manifest.load(self.manifest_path)
            fits = self.fits(found, last)
        if fits and last.sources == found.sources:
            if reading.is_settled_by(found.scan, known):
                reading.save(self.parse(found, known).parsed, self.cache, self.packs)
            return self.done(last, unchanged=len(last.pages))
        with self.watch.stage("parse"):
            read = self.parse(found, known)
        made = self.only_bodies(found, known, read, last) if fits else None
        if made is not None:
            return made
        computed = self.compute(found, read.parsed)
        bodies, count = self.keep(read.parsed), len(read.changed)
        del known, read  # they are in the cache: much memory is given back before processes fork
        return self.whole(inputs.without_scan(found), computed, bodies, last, count)

    def verify(self) -> Result:
        site, problems = read_site(self.options.root)
        if site is None:
            return self.result(problems=problems)
        known = self.known(site)
        found = self.read(site, known)
        parsed = self.parse(found, known).parsed
        computed = self.compute(found, parsed)
        if has_errors(computed.problems):
            return self.result(problems=computed.problems)
        setting = self.setting(found, computed.sites)
        bodies = Store(self.packs, parsed.places())
        shop = self.shop(found, bodies, setting, manifest.EMPTY, shelf.EMPTY)
        with self.watch.stage("render"):
            pages = tuple(computed.pages.values())
            differing, every = artifact.differing(pages, shop, self.options.jobs)
        differing |= self.output.owned() - every
        kept = cache.load(self.cache / "records", Parsed) or Parsed("")
        pack.remove_dead(self.packs, kept.places().values())
        return self.result(
            problems=computed.problems, published=True, differing=tuple(sorted(differing))
        )

    def check(self) -> Result:
        site, problems = read_site(self.options.root)
        if site is None:
            return self.result(problems=problems)
        known = self.known(site)
        found = self.read(site, known)
        read = self.parse(found, known)
        computed = self.compute(found, read.parsed)
        reading.save(read.parsed, self.cache, self.packs)
        return self.result(problems=computed.problems, parsed=len(read.changed))

    # ---- the ways to a finished site

    def fits(self, found: Inputs, last: Manifest) -> bool:
        """Whether nothing but the sources' bytes has changed, and all that was published lies as
        it was written.
        """
        return (
            last.frame == found.frame
            and not found.scan.problems
            and last.holds_at(self.options.now.timestamp())
            and not (self.options.strict and last.warnings)
            and last.is_intact(self.output)
        )

    def only_bodies(
        self, found: Inputs, known: Parsed, read: reading.Read, last: Manifest
    ) -> Result | None:
        """The site after bodies were edited and nothing else; None where that is not so."""
        before = inputs.sources_digest(entry.digest for entry in known.entries)
        if last.warnings or before != last.sources:
            return None
        digests = shelf.exchanged(known, read.parsed, read.changed)
        kept = shelf.load(self.manifest_path, last)
        if digests is None or not kept.sites:
            return None
        setting = self.setting(found, kept.sites)
        shop = self.shop(found, self.keep(read.parsed), setting, last, kept)
        with self.watch.stage("render"):
            pages = shelf.pages_with(digests, kept, last, self.views)
            made = artifact.make(pages, shop, self.options.jobs, self.tick("render"))
        plan = Plan(last.pages.keys(), (), None, last.since, last.until, outdated=last.outdated)
        return self.finish(found, shop, made, plan, len(read.changed))

    def whole(
        self, found: Inputs, computed: Computed, bodies: Store, last: Manifest, count: int
    ) -> Result:
        """The site by way of all Views; `count` sources were parsed."""
        stopping = has_errors(computed.problems) or (
            self.options.strict and bool(computed.problems)
        )
        if stopping:
            return self.result(problems=computed.problems, parsed=count)
        kept = shelf.load(self.manifest_path, last)
        setting = self.setting(found, computed.sites)
        shop = self.shop(found, bodies, setting, last, kept)
        with self.watch.stage("render"):
            owned = self.output.owned()
            pages = tuple(computed.pages.values())
            folders = {item.folder for item in pages if item.has_folder}
            if computed.pages.keys() - owned:
                self.output.own(owned | computed.pages.keys() | folders)
            made = artifact.make(pages, shop, self.options.jobs, self.tick("render"))
        gone = owned - computed.pages.keys()
        since, until = computed.catalogue.since, computed.catalogue.until
        wrong, outdated = computed.problems, computed.outdated
        plan = Plan(computed.pages.keys(), gone, folders, since, until, wrong, outdated)
        return self.finish(found, shop, made, plan, count)

    def finish(self, found: Inputs, shop: Shop, made: Artifacts, plan: Plan, count: int) -> Result:
        """What is no longer needed is gone, and what was done is remembered."""
        last = shop.manifest
        with self.watch.stage("finish"):
            pages = {path: made.made.get(path) or last.pages[path] for path in plan.paths}
            parts = {part for page in pages.values() for part in page.parts or ()}
            leftover = set(plan.gone) - parts | self.leftover(made)
            removed = tuple(sorted(path for path in leftover if self.output.remove(path)))
            if plan.folders is not None:
                self.output.own([*plan.paths, *plan.folders])
            shown = {
                path: kept
                for path, kept in shop.shelf.pages.items()
                if path in pages and pages[path].view == last.pages[path].view
            }
            now = Manifest(
                engine=self.options.engine,
                frame=found.frame,
                sources=found.sources,
                since=plan.since,
                until=plan.until,
                pages=pages,
                listed=self.output.listed(),
                warnings=plan.problems,
                outdated=plan.outdated,
            )
            cache.save(self.manifest_path, now)
            cache.clear_leftovers(self.cache)
            self.output.clear_leftovers()
            fresh = Shelf(found.frame, found.sources, shop.setting.sites, shown | made.shown)
            shelf.save(fresh, self.manifest_path, now, self.views)
        return self.done(
            now,
            rendered=made.reasons,
            unchanged=len(pages) - len(made.made),
            removed=removed,
            parsed=count,
        )

    def leftover(self, made: Artifacts) -> set[str]:
        """What lies in the folders of the Bundles made now and is not theirs any more."""
        return {
            found
            for path, page in made.made.items()
            if page.parts is not None
            for found in self.output.within(path[: path.rfind("/") + 1])
            if found != path and found not in page.parts
        }

    def done(self, now: Manifest, **values: object) -> Result:
        """The Result of a published site."""
        return self.result(
            published=True,
            problems=now.warnings,
            outdated=now.outdated,
            digests=manifest.digests_of(now.pages),
            **values,
        )

    def result(self, **values: object) -> Result:
        """The Result so far."""
        return msgspec.structs.replace(Result(seconds=self.watch.seconds), **values)

    # ---- stages

    def known(self, site: Site) -> Parsed:
        """What the last build knew of the sources, as far as it may be believed."""
        key = reading.parse_key(site, self.options.engine)
        found = None if self.options.force else cache.load(self.cache / "records", Parsed)
        return found if found is not None and found.key == key else Parsed(key)

    def read(self, site: Site, known: Parsed) -> Inputs:
        """Everything as of now."""
        options = self.options
        return inputs.read(options.root, site, known, options.engine, drafts=options.drafts)

    def parse(self, found: Inputs, known: Parsed) -> reading.Read:
        """All sources, parsed."""
        context = reading.ParseContext(self.options.root, self.packs, found.site)
        return reading.read(found.scan, known, context, self.options.jobs, self.tick("parse"))

    def keep(self, parsed: Parsed) -> Store:
        """The bodies, once all that was parsed is in the cache."""
        with self.watch.stage("parse"):
            return Store(self.packs, reading.save(parsed, self.cache, self.packs).places())

    def compute(self, found: Inputs, parsed: Parsed) -> Computed:
        """Everything that follows from the sources."""
        from mksite.build.planning import compute  # noqa: PLC0415  not where only bodies changed

        return compute(found, parsed, self.options, self.watch)

    def setting(self, found: Inputs, sites: dict[str, SiteView]) -> Setting:
        """What rendering needs besides the pages."""
        addresses = {a.name: file_href(found.site, a.output) for a in found.assets}
        catalogues = found.templates.catalogues
        return Setting(self.options.root, self.cache, sites, addresses, catalogues)

    def shop(
        self, found: Inputs, bodies: Store, setting: Setting, last: Manifest, kept: Shelf
    ) -> Shop:
        """What makes artifacts."""
        return Shop(
            setting=setting,
            keys=Keys(found.templates, found.assets, setting),
            bodies=bodies,
            output=self.output,
            manifest=last,
            shelf=kept,
            is_engine=last.engine == self.options.engine,
            packs=self.views,
            first=pack.next_number(self.views),
        )

    def tick(self, stage: str) -> Tick:
        """Who is told of one stage."""
        return no_tick if self.progress is quiet else partial(self.progress, stage)
