"""Computes the planned pages from the Records, and all Problems.

Reads only new attachments, and the sources that have a Problem to be placed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mksite.attachment import measuring
from mksite.build.capabilities import pages, site_views
from mksite.cache import cache
from mksite.catalogue.assembly import assemble
from mksite.catalogue.catalogue import Catalogue, Placed
from mksite.catalogue.checks.consent import without_consent
from mksite.content import config
from mksite.content.address import file_href, former_path, output_path
from mksite.content.front_matter import position
from mksite.content.model import Entity, Release, StaticPage
from mksite.content.problem import Problem, fault, told
from mksite.pages.admin import admin
from mksite.record import translation
from mksite.source import asset, source
from mksite.view import page
from mksite.view.setting import Setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from mksite.build.inputs import Inputs
    from mksite.build.options import Options, Watch
    from mksite.catalogue.kept import KeptCards
    from mksite.content.problem import Fault, FieldPath
    from mksite.mention.texts import Found
    from mksite.record.record import Record
    from mksite.view.page import Page
    from mksite.view.part import SiteView


class Computed(NamedTuple):
    """What follows from the sources: the pages by path, the site's own Views by language, all that
    is wrong, how many translations are behind their originals, and how many drafts and embargoed
    releases are held back.
    """

    catalogue: Catalogue
    pages: dict[str, Page]
    sites: dict[str, SiteView]
    problems: tuple[Problem, ...]
    outdated: int
    held: tuple[int, int]


def compute(  # noqa: PLR0913  all that the pages follow from
    inputs: Inputs,
    records: Sequence[Record],
    options: Options,
    watch: Watch,
    *,
    mentions: Mapping[str, tuple[Found, ...]],
    kept: KeptCards | None = None,
) -> Computed:
    """The planned pages of all sources. `mentions` are those recognized, by the text's path; `kept`
    has the Cards that were made before.
    """
    with watch.stage("catalogue"):
        measured = measuring.measure(
            options.root,
            inputs.scan.attachments,
            records,
            sizes=inputs.site.features.pictures,
            jobs=options.jobs,
        )
        catalogue, placed = assemble(
            records,
            measured.attachments,
            inputs.site,
            now=options.now,
            drafts=options.drafts,
            mentions=mentions,
            kept=kept,
        )
    with watch.stage("plan"):
        planned = page.plan(pages(catalogue, inputs.assets))
        problems = [*inputs.scan.problems, *measured.problems]
        used = inputs.used_assets | ({admin.SCRIPT} if inputs.site.admin else set())
        problems += asset.unused(used, inputs.assets)
        for record in records:
            problems += record.problems
        problems += without_consent(records, inputs.site)
        problems += _vanished(options.root, planned)
        astray = _astray(planned, records, inputs.site.base_path)
        without = [Placed(config.FILE, told) for told in admin.missing(inputs.site, inputs.assets)]
        problems += place(options.root, (*placed, *_collided(planned, records), *astray, *without))
    return Computed(
        catalogue,
        planned.pages,
        site_views(catalogue),
        tuple(told(problems)),
        translation.outdated_count(records),
        _held(records, catalogue),
    )


def _held(records: Iterable[Record], catalogue: Catalogue) -> tuple[int, int]:
    """How many drafts and how many releases under embargo are not shown."""
    drafts = embargoed = 0
    for record in records:
        meta = record.meta
        if isinstance(meta, Release) and record.id not in catalogue.releases:
            drafts += meta.draft
            embargoed += not meta.draft and bool(meta.embargo) and meta.withdrawn is None
        elif isinstance(meta, StaticPage) and record.id not in catalogue.pages:
            drafts += meta.draft
    return drafts, embargoed


def setting_of(inputs: Inputs, computed: Computed, options: Options) -> Setting:
    """What rendering needs besides the pages."""
    return Setting(
        root=options.root,
        cache=options.root / cache.FOLDER,
        sites=computed.sites,
        assets={item.name: file_href(inputs.site, item.output) for item in inputs.assets},
        catalogues=inputs.templates.catalogues,
        engine=options.engine,
        face=options.face,
    )


def _vanished(root: Path, planned: page.Planned) -> Iterator[Problem]:
    """The published addresses at which nothing would be any more: they are permanent."""
    ledger = root / source.CONTENT / source.LEDGER
    if not ledger.is_file():  # told by the scan; reading a pipe might never end
        return
    try:
        lines = ledger.read_text("utf-8").split("\n")
    except UnicodeDecodeError:
        return
    for number, line in enumerate(lines, 1):
        address = line.strip()
        if address.startswith("/") and output_path(address[1:]) not in planned.pages:
            path = f"{source.CONTENT}/{source.LEDGER}"
            yield fault("address-vanished", address=address).problem(path, number, 1)


def _astray(planned: page.Planned, records: Iterable[Record], base: str) -> Iterator[Placed]:
    """The faults of links to an address within the site where no page is."""
    for record in records:
        for path in record.paths:
            within = path.removeprefix(base) if path.startswith(base) else path[1:]
            files = {output_path(within), output_path(f"{within}/")}
            if files.isdisjoint(planned.pages):
                yield Placed(record.path, fault("broken-path", ("](", path), address=path))


def _collided(planned: page.Planned, records: Iterable[Record]) -> Iterator[Placed]:
    """The faults of pages that claim the address of another."""
    for first, second in planned.collisions:
        if second.origins:
            origin = second.origins[0]
            meta = next((record.meta for record in records if record.path == origin), None)
            other = ", ".join(first.origins) or first.template
            address = f"/{second.path.removesuffix('index.html')}"
            field = _claim(second, meta)
            yield Placed(origin, fault("address-collision", field, address=address, other=other))


def _claim(claimed: Page, meta: object) -> FieldPath:
    """The field that makes a page's source claim the address: one of its former addresses, or,
    where it is none of them, the field for these.
    """
    is_entity = isinstance(meta, Entity)
    field = "addresses" if is_entity else "aliases"
    if is_entity or isinstance(meta, Release | StaticPage):
        for index, alias in enumerate(getattr(meta, field)):
            if output_path(former_path(alias)) == claimed.path:
                return (field, index)
    return (field,)


def place(root: Path, placed: Iterable[Placed]) -> list[Problem]:
    """Faults with their line and column, looked up in their files."""
    read = source.reader(root)
    by_path: dict[str, list[Fault]] = {}
    for item in placed:
        by_path.setdefault(item.path, []).append(item.fault)
    return [
        problem
        for path, faults_there in by_path.items()
        for problem in position.place(path, read(path), faults_there)
    ]
