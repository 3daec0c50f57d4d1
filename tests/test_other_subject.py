"""A whole site on something else, with only its own docs/ and mkdocs.yml: the code knows no subject."""

from __future__ import annotations

import json
import re
import zipfile

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts import build
from scripts.content.content import Content
from scripts.content.figures import ICONS, KINDS, MARKS
from scripts.content.kinds import FORMS, LEVELS, QUESTION_KINDS, STATUSES
from scripts.publish.built import BuiltPage
from scripts.render.macros import MACROS
from tests.conftest import Garden

pytestmark = pytest.mark.slow


def test_every_macro_figure_and_form_is_in_the_garden(garden):
    """So that what the tests see in it is all that there is to see."""
    content = Content.read(garden.docs)
    macros = {name for page in content.pages.values() for _, name, _ in page.macros()}
    assert macros == set(MACROS)
    registers = content.registers
    figures = registers.figures.values()
    shown = {a for page in content.pages.values() for _, n, a in page.macros() if n == "figur"}
    assert shown == set(registers.figures)
    assert {figure.kind for figure in figures} == set(KINDS)
    words = str(list(figures))
    assert {icon for icon in ICONS if f"icon='{icon}'" in words} == set(ICONS)
    assert {mark for mark in MARKS if f"mark='{mark}'" in words} == set(MARKS)
    assert {row.form for row in registers.handouts.values()} == set(FORMS)
    questions = registers.questions.values()
    assert {question.level for question in questions} - {0} == set(LEVELS)
    assert {question.kind for question in questions} == set(QUESTION_KINDS)
    assert {change.status for change in registers.law_changes.values()} <= set(STATUSES)
    for tool in ('class="checklist"', 'class="dates"', 'class="counties"', 'class="guide"'):
        assert any(tool in file.read_text("utf-8") for file in garden.site.rglob("*.html")), tool


def test_a_garden_has_its_pages_search_checklist_guide_contact_and_copy(garden):
    site = garden.site
    text = (site / "odla/plantera/index.html").read_text(encoding="utf-8")
    assert text.count('type="checkbox"') == 5
    assert "Är plantorna avhärdade?" in (site / "odla/plantera.txt").read_text(encoding="utf-8")
    assert "Det här kan bli aktuellt" in (site / "guide/mogel/index.html").read_text("utf-8")
    assert 'href="tel:081234567"' in (site / "odla/tomat/index.html").read_text(encoding="utf-8")
    assert "/om/kontakt/" in (site / "p/fraga/index.html").read_text(encoding="utf-8")
    pages = json.loads((site / "katalog.json").read_text(encoding="utf-8"))["pages"]
    assert {"odla/tomat/", "om/ordlista/"} <= {page["url"] for page in pages}
    with zipfile.ZipFile(site / "kolonilotten.zip") as archive:
        (readme,) = (name for name in archive.namelist() if name.endswith("LAS-MIG.txt"))
        assert "KOLONILOTTEN" in archive.read(readme).decode("utf-8-sig")


def test_a_handout_lies_beside_the_page_that_lists_it(garden):
    assert (garden.site / "om/skriv-ut/tomat.pdf").read_bytes().startswith(b"%PDF-")
    assert 'href="tomat.pdf"' in garden.page("om/skriv-ut")
    assert "../../om/skriv-ut/tomat.pdf" in garden.page("odla/tomat")
    pages = json.loads((garden.site / "katalog.json").read_text(encoding="utf-8"))["pages"]
    files = {page["url"]: [file["url"] for file in page["files"]] for page in pages}
    assert files["odla/tomat/"] == ["om/skriv-ut/tomat.pdf"]
    assert files["odla/plantera/"] == ["odla/plantera.txt"]


