"""The handouts as they stand in the garden, one of each form, and what stops a bad one."""

from __future__ import annotations

import dataclasses
import json
import re
import unicodedata
from collections import Counter
from functools import cache

import pikepdf
import pypdfium2
import pytest
import yaml
import zxingcpp
from lxml import html
from pdfua import validate
from PIL import Image

from scripts.content.config import read_config
from scripts.content.content import Content
from scripts.content.handouts import flat_sections
from scripts.paper import handouts as build_handouts
from scripts.paper import typeset
from scripts.paper.layouts import compose
from scripts.paper.sections import has_class, load_page, text_of
from scripts.paper.typeset import pdf_ua_violations
from scripts.site.html_site import HtmlSite
from tests.conftest import GARDEN, PAGE, run_step
from tests.paper.measures import sizes_of
from tests.paper.test_composer import ROW as SHEET
from tests.paper.test_sections import START
from tests.paper.test_typeset import WHOLE

HANDOUTS = Content.read(GARDEN / "docs").registers.handouts
URL = "https://kolonilotten.example/"
BLOCKS = {"p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4", "h5"}


def pdf_of(site, key):
    return site / "om/skriv-ut" / f"{HANDOUTS[key].file}.pdf"


@cache
def text_of_pdf(file) -> tuple[str, ...]:
    return tuple(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file))


@cache
def pages_of(site) -> HtmlSite:
    return HtmlSite(site, URL)


@cache
def text_of_handout(site, key) -> str:
    return compose(HANDOUTS[key], pages_of(site), read_config(GARDEN).extra)


def composed(site, key):
    """What a handout is made of; the caller's own, to change."""
    return html.fromstring(text_of_handout(site, key))


def squeeze(text: str) -> str:
    # pdfium calls a hyphen at the end of a line U+FFFE, and says not whether the word has it
    text = unicodedata.normalize("NFC", text)
    return re.sub(r"[-\s\x02\u00ad\u200b\u2009\u2060\ufffe]", "", text)


def said(element) -> str:
    return squeeze(element.text_content())


@pytest.fixture(scope="module")
def site(garden):
    return garden.site


@pytest.fixture(params=HANDOUTS)
def key(request):
    return request.param


def test_handout_pages_are_within_limit_and_in_the_list(site, key):
    file = pdf_of(site, key)
    pages = len(text_of_pdf(file))
    assert pages <= HANDOUTS[key].pages
    assert file.stat().st_size < 250_000
    listing = (site / "om/skriv-ut/index.html").read_text(encoding="utf-8")
    label = html.fromstring(listing).xpath(f'//li[@id="{key}"]//a')[0]
    sheets = "1 sida" if pages == 1 else f"{pages} sidor"
    assert re.fullmatch(
        rf"{re.escape(HANDOUTS[key].title)} \(PDF, {sheets}, [\d,]+ [kM]B\)", label.text
    )
    assert label.get("href") == file.name
    assert "inte byggd" not in listing


def test_handout_text_has_its_size_and_none_under_8_points(site, key):
    document = pypdfium2.PdfDocument(pdf_of(site, key))
    sizes = sum((sizes_of(page) for page in document), Counter())
    assert min(sizes) >= 8
    card = HANDOUTS[key].form == "kort-a6"  # the garden's has a front only
    assert HANDOUTS[key].size * (4 / 3 if card else 1) in sizes


def test_handout_has_a_thumbnail_in_the_list(site, key):
    listing = html.parse(site / "om/skriv-ut/index.html").getroot()
    (image,) = listing.xpath(f'//li[@id="{key}"]//img')
    assert image.get("alt") == f"Första sidan av {HANDOUTS[key].title}"
    file = site / "om/skriv-ut" / image.get("src")
    assert file.stat().st_size < 12_000
    with Image.open(file) as picture:
        assert [str(side) for side in picture.size] == [image.get("width"), image.get("height")]
        shares = picture.convert("L").histogram()
    page = pypdfium2.PdfDocument(pdf_of(site, key))[0]
    assert picture.width / picture.height == pytest.approx(
        page.get_width() / page.get_height(), 0.01
    )
    assert 0 < sum(shares[:128]) < sum(shares[128:]), "dark text on white"


def test_handout_is_accessible(site, key):
    file = pdf_of(site, key)
    assert not list(pdf_ua_violations(file.read_bytes()))
    assert [f.message for f in validate(file).findings] == []


def test_handout_steps_are_numbered(site):
    (text,) = text_of_pdf(pdf_of(site, "damm"))
    rows = [" ".join(row.split()) for row in text.splitlines()]
    for step in ("1. Välj en plats i solen", "2. Bygg ett staket", "3. Gräv en spade djupt"):
        assert step in rows, rows
    assert not any("Läs först rutan" in row for row in rows)


