from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys

import pikepdf
import pypdfium2
import pytest

from scripts.paper import typeset
from scripts.paper.pdf_ua import check_pdf
from tests.conftest import ROOT

PAGE = """<!doctype html><html lang="sv"><head><title>Prov på papper</title>
<meta name="dcterms.created" content="2026-01-02"><meta name="dcterms.modified" content="2026-01-02"></head>
<body class="blad columns-1"><h1 id="a">Rubrik åäö</h1>
<p>Text med <a href="https://exempel.se/x" title="En sida (exempel.se/x)">länk</a> och <a href="#a" title="Upp">upp</a>.</p>
<ul><li>Rad</li></ul><table><thead><tr><th scope="col">Namn</th></tr></thead><tbody><tr><td>Värde</td></tr></tbody></table>
MORE</body></html>"""


def page(more: str = "") -> str:
    return PAGE.replace("MORE", more)


@pytest.fixture(scope="module")
def made() -> typeset.Typeset:
    return typeset.typeset(page(), 10, 1)


def test_it_is_tagged_and_named(made, tmp_path):
    file = tmp_path / "prov.pdf"
    file.write_bytes(made.data)
    assert not list(check_pdf(file, file))
    with pikepdf.open(file) as pdf:
        assert str(pdf.docinfo.Title) == "Prov på papper"
        assert [str(a.Contents) for a in pdf.pages[0].Annots] == ["En sida (exempel.se/x)", "Upp"]


def test_the_text_can_be_read_and_the_font_comes_from_the_package(made):
    text = pypdfium2.PdfDocument(made.data)[0].get_textpage().get_text_range()
    assert "Rubrik åäö" in text
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        names = {
            str(font.BaseFont).partition("+")[2] for font in pdf.pages[0].resources.Font.values()
        }
    assert names == {"Text", "Text-Bold"}, "no font of the machine's: the bytes would differ"


def test_two_processes_give_the_same_bytes(made):
    code = (
        "import sys; from tests.paper.test_typeset import page; from scripts.paper.typeset import typeset;"
        "sys.stdout.buffer.write(typeset(page(), 10, 1).data)"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    other = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True
    )
    assert other.stdout == made.data, other.stderr.decode()


def test_text_shrinks_until_it_fits_and_no_further():
    long = "<p>En rad som tar plats på pappret.</p>" * 46
    fits = typeset.typeset(page(long), 10, 1)
    assert fits.pages == 1 and typeset.SMALLEST <= fits.size < 10
    assert typeset.typeset(page(long), 10, 2).size == 10
    too_long = typeset.typeset(page(long * 3), 9, 1)
    assert too_long.pages > 1 and too_long.size == typeset.SMALLEST


def test_what_sticks_out_is_named():
    wide = typeset.typeset(page(f"<p>{'x' * 200}</p>"), 8, 1)
    assert (
        len(wide.misfits) == 1
        and "xxx" in wide.misfits[0]
        and wide.misfits[0].endswith("sticker ut")
    )
    panel = (
        '<main style="position: relative"><section class="panel"><p>Rad</p>ROWS</section></main>'
    )
    assert not typeset.typeset(page(panel.replace("ROWS", "")), 8, 1).misfits
    assert typeset.typeset(page(panel.replace("ROWS", "<p>Rad</p>" * 40)), 8, 1).misfits
    # what a panel at the foot has no place for is nowhere in the PDF
    low = panel.replace(
        "ROWS", f"<table>{'<tr><td>Rad</td></tr>' * 40}<tr><td>Sist</td></tr></table>"
    )
    lost = typeset.typeset(page(low.replace('"panel"', '"panel" style="top: 200mm"')), 8, 1)
    assert any("Sist" in text for text in lost.misfits)


def test_a_heading_last_on_a_page_is_named():
    filler = "<p>Rad</p>" * 20
    alone = page(f'{filler}<h2>Ensam</h2><p style="break-before: page">Sedan</p>')
    assert 'rubriken "Ensam" står ensam sist' in typeset.typeset(alone, 8, 2).misfits[0]


@pytest.fixture
def no_pango(monkeypatch, tmp_path):
    # what WeasyPrint does when cffi can't open the library
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    "platform, cure",
    [("linux", "sudo apt install libpango-1.0-0"), ("darwin", "brew install pango"), ("win32", "pacman -S"), ("aix", "apt")],
)  # fmt: skip
@pytest.mark.usefixtures("no_pango")
def test_without_pango_it_says_so_on_one_line_with_the_cure(monkeypatch, platform, cure):
    monkeypatch.setattr(sys, "platform", platform)
    said = typeset.missing_library()
    assert cure in said and "Pango saknas" in said and "\n" not in said


@pytest.mark.slow
def test_without_pango_the_site_is_built_without_pdf_files(no_pango, tmp_path):
    """As in a bare container: the real command, where WeasyPrint finds no library."""
    root = tmp_path / "project"
    kept = shutil.ignore_patterns("site", ".build", ".venv", ".git", "node_modules", "__pycache__")
    shutil.copytree(ROOT, root, ignore=kept)
    code = (
        "import sys; from pathlib import Path; from scripts import build;"
        f"sys.path.insert(0, {str(no_pango)!r});"
        "sys.exit(build.build(build.ROOT, build.ROOT / 'site'))"
    )
    (root / ".build").mkdir()
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stderr.splitlines()
    assert sum("Pango saknas" in line for line in lines) == 1
    assert not list((root / "site").rglob("*.pdf"))
    listing = (root / "site/skriv-ut/index.html").read_text(encoding="utf-8")
    assert "PDF-filen är inte byggd" in listing
    pages = [file.read_text(encoding="utf-8") for file in (root / "site").rglob("*.html")]
    assert not [page for page in pages if re.search(r'href="[^":]*\.pdf"', page)]
