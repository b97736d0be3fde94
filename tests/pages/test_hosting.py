"""pages.hosting and pages.policy: what pages may do, and what hosts are told."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape
from pathlib import Path

import pytest

from mksite.pages.policy import CONTENT_POLICY, HEADERS
from tests.real_archive import published

ROOT = Path(__file__).parents[2]
_ACTIVE = re.compile(
    r'<script(?![^>]*type="application/(?:ld\+)?json")(?![^>]*\ssrc=)|<\w[^>]*\s(?:on\w+|style)="'
)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The real site's files, with search and pictures."""
    return published(tmp_path_factory.mktemp("real"), "search", "pictures")


def test_each_page_has_the_policy_and_obeys_it(real: dict[str, bytes]) -> None:
    """Every page says what it may load; nothing in it runs or is styled by itself."""
    for path in [path for path in real if path.endswith(".html")]:
        text = real[path].decode()
        found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        assert found, path
        assert unescape(found[1]) == CONTENT_POLICY
        assert not _ACTIVE.search(text), path
        assert '<meta name="referrer" content="no-referrer">' in text


def test_integrity(real: dict[str, bytes]) -> None:
    """Style sheets and scripts are those that were meant, by their digest."""
    text = real["search/index.html"].decode()
    named = re.findall(r'(?:href|src)="/([^"]*\.(?:css|js))" integrity="sha384-([^"]*)"', text)
    assert len(named) == 3
    for path, digest in named:
        assert base64.b64encode(hashlib.sha384(real[path]).digest()).decode() == digest


def test_headers_for_hosts(real: dict[str, bytes]) -> None:
    """`_headers` has a rule for all files, for assets, and for what must not run."""
    text = real["_headers"].decode()
    rules = {block.split("\n")[0]: block for block in re.split(r"\n(?=/)", text)}
    for name, value in HEADERS.items():
        assert f"  {name}: {value}" in rules["/*"]
    assert "immutable" in rules["/assets/*"]
    assert "attachment" in rules["/*.pdf"]
    assert "sandbox" in rules["/releases/*.svg"]


def test_documentation_has_every_header() -> None:
    """What is generated for some hosts stands in the guide for the others."""
    guide = (ROOT / "docs/hosting.md").read_text("utf-8")
    for name in ("X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"):
        assert guide.count(name) >= 3
    assert guide.count("frame-ancestors 'none'") == 3
