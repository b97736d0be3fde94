"""Digests: how mksite tells whether two byte strings are the same."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path


def digest_bytes(data: bytes) -> str:
    """blake2b-128 in hex: the digest of everything that mksite compares."""
    return blake2b(data, digest_size=16).hexdigest()


def file_digest(path: str | Path) -> str:
    """The digest of a file's bytes, without holding a large one in memory."""
    state = blake2b(digest_size=16)
    with Path(path).open("rb") as file:
        while block := file.read(1 << 20):
            state.update(block)
    return state.hexdigest()
