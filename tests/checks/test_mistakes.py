"""Slips of an editor's hand: each is reported once, in Swedish, with its file and line."""

from __future__ import annotations

import re

import pytest

from scripts import check
from scripts.content.content import Content
from scripts.content.project import Project
from scripts.core.findings import ContentError, is_fault
from tests.conftest import DESCRIPTION, GARDEN, PAGE, TODAY
from tests.examples import statute

SOURCES = """\
utl:
  title: Utlänningslagen
  publisher: Riksdagen
  url: https://example.se/utl
  kind: lag
  name: utlänningslagen
  sfs: "2005:716"
  read_on: "2026-04-27"
  certainty: saker
"""
CONTACTS = """\
sos:
  name: Jouren
  group: [akut]
  for_whom: Alla
  phone: "112"
  what_happens: Någon svarar.
  source: utl
  certainty: saker
"""
QUESTIONS = """\
vem:
  title: Vem gör det?
  kind: osaker
  level: 1
  text: Vi vet inte.
  do: Fråga.
  checked: Lagen.
  checked_on: "2026-11-24"
  settles: Ett beslut.
  ask: Myndigheten
"""
LISTA = """\
title: Lista
version: "2026-11-24"
sheets: 1
groups:
  - id: nu
    title: Nu
    rows:
      - id: ring
        text: Ring nu.
"""
FACTS = """\
frist: {value: 30 dagar, source: utl-5-15}
"""
BASE = {
    "a.md": "Ring [[nummer:sos]]. Den gäller i [[fakta:frist]].[@utl-5-15] Och mer.[@utl-5-1]\n",
    "stod/barn.md": "## Skydd {#skydd}\n\n[[osakert:vem]]\n",
    "stod/vuxna.md": "Se [barn](barn.md#skydd).\n",
    "_data/sources.yml": SOURCES,
    "_data/law/utl.md": statute("2005:716", "5-1", "5-15"),
    "_data/contacts.yml": CONTACTS,
    "_data/questions.yml": QUESTIONS,
    "_data/checklists/lista.yml": LISTA,
    "_data/facts.yml": FACTS,
}
FIRST = 11  # the line where a body begins


def body(text: str) -> dict[str, str]:
    return {"b.md": text}


def front(old: str, new: str) -> dict[str, str]:
    assert old in PAGE
    return {"b.md": PAGE.replace(old, new)}


def register(name: str, old: str, new: str) -> dict[str, str]:
    text = BASE[f"_data/{name}.yml"]
    assert old in text
    return {f"_data/{name}.yml": text.replace(old, new)}


