"""The guide: every way through it, and what no way may say."""

from __future__ import annotations

from scripts.content.content import read_registers
from scripts.content.guide import behind, leads_to, node, order, places, texts, walks, way_to
from tests.conftest import ROOT

REGISTERS = read_registers(ROOT / "docs")
GUIDE = REGISTERS.guide
WALKS = list(walks(GUIDE))


def test_order_puts_a_node_after_all_that_lead_to_it():
    nodes = order(GUIDE)
    assert sorted(nodes) == sorted([*GUIDE["questions"], *GUIDE["outcomes"]])
    place = {key: number for number, key in enumerate(nodes)}
    assert all(place[key] < place[next_] for key in nodes for next_ in leads_to(GUIDE, key))


def test_a_question_is_counted_on_the_longest_way_to_it():
    asked = places(GUIDE)
    assert asked[GUIDE["start"]] == 1
    assert max(asked.values()) == max(len(walk.choices) for walk in WALKS)
    for walk in WALKS:
        for number, (question, _) in enumerate(walk.choices, 1):
            assert number <= asked[question]


def test_behind_a_node_is_a_question_that_leads_there():
    assert behind(GUIDE, GUIDE["start"]) == ""
    for key in order(GUIDE)[1:]:
        assert key in leads_to(GUIDE, behind(GUIDE, key))
    assert behind(GUIDE, "vistelse") == "vilja"


def test_the_way_to_an_answer_is_the_questions_that_decide():
    assert way_to(GUIDE, "fara-nu") == [("fara", ["Ja", "Vet inte"])]
    assert way_to(GUIDE, "vill-inte") == [
        ("plats", ["I Sverige"]),
        ("misstanke", ["Ja"]),
        ("svensk", ["Nej"]),
        ("vilja", ["Nej"]),
    ]
    for key in GUIDE["outcomes"]:
        way = way_to(GUIDE, key)
        passing = [walk for walk in WALKS if key in walk.nodes]
        for question, answers in way:
            given = {
                answer for walk in passing for asked, answer in walk.choices if asked == question
            }
            assert answers and set(answers) <= given, "somebody who answers so comes there"
        assert any(set(way_of(walk, key)) >= {q for q, _ in way} for walk in passing)


def way_of(walk, key):
    """The questions that were asked before ``key``."""
    return [node for node in walk.nodes[: walk.nodes.index(key)] if node in GUIDE["questions"]]


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
            # utl-12-16: asked before the application, as an act, for not every way asks it
            assert any("/betanketid/vagledning/utvisad-for-brott.md" in act for act in end["do"])
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
