"""Where an act is shown its gates ring: once in a list, at each act that needs it, never less."""

from __future__ import annotations

import re

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scripts.content.content import Content
from scripts.content.markdown import plain
from scripts.publish.built import text_of
from scripts.render.checklists import plain_text
from tests.conftest import context, page_with
from tests.render.conftest import html_of

REGISTER = {
    "gates": {
        "en": {"text": "En gång?", "sources": ["bok"]},
        "alltid": {"text": "Alltid?", "every": True},
    },
    "acts": {
        key: {"do": f"Gör {key}.", "gates": ["en", "alltid"], "rules": ["r"], "sources": ["sida"]}
        for key in ("ett", "tva", "tre")
    },
}
ROWS = [{"id": "a", "act": "ett"}, {"id": "b", "act": "tva"}]
GATE_ROW = [{"id": "g", "gate": "en"}, {"id": "c", "act": "tre"}]
FILES = {
    "regler.md": page_with("kind: regel\n", "## R {#r}\n\nKort.\nOch ett till.\n\n- Utom då.\n"),
    "v.md": "[[vagledning: q]]\n",
    "_data/acts.yml": REGISTER,
    "_data/sources.yml": {"bok": {"title": "Bok"}, "sida": {"title": "Sida"}},
    "_data/checklists/l.yml": {
        "groups": [{"id": n, "title": n, "rows": rows} for n, rows in zip("xyz", (ROWS, ROWS, GATE_ROW), strict=True)]
    },
    "_data/guide.yml": {
        "start": "q",
        "questions": {"q": {"choices": [{"to": "o"}]}},
        "outcomes": {"o": {"do": ["Vänta.", {"act": "ett"}, {"act": "tva"}]}},
    },
}  # fmt: skip
FIRST, THEN = ["En gång?", "Alltid?"], ["Alltid?"]


def gates(text: str) -> list[str]:
    return re.findall(r'<span class="gate" data-search-exclude="">(.+?)</span>', text)


@pytest.mark.parametrize(
    ("front", "body", "shown"),
    [
        ("", "[[handlingar: ett,tva]]\n\nMer.\n\n[[handlingar: tre]]\n", [*FIRST, *THEN, *THEN]),
        ("answered: [en]\n", "[[handlingar: ett,tva]]\n", [*THEN, *THEN]),
        ("answered: [alltid]\n", "[[handlingar: ett,tva]]\n", ["En gång?"]),
    ],
)
def test_a_gate_stands_before_the_first_act_on_a_page_that_bears_it(docs, front, body, shown):
    folder = docs({**FILES, "a.md": page_with(front, body)})
    html = html_of(body, folder, "a.md")
    assert gates(html) == shown
    assert html.index(shown[0]) < html.index("Gör ett.")
    assert html.count(">Regeln</a>") == 1, "the way to a rule stands once"
    for gate in re.findall(r'<span class="gate" data-search-exclude="">.+?</span>(.*)', html):
        assert gate.startswith("<br"), "it is a line of its own where no style makes it one"


def test_in_a_checklist_each_group_has_them_and_in_the_guide_each_answer(docs):
    registers = Content.read(docs(FILES)).registers
    groups = [[list(row.gates) for row in group.rows] for group in registers.checklists["l"].groups]
    assert groups == [[FIRST, THEN], [FIRST, THEN], [[], THEN]], "a row that is the gate is enough"
    texts = [row.text for row in registers.checklists["l"].groups[2].rows]
    assert texts == ["En gång?", "Gör tre."]
    first, then = registers.guide.outcomes["o"].do[1:]
    assert (gates(first), gates(then)) == (FIRST, THEN)
    assert plain_text(registers.checklists["l"]).count("      Alltid?\n") == 5


def test_an_acts_sources_stand_in_the_pages_list_without_marks(docs):
    body = "[[handlingar: ett]]\n"
    html = html_of(body, docs({**FILES, "a.md": body}), "a.md")
    assert 'id="kalla-sida"' in html and 'id="kalla-bok"' in html
    assert "<sup" not in html and 'class="back"' not in html


def test_a_rule_is_its_first_paragraph_and_its_page_has_the_rest(docs):
    made = context(docs({**FILES, "b.md": "## S {#s}\n\nIngen regel.\n"}))
    (rule,) = made.content.rules.values()
    assert (rule.key, rule.title, rule.link) == ("r", "R", "/regler.md#r")
    assert rule.short == "Kort. Och ett till."


def around(node: LexborNode) -> tuple[str, str]:
    """Return the text of what an act stands in, and of the list around it that far."""
    if node.tag == "h2":  # where each act is at home
        after, own = node.next, [node]
        while after and after.tag != "h2":
            own, after = [*own, after], after.next
        text = " ".join(text_of(one) for one in own if one.is_element_node)
        return text, text
    listed = node.parent
    while listed and listed.tag not in ("ul", "ol"):
        listed = listed.parent
    own = text_of(node)
    return own, text_of(listed).partition(own)[0] + own if listed else own


@pytest.mark.slow
def test_no_act_in_the_garden_is_shown_without_its_gates(garden):
    """Act × place: on pages, in checklists and their boxes, in the guide and where each is at home."""
    content = Content.read(garden.docs)
    register, places = content.registers.acts, set()
    for page in content.pages.values():
        tree = LexborHTMLParser(garden.page(page.address)).css_first("#innehall")
        for node in tree.css("li, h2"):
            act = next((a for a in register.acts.values() if plain(a.do) in text_of(node)), None)
            if act is None:
                continue
            own, so_far = around(node)
            places.add((act.key, page.address))
            for gate in register.ring(act):
                assert gate.text in (own if gate.every else so_far), (page.address, act.key)
    shown = {(key, link) for key, found in content.shown_acts.items() for _, link in found}
    home = content.page_with("alla-handlingar").address
    assert {key for key, address in places if address == home} == set(register.acts)
    assert len({place for place in places if place[1] != home}) == len(shown) > 5
