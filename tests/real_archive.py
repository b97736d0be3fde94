"""The archive of this checkout, built with its own templates: what readers get."""

from __future__ import annotations

import shutil
from pathlib import Path

from mksite.build.build import build
from mksite.build.options import Options
from tests.site_builder import ENGINE, NOW, tree

CHECKOUT = Path(__file__).parent.parent
FEATURES = ("feeds", "calendars", "citations", "data", "search", "pictures")


def published(folder: Path, *features: str) -> dict[str, bytes]:
    """All published files by path, after a build in `folder` with only these features."""
    for name in ("content", "templates", "assets"):
        shutil.copytree(CHECKOUT / name, folder / name)
    text = (CHECKOUT / "site.yaml").read_text(encoding="utf-8")
    lines = [f"  {name}: {str(name in features).lower()}" for name in FEATURES]
    kept = text.partition("\nfeatures:")[0]
    (folder / "site.yaml").write_text("\n".join([kept, "features:", *lines, ""]), encoding="utf-8")
    output = folder / "public"
    result = build(Options(root=folder, output=output, now=NOW, engine=ENGINE))
    assert result.published, result.problems
    return tree(output)
