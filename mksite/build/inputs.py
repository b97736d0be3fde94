"""Reads everything that a build starts from: configuration, sources, templates, assets."""

from __future__ import annotations

import time
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from mksite.content import config
from mksite.content.config import Site
from mksite.digest import digest_bytes
from mksite.errors import UsageError
from mksite.face import FOLDERS
from mksite.render import closure as templates
from mksite.render.closure import Templates
from mksite.source import asset as asset_files
from mksite.source import source
from mksite.source.asset import Asset
from mksite.source.source import Scan

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mksite.build.options import Options
    from mksite.content.problem import Problem
    from mksite.record.parsed import Parsed


class Inputs(msgspec.Struct, frozen=True):
    """What a build starts from.

    `used_assets` are the names of those that a template, a style sheet or a script names; of the
    face that mksite brings no others are among the assets. `sources_digest` is the digest of the
    sources' bytes, `setup_digest` that of everything else here, the sources' paths included.
    """

    site: Site
    templates: Templates
    assets: tuple[Asset, ...]
    used_assets: set[str]
    scan: Scan
    setup_digest: str
    sources_digest: str


def read_site(root: Path) -> tuple[Site | None, tuple[Problem, ...]]:
    """The configuration. Raises UsageError where there is no site.yaml."""
    if not (root / config.FILE).is_file():
        raise UsageError("no-site", path=str(root))
    return config.parse((root / config.FILE).read_bytes())


def read(options: Options, site: Site, known: Parsed) -> Inputs:
    """The Inputs as of now; only files whose stat has changed since `known` are opened."""
    root, face = options.root, options.face
    stats = {entry.path: (entry.digest, entry.stat) for entry in known.entries}
    stats.update((entry.path, (entry.digest, entry.stat)) for entry in known.files)
    scan = source.scan(root, stats, now_ns=time.time_ns())
    links = [link for name in FOLDERS for link in source.links(root, name)]
    scan = msgspec.structs.replace(scan, problems=tuple(sorted((*scan.problems, *links))))
    read_templates = templates.read(root, face)
    found_assets = asset_files.read(root, face)
    used = asset_files.named(found_assets, read_templates.named_assets(), root, face)
    assets = tuple(item for item in found_assets if item.own or item.name in used)
    state = blake2b(digest_size=16)
    state.update(msgspec.msgpack.encode((options.engine, site, options.drafts, read_templates)))
    files = [(item.path, item.digest) for item in scan.attachments]
    files += [(item.path, item.digest) for item in assets]
    state.update(msgspec.msgpack.encode((files, [item.path for item in scan.sources])))
    return Inputs(
        site,
        read_templates,
        assets,
        used,
        scan,
        state.hexdigest(),
        sources_digest(item.digest for item in scan.sources),
    )


def sources_digest(digests: Iterable[str]) -> str:
    """The digest of the sources' digests, in the order of their paths."""
    return digest_bytes("".join(digests).encode())
