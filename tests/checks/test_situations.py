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


def test_situations_right_box_has_no_finding(docs):
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
def test_situations_fault_has_its_line(docs, body, line, rule):
    assert told(docs, body) == [("docs/a.md", line, rule)]


def test_situations_after_first_steps_have_no_finding(docs):
    body = f"## Först {{#gor-forst}}\n\n### Ring {{#ring}}\n\nRing.\n\n{asks(['q1']).split('# Prov')[1].lstrip()}"
    assert told(docs, body) == []


def test_situation_leading_to_its_own_page_is_reported(docs):
    def leading(page: str, pages: dict[str, str]) -> list[tuple[str, int, str]]:
        rows = {"q1": {**SITUATIONS["q1"], "page": page, "pages": pages}}
        return told(docs, asks(["q1"]), **{"_data/situations.yml": rows})

    assert leading("/a.md", {}) == [("docs/a.md", 13, "misplaced-situations")]
    assert leading("/a.md", {"a": "#grav"}) == []
    assert leading("/a.md#grav", {}) == []
    assert leading("/a.md", {"a": "/b.md"}) == []


@pytest.mark.parametrize("field", ["question", "then"])
def test_situation_too_long_has_its_line(docs, field):
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
def test_checklist_without_question_of_its_step_is_reported(docs, fields, faults):
    more = {"_data/checklists/l.yml": listed(**fields)}
    assert [rule for _, _, rule in told(docs, asks(["q1", "q2"]), **more)] == faults


def test_checklist_answer_without_question_is_noted(docs):
    files = {"a.md": asks(["q1"]), "b.md": "", "_data/situations.yml": SITUATIONS}
    rows = listed(first=["q1"], answered={"q2": "Aldrig här."})
    unused = [
        f.message
        for f in check_docs(docs({**files, "_data/checklists/l.yml": rows}))
        if str(f.path).endswith("l.yml")
    ]
    assert unused == ['answered: ingen av radernas sidor frågar om "q2". Ta bort den.']


def test_checklist_row_without_text_is_reported(docs):
    more = {"_data/checklists/l.yml": {"groups": [{"rows": [{"id": "tom", "who": "Du"}]}]}}
    assert [rule for _, _, rule in told(docs, "", **more)] == ["missing-field"]


def test_situation_unused_is_noted(docs):
    rows = {key: dict(SITUATIONS[key]) for key in ("q1", "q2")}
    rows["q1"]["pages"] = {"a": "#grav", "b": "/a.md"}
    files = {"a.md": asks(["q1"]), "b.md": "", "_data/situations.yml": rows}
    unused = check_docs(docs(files))
    assert [(f.rule, f.severity, f.message.split('"')[1:4:2]) for f in sorted(unused)] == [
        ("unused-situation", "note", ["q1", "b"]),
        ("unused-situation", "note", ["q2"]),
    ]
