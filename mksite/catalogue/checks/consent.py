"""Tells of numbers and addresses of people that nobody has marked as public.

Public are those of the site's contact and of the release's own, and what `public` lists in the
front matter of the original; ways to write one number count as one. A draft is not judged: nobody
reads it. Of a release that was withdrawn only the reason is: taking it back must not wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mksite.content.model import Release, by_language
from mksite.text.personal import personal, same_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mksite.content.config import Site
    from mksite.content.model import Key, Meta
    from mksite.content.problem import Problem
    from mksite.record.record import Record


def without_consent(records: Iterable[Record], site: Site) -> Iterator[Problem]:
    """The Problems of Records that hold what is not public."""
    holding = [record for record in records if record.personal]
    if not holding:
        return
    wanted = {(record.kind, record.id) for record in holding}
    originals: dict[Key, Record] = {
        (record.kind, record.id): record
        for record in records
        if not record.lang and (record.kind, record.id) in wanted
    }
    of_site = set(_written(site.contact.email, site.contact.phone) if site.contact else ())
    for record in holding:
        meta = originals.get((record.kind, record.id), record).meta
        if getattr(meta, "draft", False):
            continue
        public = of_site.union(_public(meta))
        for problem in record.personal:
            value = dict(problem.values)["value"]
            if same_as(value) not in public and _is_shown(value, meta):
                yield problem


def _is_shown(value: str, meta: Meta | None) -> bool:
    """Whether readers see it: of a release that was withdrawn only the reason."""
    if not isinstance(meta, Release) or meta.withdrawn is None:
        return True
    reasons = by_language(meta.withdrawn.reason, "").values()
    return any(value in reason for reason in reasons)


def _public(meta: Meta | None) -> Iterator[str]:
    """What the front matter marks as public."""
    if isinstance(meta, Release) and meta.contact:
        yield from _written(meta.contact.email, meta.contact.phone)
    yield from _written(*getattr(meta, "public", ()))


def _written(*texts: str | None) -> Iterator[str]:
    """The number or address that each text is, or those that are in it."""
    for text in texts:
        if text:
            yield same_as(text)
            yield from (same_as(found.written) for found in personal(f"тел. {text}"))
