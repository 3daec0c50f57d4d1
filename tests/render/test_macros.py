from __future__ import annotations

import pytest

from scripts.content.content import Content
from scripts.render.macros import MACROS, used_sources


@pytest.mark.parametrize("name", MACROS)
def test_a_macro_says_in_its_text_how_it_is_written(name):
    """The first line of each function is what an editor, or the next programmer, looks up."""
    assert (MACROS[name].render.__doc__ or "").startswith(f"[[{name}")


FILES = {
    "_data/contacts.yml": "sos: {group: [akut], source: a, hours: 'Jämt.[@b]'}\nbris: {group: [barn], source: c}\n",
    "_data/regions.yml": "regions: {syd: {source: d}}\ncounties: {skane: {source: e}}\n",
    "_data/guide.yml": "questions: {q: {text: 'T.[@f]'}}\noutcomes: {o: {why: ['V.[@g]']}}\n",
    "_data/law_changes.yml": "x: {sources: [h]}\n",
    "_data/checklists/l.yml": "groups: [{rows: [{why: 'V.[@i]'}]}]\n",
    "_data/figures.yml": "bild: {kind: steg, title: 'T.[@j]'}\n",
}


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        ("Text.[@x] [y](kalla:y)", "xy"),
        ("[[kontakter: akut]]", "ab"),
        ("[[regioner]]", "d"),
        ("[[nummer: bris,sos]]", "ca"),
        ("[[lan]]", "e"),
        ("[[vagledning: o]]", "g"),
        ("[[hela-vagledningen]]", "fg"),
        ("[[lagandringar]]", "h"),
        ("[[checklista: l]]", "i"),
        ("[[figur: bild]]", "j"),
        ("[[ordlista]]", ""),
    ],
)
def test_a_page_uses_what_it_cites_and_what_its_macro_shows(docs, body, keys):
    content = Content.read(docs({**FILES, "a.md": body + "\n"}))
    (page,) = content.pages.values()
    assert list(used_sources(page, content.registers)) == list(keys)
