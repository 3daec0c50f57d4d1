"""The steps of a page: their headings, how they begin, whole sentences, and the law behind them."""

from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import procedure
from tests.conftest import found, page_with

check_docs = partial(found, procedure.check)
SITUATION = {"question": "Är det kallt?", "then": "Vänta.", "page": "/b.md"}


def page(step: str, heading: str = "Gräv djupt") -> str:
    return page_with(
        "kind: gör\n", f"## Gör så här {{#gor-sa-har}}\n\n### {heading} {{#grav}}\n\n{step}\n"
    )


def told(docs, body: str, **more) -> list[tuple[int, str]]:
    files = {"a.md": body, "_data/sources.yml": {"bok": {}}, **more}
    return [(f.line, f.rule) for f in check_docs(docs(files))]


def test_a_step_as_it_should_be(docs):
    assert told(docs, page("Gräv en spade djupt.[@bok]")) == []


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Gräver du nu?", "Gräv.[@bok]"),
        ("Gräv ett hål som är en spade djupt här", "Gräv.[@bok]"),
        ("Om det fryser", "Gräv.[@bok]"),
        *(("Gräv", f"{word} det går, gräv.[@bok]") for word in procedure.FORBIDDEN_FIRST_WORDS),
    ],
)
def test_a_heading_that_nobody_reads_and_an_exception_first_are_told(docs, heading, text):
    assert told(docs, page(text, heading)) == [(14, "bad-step")]


@pytest.mark.parametrize("text", ["Omgivningen är blöt.[@bok]", "Ärten vill ha sol.[@bok]"])
def test_a_word_that_only_begins_so_is_another(docs, text):
    assert told(docs, page(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Plats före ansökan, utom vid nattens steg.",
        "Helst genom jurist.",
        "Gräv nu. Till nämnden inom en vecka.",
        "Boende eller pengar?",
    ],
)
def test_a_sentence_without_a_verb_is_told(docs, text):
    assert told(docs, page(f"{text}[@bok]")) == [(16, "no-verb")]


@pytest.mark.parametrize(
    "text",
    [
        "Gräv en spade djupt.",
        "Barnet har rätt till det.",
        "Personen väntade.",
        "Kratta gången.",  # beside "krattar" below: an imperative
        "[Regeln om hål](b.md).",  # names what it leads to
        "Gräv så här. [Regeln om hål](b.md).",
        "- En spade\n- Vatten",  # what is listed needs no verb
        "| Redskap | Pris |\n|---|---|\n| Spade | Dyr |",
    ],
)
def test_a_whole_sentence_a_link_and_a_list_are_not(docs, text):
    assert told(docs, page(f"{text}\n\nDu kan kratta, och hen krattar.[@bok]")) == []


def test_a_question_and_what_follows_have_a_verb_too(docs):
    rows = {
        "q": {**SITUATION, "question": "Boende eller pengar?"},
        "r": {**SITUATION, "then": "Helst till jurist."},
    }
    own = "## Först {#forst}\n\n[[forst:q,r]]\n\n- Nattens steg? Vänta där. [Vila](#grav)\n"
    where = told(docs, own, **{"_data/situations.yml": rows})
    assert where == [(2, "no-verb"), (7, "no-verb"), (15, "no-verb")]


def test_an_editor_may_allow_a_fragment_or_name_a_verb(docs):
    body = page("Helst genom jurist. Hen beskär busken.[@bok]")
    assert told(docs, body) == [(16, "no-verb")] * 2
    words = {"_data/words.yml": {"fragments": ["Helst genom jurist."], "verbs": ["beskär"]}}
    assert told(docs, body, **words) == []


def test_another_page_and_another_language_are_not_judged(docs):
    assert told(docs, "## Tider {#tider}\n\nHelst genom jurist.\n") == []
    assert (
        told(docs, page("Better by lawyer.[@bok]").replace("kind: gör", "kind: gör\nlang: en"))
        == []
    )


def test_a_page_to_act_by_without_any_law_is_a_note(docs):
    (note,) = check_docs(docs({"a.md": page("Gräv djupt.")}))
    assert (note.line, note.rule, note.severity) == (14, "untied-steps", "note")
    assert told(docs, page("Gräv djupt.").replace("kind: gör\n", "")) == []
