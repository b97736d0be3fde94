"""pages.admin: the editing page, its script, and forms that follow from the model."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from mksite.content.model import KIND_SPECS, KINDS
from mksite.digest import digest_bytes
from mksite.pages.admin import admin
from mksite.pages.admin.config import LEFT_OUT, collections
from tests import small_archive
from tests.site_builder import SmallSite, places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LANGUAGES = ("ru", "ky", "en")
SCRIPT = b"// the script"
ADMIN = {"backend": "github", "repo": "tspc/archive"}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallSite:
    """The small archive with an editing page, whose script is a short one."""
    monkeypatch.setattr(admin, "DIGEST", digest_bytes(SCRIPT))
    made = small_archive.make_real(tmp_path / "site")
    made.write({"site.yaml": small_archive.site_yaml(admin=ADMIN)})
    (made.root / "assets" / admin.SCRIPT).write_bytes(SCRIPT)
    return made


def fields(listed: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """All fields, those within others too."""
    for field in listed:
        yield field
        yield from fields(field.get("fields", []))


def test_each_field_of_each_kind_has_its_place() -> None:
    """A form has the fields of the struct and the body, each with a label of people's words."""
    for made in collections(LANGUAGES, "ru"):
        struct = KIND_SPECS[KINDS[made["name"]]].struct
        names = [field["name"] for field in made["fields"]]
        assert names == [f for f in struct.__struct_encode_fields__ if f not in LEFT_OUT] + ["body"]
        for field in fields(made["fields"]):
            assert field["label"]
            assert field["widget"]
        assert re.search("[а-я]", made["label"])


def test_what_a_field_is_edited_with() -> None:
    """Choices where the model has a list, relations where it names an entity, forms within."""
    made = {one["name"]: one for one in collections(LANGUAGES, "ru")}
    release = {field["name"]: field for field in made["releases"]["fields"]}
    assert release["tags"]["collection"] == "tags"
    assert release["tags"]["multiple"]
    assert release["venue"]["collection"] == "places"
    assert release["body"]["modes"] == ["raw"]
    assert release["photos"]["fields"][0]["widget"] == "image"
    event = {field["name"]: field for field in release["event"]["fields"]}
    assert "round-table" in event["type"]["options"]
    assert [field["name"] for field in release.values() if field.get("i18n")] == [
        "title",
        "summary",
        "body",
    ]


def test_the_page(site: SmallSite) -> None:
    """It has its script with a checksum, a policy, and no place in a sitemap or a search engine."""
    built = site.build()
    assert built.result.problems == ()
    page = built.public["admin/index.html"].decode()
    assert 'content="noindex"' in page
    assert 'integrity="sha384-' in page
    script = re.search(r'src="/([^"]+)"', page)
    assert script is not None
    assert built.public[script[1]] == SCRIPT
    assert b"admin" not in built.public["sitemap.xml"]
    config = json.loads(built.public["admin/config.json"])
    assert config["backend"] == {"name": "github", "repo": "tspc/archive"}
    assert config["i18n"]["locales"] == list(LANGUAGES)
    headers = built.public["_headers"].decode()
    assert "default-src 'none'; style-src 'self'" not in headers
    assert "same-origin-allow-popups" in headers


def test_only_the_right_script_is_published(site: SmallSite) -> None:
    """Without it, or with another, nothing is published, and the cure is told."""
    (site.root / "assets" / admin.SCRIPT).write_bytes(b"alert(1)")
    built = site.build()
    assert [code for _, _, _, code in places(built.result.problems)] == ["admin-script"]
    assert not built.result.published
    (site.root / "assets" / admin.SCRIPT).unlink()
    [problem] = site.build().result.problems
    assert problem.path == "site.yaml"
    assert dict(problem.values)["package"] == f"{admin.PACKAGE}@{admin.VERSION}"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"backend": "github"}, "missing-key"),
        ({"backend": "svn", "repo": "a/b"}, "unknown-value-far"),
        ({"backend": "github", "repo": "a/b", "base_url": "auth"}, "bad-url"),
    ],
)
def test_a_section_that_is_not_right(site: SmallSite, given: dict[str, str], code: str) -> None:
    """What is wrong in the section is told."""
    site.write({"site.yaml": small_archive.site_yaml(admin=given)})
    assert code in [problem.code for problem in site.build().result.problems]


def test_no_section_no_page(site: SmallSite) -> None:
    """A site that does not ask for it has nothing of it."""
    site.write({"site.yaml": small_archive.site_yaml()})
    (site.root / "assets" / admin.SCRIPT).unlink()
    assert not [path for path in site.build().public if path.startswith("admin")]
