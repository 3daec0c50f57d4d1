from __future__ import annotations

import pytest

from scripts.checks.fact_register import Facts
from scripts.content.content import Content


@pytest.fixture(scope="module")
def facts(root) -> Facts:
    """The real register: what is planted here is what an editor could get wrong."""
    return Facts(Content.read(root / "docs").registers)
