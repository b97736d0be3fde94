"""catalogue: What a person may be reached by is published only where it is marked as public."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site_builder import SITE_YAML

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.site_builder import Content, SmallSite

    Maker = Callable[[Mapping[str, Content]], SmallSite]

PATH = "content/releases/2013/meeting.md"
BODY = "Звоните: 0555 12 34 56, пишите asan@mail.ru.\n"
PUBLIC = 'public: ["0555 12 34 56", "asan@mail.ru"]'


def told(site: SmallSite) -> list[tuple[str, str]]:
    """The file and code of everything that is wrong."""
    return [(problem.path, problem.code) for problem in site.build().result.problems]


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("", ["personal-phone", "personal-email"]),
        ('public: ["0555 12 34 56"]', ["personal-email"]),
        ('public: ["+996 555 123456", "Asan@mail.ru"]', []),
        ("contact: {phone: 0555-12-34-56, email: asan@mail.ru}", []),
        ("contact: {phone: '66-00-88, 0555 123456', email: asan@mail.ru}", []),
        ("draft: true", []),
        ("withdrawn: {date: 2020-01-01, reason: Ошибка}", []),
    ],
)
def test_what_is_public(line: str, codes: list[str], make_site: Maker) -> None:
    """The contact, and what `public` lists, however it is written; nobody reads a draft."""
    site = make_site({PATH: f"---\ntitle: Встреча\n{line}\n---\n{BODY}".replace("\n\n", "\n", 1)})
    assert sorted(told(site)) == sorted((PATH, code) for code in codes)


def test_a_translation_has_the_consent_of_its_original(make_site: Maker) -> None:
    """`public` of the original holds for all languages; a site's own contact everywhere."""
    translated = PATH.replace(".md", ".en.md")
    site = make_site(
        {PATH: "---\ntitle: Встреча\n---\n", translated: f"---\ntitle: A\n---\n{BODY}"}
    )
    assert {path for path, _ in told(site)} == {translated}
    site.write({PATH: f"---\ntitle: Встреча\n{PUBLIC}\n---\n"})
    assert not told(site)
    site.write({PATH: "---\ntitle: Встреча\n---\n"})
    contact = "contact: {phone: 0555 12 34 56, email: asan@mail.ru}\n"
    site.write({"site.yaml": SITE_YAML + contact})
    assert not told(site)


def test_a_withdrawn_release_shows_its_reason(make_site: Maker) -> None:
    """The reason is read by everybody; the text that was taken back keeps nobody from doing so."""
    reason = "withdrawn: {date: 2020-01-01, reason: Ошибка, звоните 0700 11 22 33}"
    reason = reason.replace("Ошибка, звоните 0700 11 22 33", "'Звоните: 0700 11 22 33'")
    site = make_site({PATH: f"---\ntitle: Встреча\n{reason}\n---\n{BODY}"})
    assert told(site) == [(PATH, "personal-phone")]


def test_other_texts_are_judged_too(make_site: Maker) -> None:
    """An organization's text and a page's, and fields of a release."""
    files: dict[str, Content] = {
        "content/organizations/iom.md": f"---\nname: МОМ\n---\n{BODY}",
        "content/pages/about.md": f"---\ntitle: О нас\n---\n{BODY}",
        PATH: "---\ntitle: Встреча\nsummary: Тел. 66-00-88\n---\n",
    }
    site = make_site(files)
    assert {path for path, _ in told(site)} == set(files)
    for path in list(files)[:2]:
        files[path] = str(files[path]).replace("\n---", f"\n{PUBLIC}\n---")
    site.write(files)
    assert {path for path, _ in told(site)} == {PATH}
