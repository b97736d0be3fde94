"""render.interface: catalogues compiled once, kept by digest, and mended when they are damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mksite.errors import UsageError
from mksite.render import interface

if TYPE_CHECKING:
    import gettext
    from pathlib import Path

PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);\\n"

msgid "Home"
msgstr "Главная"

msgctxt "role"
msgid "funder"
msgstr "Донор"

msgid "%(num)s record"
msgid_plural "%(num)s records"
msgstr[0] "%(num)s запись"
msgstr[1] "%(num)s записи"
msgstr[2] "%(num)s записей"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site with a Russian catalogue."""
    path = interface.catalogue_path(tmp_path, "ru")
    path.parent.mkdir(parents=True)
    path.write_text(PO, "utf-8")
    return tmp_path


def load(root: Path, lang: str, folder: Path, digest: str) -> gettext.NullTranslations:
    """The translations of a language of the site."""
    return interface.load(interface.catalogue_path(root, lang), lang, folder, digest)


def test_load(root: Path) -> None:
    """Texts, contexts and plurals are those of the catalogue."""
    found = load(root, "ru", root / "cache", "one")
    assert found.gettext("Home") == "Главная"
    assert found.pgettext("role", "funder") == "Донор"
    counts = [found.ngettext("%(num)s record", "%(num)s records", n) for n in (1, 3, 5, 21)]
    assert counts == ["%(num)s запись", "%(num)s записи", "%(num)s записей", "%(num)s запись"]


def test_what_is_missing_stays_english(root: Path) -> None:
    """A text without a translation, or a language without a catalogue, stays as it is."""
    assert load(root, "ru", root / "cache", "one").gettext("Other") == "Other"
    assert load(root, "en", root / "cache", "").gettext("Home") == "Home"


def test_compiled_once(root: Path) -> None:
    """The second time the catalogue itself is not read; another digest is another catalogue."""
    load(root, "ru", root / "cache", "one")
    path = interface.catalogue_path(root, "ru")
    path.write_text(PO.replace("Главная", "Начало"), "utf-8")
    assert load(root, "ru", root / "cache", "one").gettext("Home") == "Главная"
    assert load(root, "ru", root / "cache", "two").gettext("Home") == "Начало"


@pytest.mark.parametrize("damage", [b"", b"\0", b"\xde\x12\x04\x95", b"text" * 10])
def test_a_damaged_file_is_made_anew(damage: bytes, root: Path) -> None:
    """Half a compiled file is as good as none."""
    cache = root / "cache"
    load(root, "ru", cache, "one")
    (compiled,) = cache.iterdir()
    whole = compiled.read_bytes()
    compiled.write_bytes(damage)
    assert load(root, "ru", cache, "one").gettext("Home") == "Главная"
    assert compiled.read_bytes() == whole


@pytest.mark.parametrize("text", ["nonsense\n", 'msgid "Home"\nmsgstr[x] "A"\n'])
def test_a_mistake_in_a_catalogue(text: str, root: Path) -> None:
    """A catalogue that cannot be read is told by its name."""
    interface.catalogue_path(root, "ru").write_text(text, "utf-8")
    with pytest.raises(UsageError) as raised:
        load(root, "ru", root / "cache", "one")
    assert raised.value.code == "catalogue-fault"
    assert raised.value.values["name"] == "ru.po"
