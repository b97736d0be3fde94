"""The archive to take away: its files agree with the content, with each other, and stay fresh."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import shutil
import sqlite3
from contextlib import closing
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import frontmatter
import pytest

from mksite.build.build import build, verify
from mksite.build.options import Options
from mksite.content.code_list import IATI_TYPES
from mksite.date import edtf
from mksite.pages.data import data, rows
from mksite.pages.data.datafile import EntityCsv, TableFile
from mksite.pages.data.table import TABLES, columns
from mksite.pages.frame import Frame
from tests import small_archive
from tests.site_builder import NOW, SmallSite, catalogue_of, site_of, tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mksite.view.page import Page

CHECKOUT = Path(__file__).parents[2]
OTHERS = ("feeds", "calendars", "citations", "search", "pictures")
ONLY_DATA = f"features: {{{', '.join(f'{name}: false' for name in OTHERS)}}}\n"
SITE = f"""\
title: {{ru: Архив, en: Archive}}
url: https://archive.example/centre
languages: [ru, ky, en]
licence: {{name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}}
{ONLY_DATA}"""
FILES = {
    "site.yaml": SITE,
    "content/organizations/iom.md": "---\nname: {ru: МОМ, en: IOM}\nshort: МОМ\n---\nОписание.\n",
    "content/organizations/union.md": "---\nname: Союз\n---\n",
    "content/programmes/roads.md": "---\nname: Дороги\nfunders: [iom]\n---\n",
    "content/tags/work.md": "---\nname: Труд\n---\n",
    "content/places/osh.md": "---\nname: Ош\ncoordinates: [40.51, -72.8]\n---\n",
    "content/releases/one.md": (
        "---\ntitle: Первый\ndate: 2013-03\nprogramme: roads\norganizers: [union]\ntags: [work]\n"
        "venue: osh\n---\nПриём у [[iom]].\n"
    ),
    "content/releases/one.ky.md": "---\ntitle: Биринчи\n---\nКабыл алуу.\n",
    "content/releases/two.md": "---\ntitle: Второй\ndate: 2012?\norganizers: [iom]\n---\nТекст.\n",
    "content/releases/draft.md": "---\ntitle: Черновик\ndraft: true\n---\nНет.\n",
}


def rows_of(file: bytes, separator: str = ";") -> list[dict[str, str]]:
    """The rows of a CSV file, strictly read."""
    text = file.decode("utf-8-sig")
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return list(reader)


def opened(file: bytes) -> closing[sqlite3.Connection]:
    """A database in memory."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(file)
    return closing(connection)


def data_files(paths: Mapping[str, object]) -> set[str]:
    """The paths of files to take away."""
    return {path for path in paths if path.endswith((".csv", ".json", ".sqlite"))}


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The checkout's own archive, published with data and without the other features."""
    root = tmp_path_factory.mktemp("archive")
    for folder in ("content", "templates", "assets"):
        shutil.copytree(CHECKOUT / folder, root / folder)
    site = (CHECKOUT / "site.yaml").read_text("utf-8")
    (root / "site.yaml").write_text(f"{site}\n{ONLY_DATA}", "utf-8")
    result = build(Options(root=root, output=root / "public", now=NOW, engine="test"))
    assert result.published, result.problems
    return tree(root / "public")


def sources(folder: str) -> Iterator[tuple[Path, dict[str, Any], str]]:
    """Path, front matter and body of the originals of a kind, read by python-frontmatter."""
    for path in sorted((CHECKOUT / "content" / folder).rglob("*.md")):
        if len(path.name.split(".")) == 2:
            post = frontmatter.load(str(path))
            if not post.metadata.get("draft"):
                yield path, dict(post.metadata), post.content


