"""JSON-LD: schema.org's terms where schema.org has them, nothing surer than the content."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mksite.build import capabilities
from mksite.pages.data.data import DataView
from mksite.pages.frame import Frame
from mksite.render.metadata import json_ld
from mksite.view.entity import OrganizationView, ProgrammeView
from mksite.view.page import view_of
from mksite.view.part import ImageSource, Words
from mksite.view.release import PhotoView, ReleaseView
from tests import small_archive, vocabulary
from tests.site_builder import SITE_YAML, catalogue_of, site_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mksite.view.page import Page
    from mksite.view.part import SiteView, View

CHECKOUT = Path(__file__).parents[2]


def label(context: str, code: str) -> str:
    """The words for a code, recognisable."""
    return f"{context}:{code}"


def views(files: Mapping[str, Any], config: str) -> Iterator[tuple[Page, View, SiteView]]:
    """Every page of a site with its View and what it knows of the site."""
    site = site_of(config)
    content = {path: text for path, text in files.items() if path.startswith("content/")}
    catalogue, problems = catalogue_of(content, site)
    assert not [problem for problem in problems if problem.severity == "error"]
    sites = capabilities.site_views(catalogue)
    frames = tuple(Frame(catalogue, lang) for lang in site.languages)
    for capability in capabilities.CAPABILITIES:
        for page in capability(catalogue, frames):
            if page.template:
                yield page, view_of(page), sites[page.lang]


def small() -> Iterator[tuple[Page, View, SiteView]]:
    """The pages of the small archive."""
    return views(small_archive.files(), small_archive.site_yaml())


def real() -> Iterator[tuple[Page, View, SiteView]]:
    """The pages of the site in this checkout."""
    files = {
        path.relative_to(CHECKOUT).as_posix(): path.read_text(encoding="utf-8")
        for path in (CHECKOUT / "content").rglob("*.md")
    }
    return views(files, (CHECKOUT / "site.yaml").read_text(encoding="utf-8"))


def of_release(text: str) -> dict[str, Any]:
    """The JSON-LD of a site's only release, its subject alone."""
    files = {
        "content/releases/x.md": f"---\ntitle: Т\n{text}---\n",
        "content/organizations/fund.md": "---\nname: Фонд\n---\n",
        "content/places/osh.md": "---\nname: Ош\n---\n",
    }
    found = [
        json_ld.data(view, site, label)
        for _, view, site in views(files, SITE_YAML)
        if isinstance(view, ReleaseView)
    ]
    assert len(found) == 1
    assert vocabulary.mistakes(vocabulary.graph_of(found[0])) == []
    node: dict[str, Any] = found[0]["@graph"][0]
    return node


@pytest.mark.parametrize("pages", [small, real])
def test_every_page_says_what_schema_org_allows(
    pages: Callable[[], Iterator[tuple[Page, View, SiteView]]],
) -> None:
    """Each property stands on a type that has it and says a value of a type that it takes."""
    seen = set()
    for page, view, site in pages():
        found = json_ld.data(view, site, label)
        if page.template in ("redirect.html", "404.html", "feed.css"):
            assert found == {}
            continue
        seen.add(page.template)
        assert vocabulary.mistakes(vocabulary.graph_of(found)) == [], page.path
    assert {"release.html", "organization.html", "programme.html", "place.html"} <= seen
    assert {"tag.html", "home.html", "index.html", "timeline.html", "year.html"} <= seen


def test_the_check_finds_mistakes() -> None:
    """The vocabulary refuses a property on a wrong type, a wrong value, and unknown terms."""
    wrong = {
        "@context": "https://schema.org",
        "@type": "Project",
        "startDate": "2012",
        "member": {"@type": "Place", "colour": "red"},
    }
    found = vocabulary.mistakes(vocabulary.graph_of(wrong))
    assert [mistake.split(" says ")[0] for mistake in found] == [
        "member",
        "no property https://schema.org/colour",
        "startDate on ['Organization', 'Project', 'Thing']",
    ]


