"""What is rightly written and must be left alone; what is almost right is in test_mistakes.py."""

from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import markup
from tests.conftest import PAGE, found

check_docs = partial(found, markup.check)
BASE = {"_data/sources.yml": {"utl-5": {}}, "stod/barn.md": "", "stod/index.md": ""}


@pytest.mark.parametrize(
    "text",
    [
        "Text.[@utl-5, @sol-1] Mer.[@a]\n",
        "[[osakert:vem]]\n\n[[lan]]\n",
        "`[[osäkert: vem]]` och `[utl-5]`\n",
        "Se [barn](stod/barn.md), [barn](stod/barn.md#x) och [här](#rubrik).\n",
        "Se [start](/stod/index.md) och [lagen](kalla:utl-5).\n",
        "- ett\n- två\n\n1. tre\n",
        "| A | B | C | D |\n| --- | --- | --- | --- |\n",
        "Ordet [inom hakparentes] står kvar. En lista [a, b].\n",
        "Ring 2020–2021 – inte nu.\n",
    ],
)
def test_markup_right_text_has_no_finding(docs, text):
    assert check_docs(docs({**BASE, "a.md": text})) == []


def test_markup_quotes_in_description_have_no_finding(docs):
    page = PAGE.replace("En sida att prova på.", "Orden ”ja” och ”nej”")
    assert check_docs(docs({"a.md": page})) == []
