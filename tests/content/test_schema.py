"""The schemas of registers and front matter, as jsonschema reads them.

Our own check of the same slips: checks/test_registers.py.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from scripts.checks import schemas as check
from scripts.content.fields import Iso, editable_fields, parse_annotation
from scripts.content.front_matter import Front
from scripts.content.records import (
    CHECKLISTS,
    DATED_REGISTERS,
    DEFAULT_DATE_FIELD,
    Registers,
)
from scripts.content.schema import DRAFT, FRONT_MATTER, records_in, schemas
from tests.checks.test_registers import CASES, TYPES, values_in, with_value
from tests.conftest import ROOT, TODAY
from tests.examples import dump, example

GARDEN = ROOT / "tests/other_subject/docs"
SCHEMAS = schemas()
# A value of another type, by the type that a field has.
SLIPS = {str: 7, bool: "många", int: "många", float: "många", Iso: "i går", dt.date: "i går"}


def schema_name(register: str) -> str:
    return CHECKLISTS if register.startswith(f"{CHECKLISTS}/") else register


def is_valid(register: str, text: str) -> bool:
    """Whether jsonschema accepts a register's text. JSON has no dates: they are text in it."""
    value = json.loads(json.dumps(yaml.safe_load(text), default=str))
    return Draft7Validator(SCHEMAS[schema_name(register)]).is_valid(value)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_draft_7(name):
    assert SCHEMAS[name]["$schema"] == DRAFT
    Draft7Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("file", sorted(GARDEN.glob("_data/**/*.yml")), ids=lambda file: file.stem)
def test_schema_accepts_registers_of_the_garden(file):
    register = file.relative_to(GARDEN / "_data").with_suffix("").as_posix()
    assert is_valid(register, file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", sorted(GARDEN.glob("[a-z]*/**/*.md")), ids=lambda file: file.stem)
def test_schema_accepts_front_matter_of_the_garden(file):
    assert is_valid(FRONT_MATTER, file.read_text(encoding="utf-8").split("---\n")[1])


@pytest.mark.parametrize(("name", "kind"), CASES)
@pytest.mark.parametrize("whole", [False, True])
def test_schema_accepts_record_with_all_or_required_fields(name, kind, whole):
    text = dump(example(TYPES[name], whole, kind))
    assert is_valid(name, text)


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_schema_refuses_a_slip(name, kind):
    value = example(TYPES[name], True, kind)
    slips = 0
    for way, bare, field in values_in(TYPES[name], value):
        wrong = "borta" if field.choices else SLIPS.get(bare)
        if wrong is not None and way and way[-1] != "kind":
            text = dump(with_value(value, way, wrong))
            assert not is_valid(name, text), way
            slips += 1
        if isinstance(bare, type) and hasattr(bare, "__dataclass_fields__"):
            text = dump(with_value(value, (*way, "okänd"), "x"))
            assert not is_valid(name, text), way
            slips += 1
    assert slips


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_schema_refuses_a_missing_required_field(name, kind):
    value = example(TYPES[name], False, kind)
    for way, bare, _ in values_in(TYPES[name], value):
        if isinstance(bare, type) and hasattr(bare, "__dataclass_fields__"):
            in_head = {DEFAULT_DATE_FIELD} if name in DATED_REGISTERS else set()
            for field in get(value, way).keys() - in_head:
                text = dump(with_value(value, (*way, field), None))
                assert not is_valid(name, text), (way, field)


def get(value: Any, way: tuple[Any, ...]) -> Any:
    for step in way:
        value = value[step]
    return value


def test_every_field_has_a_swedish_sentence():
    for kind in (Front, Registers):
        for _, record in records_in(kind):
            for name, inner in editable_fields(record).items():
                description = parse_annotation(inner).description
                assert description.endswith("."), (record, name)


def test_schema_files_are_those_of_the_types():
    assert list(check.check(None, TODAY)) == []


def test_stale_missing_or_foreign_schema_file_is_reported(tmp_path, monkeypatch):
    monkeypatch.setattr(check, "ROOT", tmp_path)
    folder = tmp_path / check.FOLDER
    folder.mkdir(parents=True)
    check.write(folder)
    assert list(check.check(None, TODAY)) == []
    (folder / "facts.json").write_text("{}\n", encoding="utf-8")
    (folder / "card.json").unlink()
    (folder / "other.json").write_text("{}\n", encoding="utf-8")
    (folder / check.TABLE).write_text("# Alla\n", encoding="utf-8")
    found = [finding.path.name for finding in check.check(None, TODAY)]
    assert found == ["README.md", "card.json", "facts.json", "other.json"]


def registers() -> list[Path]:
    return sorted((ROOT / "docs/_data").glob("**/*.yml"))


@pytest.mark.parametrize("file", registers(), ids=lambda file: file.stem)
def test_first_line_of_register_names_its_schema(file):
    first, *_ = file.read_text(encoding="utf-8").split("\n")
    path = first.partition("# yaml-language-server: $schema=")[2]
    schema = json.loads((file.parent / path).read_text(encoding="utf-8"))
    register = file.relative_to(ROOT / "docs/_data").with_suffix("").as_posix()
    assert schema == SCHEMAS[schema_name(register)]
