"""The contest: pairs of whole builds in turn, mksite and Hugo, on the same archive.

Each scenario puts one change into both forms of the archive, builds mksite's (which has what the
last build left, but for a cold one) and makes a full build of Hugo's.
"""

from __future__ import annotations

import json
import shlex
import shutil
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tests.bench import archive as archives
from tests.bench import forms, process
from tests.bench.process import Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.bench.archive import Archive

SCENARIOS = {
    "cold": "cold",
    "no-op": "nothing changed",
    "body": "one body edited",
    "title": "one title edited",
    "organization": "one organization renamed",
    "template": "one template edited",
}
SETTLING_SECONDS = 2.5  # nobody's archive is younger: mksite trusts no file of its last seconds
AS_SHIPPED = Path(__file__).parent / "hugo-shipped"  # what is laid over Hugo's bare templates
OURS = "mksite"
REAL = "mksite, real templates"
SHIPPED = "mksite, as shipped"


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What to measure and with what. `checkout` has the real templates/ and assets/; with
    `pagefind` the site as shipped is measured, too.
    """

    work: Path
    pairs: int
    scenarios: tuple[str, ...]
    hugo: Path
    pelican: list[str] | None
    pelican_largest: int
    checkout: Path | None
    pagefind: Path | None = None


class Build(msgspec.Struct, frozen=True):
    """One whole build. `stages` are mksite's seconds by stage, `pages` what was written."""

    seconds: float
    pages: int
    stages: dict[str, float] = {}


class Row(msgspec.Struct, frozen=True):
    """A scenario of one contestant at one size, and its peer's builds in the same pairs."""

    size: int
    scenario: str
    contestant: str
    peer: str
    builds: tuple[Build, ...]
    peer_builds: tuple[Build, ...]
    memory: Memory | None
    peer_memory: Memory | None

    @property
    def median_seconds(self) -> float:
        """Of the contestant's builds."""
        return statistics.median(build.seconds for build in self.builds)

    @property
    def ratios(self) -> list[float]:
        """Of wall time, pair by pair."""
        pairs = zip(self.builds, self.peer_builds, strict=True)
        return [ours.seconds / theirs.seconds for ours, theirs in pairs]


class Site(msgspec.Struct, frozen=True):
    """One form of the archive on the disk and how it is built."""

    name: str
    form: forms.Form
    root: Path
    command: list[str]
    leftovers: tuple[str, ...]
    stats: Path | None = None

    def clean(self) -> None:
        """Nothing is left of earlier builds."""
        for name in self.leftovers:
            shutil.rmtree(self.root / name, ignore_errors=True)

    def build(self) -> Build:
        """A timed build."""
        seconds = process.timed(self.command, self.root)
        if self.stats is None:
            pages = sum(1 for _ in (self.root / "public").rglob("*.html"))
            return Build(seconds, pages)
        told = json.loads(self.stats.read_bytes())
        return Build(seconds, told["rendered"], told["seconds"])

    def weigh(self) -> Memory | None:
        """A build for its memory."""
        if not process.can_measure_memory():
            return None
        return process.weighed(self.command, self.root)


def run(plan: Plan, size: int, say: Callable[[str], None]) -> Iterator[Row]:
    """The rows of one size. Disk: about 50 KB a release for mksite and Hugo together."""
    folder = plan.work / str(size)
    shutil.rmtree(folder, ignore_errors=True)
    archive = archives.make(size)
    say(f"{size}: writing the archive")
    ours, hugo = _mksite(folder, archive, plan.checkout), _hugo(folder, archive, plan.hugo)
    time.sleep(SETTLING_SECONDS)
    yield from _pairs(plan, archive, ours, hugo, say)
    if plan.pelican is not None and "cold" in plan.scenarios and size <= plan.pelican_largest:
        pelican = _pelican(folder, archive, plan.pelican)
        cold = msgspec.structs.replace(plan, scenarios=("cold",))
        yield from _pairs(cold, archive, ours[:1], pelican, say)
    shutil.rmtree(folder, ignore_errors=True)
    if plan.pagefind is not None:
        say(f"{size}: writing the archive as shipped")
        shipped, with_search = _shipped(folder, archive), _hugo_and_pagefind(folder, archive, plan)
        time.sleep(SETTLING_SECONDS)
        yield from _pairs(plan, archive, [shipped], with_search, say)
        shutil.rmtree(folder, ignore_errors=True)


def _mksite(folder: Path, archive: Archive, checkout: Path | None) -> list[Site]:
    """The archive with the bare templates and, where asked for, with the real ones."""
    names = {OURS: None, REAL: checkout} if checkout else {OURS: None}
    sites = []
    for number, (name, source) in enumerate(names.items()):
        root = folder / f"mksite{number}"
        forms.write(forms.MKSITE, root, archive, archives.releases(archive))
        if source is not None:
            for part in ("templates", "assets"):
                shutil.rmtree(root / part, ignore_errors=True)
                shutil.copytree(source / part, root / part)
        stats = folder / f"stats{number}.json"
        build = [sys.executable, "-m", "mksite", "build", "--site", str(root)]
        command = [*build, "--stats", str(stats)]
        sites.append(Site(name, forms.MKSITE, root, command, ("public", ".mksite"), stats))
    return sites


