"""The face that mksite brings: templates/ and assets/, which a site may override file by file.

A checkout has the two folders at its top; the wheel carries them within this package.
"""

from __future__ import annotations

from pathlib import Path

TEMPLATES = "templates"
ASSETS = "assets"
FOLDERS = (TEMPLATES, ASSETS)


def standard() -> Path:
    """The folder in which the templates/ and assets/ of this mksite lie."""
    package = Path(__file__).parent
    return package if (package / TEMPLATES).is_dir() else package.parents[1]


def layers(root: Path, face: Path | None) -> tuple[Path, ...]:
    """The folders to look in, the site's own first; one, where the site is the face's own."""
    return (root,) if face is None or face.resolve() == root.resolve() else (root, face)


def find(path: str, root: Path, face: Path | None) -> Path:
    """Where a file of the site, or a script in parts, lies: in the face, if the site has none."""
    own = root / path
    if face is None or path.partition("/")[0] not in FOLDERS or own.exists():
        return own
    return face / path
