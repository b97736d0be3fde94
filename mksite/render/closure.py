"""Finds and digests everything that each template rests on (its closure).

Jinja's own parser finds what a template extends, includes and imports, and which assets it names.
Both must be named literally: a name that is computed cannot be followed, and is refused. What was
found is kept in the cache under the template's digest, so that most builds load no Jinja.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mksite.cache import cache
from mksite.digest import digest_bytes
from mksite.errors import UsageError
from mksite.face import TEMPLATES, layers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from jinja2 import nodes

LOCALE = "locale"
SUFFIXES = (".html", ".css", ".xml", ".txt", ".svg")
EXTENSIONS = ("jinja2.ext.i18n",)
CACHE_FILE = "closures"


class Template(msgspec.Struct, frozen=True, array_like=True):
    """A template file: its digest, the templates and assets that it names."""

    digest: str
    templates: tuple[str, ...]
    assets: tuple[str, ...]


class Templates(msgspec.Struct, frozen=True):
    """All templates by name and the interface catalogues' digests by language."""

    files: dict[str, Template]
    catalogues: dict[str, str]

    def closure(self, name: str, assets: dict[str, str], lang: str) -> str:
        """The digest of all that a page by this template rests on besides its View."""
        names = self.reachable(name)
        used = sorted({asset for n in names for asset in self.files[n].assets})
        parts = [f"{n} {self.files[n].digest}" for n in sorted(names)]
        parts += [f"{asset} {assets.get(asset, '')}" for asset in used]
        parts.append(self.catalogues.get(lang, ""))
        return digest_bytes("\n".join(parts).encode())

    def named_assets(self) -> set[str]:
        """Every asset that a template names."""
        return {asset for template in self.files.values() for asset in template.assets}

    def reachable(self, name: str) -> set[str]:
        """The template and all that it extends, includes or imports."""
        names: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current in names:
                continue
            if current not in self.files:
                raise UsageError("template-missing", name=current)
            names.add(current)
            waiting += self.files[current].templates
        return names


def read(root: Path, face: Path | None = None) -> Templates:
    """The templates of a site; those of `face` stand where it has none of that name.

    Links are passed over. Raises UsageError for a template that cannot be parsed, or that computes
    the name of another template or of an asset.
    """
    folders = [place / TEMPLATES for place in layers(root, face)]
    if not any(folder.is_dir() for folder in folders):
        raise UsageError("templates-missing", path=str(folders[0]))
    known = cache.load(root / cache.FOLDER / CACHE_FILE, dict[str, Template]) or {}
    files: dict[str, Template] = {}
    catalogues: dict[str, str] = {}
    for name, path in sorted(_files(folders).items()):
        data = path.read_bytes()
        if path.suffix == ".po":
            catalogues[path.stem] = digest_bytes(data)
        elif path.suffix in SUFFIXES:
            files[name] = known.get(digest_bytes(data)) or parse(name, data)
    by_digest = {template.digest: template for template in files.values()}
    if by_digest != known and (root / cache.FOLDER).is_dir():
        cache.save(root / cache.FOLDER / CACHE_FILE, by_digest)
    return Templates(files, catalogues)


def _files(folders: Sequence[Path]) -> dict[str, Path]:
    """The files in these folders by name; of two of one name the one in the earlier folder."""
    paths: dict[str, Path] = {}
    for folder in reversed(folders):
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                paths[path.relative_to(folder).as_posix()] = path
    return paths


def parse(name: str, data: bytes) -> Template:
    """What a template's text names. Raises UsageError with the line of a fault."""
    from jinja2 import Environment, TemplateSyntaxError, nodes  # noqa: PLC0415  slow to load

    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = str(data.count(b"\n", 0, error.start) + 1)
        raise UsageError("template-fault", name=name, line=line, reason="UTF-8") from None
    try:
        tree = Environment(extensions=EXTENSIONS, autoescape=True).parse(text, name)
    except TemplateSyntaxError as error:
        reason = error.message or ""
        raise UsageError(
            "template-fault", name=name, line=str(error.lineno), reason=reason
        ) from error
    templates: dict[str, None] = {}
    assets: dict[str, None] = {}
    for statement in tree.find_all(nodes.Stmt):
        if isinstance(statement, nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport):
            templates.update(dict.fromkeys(_literals(statement.template, statement.lineno, name)))
    called = set()
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "asset":
            called.add(id(call.node))
            argument = call.args[0] if len(call.args) == 1 and not call.kwargs else call
            assets.update(dict.fromkeys(_literals(argument, call.lineno, name)))
    for used in tree.find_all(nodes.Name):
        if used.name == "asset" and id(used) not in called:
            raise UsageError("template-dynamic", name=name, line=str(used.lineno))
    return Template(digest_bytes(data), tuple(templates), tuple(assets))


def _literals(node: nodes.Node, line: int, name: str) -> Iterator[str]:
    """The names that stand literally in an expression: one, or a list of them."""
    from jinja2 import nodes as kinds  # noqa: PLC0415

    if isinstance(node, kinds.List | kinds.Tuple):
        for item in node.items:
            yield from _literals(item, line, name)
    elif isinstance(node, kinds.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, kinds.Const) and isinstance(node.value, list | tuple):
        yield from (str(value) for value in node.value)
    else:
        raise UsageError("template-dynamic", name=name, line=str(line))
