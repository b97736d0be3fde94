"""An editor at work on the small archive: each method is one change of files on the disk."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING, NamedTuple

from tests.site_builder import Content, SmallSite, encoded
from tests.small_archive import named, source

if TYPE_CHECKING:
    from pathlib import Path

ROLES = ("organizers", "partners", "support", "funders", "participants")
PARTIES = ("centre", "fund", "union", "help", "Старый фонд", "Союз")
FOLDERS = ("2012", "2013", "undated", ".")


class Draft(NamedTuple):
    """A release as the editor has it before it is written."""

    folder: str
    front: dict[str, object]
    body: str
    translations: dict[str, str]


class Saved(NamedTuple):
    """A file as it was: its bytes and its modification time in nanoseconds."""

    path: str
    data: bytes
    mtime_ns: int


class Editor:
    """Knows the releases that it wrote itself, and every earlier state of every file."""

    def __init__(self, site: SmallSite) -> None:
        self.site = site
        self.drafts: dict[str, Draft] = {}
        self.history: list[Saved] = []

    # ---- files

    def put(self, path: str, content: Content, *, replacing: bool = False) -> None:
        """The file has this content; written in place, or whole beside it and then renamed."""
        target = self.site.root / path
        self.remember(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        if replacing:
            beside = target.with_name(f".{target.name}.swp")
            beside.write_bytes(encoded(content))
            beside.replace(target)
        else:
            target.write_bytes(encoded(content))

    def remove(self, path: str) -> None:
        """The file is gone."""
        self.remember(path)
        (self.site.root / path).unlink()

    def remember(self, path: str) -> None:
        """The file as it is now may be restored later."""
        target = self.site.root / path
        if target.exists():
            saved = Saved(path, target.read_bytes(), target.stat().st_mtime_ns)
            self.history.append(saved)

    def restore(self, at: int) -> None:
        """A file is as it was once, with the modification time that it had then."""
        if self.history:
            saved = self.history[at % len(self.history)]
            self.put(saved.path, saved.data)
            os.utime(self.site.root / saved.path, ns=(saved.mtime_ns, saved.mtime_ns))

    def sources(self) -> list[str]:
        """The paths of all files that the build reads."""
        root = self.site.root
        folders = ("content", "templates", "assets")
        found = [path for name in folders for path in (root / name).rglob("*") if path.is_file()]
        return sorted(path.relative_to(root).as_posix() for path in (root / "site.yaml", *found))

    def touch(self, at: int) -> None:
        """A file is the same and its modification time another."""
        paths = self.sources()
        path = self.site.root / paths[at % len(paths)]
        os.utime(path, ns=(path.stat().st_mtime_ns + 7_000_000_000,) * 2)

    def same_size(self, at: int) -> None:
        """A letter of a body, a template or an asset is another; size and time stay."""
        paths = [path for path in self.sources() if path.endswith((".md", ".html", ".css"))]
        path = paths[at % len(paths)]
        swaps = {".html": ("<p>", "<q>"), ".css": ("k", "c")}
        old, new = swaps.get(path[path.rindex(".") :], ("о", "а"))
        head, found, tail = (self.site.root / path).read_text(encoding="utf-8").rpartition(old)
        if found and "---" not in tail:
            before = (self.site.root / path).stat().st_mtime_ns
            self.put(path, f"{head}{new}{tail}")
            os.utime(self.site.root / path, ns=(before, before))

    # ---- releases

    def chosen(self, at: int) -> str | None:
        """One of the releases, or None where there is none."""
        names = sorted(self.drafts)
        return names[at % len(names)] if names else None

    def path(self, name: str, lang: str = "") -> str:
        """Where a release or its translation lies."""
        suffix = f".{lang}.md" if lang else ".md"
        return os.path.normpath(f"content/releases/{self.drafts[name].folder}/{name}{suffix}")

    def write(self, name: str, draft: Draft, *, replacing: bool = False) -> None:
        """The release is in its files, and in no others."""
        old = {self.path(name, lang) for lang in self.langs(name)}
        self.drafts[name] = draft
        new = {self.path(name, lang) for lang in self.langs(name)}
        for path in old - new:
            if (self.site.root / path).exists():  # a restored file may have taken it away
                self.remove(path)
        self.put(self.path(name), source(draft.front, draft.body), replacing=replacing)
        for lang, title in draft.translations.items():
            text = source({"title": title}, f"{title}: [[anchor]].")
            self.put(self.path(name, lang), text, replacing=replacing)

    def langs(self, name: str) -> list[str]:
        """The languages of a release's files; the original's is ""."""
        return ["", *self.drafts[name].translations] if name in self.drafts else []

    def forget(self, name: str) -> None:
        """The release is deleted with its translations."""
        for lang in self.langs(name):
            if (self.site.root / self.path(name, lang)).exists():
                self.remove(self.path(name, lang))
        del self.drafts[name]

    def rename(self, name: str, new: str, *, leaving_address: bool) -> None:
        """The release has another id; its old address may be kept as an alias."""
        draft = self.drafts[name]
        self.forget(name)
        front = {**draft.front}
        if leaving_address:
            front["aliases"] = [f"/releases/{name}/"]
        self.write(new, draft._replace(front=front))

    # ---- everything else

    def rename_entity(self, path: str, word: str) -> None:
        """An entity has another name in one language."""
        lines = (self.site.root / path).read_text(encoding="utf-8").split("\n")
        front = {line.partition(":")[0]: line for line in lines}
        if "name" in front:
            at = lines.index(front["name"])
            name = named(word, "Аталышы", "Name")
            lines[at] = source({"name": name}).split("\n")[1]
            self.put(path, "\n".join(lines))

    def mark(self, path: str, number: int) -> None:
        """The first element of a template has a mark."""
        text = (self.site.root / path).read_text(encoding="utf-8")
        marked = re.sub(r"<(main|ul|p)( id=\d)?>", rf"<\1 id={number}>", text, count=1)
        self.put(path, marked)

    def append(self, path: str, text: str) -> None:
        """The file has some more text at its end."""
        self.put(path, (self.site.root / path).read_bytes() + text.encode())


def damage(path: Path, manner: str, at: int) -> None:
    """A file of a cache or an output is damaged; `at` chooses where."""
    if not path.is_file():
        return
    data = path.read_bytes()
    where = at % len(data) if data else 0
    if manner == "missing":
        path.unlink()
    elif manner == "empty":
        path.write_bytes(b"")
    elif manner == "cut":
        path.write_bytes(data[:where])
    elif manner == "flipped" and data:
        path.write_bytes(data[:where] + bytes([data[where] ^ 0x20]) + data[where + 1 :])
    elif manner == "longer":
        path.write_bytes(data + b"\0garbage")


def carry(source_folder: Path, target: Path) -> None:
    """A folder is as it was when it was copied away: what a cache between machines does."""
    shutil.rmtree(target, ignore_errors=True)
    if source_folder.exists():
        shutil.copytree(source_folder, target)
