"""attachment.measuring and mksite.pages.attached: attachments are made once and published clean."""

from __future__ import annotations

import re
import shutil
import time
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from mksite.attachment import bounded, cleaning, office, picture
from mksite.attachment import pdf as portable
from mksite.attachment.cleaning import CleanedFiles
from mksite.attachment.measuring import KEPT_SECONDS
from mksite.cache import cache
from mksite.digest import digest_bytes
from tests.site_builder import SITE_YAML, SmallSite, tree
from tests.specimens import PLACE, SECRETS, docx, leaks, noise, pdf, photo, png

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from mksite.content.problem import Problem

    Make = Callable[[Mapping[str, str | bytes]], SmallSite]

HERE = "content/releases/2013"
TEMPLATE = """\
{# view: ReleaseView #}
{% extends "base.html" %}
{% block main %}
{% for photo in view.photos %}
<img src="{{ photo.plain[0].href }}" width="{{ photo.width }}" height="{{ photo.height }}"
 srcset="{% for size in photo.modern %}{{ size.href }} {{ size.width }}w {% endfor %}"
 alt="{{ photo.alt.text }}">{{ photo.caption.text if photo.caption }}
{% endfor %}
{% for file in view.files %}
<i>{{ file.title.text }} {{ file.size_bytes }} {{ file.pages }}</i>
{% endfor %}
<article>{{ body }}</article>
{% endblock %}
"""
PHOTOS = "photos: [{file: hall.jpg, alt: Зал, caption: {ru: Подпись, en: Caption}}]"


def release(front: str = "", body: str = "Текст.") -> str:
    """A release's file."""
    return f"---\ntitle: Круглый стол\ndate: 2013-03-25\n{front}\n---\n{body}\n"


def files(**more: str | bytes) -> dict[str, str | bytes]:
    """A site of two releases; the files of the first by their names, dots as they are."""
    own = {f"{HERE}/table/{name}": data for name, data in more.items()}
    return {
        "templates/release.html": TEMPLATE,
        f"{HERE}/table.md": release(),
        f"{HERE}/other.md": release(),
        **own,
    }


def _in_this_process(
    work: Callable[..., object], items: list[object], _jobs: int, *shared: object
) -> list[object]:
    """What `bounded.each` gives, where its counts can be seen."""
    return [work(item, *shared) for item in items]


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """AVIF is encoded as fast as it can be: here its quality is of no interest."""
    saving = picture._SAVING  # noqa: SLF001  nobody else has a reason to change it
    monkeypatch.setitem(saving, "AVIF", saving["AVIF"] | {"speed": 10})


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often pictures and documents were made anew, by this process."""
    monkeypatch.setattr(bounded, "each", _in_this_process)
    counts: Counter[str] = Counter()

    def counted(name: str, work: Callable[..., object]) -> Callable[..., object]:
        def run(*given: object, **named: object) -> object:
            counts[name] += 1
            return work(*given, **named)

        return run

    for room, name in (
        (picture, "encode"),
        (picture, "measure"),
        (portable, "clean"),
        (office, "clean"),
    ):
        work = counted(f"{room.__name__.rpartition('.')[2]}.{name}", getattr(room, name))
        monkeypatch.setattr(room, name, work)
    return counts


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    """Path and code of each Problem."""
    return [(found.path, found.code) for found in problems]


def page_of(public: dict[str, bytes], path: str = "releases/table/index.html") -> str:
    """A page's text."""
    return public[path].decode()


def full(make_site: Make) -> SmallSite:
    """A site with a photograph, a picture in the text, a document and a picture nobody shows."""
    body = "![Схема](inline.png)\n\n[Письмо](letter.pdf)"
    own: dict[str, str | bytes] = {
        "hall.jpg": photo(1300, 700),
        "inline.png": png(transparent=True),
        "letter.pdf": pdf(),
        "report.docx": docx(changes=False),
        "list.csv": "имя,год\n",
        "unused.jpg": photo(90, 60, seed=3),
    }
    return make_site(files(**own) | {f"{HERE}/table.md": release(PHOTOS, body)})


