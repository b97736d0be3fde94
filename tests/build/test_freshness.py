"""Whatever is changed in whatever order, an incremental build gives what a clean one gives."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from mksite.artifact.output import MARK
from mksite.build.build import verify
from mksite.digest import digest_bytes
from mksite.errors import MksiteError
from tests import small_archive
from tests.editor import FOLDERS, PARTIES, ROLES, Draft, Editor, carry, damage
from tests.site_builder import NOW, Built, tree

SEQUENCES = int(os.environ.get("MKSITE_SEQUENCES", "50"))
STEPS = 14
# The shortest failing sequence takes minutes to find: MKSITE_SHRINK asks for it.
PHASES = tuple(p for p in Phase if p is not Phase.shrink or "MKSITE_SHRINK" in os.environ)
LATER_NS = 10_000_000_000  # on a clock that is ahead, every file is old enough to be trusted
TICK_SECONDS = 0.006  # longer than the file system's clock stands still

NAMES = tuple(f"r{number}" for number in range(5))
TITLES = ("Стол", "Ңөү «&»", "Съезд <b>", "Итоги 100 %", "{{ view }}", "Стол")
WORDS = ("слово", "**жирное**", "[[anchor]]", "[[Фонд]]", "[[help|помощь]]", "<script>", "сөз")
NAMING = ("с Центром", "у Стола 1", "[[!Центр]]", "Фондом и Союзом")
CONFIGURATIONS: tuple[dict[str, object], ...] = (
    {},
    {"title": small_archive.named("Другой архив", "Башка архив", "Another")},
    {"description": {"ru": "Иное описание"}},
    {"url": "https://archive.example/in/a/folder/"},
    {"menu": ["releases", "tags"]},
    {"publisher": "fund"},
    {"timezone": "America/New_York"},
    {"licence": {"name": "CC BY 4.0", "url": "https://licence.example/"}},
    {"contact": {"email": "c@archive.example"}},
    {"languages": ["ru", "ky"]},
    {"menu": ["nowhere"]},
)
DATED: tuple[dict[str, object], ...] = (
    {"date": "2012-02-03", "tags": ["labour"]},
    {"date": "2013", "venue": "hall"},
    {"date": "2013-05~", "draft": True},
    {"date": "2026-11-20", "embargo": "2026-11-20T19:00"},
    {"date": "XXXX-03-06"},
    {"event": {"type": "seminar", "start": "2026-11-21T10:00", "status": "scheduled"}},
    {},
)
TEMPLATES = ("release.html", "organization.html", "year.html", "base.html", "_lists.html")
DAMAGE = ("missing", "empty", "cut", "flipped", "longer")

at = st.integers(0, 99)
titles = st.tuples(st.sampled_from(TITLES), st.integers(0, 3)).map(lambda t: f"{t[0]} {t[1]}")
TEXTS = ("Текст один.", "Текст два.", "Текст три.", "")
bodies = st.lists(st.sampled_from((*WORDS, *NAMING)), max_size=4).map(" ".join)


class Freshness(RuleBasedStateMachine):
    """An archive under edit, built after every step and compared with a clean build."""

    features: tuple[str, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="mksite-fresh-"))
        self.site = small_archive.make(self.folder / "site", self.features)
        self.editor = Editor(self.site)
        self.options: dict[str, object] = {}
        self.foreign: dict[str, bytes] = {}
        self.clean: dict[str, Built] = {}
        self.ahead_ns = 0
        self.held = 0  # so many steps are not built: their edits reach the next build together

    def teardown(self) -> None:
        """At last, comparing what is published with a build in memory finds no difference."""
        self.held = 0
        self.check()
        with suppress(MksiteError):
            found = verify(self.site.options(**self.options))
            assert not found.differing
        shutil.rmtree(self.folder)

    # ---- what holds after every step

    def build(self) -> Built:
        """A build at a time when files may be settled or fresh."""
        now = time.time_ns
        with mock.patch("time.time_ns", side_effect=lambda: now() + self.ahead_ns):
            return self.site.build(**self.options)

    def check(self) -> Built | None:
        """The build after the step is the same as a clean one; None while edits are held back."""
        if self.held:
            self.held -= 1
            return None
        before = stats(self.site.public)
        built = self.build()
        expected = self.clean_build()
        assert built.result.published == expected.result.published
        assert built.result.problems == expected.result.problems
        if built.result.published:
            public = {path: data for path, data in built.public.items() if path not in self.foreign}
            assert sorted(public) == sorted(expected.public)
            assert [p for p in public if public[p] != expected.public[p]] == []
            told = {path: digest_bytes(data) for path, data in public.items() if path != MARK}
            assert built.result.digests == told
        else:
            assert stats(self.site.public) == before
        assert {path: built.public.get(path) for path in self.foreign} == self.foreign
        if self.ahead_ns:
            time.sleep(TICK_SECONDS)
        return built

    def clean_build(self) -> Built:
        """The build of a copy that has never been built, with the same options."""
        options = sorted(self.options.items(), key=str)
        files = {path: (self.site.root / path).read_bytes() for path in self.editor.sources()}
        key = f"{options} {[(path, digest_bytes(data)) for path, data in files.items()]}"
        if key not in self.clean:
            copied = small_archive.copy_of(self.site, self.folder / "clean")
            self.clean[key] = copied.build(**self.options)
            shutil.rmtree(copied.root)
        return self.clean[key]

    @initialize(settled=st.booleans())
    def begin(self, settled: bool) -> None:  # noqa: FBT001  hypothesis passes it by name
        """The archive is built once."""
        self.ahead_ns = LATER_NS if settled else 0
        self.check()

    # ---- several edits at once

    @rule(steps=st.integers(1, 6))
    def hold(self, steps: int) -> None:
        """The next steps are seen by one build together."""
        self.held = steps

    @rule(texts=st.lists(st.sampled_from(TEXTS), min_size=len(NAMES), max_size=len(NAMES)))
    def edit_all_bodies(self, texts: list[str]) -> None:
        """Every release has another body; some have that which another had."""
        for name, text in zip(NAMES, texts, strict=True):
            draft = self.editor.drafts.get(name, Draft("2013", {"title": name}, "", {}))
            self.editor.write(name, draft._replace(body=text))
        self.check()

    @rule(shift=st.integers(1, 4), with_titles=st.booleans())
    def rotate(self, *, shift: int, with_titles: bool) -> None:
        """Releases exchange their bodies in a ring, or all but their ids."""
        drafts = [self.editor.drafts[name] for name in sorted(self.editor.drafts)]
        for number, name in enumerate(sorted(self.editor.drafts)):
            given = drafts[(number + shift) % len(drafts)]
            own = drafts[number]
            self.editor.write(name, given if with_titles else own._replace(body=given.body))
        self.check()

    # ---- releases

    @rule(
        name=st.sampled_from(NAMES),
        title=titles,
        body=bodies,
        folder=st.sampled_from(FOLDERS),
        dated=st.sampled_from(DATED),
    )
    def add(
        self, *, name: str, title: str, body: str, folder: str, dated: dict[str, object]
    ) -> None:
        """A release is added, or written anew."""
        front: dict[str, object] = {"title": title, **dated}
        self.editor.write(name, Draft(folder, front, body, {}))
        self.check()

    def edit(self, number: int, changed: dict[str, object], *, replacing: bool = False) -> None:
        """Some parts of a release are others."""
        name = self.editor.chosen(number)
        if name is not None:
            draft = self.editor.drafts[name]
            front = {**draft.front, **changed}
            body = str(front.pop("body", draft.body))
            folder = str(front.pop("folder", draft.folder))
            self.editor.write(
                name, draft._replace(front=front, body=body, folder=folder), replacing=replacing
            )
        self.check()

    @rule(number=at, body=bodies, replacing=st.booleans())
    def edit_body(self, *, number: int, body: str, replacing: bool) -> None:
        """A body is another."""
        self.edit(number, {"body": body}, replacing=replacing)

    @rule(number=at, title=titles, replacing=st.booleans())
    def edit_title(self, *, number: int, title: str, replacing: bool) -> None:
        """A title is another."""
        self.edit(number, {"title": title}, replacing=replacing)

    @rule(
        number=at,
        role=st.sampled_from(ROLES),
        parties=st.lists(st.sampled_from(PARTIES), unique=True, max_size=3),
    )
    def edit_roles(self, *, number: int, role: str, parties: list[str]) -> None:
        """Others take part in a role."""
        self.edit(number, {role: parties})

    @rule(number=at, programmes=st.lists(st.sampled_from(("help", "return")), unique=True))
    def edit_programme(self, *, number: int, programmes: list[str]) -> None:
        """A release belongs to other programmes."""
        self.edit(number, {"programme": programmes})

    @rule(number=at, folder=st.sampled_from(FOLDERS))
    def move(self, *, number: int, folder: str) -> None:
        """A release lies in the folder of another year, which changes no page."""
        self.edit(number, {"folder": folder})

    @rule(number=at, new=st.sampled_from(NAMES), leaving_address=st.booleans())
    def rename(self, *, number: int, new: str, leaving_address: bool) -> None:
        """A release has another id."""
        name = self.editor.chosen(number)
        if name is not None and new not in self.editor.drafts:
            self.editor.rename(name, new, leaving_address=leaving_address)
        self.check()

    @rule(number=at)
    def delete(self, number: int) -> None:
        """A release is deleted."""
        name = self.editor.chosen(number)
        if name is not None:
            self.editor.forget(name)
        self.check()

    @rule(number=at, lang=st.sampled_from(("ky", "en")), title=st.none() | titles)
    def translate(self, *, number: int, lang: str, title: str | None) -> None:
        """A release is translated, or its translation is gone."""
        name = self.editor.chosen(number)
        if name is not None:
            draft = self.editor.drafts[name]
            translations = {key: text for key, text in draft.translations.items() if key != lang}
            if title:
                translations[lang] = title
            self.editor.write(name, draft._replace(translations=translations))
        self.check()

    @rule(name=st.sampled_from(("photo.png", "list.csv")), size=st.integers(0, 3))
    def attach(self, *, name: str, size: int) -> None:
        """A file beside a release is another."""
        data = small_archive.picture(60 * size) if name == "photo.png" else b"a,b\n" * size
        self.editor.put(f"content/releases/2013/table/{name}", data)
        self.check()

    # ---- entities, templates, configuration

    @rule(path=st.sampled_from(sorted(small_archive.ENTITIES)), word=titles)
    def rename_entity(self, *, path: str, word: str) -> None:
        """An organization, programme, place or tag has another name."""
        self.editor.rename_entity(path, word)
        self.check()

    @rule(path=st.sampled_from(sorted(small_archive.ENTITIES)), word=st.sampled_from(WORDS))
    def describe_entity(self, *, path: str, word: str) -> None:
        """The description of an entity is longer."""
        self.editor.append(path, f"\n{word}\n")
        self.check()

    @rule(title=titles, lang=st.sampled_from(("", ".ky", ".en")))
    def retitle_anchor(self, *, title: str, lang: str) -> None:
        """The release that others link has another title."""
        path = f"content/releases/2012/anchor{lang}.md"
        before = (self.site.root / path).read_text(encoding="utf-8").split("\n")
        line = source_line("title", title)
        self.editor.put(path, "\n".join([line if x.startswith("title:") else x for x in before]))
        self.check()

    @rule(name=st.sampled_from(TEMPLATES), number=st.integers(1, 3))
    def edit_template(self, *, name: str, number: int) -> None:
        """A template, or one that others include, is another."""
        self.editor.mark(f"templates/{name}", number)
        self.check()

    @rule(lang=st.sampled_from(("ru", "ky", "en")), word=st.sampled_from(("Архив", "Кат", "Store")))
    def edit_interface(self, *, lang: str, word: str) -> None:
        """A word of the interface is another in one language."""
        self.editor.put(f"templates/locale/{lang}.po", small_archive.interface(lang, word))
        self.check()

    @rule(colour=st.sampled_from(("red", "tan", "black")))
    def edit_asset(self, *, colour: str) -> None:
        """A file that every page names is another."""
        self.editor.put("assets/site.css", f"p {{ color: {colour} }}\n")
        self.check()

    @rule(
        changed=st.sampled_from(CONFIGURATIONS),
        without=st.sets(st.sampled_from(small_archive.FEATURES), max_size=2),
    )
    def configure(self, *, changed: dict[str, object], without: set[str]) -> None:
        """The configuration is another; features may be switched off."""
        features = tuple(name for name in self.features if name not in without)
        self.editor.put("site.yaml", small_archive.site_yaml(features, **changed))
        self.check()

    @rule(
        engine=st.sampled_from(("test", "newer")),
        hours=st.sampled_from((0, 0, 1, 2, 24, 10_000)),
        drafts=st.booleans(),
        jobs=st.sampled_from((1, 1, 1, 2)),
    )
    def turn(self, *, engine: str, hours: int, drafts: bool, jobs: int) -> None:
        """The engine, the time and the options of the build are others."""
        now = NOW + timedelta(hours=hours)
        self.options = {"engine": engine, "now": now, "drafts": drafts, "jobs": jobs}
        self.check()

    # ---- files that come and go as such

    @rule(number=st.integers(0, 999))
    def touch(self, number: int) -> None:
        """A file has another time and the same bytes: nothing is rendered."""
        before = self.check()
        self.editor.touch(number)
        built = self.check()
        if before is not None and built is not None and before.result.published:
            assert not built.result.rendered

    @rule(number=st.integers(0, 999))
    def same_size(self, number: int) -> None:
        """A file has other bytes, and the size and time that it had."""
        self.editor.same_size(number)
        self.check()

    @rule(number=st.integers(0, 999))
    def restore(self, number: int) -> None:
        """An older file is back with its older time."""
        self.editor.restore(number)
        self.check()

    @rule(number=st.integers(0, 999))
    def break_and_mend(self, number: int) -> None:
        """A source has a mistake, which is told and publishes nothing, and then has none."""
        paths = [path for path in self.editor.sources() if path.endswith(".md")]
        path = paths[number % len(paths)]
        good = (self.site.root / path).read_bytes()
        self.editor.put(path, b"---\nunknown: [\n---\n")
        built = self.check()
        assert built is None or not built.result.published
        self.editor.put(path, good)
        self.check()

    # ---- what builds leave

    @rule(number=st.integers(0, 999), manner=st.sampled_from(DAMAGE), where=st.integers(0, 9999))
    def damage_output(self, *, number: int, manner: str, where: int) -> None:
        """A published file is altered or missing."""
        paths = sorted(set(tree(self.site.public)) - set(self.foreign) - {MARK})
        if paths:
            time.sleep(TICK_SECONDS)
            damage(self.site.public / paths[number % len(paths)], manner, where)
        self.check()

    @rule(name=st.sampled_from(("proof.html", "releases/anchor/note.txt", "releases/r1/note.txt")))
    def drop_foreign(self, name: str) -> None:
        """Somebody else's file in the output is never touched."""
        path = self.site.public / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"foreign")
        self.foreign[name] = b"foreign"
        self.check()

    @rule(number=at, manner=st.sampled_from(DAMAGE), where=st.integers(0, 99_999))
    def damage_cache(self, *, number: int, manner: str, where: int) -> None:
        """A file of the cache is damaged: the manifest, the records, the bodies or another."""
        cache = self.site.root / ".mksite"
        paths = sorted(p for p in cache.rglob("*") if p.is_file() and p.name != "lock")
        if paths:
            damage(paths[number % len(paths)], manner, where)
        self.check()

    @rule(what=st.sampled_from(("cache", "output")))
    def keep(self, what: str) -> None:
        """The cache or the output is copied away."""
        carry(self.place(what), self.folder / what)

    @rule(what=st.sampled_from(("cache", "output")))
    def carry_back(self, what: str) -> None:
        """An older cache or an older output is back, as from a store between machines."""
        kept = self.folder / what
        if kept.exists() and (what == "cache" or (kept / MARK).exists()):
            carry(kept, self.place(what))
            if what == "output":
                self.foreign = {path: b"foreign" for path in self.foreign if (kept / path).exists()}
        self.check()

    def place(self, what: str) -> Path:
        """The folder that is copied away and back."""
        return self.site.root / ".mksite" if what == "cache" else self.site.public

    @rule(writes=st.integers(0, 40), number=at, title=titles)
    def fail(self, *, writes: int, number: int, title: str) -> None:
        """A build ends in the middle, for the disk is full; the next one is right."""
        real = os.replace
        done = 0

        def replace(*paths: str) -> None:
            nonlocal done
            done += 1
            if done > writes:
                raise OSError(28, "no space left", paths[0])
            real(*paths)

        name = self.editor.chosen(number)
        if name is not None:
            draft = self.editor.drafts[name]
            self.editor.write(name, draft._replace(front={**draft.front, "title": title}))
        with mock.patch("os.replace", replace), suppress(OSError, MksiteError):
            self.build()
        self.check()


def stats(folder: Path) -> dict[Path, tuple[int, int]]:
    """Size and time of all files: they tell whether anything was written at all."""
    found = {path: path.lstat() for path in folder.rglob("*")}
    return {path: (stat.st_size, stat.st_mtime_ns) for path, stat in found.items()}


def source_line(key: str, value: object) -> str:
    """One line of the front matter."""
    return small_archive.source({key: value}).split("\n")[1]


class FreshnessOfFeatures(Freshness):
    """The same with all features."""

    features = small_archive.FEATURES


@pytest.mark.slow
@pytest.mark.parametrize("machine", [Freshness, FreshnessOfFeatures])
def test_incremental_is_clean(machine: type[Freshness]) -> None:
    """After every step of any sequence of changes the output equals a clean build's."""
    chosen = settings(
        max_examples=max(1, SEQUENCES // 2),
        stateful_step_count=STEPS,
        derandomize="MKSITE_SEQUENCES" not in os.environ,  # a long run tries others each time
        phases=PHASES,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=chosen)
