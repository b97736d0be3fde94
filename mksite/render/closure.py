"""templates/ as digests: what each template's closure is made of, without loading Jinja.

Includes, imports and `asset(…)` calls must name their file literally: a name that is computed
cannot be followed, and is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from mksite.digest import digest_bytes
from mksite.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "templates"
LOCALE = "locale"

_REFERENCE = re.compile(r"{%[-+]?\s*(?:extends|include|import|from)\s+(\S+)")
_LITERAL = re.compile(r"""["']([^"']+)["']""")
_ASSET = re.compile(r"""\basset\(\s*["']([^"']+)["']\s*\)""")
_DYNAMIC_ASSET = re.compile(r"""\basset\((?!\s*["'][^"']+["']\s*\))""")


class Template(msgspec.Struct, frozen=True):
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
        found: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current in found:
                continue
            if current not in self.files:
                raise UsageError("template-missing", name=current)
            found.add(current)
            waiting += self.files[current].templates
        return found


def read(root: Path) -> Templates:
    """The templates of a site. Raises UsageError for a name that is not literal."""
    folder = root / FOLDER
    files: dict[str, Template] = {}
    catalogues: dict[str, str] = {}
    if not folder.is_dir():
        raise UsageError("templates-missing", path=str(folder))
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".po":
            catalogues[path.stem] = digest_bytes(path.read_bytes())
        elif path.suffix in (".html", ".xml", ".txt", ".svg") and path.is_file():
            name = path.relative_to(folder).as_posix()
            files[name] = _template(name, path.read_bytes())
    return Templates(files, catalogues)


def _template(name: str, data: bytes) -> Template:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = str(data.count(b"\n", 0, error.start) + 1)
        raise UsageError("template-fault", name=name, line=line, reason="UTF-8") from None
    references = []
    for match in _REFERENCE.finditer(text):
        literal = _LITERAL.fullmatch(match[1])
        if literal is None:
            line = str(text.count("\n", 0, match.start()) + 1)
            raise UsageError("template-dynamic", name=name, line=line)
        references.append(literal[1])
    dynamic = _DYNAMIC_ASSET.search(text)
    if dynamic:
        line = str(text.count("\n", 0, dynamic.start()) + 1)
        raise UsageError("template-dynamic", name=name, line=line)
    return Template(digest_bytes(data), tuple(references), tuple(_ASSET.findall(text)))