def test_no_secrets(make_site: Make) -> None:
    """Whatever lies beside a release, nothing published tells who made it, when, where, by what;
    the originals stay as they are.
    """
    site = full(make_site)
    before = tree(site.root / "content")
    built = site.build()
    assert codes(built.result.problems) == []
    assert leaks(b"".join(before.values())) == set(SECRETS)
    assert [path for path, data in built.public.items() if leaks(data)] == []
    originals = {digest_bytes(data) for path, data in before.items() if not path.endswith(".csv")}
    assert originals.isdisjoint(map(digest_bytes, built.public.values()))
    assert tree(site.root / "content") == before


def test_sizes(make_site: Make) -> None:
    """A photograph is published upright in sizes, each of the form and width that its name tells,
    and not under its own name.
    """
    public = full(make_site).build().public
    digest = digest_bytes(photo(1300, 700))[:10]
    expected = {
        f"releases/table/hall.{digest}.{width}.{suffix}"
        for width in (480, 700)
        for suffix in ("avif", "jpg")
    }
    assert {path for path in public if "/hall." in path} == expected
    for path in expected:
        image = Image.open(BytesIO(public[path]))
        width = int(path.split(".")[-2])
        assert image.size == (width, round(1300 * width / 700))
        assert image.format == {"avif": "AVIF", "jpg": "JPEG"}[path.rpartition(".")[2]]


def test_shown(make_site: Make) -> None:
    """The page names the sizes, the true proportions, the words for those who cannot see."""
    text = page_of(full(make_site).build().public)
    digest = digest_bytes(photo(1300, 700))[:10]
    assert f'src="/releases/table/hall.{digest}.480.jpg" width="700" height="1300"' in text
    assert f"/releases/table/hall.{digest}.700.avif 700w" in text
    assert 'alt="Зал">Подпись' in text


def test_picture_in_text(make_site: Make) -> None:
    """A picture in the text is shown in sizes, lazily, with its alt text and its proportions."""
    public = full(make_site).build().public
    text = page_of(public)
    shown = re.search(r"<picture>.*?</picture>", text)
    assert shown
    assert 'width="200" height="300" loading="lazy" decoding="async" alt="Схема">' in shown[0]
    named = re.findall(r"/(releases/table/[\w.]+)", shown[0])
    assert len(named) == 3
    assert set(named) <= set(public)


def test_documents(make_site: Make) -> None:
    """Documents are listed with the size of what is published and their pages; pictures that are
    shown are not listed, and one that is not shown is.
    """
    public = full(make_site).build().public
    listed = re.findall(r"<i>(\S+) (\d+) (\d+)</i>", page_of(public))
    assert [(name, pages) for name, _, pages in listed] == [
        ("letter.pdf", "3"),
        ("list.csv", "0"),
        ("report.docx", "4"),
        ("unused.jpg", "0"),
    ]
    for name, size, _ in listed:
        assert int(size) == len(public[f"releases/table/{name}"])


def test_made_once(make_site: Make, encoded: Counter[str]) -> None:
    """Neither a second build nor `--force`, another output, an emptied output or an edited page
    makes a picture or document again.
    """
    site = full(make_site)
    first = site.build()
    assert encoded["picture.encode"] == 8
    assert (encoded["pdf.clean"], encoded["office.clean"]) == (1, 1)
    encoded.clear()
    assert site.build(force=True).public == first.public
    assert site.build(output=site.root / "elsewhere").public == first.public
    shutil.rmtree(site.public)
    assert site.build().public == first.public
    site.write({f"{HERE}/table.md": release(PHOTOS, "![Схема](inline.png)\n\nЕщё слово.")})
    site.build(engine="another")
    assert encoded == Counter()


def test_damaged_store(make_site: Make, encoded: Counter[str]) -> None:
    """What is damaged or missing in the cache is made again, with the same bytes."""
    site = full(make_site)
    first = site.build()
    kept = sorted((site.root / ".mksite/pictures").rglob("*-avif.*"))
    encoded.clear()
    kept[0].write_bytes(kept[0].read_bytes()[:-1])
    kept[1].write_bytes(b"")
    kept[2].unlink()
    assert site.build(force=True).public == first.public
    assert encoded == Counter({"picture.encode": 3})
    for path in (site.root / ".mksite").glob("attachments*"):
        path.write_bytes(b"damaged")
    assert site.build(force=True).public == first.public


