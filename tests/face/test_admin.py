"""The editing page in Chromium: a release is opened, changed and saved, and nothing else of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from mksite.content.front_matter import document
from mksite.pages.admin import admin
from tests.face import sites
from tests.face.browser import CHECKERS, CHECKOUT, Built, opened, require
from tests.site_builder import record_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SCRIPT = CHECKERS / "@sveltia" / "cms" / "dist" / admin.SCRIPT
TO_BE_PUT_IN = "sveltia-cms-test"  # the folder of its back end in the browser's own file system
PUT = """async ([top, files]) => {
  const disk = await navigator.storage.getDirectory();
  const root = await disk.getDirectoryHandle(top, {create: true});
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split('/'), name = parts.pop();
    let folder = root;
    for (const part of parts) folder = await folder.getDirectoryHandle(part, {create: true});
    const file = await (await folder.getFileHandle(name, {create: true})).createWritable();
    await file.write(text);
    await file.close();
  }
}"""
READ = """async top => {
  const files = {};
  async function walk(folder, path) {
    for await (const [name, entry] of folder.entries())
      if (entry.kind === 'directory') await walk(entry, `${path}${name}/`);
      else files[path + name] = await (await entry.getFile()).text();
  }
  await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle(top), '');
  return files;
}"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The real site with an editing page that keeps all edits in the browser."""
    require(SCRIPT)
    root = tmp_path_factory.mktemp("admin") / "site"
    root.mkdir()
    for part in ("content", "templates", "assets"):
        shutil.copytree(CHECKOUT / part, root / part)
    shutil.copy(SCRIPT, root / "assets")
    text = (CHECKOUT / "site.yaml").read_text("utf-8")
    (root / "site.yaml").write_text(f"{text}\nadmin: {{backend: test-repo}}\n", "utf-8")
    return Built(sites.built(root), sites.REAL_URL)


def sources(root: Path) -> dict[str, str]:
    """The sources by path."""
    return {
        path.relative_to(root).as_posix(): path.read_text("utf-8")
        for path in (root / "content").rglob("*.md")
    }


@pytest.fixture
def desk(chromium: Browser, built: Built) -> Iterator[Page]:
    """The page, signed in, with the sources of the real site."""
    with opened(chromium, built, "admin/") as found:
        found.page.evaluate(PUT, [TO_BE_PUT_IN, sources(CHECKOUT)])
        found.page.reload()
        found.page.get_by_text("Test Repository").click()
        found.page.get_by_text("Пресс-релизы").first.wait_for()
        yield found.page
        refused = [text for text in found.messages if "Content Security Policy" in text]
        assert refused == []


def edit(desk: Page, built: Built, entry: str, field: str, text: str) -> dict[str, str]:
    """All sources after a field of an entry was filled in and saved."""
    desk.goto(f"{built.url}/admin/#/collections/{entry}")
    box = desk.locator(f'[data-key-path="{field}"]').locator("input, textarea").first
    box.fill(text)
    desk.get_by_role("button", name="Save").first.click()
    desk.wait_for_url("**/#/collections/*")
    found: dict[str, str] = desk.evaluate(READ, TO_BE_PUT_IN)
    return found


RELEASES = [
    path.relative_to(CHECKOUT / "content").as_posix().removesuffix(".md")
    for path in sorted((CHECKOUT / "content" / "releases").rglob("*.md"))
    if path.name.count(".") == 1
]


@pytest.mark.parametrize("release", RELEASES)
def test_an_edit_changes_what_was_edited(desk: Page, built: Built, release: str) -> None:
    """After a new title all other facts, texts and translations are what they were."""
    kind, _, ident = release.partition("/")
    files = edit(desk, built, f"{kind}/entries/{ident}", "title", "Другой заголовок")
    before = sources(CHECKOUT)
    assert set(files) == set(before)
    path = f"content/{release}.md"
    for changed in [name for name in files if files[name] != before[name]]:
        assert changed.startswith(f"content/{release}.")
        old, new = (record_of(changed, text) for text in (before[changed], files[changed]))
        assert new.problems == old.problems
        assert new.body_digest == old.body_digest
        if changed != path:
            assert new.meta == old.meta
    assert files[path] != before[path]
    old_tree, new_tree = (document.read(text[path].encode()).tree for text in (before, files))
    assert new_tree.pop("title") == "Другой заголовок"
    assert new_tree.pop("draft") == "false"
    programme = old_tree.pop("programme", None)
    assert new_tree.pop("programme", None) == (programme and [programme])
    del old_tree["title"]
    assert new_tree == old_tree


def test_a_new_release(desk: Page, built: Built) -> None:
    """A new release has an address in Latin letters, and is what mksite wants."""
    files = edit(desk, built, "releases/new", "title", "Круглый стол о жилье")
    [path] = files.keys() - sources(CHECKOUT).keys()
    assert path.endswith("/krugliy-stol-o-zhile.md")
    assert record_of(path, files[path]).problems == ()


def test_an_entity_keeps_what_the_form_leaves_out(desk: Page, built: Built) -> None:
    """Identifiers and translations stay."""
    files = edit(desk, built, "organizations/entries/iom", "country", "KG")
    before = sources(CHECKOUT)
    path = "content/organizations/iom.md"
    old, new = (document.read(text[path].encode()).tree for text in (before, files))
    assert new.pop("country") == "KG"
    del old["country"]
    assert new == old
    for name in files:
        if name.startswith("content/organizations/iom."):
            assert record_of(name, files[name]).problems == ()
