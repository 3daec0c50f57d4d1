"""The Markdown of each macro, with HTML in its place, is in golden.md.

A changed template changes golden.md: python3 tests/render/test_golden.py. Read the difference. A new
macro: first add its line "=== [[name:argument]]" there.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

if __name__ == "__main__":  # started as a file, on any Python: what follows needs the packages
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    from scripts.core.environment import reexec_in_venv

    reexec_in_venv("requirements-dev.txt")

import pytest

from scripts.render.doubt import render_foot
from scripts.render.macros import MACROS
from tests.conftest import make_docs
from tests.render.conftest import FILES, made_of

FILE = Path(__file__).with_name("golden.md")


def text_of(made, macro: str) -> str:
    """Return the Markdown of a macro, with its part of the page's foot. Empty lines mean nothing at
    the ends, and one is as good as several."""
    name, _, argument = macro.partition(":")
    text = MACROS[name].render(made, argument) + render_foot(made)
    return re.sub(r"\n\s*\n", "\n\n", text.strip("\n"))


def golden() -> dict[str, str]:
    """Return macro ("name:argument") → its Markdown in golden.md."""
    parts = re.split(r"^=== \[\[(.*)\]\]\n", FILE.read_text("utf-8"), flags=re.M)[1:]
    return {macro: text.strip("\n") for macro, text in zip(parts[::2], parts[1::2], strict=True)}


@pytest.mark.parametrize("macro", golden())
def test_macro_renders_as_in_golden_md(made, macro):
    assert text_of(made, macro) == golden()[macro]


def test_golden_md_has_every_macro():
    assert {macro.partition(":")[0] for macro in golden()} == set(MACROS)


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        docs = make_docs(Path(temporary) / "docs", FILES)
        parts = (f"=== [[{macro}]]\n{text_of(made_of(docs), macro)}\n" for macro in golden())
        FILE.write_text("\n".join(parts), encoding="utf-8")