def test_edited_photo(make_site: Make) -> None:
    """Another photograph under the same name makes its release's page and its sizes anew, and
    nothing else; the old sizes are gone.
    """
    site = full(make_site)
    first = site.build()
    site.write({f"{HERE}/table/hall.jpg": photo(1300, 700, seed=7)})
    second = site.build()
    digest = digest_bytes(photo(1300, 700, seed=7))[:10]
    sizes = {path for path in second.public if f"hall.{digest}" in path}
    assert len(sizes) == 4
    assert {path for path in second.result.rendered if path.startswith("releases/")} == {
        "releases/table/index.html",
        *sizes,
    }
    assert "releases/other/index.html" not in second.result.rendered
    assert set(second.result.removed) == {p for p in first.public if "/hall." in p}
    assert second.public == site.build(output=site.root / "clean", force=True).public


def test_edited_document(make_site: Make) -> None:
    """Another document under the same name makes itself and its release's page anew."""
    site = full(make_site)
    site.build()
    site.write({f"{HERE}/table/letter.pdf": pdf(5)})
    second = site.build()
    assert {path for path in second.result.rendered if path.startswith("releases/")} == {
        "releases/table/index.html",
        "releases/table/letter.pdf",
    }
    assert "letter.pdf" in page_of(second.public)
    assert second.public == site.build(output=site.root / "clean", force=True).public


def test_jobs(make_site: Make) -> None:
    """One process and three give the same bytes."""
    site = full(make_site)
    alone = site.build(jobs=1).public
    cache.discard(site.root)
    assert site.build(jobs=3, force=True, output=site.root / "three").public == alone


def test_same_photo_twice(make_site: Make) -> None:
    """The same photograph under two names, or in two releases, is no mistake."""
    data = photo(60, 40)
    front = "photos: [{file: a.jpg, alt: А}, {file: a.jpeg, alt: Б}]"
    site = make_site(
        files(**{"a.jpg": data, "a.jpeg": data})
        | {
            f"{HERE}/table.md": release(front),
            f"{HERE}/other.md": release("photos: [{file: a.jpg, alt: А}]"),
            f"{HERE}/other/a.jpg": data,
        }
    )
    built = site.build()
    assert codes(built.result.problems) == []
    assert len([path for path in built.public if path.endswith(".avif")]) == 2


def test_photo_in_text_too(make_site: Make) -> None:
    """A photograph that the text links to is published whole as well, clean."""
    site = make_site(
        files(**{"hall.jpg": photo(60, 40)})
        | {f"{HERE}/table.md": release(PHOTOS, "[крупно](hall.jpg)")}
    )
    public = site.build().public
    assert Image.open(BytesIO(public["releases/table/hall.jpg"])).size == (40, 60)
    assert leaks(public["releases/table/hall.jpg"]) == set()


def test_without_sizes(make_site: Make) -> None:
    """A site without the feature publishes a photograph once, whole, and still clean."""
    site = full(make_site)
    site.write({"site.yaml": SITE_YAML + "features: {pictures: false}\n"})
    built = site.build()
    assert codes(built.result.problems) == []
    assert [path for path in built.public if "hall" in path] == ["releases/table/hall.jpg"]
    assert [path for path, data in built.public.items() if leaks(data)] == []
    text = page_of(built.public)
    assert 'src="/releases/table/hall.jpg" width="700" height="1300"' in text
    shown = re.search(r"<picture>(.*?)</picture>", text)
    assert shown
    assert shown[1].startswith('<img src="/releases/table/inline.png"')
    assert 'width="200" height="300"' in shown[1]


def test_hidden(make_site: Make) -> None:
    """Nothing beside a draft is published, and a mistake beside it is told."""
    site = make_site(
        files(**{"hall.jpg": photo(60, 40)})
        | {f"{HERE}/table.md": release(f"{PHOTOS}\ndraft: true")}
    )
    assert [path for path in site.build().public if "hall" in path] == []
    site.write({f"{HERE}/table/old.doc": b"\xd0\xcf\x11\xe0"})
    assert codes(site.build().result.problems) == [(f"{HERE}/table/old.doc", "document-legacy")]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.jpg", b"no picture", "picture-unreadable"),
        ("a.jpg", photo(60, 40)[:900], "picture-unreadable"),
        ("a.heic", b"\0\0\0\x18ftypheic", "picture-heic"),
        ("a.svg", b"<html/>", "picture-unreadable"),
        ("a.pdf", b"%PDF-1.7", "document-damaged"),
        ("a.pdf", pdf(password=PLACE), "document-protected"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "document-protected"),
        ("a.docx", b"PK", "document-damaged"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "document-legacy"),
        ("a.zip", b"PK", "attachment-unknown"),
        ("a.html", b"<p>", "attachment-unknown"),
        ("noname", b"", "attachment-unknown"),
    ],
)
def test_uncleanable(make_site: Make, name: str, data: bytes, code: str) -> None:
    """What cannot be cleaned is a mistake at its place, and nothing is published."""
    site = make_site(files(**{name: data}))
    for _ in range(2):
        built = site.build()
        assert codes(built.result.problems) == [(f"{HERE}/table/{name}", code)]
        assert built.public == {}
    site.remove(f"{HERE}/table/{name}")
    assert site.build().result.published


