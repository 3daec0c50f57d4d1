from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site: scripts/test.py builds it before the tests."""
    built = ROOT / "site"
    if not (built / "index.html").is_file():
        pytest.exit("site/ saknas. Kör: python3 scripts/build.py", returncode=2)
    return built


PAGE = """\
---
title: Prov
description: En sida att prova på.
last_reviewed_on: 2026-11-24
review_by: 2027-05-24
owner: Redaktionen
keywords: []
---
# Prov

"""


@pytest.fixture
def docs(tmp_path: Path):
    """Return a function that makes a small docs/ out of path → text; a body gets front matter."""

    def make(files: dict[str, str | bytes]) -> Path:
        folder = tmp_path / "docs"
        for name, text in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(text, bytes):
                file.write_bytes(text)
            elif name.endswith(".md") and not text.startswith("---"):
                file.write_text(PAGE + text, encoding="utf-8")
            else:
                file.write_text(text, encoding="utf-8")
        return folder

    return make