def listed(value: object) -> list[Any]:
    """A value of the front matter that may be one or several, as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


# ---- against the content


@pytest.mark.parametrize("folder", ["releases", "organizations", "programmes", "places", "tags"])
def test_every_source_is_a_row(public: dict[str, bytes], folder: str) -> None:
    """A table has the ids of the files of its folder, each once."""
    ids = [row["id"] for row in rows_of(public[f"data/{folder}.csv"])]
    assert sorted(ids) == sorted(path.stem for path, _, _ in sources(folder))
    assert ids


def test_roles_are_those_of_the_front_matter(public: dict[str, bytes]) -> None:
    """A release has as many roles of each kind as its front matter names parties.

    So it has tags, programmes and speakers.
    """
    relations = rows_of(public["data/relations.csv"])
    rows = {row["id"]: row for row in rows_of(public["data/releases.csv"])}
    speakers = rows_of(public["data/speakers.csv"])
    fields = {
        "organizer": "organizers",
        "partner": "partners",
        "support": "support",
        "funder": "funders",
        "participant": "participants",
    }
    seen = 0
    for path, front, _ in sources("releases"):
        own = [row for row in relations if row["release"] == path.stem and not row["inherited"]]
        for role, field in fields.items():
            named = listed(front.get(field))
            assert sum(row["role"] == role for row in own) == len(named)
            seen += len(named)
        row = rows[path.stem]
        assert row["title_ru"] == front["title"]
        assert row["date"] == str(front.get("date", ""))
        assert len(row["tags"].split("|")) == len(listed(front.get("tags")))
        assert len(row["programmes"].split("|")) == len(listed(front.get("programme")) or [""])
        spoke = [entry for entry in speakers if entry["release"] == path.stem]
        assert len(spoke) == len(listed(front.get("speakers")))
    assert seen > 10


def test_names_are_those_of_the_front_matter(public: dict[str, bytes]) -> None:
    """As many names of each use as the sources of the entities give."""
    rows = rows_of(public["data/names.csv"])

    def count(value: object) -> int:
        return len(value) if isinstance(value, dict) else int(value is not None)

    for folder in ("organizations", "programmes", "places", "tags"):
        for path, front, _ in sources(folder):
            mine = [
                row for row in rows if (row["kind"] + "s", row["entity"]) == (folder, path.stem)
            ]
            uses = [row["use"] for row in mine]
            assert uses.count("name") == count(front["name"])
            assert uses.count("short") == count(front.get("short"))
            assert uses.count("alias") == len(listed(front.get("aliases")))
            former = [entry["name"] for entry in listed(front.get("former"))]
            assert uses.count("former") == sum(map(count, former))


def test_every_body_is_a_text(public: dict[str, bytes]) -> None:
    """archive.json and archive.sqlite hold a text for each source with a body, in its language."""
    expected = set()
    for folder in ("releases", "organizations", "programmes", "places", "tags"):
        for path in (CHECKOUT / "content" / folder).rglob("*.md"):
            stem, *lang, _ = path.name.split(".")
            if frontmatter.load(str(path)).content.strip():
                expected.add((folder.removesuffix("s"), stem, "".join(lang) or "ru"))
    texts = json.loads(public["data/archive.json"])["texts"]
    assert {(text["kind"], text["entity"], text["lang"]) for text in texts} == expected
    assert all(text["text"] and "[[" not in text["text"] for text in texts)
    with opened(public["data/archive.sqlite"]) as connection:
        assert connection.execute("SELECT count(*) FROM texts").fetchone() == (len(expected),)


def test_days_of_a_doubtful_date_hold_it(public: dict[str, bytes]) -> None:
    """EDTF stays as written; the days beside it are ISO days in order, or empty together."""
    rows = rows_of(public["data/releases.csv"])
    for row in rows:
        for stem, column in (("date", "date"), ("event", "event_start")):
            first, last = row[f"{stem}_earliest"], row[f"{stem}_latest"]
            assert bool(first) == bool(last)
            assert first <= last
            if row[column]:
                assert (
                    str(edtf.year(edtf.parse(row[column])) or "")
                    == row["year" if stem == "date" else "event_year"]
                )
    assert any(row["event_start"] and not row["event_year"] for row in rows)


# ---- against each other


def test_all_formats_say_the_same(public: dict[str, bytes]) -> None:
    """Each table has the same rows in CSV and JSON and as many in SQLite."""
    whole = json.loads(public["data/archive.json"])
    with opened(public["data/archive.sqlite"]) as connection:
        for name, kind in TABLES.items():
            rows = rows_of(public[f"data/{name}.csv"])
            assert len(rows) == len(whole[name])
            assert connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (len(rows),)  # noqa: S608
            for row, other in zip(rows, whole[name], strict=True):
                for column in columns(kind):
                    value = other[column.name]
                    said = "|".join(value) if isinstance(value, list) else str(value or "")
                    marked = row[column.name]
                    assert said in (marked, marked.removeprefix("'")), column.name


def test_codes_are_the_model_s(public: dict[str, bytes]) -> None:
    """A column of codes holds only these, and the IATI code is that of the type."""
    for name, kind in TABLES.items():
        rows = rows_of(public[f"data/{name}.csv"])
        for column in columns(kind):
            if column.holds.codes:
                found = {code for row in rows for code in row[column.name].split("|")} - {""}
                assert found <= set(column.holds.codes)
    for row in rows_of(public["data/organizations.csv"]):
        assert row["type_iati"] == IATI_TYPES[row["type"]]


def test_the_database_is_whole(public: dict[str, bytes]) -> None:
    """No damage, no reference that leads nowhere, and words of three languages are found."""
    with opened(public["data/archive.sqlite"]) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for words, lang in (("мигрантов", "ru"), ("мигранттардын", "ky"), ("migrants", "en")):
            found = connection.execute(
                "SELECT DISTINCT lang FROM texts_fts JOIN texts ON texts.rowid = texts_fts.rowid"
                " WHERE texts_fts MATCH ?",
                (words,),
            ).fetchall()
            assert (lang,) in found


def test_datasette_serves_the_database(public: dict[str, bytes], tmp_path: Path) -> None:
    """Datasette finds the full-text search and the foreign keys by itself."""
    from datasette.app import Datasette  # noqa: PLC0415  takes a second

    path = tmp_path / "archive.sqlite"
    path.write_bytes(public["data/archive.sqlite"])

    async def ask() -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]], int]:
        served = Datasette([], immutables=[str(path)])
        await served.invoke_startup()

        async def get(address: str) -> dict[str, Any]:
            answer = await served.client.get(address)
            assert answer.status_code == 200, answer.text
            return {"answer": answer.json()}

        tables = {
            table["name"]: table for table in (await get("/archive.json"))["answer"]["tables"]
        }
        russian = (await get("/archive/texts.json?_shape=array&_search=мигрантов"))["answer"]
        kyrgyz = (await get("/archive/texts.json?_shape=array&_search=мигранттардын"))["answer"]
        page = await served.client.get("/archive/relations")
        return tables, russian, kyrgyz, page.status_code

    tables, russian, kyrgyz, status = asyncio.run(ask())
    assert status == 200
    assert {name for name in tables if tables[name]["fts_table"]} >= {"releases", "names", "texts"}
    outgoing = tables["relations"]["foreign_keys"]["outgoing"]
    assert {key["other_table"] for key in outgoing} == {"releases", "organizations", "programmes"}
    assert "ru" in {row["lang"] for row in russian}
    assert {row["lang"] for row in kyrgyz} == {"ky"}


def test_datasette_shows_names_beside_ids(public: dict[str, bytes], tmp_path: Path) -> None:
    """With metadata.json a row says the title of the release that its id leads to."""
    from datasette.app import Datasette  # noqa: PLC0415  takes a second

    path = tmp_path / "archive.sqlite"
    path.write_bytes(public["data/archive.sqlite"])
    metadata = json.loads(public["data/metadata.json"])
    assert metadata["about_url"].endswith("/data/")

    async def ask() -> str:
        served = Datasette([], immutables=[str(path)], metadata=metadata)
        await served.invoke_startup()
        answer = await served.client.get("/archive/relations")
        assert answer.status_code == 200
        return str(answer.text)

    page = asyncio.run(ask())
    releases = {row["id"]: row for row in rows_of(public["data/releases.csv"], ";")}
    relations = rows_of(public["data/relations.csv"], ";")
    title = releases[relations[0]["release"]]["title_ru"]
    label = f'<a href="/archive/releases/{relations[0]["release"]}">{escape(title)}</a>'
    assert label in page.replace("&#34;", "&quot;")
    for name, table in metadata["databases"]["archive"]["tables"].items():
        columns_ = next(iter(rows_of(public[f"data/{name}.csv"], ";")), None)
        wanted = {*table.get("facets", ()), *filter(None, [table.get("label_column")])}
        assert columns_ is None or wanted <= columns_.keys()


def test_the_package_describes_its_files(public: dict[str, bytes]) -> None:
    """Sizes and digests of datapackage.json are those of the files; columns and dialect too."""
    package = json.loads(public["data/datapackage.json"])
    paths = {resource["path"] for resource in package["resources"]}
    assert {f"data/{path}" for path in paths} == {
        path for path in data_files(public) if path.startswith("data/")
    } - {"data/datapackage.json", "data/metadata.json"}
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    for resource in package["resources"]:
        file = public[f"data/{resource['path']}"]
        assert resource["bytes"] == len(file)
        assert resource["hash"] == f"sha256:{sha256(file).hexdigest()}"
        if "schema" in resource:
            rows = rows_of(file, resource["dialect"]["delimiter"])
            fields = [field["name"] for field in resource["schema"]["fields"]]
            assert all(list(row) == fields for row in rows)
            for key in resource["schema"].get("foreignKeys", ()):
                other = key["reference"].get("resource", resource["name"])
                assert other in names
                ids = {row["id"] for row in rows_of(public[f"data/{other}.csv"])}
                assert {row[key["fields"][0]] for row in rows} <= {*ids, ""}


def test_the_page_counts_rows_and_explains_columns(public: dict[str, bytes]) -> None:
    """In each language the page links every file, and names every column of every table."""
    for path in ("data/index.html", "ky/data/index.html", "en/data/index.html"):
        page = public[path].decode()
        for name, kind in TABLES.items():
            assert f'href="/data/{name}.csv"' in page
            assert f'id="{name}"' in page
            assert all(f"<code>{column.name}</code>" in page for column in columns(kind))
        for file in ("archive.json", "archive.sqlite", "datapackage.json"):
            assert f'href="/data/{file}"' in page
    assert 'href="/data/"' in public["index.html"].decode()


def test_an_organization_has_its_releases(public: dict[str, bytes]) -> None:
    """Its CSV and JSON hold the releases that relations.csv gives it, with the same roles."""
    relations = rows_of(public["data/relations.csv"])
    for kind, folder in (("organization", "organizations"), ("programme", "programmes")):
        for row in rows_of(public[f"data/{folder}.csv"]):
            mine: dict[str, set[str]] = {}
            for relation in relations:
                if (relation["kind"], relation["entity"]) == (kind, row["id"]):
                    mine.setdefault(relation["release"], set()).add(relation["role"])
            stem = f"{folder}/{row['id']}/{row['id']}"
            if kind == "organization":
                assert (f"{stem}.csv" in public) == bool(mine)
            if f"{stem}.csv" not in public:
                continue
            found = rows_of(public[f"{stem}.csv"])
            roles = {entry["id"]: set(entry["roles"].split("|")) - {""} for entry in found}
            assert {ident: said for ident, said in roles.items() if said} == mine
            whole = json.loads(public[f"{stem}.json"])
            assert [entry["id"] for entry in whole["releases"]] == [entry["id"] for entry in found]
            assert whole[kind]["id"] == row["id"]
            page = public[f"{folder}/{row['id']}/index.html"].decode()
            assert f'href="/{stem}.csv"' in page
            assert f'href="/{stem}.json"' in page


# ---- small sites


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """Two releases, one of them in two languages."""
    return SmallSite(tmp_path / "site", FILES)


def test_drafts_are_nowhere(site: SmallSite) -> None:
    """What is not published is in no file."""
    public = site.build().public
    assert not [path for path in public if "Черновик".encode() in public[path]]
    assert {row["id"] for row in rows_of(public["data/releases.csv"])} == {"one", "two"}


def test_links_by_id_have_their_names_in_texts(site: SmallSite) -> None:
    """A text reads as the page does: a link that is written as an id shows the name."""
    texts = json.loads(site.build().public["data/archive.json"])["texts"]
    said = {(text["entity"], text["lang"]): text["text"] for text in texts}
    assert said["one", "ru"] == "Приём у МОМ."
    assert said["one", "ky"] == "Кабыл алуу."


def test_addresses_hold_the_path_of_the_site(site: SmallSite) -> None:
    """Rows name whole addresses; pages link within the path under which the site lives."""
    public = site.build().public
    row = rows_of(public["data/releases.csv"])[0]
    assert row["page"] == "https://archive.example/centre/releases/one/"
    assert b"/centre/data/releases.csv" in public["data/index.html"]


def test_inherited_roles_name_their_programme(site: SmallSite) -> None:
    """relations.csv says through which programme a role came; the entity's file too."""
    public = site.build().public
    found = {
        (row["release"], row["entity"], row["role"]): row["inherited"]
        for row in rows_of(public["data/relations.csv"])
    }
    assert found == {
        ("one", "union", "organizer"): "",
        ("one", "iom", "funder"): "roads",
        ("two", "iom", "organizer"): "",
    }
    rows = rows_of(public["organizations/iom/iom.csv"])
    assert [(row["id"], row["roles"], row["inherited"]) for row in rows] == [
        ("one", "funder", "roads"),
        ("two", "organizer", ""),
    ]