def test_an_act_of_law_has_its_words_and_who_rests_on_them(garden):
    """As they stand, marks of Markdown too: none is ours to read."""
    page = BuiltPage.parse("regler/tradgardslagen/", garden.page("regler/tradgardslagen"))
    parts = {one.id: " ".join(one.lines) for one in page.sections("h2, h3", ".page-foot")}
    first, then = parts["tradgardslagen-1-2"], parts["tradgardslagen-1-3"]
    assert "En häck får inte skugga grannens land. 1. Första stycket gäller inte *vinbär*." in first
    assert "Träder i kraft" not in first and "gäller från 1 januari 2002" in first
    assert "Häckar: Håll häcken så låg att grannens land har sol." in first
    assert "Lagen om lotten" in first.partition("Bygger på den:")[2]
    assert "Lag (2014:5)." in then and "Osäker källa. Läst i en äldre lydelse." in then
    assert 'href="../tradgardslagen/"' in garden.page("regler/lagen")

    assert Content.read(garden.docs).kinds["regler/tradgardslagen/"] == "lagrum"
    cites = LexborHTMLParser(garden.page("odla/lag")).css_first("#kalla-tradgardslagen-1-2 a")
    assert cites.attributes["href"] == "../../regler/tradgardslagen/#tradgardslagen-1-2"
    assert cites.attributes["data-url"] == "https://example.org/tradgardslagen#K1P2"


def test_nothing_in_it_speaks_of_the_first_subject(garden):
    site = garden.site
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


def test_a_publishers_own_number_stands_first_or_not_at_all(own_garden):
    def numbers(page: str) -> list[str]:
        """The numbers of a page's text, in order: the header's are not in it."""
        text = own_garden.page(page)
        return re.findall(r'href="?tel:([^" >]+)', text[text.index("<h1") :])

    for file, more in (
        ("docs/_data/contacts.yml", JOUR),
        ("docs/om/index.md", "\n[[nummer: socialjour,odlarjouren]]\n"),
    ):
        with (own_garden.root / file).open("a", encoding="utf-8") as open_:
            open_.write(more)
    pages = ("om", "om/kontakt", "guide/oklart")
    assert own_garden.build() == 0
    assert [numbers(page) for page in pages] == [["081234567"]] * 3
    assert "Vår socialjour" not in "".join(map(own_garden.page, pages))

    settings = own_garden.root / "mkdocs.yml"
    text = settings.read_text("utf-8").replace("  sender:", LOCAL + "  sender:")
    settings.write_text(text, "utf-8")
    assert own_garden.build() == 0
    assert [numbers(page) for page in pages] == [["087654321", "081234567"]] * 3
    assert "08-765 43 21</a>, efter klockan 17" in own_garden.page("guide/oklart")


def test_a_site_in_english_builds_and_readme_tells_what_stays_swedish(own_garden):
    settings = own_garden.root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("language: sv", "language: en"), encoding="utf-8")
    for page in own_garden.docs.rglob("*.md"):
        text = page.read_text(encoding="utf-8").replace("lang: en\n", "")
        page.write_text(text.replace("---\n", "---\nlang: en\n", 1), encoding="utf-8")
    tomato = own_garden.docs / "odla/tomat.md"
    text = tomato.read_text(encoding="utf-8")
    words = "Water the plants at the roots, in the morning."
    tomato.write_text(text.replace("## Vattna {", f"{words}\n\n## Vattna {{"), encoding="utf-8")
    assert own_garden.build() == 0
    page = LexborHTMLParser(own_garden.page("odla/tomat"))
    assert page.css_first("html").attributes["lang"] == "en"
    content = page.css_first("#innehall")
    assert content.attributes["lang"] == "en" and words in content.text()
    assert "Text reviewed" in content.text() and "On this page" in page.css_first(".toc").text()
    assert words in (own_garden.site / "sok/odla/tomat.js").read_text(encoding="utf-8")
    # what README says stays Swedish
    assert page.css_first(".site-nav").attributes["aria-label"] == "Meny"
    assert "Sök med egna ord" in page.css_first(".search").text()
    for box, name in ((".source-box", "Källor"), (".terms", "Ord på sidan")):
        assert page.css_first(box).attributes["lang"] == "sv" and name in page.css_first(box).text()


def test_a_new_site_begins_with_one_command_and_builds(tmp_path):
    new = Garden(tmp_path / "ny")
    assert build.main(["--new", str(new.root)]) == 0
    assert new.build() == 0
    assert "Exempel" in new.page("exempel")


def test_a_new_site_never_writes_over_another(own_garden):
    before = (own_garden.root / "mkdocs.yml").read_bytes()
    assert build.main(["--new", str(own_garden.root)]) == 2
    assert (own_garden.root / "mkdocs.yml").read_bytes() == before