def test_a_thing_has_one_identity_in_all_languages() -> None:
    """The ids of organizations, programmes and events do not depend on the page's language."""
    found: dict[str, set[str]] = {}
    for page, view, site in small():
        if isinstance(view, OrganizationView | ProgrammeView):
            node = json_ld.data(view, site, label)["@graph"][0]
            found.setdefault(view.id, set()).add(node["@id"])
            assert node["mainEntityOfPage"] == f"{site.url}/{page.path.removesuffix('index.html')}"
    assert all(len(ids) == 1 for ids in found.values())
    assert found["centre"] == {"https://archive.example/organizations/centre/#this"}


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2013-03-26", "2013-03-26"),
        ("2013-03-26T09:30", "2013-03-26T09:30"),
        ("2013-03-26T09:30+06:00", "2013-03-26T09:30+06:00"),
        ("2013-03", "2013-03"),
        ("2013", "2013"),
        ("2013-21", "2013"),
        ("2013-03-26/2013-03-28", "2013-03"),
        ("[2013-03-26,2013-04-02]", "2013"),
        ("2013-03-?26", "2013-03"),
        ("2012-03-06?", None),
        ("2012~", None),
        ("201X", None),
        ("XXXX-03-06", None),
        ("[2012,2013]", None),
        ("2012/2014", None),
    ],
)
def test_an_event_begins_when_it_surely_did(start: str, expected: str | None) -> None:
    """Of a date only the certain part is said, and nothing where the year is in doubt."""
    node = of_release(f'event: {{type: training, start: "{start}", status: cancelled}}\n')
    event = node["about"][0]
    assert event.get("startDate") == expected
    assert (event["@type"], event["eventStatus"]) == (
        "EducationEvent",
        "https://schema.org/EventCancelled",
    )


def test_an_event_says_where_by_an_address() -> None:
    """Google lists no event without a place that has an address: the city is one."""
    node = of_release("event: {start: 2013-03-26}\nvenue: Ош\nsummary: О встрече\n")
    (event,) = node["about"]
    assert event["location"]["name"] == event["location"]["address"] == "Ош"
    assert event["description"] == "О встрече"


def test_a_correction_is_told_with_its_day() -> None:
    """What was mended, as schema.org's comment on a work."""
    node = of_release("date: 2013\ncorrections: [{date: 2020-01-05, text: Имя исправлено.}]\n")
    assert node["correction"] == [
        {"@type": "CorrectionComment", "text": "Имя исправлено.", "datePublished": "2020-01-05"}
    ]
    assert node["dateModified"] == "2020-01-05"


def test_a_picture_has_its_size() -> None:
    """That of the file which is named, in pixels."""
    photo = PhotoView(
        modern=(),
        modern_type="",
        plain=(ImageSource("/a.480.jpg", 480), ImageSource("/a.960.jpg", 960)),
        width=1920,
        height=1280,
        alt=Words("Люди"),
        caption=None,
        credit=Words("Фото центра"),
    )
    (first, *_) = [(view, site) for _, view, site in small() if isinstance(view, ReleaseView)]
    view, site = first
    found = json_ld.data(msgspec.structs.replace(view, photos=(photo,)), site, label)
    assert vocabulary.mistakes(vocabulary.graph_of(found)) == []
    (image,) = found["@graph"][0]["image"]
    assert image["contentUrl"] == f"{site.url}/a.960.jpg"
    assert (image["width"]["value"], image["height"]["value"]) == (960, 640)
    assert (image["caption"], image["creditText"]) == ("Люди", "Фото центра")


def test_the_data_are_one_dataset_with_all_its_files() -> None:
    """Each language's page says the same Dataset, whose downloads are the files of the page."""
    datasets = []
    links = set()
    for _, view, site in real():
        if isinstance(view, DataView):
            datasets.append(json_ld.data(view, site, label)["@graph"][0])
            tables = [table.csv for table in view.tables if table.csv]
            links |= {f"{site.url}{href}" for href in (view.json, view.sqlite, *tables)}
    assert len(datasets) == 3
    assert len({node["@id"] for node in datasets}) == 1
    for node in datasets:
        assert node["@type"] == "Dataset"
        assert 50 <= len(node["description"]) <= 5000  # what Google takes
        assert node["license"].startswith("https://creativecommons.org/")
        files = {download["contentUrl"] for download in node["distribution"]}
        assert files == links
        types = {download["encodingFormat"] for download in node["distribution"]}
        assert types == {"text/csv", "application/json", "application/vnd.sqlite3"}