# Mistake → (files, where, the rule, words of the message)
MISTAKES = {
    # the page's own fields
    "no front matter": ({"b.md": b"# Prov\n"}, "b.md:1", "no-front-matter", "tre bindestreck"),
    "Word's dash for three hyphens": ({"b.md": "–––\n".encode() + PAGE[4:].encode()}, "b.md:1", "no-front-matter", "tre bindestreck"),
    "date in words": (front("2027-05-24", "24 maj 2027"), "b.md:5", "bad-date", "ÅÅÅÅ-MM-DD"),
    "a day that isn't": (front("2027-05-24", "2027-11-31"), "b.md:5", "bad-date", "inget datum som finns"),
    "curly quotes round a list": (front("keywords: []", "keywords: ”ord”"), "b.md:7", "bad-field", "ska vara en lista"),
    "curly quotes round a text": (front(DESCRIPTION, f"”{DESCRIPTION}”"), "b.md:3", "word-quotes", "citattecken"),
    "colon without quotes": (front("title: Prov", "title: Prov: två"), "b.md:2", "bad-yaml", "har ett kolon. Sätt citattecken"),
    "tab in a page's fields": (front("title: Prov", "\ttitle: Prov"), "b.md:2", "bad-yaml", "tabb"),
    "title of a paragraph": ({"b.md": PAGE.replace("Prov\n", f"{'Prov' * 16}\n")}, "b.md:2", "long-text", "högst 60 får plats"),
    "unknown field": (front("owner:", "agare: x\nowner:"), "b.md:6", "unknown-field", "finns inte. Välj bland"),
    "a field with a slip": (front("keywords:", "keyword: []\nkeywords:"), "b.md:7", "unknown-field", 'Menade du "keywords"?'),
    # registers
    "colon in a register": (register("contacts", "for_whom: Alla", "for_whom: Alla: nu"), "_data/contacts.yml:4", "bad-yaml", "kolon"),
    "wrong indent": (register("contacts", "  group", "   group"), "_data/contacts.yml:3", "bad-yaml", "för långt in eller ut"),
    "no colon after a field": (register("contacts", "for_whom:", "for_whom"), "_data/contacts.yml:4", "bad-yaml", "saknas ett kolon"),
    "no colon after the first field": (register("contacts", "name:", "name"), "_data/contacts.yml:2", "bad-yaml", "saknas ett kolon"),
    "no colon after a key": (register("contacts", "sos:", "sos"), "_data/contacts.yml:1", "bad-yaml", "saknas ett kolon"),
    "no space after a colon": (register("contacts", "name: ", "name:"), "_data/contacts.yml:2", "bad-yaml", "kolon med mellanslag"),
    "colon in a value's second line": (register("contacts", "for_whom: Alla", "for_whom: Alla\n    och fler\n    till: dem"), "_data/contacts.yml:6", "bad-yaml", "värdet har ett kolon"),
    "quotation mark that never ends": (register("contacts", '"112"', '"112'), "_data/contacts.yml:5", "bad-yaml", "citattecken saknas"),
    "quotation mark that ends at the next one": (register("contacts", "name: Jouren", 'name: "Jouren'), "_data/contacts.yml:2", "bad-yaml", "Skriv ett till sist på raden"),
    "list that never ends": (register("contacts", "[akut]", "[akut"), "_data/contacts.yml:3", "bad-yaml", "Skriv ]"),
    "value that begins with a sign": (register("contacts", "Alla", "@alla"), "_data/contacts.yml:4", "bad-yaml", "Sätt citattecken"),
    "curly quotes round a date": (register("checklists/lista", '"2026-11-24"', "“2026-11-24”"), "_data/checklists/lista.yml:2", "bad-date", '"ÅÅÅÅ-MM-DD"'),
    "certainty with å": (register("sources", "certainty: saker", "certainty: osäker"), "_data/sources.yml:9", "bad-field", 'Menade du "osaker"?'),
    "key twice": ({"_data/contacts.yml": CONTACTS + CONTACTS}, "_data/contacts.yml:9", "bad-yaml", "står två gånger"),
    "octal number": (register("contacts", 'phone: "112"', "phone: 0112"), "_data/contacts.yml:5", "bad-field", "Sätt citattecken"),
    "register nobody reads": ({"_data/kontakter.yml": "a: 1\n"}, "_data/kontakter.yml:1", "unknown-register", "läser ingen"),
    "git's marks in a register": (register("contacts", "  group", "<<<<<<< HEAD\n  group"), "_data/contacts.yml:3", "merge-conflict", "två versioner"),
    "fact that isn't there": (body("I [[fakta:frits]].\n"), f"b.md:{FIRST}", "unknown-fact", 'Menade du "frist"'),
    "change on a page that isn't": ({"_data/changes.yml": "ny:\n  date: 2026-11-01\n  title: T\n  what: V\n  why: D\n  pages: [/borta.md]\n"}, "_data/changes.yml:6", "unknown-page", "Har den flyttat?"),
    # sources, macros, links, pictures
    "unknown source": (body("Text.[@utl-5-51]\n"), f"b.md:{FIRST}", "unknown-source", 'Menade du "utl-5-15"?'),
    "source without its sign": (body("Text.[utl-5-15]\n"), f"b.md:{FIRST}", "almost-citation", "Skriv [@utl-5-15]"),
    "source in curly quotes": (body("Text.[”@utl-5-15”]\n"), f"b.md:{FIRST}", "almost-citation", "blir ingen källa"),
    "macro with å": (body("[[osäkert: vem]]\n"), f"b.md:{FIRST}", "almost-macro", '"[[osakert:…]]" ensamt'),
    "macro in a sentence": (body("Text [[osakert:vem]].\n"), f"b.md:{FIRST}", "almost-macro", "ensamt på en rad"),
    "macro of nothing": (body("[[osakert:vam]]\n"), f"b.md:{FIRST}", "unknown-macro", 'Menade du "vem"?'),
    "unknown macro": (body("[[kontakt:akut]]\n"), f"b.md:{FIRST}", "unknown-macro", 'Menade du "kontakter"?'),
    "macro like the one of facts": (body("[[fackta:frist]]\n"), f"b.md:{FIRST}", "unknown-macro", 'Menade du "fakta"?'),
    "macro like none": (body("[[kalender:x]]\n"), f"b.md:{FIRST}", "unknown-macro", "räknas upp i CONTRIBUTING.md"),
    "macro with a key like none": (body("[[osakert:helt-annat]]\n"), f"b.md:{FIRST}", "unknown-macro", "finns inte i questions.yml. Rätta ordet"),
    "fact's macro with a slip in a sentence": (body("I [[faktta:frist]] till.\n"), f"b.md:{FIRST}", "almost-macro", "Skriv som [[fakta:nyckel]]"),
    "box with two signs": (body('!! warning "Obs"\n    Text.\n'), f"b.md:{FIRST}", "bad-box", '!!! warning "Rubriken"'),
    "link to a page that isn't": ({"stod/index.md": "Se [barn](barnen.md).\n"}, f"stod/index.md:{FIRST}", "no-such-page", "Menade du barn.md?"),
    "link to a page in another folder": (body("Se [barn](barn.md#skydd).\n"), f"b.md:{FIRST}", "no-such-page", "Menade du stod/barn.md#skydd?"),
    "link from the root": (body("Se [barn](/stod/barnn.md).\n"), f"b.md:{FIRST}", "no-such-page", "Menade du /stod/barn.md?"),
    "address with a heading": (body("Se [barn](stod/barn#skydd).\n"), f"b.md:{FIRST}", "link-to-address", "Skriv stod/barn.md#skydd"),
    "raw address": (body("Se https://polisen.se/x\n"), f"b.md:{FIRST}", "raw-url", "hör hemma i sources.yml"),
    "picture": (body("![Huset](hus.png)\n"), f"b.md:{FIRST}", "picture", "Skriv det bilden visar"),
    "picture in HTML": (body('Text <img src="hus.png" alt="Huset">.\n'), f"b.md:{FIRST}", "picture", "Skriv det bilden visar"),
    "five columns": (body("| A | B | C | D | E |\n"), f"b.md:{FIRST}", "wide-table", "högst 4"),
    "source in round brackets": (body("Text.(@utl-5-15)\n"), f"b.md:{FIRST}", "almost-citation", "Skriv [@utl-5-15]"),
    "fact in single brackets": (body("I [fakta:frist].\n"), f"b.md:{FIRST}", "almost-macro", "Skriv [[fakta:frist]]"),
    "number with a bracket too few": (body("Ring [nummer:sos]].\n"), f"b.md:{FIRST}", "almost-macro", "Skriv [[nummer:sos]]"),
    "link without its bracket": (body("Läs [barn(stod/barn.md) nu.\n"), f"b.md:{FIRST}", "almost-link", "Skriv [ord](sida.md)"),
    "link with its brackets swapped": (body("Läs (barn)[stod/barn.md] nu.\n"), f"b.md:{FIRST}", "almost-link", "Skriv [ord](sida.md)"),
    "heading without its space": (body("##Rubrik {#rubrik}\n\nText.\n"), f"b.md:{FIRST}", "close-heading", "mellanslag efter #"),
    "row with a cell too many": (body("| A | B |\n|---|---|\n| 1 | 2 | 3 |\n"), f"b.md:{FIRST + 2}", "lost-cell", "resten syns inte"),
    "indented text": (body("Text.\n\n    Mer text.\n"), f"b.md:{FIRST + 2}", "stray-code", "Ta bort mellanslagen"),
    "words struck through": (body("Skriv ~~inte~~ nu.\n"), f"b.md:{FIRST}", "left-markdown", "Ta bort dem"),
    "box to tick": (body("- [ ] Ring.\n"), f"b.md:{FIRST}", "left-markdown", "Ta bort dem"),
    "kind of box in Swedish": (body('!!! varning "Obs"\n    Text.\n'), f"b.md:{FIRST}", "bad-box", "Skriv ett av note"),
    "box's heading without quotes": (body("!!! warning Obs nu\n    Text.\n"), f"b.md:{FIRST}", "bad-box", "raka citattecken"),
    "box with one sign": (body('! warning "Obs"\n    Text.\n'), f"b.md:{FIRST}", "bad-box", "raden blir ingen ruta"),
    "letters as bullets": (body("a) Ring.\n"), f"b.md:{FIRST}", "word-bullet", 'Börja raden med "- "'),
    "number without its space": (body("1.Ring.\n"), f"b.md:{FIRST}", "word-bullet", 'Börja raden med "- "'),
    "heading without id": (body("## Rubrik\n"), f"b.md:{FIRST}", "missing-id", "saknar id"),
    "section without a word": (body("## Rubrik {#rubrik}\n\n## Nästa {#nasta}\n\nText.\n"), f"b.md:{FIRST}", "empty-section", "är tomt"),
    "last section without a word": (body("## Rubrik {#rubrik}\n\n### Under {#under}\n\n"), f"b.md:{FIRST + 2}", "empty-section", "är tomt"),
    "id of the build's own": (body("## Rubrik {#ord-lvu}\n"), f"b.md:{FIRST}", "bad-id", "används av bygget"),
    "Latin-1": ({"b.md": PAGE.encode() + "å\n".encode("latin-1")}, f"b.md:{FIRST}", "not-utf-8", "Spara filen som UTF-8"),
    "Word document": ({"stod/utkast.docx": b"PK"}, "stod/utkast.docx:1", "unknown-file", "skulle publiceras"),
    "picture as text": (body("![Huset](data:image/png;base64," + "A" * 4000 + ")\n"), f"b.md:{FIRST}", "long-line", "tecken"),
    # names and characters
    "folder with a page's name": ({"x.md/b.txt": b""}, "x.md:1", "unknown-file", "en mapp kan inte heta så"),
    "a character nobody sees": (body("Text\x00\n"), f"b.md:{FIRST}", "bad-character", "osynligt tecken"),
    **{f"the character {ord(one):04x}": (body(f"Te{one}xt\n"), f"b.md:{FIRST}", "bad-character", "osynligt tecken") for one in "\u200b\u202e"},
    "a key that leads out": ({"_data/facts.yml": FACTS + "../x: {value: 1 år, source: utl-5-15}\n"}, "_data/facts.yml:2", "bad-field", "bindestreck"),
    # links and laws
    "link by reference": (body("Läs [mer][r].\n\n[r]: borta.md\n"), f"b.md:{FIRST + 2}", "no-such-page", 'sidan "borta.md" finns inte'),
    "a paragraph twice": ({"_data/law/utl.md": statute("2005:716", "5-1", "5-15") + "\n### 5 kap. 1 §\n\nEn annan lydelse.\n"}, "_data/law/utl.md:", "bad-law", "5 kap. 1 § står redan på rad"),
    "a paragraph whose heading lacks a point": ({"_data/law/utl.md": statute("2005:716", "5-1", "5-15").replace("### 5 kap. 15 §", "### 5 kap 15 §")}, "_data/law/utl.md:", "bad-law", '"### 5 kap 15 §" blir ingen paragraf'),
    "a law without headings": ({"_data/law/utl.md": "# Utlänningslagen\n"}, "_data/law/utl.md:1", "bad-law", "SFS-nummer"),
    "facts that are a list": ({"_data/facts.yml": "- frist\n", "_data/questions.yml": QUESTIONS.replace("Vi vet inte.", "I [[fakta:frist]].")}, "_data/facts.yml:1", "bad-yaml", "nyckel: värde"),
    "contacts that can't be read": ({"_data/contacts.yml": "\tsos: x\n", "b.md": "Ring [[nummer:sos]].\n"}, "_data/contacts.yml:1", "bad-yaml", "tabb"),
    "sources that can't be read": ({"_data/sources.yml": "utl\n"}, "_data/sources.yml:1", "bad-yaml", "nyckel: värde"),
    "a guide that is empty": ({"_data/guide.yml": ""}, "_data/guide.yml:1", "bad-yaml", "nyckel: värde"),
    # names of files
    "quotation mark in a name": ({'stod/a"b.md': ""}, 'stod/a"b.md:1', "bad-slug", "små bokstäver"),
    "picture with capitals": ({"stod/Bild 1.PNG": b""}, "stod/Bild 1.PNG:1", "unknown-file", ""),
}  # fmt: skip


