from __future__ import annotations

from pathlib import PurePosixPath

import pytest
import yaml

from scripts.content.content import Content
from scripts.content.fields import CELL, ITEM, LABEL, TEXT
from scripts.content.front_matter import Front
from scripts.content.markdown import plain
from scripts.content.page import Page
from scripts.content.prose import body_blocks, documents, field_blocks
from scripts.content.prose import split_sentences as split
from scripts.content.records import Question
from scripts.content.validation import validate
from scripts.content.yaml_file import RegisterFile
from tests.conftest import DESCRIPTION
from tests.examples import record

# Markdown → what a reader reads.
PLAIN = {
    "citation": ("Det gäller.[@utl-5-15, @sol-1] Mer.", "Det gäller. Mer."),
    "link": ("Se [polis och sekretess](../a.md#b) nu.", "Se polis och sekretess nu."),
    "source link": ("Se [NSPM:s webbplats](kalla:nspm).", "Se NSPM:s webbplats."),
    "macro in the text": ("Före [[osakert:x]] efter", "Före efter"),
    "bold and italic": ("**Asyl:** _tala_ med *dem*", "Asyl: tala med dem"),
    "underscore in a name": ("as_of_note", "as_of_note"),
    "id": ("Rubrik {#rubrik}", "Rubrik"),
    "attributes": ("Stockholm {: #stockholm }", "Stockholm"),
    "address": ("Se <https://a.se/b> eller https://c.se/d nu", "Se eller nu"),
    "spaces": ("020-390\u00a0000  nu ", "020-390 000 nu"),
}

# Text → its sentences.
SENTENCES = {
    "two": ("Ring nu. Vänta inte.", ["Ring nu.", "Vänta inte."]),
    "question and exclamation": ("Vill du? Ja! Bra.", ["Vill du?", "Ja!", "Bra."]),
    "chapter": ("Läs 5 kap. 15 § utlänningslagen. Sedan ringer du.", ["Läs 5 kap. 15 § utlänningslagen.", "Sedan ringer du."]),
    "chapter and letter": ("Det står i 4 kap. 1 a och 1 b §§. Läs dem.", ["Det står i 4 kap. 1 a och 1 b §§.", "Läs dem."]),
    "chapter that ends": ("Det står i 29 kap. Kommunen ansvarar.", ["Det står i 29 kap.", "Kommunen ansvarar."]),
    "bill": ("Se prop. 2024/25:89 och bet. 2025/26:SfU35. Klart.", ["Se prop. 2024/25:89 och bet. 2025/26:SfU35.", "Klart."]),
    "bl.a. before a name": ("Det gör bl.a. Migrationsverket. Ring.", ["Det gör bl.a. Migrationsverket.", "Ring."]),
    "t.ex. before a lower case": ("Ta med t.ex. kvitto.", ["Ta med t.ex. kvitto."]),
    "m.m. in the middle, and at the end": ("Mat m.m. ingår. Vård m.m. Sedan hem.", ["Mat m.m. ingår.", "Vård m.m.", "Sedan hem."]),
    "year": ("Så var det 2026. Nu är det annat.", ["Så var det 2026.", "Nu är det annat."]),
    "number at the start": ("Ring 112. 195011 är blanketten.", ["Ring 112.", "195011 är blanketten."]),
    "decimal and time": ("Det är 13.5 procent kl. 14.30 i dag.", ["Det är 13.5 procent kl. 14.30 i dag."]),
    "quote": ("Säg ”Jag vet inte.” Vänta sedan.", ["Säg ”Jag vet inte.”", "Vänta sedan."]),
    "quote that goes on": ("”Vill du?” frågar du.", ["”Vill du?” frågar du."]),
    "colon": ("Gör så här: ring.", ["Gör så här: ring."]),
    "no full stop": ("Vårdnadshavaren", ["Vårdnadshavaren"]),
}  # fmt: skip

