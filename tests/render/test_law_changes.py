from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from scripts.content.content import Content
from scripts.content.registers import Registers
from scripts.content.statutes import flatten
from scripts.render.law_changes import render_law_changes
from scripts.render.macro import UNSEARCHED
from tests.conftest import context

SOURCES = flatten({"lagen": {"title": "L", "url": "u", "paragraphs": {"1": {}, "2": {}}}})


def change(status: str, day: object = None, **more: object) -> dict[str, object]:
    return {
        "title": "Ny lag", "status": status, "affects": ["lagen-1"], "changes": "Så här.\n",
        "seen": "Vi har läst.\n", "checked_on": "2026-11-24", "sources": ["a", "b"],
        **({"in_force": day} if day else {}), **more,
    }  # fmt: skip


@pytest.fixture
def render(docs):
    def run(changes: dict[str, dict[str, object]], **pages: str) -> str:
        folder = docs({f"{name}.md": text for name, text in pages.items()} or {"x.md": ""})
        registers = Registers(sources=SOURCES, law_changes=changes)
        content = replace(Content.read(folder), registers=registers)
        return render_law_changes(replace(context(folder), content=content), "")

    return run


def test_a_change_says_when_what_how_sure_and_for_which_pages(render):
    text = render(
        {"ny-lag": change("beslutat", dt.date(2027, 1, 1))},
        b="Text.[@lagen-1, @lagen-2]\n",
        a="Text.[@lagen-1]\n",
        c="Text.[@lagen-2]\n",
        om="Text.[@lagen-1]\n\n[[lagandringar]]\n",
    )
    assert text == (
        "## Beslutat {#beslutat}\n\n### Ny lag {#ny-lag}\n\n"
        "- **Gäller från:** 1 januari 2027\n"
        "- **Det här ändras:** Så här.\n"
        "- **Det här har vi sett 24 november 2026:** Vi har läst.[@a, @b]\n"
        f"- **Bland annat de här sidorna bygger på det:** [Prov](/a.md), [Prov](/b.md){UNSEARCHED}"
    )


def test_a_change_of_an_act_concerns_the_pages_of_each_paragraph_once(render):
    text = render({"x": change("beslutat", affects=["lagen"])}, a="T.[@lagen-1, @lagen-2]\n")
    assert text.count("(/a.md)") == 1


@pytest.mark.parametrize(("count", "folded"), [(10, False), (11, True)])
def test_many_pages_open_at_a_touch(render, count, folded):
    pages = {f"p{chr(97 + number)}": "Text.[@lagen-1]\n" for number in range(count)}
    text = render({"x": change("beslutat")}, **pages)
    assert text.count("[Prov](/p") == count
    assert (f"<summary>{count} av sidorna som bygger på det</summary>" in text) is folded
    assert ("- **Bland annat de här sidorna bygger på det:**" in text) is not folded


def test_a_change_without_a_day_or_pages_says_so(render):
    text = render({"x": change("foreslaget", sources=[])})
    assert "- **Datum:** inte känt\n" in text
    assert "Sidor" not in text and text.endswith("Vi har läst.")


def test_the_surest_first_then_the_earliest_and_what_has_no_day_last(render):
    text = render(
        {
            "f": change("foreslaget", "2026-01-01"),
            "o": change("oklart", "2027-01-01"),
            "ingen": change("beslutat"),
            "sen": change("beslutat", "2027-07-01"),
            "tidig": change("beslutat", dt.date(2027, 1, 1)),
        }
    )
    ids = [part.split("}")[0] for part in text.split("{#")[1:]]
    assert ids == ["beslutat", "tidig", "sen", "ingen", "oklart", "o", "foreslaget", "f"]
    assert "## Troligen beslutat, men vi har inte sett beslutet {#oklart}" in text
    assert "## Bara föreslaget {#foreslaget}" in text
    assert "## " not in render({})
