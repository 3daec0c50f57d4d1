"""Every register: its fields, references, choices and dates, made from the records' own types.

What depends on the type of a field alone: content/test_fields.py.
"""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import typing
from collections.abc import Iterator
from typing import Any

import pytest

from scripts import check
from scripts.checks.registers import known_keys, sources_used
from scripts.content.content import Content
from scripts.content.fields import Field, Iso, editable_fields, required_fields, resolve_type
from scripts.content.figures import KINDS
from scripts.content.records import register_names, register_type
from scripts.core.findings import is_fault
from scripts.render.macros import MACROS
from tests.conftest import TODAY, page_with
from tests.examples import KEY, dump, example

# Each file there may be, "checklists/lista" for those in the folder → what it holds.
TYPES = {
    **{name: register_type(name) for name in register_names() if register_type(name)},
    "checklists/lista": register_type("checklists/lista"),
}
CASES = [
    *((name, "") for name in TYPES if name != "figures"),
    *(("figures", kind) for kind in KINDS),
]


def values_in(kind: Any, value: Any, way: tuple = ()) -> Iterator[tuple[tuple, Any, Field]]:
    """Yield (way, bare type, Field) of every value in an example, records and lists too."""
    bare, field, _ = resolve_type(kind, value)
    yield way, bare, field
    args = typing.get_args(bare)
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from values_in(
                editable_fields(bare)[name] if dataclasses.is_dataclass(bare) else args[1],
                inner,
                (*way, name),
            )
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from values_in(args[0], inner, (*way, number))


RULES = page_with("kind: regel\n", f"## En regel {{#{KEY}}}\n\nOrd.\n")
STEPS = f"## Gör så här {{#gor-sa-har}}\n\n### Vänta {{#{KEY}}}\n\nVänta.\n"


def with_value(value: Any, way: tuple, new: Any) -> Any:
    """Return a copy of ``value`` with ``new`` at the path ``way``; None removes what is there."""
    copied = parent = copy.deepcopy(value)
    for step in way[:-1]:
        parent = parent[step]
    if new is None:
        del parent[way[-1]]
    else:
        parent[way[-1]] = new
    return copied


def line_of(text: str, word: str) -> int:
    return next(n for n, row in enumerate(text.split("\n"), 1) if word in row)


@pytest.fixture
def faults(docs):
    """Return a function: register, its text → the findings of a whole check; the other registers
    have a record each."""
    others = {
        name: dump(example(kind, name in ("dates", "facts"), "rutor" if name == "figures" else ""))
        for name, kind in TYPES.items()
    }

    def run(name: str, text: str | None, alone: bool = True):
        files = {f"_data/{n}.yml": t for n, t in others.items()} | {"regler.md": RULES}
        place = f"_data/{name}.yml"
        files.pop(place)
        if text is not None:
            files[place] = text
        read = Content.read(docs({"a.md": STEPS, **files}))
        found = check.check_content(read, TODAY)
        own_faults = [f for f in found if str(f.path) == f"docs/{place}"]
        # what has gone elsewhere keeps no other check from its work: they find half a register
        if left := [fault for fault in own_faults if fault.rule in check.RULES_OF_REMOVALS]:
            return left
        alien = [fault for fault in found if fault not in own_faults and is_fault(fault)]
        assert not alone or not alien, "only the register with the fault is told of"
        return own_faults

    return run


def only_rule(found: list, line: int) -> str:
    """Assert that there is one finding, in Swedish, on a line; return its rule."""
    assert [f.line for f in found] == [line], found
    assert found[0].message.endswith((".", "?")) and "Error" not in found[0].message
    return found[0].rule


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_whole_example_has_no_fault_of_its_shape(faults, name, kind):
    found = faults(name, dump(example(TYPES[name], True, kind)), alone=False)
    assert not {f.rule for f in found} & {"unknown-field", "bad-date", "bad-yaml"}, found


@pytest.mark.parametrize("name", TYPES)
def test_register_that_is_missing_is_empty(faults, name):
    assert faults(name, None, alone=False) == []  # what refers to it is told of there


@pytest.mark.parametrize("name", TYPES)
def test_list_at_the_top_is_reported(faults, name):
    assert only_rule(faults(name, "- ett\n- två\n"), 1) == "bad-yaml"


