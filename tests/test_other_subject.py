"""A whole site on something else, with only its own docs/ and mkdocs.yml: the code knows no subject."""

from __future__ import annotations

import re
import zipfile

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts import build
from scripts.content.content import Content
from scripts.content.field_types import HANDOUT_FORMATS, LEVELS, QUESTION_KINDS, STATUSES, VERDICTS
from scripts.content.figures import ICONS, KINDS, MARKS
from scripts.core.language import TRANSLATIONS
from scripts.core.swedish import MONTHS
from scripts.render.macros import MACROS
from scripts.site.html_site import HtmlPage
from tests.conftest import PAGE, ROOT, Garden

pytestmark = pytest.mark.slow


def test_garden_has_every_macro_figure_and_form(garden):
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
    assert {row.form for row in registers.handouts.values()} == set(HANDOUT_FORMATS)
    questions = registers.questions.values()
    assert {question.level for question in questions} - {0} == set(LEVELS)
    assert {question.kind for question in questions} == set(QUESTION_KINDS)
    assert {change.status for change in registers.law_changes.values()} <= set(STATUSES)
    for tool in ('class="checklist"', 'class="dates"', 'class="counties"', 'class="guide"'):
        assert any(tool in file.read_text("utf-8") for file in garden.site.rglob("*.html")), tool


