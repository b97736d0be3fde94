"""The build: each stage a function, fed the previous one's result (DESIGN §2).

Only the two ends touch the disk: sources are read and parsed, stale pages rendered and written.
Freshness rests on one comparison: a page is rendered when the digest of its View, of its
template's closure or of the engine differs from the one in the manifest, or when its output is
missing or touched (DESIGN §3).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Literal, Protocol

import msgspec

from mksite import asset as asset_files
from mksite import cache, config, document, page, source, templates
from mksite.asset import Asset
from mksite.cache import Bodies, BodyPlace, Entry, FileEntry, Parsed
from mksite.catalogue import Catalogue, Placed, assemble
from mksite.config import Site
from mksite.errors import CacheDamaged, MachineError, UsageError
from mksite.output import Output, Written
from mksite.page import Page
from mksite.problem import Problem, fault, has_errors
from mksite.record import Record
from mksite.setting import Setting
from mksite.source import Attachment, Scan, Source
from mksite.templates import Templates
from mksite.workers import in_parallel

Reason = Literal["new", "view", "template", "engine", "output"]


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line decides. `engine` is the digest of the program itself."""

    root: Path
    output: Path
    now: datetime
    engine: str
    jobs: int = 1
    force: bool = False
    strict: bool = False
    drafts: bool = False


class Made(msgspec.Struct, frozen=True, array_like=True):
    """What a published page was made from, and the file as it was written."""

    template: str
    view: str
    written: Written


class Manifest(msgspec.Struct, frozen=True, array_like=True):
    """What was published, page by page.

    `inputs` is the digest of all that went in: where it is the same again, and the time is
    between `since` and `until` (seconds since the epoch, 0 for always), nothing has to be done.
    """

    engine: str
    inputs: str
    since: int
    until: int
    pages: dict[str, Made]
    warnings: tuple[Problem, ...] = ()