@pytest.mark.parametrize("text", ["", "# Bara en kommentar\n", "hej\n"])
def test_register_without_rows_is_reported(faults, text):
    assert only_rule(faults("contacts", text), 1) == "bad-yaml"


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_required_field_that_is_missing_is_reported(faults, name, kind):
    value = example(TYPES[name], False, kind)
    for way, bare, _ in values_in(TYPES[name], value):
        for missing in required_fields(bare) if dataclasses.is_dataclass(bare) else ():
            if missing == "kind" and kind:
                continue  # told as a kind that can't be chosen
            text = dump(with_value(value, (*way, missing), None))
            found = faults(name, text)
            assert [f.rule for f in found] == ["missing-field"], (way, missing, found)
            assert f'"{missing}"' in found[0].message
            assert found[0].line <= text.count("\n") and (way or found[0].line == 1)
            if way and isinstance(way[-1], str):
                assert f"{way[-1]}:" in text.split("\n")[found[0].line - 1], (way, missing)


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_wrong_reference_choice_date_or_number_is_reported_on_its_line(faults, name, kind):
    value = example(TYPES[name], True, kind)
    for way, bare, field in values_in(TYPES[name], value):
        if way and field.refers_to:
            wrong = "/borta.md" if field.refers_to == "pages" else "borta"
            text = dump(with_value(value, way, wrong))
            assert only_rule(faults(name, text), line_of(text, wrong)).startswith("unknown-"), way
        elif way and field.choices and way[-1] != "kind":
            text = dump(with_value(value, way, "borta"))
            assert only_rule(faults(name, text), line_of(text, "borta")) == "bad-field", way
        elif bare in (Iso, dt.date):
            for wrong in ("i går", "2026-13-01", "0001-01-01", "9999-12-31"):
                text = dump(with_value(value, way, wrong))
                assert only_rule(faults(name, text), line_of(text, wrong)) == "bad-date", way
        elif bare in (int, float, bool):
            text = dump(with_value(value, way, "många"))
            assert only_rule(faults(name, text), line_of(text, "många")) == "bad-field", way


def test_link_in_a_text_to_a_missing_page_is_reported_on_its_line(docs):
    rows = "x:\n  term: ord\n  text: >-\n    Ett ord.\n    Läs [mer](/oldning.md#a).\n"
    files = {"odling.md": "", "_data/glossary.yml": rows}
    content = Content.read(docs(files))
    (finding,) = check.check_content(content, TODAY)
    assert finding.rule == "unknown-page" and "/odling.md" in finding.message
    assert str(finding).startswith("docs/_data/glossary.yml:5: "), finding


def test_id_twice_names_the_new_row(faults):
    value = example(TYPES["checklists/lista"], True)
    row = value["groups"][0]["rows"][0]
    value["groups"][0]["id"] = "grupp"
    value["groups"][0]["rows"] = [{**copy.deepcopy(row), "id": "rad"} for _ in range(2)]
    text = dump(value)
    (finding,) = faults("checklists/lista", text)
    lines = [n for n, line in enumerate(text.split("\n"), 1) if "id: rad" in line]
    assert (finding.rule, finding.line) == ("duplicate-id", lines[1])
    assert f"på rad {lines[0]}" in finding.message


def test_source_that_a_register_refers_to_is_used(docs):
    row = "{name: N, group: [g], for_whom: 'F.[@b]', what_happens: W, source: a, certainty: saker}"
    change = "{title: T, status: oklart, affects: [c], changes: C, seen: S, checked_on: '2026', sources: [d]}"
    content = Content.read(
        docs({"_data/contacts.yml": f"sos: {row}\n", "_data/law_changes.yml": f"ny: {change}\n"})
    )
    assert set(sources_used(content)) == {
        ("contacts", "sos", "a"),
        ("contacts", "sos", "b"),
        ("law_changes", "ny", "d"),
    }
    assert list(known_keys(content)["contacts"]) == ["sos"]


@pytest.mark.parametrize("name", [name for name, row in MACROS.items() if row.register])
def test_macro_of_a_missing_register_is_reported(docs, name):
    content = Content.read(docs({"a.md": f"[[{name}]]\n"}))
    (finding,) = check.check_content(content, TODAY)
    assert (str(finding.path), finding.line, finding.rule) == ("docs/a.md", 11, "unknown-macro")
    assert f"{MACROS[name].register}.yml, som inte finns" in finding.message
