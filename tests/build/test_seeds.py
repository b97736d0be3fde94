"""The five releases are complete as to their documents, and not a sentence of them is copied."""

from __future__ import annotations

import json
import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.build.test_site import named, originals, parties, plain, roles_in_content, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(
    not (SEEDS / "facts.json").is_file(), reason="The source documents lie beside the repository."
)

RELEASES = {
    "000_6699a72f54960e81.txt": "integration-strategy-round-table",
    "001_53727db50131e8fd.txt": "migrants-day-conference",
    "002_82e22e31e3040824.txt": "migrant-rights-practice",
    "003_1fcf126dafbfb240.txt": "reintegration-seminar-bomca",
    "004_e7119df4e3500d3a.txt": "mbos-second-session",
}
OURS = {"tspc-migrant-rights": "migrant-rights-kg"}  # the registry's id → the archive's
IN_WORDS = {2: r"\bii\b|втор|экинчи|second", 4: "четыр|төрт|four", 20: "двадцат|жыйырма|twenty"}
COPIED_WORDS = 7
IGNORED = {"public", "node_modules", "__pycache__", "dist"}
LANGUAGES = ("", "ky", "en")
_WORD = re.compile(r"\w+|\|")  # a bar parts what does not belong together
_ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|\+\d[\d\s-]+")


def facts() -> dict[str, dict[str, Any]]:
    """What each document says, by its file."""
    found: dict[str, dict[str, Any]] = json.loads((SEEDS / "facts.json").read_text("utf-8"))
    return found


def registry() -> list[dict[str, Any]]:
    """The entities that the documents name."""
    found: list[dict[str, Any]] = json.loads((SEEDS / "registry.json").read_text("utf-8"))
    return found


