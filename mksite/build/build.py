"""The build: each stage is a function that takes the previous one's result (DESIGN §2).

Only the two ends touch the disk: sources are read and parsed, stale pages rendered and written.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from mksite.artifact import make, manifest
from mksite.artifact.make import MakeContext
from mksite.artifact.manifest import Manifest
from mksite.artifact.output import Output
from mksite.artifact.stale import TemplateDigests
from mksite.build import inputs
from mksite.build.inputs import Inputs, read_site
from mksite.build.options import Options, Progress, Result, Watch, quiet
from mksite.cache import cache, pack
from mksite.cache.pack import PackReader
from mksite.content.problem import has_errors
from mksite.errors import CacheDamaged, UsageError
from mksite.face import FOLDERS
from mksite.mention import texts
from mksite.record import reading
from mksite.record.parsed import Parsed
from mksite.source import source
from mksite.workers import Tick, no_tick

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from mksite.build.planning import Computed
    from mksite.content.config import Site
    from mksite.mention.texts import ReadTexts
    from mksite.record.record import Record

T = TypeVar("T")
BODIES = "bodies"
RECORDS = "records"


class Prepared(NamedTuple):
    """What stands before anything is rendered: what was computed from the sources, where their
    bodies lie, and how many sources were parsed.
    """

    computed: Computed
    bodies: PackReader
    parsed_count: int


def build(options: Options, progress: Progress = quiet) -> Result:
    """The site is published, or nothing is and the Result says what is wrong.

    Raises UsageError and MachineError. A cache that cannot be believed is thrown away once.
    """
    check_folders(options)
    return _believing(lambda chosen: _build(chosen, progress), options)


def _believing(work: Callable[[Options], T], options: Options) -> T:
    """What the work gives with the cache or, where that is damaged, without it."""
    try:
        return work(options)
    except CacheDamaged:
        cache.discard(options.root)
        return work(msgspec.structs.replace(options, force=True))


def _build(options: Options, progress: Progress) -> Result:
    watch, output = Watch(), Output(options.output)
    manifest_path = manifest.path_of(options.root, options.output)
    with watch.stage("read"):
        output.open()
        site, problems = read_site(options.root)
        if site is None:
            return _result(watch, problems=problems)
        known = known_records(options, site)
        given = inputs.read(options, site, known)
        last = manifest.EMPTY if options.force else manifest.load(manifest_path)
        is_current = _is_current(given, last, options, output)
    if is_current:
        if reading.is_settled_by(given.scan, known):
            _save(options, _parse(options, given, known, no_tick).parsed)
        return _published(watch, last, unchanged=len(last.entries))
    ready = _prepare(options, given, known, watch, progress)
    del known  # much memory is given back before processes fork
    computed = ready.computed
    if has_errors(computed.problems) or (options.strict and computed.problems):
        return _result(watch, problems=computed.problems, parsed=ready.parsed_count)
    with watch.stage("render"):
        last_files = manifest.files_of(last.entries)
        owned = output.owned(last_files, last.mark)
        context = _make_context(options, given, ready, output, last)
        pages = tuple(computed.pages.values())
        made = make.make(pages, context, options.jobs, _tick(progress, "render"))
    with watch.stage("finish"):
        entries = {path: made.entries.get(path) or last.entries[path] for path in computed.pages}
        files = manifest.files_of(entries)
        gone = owned.union(last_files).difference(files)
        removed = tuple(sorted(path for path in gone if output.remove(path)))
        if files.keys() != last_files.keys() or output.mark() != last.mark:
            output.keep(files)
        now = Manifest(
            engine=options.engine,
            setup_digest=given.setup_digest,
            sources_digest=given.sources_digest,
            since=computed.catalogue.since,
            until=computed.catalogue.until,
            entries=entries,
            mark=output.mark(),
            warnings=computed.problems,
            outdated=computed.outdated,
            held=computed.held,
        )
        cache.save(manifest_path, now)
        cache.clear_leftovers(options.root)
        output.close()
    return _published(
        watch,
        now,
        rendered=made.reasons,
        unchanged=len(entries) - len(made.entries),
        removed=removed,
        parsed=ready.parsed_count,
    )


def verify(options: Options) -> Result:
    """Everything is rendered anew in memory and compared with what is published, from no cache.

    `differing` names the paths whose bytes differ, that are missing, or that should not be there.
    """
    check_folders(options)
    options = msgspec.structs.replace(options, force=True)
    watch, output = Watch(), Output(options.output)
    site, problems = read_site(options.root)
    if site is None:
        return _result(watch, problems=problems)
    known = known_records(options, site)
    given = inputs.read(options, site, known)
    read = _parse(options, given, known, no_tick)
    from mksite.build.planning import compute  # noqa: PLC0415  as below

    records = read.records()
    bodies = PackReader(_packs(options), read.parsed.places())
    mentioned = _read_mentions(options, records, site, bodies, texts.ReadTexts(options.engine))
    computed = compute(given, records, options, watch, mentions=mentioned.texts.found())
    if has_errors(computed.problems):
        return _result(watch, problems=computed.problems)
    ready = Prepared(computed, bodies, 0)
    context = _make_context(options, given, ready, output, manifest.EMPTY)
    with watch.stage("render"):
        pages = tuple(computed.pages.values())
        differing, every = make.differing(pages, context, options.jobs)
    last = manifest.load(manifest.path_of(options.root, options.output))
    differing |= output.owned(manifest.files_of(last.entries), last.mark) - every
    kept = cache.load(options.root / cache.FOLDER / RECORDS, Parsed) or Parsed("")
    pack.remove_dead(_packs(options), kept.places().values())
    return _result(
        watch, problems=computed.problems, published=True, differing=tuple(sorted(differing))
    )


def check(options: Options) -> tuple[Result, Prepared | None]:
    """What is wrong in the content, and what stands before anything is rendered; None where
    site.yaml cannot be read. Nothing is published; what was parsed is kept.
    """
    check_folders(options)
    return _believing(_check, options)


def _check(options: Options) -> tuple[Result, Prepared | None]:
    watch = Watch()
    site, problems = read_site(options.root)
    if site is None:
        return _result(watch, problems=problems), None
    known = known_records(options, site)
    given = inputs.read(options, site, known)
    ready = _prepare(options, given, known, watch, quiet)
    computed = ready.computed
    result = _result(
        watch,
        problems=computed.problems,
        parsed=ready.parsed_count,
        outdated=computed.outdated,
        held=computed.held,
    )
    return result, ready


def addresses(options: Options) -> tuple[str, ...]:
    """The addresses of all pages that stand for a source, sorted; nothing is published."""
    return _believing(_addresses, options)


def _addresses(options: Options) -> tuple[str, ...]:
    site, problems = read_site(options.root)
    if site is None or problems:
        return ()
    known = known_records(options, site)
    ready = _prepare(options, inputs.read(options, site, known), known, Watch(), quiet)
    return tuple(
        sorted(
            f"/{path.removesuffix('index.html')}"
            for path, page in ready.computed.pages.items()
            if page.origins and path.endswith("index.html")
        )
    )


def check_folders(options: Options) -> None:
    """Raises UsageError where the output would lie among the sources, or the cache is a link."""
    output, root = options.output.resolve(), options.root.resolve()
    folders = (source.CONTENT, *FOLDERS, cache.FOLDER)
    if root.is_relative_to(output) or any(
        output.is_relative_to((root / name).resolve()) for name in folders
    ):
        raise UsageError("output-in-sources", path=str(options.output))
    cache.check_folder(options.root)


# ---- stages


def known_records(options: Options, site: Site) -> Parsed:
    """What the last build knew of the sources, as far as it may be believed."""
    key = reading.parse_key(site, options.engine)
    if options.force:
        return Parsed(key)
    parsed = cache.load(options.root / cache.FOLDER / RECORDS, Parsed)
    return parsed if parsed is not None and parsed.key == key else Parsed(key)


def _is_current(given: Inputs, last: Manifest, options: Options, output: Output) -> bool:
    """Whether nothing has changed since the last build, and all lies as it was written."""
    return (
        last.setup_digest == given.setup_digest
        and last.sources_digest == given.sources_digest
        and not given.scan.problems
        and last.holds_at(options.now.timestamp())
        and not (options.strict and last.warnings)
        and last.is_intact(output)
    )


def _prepare(
    options: Options, given: Inputs, known: Parsed, watch: Watch, progress: Progress
) -> Prepared:
    """All sources are parsed and kept in the cache, and everything is computed from them."""
    with watch.stage("parse"):
        read = _parse(options, given, known, _tick(progress, "parse"))
    from mksite.build.planning import compute  # noqa: PLC0415  all pages: nothing changed, none needed

    records = read.records()
    with watch.stage("mentions"):
        bodies = PackReader(_packs(options), read.parsed.places())
        mentioned = read_mentions(options, records, given.site, bodies)
        bodies.close()
    computed = compute(given, records, options, watch, mentions=mentioned.found())
    with watch.stage("parse"):
        places = _save(options, read.parsed).places()
    return Prepared(computed, PackReader(_packs(options), places), len(read.changed))


def read_mentions(
    options: Options, records: Sequence[Record], site: Site, bodies: PackReader
) -> ReadTexts:
    """The names in the texts of all releases, which are kept in the cache."""
    known = texts.ReadTexts(options.engine) if options.force else None
    known = known or texts.load(options.root, options.engine)
    read = _read_mentions(options, records, site, bodies, known)
    return texts.save(options.root, read.texts) if read.texts != known else known


def _read_mentions(
    options: Options, records: Sequence[Record], site: Site, bodies: PackReader, known: ReadTexts
) -> texts.Reading:
    names = texts.names_in(records, site.features)
    return texts.read(records, names, bodies, known, root=options.root, jobs=options.jobs)


def _parse(options: Options, given: Inputs, known: Parsed, tick: Tick) -> reading.Read:
    """All sources, parsed."""
    context = reading.ParseContext(options.root, _packs(options), given.site)
    return reading.read(given.scan, known, context, options.jobs, tick)


def _save(options: Options, parsed: Parsed) -> Parsed:
    """What was parsed is in the cache."""
    return reading.save(parsed, options.root / cache.FOLDER, _packs(options))


def _make_context(
    options: Options, given: Inputs, ready: Prepared, output: Output, last: Manifest
) -> MakeContext:
    """What every process needs to render and write."""
    from mksite.build.planning import setting_of  # noqa: PLC0415

    setting = setting_of(given, ready.computed, options)
    return MakeContext(
        setting=setting,
        digests=TemplateDigests(given.templates, given.assets, setting),
        bodies=ready.bodies,
        output=output,
        last=last,
        same_engine=last.engine == options.engine,
    )


def _packs(options: Options) -> Path:
    """The folder of the bodies' packs."""
    return options.root / cache.FOLDER / BODIES


def _tick(progress: Progress, stage: str) -> Tick:
    """Who is told of the progress of one stage."""
    return no_tick if progress is quiet else partial(progress, stage)


# ---- results


def _published(watch: Watch, now: Manifest, **values: object) -> Result:
    """The Result of a published site."""
    digests = {path: file.digest for path, file in manifest.files_of(now.entries).items()}
    return _result(
        watch,
        published=True,
        problems=now.warnings,
        outdated=now.outdated,
        held=now.held,
        digests=digests,
        **values,
    )


def _result(watch: Watch, **values: object) -> Result:
    """The Result, with the seconds that each stage has taken."""
    return msgspec.structs.replace(Result(seconds=watch.seconds), **values)
