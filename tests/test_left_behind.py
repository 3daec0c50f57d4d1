"""What a change leaves behind is told in one build, where an editor mends it, with a cure that is
never a guess at another page."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest

from scripts.content import missing
from scripts.content.content import Content
from scripts.site.permalinks import CONTRACT
from tests.conftest import Garden

BREAKS = {
    "a key twice": lambda text: text + "site_name: x\n",
    "no menu": lambda text: text[: text.index("\nnav:")] + "\nnav: hej\n",
    "another code": lambda text: text.replace("site_name:", "# \xe5\nsite_name:"),
}


def told(garden: Garden, capsys) -> list[tuple[str, int, str]]:
    """Return what a build that must fail says: (file, line, message)."""
    capsys.readouterr()
    assert garden.build() == 1
    *rows, _ = capsys.readouterr().out.splitlines()
    found = [re.fullmatch(r"(.*?):(\d+): (.*)", row) for row in rows]
    return [(row[1], int(row[2]), row[3]) for row in found if row]


@pytest.mark.parametrize("name", BREAKS)
def test_unreadable_settings_are_only_finding(own_garden, capsys, name):
    file = own_garden.root / "mkdocs.yml"
    text = BREAKS[name](file.read_text("utf-8"))
    file.write_bytes(text.encode("latin-1" if name == "another code" else "utf-8"))
    assert {path for path, _, _ in told(own_garden, capsys)} == {"mkdocs.yml"}


def lines_with(garden: Garden, pattern: str) -> set[tuple[str, int]]:
    """Return (path, line) of each link to a place, in pages and registers."""
    return {
        (file.relative_to(garden.root).as_posix(), number)
        for file in (*garden.docs.rglob("*.md"), *garden.docs.rglob("*.yml"))
        if file.name != "changes.yml"
        for number, line in enumerate(file.read_text("utf-8").split("\n"), 1)
        if re.search(pattern, line)
    }


@pytest.mark.slow
def test_links_to_removed_page_are_reported_together(own_garden, capsys):
    assert own_garden.build() == 0
    (own_garden.docs / "odla/tomat.md").rename(own_garden.root / "borta.md")
    (own_garden.docs / "odla/tomaten.md").write_text(
        (own_garden.root / "borta.md").read_text("utf-8").replace("short:", "# short:"), "utf-8"
    )
    rows = told(own_garden, capsys)
    expected = lines_with(own_garden, r"odla/tomat(\.md|/)") | {("docs/odla/tomaten.md", 1)}
    # the row "page" of a handout is reported on the line of the handout's key
    assert expected - {("docs/_data/handouts.yml", 7)} <= {(path, n) for path, n, _ in rows}


@pytest.mark.slow
def test_links_to_removed_section_are_reported_together(own_garden, capsys):
    page = own_garden.docs / "odla/tomat.md"
    text = (
        page.read_text("utf-8").replace("{#vattna}", "{#fukt}").replace("{#gula-blad}", "{#gult}")
    )
    page.write_text(text, "utf-8")
    rows = told(own_garden, capsys)
    expected = lines_with(own_garden, r"tomat(\.md|/)#(vattna|gula-blad)|^short: vatten#vattna")
    assert expected <= {(path, n) for path, n, _ in rows}
    guide = [message for path, _, message in rows if path == "docs/_data/guide.yml"]
    assert len(guide) == 2 and all(message.startswith('"/odla/tomat.md#') for message in guide)


@pytest.mark.slow
def test_a_template_s_way_to_a_page_is_told_in_the_settings(own_garden, capsys):
    file = own_garden.root / "mkdocs.yml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("page: om/,", "page: ombord/,"), "utf-8")
    line = 1 + text[: text.index("page: om/,")].count("\n")
    assert [(path, n) for path, n, _ in told(own_garden, capsys)] == [("mkdocs.yml", line)]


@pytest.mark.slow
def test_what_stops_a_build_is_always_a_finding(own_garden, capsys):
    file = own_garden.root / "mkdocs.yml"
    text = file.read_text("utf-8")
    file.write_text(f"{text}\ndraft_docs: /odla/tomat.md\n", "utf-8")
    ((path, line, message),) = told(own_garden, capsys)
    assert (path, line) == ("mkdocs.yml", text.count("\n") + 2)
    assert "docs/odla/tomat.md" in message and "draft_docs" in message


def test_a_site_has_a_start_page(own_garden, capsys):
    (own_garden.docs / "index.md").unlink()
    assert ("docs/index.md", 1) in {(path, line) for path, line, _ in told(own_garden, capsys)}


PAGES = ["stod/barn.md", "stod/vuxna.md", "stod/index.md", "om/vuxna-och-barn.md"]


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("stod/vuxnaa.md", "stod/vuxna.md"),
        ("std/vuxna.md", "stod/vuxna.md"),
        ("vuxna.md", "stod/vuxna.md"),
        ("stod/hund.md", ""),  # barn is another word
    ],
)
def test_a_page_that_was_meant_is_a_slip_of_the_hand_away(path, near):
    pages = [PurePosixPath(page) for page in PAGES]
    assert missing.find_similar_page(PurePosixPath(path), pages) == near


def test_page_that_had_a_permalink_is_gone_and_no_other_page(docs):
    missing_page = PurePosixPath("stod/vuxne.md")
    folder = docs({"stod/vuxna.md": ""})
    cure = missing.suggest_cure(Content.read(folder), missing_page)
    assert cure == " Menade du stod/vuxna.md?"
    docs({CONTRACT: "# Löftet\n/stod/vuxne/\n"})
    assert missing.suggest_cure(Content.read(folder), missing_page) == missing.GONE