def test_changes_are_told(make_site: Make) -> None:
    """A document that shows changes is published with a warning, each time."""
    site = make_site(files(**{"a.docx": docx()}))
    for _ in range(2):
        built = site.build()
        (problem,) = built.result.problems
        assert (problem.code, problem.severity) == ("document-changes", "warning")
        assert "releases/table/a.docx" in built.public
    assert not site.build(strict=True).result.published


def test_photo_of_another_kind(make_site: Make) -> None:
    """A photograph that is none is a mistake where it is named."""
    site = make_site(
        files(**{"a.pdf": pdf()}) | {f"{HERE}/table.md": release("photos: [{file: a.pdf, alt: А}]")}
    )
    (problem,) = site.build().result.problems
    assert (problem.path, problem.line, problem.code, problem.field) == (
        f"{HERE}/table.md",
        4,
        "photo-kind",
        "photos[0].file",
    )


@pytest.mark.parametrize("alt", ["''", "' '", "{}"])
def test_photo_without_words(make_site: Make, alt: str) -> None:
    """A photograph without a text for those who cannot see it is a mistake."""
    site = make_site(
        files(**{"hall.jpg": photo(60, 40)})
        | {f"{HERE}/table.md": release(f"photos: [{{file: hall.jpg, alt: {alt}}}]")}
    )
    result = site.build().result
    assert not result.published
    assert {problem.path for problem in result.problems} == {f"{HERE}/table.md"}