def test_rows_say_names_of_the_time_and_what_money_is_for() -> None:
    """Beside each id: a renamed funder and place under the names that the release knew them by."""
    files: dict[str, str | bytes] = {
        "content/organizations/iom.md": small_archive.source(
            {"name": {"ru": "МОМ", "en": "IOM"}, "former": [{"name": "ИЦМ", "until": "2016"}]}
        ),
        "content/places/osh.md": small_archive.source(
            {"name": "Новый зал", "former": [{"name": "Старый зал", "until": "2016"}]}
        ),
        "content/programmes/help.md": small_archive.source({"name": "Помощь", "funders": ["iom"]}),
        "content/releases/one.md": small_archive.source(
            {
                "title": "Первый",
                "date": "2013-03-25",
                "added": "2026-11-20",
                "venue": "osh",
                "funders": ["iom"],
                "contact": {"name": "Айгуль", "organization": "iom", "email": "a@example.org"},
                "photos": [{"file": "a.png", "alt": "Зал.", "credit": "Бакыт"}],
            }
        ),
        "content/releases/two.md": small_archive.source(
            {"title": "Второй", "date": "2020-03-25", "programme": "help", "organizers": ["iom"]}
        ),
        "content/releases/one/a.png": b"",
    }
    made, _ = catalogue_of(files)
    found = rows.tables(made)
    said = {(r.release, r.role): (r.name_ru, r.name_en, r.money) for r in found.relations}
    assert said == {
        ("one", "funder"): ("ИЦМ", "", "event"),
        ("two", "funder"): ("МОМ", "IOM", "programme"),
        ("two", "organizer"): ("МОМ", "IOM", ""),
    }
    venues = {r.id: (r.venue_name_ru, r.added) for r in found.releases}
    assert venues == {"one": ("Старый зал", "2026-11-20"), "two": ("", "")}
    assert [(r.name_ru, r.role) for r in found.programme_roles] == [("МОМ", "funder")]
    [photo] = found.photos
    assert (photo.release, photo.file, photo.alt_ru, photo.credit_ru) == (
        "one", "a.png", "Зал.", "Бакыт",
    )  # fmt: skip
    [contact] = found.contacts
    assert (contact.name_ru, contact.kind, contact.entity, contact.email) == (
        "Айгуль", "organization", "iom", "a@example.org",
    )  # fmt: skip