def test_garden_has_checklist_guide_contact_and_copy(garden):
    site = garden.site
    text = (site / "odla/plantera/index.html").read_text(encoding="utf-8")
    assert text.count('type="checkbox"') == 8
    assert "Är plantorna avhärdade?" in (site / "odla/plantera.txt").read_text(encoding="utf-8")
    assert "Det här kan bli aktuellt" in (site / "guide/mogel/index.html").read_text("utf-8")
    assert 'href="tel:081234567"' in (site / "odla/tomat/index.html").read_text(encoding="utf-8")
    assert "/om/kontakt/" in (site / "p/fraga/index.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(site / "kolonilotten.zip") as archive:
        (readme,) = (name for name in archive.namelist() if name.endswith("LAS-MIG.txt"))
        assert "KOLONILOTTEN" in archive.read(readme).decode("utf-8-sig")


def test_handout_is_beside_the_page_that_lists_it(garden):
    assert (garden.site / "om/skriv-ut/tomat.pdf").read_bytes().startswith(b"%PDF-")
    assert 'href="tomat.pdf"' in garden.page("om/skriv-ut")
    assert "../../om/skriv-ut/tomat.pdf" in garden.page("odla/tomat")


def test_statute_page_has_wording_and_what_rests_on_it(garden):
    """As they stand, marks of Markdown too: none is ours to read."""
    page = HtmlPage("regler/tradgardslagen/", garden.page("regler/tradgardslagen"))
    parts = {one.id: " ".join(one.lines) for one in page.sections("h2, h3", ".page-foot")}
    first, then = parts["tradgardslagen-1-2"], parts["tradgardslagen-1-3"]
    assert "En häck får inte skugga grannens land. 1. Första stycket gäller inte *vinbär*." in first
    assert "Träder i kraft" not in first and "gäller från 1 januari 2002" in first
    assert "Häckar: Håll häcken så låg att grannens land har sol." in first
    assert "Lagen om lotten" in first.partition("Bygger på den:")[2]
    assert "Lag (2014:5)." in then and "Osäker källa. Läst i en äldre lydelse." in then
    assert 'href="../tradgardslagen/"' in garden.page("regler/lagen")

    assert Content.read(garden.docs).page_kinds["regler/tradgardslagen/"] == "lagrum"
    cites = LexborHTMLParser(garden.page("odla/lag")).css_first("#kalla-tradgardslagen-1-2 a")
    assert cites.attributes["href"] == "../../regler/tradgardslagen/#tradgardslagen-1-2"
    assert cites.attributes["data-url"] == "https://example.org/tradgardslagen#K1P2"


def test_garden_has_no_word_of_the_first_subject(garden):
    site = garden.site
    words = re.compile(r"betänketid|betanketid|socialtjänst|migrationsverk|nspm|\b112\b", re.I)
    for file in site.rglob("*"):
        if file.suffix in (".html", ".js", ".xml", ".txt", ".css"):
            text = re.sub(r"posts:`[^`]*`", "", file.read_text(encoding="utf-8"))  # numbers alone
            found = words.search(text)
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


def test_own_number_is_first_or_not_shown(own_garden):
    def numbers(page: str) -> list[str]:
        """The numbers of a page's text, in order: the header's are not in it."""
        text = own_garden.page(page)
        return re.findall(r'href="?tel:([^" >]+)', text[text.index("<h1") :])

    for file, more in (
        ("docs/_data/contacts.yml", JOUR),
        ("docs/om/index.md", "\n[[nummer:socialjour,odlarjouren]]\n"),
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


def test_english_page_has_english_ui_strings(garden):
    page = LexborHTMLParser(garden.page("om/english"))
    assert page.css_first("html").attributes["lang"] == "sv"
    content = page.css_first("#innehall")
    assert content.attributes["lang"] == "en"
    assert "Reviewed 2 March 2026" in " ".join(content.text().split())
    assert page.css_first(".paper").attributes["data-dates"].startswith("Reviewed 2026-03-02")
    assert page.css_first(".fresh").attributes["data-overdue"].startswith("The review of")


def test_translations_are_those_that_the_code_asks_for():
    files = [*ROOT.glob("scripts/**/*.py"), *ROOT.glob("overrides/**/*.html")]
    source = "".join(file.read_text("utf-8") for file in files)
    asked = re.findall(r"""(?:\bgettext|words\.t)\((["'])(.+?)\1[,)]""", source)
    templates = "".join(file.read_text("utf-8") for file in ROOT.glob("scripts/render/*.*"))
    asked += re.findall(r"""\bt\((["'])(.+?)\1\)""", templates)
    assert {text for _, text in asked} | {*MONTHS, *VERDICTS.values()} == TRANSLATIONS["en"].keys()


def test_english_guide_has_no_swedish_words(own_garden):
    start = own_garden.docs / "guide/index.md"
    start.write_text(start.read_text("utf-8").replace("title:", "lang: en\ntitle:", 1), "utf-8")
    whole = own_garden.docs / "guide/hela.md"
    whole.write_text(whole.read_text("utf-8").replace("title:", "lang: en\ntitle:", 1), "utf-8")
    register = own_garden.docs / "_data/guide.yml"
    register.write_text(register.read_text("utf-8").replace("Vet inte", "Don't know"), "utf-8")
    assert own_garden.build() == 0
    swedish = {text for text in TRANSLATIONS["en"] if text not in MONTHS and len(text) > 5}
    for address in ("guide/mogel/", "guide/var/", "guide/gift/", "guide/hela/"):
        page = LexborHTMLParser(own_garden.page(address))
        content = page.css_first("#innehall")
        assert content.attributes["lang"] == "en"
        description = page.css_first("meta[name=description]").attributes["content"]
        text = " ".join(content.text(separator=" ").split()) + description
        assert not [words for words in swedish if words in text], address


def test_new_site_builds(tmp_path):
    new = Garden(tmp_path / "ny")
    assert build.main(["--new", str(new.root)]) == 0
    assert new.build() == 0
    assert "Skriv en sida" in new.page("exempel") and "plain" in new.page("exempel")
    for page, what in (
        ("lista", 'type="checkbox"'),
        ("kontakt", "tel:087000001"),
        ("exempel", "figure-steg"),
        ("exempel", 'class="first"'),
        ("exempel", 'class="step-number"'),
        ("lista", "Byt texten mot din egen."),
    ):
        assert what in new.page(page), what


def test_new_site_over_another_is_refused(own_garden):
    before = (own_garden.root / "mkdocs.yml").read_bytes()
    assert build.main(["--new", str(own_garden.root)]) == 2
    assert (own_garden.root / "mkdocs.yml").read_bytes() == before


def test_new_site_in_the_project_or_a_used_folder_is_refused(tmp_path, capsys):
    (tmp_path / "bilder").mkdir()
    (tmp_path / "bilder/katt.jpg").touch()
    assert build.main(["--new", str(tmp_path / "bilder")]) == 2
    assert build.main(["--new", str(ROOT / "docs/ny")]) == 2
    assert not (ROOT / "docs/ny").exists()
    (tmp_path / "fil").touch()
    assert build.main(["--new", str(tmp_path / "fil/ny")]) == 2
    empty, inside, unwritable = capsys.readouterr().err.splitlines()
    assert "är inte tom" in empty and "i det här projektet" in inside
    assert "kan inte skrivas" in unwritable
    (tmp_path / "ny/.git").mkdir(parents=True)
    assert build.main(["--new", str(tmp_path / "ny")]) == 0


GUIDE = """\
version: "2026-11-28"
start: skadad
questions:
  skadad:
    title: Är den skadad?
    text: Titta efter.
    choices: [{title: Ja, to: ring}, {title: Nej, to: hem}, {title: Vet inte, to: ring}]
  hem:
    title: Har den ett hem?
    text: Läs på halsbandet.
    choices: [{title: Ja, to: ring}, {title: Vet inte, to: ring}]
outcomes:
  ring: {title: Ring någon, verdict: oklart, text: Du vet inte., more: [{page: /kontakt.md}]}
"""


@pytest.mark.slow
def test_new_site_guide_may_be_at_the_top(tmp_path):
    """Its questions then lie at the top, too."""
    new = Garden(tmp_path / "ny")
    assert build.main(["--new", str(new.root)]) == 0
    description = "Svara på en fråga i taget, och få veta vad du kan göra för den som är skadad, nu och sedan."
    page = re.sub("(?m)^description: .*", f"description: {description}", PAGE)
    (new.docs / "vagledning.md").write_text(page + "[[vagledning:skadad]]\n", "utf-8")
    (new.docs / "_data/guide.yml").write_text(GUIDE, "utf-8")
    settings = new.root / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "  - vagledning.md\n", "utf-8")
    assert new.build() == 0
    assert "Har den ett hem?" in new.page("hem") and 'href="../hem/"' in new.page("vagledning")
