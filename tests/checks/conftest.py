from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from scripts.checks.fact_register import Facts
from scripts.content.content import read_registers
from scripts.content.yaml_file import parse_yaml, read_text


@pytest.fixture(scope="module")
def facts(root) -> Facts:
    """The real register: what is planted here is what an editor could get wrong."""
    file = root / "docs/_data/facts.yml"
    data = parse_yaml(read_text(file, PurePosixPath("facts.yml")), PurePosixPath("x"))
    registers = read_registers(root / "docs")
    return Facts(data, registers.sources, registers.fact_patterns, registers.contacts)
