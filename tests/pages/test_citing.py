"""Citations in words, in files and in the head: never surer than the content, and never broken."""

from __future__ import annotations

import json
import unicodedata

import msgspec
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mksite.pages import release
from mksite.pages.citation import citation, citing, dated, head, line
from mksite.pages.citation.citing import Citation
from mksite.pages.frame import Frame
from mksite.view.page import view_of
from mksite.view.part import ImageSource, Link, SiteView, Words
from mksite.view.release import PhotoView, ReleaseView
from tests.site_builder import catalogue_of

SITES = {
    lang: SiteView(
        lang=lang,
        title=title,
        description="",
        url="https://archive.example/sub",
        base="/sub/",
        home="/sub/" if lang == "ru" else f"/sub/{lang}/",
        publisher=Link("/sub/organizations/centre/", "Центр"),
        licence=None,
        licence_url="",
        contact_name="",
        contact_email="",
        contact_phone="",
        contact_address="",
        menu_keys=(),
        menu=(),
    )
    for lang, title in (("ru", "Архив"), ("ky", "Архив"), ("en", "Archive"))
}


def cited(lang: str = "ru", **changed: object) -> Citation:
    """A citation of one release, different only in what a test is about."""
    folder = "" if lang == "ru" else f"{lang}/"
    found = Citation(
        id="table",
        lang=lang,
        path=f"{folder}releases/table/",
        title="Стол",
        authors=("Фонд",),
        date="2013-03-25",
        event="",
        note="",
        genre="",
        summary="",
        keywords=(),
    )
    return msgspec.structs.replace(found, **changed)


def shown(photos: tuple[PhotoView, ...]) -> ReleaseView:
    """The page of a release with these photographs."""
    files = {"content/releases/table.md": "---\ntitle: Стол\ndate: 2013-03-25\n---\n"}
    catalogue, _ = catalogue_of(files)
    pages = release.pages(catalogue, (Frame(catalogue, "ru"),))
    (view,) = [v for v in map(view_of, pages) if isinstance(v, ReleaseView)]
    return msgspec.structs.replace(view, photos=photos)


def words(found: Citation) -> str:
    """The citation as its page says it."""
    return str(citing.reference(found, SITES[found.lang]))


# Dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("2013-03-25", "2013-03-25"),
        ("2013-03-25T09:30", "2013-03-25"),
        ("2013-03", "2013-03"),
        ("2013-21", "2013"),
        ("2013", "2013"),
        ("2013-XX-XX", "2013"),
        ("201X", ""),
        ("XXXX-03-06", ""),
        ("2012?", ""),
        ("2012-03-06?", ""),
        ("2012-03-?06", "2012-03"),
        ("2012-?03-06", "2012"),
        ("?2012-03-06", ""),
        ("2016~", ""),
        ("[2012,2013]", ""),
        ("[2012-03,2012-05]", "2012"),
        ("2013-03-25/2013-03-27", "2013-03"),
        ("2012/2014", ""),
        ("2012/..", ""),
    ],
)
def test_what_is_sure_of_a_date(text: str, expected: str) -> None:
    """Year, month and day as far as they hold for all that the date may mean."""
    assert "-".join(dated.sure(text)) == expected


DATED = [
    ("2013-03-25", "2013. – 25 марта.", "2013. – 25-март.", "(2013, March 25)."),
    ("2013-03", "2013. – март.", "2013. – март.", "(2013, March)."),
    ("2013", "2013.", "2013.", "(2013)."),
    ("2012?", "[2012?].", "[2012?].", "(ca. 2012)."),
    ("2012-03-06?", "[2012?].", "[2012?].", "(ca. 2012)."),
    ("2016~", "[ок. 2016].", "[2016 чамасында].", "(ca. 2016)."),
    ("201X", "[2010-е гг.].", "[2010-жылдар].", "(2010s)."),
    ("[2012,2013]", "[2012 или 2013].", "[2012 же 2013].", "(2012 or 2013)."),
    ("[2016-12,2017-12]", "[2016 или 2017].", "[2016 же 2017].", "(2016 or 2017)."),
    ("2012/2014", "[2012–2014 гг.].", "[2012–2014-жылдар].", "(2012–2014)."),
    ("XXXX-03-06", "[б. г.].", "[жылы белгисиз].", "(n.d.)."),
    ("", "[б. г.].", "[жылы белгисиз].", "(n.d.)."),
]