# What only the built page shows: what is put in a file → (where, words of the message)
BUILT = {
    "Det är **viktigt att vattna.": ("odla/tomat.md", "fet stil har ** före"),
    "Se [mer] (damm.md).": ("odla/tomat.md", "tätt ihop"),
    "| A | B |\n| ett | två |": ("odla/tomat.md", "saknar raden |---|---|"),
    "<!-- ring Anna -->": ("odla/tomat.md", "syns i sidans källa"),
    "Text.{: onclick=x }": ("odla/tomat.md", "tecknen blev inget annat"),
    "Räkna {{ 7 * 7 }} eller {% include x %}.": ("odla/tomat.md", "tecknen blev inget annat"),
    "### 9 §\n\nRätten <b>ska</b> pröva. Lag (2020:1).": (
        "_data/law/tradgardslagen.md",
        "taggen syns som text",
    ),
    "Mer.\n\n<!-- resten": ("odla/damm.md", "kommentaren slutar aldrig"),
    "ny:\n  term: Ny\n  text: Ett **ord.": ("_data/glossary.yml", "fet stil har ** före"),
    "nyss:\n  term: Nyss\n  text: Se [[lan]].": ("_data/glossary.yml", "tecknen blev inget annat"),
}
# Settings: (from, to, the line from that one, words of the message)
SETTINGS = {
    "a part without its colon": ("- Odla:", "- Odla", 0, '"Odla": raden i menyn är varken en sida'),
    "a page without its file": ("- Start: index.md", "- Start", 0, '"Start": raden i menyn är varken'),
    "a page with no file": ("nav:\n  - Start: index.md", "nav:\n  - Start:", 0, "raden i menyn är varken en sida"),
    "a page with a space in its name": ("- Start: index.md", "- Start: min sida.md", 0, "utan mellanslag"),
    "a tab": ("    name: Odlarna", "\tname: Odlarna", 0, "raden har en tabb"),
    "no colon": ("    name: Odlarna", "    name Odlarna", 0, "saknas ett kolon"),
    "wrong indent": ("    name: Odlarna", "     name: Odlarna", 1, "för långt in eller ut"),
    "a setting that isn't": ("site_name:", "site_nam: X\nsite_name:", 0, 'Menade du "site_name"?'),
    "an address without https": ('!ENV [SITE_URL, "https://', '!ENV [INGEN, "', 0, "https://kommun.example"),
}  # fmt: skip


