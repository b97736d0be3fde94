"""review.similar: texts that are nearly the same are found, whatever their number."""

from __future__ import annotations

from random import Random
from zlib import crc32

import pytest

from mksite.review import similar

WORDS = [f"слово{number}" for number in range(3_000)]


def text(seed: int, length: int = 300) -> str:
    """A text of its own for each seed."""
    return " ".join(Random(seed).choices(WORDS, k=length))  # noqa: S311


def test_a_text_with_another_word_is_near() -> None:
    """One that was mended here and there is told with the earlier; others are not."""
    first = text(1)
    words = first.split()
    words[100:103] = ["мигранты", "собрались"]
    texts = [("a", first), ("b", text(2)), ("c", " ".join(words).upper()), ("d", text(3))]
    assert list(similar.pairs(texts)) == [("c", "a")]


def test_a_common_formula_makes_no_text_near() -> None:
    """A paragraph about the publisher that stands in all of them is no likeness."""
    formula = text(0, 80)
    texts = [(f"{number:03}", f"{text(number + 1)} {formula}") for number in range(60)]
    assert list(similar.pairs(texts)) == []


def test_each_of_many_equal_texts_is_told() -> None:
    """Each but the first is told, also where the texts are more than are compared."""
    texts = [(f"{number:03}", text(7)) for number in range(50)]
    assert [found for found, _ in similar.pairs(texts)] == [ident for ident, _ in texts[1:]]


@pytest.mark.parametrize("short", ["", "Слово", "Текст выйдет позже, следите за новостями"])
def test_short_texts_are_left_alone(short: str) -> None:
    """Two short texts may well be the same."""
    assert list(similar.pairs([("a", short), ("b", short)])) == []


def test_work_is_linear(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice as many texts with a formula in common need at most about twice the comparisons."""
    counts = []
    share = similar.share
    for number in (200, 400):
        compared = 0

        def counted(first: list[int], second: list[int]) -> float:
            nonlocal compared
            compared += 1
            return share(first, second)

        monkeypatch.setattr(similar, "share", counted)
        formula = text(0, 80)
        assert not list(similar.pairs((f"{n}", f"{text(n + 1)} {formula}") for n in range(number)))
        counts.append(compared)
    assert counts[1] <= 2.2 * counts[0]


def test_a_sketch_is_of_the_words() -> None:
    """Marks, spaces and case are no part of it; its hashes are the same in every process."""
    plain = " ".join(f"w{number}" for number in range(30))
    made = similar.sketch(plain)
    assert made == similar.sketch(plain.upper().replace(" ", ",\n"))
    assert crc32(b"w0 w1 w2 w3") in made
