"""A municipality's site as its folder makes it: the whole build, over the garden."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from scripts import build, preview
from scripts.content.settings_files import read_publisher
from scripts.site.theme_colors import contrast
from tests.conftest import ROOT, Garden, make_docs, planted
from tests.content.test_project import FRONT, OWN, TOMATO

pytestmark = pytest.mark.slow

SETTINGS = """\
INHERIT: ../garden/mkdocs.yml
site_url: !ENV [SITE_URL, "https://kommun.example/odla/"]
extra:
  sender: {name: Exempels kommun, text: Vi odlar.}
  local: {socialjour: "08-765 43 21"}
  hide: [odla/datum.md, mote/]
  colours: {light: "#7a1f3d", dark: "#f0a8c0"}
theme: {logo: logga.png}
nav:
  - Hos oss: [hos-oss.md]
"""
PAGE = """\
---
title: Hos oss
description: Vad som är eget för kommunens egna lotter, och vem som svarar i telefonen när du ringer upp.
last_reviewed_on: 2026-11-20
review_by: 2027-05-20
owner: Jouren
keywords: []
---

# Hos oss

Läs [rutinen](kalla:kommunens), eller ring 08-765 00 11. Se [området](odla/datum.md).
"""
FILES = {
    **OWN,
    "mkdocs.yml": SETTINGS,
    "docs/hos-oss.md": PAGE,
    "tillagg/odla/tomat.md": TOMATO,
    "tillagg/om/kontakt.md": FRONT + "## Ring {#rad}\n\nVi ses.\n",
}


def state(root: Path) -> dict[str, bytes]:
    return {str(f.relative_to(root)): f.read_bytes() for f in root.rglob("*") if f.is_file()}


def folder(parent: Path, **changed: str) -> Garden:
    """Return a folder beside the garden, not built."""
    site = Garden(make_docs(parent / "kommun", {**FILES, **changed}))
    (site.docs / "logga.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return site


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Garden:
    parent = tmp_path_factory.mktemp("kommun")
    national = planted(parent)
    before = state(national.root)
    site = folder(parent)
    assert site.build(pdf=True) == 0
    assert state(national.root) == before, "the national project is never written in"
    return site


def test_supplement_is_on_page_in_search_and_offline_copy(made):
    words = "Hos oss finns kranen vid grinden."
    page = LexborHTMLParser(made.page("odla/tomat"))
    box = page.css_first("#vattna ~ .admonition.local")
    assert words in box.text() and box.css_first(".local-by").attributes["data-review-by"]
    assert box.attributes["aria-label"] == "I Exempels kommun"
    assert words in (made.site / "sok/odla/tomat.js").read_text(encoding="utf-8")
    with zipfile.ZipFile(made.site / "kolonilotten.zip") as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("odla/tomat/index.html"))
        assert words in archive.read(name).decode()


def test_own_records_are_shown_beside_the_national_ones(made):
    page = made.page("hos-oss")
    assert 'href="tel:087650011"' in page and "https://kommun.example/rutin" in page
    assert "Hos oss" in LexborHTMLParser(made.page("odla/tomat")).css_first("#meny").text()
    assert "Öppna kranen vid grinden." in made.page("odla/plantera")
    assert "Öppna kranen" in (made.site / "odla/plantera.txt").read_text(encoding="utf-8")
    assert "kranen är ny" in made.page("om/nytt").lower()
    assert "08-765 43 21" in made.page("guide/oklart")


def test_hidden_page_is_only_at_its_address(made):
    for address in ("odla/datum", "mote/plan", "om/skriv-ut/presentation"):
        page = made.page(address)
        assert "Exempels kommun visar inte sidan." in page and "noindex" in page
        for file in made.site.rglob("*.html"):
            assert f"/{address}/" not in file.read_text("utf-8").replace("../", "/"), file
        assert f"{address}/" not in (made.site / "sitemap.xml").read_text(encoding="utf-8")
    assert not (made.site / "sok/odla/datum.js").exists()
    menu = LexborHTMLParser(made.page("odla/tomat")).css_first("#meny").text()
    assert "Räkna ut" not in menu and "Möte" not in menu
    assert "Se området." in LexborHTMLParser(made.page("hos-oss")).css_first("#innehall").text()


def test_replaced_page_links_to_its_replacement(tmp_path):
    planted(tmp_path)
    row = "{page: odla/lag.md, instead: hos-oss.md}"
    site = folder(tmp_path, **{"mkdocs.yml": SETTINGS.replace("odla/datum.md", row)})
    assert site.build() == 0
    page = LexborHTMLParser(site.page("odla/damm"))
    links = [link.attributes["href"] for link in page.css("#innehall a")]
    assert "../../hos-oss/" in links and not [link for link in links if "odla/lag" in link]
    assert not page.css('#meny a[href*="odla/lag"]')
    assert [a.text() for a in page.css("#meny a") if a.attributes["href"] == "../../hos-oss/"] == [
        "Hos oss"
    ]
    old = LexborHTMLParser(site.page("odla/lag"))
    assert "Exempels kommun visar inte sidan." in old.body.text()
    assert [a for a in old.css("main a") if a.attributes["href"].endswith("hos-oss/")]


def test_colours_and_logo_are_those_of_the_folder(made):
    (sheet,) = (f for f in (made.site / "assets").glob("every-page.*.css"))
    style = sheet.read_text(encoding="utf-8")
    assert style.index("#0b3d52") < style.rindex("#7a1f3d") < style.rindex("#f0a8c0")
    logo = LexborHTMLParser(made.page("odla/tomat")).css_first(".site-header__logo")
    assert logo.attributes["src"] == "../../logga.png" and logo.attributes["alt"] == ""


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_names_that_browsers_and_feed_readers_keep_are_of_the_folder(made, garden):
    site = LexborHTMLParser(made.page("odla/tomat")).css_first("meta[name=site-key]").attributes
    assert (site["content"], site["data-apart"]) == ("kolonilotten", "-kommun-example-odla")
    ids = [
        (one.site / "andringar.xml").read_text("utf-8").split("<id>")[1:] for one in (made, garden)
    ]
    assert not {row[:45] for row in ids[0]} & {row[:45] for row in ids[1]}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("#7a1f3d", "#f5a623", 'mkdocs.yml:7: light: #f5a623 har kontrasten 1,8:1 mot #fdecef. Minst 4,5:1'),
        ("odla/datum.md", "odla/datuum.md", 'mkdocs.yml:6: hide: "odla/datuum.md" finns inte. Menade du "odla/datum.md"?'),
        ("odla/datum.md", "index.md", 'hide: "index.md" är startsidan.'),
        ("odla/datum.md, mote/", "odla/figurer.md", 'hide: "odla/figurer.md" kan inte döljas: "'),
        ("odla/datum.md", "odla/lag.md", 'mkdocs.yml:6: hide: "odla/lag.md" kan inte döljas utan ersättare: frågan "granne" före stegen leder dit.'),
        ("odla/datum.md", "odla/damm.md", 'checklistan "plantera", raden "damm", leder dit.'),
        ("odla/datum.md", "guide/gift.md", 'vägledningen, "flackar", leder dit.'),
        ("odla/datum.md", "guide/index.md", 'Dölj hela mappen: "guide/".'),
        ("odla/datum.md", "{page: odla/lag.md, instead: hos-os.md}", 'ersätts av "hos-os.md", som inte finns eller är dold. Menade du "hos-oss.md"?'),
        ("odla/datum.md", "{page: odla/lag.md, instead: mote/plan.md}", 'ersätts av "mote/plan.md", som inte finns eller är dold.'),
        ("theme:", "extra_css: [x.css]\ntheme:", "mkdocs.yml:8: extra_css läses inte."),
        ("logga.png", "borta.png", 'mkdocs.yml:8: logo: "borta.png" finns inte.'),
        ("local: {socialjour", "local: {socialjor", 'Menade du "socialjour"?'),
        ("[hos-oss.md]", "[]", "docs/hos-oss.md:1: sidan saknas i menyn."),
    ],
)  # fmt: skip
def test_build_wrong_setting_is_reported_and_site_stays(tmp_path, capsys, old, new, said):
    planted(tmp_path)
    site = folder(tmp_path, **{"mkdocs.yml": SETTINGS.replace(old, new)})
    (site.site / "x").mkdir(parents=True)
    assert site.build() == 1
    assert said in capsys.readouterr().out and (site.site / "x").is_dir()


def test_build_picture_that_is_no_logo_is_reported(tmp_path, capsys):
    planted(tmp_path)
    site = folder(tmp_path, **{"docs/hos-oss/huset.jpg": b"EXIF"})
    assert site.build() == 1
    assert "docs/hos-oss/huset.jpg:1: Bilder används inte än" in capsys.readouterr().out
    assert not site.site.exists()


def test_build_supplement_to_read_again_is_a_reminder(tmp_path, capsys):
    national, site = planted(tmp_path), folder(tmp_path)
    other = Garden(tmp_path / "annan")
    assert build.main(["--new-kommun", str(other.root)]) == 0
    settings = other.root / "mkdocs.yml"
    inherits = f"INHERIT: {national.root}/mkdocs.yml\n"
    text = settings.read_text("utf-8").replace("https://kommun.example/stod/", "https://b.example/")
    settings.write_text(inherits + text.partition("INHERIT: ")[2].partition("\n")[2], "utf-8")
    example = other.root / "tillagg/odla/tomat.md"
    example.parent.mkdir()
    (other.root / "tillagg/index.md").rename(example).write_text(TOMATO, encoding="utf-8")
    for garden in (other, site):
        capsys.readouterr()
        assert garden.build() == 0
        heading = re.search(r"Skriv rubriken så: (.+}) ", capsys.readouterr().err)[1]
        added = garden.root / "tillagg/odla/tomat.md"
        text = added.read_text("utf-8").replace("## Vatten {#vattna}", heading)
        added.write_text(text, encoding="utf-8")
    page = national.docs / "odla/tomat.md"
    page.write_text(page.read_text("utf-8").replace("vid roten", "nära roten"), encoding="utf-8")
    before = state(site.site)
    capsys.readouterr()
    example.write_text(TOMATO + "[[borta]]\n", encoding="utf-8")
    assert other.build() == 1
    assert "tillagg/odla/tomat.md:11: " in capsys.readouterr().out
    assert state(site.site) == before
    assert site.build() == 0
    assert "tillagg/odla/tomat.md:6: läs igen: avsnittet" in capsys.readouterr().err


def test_preview_shows_the_folder_and_its_faults(tmp_path, monkeypatch):
    planted(tmp_path)
    site = folder(tmp_path, **{"docs/hos-oss.md": PAGE + "\n[[borta]]\n"})
    monkeypatch.setattr(preview, "FOLDER", tmp_path / "preview")
    monkeypatch.setenv("SITE_URL", "http://127.0.0.1:8000/")
    shown = preview.Preview(site.root, pdf=False)
    shown.update()
    assert "docs/hos-oss.md:14: " in shown.state.message
    page = (shown.state.root / "odla/tomat/index.html").read_text(encoding="utf-8")
    assert "kranen vid grinden" in page


def test_new_folder_example_number_has_a_national_key(tmp_path):
    assert build.main(["--new-kommun", str(tmp_path / "kommun")]) == 0
    text = (tmp_path / "kommun/mkdocs.yml").read_text(encoding="utf-8")
    (key,) = re.findall(r"# local:\n +# +([\w-]+):", text)
    assert key in read_publisher([ROOT]).numbers


def test_edit_link_only_on_own_pages_of_own_repository(tmp_path, made):
    """The garden's repo_url, which the folder inherits, has neither the folder's pages nor its name."""
    assert 'rel="nofollow"' not in made.page("hos-oss") + made.page("odla/tomat")
    planted(tmp_path)
    own = SETTINGS + "repo_url: https://git.kommun.example/stod\nedit_uri: -/edit/main/docs/\n"
    site = folder(tmp_path, **{"mkdocs.yml": own})
    assert site.build() == 0
    (link,) = re.findall(r'href="([^"]+)"[^>]* rel="nofollow"', site.page("hos-oss"))
    assert link == "https://git.kommun.example/stod/-/edit/main/docs/hos-oss.md"
    assert 'rel="nofollow"' not in site.page("odla/tomat") + site.page("guide/mogel")
