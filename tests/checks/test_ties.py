"""A paragraph that the text names is a source of the page."""

from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import ties
from tests.conftest import found
from tests.examples import statute

check_docs = partial(found, ties.check)
SOURCES = {
    "tl": {"title": "Trädgårdslagen (2001:1)", "name": "trädgårdslagen", "sfs": "2001:1"},
    "hf": {"title": "Häckförordningen (2002:2)", "name": "häckförordningen", "sfs": "2002:2"},
}
FILES = {
    "_data/sources.yml": SOURCES,
    "_data/law/tl.md": statute("2001:1", "1-2", "1-2b", "2-2", "2-3"),
    "_data/law/hf.md": statute("2002:2", "7", "7a"),
}


def lost(docs, text: str) -> list[str]:
    faults = check_docs(docs({**FILES, "a.md": f"Text.\n\n{text}\n"}))
    assert all((f.line, f.rule) == (13, "lost-tie") for f in faults)
    return [f.message.partition("[@")[2].partition("]")[0] for f in faults]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Häcken enligt 1 kap. 2 § trädgårdslagen.", ["tl-1-2"]),
        ("Läs 1 kap. 2 b § trädgårdslagen.", ["tl-1-2b"]),
        ("Läs 1 kap. 2 § och 2 kap. 3 § trädgårdslagen.", ["tl-1-2", "tl-2-3"]),
        ("Läs 2 kap. 2 eller 3 § trädgårdslagen.", ["tl-2-2", "tl-2-3"]),
        ("Enligt 1 kap. 2 b §, i andra hand 2 §, trädgårdslagen.", ["tl-1-2b", "tl-1-2"]),
        ("Läs 7 och 7 a §§ häckförordningen.", ["hf-7", "hf-7a"]),
        ("Läs 7 § häckförordningen.[@hf-7]", []),
        ("Läs 7 och 7 a §§ häckförordningen.[@hf-7]", ["hf-7a"]),
        ("Läs 9 kap. 9 § trädgårdslagen.", []),  # not among the register's
        ("Läs 7 § någon annan lag.", []),
        ("Läs häckförordningen.", []),
    ],
)
def test_section_named_but_not_cited_is_reported(docs, text, keys):
    assert lost(docs, text) == keys


def test_section_cited_elsewhere_on_page_has_no_finding(docs):
    assert lost(docs, "Läs 7 § häckförordningen.\n\nMer.[@hf-7]") == []
