"""Another language, kind or role is declared once, and the whole site has it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests import small_archive

if TYPE_CHECKING:
    from pathlib import Path

# The model is loaded with the lines that CONTRIBUTING.md names, before anything else asks for it.
GROW = r'''
import importlib.util, sys
import mksite.content
from mksite.language import languages
import msgspec

def grown(name, *edits):
    spec = importlib.util.find_spec(name)
    text = spec.loader.get_source(name)
    for old, new in edits:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    exec(compile(text, spec.origin, "exec"), module.__dict__)
    setattr(sys.modules[name.rpartition(".")[0]], name.rpartition(".")[2], module)

kazakh = msgspec.structs.replace(languages.LANGUAGES["ru"], code="kk", locale="kk_KZ")
languages.LANGUAGES["kk"] = kazakh
grown(
    "mksite.content.role",
    ('    "partner",\n    "support",', '    "partner",\n    "observer",\n    "support",'),
    ('    "support": RoleSpec(', """    "observer": RoleSpec(
        release_field="observers", event_property="attendee", work_property="contributor"
    ),
    "support": RoleSpec("""),
)
grown(
    "mksite.content.model",
    ('"organization", "programme", "place"', '"organization", "council", "programme", "place"'),
    ("Entity = Organization |", "Entity = Council | Organization |"),
    ("Original = Release |", "Original = Release | Council |"),
    ("class Place(Struct", """class Council(Struct, frozen=True, tag="council", tag_field="kind"):
    name: Text
    lang: str | None = None
    short: Text | None = None
    aliases: tuple[str | Alias, ...] = ()
    former: tuple[FormerName, ...] = ()
    mention: bool = True
    addresses: tuple[str, ...] = ()
    parent: Name | None = None


class Place(Struct"""),
    ('    "place": KindSpec(', """    "council": KindSpec(
        folder="councils",
        struct=Council,
        is_party=True,
        around="parent",
        schema_type="Organization",
    ),
    "place": KindSpec("""),
    ("    partners: tuple[Name, ...] = ()\n    support: tuple[Name, ...] = ()\n"
     "    funders: tuple[Name, ...] = ()\n    programme",
     "    partners: tuple[Name, ...] = ()\n    observers: tuple[Name, ...] = ()\n"
     "    support: tuple[Name, ...] = ()\n    funders: tuple[Name, ...] = ()\n    programme"),
)
from mksite.command.cli import main
sys.argv = ["mksite", "build", *sys.argv[1:]]
main()
'''

FILES = {
    "content/councils/elders.md": "---\nname: {ru: Совет старейшин, kk: Ақсақалдар кеңесі}\n---\n",
    "content/councils/young.md": "---\nname: Совет молодых\nparent: elders\n---\nО [[elders]].\n",
    "content/releases/2013/grown.md": """\
        ---
        title: Совет собрался
        date: 2013-05-06
        organizers: [Совет молодых]
        observers: [Совет старейшин, centre]
        ---
        Говорили о [[elders|старейшинах]].
        """,
    "content/releases/2013/grown.kk.md": "---\ntitle: Кеңес жиналды\n---\nМәтін.\n",
}


def test_language_kind_and_role(tmp_path: Path) -> None:
    """A language, a kind and a role that are declared in one place each are on every page."""
    site = small_archive.make_real(tmp_path / "site", features=True)
    languages = {"languages": ["ru", "ky", "en", "kk"]}
    site.write({**FILES, "site.yaml": small_archive.site_yaml(small_archive.FEATURES, **languages)})
    for _ in range(2):
        ended = subprocess.run(
            [sys.executable, "-c", GROW, "--site", str(site.root), "--jobs", "1"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
    release = (site.public / "releases/grown/index.html").read_text("utf-8")
    assert "councils/elders/" in release
    assert "councils/young/" in release
    assert "Кеңес жиналды" in (site.public / "kk/releases/grown/index.html").read_text("utf-8")
    elders = (site.public / "councils/elders/index.html").read_text("utf-8")
    assert "releases/grown/" in elders
    assert "councils/young/" in elders
    assert "Ақсақалдар" in (site.public / "kk/councils/index.html").read_text("utf-8")
    assert "Совет собрался" in (site.public / "councils/young/feed.xml").read_text("utf-8")
    assert "council" in (site.public / "data/names.csv").read_text("utf-8-sig")
    assert "observer" in (site.public / "data/relations.csv").read_text("utf-8-sig")
    assert "councils/elders/" in (site.public / "sitemap.xml").read_text("utf-8")
