"""mksite.text.name: when two names are the same, and which are near."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mksite.text.name import fold, nearest

if TYPE_CHECKING:
    import random

ORGANIZATIONS = (
    "Международная организация по миграции",
    "International Organization for Migration",
    "Центр поддержки гражданского общества",
    "УВКБ ООН",
    "ООН-Женщины",
    "Бишкек",
    "Кыргызстан",
)
names = st.text(
    alphabet=st.one_of(
        st.sampled_from("абеёАЕЁxyzABCß«»“”\"'’´.- –—\u00a0\u00ad\u200b\u0301\u0308\u0306№ﬁİ"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=16,
)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("ОсОО «Рога и копыта»", "осоо рога и копыта"),
        ('ОсОО "Рога и копыта"', "осоо рога и копыта"),
        ("ОсОО „Рога и копыта“", "осоо рога и копыта"),
        ("Ала-Арча", "ала арча"),
        ("Ала\u2011Арча", "ала арча"),
        ("Ала — Арча", "ала арча"),
        ("  Ала\u00a0\n Арча ", "ала арча"),
        ("Алёна", "алена"),
        ("Але\u0308на", "алена"),
        ("миг\u00adрация\u200b", "миграция"),
        ("и др.", "и др"),
        ("и т. д. .", "и т. д"),
        ("О’Коннор", "оконнор"),
        ("О´Коннор", "оконнор"),
        ("Straße", "strasse"),
        ("ЖАҢЫ ӨЗГӨН", "жаңы өзгөн"),
        ("«»", ""),
    ],
)
def test_fold(name: str, folded: str) -> None:
    """Case, ё, quotes, hyphens, spaces and invisible characters make no difference."""
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("a", "b"), [("IOM", "ІОМ"), ("MOM", "МОМ"), ("А", "A"), ("ң", "н"), ("й", "и"), ("C.H.", "CH")]
)
def test_fold_keeps_apart(a: str, b: str) -> None:
    """Letters that look alike in two scripts, other accents and inner dots stay different."""
    assert fold(a) != fold(b)


@given(names)
def test_fold_is_idempotent(name: str) -> None:
    """Folding a folded name changes nothing, whatever Unicode is in it."""
    assert fold(fold(name)) == fold(name)


@given(names)
def test_fold_ignores_wrapping(name: str) -> None:
    """A name in quotes, capitals or spaces is the same name."""
    assert fold(f" «{name}» ") == fold(name)
    assert fold(name.casefold()) == fold(name)


@pytest.mark.parametrize(
    ("name", "candidates", "expected"),
    [
        ("tilte", ("title", "date", "tags"), ("title",)),
        ("tag", ("title", "date", "tags"), ("tags",)),
        ("zzz", ("title", "date", "tags"), ()),
        ("", ("title",), ()),
        ("Кыргызтан", ORGANIZATIONS, ("Кыргызстан",)),
        ("бишкек", ORGANIZATIONS, ("Бишкек",)),
        ("МОМ", ORGANIZATIONS, ("Международная организация по миграции",)),
        ("IOM", ORGANIZATIONS, ("International Organization for Migration",)),
        ("Центр поддержки гражданского общества", ("ЦПГО", "МОМ"), ("ЦПГО",)),
        ("Междунар", ORGANIZATIONS, ("Международная организация по миграции",)),
        ("ООН", ORGANIZATIONS, ("ООН-Женщины", "УВКБ ООН")),
        ("г. Бишкек, Кыргызстан", ORGANIZATIONS, ("Бишкек", "Кыргызстан")),
        ("аб", ("а", "абв", "абг", "абд", "абе"), ("абв", "абг", "абд")),
    ],
)
def test_nearest(name: str, candidates: tuple[str, ...], expected: tuple[str, ...]) -> None:
    """Slips, beginnings, whole words and acronyms find what was meant, the likeliest first."""
    assert nearest(name, candidates) == expected


@given(names, st.lists(names, max_size=8), st.integers(0, 4), st.randoms(use_true_random=False))
def test_nearest_ignores_order(
    name: str, candidates: list[str], limit: int, shuffle: random.Random
) -> None:
    """The order of the candidates is irrelevant, the limit holds, and a name is nearest itself."""
    near = nearest(name, candidates, limit=limit)
    shuffled = shuffle.sample(candidates, len(candidates))
    assert nearest(name, shuffled, limit=limit) == near
    assert len(near) <= limit
    assert set(near) <= set(candidates)
    if near and any(fold(each) == fold(name) for each in candidates):
        assert fold(near[0]) == fold(name)
