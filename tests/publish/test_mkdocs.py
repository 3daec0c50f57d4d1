from __future__ import annotations

import pytest

from scripts.content.content import Content
from scripts.publish import mkdocs
from tests.conftest import ROOT

CONFIG = "site_name: Prov\ntheme: mkdocs\nplugins: []\nvalidation: {links: {not_found: warn}}\n"


@pytest.fixture
def project(docs):
    def make(**pages):
        folder = docs({f"{name}.md": text for name, text in pages.items()})
        (folder.parent / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
        return folder.parent, folder.parent / "site", Content.read(folder)

    return make


def test_the_day_of_the_build_is_in_no_page():
    first = mkdocs.environment(Content.read(ROOT / "docs"))
    assert first["PYTHONHASHSEED"] == "0" and int(first["SOURCE_DATE_EPOCH"]) % 86400 == 43200


def test_a_right_page_is_built_without_a_word(project):
    root, target, content = project(index="Text.\n")
    assert mkdocs.run(root, target, content) == []
    assert mkdocs.whole(target, content)


def test_a_warning_is_told_though_every_page_is_there(project):
    root, target, content = project(index="[x](borta.md)\n")
    (told,) = [row for row in mkdocs.run(root, target, content) if "borta.md" in row]
    assert told.startswith("WARNING") and mkdocs.whole(target, content)


def test_a_page_that_was_not_written_is_missed(project):
    root, target, content = project(index="", a="")
    assert mkdocs.run(root, target, content) == []
    (target / "a/index.html").unlink()
    assert not mkdocs.whole(target, content)