@pytest.mark.parametrize(("date", "russian", "kyrgyz", "english"), DATED)
def test_a_citation_doubts_what_its_editor_doubts(
    date: str, russian: str, kyrgyz: str, english: str
) -> None:
    """A doubtful year stands in brackets or after “ca.”; an unknown one is said to be so."""
    assert f" : сайт. – {russian} – URL: " in words(cited("ru", date=date))
    assert f" : сайт. – {kyrgyz} – URL: " in words(cited("ky", date=date))
    assert f"Фонд. {english} Стол" in words(cited("en", date=date))


HAPPENED = [
    ("2013-03-26", "[2013]. – Дата события: 26 марта 2013 г. – ", "(ca. 2013)."),
    ("2012?-03-06", "[2012?]. – Дата события: 6 марта, предположительно 2012 г. – ", "(ca. 2012)."),
    ("[2016-12,2017-12]", "[2016 или 2017]. – Дата события: декабрь 2016", "(2016 or 2017)."),
    ("XXXX-03-06", "[б. г.]. – Дата события: 6 марта, год неизвестен. – ", "(n.d.)."),
]


@pytest.mark.parametrize(("event", "russian", "english"), HAPPENED)
def test_an_event_dates_what_is_not_dated(event: str, russian: str, english: str) -> None:
    """Without a year of publication the event's stands in brackets, and its day is said."""
    assert f" : сайт. – {russian}" in words(cited("ru", date="", event=event))
    said = words(cited("en", date="", event=event))
    assert f"Фонд. {english} Стол [Press release; date of the event: " in said


@pytest.mark.parametrize(
    ("lang", "title", "genre"),
    [
        ("ru", "Сообщение по итогам заседания", "сообщение по итогам заседания"),
        ("ky", "Жыйындын жыйынтыгы тууралуу билдирүү", "жыйындын жыйынтыгы тууралуу билдирүү"),
        ("en", "Report after the session", "report after the session"),
        ("en", "Reporters’ club, folder 3", "press release"),
        ("ru", "Архив фонда, папка 3", "пресс-релиз"),
    ],
)
def test_the_genre_is_that_of_the_source(lang: str, title: str, genre: str) -> None:
    """A source that names its kind of document gives the genre; any other is a press release."""
    found = cited(lang, genre=citing.genre_of(Words(title), lang))
    assert genre in words(found).lower()
    (item,) = json.loads(citation.as_csl(found, SITES[lang]))
    assert item["genre"] == genre
    assert citing.genre_of(Words(title, "fr"), lang) == ""


def test_the_publisher_is_left_out_where_it_is_the_site() -> None:
    """A citation does not name one house twice: as the site and as its publisher."""
    own = msgspec.structs.replace(SITES["ru"], title="Центр")
    for site, count in ((own, 1), (SITES["ru"], 2)):
        assert len(house(cited(), site)) == count


def house(found: Citation, site: SiteView) -> list[str]:
    """Where a citation's file for CSL names the site and its publisher."""
    (item,) = json.loads(citation.as_csl(found, site))
    (record,) = rispy.loads(citation.as_ris(found, site))
    (entry,) = parse_string(citation.as_bibtex(found, site)).entries
    assert record.get("publisher") == item.get("publisher")
    assert ("publisher" in entry.fields_dict) == ("publisher" in item)
    return [name for name in ("container-title", "publisher") if name in item]


# In words


def test_a_citation_by_gost() -> None:
    """The Russian form, with the day of reading left to the reader."""
    assert words(cited()) == (
        "Стол : пресс-релиз / Фонд. – Текст : электронный // Архив : сайт. – 2013. – 25 марта. – "
        "URL: https://archive.example/sub/releases/table/ (дата обращения: ДД.ММ.ГГГГ)."
    )


def test_a_citation_in_kyrgyz() -> None:
    """The same form in Kyrgyz words."""
    assert words(cited("ky")) == (
        "Стол : пресс-релиз / Фонд. – Текст : электрондук // Архив : сайт. – 2013. – 25-март. – "
        "URL: https://archive.example/sub/ky/releases/table/ (кайрылган күнү: КК.АА.ЖЖЖЖ)."
    )


def test_a_citation_by_apa() -> None:
    """The English form names the archive, unless the archive itself issued the release."""
    address = "https://archive.example/sub/en/releases/table/"
    assert words(cited("en", title="Table", authors=("Fund",))) == (
        f"Fund. (2013, March 25). Table [Press release]. Archive. {address}"
    )
    assert words(cited("en", title="Table", authors=("Archive",))) == (
        f"Archive. (2013, March 25). Table [Press release]. {address}"
    )


