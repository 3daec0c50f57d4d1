from __future__ import annotations

import pytest

from scripts.links.external.drift import Content, changes, read

PAGE = """<title>Lagen</title><header>Meny {noise}</header><nav>x {noise}</nav>
<main><h1>Lag</h1><p id="p1">Första paragrafen, som är lång nog att stå för sig själv.</p>
<p id="p2"><a id="kort"></a>Andra paragrafen: {second}, och mer än fyrtio tecken lång.</p>
<p>Lagen i lydelse t.o.m. SFS {sfs}. Senast uppdaterad: {day}</p></main><footer>{noise}</footer>
<script>{noise}</script>"""


def page(noise="1", second="nämnden får", sfs="2025:123", day="2026-01-02") -> bytes:
    return PAGE.format(noise=noise, second=second, sfs=sfs, day=day).encode()


def test_what_is_read():
    content = read(page())
    assert (content.title, content.modified, content.sfs) == ("Lagen", "2026-01-02", "2025:123")


def test_menus_dates_and_scripts_are_no_change():
    assert read(page(noise="1")).digest == read(page(noise="2")).digest
    assert read(page(day="2026-01-02")).digest == read(page(day="2026-11-24")).digest


def test_a_place_changes_only_when_its_own_text_does():
    before, later = page(), page(second="nämnden ska")
    assert read(before).digest != read(later).digest
    assert read(before, "p1").digest == read(later, "p1").digest
    assert read(before, "p2").digest != read(later, "p2").digest
    assert read(before, "kort").digest != read(later, "kort").digest, "too small: its parent"
    assert read(before, "finns-inte").digest == read(before).digest


@pytest.mark.parametrize(
    ("later", "says"),
    [
        ({}, ""),
        ({"sfs": "2026:7"}, "SFS 2026:7 (förut 2025:123)"),
        ({"second": "ny"}, "texten har ändrats"),
        ({"second": "ny", "day": "5 mars 2026"}, "uppdaterad 5 mars 2026"),
    ],
)
def test_what_an_editor_is_told(later, says):
    told = changes(read(page()), read(page(**later)))
    assert says in told and bool(told) == bool(says)


def test_a_first_reading_is_no_change():
    assert changes(Content(), read(page())) == ""
    assert changes(read(page()), Content()) == ""


def test_a_pdf_is_compared_whole():
    assert read(b"%PDF-1.7 a").digest != read(b"%PDF-1.7 b").digest


LAW = """<title>Lag</title>
<section id="K1P1"><h3>1 §</h3><p id="K1P1S1">Den som provar ska göra det noga, enligt
Lag (1999:1).</p><p id="K1P1S2">Och en gång till. Lag (<a href="#">2025:179</a>).</p></section>
<section id="K1P1a"><p>Nämnden prövar frågan enligt lagen (2001:1) om prov och annat.</p></section>
<section id="K1P2"><p>Andra stycket i en paragraf som har ändrats. Förordning (2020:2).</p></section>
<div><h3 id="K1P3">3 §</h3><p>Text under en rubrik. Lag (2018:3).</p><h3 id="K1P4">4 §</h3>
<p>Text under nästa rubrik. Lag (2019:4).</p></div><p id="rad">Lag (2017:1) står på en egen rad här.</p>"""


@pytest.mark.parametrize(
    ("place", "number"),
    [
        ("K1P1", "2025:179"),  # the last one named, though a link stands inside
        ("K1P1a", ""),  # an act that it refers to is no amendment
        ("K1P2", "2020:2"),
        ("K1P3", ""),  # the heading's parent holds other paragraphs: can't tell
        ("K1P9", ""),
        ("rad", ""),  # no paragraph
        ("", ""),
    ],
)
def test_the_act_a_paragraph_was_last_amended_by(place, number):
    assert read(LAW.encode(), place).amended == number


@pytest.mark.parametrize(
    "html",
    [
        b"",
        b"<html>",
        b"<nav><nav><nav>x",
        b"<body aria-hidden=true>x",
        b"<header><nav>x</nav></header>y",
        b"<div>" * 300_000,  # a full parser alone takes minutes for it
        b"<script></script>" * 60_000,
    ],
)
def test_odd_pages(html):
    assert read(html, "x").digest == read(html, "x").digest