class Stale(msgspec.Struct, frozen=True):
    """A page to be rendered, and why."""

    page: Page
    reason: Reason
    made: Made


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did. `rendered` gives the reason by path, `digests` those of all published
    files, `differing` what `verify` found; seconds are by stage."""

    problems: tuple[Problem, ...] = ()
    published: bool = False
    rendered: dict[str, Reason] = {}
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    parsed: int = 0
    digests: dict[str, str] = {}
    differing: tuple[str, ...] = ()
    seconds: dict[str, float] = {}


class Progress(Protocol):
    """Who is told how far a long build is."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """`done` of `total` items of a stage are finished."""


class Inputs(msgspec.Struct, frozen=True):
    """Everything that was read before anything is computed."""

    site: Site
    templates: Templates
    assets: tuple[Asset, ...]
    scan: Scan
    digest: str


class Watch:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """The time of this block counts for the stage."""
        started = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started


def quiet(_stage: str, _done: int, _total: int) -> None:
    """Tells nobody."""


def build(options: Options, progress: Progress = quiet) -> Result:
    """The site is published, or nothing is and the Result says what is wrong.

    Raises UsageError and MachineError. A cache that cannot be believed is thrown away once.
    """
    try:
        return _Build(options, progress).run()
    except CacheDamaged:
        discard_cache(options.root)
        return _Build(msgspec.structs.replace(options, force=True), progress).run()


def discard_cache(root: Path) -> None:
    """The next build starts from nothing but the published files."""
    folder = root / cache.FOLDER
    for found in [*folder.glob("*"), *folder.glob("bodies/*")]:
        if found.is_file() and found.name != "lock":
            found.unlink(missing_ok=True)


class _Build:
    """One build."""

    def __init__(self, options: Options, progress: Progress) -> None:
        self.options = options
        self.progress = progress
        self.watch = Watch()
        self.cache = options.root / cache.FOLDER
        self.packs = self.cache / "bodies"
        self.output = Output(options.output)

    def run(self) -> Result:
        with self.watch.stage("read"):
            site, problems = read_site(self.options.root)
            if site is None:
                return self.result(problems=problems)
            known = self.load_parsed(site)
            inputs = self.read_inputs(site, known)
            manifest = self.load_manifest()
        if self.is_done(inputs, manifest):
            return self.result(
                problems=manifest.warnings,
                published=True,
                unchanged=len(manifest.pages),
                digests=digests_of(manifest.pages),
            )
        parsed, catalogue, planned, problems, count = self.compute(inputs, known)
        stopping = has_errors(problems) or (self.options.strict and bool(problems))
        if stopping:
            self.save_parsed(parsed)
            return self.result(problems=problems, parsed=count)
        with self.watch.stage("compare"):
            stale, kept = self.compare(planned.pages, inputs, manifest, catalogue)
        with self.watch.stage("render"):
            owned = self.output.owned()
            gone = owned - planned.pages.keys()
            if planned.pages.keys() - owned:
                self.output.own(owned | planned.pages.keys())
            made = self.render(stale, parsed, inputs, catalogue)
        with self.watch.stage("finish"):
            removed = tuple(sorted(path for path in gone if self.output.remove(path)))
            if gone:
                self.output.own(planned.pages)
            everything = kept | made
            self.save_parsed(parsed)
            self.save_manifest(inputs, everything, catalogue, problems)
        return self.result(
            problems=problems,
            published=True,
            rendered={item.page.path: item.reason for item in stale},
            unchanged=len(kept),
            removed=removed,
            parsed=count,
            digests=digests_of(everything),
        )

    def verify(self) -> Result:
        site, problems = read_site(self.options.root)
        if site is None:
            return self.result(problems=problems)
        known = self.load_parsed(site)
        inputs = self.read_inputs(site, known)
        parsed, catalogue, planned, problems, _ = self.compute(inputs, known)
        if has_errors(problems):
            return self.result(problems=problems)
        empty = Made("", "", Written("", -1, 0))
        every = [Stale(item, "output", empty) for item in planned.pages.values()]
        with self.watch.stage("render"):
            shared = self.shared(parsed, inputs, catalogue)
            found = in_parallel(verify_slice, every, self.options.jobs, *shared)
            kept = cache.load(self.cache / "records", Parsed) or Parsed("")
            cache.remove_dead_packs(self.packs, kept.entries)
        differing = {path for part in found for path in part}
        differing |= self.output.owned() - planned.pages.keys()
        return self.result(problems=problems, published=True, differing=tuple(sorted(differing)))

    def check(self) -> Result:
        site, problems = read_site(self.options.root)
        if site is None:
            return self.result(problems=problems)
        known = self.load_parsed(site)
        parsed, _, _, problems, count = self.compute(self.read_inputs(site, known), known)
        self.save_parsed(parsed)
        return self.result(problems=problems, parsed=count)

    def compute(
        self, inputs: Inputs, known: Parsed
    ) -> tuple[Parsed, Catalogue, page.Planned, tuple[Problem, ...], int]:
        """From sources to planned pages, and all that is wrong."""
        with self.watch.stage("parse"):
            parsed, records, count = self.parse(inputs, known)
        with self.watch.stage("catalogue"):
            catalogue, placed = assemble(
                records,
                inputs.scan.attachments,
                inputs.site,
                now=self.options.now,
                drafts=self.options.drafts,
            )
        with self.watch.stage("plan"):
            planned = page.plan(self.pages(catalogue, inputs))
            problems = self.problems(inputs, records, placed, planned)
        return parsed, catalogue, planned, problems, count

    def result(self, **values: object) -> Result:
        return Result(seconds=self.watch.seconds, **values)  # type: ignore[arg-type]

    # ---- what was read

    def load_parsed(self, site: Site) -> Parsed:
        key = parse_key(site, self.options.engine)
        found = None if self.options.force else cache.load(self.cache / "records", Parsed)
        return found if found is not None and found.key == key else Parsed(key)

    def read_inputs(self, site: Site, known: Parsed) -> Inputs:
        stats = {entry.path: (entry.digest, entry.stat) for entry in known.entries}
        stats.update((entry.path, (entry.digest, entry.stat)) for entry in known.files)
        found = source.scan(self.options.root, stats, now_ns=time.time_ns())
        read = templates.read(self.options.root)
        assets = asset_files.read(self.options.root)
        state = blake2b(digest_size=16)
        state.update(msgspec.msgpack.encode((self.options.engine, site, self.options.drafts)))
        state.update(msgspec.msgpack.encode(read))
        for name, digest in (
            *((s.path, s.digest) for s in found.sources),
            *((a.path, a.digest) for a in found.attachments),
            *((a.path, a.digest) for a in assets),
        ):
            state.update(f"{name}\0{digest}\n".encode())
        return Inputs(site, read, assets, found, state.hexdigest())

    def load_manifest(self) -> Manifest:
        empty = Manifest("", "", 0, 0, {})
        if self.options.force:
            return empty
        return cache.load(self.manifest_path(), Manifest) or empty

    def manifest_path(self) -> Path:
        """One manifest an output folder; the folder is named as seen from the site."""
        try:
            seen = self.options.output.resolve().relative_to(self.options.root.resolve())
        except ValueError:
            seen = self.options.output.resolve()
        return self.cache / f"manifest-{source.digest_bytes(seen.as_posix().encode())[:12]}"

    def is_done(self, inputs: Inputs, manifest: Manifest) -> bool:
        """Whether the published site is of these inputs and untouched."""
        now = self.options.now.timestamp()
        if manifest.inputs != inputs.digest or inputs.scan.problems or now < manifest.since:
            return False
        if manifest.until and now >= manifest.until:
            return False
        if self.options.strict and manifest.warnings:
            return False
        return all(
            self.output.is_intact(path, made.written) for path, made in manifest.pages.items()
        )

    # ---- parsing

    def parse(self, inputs: Inputs, known: Parsed) -> tuple[Parsed, list[Record], int]:
        """All Records, those of unchanged bytes from the cache; how many were parsed."""
        entries = {entry.path: entry for entry in known.entries}
        fresh: dict[str, Entry] = {}
        todo: list[Source] = []
        for found in inputs.scan.sources:
            entry = entries.get(found.path)
            if entry is not None and entry.digest == found.digest:
                if entry.stat != found.stat:
                    entry = msgspec.structs.replace(entry, stat=found.stat)
                fresh[found.path] = entry
            else:
                todo.append(found)
        if todo:
            first = cache.next_pack(self.packs)
            jobs = self.options.jobs
            for encoded in in_parallel(
                parse_slice, todo, jobs, self.options.root, self.packs, first, inputs.site
            ):
                for entry in msgspec.msgpack.decode(encoded, type=list[Entry]):
                    fresh[entry.path] = entry
        ordered = tuple(fresh[found.path] for found in inputs.scan.sources)
        files = tuple(FileEntry(a.path, a.digest, a.stat) for a in inputs.scan.attachments)
        records = [cache.read_record(entry.record) for entry in ordered]
        return Parsed(known.key, ordered, files), records, len(todo)

    def save_parsed(self, parsed: Parsed) -> None:
        if cache.needs_compacting(self.packs, parsed.entries):
            moved = cache.compact(self.packs, parsed.entries)
            parsed = Parsed(parsed.key, moved, parsed.files)
        cache.save(self.cache / "records", parsed)
        cache.remove_dead_packs(self.packs, parsed.entries)

    # ---- pages

    def pages(self, catalogue: Catalogue, inputs: Inputs) -> Iterator[Page]:
        from mksite.pipeline import pages  # noqa: PLC0415  a build with nothing to do needs none

        return pages(catalogue, inputs.assets)

    def problems(
        self,
        inputs: Inputs,
        records: list[Record],
        placed: tuple[Placed, ...],
        planned: page.Planned,
    ) -> tuple[Problem, ...]:
        """All that is wrong, sorted by place."""
        found = [*inputs.scan.problems]
        for record in records:
            found += record.problems
        collided = [
            Placed(
                second.origins[0],
                fault(
                    "address-collision",
                    ("aliases",),
                    address=second.path,
                    other=", ".join(first.origins) or first.template,
                ),
            )
            for first, second in planned.collisions
            if second.origins
        ]
        found += place(self.options.root, (*placed, *collided))
        return tuple(sorted(set(found)))

    def compare(
        self,
        planned: dict[str, Page],
        inputs: Inputs,
        manifest: Manifest,
        catalogue: Catalogue,
    ) -> tuple[list[Stale], dict[str, Made]]:
        """The pages to render with the reason, and what is kept as it is."""
        from mksite.pipeline import site_views  # noqa: PLC0415

        digests = {found.name: found.digest for found in inputs.assets}
        encode = msgspec.msgpack.Encoder().encode
        sites = {
            lang: source.digest_bytes(encode(view)) for lang, view in site_views(catalogue).items()
        }
        closures: dict[tuple[str, str], str] = {}
        stale: list[Stale] = []
        kept: dict[str, Made] = {}
        engine_changed = manifest.engine != self.options.engine
        for path, item in planned.items():
            name = (item.template or producer_name(item), item.lang)
            closure = closures.get(name)
            if closure is None:
                closure = sites[item.lang]
                if item.template:
                    closure += inputs.templates.closure(item.template, digests, item.lang)
                closure = source.digest_bytes(f"{name[0]} {closure}".encode())
                closures[name] = closure
            view = blake2b(encode(item.view), digest_size=16).hexdigest()
            last = manifest.pages.get(path)
            reason: Reason | None = None
            if last is None:
                reason = "new"
            elif engine_changed:
                reason = "engine"
            elif last.template != closure:
                reason = "template"
            elif last.view != view:
                reason = "view"
            elif not self.output.is_intact(path, last.written):
                reason = "output"
            if reason is None and last is not None:
                kept[path] = last
            else:
                written = last.written if last is not None else Written("", -1, 0)
                stale.append(Stale(item, reason or "new", Made(closure, view, written)))
        return stale, kept

    # ---- rendering

    def render(
        self, stale: list[Stale], parsed: Parsed, inputs: Inputs, catalogue: Catalogue
    ) -> dict[str, Made]:
        if not stale:
            return {}
        made: dict[str, Made] = {}
        shared = self.shared(parsed, inputs, catalogue)
        for encoded in in_parallel(render_slice, stale, self.options.jobs, *shared):
            made.update(msgspec.msgpack.decode(encoded, type=dict[str, Made]))
        return made

    def shared(
        self, parsed: Parsed, inputs: Inputs, catalogue: Catalogue
    ) -> tuple[Setting, Bodies, Output]:
        """What every rendering process is given."""
        from mksite.pipeline import setting  # noqa: PLC0415

        places = {e.body_digest: e.place for e in parsed.entries if e.body_digest}
        made = setting(
            catalogue,
            self.options.root,
            self.cache,
            inputs.assets,
            inputs.templates.catalogues,
        )
        return made, Bodies(self.packs, places), self.output

    def save_manifest(
        self,
        inputs: Inputs,
        pages: dict[str, Made],
        catalogue: Catalogue,
        problems: tuple[Problem, ...],
    ) -> None:
        manifest = Manifest(
            self.options.engine,
            inputs.digest,
            catalogue.since,
            catalogue.until,
            pages,
            problems,
        )
        cache.save(self.manifest_path(), manifest)


def read_site(root: Path) -> tuple[Site | None, tuple[Problem, ...]]:
    """The configuration. Raises UsageError where there is no site.yaml."""
    try:
        data = (root / config.FILE).read_bytes()
    except FileNotFoundError:
        raise UsageError("no-site", path=str(root)) from None
    return config.parse(data)


def parse_key(site: Site, engine: str) -> str:
    """The digest of what parsing rests on besides the bytes."""
    return source.digest_bytes("\0".join((engine, *site.languages)).encode())


def producer_name(item: Page) -> str:
    """The producer as part of a key."""
    return f"{item.producer.__module__}.{item.producer.__qualname__}" if item.producer else ""


def parse_slice(
    number: int, sources: list[Source], root: Path, packs: Path, first: int, site: Site
) -> bytes:
    """In one process: sources parsed, bodies in a pack of its own; the Entries, encoded."""
    from mksite import body, parsing  # noqa: PLC0415  Markdown is loaded only where it is needed

    converter = body.Converter()
    writer = cache.PackWriter(packs, first + number)
    read = source.reader(root)
    entries = []
    for item in sources:
        data = read(item.path)
        digest = source.digest_bytes(data)
        if digest != item.digest:  # saved again since the scan: the next build will see
            item = msgspec.structs.replace(item, digest=digest, stat=source.NEVER)
        parsed, parsed_body = parsing.parse(item, data, site, converter)
        place = writer.add(parsed_body.html) if parsed.body_digest else BodyPlace(0, 0, 0)
        raw = msgspec.Raw(cache.encode_record(parsed))
        entries.append(Entry(item.path, item.digest, item.stat, raw, parsed.body_digest, place))
    writer.close()
    return msgspec.msgpack.encode(entries)


def render_slice(
    _number: int, stale: list[Stale], setting: Setting, bodies: Bodies, output: Output
) -> bytes:
    """In one process: pages rendered and written; what was made by path, encoded."""
    from mksite.render import Renderer  # noqa: PLC0415  Jinja is loaded only where it is needed

    renderer = Renderer(setting, bodies)
    made: dict[str, Made] = {}
    for item in stale:
        path = item.page.path
        data = renderer.render(item.page)
        last = item.made.written
        digest = source.digest_bytes(data)
        if last.digest == digest and output.is_intact(path, last):
            written = last
        else:
            written = output.write(path, data)
        made[path] = Made(item.made.template, item.made.view, written)
    return msgspec.msgpack.encode(made)


def verify_slice(
    _number: int, every: list[Stale], setting: Setting, bodies: Bodies, output: Output
) -> list[str]:
    """In one process: the paths whose published bytes are not what rendering gives now."""
    from mksite.render import Renderer  # noqa: PLC0415

    renderer = Renderer(setting, bodies)
    return [
        item.page.path
        for item in every
        if output.digest(item.page.path) != source.digest_bytes(renderer.render(item.page))
    ]


def digests_of(pages: dict[str, Made]) -> dict[str, str]:
    """The digests of published files by path."""
    return {path: made.written.digest for path, made in pages.items()}


def place(root: Path, placed: Iterable[Placed]) -> list[Problem]:
    """Faults with their line and column, looked up in their files."""
    read = source.reader(root)
    problems = []
    for item in placed:
        try:
            data = read(item.path)
        except OSError as error:
            raise MachineError("source-vanished", path=item.path) from error
        problems.append(document.place(item.path, data, item.fault))
    return problems


def verify(options: Options) -> Result:
    """Everything rendered anew in memory and compared with what is published, from no cache.

    `differing` names the paths whose bytes differ, that are missing, or that should not be there.
    """
    return _Build(msgspec.structs.replace(options, force=True), quiet).verify()


def check(options: Options) -> Result:
    """What is wrong in the content. Nothing is published; what was parsed is kept."""
    return _Build(options, quiet).check()