def test_handout_reads_aloud_in_the_order_of_its_source(site, key):
    """Every block of the clean HTML stands in the PDF's text, after the one before it."""
    running = squeeze("".join(text_of_pdf(pdf_of(site, key))))
    document = composed(site, key)
    title, version, address = (
        squeeze("".join(e.text for e in document.find_class(name)))
        for name in ("run-title", "run-fresh", "run-address")
    )
    running = running.replace(title + version, "") if title else running
    running = re.sub(rf"{re.escape(address)}\d+\(\d+\)", "", running).replace("☐", "")
    for hidden in document.xpath('//p[starts-with(@class, "run-")]'):
        hidden.drop_tree()
    place = 0
    for block in document.iter(*BLOCKS):
        text = squeeze(block.text_content())
        if not text or any(
            inner is not block for inner in block.iter(*BLOCKS, "ul", "ol", "table")
        ):
            continue
        # within a page or so: a repeat of the same words much later isn't this block
        found = running.find(text, place)
        assert 0 <= found - place < 4000, f"{text} … efter … {running[max(place - 60, 0) : place]}"
        place = found + len(text)


def test_handout_has_the_text_of_its_sections_alone(site, key):
    """Its text is the pages' text without marks of sources, and of a step its first sentences."""
    handout = HANDOUTS[key]
    main = composed(site, key).find(".//main")
    expected = [
        b
        for section in flat_sections(handout.sections)
        for b in load_page(pages_of(site), section.section.partition("#")[0]).section(
            section.section.partition("#")[2], section.without
        )
    ]
    if handout.form == "fickkort":
        main.find("section").drop_tree()  # the cover
        expected = [b for b in expected if not has_class(b, "uncertain")]
        for number in (n for b in expected for n in list(b.find_class("step-number"))):
            number.drop_tree()
    for line in main.find_class("own") + main.find_class("page-title"):
        line.drop_tree()
    for sentence in (s for block in expected for s in block.find_class("read-more")):
        sentence.drop_tree()
    for element in [main, *expected]:
        for name in ("cite", "figure-sign"):  # a sign's word stands beside it
            for mark in element.find_class(name):
                mark.drop_tree()
    if handout.form in ("samtalsblad", "kort-a6"):  # in another order, without a heading
        cells = [said(e) for block in expected for e in block.iter("td", "li")]
        assert cells and [cell for cell in cells if cell not in said(main)] == []
        return
    shown, whole = said(main).replace("·", ""), "".join(map(said, expected)).replace("·", "")
    if any(section.sentences for section in flat_sections(handout.sections)):
        assert shown != whole and in_order(shown, whole)
    else:  # paper has a dot between when and what kind of time it is
        assert shown == whole


def in_order(part: str, text: str) -> bool:
    """Whether ``text`` without some of its characters is ``part``."""
    rest = iter(text)
    return all(letter in rest for letter in part)


def test_handout_links_are_described_by_their_address(site, key):
    with pikepdf.open(pdf_of(site, key)) as pdf:
        places = [a for page in pdf.pages for a in page.obj.get("/Annots", []) if "/A" in a]
    assert places
    for place in places:
        address = re.sub(r"^(https?://(www\.)?|tel:)", "", str(place.A.URI))
        assert squeeze(address) in squeeze(str(place.Contents))


def test_pocket_card_is_empty_near_folds_and_edges(site):
    """A4 on its side, folded in half three times."""
    (sheet,) = pypdfium2.PdfDocument(pdf_of(site, "fickkort"))
    pixels = sheet.render(scale=150 / 72, grayscale=True).to_pil()
    dots = 150 / 25.4  # to a millimetre
    width, height = pixels.size
    assert (round(width / dots), round(height / dots)) == (297, 210)
    near = [(x - 4, 0, x + 4, 210) for x in (0, 74.25, 148.5, 222.75, 297)]
    near += [(0, y - 4, 297, y + 4) for y in (0, 105, 210)]
    for band in near:
        left, top, right, bottom = (round(side * dots) for side in band)
        area = pixels.crop((max(left, 0), max(top, 0), min(right, width), min(bottom, height)))
        assert area.getextrema() == (255, 255), f"något ligger inom 4 mm: {band}"


def test_handout_qr_code_leads_to_its_page(site, key):
    sheet = pypdfium2.PdfDocument(pdf_of(site, key))[0].render(scale=150 / 72, grayscale=True)
    codes = [code.text for code in zxingcpp.read_barcodes(sheet.to_pil().convert("1"))]
    assert codes == [f"{URL}p/{key}/"]
    stub = html.parse(site / f"p/{key}/index.html").getroot()
    there = stub.xpath('//meta[@http-equiv="refresh"]/@content')[0].removeprefix("0; url=")
    assert (site / f"p/{key}" / there / "index.html").is_file()
    assert stub.xpath('//link[@rel="canonical"]/@href') == [URL + HANDOUTS[key].page]
    assert stub.xpath('//meta[@name="robots"]/@content') == ["noindex"]
    assert stub.xpath("//main//a/@href") == [there]


