"""mksite.mention: names in running text, in every form, and only names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mksite.mention.grammar.names import NameIndex
from mksite.mention.grammar.pattern import Name
from mksite.mention.reading import decode
from mksite.mention.recognize import examine, recognize
from tests.mention import scoring

NAMES = scoring.index()


def ids(text: str, **values: object) -> list[str]:
    """The ids of the mentions in a text."""
    return [found.id for found in recognize(text, NAMES, **values)]  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["ru", "ky"])
def test_labelled_sentences_are_recognized(lang: str) -> None:
    """The public labelled set: precision and recall of the issue."""
    scores, mistakes = scoring.score(scoring.LABELLED, NAMES)
    assert scores[lang].precision >= 0.98, mistakes
    assert scores[lang].f1 >= 0.96, mistakes


@pytest.mark.parametrize("lang", ["ru", "ky"])
def test_held_out_sentences_are_recognized(lang: str) -> None:
    """Sentences written after the rules."""
    scores, mistakes = scoring.score(scoring.HELD_OUT, NAMES)
    assert scores[lang].f1 >= 0.9, mistakes


@given(
    st.text(
        alphabet=st.sampled_from('МОМуюмдүн Ош«»"[](`!.-\n00ЕСоБишкек\u00ad\u0306\x00'), max_size=80
    )
)
def test_spans_are_of_the_text_and_apart(text: str) -> None:
    """Every span is what it says; none is within another."""
    examined = examine(text, NAMES)
    end = 0
    for found in examined.mentions:
        assert text[found.start : found.end] == found.surface
        assert found.start >= end
        end = found.end


def test_an_id_of_the_front_matter_supports_two_letters() -> None:
    """ЕС alone may be anything; beside the field it is the European Union."""
    assert ids("Проект ЕС начат.") == []
    assert ids("Проект ЕС начат.", known=["eu"]) == ["eu"]


def test_a_former_name_is_decided_by_the_date() -> None:
    """A name that one has left and another bears now."""
    names = NameIndex(
        [
            Name(
                "Совет по миграции КР", "old", "organization", former=True, until=date(2012, 12, 31)
            ),
            Name("Совет по миграции КР", "new", "organization"),
        ]
    )
    text = "Заседание Совета по миграции КР."
    assert [m.id for m in recognize(text, names, when=date(2011, 5, 1))] == ["old"]
    assert [m.id for m in recognize(text, names, when=date(2014, 5, 1))] == ["new"]
    assert examine(text, names).refused[0].reason == "ambiguous"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Заседание ОСМ перенесли.", "ambiguous"),
        ("Проект ЕС начат.", "no-support"),
        ("Содействие важно.", "common-noun"),
        ("Некий Базарбаев пришёл.", "surname-alone"),
        ("[[!МОМ]] и МОМ", "switched-off"),
    ],
)
def test_a_refusal_has_its_reason(text: str, reason: str) -> None:
    """What does not count is told with the reason."""
    examined = examine(text, NAMES)
    assert examined.mentions == ()
    assert [found.reason for found in examined.refused] == [reason]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r", "cp866"])
def test_common_encodings_are_read(encoding: str) -> None:
    """A file of any common encoding gives the same text."""
    text = "Семинар в Бишкеке провела Международная организация по миграции."
    assert decode(text.encode(encoding)) == text


def test_a_noun_before_a_name_is_no_part_of_it() -> None:
    """An alias that puts a common noun before another name needs that noun's capital."""
    names = NameIndex([Name("БОМКА", "b", "programme"), Name("Программа БОМКА", "b", "programme")])
    assert [m.surface for m in recognize("итоги программы БОМКА", names)] == ["БОМКА"]
    assert [m.surface for m in recognize("Программа БОМКА идёт", names)] == ["Программа БОМКА"]


@pytest.mark.parametrize("mark", ["[", "[[", "<a", "{#"])
def test_marks_that_never_close_hide_nothing(mark: str) -> None:
    """What is never closed is text, and names after it are names."""
    assert ids(f"{mark} и {mark} МОМ") == ["iom"]