# Markdown → (kind, the lines of each sentence) for each block.
BLOCKS = {
    "a paragraph over two lines": ("Ett.\nTvå, och\ntre.\n", [(TEXT, [1, 2])]),
    "two paragraphs": ("Ett.\n\nTvå.\n", [(TEXT, [1]), (TEXT, [3])]),
    "heading": ("## Vem får? {#vem}\n\nNi.\n", [(LABEL, [1]), (TEXT, [3])]),
    "list after its lead": ("Ta med:\n\n- kvitto\n- namn. Och\n  datum.\n", [(TEXT, [1]), (ITEM, [3]), (ITEM, [4, 4])]),
    "numbered list": ("1. Ring.\n2. Vänta.\n", [(ITEM, [1]), (ITEM, [2])]),
    "table": ("| A | B |\n| --- | :-: |\n| C.[@x] | D \\| E |\n", [(CELL, [1]), (CELL, [1]), (CELL, [3]), (CELL, [3])]),
    "admonition": ('!!! danger "Fara?"\n    Ring 112.\n    Vänta inte.\n', [(LABEL, [1]), (TEXT, [2, 3])]),
    "answer that unfolds": ('??? question "Svar"\n\n    Nej.\n', [(LABEL, [1]), (TEXT, [3])]),
    "macro": ("[[osakert:x]]\n\nEfter.\n", [(TEXT, [3])]),
    "code": ("```text\nInte läst.\n```\n\nLäst `inte läst`.\n", [(TEXT, [5])]),
    "only a citation": ("[@x]\n", []),
}  # fmt: skip


@pytest.mark.parametrize("name", PLAIN)
def test_plain_removes_markup(name):
    text, expected = PLAIN[name]
    assert plain(text) == expected


@pytest.mark.parametrize("name", SENTENCES)
def test_split_sentences_knows_abbreviations(name):
    text, expected = SENTENCES[name]
    assert [sentence.strip() for _, sentence in split(text)] == expected


@pytest.mark.parametrize("name", BLOCKS)
def test_body_blocks_keep_their_lines(name):
    text, expected = BLOCKS[name]
    file = RegisterFile(PurePosixPath("docs/a.md"), "")
    blocks = body_blocks(Page(PurePosixPath("a.md"), record(Front), text, 1, file))
    assert [(b.kind, [s.line for s in b.sentences]) for b in blocks] == expected


def test_field_blocks_are_texts_with_their_lines():
    text = (
        "fraga:\n  title: 'Vem?'\n  kind: osaker\n  text: >-\n    Ett.\n    Två.[@x]\n"
        "  do: Ring.\n  also: [ord]\n  settles: null\n"
    )
    file = RegisterFile(PurePosixPath("a.yml"), text, yaml.safe_load(text))
    values, _ = validate(dict[str, Question], file.value)
    found = [
        (b.kind, [(s.line, s.text) for s in b.sentences])
        for b in field_blocks(values, file, file=file)
    ]
    assert found == [
        (LABEL, [(2, "Vem?")]),
        (TEXT, [(5, "Ett."), (6, "Två.")]),
        (TEXT, [(7, "Ring.")]),
    ]


def test_documents_are_pages_with_front_matter_and_then_registers(docs):
    folder = docs(
        {
            "a.md": "Text.\n",
            "bad.md": "---\nutan slut\n",
            "_data/questions.yml": {"a": {"title": "Vem"}},
            "_data/checklists/l.yml": {"title": "Lista"},
            "_data/glossary.yml": "a: [\n",
            "_data/sources.yml": {"a": {"title": "Lagen"}},
        }
    )
    first, *registers = documents(Content.read(folder))
    assert [str(d.path) for d in registers] == [
        "docs/_data/checklists/l.yml",
        "docs/_data/questions.yml",
    ]
    assert [(b.lines[0]) for b in first.blocks] == [
        (2, "Prov"),
        (3, DESCRIPTION),
        (9, "Prov"),
        (11, "Text."),
    ]