def test_each_release_has_a_file_with_all_its_data(public: dict[str, bytes]) -> None:
    """record.json has its row, its rows of other tables, and its texts; its page leads there."""
    archive = json.loads(public["data/archive.json"])
    for row in archive["releases"]:
        path = f"releases/{row['id']}/record.json"
        found = json.loads(public[path])
        assert found["release"] == row
        assert found["dictionary"] == archive["dictionary"]
        for name, rows_ in archive.items():
            if rows_ and isinstance(rows_, list) and name != "texts" and "release" in rows_[0]:
                assert found[name] == [r for r in rows_ if r["release"] == row["id"]]
        texts = [t for t in archive["texts"] if (t["kind"], t["entity"]) == ("release", row["id"])]
        assert found["texts"] == texts
        assert texts
        assert f'href="/{path}"'.encode() in public[f"releases/{row['id']}/index.html"]


def test_without_the_feature_there_is_nothing(site: SmallSite) -> None:
    """`features.data` takes away the files, the page and the links to them."""
    site.write({"site.yaml": SITE.replace("features: {", "features: {data: false, ")})
    public = site.build().public
    assert not data_files(public)
    assert "data/index.html" not in public
    catalogue, _ = catalogue_of(
        {}, site_of(SITE.replace("features: {", "features: {data: false, "))
    )
    assert data.home(catalogue.site, "ru") == ""