def test_a_release_without_an_event_is_about_none() -> None:
    """No event is made up: who paid and where stand on the article itself."""
    node = of_release("date: 2013-03-25\nfunders: [fund]\nvenue: osh\n")
    assert "about" not in node
    assert node["datePublished"] == "2013-03-25"
    assert [funder["name"] for funder in node["funder"]] == ["Фонд"]
    assert node["contentLocation"]["name"] == "Ош"


def test_the_roles_of_an_event() -> None:
    """Roles are schema.org's; a programme's funder stays with the programme."""
    graphs = {
        view.id: json_ld.data(view, site, label)["@graph"][0]
        for page, view, site in small()
        if isinstance(view, ReleaseView) and page.lang == "ru"
    }
    table = graphs["table"]["about"][0]
    assert [node["@type"] for node in table["organizer"]] == ["Project"]
    assert [node["name"] for node in table["contributor"]] == ["Союз"]
    assert [node["@id"].rpartition("/organizations/")[2] for node in table["funder"]] == [
        "fund/#this"
    ]
    assert table["performer"] == [
        {
            "@type": "Person",
            "name": "Айгуль",
            "jobTitle": ["юрист"],
            "affiliation": [
                {
                    "@type": "Organization",
                    "@id": "https://archive.example/organizations/union/#this",
                    "name": "Союз",
                }
            ],
        }
    ]
    assert table["location"]["containedInPlace"]["name"] == "Бишкек"
    anchor = graphs["anchor"]
    programme = next(node for node in anchor["about"] if node["@type"] == "Project")
    inherited = [node["@id"] for node in programme["funder"]]
    assert inherited == ["https://archive.example/organizations/fund/#this"]
    assert "funder" not in anchor


def test_a_programme_has_its_period_in_its_roles() -> None:
    """A Project has no dates; each Role in it carries them."""
    for _, view, site in real():
        if isinstance(view, ProgrammeView) and view.id == "migrant-rights-kg":
            node = json_ld.data(view, site, label)["@graph"][0]
            role = node["funder"][0]
            assert (role["@type"], role["startDate"], role["endDate"]) == ("Role", "2012", "2014")
            assert role["roleName"] == "role:funder"
            assert role["funder"]["@type"] == "Organization"
            assert "startDate" not in node


def test_an_organization_has_all_its_names() -> None:
    """Names in other languages, short, former and alternative ones are alternateName, each once."""
    for _, view, site in real():
        if isinstance(view, OrganizationView) and view.id == "tac" and view.head.lang == "ru":
            node = json_ld.data(view, site, label)["@graph"][0]
            names = node["alternateName"]
            assert node["@type"] == "EducationalOrganization"
            assert node["name"] not in names
            assert len(names) == len(set(names))
            assert {"ТАЦ", "Tian Shan Analytical Center", "ТШЦП"} <= set(names)
            assert node["parentOrganization"]["@id"].endswith("/organizations/auca/#this")


BAD = [
    "</script>",
    "<!--",
    "]]>",
    "\u2028",
    "\x00\x1b",
    "&amp;",
    '"\\',
    "\u202e",
    "😀",
    "я" * 10_000,
]


@given(st.lists(st.sampled_from(BAD) | st.text(max_size=40), max_size=5).map("".join))
def test_no_text_ends_its_script(text: str) -> None:
    """Whatever a title says, the JSON stays JSON and has no sign that HTML would read."""
    _, view, site = next(entry for entry in SMALL if isinstance(entry[1], ReleaseView))
    assert isinstance(view, ReleaseView)
    changed = msgspec.structs.replace(view, title=text, summary=text)
    written = str(json_ld.script(changed, site, label))
    assert not set(written) & set("<>&\u2028\u2029\x00")
    assert json.loads(written) == json_ld.data(changed, site, label)


SMALL = list(small())
