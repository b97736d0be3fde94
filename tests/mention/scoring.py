"""How well names are recognized in labelled sentences.

    python -m tests.mention.scoring [FILE…]

A line is a language, a tab and a sentence in which `{id|words}` is a mention; a sentence may go
over several lines. Prints every miss, then precision, recall and F1 a language.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from mksite.mention.grammar.names import NameIndex
from mksite.mention.grammar.pattern import Name
from mksite.mention.recognize import recognize

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
LABELLED = HERE / "labelled.txt"
HELD_OUT = HERE / "held_out.txt"
_LABEL = re.compile(r"\{([\w-]+)\|([^{}]*)\}")

Span = tuple[int, int, str]


class Score(NamedTuple):
    """Mentions that are right, too many, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The part of the recognized that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The part of the labelled that is recognized."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def index() -> NameIndex:
    """The names of `names.yaml`."""
    listed = yaml.safe_load((HERE / "names.yaml").read_text("utf-8"))
    return NameIndex(
        Name(text, ident, kind) for ident, (kind, *names) in listed.items() for text in names
    )


def sentences(path: Path) -> Iterator[tuple[str, str, set[Span]]]:
    """Of each sentence its language, its text and its mentions."""
    for block in re.split(r"\n(?=(?:ru|ky)\t)", path.read_text("utf-8").strip()):
        lang, marked = block.split("\t", 1)
        text, spans, end = "", set(), 0
        for found in _LABEL.finditer(marked):
            text += marked[end : found.start()]
            spans.add((len(text), len(text) + len(found[2]), found[1]))
            text += found[2]
            end = found.end()
        yield lang, text + marked[end:], spans


def score(path: Path, names: NameIndex) -> tuple[dict[str, Score], list[str]]:
    """The Score of each language, and a line for every mistake."""
    scores: dict[str, Score] = {}
    mistakes = []
    for lang, text, wanted in sentences(path):
        got = {(m.start, m.end, m.id) for m in recognize(text, names)}
        old = scores.get(lang, Score())
        scores[lang] = Score(
            old.right + len(got & wanted),
            old.wrong + len(got - wanted),
            old.missed + len(wanted - got),
        )
        for sign, spans in (("+", got - wanted), ("-", wanted - got)):
            mistakes += [f"{sign} {i}|{text[a:b]} in: {text}" for a, b, i in sorted(spans)]
    return scores, mistakes


def main() -> None:
    """Prints the scores."""
    names = index()
    for path in [Path(given) for given in sys.argv[1:]] or [LABELLED, HELD_OUT]:
        scores, mistakes = score(path, names)
        print(*mistakes, sep="\n")  # noqa: T201
        for lang, got in scores.items():
            print(  # noqa: T201
                f"{path.name} {lang}: P {got.precision:.3f} R {got.recall:.3f} F1 {got.f1:.3f}"
            )


if __name__ == "__main__":
    main()