# ---- freshness


def test_nothing_changed_makes_nothing(site: SmallSite) -> None:
    """A second build makes no file, nor does one after a file was touched."""
    site.build()
    path = site.root / "content/releases/one.md"
    path.write_bytes(path.read_bytes())
    assert site.build().result.rendered == {}


def test_a_body_makes_only_files_that_hold_bodies(site: SmallSite) -> None:
    """After an edited body the tables stay; the result is that of a clean build."""
    site.build()
    site.write({"content/releases/two.md": FILES["content/releases/two.md"].replace("Текст", "Ё")})
    built = site.build()
    assert set(built.result.rendered) == {
        "releases/two/index.html",
        "releases/two/record.json",
        "data/archive.json",
        "data/archive.sqlite",
        "data/datapackage.json",
    }
    assert "Ё".encode() in built.public["data/archive.json"]
    assert not verify(site.options()).differing


def test_a_title_makes_only_files_that_hold_it(site: SmallSite) -> None:
    """After an edited title: the releases, the files of all, and those of its own parties."""
    site.build()
    text = FILES["content/releases/two.md"].replace("Второй", "Другой")
    site.write({"content/releases/two.md": text})
    assert data_files(site.build().result.rendered) == {
        "releases/two/record.json",
        "data/releases.csv",
        "data/archive.json",
        "data/archive.sqlite",
        "data/datapackage.json",
        "organizations/iom/iom.csv",
        "organizations/iom/iom.json",
    }


