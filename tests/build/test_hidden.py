"""Drafts and releases under embargo: until their time nothing of them is anywhere."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.command.test_bad_input import PNG
from tests.site_builder import SITE_YAML

if TYPE_CHECKING:
    from tests.site_builder import Content, SmallSite

Maker = Callable[[Mapping[str, "Content"]], "SmallSite"]
ROOT = Path(__file__).parents[2]
BEFORE = datetime(2026, 12, 18, 2, 59, tzinfo=UTC)
AFTER = datetime(2026, 12, 18, 3, 0, tzinfo=UTC)  # nine in the morning in Bishkek
SECRET = re.compile("секретн|secret|жашыруун".encode(), re.IGNORECASE)
ENTITIES: dict[str, Content] = {
    "site.yaml": SITE_YAML + "features: {search: false}\n",
    "content/organizations/iom.md": "---\nname: МОМ\n---\n",
    "content/programmes/rmp.md": "---\nname: Программа\nfunders: [iom]\n---\n",
    "content/places/bishkek.md": "---\nname: Бишкек\n---\n",
    "content/tags/labour.md": "---\nname: Труд\n---\n",
    "content/releases/open.md": """\
        ---
        title: Открытый
        date: 2026-12-01
        organizers: [iom]
        programme: rmp
        venue: bishkek
        tags: [labour]
        ---
        Об этом [[secret|уже писали]], [[iom]].
        """,
}


def hidden(line: str) -> dict[str, Content]:
    """A release with everything that a release can have, and this line."""
    return {
        "content/releases/secret.md": f"""\
            ---
            title: Секретный
            date: 2026-12-18
            event: {{type: training, start: 2026-12-20, end: 2026-12-21}}
            {line}
            organizers: [iom]
            funders: [iom]
            programme: rmp
            venue: bishkek
            tags: [labour]
            summary: Секретное краткое
            speakers: [{{name: Секретный Человек, organization: iom}}]
            contact: {{name: Секретная, email: secret@example.kg}}
            corrections: [{{date: 2026-12-18, text: Секретная правка}}]
            aliases: [/secret/old/]
            photos: [{{file: secret.png, alt: Секретный снимок}}]
            ---
            Секретный текст о [[open|прежнем]].
            """,
        "content/releases/secret.en.md": "---\ntitle: Secret\n---\nSecret text.\n",
        "content/releases/secret.ky.md": "---\ntitle: Жашыруун\n---\nЖашыруун текст.\n",
        "content/releases/secret/secret.png": PNG,
    }


def full(site: SmallSite) -> SmallSite:
    """The site with the archive's own templates and assets."""
    shutil.rmtree(site.root / "templates")
    for name in ("templates", "assets"):
        shutil.copytree(ROOT / name, site.root / name)
    return site


@pytest.mark.parametrize("line", ["draft: true", "embargo: 2026-12-18T09:00"])
def test_nothing_of_a_hidden_release_is_anywhere(line: str, make_site: Maker) -> None:
    """The output is byte for byte what it is without the release; a link to it is only words."""
    built = full(make_site({**ENTITIES, **hidden(line)})).build(now=BEFORE)
    assert built.result.problems == ()
    told = {path for path, data in built.public.items() if SECRET.search(path.encode() + data)}
    assert told == set()
    page = built.public["releases/open/index.html"].decode()
    assert "уже писали" in page
    without = {**ENTITIES}
    text = str(without["content/releases/open.md"])
    without["content/releases/open.md"] = text.replace("[[secret|уже писали]]", "уже писали")
    plain = full(make_site(without)).build(now=BEFORE)
    assert built.public == plain.public


def test_an_embargo_ends_by_itself(make_site: Maker) -> None:
    """At its minute the release is everywhere, without a change of any file; before it, gone."""
    site = full(make_site({**ENTITIES, **hidden("embargo: 2026-12-18T09:00")}))
    before = site.build(now=BEFORE)
    after = site.build(now=AFTER)
    for path in ("releases/secret", "en/releases/secret", "ky/releases/secret", "secret/old"):
        assert f"{path}/index.html" in after.public
    for path in (
        "organizations/iom",
        "programmes/rmp",
        "places/bishkek",
        "tags/labour",
        "timeline/2026",
    ):
        assert b"/releases/secret/" in after.public[f"{path}/index.html"], path
    assert b'href="/releases/secret/"' in after.public["releases/open/index.html"]
    again = site.build(now=BEFORE)
    assert again.public == before.public


@pytest.mark.parametrize("line", ["draft: true", "embargo: 2026-12-18T09:00"])
def test_drafts_are_shown_when_asked_for(line: str, make_site: Maker) -> None:
    """--drafts shows both kinds, and the build after it without the option takes them back."""
    site = full(make_site({**ENTITIES, **hidden(line)}))
    without = site.build(now=BEFORE)
    shown = site.build(now=BEFORE, drafts=True)
    assert "releases/secret/index.html" in shown.public
    assert site.build(now=BEFORE).public == without.public


def test_a_draft_page(make_site: Maker) -> None:
    """A static page may be a draft; then neither menu nor links lead to it."""
    files: dict[str, Content] = {
        **ENTITIES,
        "content/pages/secret.md": "---\ntitle: Секретный\ndraft: true\naliases: [/old/]\n---\n",
    }
    built = full(make_site(files)).build()
    assert built.result.problems == ()
    told = {path for path, data in built.public.items() if SECRET.search(path.encode() + data)}
    assert told == set()
