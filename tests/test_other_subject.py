"""A whole site on something else, with only its own docs/ and mkdocs.yml: the code knows no subject."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts import build, preview
from scripts.content.content import Content
from scripts.paper import handouts
from scripts.publish.live import Live
from scripts.publish.search.pages import read_site
from scripts.publish.search.write import index_of
from tests.conftest import ROOT
from tests.search.node import Engine

pytestmark = pytest.mark.slow

GARDEN = ROOT / "tests/other_subject"


@pytest.fixture
def make(monkeypatch):
    """Return a function that builds the site in a folder and returns where it stands."""
    monkeypatch.setenv("OVERRIDES", str(ROOT / "overrides"))

    def built(folder: Path, **options) -> Path:
        assert build.build(folder, folder / "site", **{"pdf": False, **options}) == 0
        return folder / "site"

    return built


@pytest.fixture
def garden(tmp_path) -> Path:
    return Path(shutil.copytree(GARDEN, tmp_path / "garden"))


def test_a_garden_has_its_pages_search_checklist_guide_contact_and_copy(garden, make):
    site = make(garden)
    text = (site / "odla/plantera/index.html").read_text(encoding="utf-8")
    assert text.count('type="checkbox"') == 2
    assert "Är plantorna avhärdade?" in (site / "odla/plantera.txt").read_text(encoding="utf-8")
    assert "Det här kan bli aktuellt" in (site / "guide/mogel/index.html").read_text("utf-8")
    assert 'href="tel:081234567"' in (site / "odla/tomat/index.html").read_text(encoding="utf-8")
    assert "/om/kontakt/" in (site / "p/fraga/index.html").read_text(encoding="utf-8")
    pages = json.loads((site / "katalog.json").read_text(encoding="utf-8"))["pages"]
    assert {"odla/tomat/", "om/ordlista/"} <= {page["url"] for page in pages}
    with zipfile.ZipFile(site / "kolonilotten.zip") as archive:
        (readme,) = (name for name in archive.namelist() if name.endswith("LAS-MIG.txt"))
        assert "KOLONILOTTEN" in archive.read(readme).decode("utf-8-sig")


def test_a_handout_lies_beside_the_page_that_lists_it(garden, make, monkeypatch, tmp_path):
    monkeypatch.setattr(handouts, "CACHE", tmp_path / "cache")
    site = make(garden, pdf=True)
    assert (site / "om/skriv-ut/tomat.pdf").read_bytes().startswith(b"%PDF-")
    assert 'href="tomat.pdf"' in (site / "om/skriv-ut/index.html").read_text(encoding="utf-8")
    assert "../../om/skriv-ut/tomat.pdf" in (site / "odla/tomat/index.html").read_text("utf-8")
    pages = json.loads((site / "katalog.json").read_text(encoding="utf-8"))["pages"]
    assert [file["url"] for page in pages for file in page["files"]] == [
        *("odla/plantera.txt", "om/skriv-ut/tomat.pdf")
    ]


def test_its_search_finds_a_section_by_other_forms_of_its_words(garden, make):
    index = index_of(read_site(make(garden)), Content.read(garden / "docs").registers)
    with Engine(index, [("vattnade tomater", []), ("bladmögel", [])]) as engine:
        water, mould = engine.hits(3)
    assert {"odla/tomat/#vattna", "odla/tomat/"} & {
        f"{h['address']}#{h['id']}".rstrip("#") for h in water["hits"]
    }
    assert any(hit["address"].startswith("odla/tomat/") for hit in mould["hits"])


@pytest.mark.usefixtures("make")  # where overrides/ is
def test_its_preview_shows_a_saved_page_and_tells_of_a_fault(garden, monkeypatch, tmp_path):
    monkeypatch.setattr(preview, "FOLDER", tmp_path / "preview")
    monkeypatch.setenv("SITE_URL", "http://127.0.0.1:8000/")
    live = Live()
    shown = preview.Preview(garden, live, pdf=False)
    shown.update()
    page = garden / "docs/odla/tomat.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nGödsla i juni.\n", encoding="utf-8")
    shown.update()
    built = (live.root / "odla/tomat/index.html").read_text(encoding="utf-8")
    assert "Gödsla i juni." in built and live.text == ""
    page.write_text(page.read_text(encoding="utf-8") + "\n[x](borta.md)\n", encoding="utf-8")
    shown.update()
    assert "docs/odla/tomat.md:" in live.text


def test_nothing_in_it_speaks_of_the_first_subject(garden, make):
    site = make(garden)
    words = re.compile(r"betänketid|betanketid|socialtjänst|migrationsverk|nspm|\b112\b", re.I)
    for file in site.rglob("*"):
        if file.suffix in (".html", ".js", ".xml", ".txt", ".css") or file.name == "katalog.json":
            found = words.search(file.read_text(encoding="utf-8"))
            assert found is None, f"{file.relative_to(site)}: {found}"


LOCAL = """\
  local:
    socialjour: 08-765 43 21, efter klockan 17