ROW = {**SHEET, "pages": 1, "sections": ["#ett"]}


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A site of one page; returns a function that builds the given rows into it."""
    monkeypatch.setattr(build_handouts, "CACHE", tmp_path / "cache")
    docs = tmp_path / "docs"
    (docs / "_data").mkdir(parents=True)

    def add(rows, **options):
        target = tmp_path / f"site-{len(list(tmp_path.iterdir()))}"
        (target / "skriv-ut").mkdir(parents=True)
        (docs / "skriv-ut.md").write_text(PAGE + "[[utskrifter]]\n", encoding="utf-8")
        (target / "index.html").write_text(
            START.replace("<button>", '<button type="button" class="paper-print" hidden>'),
            encoding="utf-8",
        )
        slots = "".join(f'<span class="handout" data-handout="{k}">inte byggd</span>' for k in rows)
        (target / "skriv-ut/index.html").write_text(slots, encoding="utf-8")
        text = yaml.safe_dump(json.loads(json.dumps(rows)))  # a shared list would be an anchor
        (docs / "_data/handouts.yml").write_text(text, encoding="utf-8")
        return target, run_step(build_handouts.add_handouts, docs, target, **options)

    add.docs = docs
    return add


def test_handout_unchanged_is_not_typeset_again(small, monkeypatch):
    target, faults = small({"prov": ROW})
    assert faults == []
    first = (target / "skriv-ut/prov.pdf").read_bytes()
    monkeypatch.setattr(build_handouts, "typeset_to_cache", lambda *_: pytest.fail("typeset again"))
    again, faults = small({"prov": ROW})
    assert faults == [] and (again / "skriv-ut/prov.pdf").read_bytes() == first
    with pytest.raises(pytest.fail.Exception):
        small({"prov": {**ROW, "title": "Nytt namn"}})


def test_cache_key_of_another_page_limit_is_another():
    """Else a lower limit would go unseen: the cache has the faults of the higher one."""
    handout = HANDOUTS[next(iter(HANDOUTS))]
    other = dataclasses.replace(handout, pages=handout.pages + 1)
    assert build_handouts.cache_key("", other) != build_handouts.cache_key("", handout)


def test_handouts_without_pdf_are_not_written(small):
    target, faults = small({"prov": ROW}, pdf=False)
    assert faults == [] and not list(target.rglob("*.pdf"))
    assert "inte byggd" in (target / "skriv-ut/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "change, expected",
    [
        pytest.param({"sections": ["#borta"]}, "rubriken #borta finns inte", id="section"),
        pytest.param({"page": "borta/"}, 'sidan "borta/" finns inte', id="living page"),
    ],
)
def test_handout_with_missing_section_is_reported_at_its_line(small, change, expected):
    row = {k: v for k, v in {**ROW, **change}.items() if v is not None}
    _, faults = small({"bra": ROW, "prov": row})
    assert len(faults) == 1
    assert str(faults[0]).startswith("docs/_data/handouts.yml:") and expected in str(faults[0])
    assert faults[0].line > 1 and "prov: " in str(faults[0])


@pytest.mark.parametrize(
    "change, field, message",
    [
        pytest.param({"size": 9.5}, "size", "minst 10 ", id="sheet"),
        pytest.param({"form": "checklista", "size": 10.5}, "size", "minst 11 ", id="checklist"),
        pytest.param({"form": "kort-a6", "size": 11.5}, "size", "minst 12 ", id="card"),
        pytest.param({"columns": 2, "pages": 2}, "columns", "två spalter", id="columns"),
    ],
)
def test_handout_hard_to_read_is_reported_at_its_field(small, change, field, message):
    _, (finding, *_) = small({"prov": {**ROW, **change}})
    assert finding.rule == f"handout-{field}" and message in finding.message
    rows = (small.docs / "_data/handouts.yml").read_text(encoding="utf-8").splitlines()
    assert rows[finding.line - 1].strip().startswith(field)


def test_sheet_is_offered_before_print(small):
    target, _ = small({"prov": ROW, "affisch": {**ROW, "form": "affisch", "file": "affisch"}})
    control = html.parse(target / "index.html").getroot().find_class("paper")[0]
    assert [(child.tag, child.get("href")) for child in control] == [
        ("a", "skriv-ut/prov.pdf"),
        ("button", None),
    ]
    assert text_of(control[0]).startswith("Färdigt blad: Prov (PDF, 1 sida, ")


@pytest.mark.parametrize(
    ("pages", "misfits", "wrong", "rule"),
    [
        (2, (), [], "handout-pages"),
        (1, ('sida 1: "x" sticker ut',), [], "handout-misfit"),
        (1, (), ["språket saknas (7.2)."], "handout-pdf"),
    ],
)
def test_handout_with_typeset_fault_is_reported(small, monkeypatch, pages, misfits, wrong, rule):
    done = typeset.typeset(WHOLE, 10)
    done = dataclasses.replace(done, pages=pages, misfits=misfits)
    monkeypatch.setattr(typeset, "typeset", lambda *_: done)
    monkeypatch.setattr(typeset, "pdf_ua_violations", lambda *_: wrong)
    _, faults = small({"prov": ROW})
    assert [f.rule for f in faults] == [rule]


def test_file_size_is_in_kilobytes_or_megabytes():
    assert build_handouts.file_size_text(63_400) == "63 kB"
    assert build_handouts.file_size_text(1_374_000) == "1,4 MB"
