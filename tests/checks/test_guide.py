"""The guide: every way through it, and what no way may say."""

from __future__ import annotations

import copy
from functools import partial

import pytest
import yaml

from scripts.checks import guide
from scripts.checks.guide import check_guide, leads_to, node, order, texts, walks
from scripts.content.content import read_registers
from tests.conftest import ROOT, command, found

check_docs = partial(found, guide.check)
main = command("guide")

REGISTERS = read_registers(ROOT / "docs")
GUIDE = REGISTERS.guide
WALKS = list(walks(GUIDE))

SMALL = yaml.safe_load("""\
start: a
conditions: K
child: B
child_short: S
questions:
  a: {title: A, text: T, choices: [{title: Ja, to: x}, {title: Vet inte, to: y}]}
  b: {title: B, text: T, choices: [{title: Ja, to: x}, {title: Vet inte, to: x}]}
outcomes:
  x: {title: X, verdict: nej, why: [V], do: [G], call: [sos], more: [{page: /a.md, page_title: A}]}
  y: {title: Y, verdict: forst, why: [V], do: [G], call: [sos], more: [{page: /a.md, page_title: A}], then: b}
""")


def faults(change) -> list[tuple[str, str]]:
    guide = copy.deepcopy(SMALL)
    change(guide)
    return list(check_guide(guide, {"sos": {}}, {"vem": {}}))


def put(part, key, field, value):
    return lambda guide: guide[part][key].__setitem__(field, value)


@pytest.mark.parametrize(
    ("change", "at", "words"),
    [
        (put("outcomes", "x", "title", ""), "x", '"title" saknas'),
        (put("outcomes", "x", "verdict", "ja"), "x", "verdict ska vara"),
        (put("outcomes", "x", "do", []), "x", '"do" saknas'),
        (put("outcomes", "x", "call", []), "x", '"call" saknas'),
        (put("outcomes", "x", "call", ["borta"]), "x", "contacts.yml"),
        (put("outcomes", "x", "doubt", ["borta"]), "x", "questions.yml"),
        (put("outcomes", "x", "then", "b"), "x", '"then" ska stå'),
        (lambda g: g["outcomes"]["y"].pop("then"), "y", '"then" ska stå'),
        (put("questions", "b", "choices", [{"title": "Ja", "to": "x"}]), "b", "saknar valet"),
        (lambda g: g["questions"]["b"]["choices"][0].update(to="borta"), "b", "som inte finns"),
        (lambda g: g["questions"]["b"]["choices"][0].update(to="a"), "a", "går i ring"),
        (lambda g: g["outcomes"].update(z=copy.deepcopy(g["outcomes"]["x"])), "z", "ingen fråga"),
    ],
)  # fmt: skip
def test_a_fault_of_the_tree_is_named(change, at, words):
    found = faults(change)
    assert any(key == at and words in message for key, message in found), found


def test_a_sound_tree_has_no_fault():
    assert faults(dict) == []


def test_order_puts_a_node_after_all_that_lead_to_it():
    nodes = order(GUIDE)
    assert sorted(nodes) == sorted([*GUIDE["questions"], *GUIDE["outcomes"]])
    place = {key: number for number, key in enumerate(nodes)}
    assert all(place[key] < place[next_] for key in nodes for next_ in leads_to(GUIDE, key))


def test_every_way_ends_in_an_answer_and_asks_nothing_twice():
    assert len(WALKS) > 1000
    for walk in WALKS:
        assert len(walk.nodes) == len(set(walk.nodes))
        assert len(walk.choices) <= 8, "index.md says at most eight questions"
        assert node(GUIDE, walk.nodes[-1])["verdict"] in ("nej", "oklart", "kanske")
    assert {key for walk in WALKS for key in walk.nodes} == set(order(GUIDE))


# What the choices mean for where a way may go. Each rule names the source it rests on.
def says(walk, question: str) -> str:
    return dict(walk.choices).get(question, "")


def may_end_in_maybe(walk) -> bool:
    """utl-5-15: a foreigner here, who wants it, and reason to assume one of two crimes."""
    return (
        says(walk, "plats") != "I ett annat land"
        and says(walk, "misstanke") != "Nej"
        and says(walk, "svensk") != "Ja"
        and says(walk, "vilja") != "Nej"
        and says(walk, "eu-ratt") != "Ja"
        # utl-12-16: whom a court has expelled for a crime the Migration Agency may not grant a permit
        and says(walk, "utvisning") != "Ja, en domstol har utvisat för brott"
    )


def cited(walk) -> str:
    return " ".join(text for key in walk.nodes for text in texts(GUIDE, key))


def test_no_way_says_what_the_law_does_not():
    for walk in WALKS:
        end = node(GUIDE, walk.nodes[-1])
        if end["verdict"] == "kanske":
            assert may_end_in_maybe(walk), walk
            # the law's conditions stand on the page, whatever was answered
            assert GUIDE["conditions"] in list(texts(GUIDE, walk.nodes[-1]))
            assert "regionkoordinator" in end["call"]
            assert "/betanketid/vagledning/utvisad-for-brott.md" in GUIDE["conditions"]
        # nspm-manual-akut-skydd: protection first, in doubt too
        if says(walk, "fara") != "Nej":
            assert walk.nodes[1] == "fara-nu" and "sos-112" in node(GUIDE, "fara-nu")["call"]
        # sol-19-1, sol-20-1: a child, and who may be one
        if says(walk, "alder") in ("Under 18 år", "Vet inte"):
            assert "barn-forst" in walk.nodes
            assert "@sol-19-1" in cited(walk) and "@sol-20-1" in cited(walk)
        # lma-1a: an application may cost an asylum seeker housing and money
        if says(walk, "vistelse") == "Söker asyl":
            assert "@lma-1a" in cited(walk) and "asylsokande-boende" in end["doubt"]
        # utl-12-12b: it does not stop by itself
        if says(walk, "utvisning") in ("Ja, ett annat beslut", "Vet inte"):
            assert "@utl-12-12b" in cited(walk) and "inhibition" in cited(walk)
        if says(walk, "dublin") in ("Ja", "Vet inte"):
            assert "dublin-2026" in end["doubt"]


def test_the_numbers_to_call_are_for_the_reader():
    """020-390 000 is for professionals, and never where somebody is in danger (nspm-om)."""
    for key, here in GUIDE["outcomes"].items():
        if here["verdict"] == "akut":
            assert "nspm-stodtelefon" not in here["call"], key
        assert all("yrkesverksamma" in REGISTERS.contacts[c]["group"] for c in here["call"]), key


def test_the_real_guide_and_its_pages_are_clean(root):
    assert list(check_docs(root / "docs")) == []


def test_pages_and_titles_are_checked(docs, capsys):
    folder = docs(
        {
            "_data/guide.yml": yaml.safe_dump(SMALL, allow_unicode=True),
            "_data/contacts.yml": "sos: {}\n",
            "betanketid/vagledning/index.md": "[[vagledning: a]]\n",
            "betanketid/vagledning/b.md": "[[vagledning: x]]\n",
            "betanketid/vagledning/x.md": "[[vagledning: x]]\n",
        }
    )
    messages = sorted(finding.message for finding in check_docs(folder))
    assert any("vagledning/y.md finns inte" in m for m in messages)
    assert any('ska ha raden "[[vagledning: b]]"' in m for m in messages)
    assert any('vagledning/x.md heter "Prov"' in m for m in messages)
    assert main([str(folder)]) == 1
    assert "docs/_data/guide.yml:" in capsys.readouterr().out
    assert main([str(folder / "borta")]) == 2