def findings(folder) -> list:
    found = check.check_content(Content.read(folder), TODAY)
    found = [fault for fault in found if is_fault(fault)] or found
    return found


def test_fixture_docs_have_no_finding(docs):
    assert findings(docs(BASE)) == []


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_is_reported_once_with_place_and_cure(docs, name):
    files, place, rule, words = MISTAKES[name]
    folder = docs({**BASE, **files})
    for path, data in files.items():  # the fixture gives a body front matter
        if isinstance(data, str) and data.startswith("\t"):
            (folder / path).write_text(data, encoding="utf-8")
    found = findings(folder)
    assert len(found) == 1, found
    assert f"docs/{found[0].path.relative_to('docs')}:{found[0].line}".startswith(
        f"docs/{place}"
    ), found
    assert rule in found[0].rule and words in found[0].message
    assert found[0].message[-1] in ".?" and "Error" not in found[0].message


@pytest.mark.slow
def test_built_page_faults_are_reported_together(own_garden, capsys):
    expected = []
    for text, (name, words) in BUILT.items():
        file = own_garden.docs / name
        before = file.read_text("utf-8")
        file.write_text(f"{before}\n{text}\n", "utf-8")
        above = (before + text[: re.search(r"\*\*|[\[|<{]", text).start()]).count("\n")
        expected.append((f"docs/{name}:{above + 2}: ", words))
    assert own_garden.build() == 1
    told = [line for line in capsys.readouterr().out.split("\n") if line.startswith("docs/")]
    faults = [line for line in told if "(long-sentence)" not in line]
    assert len(faults) == len(expected), faults
    for place, words in expected:
        assert any(line.startswith(place) and words in line for line in faults), (place, faults)


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_slip_is_reported_on_its_line(tmp_path, name):
    old, new, below, words = SETTINGS[name]
    before, text = (GARDEN / "mkdocs.yml").read_text("utf-8").split(old, 1)
    (tmp_path / "mkdocs.yml").write_text(before + new + text, "utf-8")
    (tmp_path / "docs").mkdir()
    with pytest.raises(ContentError) as caught:
        Project.load(tmp_path)
    (fault,) = caught.value.findings
    assert fault.line == before.count("\n") + 1 + below and words in fault.message, fault