def words(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return _WORD.findall(text.casefold().replace("ё", "е"))


def joined(text: str) -> str:
    """The words of a text with single spaces between and around them."""
    return f" {' '.join(words(text))} "


def prose(text: str) -> str:
    """A text as a reader sees it: links by their words, addresses left out."""
    shown = re.sub(r"\[\[(?:[^\[\]|\n]*\|)?([^\[\]\n]*)\]\]", r"\1", text)
    return _ADDRESS.sub(" | ", shown)


def texts(ident: str) -> dict[str, str]:
    """Everything that the files of a release say, by language."""
    return {
        source.lang: joined(prose(f"{source.meta.get('summary')} {source.body}"))
        for source in sources("releases")
        if source.id == ident
    }


def named_in(said: dict[str, Any]) -> Iterator[str]:
    """The ids of all organizations and programmes that a document names."""
    for field in ("organizers", "partners", "funders_event", "participants_orgs"):
        yield from (party["id"] for party in said[field] if "id" in party)
    yield from said["mentioned_orgs"]
    yield from (mention["id"] for mention in said["mentions"] if not mention.get("optional"))
    yield from (speaker["org"] for speaker in said["speakers"])
    programme = said["programme"]
    yield from (programme["id"], *programme["implementers"], *programme["funders"])
    if said.get("publisher"):
        yield said["publisher"]["id"]


@pytest.mark.parametrize("seed", RELEASES)
def test_every_party_is_there(seed: str) -> None:
    """Each organization and programme of a document has a role in its release, or a link."""
    ident = RELEASES[seed]
    known = parties()
    involved = {
        party
        for (_, party), roles in roles_in_content().items()
        if any(ident in releases for releases in roles.values())
    }
    meta = originals("releases")[ident]
    involved |= {known[plain(name)][1] for name in named(meta.get("programme"))}
    assert {OURS.get(party, party) for party in named_in(facts()[seed])} - involved == set()


@pytest.mark.parametrize("seed", RELEASES)
def test_every_person_is_there(seed: str) -> None:
    """Each person of a document is named in its release, in all languages."""
    said = facts()[seed]
    people = [*said["speakers"], *([said["contact"]] if said["contact"] else [])]
    meta = originals("releases")[RELEASES[seed]]
    listed = [*meta.get("speakers", ()), *([meta["contact"]] if meta.get("contact") else [])]
    for person in people:
        surname = max(words(person["name"]), key=len)
        entries = [entry for entry in listed if surname in words(entry["name"]["ru"])]
        assert entries, surname
        assert all(set(entry["name"]) == {"ru", "ky", "en"} for entry in entries), surname
        if "email" in person:
            assert entries[0]["email"] == person["email"]


@pytest.mark.parametrize("seed", RELEASES)
def test_every_figure_is_there(seed: str) -> None:
    """Each figure of a document stands in its release, in figures or in words, in all languages."""
    found = texts(RELEASES[seed])
    for number in facts()[seed]["numbers"]:
        if number.get("what") == "boilerplate":
            continue
        value = number["value"] // 1000 if number["value"] >= 10_000 else number["value"]
        written = " ".join(str(value).split("."))
        for lang in LANGUAGES:
            pattern = rf"\b{written}\b|{IN_WORDS.get(value, written)}"
            assert re.search(pattern, found[lang]), (lang, number)


@pytest.mark.parametrize("seed", RELEASES)
def test_every_report_is_there(seed: str) -> None:
    """The title of each report is quoted in full."""
    found = texts(RELEASES[seed])[""]
    for report in facts()[seed].get("reports", ()):
        assert joined(report["title"]).strip() in found


@pytest.mark.parametrize("seed", RELEASES)
def test_no_date_says_more_than_the_document(seed: str) -> None:
    """A day that the document gives is given; a year that it does not give is marked as such."""
    said = facts()[seed]
    meta = originals("releases")[RELEASES[seed]]
    start = str(meta["event"].get("start", ""))
    assert str(meta.get("date", "")) == (said["date_published"] or "")
    if "year_candidates" in said["event"]:
        assert re.search(r"[?~%\[X]", start), start
        assert set(meta["date_note"]) == {"ru", "ky", "en"}
    else:
        assert start.startswith(said["event"]["date"])


def test_every_entity_is_there() -> None:
    """Each entity that the documents name has a file of its kind, with its names."""
    for entry in registry():
        folder = f"{entry['kind']}s"
        meta = originals(folder)[OURS.get(entry["id"], entry["id"])]
        known = parties()
        for name in (*entry["name"].values(), *chain(*entry["abbreviations"].values())):
            bare = re.sub(r" \(.*\)$", "", name)  # an explanation is no part of a name
            found = known.get(plain(name)) or known.get(plain(bare))
            assert found == (folder, OURS.get(entry["id"], entry["id"])), (entry["id"], name)
        assert {"ru", "ky", "en"} <= set(meta["name"]), entry["id"]


def titles() -> set[str]:
    """Names, titles, offices and addresses, which are what they are."""
    found = {name for entry in registry() for name in entry["name"].values()}
    for entry in registry():
        found.update(entry.get("aliases", ()), entry.get("surface_forms_in_seeds", ()))
    for said in facts().values():
        found.update(report["title"] for report in said.get("reports", ()))
        found.add(said["event"]["name"])
        found.update(event["name"] for event in said.get("other_events", ()))
        found.update(mention["surface"] for mention in said["mentions"])
        found.update(speaker["role"] for speaker in said["speakers"])
        found.add(said["event"]["name"].removeprefix("Презентация проекта "))
        found.add(said.get("publisher", {}).get("address", ""))
    return found - {""}


def runs(text: str, quoted: list[str]) -> set[str]:
    """All runs of so many words, none of which lies within a title or over its edge."""
    whole = joined(prose(text))
    for title in quoted:
        whole = whole.replace(title, " | ")
    found = set()
    for part in whole.split("|"):
        sequence = part.split()
        for start in range(len(sequence) - COPIED_WORDS + 1):
            found.add(" ".join(sequence[start : start + COPIED_WORDS]))
    return {run for run in found if not any(f" {run} " in title for title in quoted)}


def repository() -> Iterator[Path]:
    """All files of the repository that may hold text."""
    waiting = [ROOT]
    while waiting:
        for path in waiting.pop().iterdir():
            if path.is_dir():
                if path.name not in IGNORED and not path.name.startswith("."):
                    waiting.append(path)
            elif path.suffix in (".md", ".py", ".html", ".toml", ".po", ".yaml", ".json", ".txt"):
                yield path


def test_no_sentence_is_copied() -> None:
    """Nothing in the repository has seven words in a row as a document has them."""
    quoted = sorted(map(joined, titles()), key=len, reverse=True)
    theirs: dict[str, str] = {}
    for seed in RELEASES:
        theirs |= dict.fromkeys(runs((SEEDS / seed).read_text("utf-8"), quoted), seed)
    copied = {
        (path.relative_to(ROOT).as_posix(), run)
        for path in repository()
        for run in runs(path.read_text("utf-8", "replace"), quoted) & theirs.keys()
    }
    assert copied == set()
