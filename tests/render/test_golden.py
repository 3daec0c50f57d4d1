"""What each macro becomes, as Markdown with HTML kept in its place: golden.md has them all.

A changed form changes golden.md: python3 tests/render/test_golden.py. Read the difference.
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
GIVEN = (
    *("adress:om/?q=a&b", "adresser:sidor", "adresser:rubriker"),
    *("forst:sist,eld", "lagar", "lagtext:prov"),
    *("andringar", "avsandare", "badda-in"),
    *("badda-in:hojd", "bilder", "checklista:lista"),
    *("datumhjalp", "figur:steg", "figur:tabell", "figur:bred", "figur:rutor"),
    *("figur:staplar", "figur:tecken", "filer", "fore-publicering"),
    *("granskning", "hela-vagledningen", "index-a-o", "kallforteckning", "kontakter:akut"),
    *("kontakter:rad", "kort", "kort-sprak", "kortadresser", "lagandringar", "lan"),
    *("nummer:stod,sos", "oppna-fragor", "ordlista", "osakert:vem", "osakert:hur"),
    *("osakert:var", "regioner", "tillganglighet", "utskrifter", "vagledning:plats"),
    *("vagledning:vilja", "vagledning:akut", "vagledning:kanske", "vagledning:nej"),
)


def text_of(made, macro: str) -> str:
    """Return what a macro becomes, with what it keeps for the page's foot; without empty lines at
    its ends, and with one for several in a row: they say nothing in Markdown."""
    name, _, argument = macro.partition(":")
    text = MACROS[name].render(made, argument) + render_foot(made)
    return re.sub(r"\n\s*\n", "\n\n", text.strip("\n"))


def known() -> dict[str, str]:
    parts = re.split(r"^=== \[\[(.*)\]\]\n", FILE.read_text("utf-8"), flags=re.M)[1:]
    return {macro: text.strip("\n") for macro, text in zip(parts[::2], parts[1::2], strict=True)}


@pytest.mark.parametrize("macro", GIVEN)
def test_macro_renders_as_in_golden_md(made, macro):
    assert text_of(made, macro) == known()[macro]


def test_golden_md_has_every_macro():
    assert {macro.partition(":")[0] for macro in GIVEN} == set(MACROS)
    assert list(known()) == list(GIVEN)


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        docs = make_docs(Path(temporary) / "docs", FILES)
        parts = (f"=== [[{macro}]]\n{text_of(made_of(docs), macro)}\n" for macro in GIVEN)
        FILE.write_text("\n".join(parts), encoding="utf-8")
