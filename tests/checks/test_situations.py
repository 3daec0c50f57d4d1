"""The questions before the steps: where they stand, how many and how long, and who else asks them."""

from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import situations
from tests.conftest import found, page_with

check_docs = partial(found, situations.check)
KEYS = [f"q{n}" for n in range(1, 10)]
SITUATIONS = {
    key: {"question": "Fryser det nu?", "then": "Vänta tills det är varmt.", "page": "/b.md"}
    for key in KEYS
}
STEPS = "## Gör så här {#gor-sa-har}\n\n### Gräv {#grav}\n\nGräv djupt.\n"


def asks(keys: list[str], own: str = "", heading: str = "forst", front: str = "") -> str:
    box = f"## Först {{#{heading}}}\n\n[[forst:{','.join(keys)}]]\n\n{own}\n"
    return page_with(front, f"{box}{STEPS}")


def told(docs, body: str, **more) -> list[tuple[str, int, str]]:
    """Return path, line and rule of what is wrong, but for what nobody needs any longer."""
    files = {"a.md": body, "b.md": "", "_data/situations.yml": SITUATIONS}
    faults = check_docs(docs({**files, **more}))
    return [(str(f.path), f.line, f.rule) for f in faults if f.severity != "note"]


def test_a_box_as_it_should_be(docs):
    assert told(docs, asks(KEYS[:7], "- Är du trött? Vila. [Vila](#grav)\n")) == []


@pytest.mark.parametrize(
    ("body", "line", "rule"),
    [
        (asks(KEYS), 13, "many-situations"),
        (asks(KEYS[:8], "- Är du trött? Vila.\n"), 13, "many-situations"),
        (asks(KEYS[:6], front="questions: 5\n"), 14, "many-situations"),
        (page_with("", f"{STEPS}\n## Först {{#forst}}\n\n[[forst:q1]]\n"), 19, "misplaced-situations"),
        (asks(["q1"], "[[forst:q2]]\n"), 15, "misplaced-situations"),
        (asks(["q1"], heading="fragor"), 13, "misplaced-situations"),
        (asks(["q1"], f"- Är {'mycket ' * 18}kallt? Vänta.\n"), 15, "bad-situation"),
        (asks(["q1"], f"- Är det kallt? Vänta {'länge ' * 18}nu.\n"), 15, "bad-situation"),
    ],
)  # fmt: skip
def test_a_fault_of_a_box_is_told_on_its_line(docs, body, line, rule):
    assert told(docs, body) == [("docs/a.md", line, rule)]


def test_the_steps_that_come_first_may_stand_before_the_box(docs):
    body = f"## Först {{#gor-forst}}\n\n### Ring {{#ring}}\n\nRing.\n\n{asks(['q1']).split('# Prov')[1].lstrip()}"
    assert told(docs, body) == []


def test_a_question_leads_away_or_to_a_heading_of_the_page(docs):
    def leading(page: str, pages: dict[str, str]) -> list[tuple[str, int, str]]:
        rows = {"q1": {**SITUATIONS["q1"], "page": page, "pages": pages}}
        return told(docs, asks(["q1"]), **{"_data/situations.yml": rows})

    assert leading("/a.md", {}) == [("docs/a.md", 13, "misplaced-situations")]
    assert leading("/a.md", {"a": "#grav"}) == []
    assert leading("/a.md#grav", {}) == []
    assert leading("/a.md", {"a": "/b.md"}) == []


@pytest.mark.parametrize("field", ["question", "then"])
def test_a_long_question_of_the_register_is_told(docs, field):
    rows = {"q1": {**SITUATIONS["q1"], field: f"Fryser {'det ' * 18}nu?"}}
    where = {"question": 2, "then": 3}[field]
    faults = told(docs, asks(["q1"]), **{"_data/situations.yml": rows})
    assert faults == [("docs/_data/situations.yml", where, "bad-situation")]


def listed(**fields) -> dict:
    rows = [{"id": "r1", "step": "a#grav"}, {"id": "r2", "text": "Egen."}]
    return {"groups": [{"rows": rows}], **fields}


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({}, ["unasked-situation"]),
        ({"first": ["q1"]}, ["unasked-situation"]),
        ({"first": ["q1", "q2"]}, []),
        ({"first": ["q1"], "answered": {"q2": "Listan är för sommaren."}}, []),
    ],
)
def test_a_checklist_asks_what_the_pages_of_its_steps_ask(docs, fields, faults):
    more = {"_data/checklists/l.yml": listed(**fields)}
    assert [rule for _, _, rule in told(docs, asks(["q1", "q2"]), **more)] == faults


def test_what_is_answered_needs_a_reason_and_a_question(docs):
    files = {"a.md": asks(["q1"]), "b.md": "", "_data/situations.yml": SITUATIONS}
    rows = listed(first=["q1"], answered={"q2": "Aldrig här."})
    unused = [
        f.message
        for f in check_docs(docs({**files, "_data/checklists/l.yml": rows}))
        if str(f.path).endswith("l.yml")
    ]
    assert unused == ['answered: ingen av radernas sidor frågar om "q2". Ta bort den.']


def test_a_row_that_says_nothing_is_told(docs):
    more = {"_data/checklists/l.yml": {"groups": [{"rows": [{"id": "tom", "who": "Du"}]}]}}
    assert [rule for _, _, rule in told(docs, "", **more)] == ["missing-field"]


def test_a_situation_that_nobody_asks_and_a_way_from_where_it_isnt_asked(docs):
    rows = {key: dict(SITUATIONS[key]) for key in ("q1", "q2")}
    rows["q1"]["pages"] = {"a": "#grav", "b": "/a.md"}
    files = {"a.md": asks(["q1"]), "b.md": "", "_data/situations.yml": rows}
    unused = check_docs(docs(files))
    assert [(f.rule, f.severity, f.message.split('"')[1:4:2]) for f in sorted(unused)] == [
        ("unused-situation", "note", ["q1", "b"]),
        ("unused-situation", "note", ["q2"]),
    ]
