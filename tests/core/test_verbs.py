"""Sentences with a finite verb and without one, on a site that has few words of its own."""

from __future__ import annotations

import pytest

from scripts.core.verbs import has_finite_verb

SITE = {
    "gallra",
    "gallrar",
    "ringa",
    "ringer",
    "regler",
    "platsen",
    "plats",
    "dagen",
    "dagar",
    "bo",
    "bor",
    "väntas",
    "klippa",
}


@pytest.mark.parametrize(
    "sentence",
    [
        "Gallra raden",  # imperatives: in -a, by its infinitive, and common ones
        "Klipp häcken",
        "Ring nu",
        "Hen gallrar raden",  # the present, by the infinitive
        "Hen ringer dit",
        "Var bor hen",
        "Raden gallrades igår",  # the past, and the passive
        "Hen ringde",
        "Raden gallras",
        "Det är kallt",
        "Vi fick svar",
    ],
)
def test_has_finite_verb_in_a_whole_sentence(sentence):
    assert has_finite_verb(sentence.split(), SITE)


@pytest.mark.parametrize(
    "sentence",
    [
        "Plats före ansökan",
        "Alla regler",
        "Tre dagar",
        "Helst genom jurist",
        "Boende eller pengar",
        "Inte vinbär",
        "",
    ],
)
def test_has_finite_verb_not_in_a_fragment(sentence):
    assert not has_finite_verb(sentence.split(), SITE)
