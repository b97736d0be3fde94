"""Lets a View hold a large value by its digest, as it holds bodies; no I/O here.

A View is encoded on every build to see whether its page is stale. Where thousands of rows stand in
the Views of many files, they are digested once and carried along: the View that holds the digest
holds all that the bytes depend on.
"""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

from mksite.digest import digest_bytes

T = TypeVar("T")

_encode = msgspec.msgpack.Encoder().encode


class ByDigest(tuple[str], Generic[T]):  # noqa: SLOT001  a tuple has no room for slots
    """A digest and, beside it, the value: msgspec encodes a tuple by its items alone.

    Equal where the digests are equal. Such a View cannot be decoded.
    """

    value: T


def by_digest(value: T, stands_for: object = None) -> ByDigest[T]:
    """The value with its digest.

    `stands_for` is encoded instead of the value where that is given: it must differ where the
    value does, such as the digests of the value's parts.
    """
    made: ByDigest[T] = ByDigest((digest_bytes(_encode(stands_for or value)),))
    made.value = value
    return made


def digest_of(value: object) -> str:
    """The digest of a value that may be a part of others."""
    return digest_bytes(_encode(value))