"""
JOUR = """
socialjour:
  name: Jouren
  group: [rad]
  for_whom: Alla
  what_happens: Någon svarar.
  source: handboken
  certainty: saker
"""


def test_a_publishers_own_number_stands_first_or_not_at_all(garden, make):
    def numbers(page: str) -> list[str]:
        """The numbers of a page's text, in order: the header's are not in it."""
        text = (garden / "site" / page / "index.html").read_text(encoding="utf-8")
        return re.findall(r'href="?tel:([^" >]+)', text[text.index("<h1") :])

    for file, more in (
        ("docs/_data/contacts.yml", JOUR),
        ("docs/om/index.md", "\n[[nummer: socialjour,odlarjouren]]\n"),
    ):
        with (garden / file).open("a", encoding="utf-8") as open_:
            open_.write(more)
    site = make(garden)
    pages = ("om", "om/kontakt", "guide/oklart")
    assert [numbers(page) for page in pages] == [["081234567"]] * 3
    assert not [f for f in site.rglob("*.html") if "Vår socialjour" in f.read_text("utf-8")]

    settings = garden / "mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("  sender:", LOCAL + "  sender:"), "utf-8"
    )
    make(garden)
    assert [numbers(page) for page in pages] == [["087654321", "081234567"]] * 3
    text = (site / "guide/oklart/index.html").read_text(encoding="utf-8")
    assert "08-765 43 21</a>, efter klockan 17" in text


def test_two_sites_on_one_host_share_no_name(garden, make, site):
    def key(page: Path) -> str:
        return re.findall(r'name="?site-key"? content="?([^">]+)', page.read_text("utf-8"))[0]

    assert key(make(garden) / "index.html") != key(site / "index.html")


def test_a_site_in_english_builds_and_readme_tells_what_stays_swedish(garden, make):
    settings = garden / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("language: sv", "language: en"), encoding="utf-8")
    for page in (garden / "docs").rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("---\n", "---\nlang: en\n", 1), encoding="utf-8")
    tomato = garden / "docs/odla/tomat.md"
    text = tomato.read_text(encoding="utf-8")
    words = "Water the plants at the roots, in the morning."
    tomato.write_text(text.replace("## Vattna {", f"{words}\n\n## Vattna {{"), encoding="utf-8")
    site = make(garden)
    page = LexborHTMLParser((site / "odla/tomat/index.html").read_text(encoding="utf-8"))
    assert page.css_first("html").attributes["lang"] == "en"
    content = page.css_first("#innehall")
    assert content.attributes["lang"] == "en" and words in content.text()
    assert "Text reviewed" in content.text() and "On this page" in page.css_first(".toc").text()
    assert words in (site / "sok/odla/tomat.js").read_text(encoding="utf-8")
    # what README says stays Swedish
    assert page.css_first(".site-nav").attributes["aria-label"] == "Meny"
    assert "Sök med egna ord" in page.css_first(".search").text()
    for box, name in ((".source-box", "Källor"), (".terms", "Ord på sidan")):
        assert page.css_first(box).attributes["lang"] == "sv" and name in page.css_first(box).text()


def test_a_new_site_begins_with_one_command_and_builds(tmp_path, make):
    folder = tmp_path / "ny"
    assert build.main(["--new", str(folder)]) == 0
    assert "Exempel" in (make(folder) / "exempel/index.html").read_text(encoding="utf-8")


def test_a_new_site_never_writes_over_another(garden):
    before = (garden / "mkdocs.yml").read_bytes()
    assert build.main(["--new", str(garden)]) == 2
    assert (garden / "mkdocs.yml").read_bytes() == before