def test_old_is_removed(make_site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made of a photograph that is gone is kept for its return, and not for ever."""
    site = full(make_site)
    site.build()
    store = CleanedFiles(site.root / ".mksite")
    digest = digest_bytes(photo(1300, 700))
    site.write({f"{HERE}/table.md": release()})
    site.remove(f"{HERE}/table/hall.jpg")
    site.build()
    assert digest in store.digests()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + KEPT_SECONDS + 1)
    site.write({f"{HERE}/other.md": release("summary: Другое")})
    site.build()
    assert digest not in store.digests()
    assert len(store.digests()) == 4


def test_other_recipe(
    make_site: Make, encoded: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where pictures are made in another way, they are made anew, and the old ones are removed."""
    site = full(make_site)
    site.build()
    encoded.clear()
    own = cleaning.recipe
    monkeypatch.setattr(cleaning, "recipe", lambda form: "new" if form == "picture" else own(form))
    site.build(engine="another")
    assert encoded["picture.encode"] == 8
    assert encoded["pdf.clean"] == 0
    names = [path.name for path in (site.root / ".mksite/pictures").rglob("*-avif.*")]
    assert {name.rpartition(".")[2] for name in names} == {"new"}


def test_nothing_attached(make_site: Make) -> None:
    """A site without attachments has no store, and no fact file."""
    site = make_site(files())
    site.build()
    assert not list((site.root / ".mksite").glob("pictures*"))
    assert not list((site.root / ".mksite").glob("attachments*"))


def test_fresh_file_has_its_size(make_site: Make) -> None:
    """The size of a file that was written this instant is told as truly as later."""
    site = make_site(files(**{"list.csv": "а,б\n"}))
    first = page_of(site.build().public)
    assert "<i>list.csv 6 0</i>" in first
    assert page_of(site.build(force=True).public) == first


def test_unused_asset(make_site: Make) -> None:
    """An asset that no template, style sheet or script names is warned about at its place."""
    base = "{{ asset('site.css') }}{{ asset('app.js') }}"
    site = make_site(
        files()
        | {
            "assets/site.css": "a { src: url('img/felt.svg#x') } b { src: url(f.woff2) }",
            "assets/app.js": 'load("data.json")',
            "assets/img/felt.svg": "<svg/>",
            "assets/f.woff2": b"font",
            "assets/data.json": "{}",
            "assets/img/left.png": png(),
            "assets/felt.svg": "<svg/>",
        }
    )
    template = site.root / "templates/base.html"
    template.write_text(template.read_text("utf-8") + base, "utf-8")
    result = site.build().result
    assert [(p.path, p.code, p.severity) for p in result.problems] == [
        ("assets/felt.svg", "unused-asset", "warning"),
        ("assets/img/left.png", "unused-asset", "warning"),
    ]
    assert result.published


def test_entity_and_page(make_site: Make) -> None:
    """What lies beside an organization or a page is published clean too."""
    site = make_site(
        {
            "content/organizations/iom.md": "---\nname: МОМ\n---\n![Знак](sign.png)\n",
            "content/organizations/iom/sign.png": png(),
            "content/pages/about.md": "---\ntitle: Об архиве\n---\n[Устав](statute.pdf)\n",
            "content/pages/about/statute.pdf": pdf(),
        }
    )
    built = site.build()
    assert codes(built.result.problems) == []
    assert {p for p in built.public if p.startswith("organizations/iom/sign")} == {
        "organizations/iom/sign.png",
        *(
            f"organizations/iom/sign.{digest_bytes(png())[:10]}.200.{suffix}"
            for suffix in ("avif", "jpg")
        ),
    }
    assert leaks(built.public["about/statute.pdf"]) == set()


def test_store(tmp_path: Path) -> None:
    """The store gives back what it was given, under the name that it was given for."""
    store = CleanedFiles(tmp_path)
    digest = digest_bytes(b"x")
    assert store.get("picture", digest, "480-avif") is None
    store.put("picture", digest, "480-avif", b"made\nof lines")
    assert store.get("picture", digest, "480-avif") == b"made\nof lines"
    assert store.get("picture", digest, "480-jpeg") is None
    assert store.digests() == [digest]
    store.remove(digest)
    assert store.digests() == []


def test_noise_differs() -> None:
    """Two seeds give two photographs, so that a test that swaps them tests something."""
    assert noise(20, 20, 1).tobytes() != noise(20, 20, 2).tobytes()


@pytest.mark.parametrize(
    ("body", "code", "column"),
    [
        ("Текст ![](hall.jpg)", "photo-without-alt", 9),
        ("![ ](hall.jpg)", "photo-without-alt", 4),
        ('<img src="hall.jpg">', "photo-without-alt", 6),
        ('<img src="file:///hall.jpg" alt="Зал">', "html-picture", 1),
        ("![Зал](https://elsewhere.example/a.jpg)", "remote-picture", 7),
        ("![Зал](//elsewhere.example/a.jpg)", "remote-picture", 7),
    ],
)
def test_picture_in_text_is_checked(make_site: Make, body: str, code: str, column: int) -> None:
    """A picture in the text needs words for who cannot see it, and must lie beside the text."""
    site = make_site(
        files(**{"hall.jpg": photo(60, 40)}) | {f"{HERE}/table.md": release(body=body)}
    )
    (problem,) = site.build().result.problems
    assert (problem.path, problem.line, problem.code) == (f"{HERE}/table.md", 6, code)
    assert problem.column in (column - 1, column)


def test_names_with_capitals_and_spaces(make_site: Make) -> None:
    """Cameras and people name files as they like: the site gives them names that addresses have."""
    decomposed = "Зал и\u0306.csv"  # as macOS has it
    site = make_site(
        {
            **files(),
            f"{HERE}/table/IMG 0001.JPG": photo(),
            f"{HERE}/table/Список.CSV": "1;2\n",
            f"{HERE}/table/{decomposed}": "3\n",
            f"{HERE}/table.md": release(
                "photos: [{file: IMG 0001.JPG, alt: Зал}]",
                "См. [список](table/Список.CSV) и [зал](table/Зал й.csv).",
            ),
        }
    )
    built = site.build()
    assert built.result.problems == ()
    page = built.public["releases/table/index.html"].decode()
    pictures = re.findall(r'src="/(releases/table/img-0001[^"]*)"', page)
    assert pictures
    assert set(pictures) <= set(built.public)
    for name in ("spisok.csv", "zal-y.csv"):
        assert f'href="/releases/table/{name}"' in page
        assert f"releases/table/{name}" in built.public
    assert all(path.isascii() and " " not in path for path in built.public)