@pytest.mark.parametrize(
    ("names", "by_gost", "by_apa"),
    [
        ((), "Стол : пресс-релиз. – ", "Стол [Press release]. (2013, March 25). "),
        (("А",), " / А. – ", "А. (2013"),
        (("А", "Б"), " / А, Б. – ", "А & Б. (2013"),
        (("А", "Б", "В", "Г"), " / А, Б, В, Г. – ", "А, Б, В, & Г. (2013"),
        (("А", "Б", "В", "Г", "Д"), " / А, Б, В [и др.]. – ", "А, Б, В, Г, & Д. (2013"),
        (("Фонд Inc.",), " / Фонд Inc. – ", "Фонд Inc. (2013"),
    ],
)
def test_who_is_named(names: tuple[str, ...], by_gost: str, by_apa: str) -> None:
    """Four organizations by name in the Russian form, else three; all of them in the English."""
    assert by_gost in words(cited(authors=names))
    assert by_apa in words(cited("en", authors=names))


# In the head


def test_a_photograph_is_shown_before_the_picture_of_the_site() -> None:
    """Messengers get the largest plain photograph and what it shows, else the site's picture."""
    photo = PhotoView(
        modern=(),
        modern_type="",
        plain=(ImageSource("/sub/a.480.jpg", 480), ImageSource("/sub/a.960.jpg", 960)),
        width=960,
        height=640,
        alt=Words('Стол "и" люди'),
        caption=None,
        credit=None,
    )
    found = {}
    for photos in ((), (photo,)):
        view = shown(photos)
        tags = head.head_tags(SITES["ru"], view, "Т", "https://a.example/", "/sub/share.png")
        found[photos] = [tag.content for tag in tags if tag.name.startswith("og:image")]
    assert found == {
        (): ["https://archive.example/sub/share.png"],
        (photo,): ["https://archive.example/sub/a.960.jpg", 'Стол "и" люди'],
    }


@pytest.mark.parametrize(
    ("picture", "card"), [("/sub/share.png", "summary_large_image"), ("", "summary")]
)
def test_a_card_is_large_where_there_is_a_picture(picture: str, card: str) -> None:
    """The card's kind stands in `name`, as its reader wants, and not in `property`."""
    tags = head.head_tags(SITES["ru"], shown(()), "Т", "https://a.example/", picture)
    [found] = [tag for tag in tags if tag.name == "twitter:card"]
    assert (found.attribute, found.content) == ("name", card)
    assert {tag.attribute for tag in tags if tag.name.startswith("og:")} == {"property"}


# Files


def test_the_key_is_permanent() -> None:
    """A citation's key rests on id and language, not on a title or a year that may be mended."""
    keys = {citation.key(cited(lang, title=t)) for lang in ("ru", "ky") for t in ("А", "Б")}
    assert keys == {"table", "table_ky"}
    assert citation.key(cited(date="2012?")) == "table"


@pytest.mark.parametrize(
    ("date", "year", "in_words"), [("2012?", "[2012?]", "2012"), ("XXXX-03-06", None, "6 марта")]
)
def test_a_doubtful_date_stands_in_a_note(date: str, year: str | None, in_words: str) -> None:
    """A doubtful year stands in brackets, in no field for days; a note says it in words."""
    found = cited(date=date, note="Так решил редактор")
    (ris,) = rispy.loads(citation.as_ris(found, SITES["ru"]))
    assert ris.get("year") == year
    assert "date" not in ris
    assert in_words in ris["notes"][0]
    assert "Так решил редактор." in ris["notes"][0]
    entry = parse_string(citation.as_bibtex(found, SITES["ru"])).entries[0]
    assert not {"month", "date"} & set(entry.fields_dict)
    assert [entry["year"]] == [year] if year else "year" not in entry.fields_dict
    assert in_words in entry["note"]
    (item,) = json.loads(citation.as_csl(found, SITES["ru"]))
    assert item.get("issued") in (None, {"date-parts": [[2012]], "circa": True})


def test_the_day_of_an_event_is_not_that_of_publication() -> None:
    """Where only the event is dated, the files say so, and take its year for about the other's."""
    found = cited(date="", event="2013-03-26")
    (item,) = json.loads(citation.as_csl(found, SITES["ru"]))
    assert item["issued"] == {"date-parts": [[2013]], "circa": True}
    assert item["event-date"] == {"date-parts": [[2013, 3, 26]]}
    (record,) = rispy.loads(citation.as_ris(found, SITES["ru"]))
    assert (record["year"], record.get("date")) == ("[2013]", None)
    assert item["note"] == "Дата события: 26 марта 2013 г."