def _shipped(folder: Path, archive: Archive) -> Site:
    """The archive in the face that mksite brings, with all that it offers."""
    root, stats = folder / "shipped", folder / "shipped.json"
    forms.write(forms.MKSITE, root, archive, archives.releases(archive))
    shutil.rmtree(root / "templates")
    settings = root / "site.yaml"
    lines = settings.read_text("utf-8").splitlines(keepends=True)
    settings.write_text("".join(line for line in lines if not line.startswith("features")), "utf-8")
    command = [sys.executable, "-m", "mksite", "build", "--site", str(root), "--stats", str(stats)]
    return Site(SHIPPED, forms.MKSITE, root, command, ("public", ".mksite"), stats)


def _hugo_and_pagefind(folder: Path, archive: Archive, plan: Plan) -> Site:
    """The archive with feeds, calendars and records of everything, and a search of its pages."""
    root = folder / "hugo-shipped"
    forms.write(forms.HUGO, root, archive, archives.releases(archive))
    shutil.copytree(AS_SHIPPED / "layouts", root / "layouts", dirs_exist_ok=True)
    settings = root / "hugo.toml"
    lines = settings.read_text("utf-8").splitlines(keepends=True)
    bare = "".join(line for line in lines if not line.startswith("disableKinds"))
    settings.write_text(bare + (AS_SHIPPED / "outputs.toml").read_text("utf-8"), "utf-8")
    hugo = shlex.join([str(plan.hugo), "--quiet", "--cacheDir", str(folder / "hugo-cache")])
    pagefind = shlex.join([str(plan.pagefind), "--quiet", "--site", "public"])
    command = ["sh", "-c", f"{hugo} && {pagefind}"]
    return Site("Hugo and Pagefind", forms.HUGO, root, command, ("public", "resources"))


def _hugo(folder: Path, archive: Archive, binary: Path) -> Site:
    root = folder / "hugo"
    forms.write(forms.HUGO, root, archive, archives.releases(archive))
    command = [str(binary), "--quiet", "--cacheDir", str(folder / "hugo-cache")]
    return Site("Hugo", forms.HUGO, root, command, ("public", "resources"))


def _pelican(folder: Path, archive: Archive, command: list[str]) -> Site:
    root = folder / "pelican"
    forms.write(forms.PELICAN, root, archive, archives.releases(archive))
    quiet = [*command, "--quiet", "--settings", "pelicanconf.py"]
    return Site("Pelican", forms.PELICAN, root, quiet, ("public", "cache", "__pycache__"))


def _pairs(
    plan: Plan, archive: Archive, ours: list[Site], peer: Site, say: Callable[[str], None]
) -> Iterator[Row]:
    """Round 0 measures memory and warms the disk cache; the others are timed."""
    rounds: dict[str, list[list[Build]]] = {name: [] for name in plan.scenarios}
    memory: dict[str, list[Memory | None]] = {}
    for number in range(plan.pairs + 1):
        for scenario in plan.scenarios:
            for site in (*ours, peer):
                change(scenario, site, archive, number)
            peer.clean()
            if number == 0:
                memory[scenario] = [site.weigh() for site in (*ours, peer)]
            else:
                builds = [site.build() for site in (*ours, peer)]
                rounds[scenario].append(builds)
                took = ", ".join(
                    f"{site.name} {build.seconds:.3f} s"
                    for site, build in zip((*ours, peer), builds, strict=True)
                )
                say(f"{archive.size}: pair {number} of {plan.pairs}, {scenario}: {took}")
    for scenario in plan.scenarios:
        columns = list(zip(*rounds[scenario], strict=True))
        for index, site in enumerate(ours):
            yield Row(
                archive.size,
                scenario,
                site.name,
                peer.name,
                columns[index],
                columns[-1],
                memory[scenario][index],
                memory[scenario][-1],
            )


def change(scenario: str, site: Site, archive: Archive, number: int) -> None:
    """The scenario's change, made in one form of the archive; each round makes another one."""
    if scenario == "cold":
        site.clean()
        return
    target = (archive.size // 2 + 7 * number) % archive.size
    release = archives.release(archive, target)
    if scenario == "body":
        added = f"\nТекст уточнён, правка {number + 1}.\n"
        site.form.release(site.root, _replace(release, body=(*release.body, added)))
    elif scenario == "title":
        release = archives.release(archive, (target + 1) % archive.size)
        title = f"{release.title} (уточнено, {number + 1})"
        site.form.release(site.root, _replace(release, title=title))
    elif scenario == "organization":
        renamed = archive.organizations[number % len(archive.organizations)]
        name = f"{renamed.name} имени Токтогула, {number + 1}"
        site.form.entity(site.root, "organizations", _replace(renamed, name=name))
    elif scenario == "template":
        forms.edit_template(site.form, site.root, number + 1)


_replace = msgspec.structs.replace
