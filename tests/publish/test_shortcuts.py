from __future__ import annotations

import pytest

from scripts.content.content import Content
from scripts.publish.shortcuts import check_shortcuts, short_addresses
from tests.conftest import ROOT

ADDRESSES = {"/a/": "A", "/a/#två": "Två", "/p/x/": "→ /a/"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Stor: /a/\n", "en kortadress har små bokstäver"),
        ("blad: /a/\n", "kortadressen finns redan i handouts.yml"),
        ("kort: a/\n", "skriv en adress på sajten"),
        ("kort: 3\n", "skriv en adress på sajten"),
        ("kort: /borta/\n", '"/borta/" finns inte'),
        ("kort: /a/#borta\n", '"/a/#borta" finns inte'),
        ("kort: /p/x/\n", '"/p/x/" finns inte'),
    ],
)
def test_a_bad_short_address_is_told_with_its_line(docs, text, message):
    rows = {"_data/shortcuts.yml": text, "_data/handouts.yml": "blad: {page: a/}\n"}
    faults = list(check_shortcuts(Content.read(docs(rows)), ADDRESSES))
    assert len(faults) == 1
    assert str(faults[0]).startswith("docs/_data/shortcuts.yml:1: ") and message in str(faults[0])


def test_the_real_shortcuts_clash_with_no_handout():
    keys = [short.key for short in short_addresses(Content.read(ROOT / "docs"))]
    assert len(keys) == len(set(keys)) > 20
