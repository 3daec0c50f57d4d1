from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import acts, registers, sources
from scripts.core.findings import UNUSED
from tests.conftest import found, page_with

check_docs = partial(found, acts.check)
HOLE = "Gräv hålet en spade djupt innan solen går ner."
HEDGE = "Håll häcken så låg att grannens land har sol hela dagen."
MORE = "Häckar växer."
REGISTER = {
    "gates": {"ledning": {"text": "Går en ledning här?"}},
    "acts": {"grav": {"do": HOLE, "gates": ["ledning"], "rules": ["hack"]}},
}
FILES = {
    "regler.md": page_with(
        "kind: regel\n", f"## Häckar {{#hack}}\n\n{HEDGE} {MORE}\n\n- Utom vinbär.\n"
    ),
    "b.md": "[[handlingar: grav]]\n",
    "_data/acts.yml": REGISTER,
}


def told(docs, **files) -> list[tuple[str, str, str]]:
    made = {name.replace("__", "/") + ".md": text for name, text in files.items()}
    return [(f"{f.path}:{f.line}", f.rule, f.message) for f in check_docs(docs({**FILES, **made}))]


def test_a_rule_word_for_word_is_told_with_the_macro_that_draws_it(docs):
    ((place, rule, message),) = told(docs, a=f"Text.\n\nMer. {HEDGE}\n")
    assert (place, rule) == ("docs/a.md:13", "typed-by-hand")
    assert 'regeln "hack". Skriv [[regel: hack]]' in message


@pytest.mark.parametrize(
    "text",
    [
        HEDGE.replace("har sol", "får sol"),  # a sentence of its own
        MORE,  # anybody's: the rule says it, too
        HOLE,  # an act is no rule
        "[[regel: hack]]",
    ],
)
def test_another_sentence_is_not_told(docs, text):
    assert told(docs, a=f"{text}\n") == []


def test_a_row_that_says_nothing_and_what_nothing_shows(docs):
    rows = [{"id": "a", "act": "grav"}, {"id": "b", "gate": "ledning"}, {"id": "c", "who": "Du"}]
    lista = {"_data/checklists/l.yml": {"groups": [{"rows": rows}]}}
    alone = {**FILES, "b.md": "", "a.md": "[[checklista: l]]\n"}
    (empty,) = check_docs(docs({**alone, **lista}))
    assert (str(empty.path), empty.rule) == ("docs/_data/checklists/l.yml", "missing-field")
    assert empty.message == 'raden "c" säger inget. Skriv act, gate eller text.'
    text = (docs({}) / "_data/checklists/l.yml").read_text().split("\n")
    assert "id: c" in text[empty.line - 1]

    unused = check_docs(
        docs({"a.md": "", "_data/checklists/l.yml": {"groups": [{"rows": [{"text": "T"}]}]}})
    )
    assert {(f.target, f.severity) for f in unused} == {("grav", UNUSED), ("ledning", UNUSED)}


@pytest.mark.parametrize(
    ("body", "rule", "words"),
    [
        ("Kort.", "duplicate-id", "står också på /regler.md#hack. Ge den nya ett eget id."),
        ("- Bara undantag.", "bad-rule", "ska börja med ett kort stycke"),
        ("", "bad-rule", "ska börja med ett kort stycke"),
    ],
)
def test_a_rule_stands_once_and_begins_with_what_others_say_of_it(docs, body, rule, words):
    key = "hack" if rule == "duplicate-id" else "tom"
    front = page_with(
        "kind: regel\n", f"## Ny {{#{key}}}\n\n{body}\n\n## Sedan {{#sedan}}\n\nMer.\n"
    )
    ((place, name, message),) = told(docs, s=front)
    assert (place, name) == ("docs/s.md:12", rule) and words in message


def test_an_act_a_gate_or_a_rule_that_is_not_there_is_told_on_its_line(docs):
    (slip,) = found(
        registers.check,
        docs({**FILES, "a.md": page_with("answered: [ledningen]\nsearches:\n  topp: ledningen\n")}),
    )
    assert (str(slip.path), slip.line, slip.rule) == ("docs/a.md", 8, "unknown-gate")
    assert slip.message.endswith('Menade du "ledning"?')
    body = "[[handlingar: grav,graav]]\n\n[[regel: häck]]\n"
    first, second = found(sources.check, docs({**FILES, "a.md": body}))
    assert (first.line, second.line) == (11, 13)
    assert '"graav" finns inte' in first.message and 'Menade du "grav"?' in first.message
    assert 'Menade du "hack"?' in second.message