def test_a_name_makes_only_files_that_hold_it(site: SmallSite) -> None:
    """After another name of a tag the releases, which have only its id, stay as they are."""
    site.build()
    site.write({"content/tags/work.md": "---\nname: Работа\n---\n"})
    assert data_files(site.build().result.rendered) == {
        "data/tags.csv",
        "data/names.csv",
        "data/archive.json",
        "data/archive.sqlite",
        "data/datapackage.json",
    }


def test_many_texts_are_divided_by_year(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large archive has its texts in a file a year; an edited body makes only that one."""
    monkeypatch.setattr(data, "TOGETHER", 2)
    first = site.build().public
    files = {f"data/texts-{y}.{s}" for y in ("2013", "2012", "undated") for s in ("json", "sqlite")}
    assert files <= first.keys()
    assert "texts" not in json.loads(first["data/archive.json"])
    years = {year: json.loads(first[f"data/texts-{year}.json"])["texts"] for year in (2013, 2012)}
    assert [(text["entity"], text["lang"]) for text in years[2013]] == [
        ("one", "ru"),
        ("one", "ky"),
    ]
    assert [text["text"] for text in years[2012]] == ["Текст."]
    package = json.loads(first["data/datapackage.json"])
    named = {f"data/{resource['path']}" for resource in package["resources"]}
    assert files <= named <= first.keys()
    with opened(first["data/texts-2013.sqlite"]) as connection:
        query = "SELECT count(*) FROM texts_fts WHERE texts_fts MATCH 'прием'"
        assert connection.execute(query).fetchone() == (1,)
    site.write({"content/releases/two.md": FILES["content/releases/two.md"].replace("Текст", "Ё")})
    assert set(site.build().result.rendered) == {
        "releases/two/index.html",
        "releases/two/record.json",
        "data/texts-2012.json",
        "data/texts-2012.sqlite",
    }
    assert not verify(site.options()).differing


def test_rows_are_made_once() -> None:
    """The files of entities hold the very rows of the table: as many as there are relations."""
    files = {path: text for path, text in FILES.items() if path != "site.yaml"}
    for number in range(20):
        files[f"content/releases/more-{number}.md"] = (
            f"---\ntitle: Ещё {number}\ndate: 2014\norganizers: [iom, union]\n---\n"
        )
    catalogue, problems = catalogue_of(files, site_of(SITE))
    assert not problems
    frames = tuple(Frame(catalogue, lang) for lang in catalogue.site.languages)
    pages: list[Page] = list(data.pages(catalogue, frames))
    table = next(p.view for p in pages if p.path == "data/releases.csv")
    assert isinstance(table, TableFile)
    own = {id(row) for row in table.rows.value}
    views = [page.view for page in pages if isinstance(page.view, EntityCsv)]
    assert all(id(row) in own for view in views for _, row in view.rows.value)
    assert sum(len(view.rows.value) for view in views) == 2 * 20 + 2 + 1 + 1