@pytest.mark.parametrize(
    ("event", "issued"),
    [
        ("2023?-09-21", {"date-parts": [[2023]], "circa": True}),
        ("[2016-12,2017-12]", {"date-parts": [[2016], [2017]], "circa": True}),
        ("XXXX-03-06", None),
    ],
)
def test_a_doubtful_event_is_about_its_years(event: str, issued: object) -> None:
    """CSL's `circa` says doubt, and a processor prints the years that are possible."""
    item, *_ = json.loads(citation.as_csl(cited(date="", event=event), SITES["ru"]))
    assert item.get("issued") == item.get("event-date") == issued
    source = CiteProcJSON([item])
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Cited([CitationItem("table")]))
    (written,) = ("".join(map(str, entry)) for entry in bibliography.bibliography())
    years = [year for (year,) in item["issued"]["date-parts"]] if issued else []
    assert all(str(year) in written for year in years)


def test_an_institution_is_not_cut_at_its_comma() -> None:
    """Readers of RIS cut a name at a comma; the name is written with a sign that looks the same."""
    found = cited(authors=("Министерство труда, занятости и миграции",))
    (record,) = rispy.loads(citation.as_ris(found, SITES["ru"]))
    (name,) = record["authors"]
    assert "," not in name
    assert name == "Министерство труда‚ занятости и миграции"


# Whatever the texts say

BAD = ["\x00", "\x1b[0m", "\r\n", "\nER  - \n", "\u2028", "\x85", "]]>", "</script>", '"', "'"]
BAD += ["{", "}", "\\", "%", "@", "@misc{a,", "@comment(", "$", "#", "&", "_", "^", "~", "=", ","]
BAD += [" and ", "😀", "\u202e", "\u200f", "TY  - JOUR"]
LONG = "".join(BAD) + "я" * 10_000
texts = st.lists(st.sampled_from(BAD) | st.text(max_size=30), max_size=6).map("".join)


def plain(text: str) -> str:
    """The text without what the decoder of LaTeX changes: its circumflex and its spaces."""
    same = unicodedata.normalize("NFC", text).replace("ˆ", "^")
    return "".join(same.split())


def harsh(text: str) -> Citation:
    """A citation that says a text wherever it says one."""
    said = line.clean(text)
    return cited(title=said, authors=(said, "Фонд, Inc."), summary=said, keywords=(said,))


@given(texts)
@example(LONG)
def test_a_clean_text_is_one_printable_line(text: str) -> None:
    """Nothing that would end a line or a file is left, and cleaning again changes nothing."""
    found = line.clean(text)
    assert len(found.splitlines()) <= 1
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in found)
    assert line.clean(found) == found


@given(texts)
@example(LONG)
def test_ris_is_read_whatever_the_texts_say(text: str) -> None:
    """A reader of RIS gives back the title, the date and the authors of one record."""
    found = harsh(text)
    (record,) = rispy.loads(citation.as_ris(found, SITES["ru"]))
    assert record.get("title", "") == found.title.strip()
    assert record["authors"] == [line.whole(name) for name in found.authors if name]
    assert (record["year"], record["date"]) == ("2013", "2013/03/25/")


@settings(max_examples=60)
@given(texts)
@example(LONG)
@example("'' -- ``?`")
def test_bibtex_is_read_whatever_the_texts_say(text: str) -> None:
    """Braces balance, and bibtexparser gives back the one entry with its title and authors."""
    found = harsh(text)
    written = citation.as_bibtex(found, SITES["ru"])
    assert written.count("{") == written.count("}")
    library = parse_string(written)
    assert not library.failed_blocks
    assert not library.comments
    (entry,) = library.entries
    assert (entry.key, entry["year"], entry["month"]) == ("table", "2013", "mar")
    # The decoder leaves out the two commands for braces, which it does not know.
    decoding = [LatexDecodingMiddleware()]
    (decoded,) = parse_string(written, append_middleware=decoding).entries
    expected = found.title.replace("{", "").replace("}", "")
    assert plain(decoded["title"]) == plain(expected)
    assert plain(decoded["author"]).endswith("andФонд,Inc.")


@settings(max_examples=40)
@given(texts)
@example(LONG)
def test_csl_is_read_whatever_the_texts_say(text: str) -> None:
    """A CSL processor gives the title, the year and the authors."""
    found = harsh(text)
    source = CiteProcJSON(json.loads(citation.as_csl(found, SITES["ru"])))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Cited([CitationItem("table")]))
    written = "".join(str(entry) for entry in bibliography.bibliography())
    assert "(2013)" in written
    assert "Фонд, Inc." in written
    assert source["table"]["issued"]["day"] == 25
    assert str(source["table"].get("title", "")) == found.title
