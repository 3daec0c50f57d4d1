"""All forms of a list carry the same rows: page (and paper), box, plain text."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from scripts.content.content import Content, read_registers
from scripts.content.registers import Registers
from scripts.render.checklists import plain_text, render_box, render_checklist, rows, sheets
from scripts.render.macro import MacroError
from tests.conftest import ROOT, context

LISTS = sorted(f.stem for f in (ROOT / "docs/_data/checklists").glob("*.yml"))
SMALL = yaml.safe_load("""\
title: Lista
version: "2026-11-24"
sheets: 1
groups:
  - id: nu
    title: Nu
    count: false
    rows:
      - {id: ring, text: "Ring 112 & vänta <lugnt>.", why: "Skydd först.[@lagen]", who: Du.,
         page: /prov.md, page_title: Prov, applies: [vuxen, barn], changed: "2026-12-01"}
      - {id: skola, text: Ordna skola., applies: [barn]}
""")


@pytest.fixture
def made(docs):
    content = Content.read(docs({"checklistor/lista.md": "[[checklista: lista]]\n"}))
    content = replace(content, registers=Registers(checklists={"lista": SMALL}))
    (page,) = content.pages.values()
    return replace(context(content.docs), content=content, here=page)


def test_a_row_is_a_named_box_with_what_the_script_needs(made):
    text = render_checklist(made, "lista")
    assert '<li id="ring"' in text
    assert (
        '<input type="checkbox" id="kryss-ring" data-applies="vuxen barn" '
        'data-changed="2026-12-01">'
        '<label for="kryss-ring">Ring 112 &amp; vänta &lt;lugnt&gt;.</label>'
    ) in text
    assert "Vem: Du. [Prov](/prov.md)" in text
    assert "Gäller barn." in text and "Gäller vuxna." not in text
    assert 'data-uncounted=""' in text
    assert "På papper: 1 sida." in text and "Listans version: 24 november 2026." in text


def test_the_box_shows_one_group_and_leads_to_its_rows(made):
    text = render_box(made, "lista/nu")
    assert "- [Ring 112 & vänta <lugnt>.](/checklistor/lista.md#ring)" in text
    assert "[Hela checklistan att kryssa i](/checklistor/lista.md#nu)" in text


@pytest.mark.parametrize("argument", ["borta/nu", "lista/borta", "lista"])
def test_a_box_of_nothing_says_what_there_is(made, argument):
    with pytest.raises(MacroError, match="finns inte"):
        render_box(made, argument)


def test_plain_text():
    assert plain_text(SMALL) == (
        "Lista (version 24 november 2026)\n\nNu\n[ ] Ring 112 & vänta <lugnt>.\n[ ] Ordna skola.\n"
    )


def test_sheets_in_words():
    assert [sheets({"sheets": n}) for n in (1, 2)] == ["1 sida", "2 sidor"]


@pytest.mark.parametrize("name", LISTS)
def test_every_form_in_the_built_site_has_the_same_ids_and_text(site, name):
    register = read_registers(ROOT / "docs").checklists[name]
    wanted = [(row["id"], row["text"]) for row in rows(register)]
    page = LexborHTMLParser((site / f"checklistor/{name}/index.html").read_text(encoding="utf-8"))
    found = []
    for item in page.css(".check-rows > li"):
        label = item.css_first("label")
        assert label.attributes["for"] == f"kryss-{item.id}"
        assert item.css_first("input").id == f"kryss-{item.id}"
        found.append((item.id, html.unescape(label.text())))
    assert found == wanted
    text = (site / f"checklistor/{name}.txt").read_text(encoding="utf-8")
    assert re.findall(r"^\[ \] (.*)$", text, re.M) == [text for _, text in wanted]
