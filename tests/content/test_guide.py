"""The guide: every way through it, and what no way may say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from scripts.content.content import Content
from scripts.content.guide import GuideQuestion, Outcome, behind, order, places, way_to
from tests.conftest import ROOT
from tests.examples import registers

SMALL = registers(
    guide={
        "start": "plats",
        "questions": {
            "plats": {"choices": [{"title": "Här", "to": "vilja"}, {"title": "Vet inte", "to": "akut"}]},
            "vilja": {"choices": [{"title": "Ja", "to": "kanske"}, {"title": "Nej", "to": "nej"}]},
        },
        "outcomes": {
            "akut": {"verdict": "akut", "then": "vilja"},
            "kanske": {"verdict": "kanske"},
            "nej": {"verdict": "nej"},
        },
        "conditions": "Krav.",
    }
).guide  # fmt: skip


def test_a_node_comes_after_all_that_lead_to_it_and_is_counted_on_the_longest_way():
    nodes = order(SMALL)
    assert nodes.index("plats") < nodes.index("akut") < nodes.index("vilja") < nodes.index("nej")
    assert places(SMALL) == {"plats": 1, "vilja": 2}
    assert [behind(SMALL, key) for key in ("plats", "akut", "vilja", "nej")] == [
        *("", "plats", "plats", "vilja")
    ]


@pytest.mark.parametrize(
    ("key", "way"),
    [("akut", [("plats", ["Vet inte"])]), ("nej", [("vilja", ["Nej"])]), ("vilja", [])],
)
def test_the_way_to_an_answer_is_the_questions_that_decide(key, way):
    assert [(question.key, answers) for question, answers in way_to(SMALL, key)] == way


def test_the_laws_conditions_are_said_where_an_application_may_follow():
    said = {key: SMALL.conditions_of(one) for key, one in SMALL.outcomes.items()}
    assert [key for key, words in said.items() if words] == ["kanske"]


REGISTERS = Content.read(ROOT / "docs").registers
GUIDE = REGISTERS.guide
assert GUIDE is not None
NODES = GUIDE.nodes


@dataclass(frozen=True)
class Walk:
    """One reader's way: question → the choice's title, and every node passed."""

    choices: dict[str, str]
    nodes: tuple[str, ...]

    @property
    def end(self) -> Outcome:
        return GUIDE.outcomes[self.nodes[-1]]

    def says(self, question: str) -> str:
        return self.choices.get(question, "")


def walks(key: str, choices: dict[str, str], passed: tuple[str, ...]) -> Iterator[Walk]:
    here, passed = NODES[key], (*passed, key)
    if isinstance(here, GuideQuestion):
        for choice in here.choices:
            yield from walks(choice.to, {**choices, key: choice.title}, passed)
    elif here.then:
        yield from walks(here.then, choices, passed)
    else:
        yield Walk(choices, passed)


WALKS = list(walks(GUIDE.start, {}, ()))


def test_every_way_ends_in_an_answer_and_asks_nothing_twice():
    assert len(WALKS) > 1000
    for walk in WALKS:
        assert len(walk.nodes) == len(set(walk.nodes))
        assert len(walk.choices) <= 9, "index.md says at most nine questions"
        assert walk.end.verdict in ("nej", "oklart", "kanske")
    assert {key for walk in WALKS for key in walk.nodes} == set(order(GUIDE))


# What the choices mean for where a way may go. Each rule names the source it rests on.
def may_end_in_maybe(walk: Walk) -> bool:
    """utl-5-15: a foreigner here, who wants it, and reason to assume one of two crimes."""
    return (
        walk.says("plats") != "I ett annat land"
        and walk.says("misstanke") != "Nej"
        and walk.says("svensk") != "Ja"
        and walk.says("vilja") != "Nej"
        and walk.says("eu-ratt") != "Ja"
        # utl-12-16: whom a court has expelled for a crime the Migration Agency may not grant a permit
        and walk.says("utvisning") != "Ja, en domstol har utvisat för brott"
    )


def said(key: str) -> Iterator[str]:
    """Yield what a node says, and the marks of the acts it draws."""
    here = NODES[key]
    yield str(here)
    if isinstance(here, Outcome):
        yield GUIDE.child_of(here)
        yield from (f"@{source}" for source in REGISTERS.acts.sources_of(here.acts))


def test_no_way_says_what_the_law_does_not():
    great = [REGISTERS.acts.gates[key].text for key in ("domstol", "lma", "resa")]
    for walk in WALKS:
        cited = " ".join(text for key in walk.nodes for text in said(key))
        if walk.end.verdict == "kanske":
            assert may_end_in_maybe(walk), walk
            # the law's conditions stand on the page, whatever was answered
            assert GUIDE.conditions_of(walk.end) == GUIDE.conditions != ""
            assert "regionkoordinator" in walk.end.call
            # utl-12-16, lma-1a, utl-12-15: asked again before the application, whatever was answered
            assert all(gate in " ".join(walk.end.do).replace("**", "") for gate in great)
        # nspm-manual-akut-skydd: protection first, in doubt too
        if walk.says("fara") != "Nej":
            assert walk.nodes[1] == "fara-nu" and "sos-112" in GUIDE.outcomes["fara-nu"].call
        # sol-19-1, sol-20-1: a child, and who may be one
        if walk.says("alder") != "18 år eller äldre" and "alder" in walk.nodes:
            assert {"barn-forst", "barn-utan-ja"} & set(walk.nodes)
            assert "@sol-19-1" in cited and "@sol-20-1" in cited
        # lma-1a: an application may cost an asylum seeker housing and money
        if walk.says("vistelse") == "Söker asyl":
            assert "@lma-1a" in cited and "asylsokande-boende" in walk.end.doubt
        # utl-12-12b: it does not stop by itself
        if walk.says("utvisning") not in ("", "Nej", "Ja, en domstol har utvisat för brott"):
            assert "@utl-12-12b" in cited and "inhibition" in cited
        if walk.says("dublin") in ("Ja", "Vet inte"):
            assert "dublin-2026" in walk.end.doubt


def test_the_numbers_to_call_are_for_the_reader():
    """020-390 000 is for professionals, and never where somebody is in danger (nspm-om)."""
    for key, here in GUIDE.outcomes.items():
        if here.verdict == "akut":
            assert "nspm-stodtelefon" not in here.call, key
        assert all("yrkesverksamma" in REGISTERS.contacts[c].group for c in here.call), key
