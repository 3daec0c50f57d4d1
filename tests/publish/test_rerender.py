from __future__ import annotations

import pytest

from scripts.content.content import Content
from scripts.publish import mkdocs
from scripts.publish.rerender import render
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("projekt")
    for name in ("docs", "overrides", "scripts"):
        (root / name).symlink_to(ROOT / name, target_is_directory=True)
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    return root


def pages(target):
    return {f.relative_to(target): f.read_bytes() for f in target.rglob("*.html")}


@pytest.mark.slow
def test_one_page_alone_is_the_same_as_in_a_build_of_all(project, tmp_path):
    content = Content.read(project / "docs")
    assert render(project, tmp_path / "here", content) == []
    assert mkdocs.run(project, tmp_path / "there", content) == []
    whole = pages(tmp_path / "here")
    assert whole == pages(tmp_path / "there")
    for page in list(content.pages.values())[::20]:
        (tmp_path / "here" / page.address / "index.html").unlink()
        assert render(project, tmp_path / "here", content, page) == []
    assert pages(tmp_path / "here") == whole


def test_what_mkdocs_complains_of_is_told(docs, tmp_path):
    folder = docs({"index.md": "[x](borta.md)\n"})
    (folder.parent / "mkdocs.yml").write_text("site_name: Prov\ntheme: mkdocs\nplugins: []\n")
    (told,) = render(folder.parent, tmp_path / "site", Content.read(folder))
    assert told.startswith("WARNING") and "borta.md" in told
    (folder.parent / "mkdocs.yml").write_text("site_name: Prov\ntheme: finns-inte\n")
    assert any(
        "finns-inte" in row
        for row in render(folder.parent, tmp_path / "site", Content.read(folder))
    )
