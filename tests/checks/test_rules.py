from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import rules
from scripts.content.content import Content
from tests.conftest import found, page_with

check_docs = partial(found, rules.check)
HEDGE = "Håll häcken så låg att grannens land har sol hela dagen."
MORE = "Häckar växer."
FILES = {
    "regler.md": page_with(
        "kind: regel\n", f"## Häckar {{#hack}}\n\n{HEDGE} {MORE}\n\n- Utom vinbär.\n"
    ),
}


def told(docs, **files) -> list[tuple[str, str, str]]:
    made = {name.replace("__", "/") + ".md": text for name, text in files.items()}
    return [(f"{f.path}:{f.line}", f.rule, f.message) for f in check_docs(docs({**FILES, **made}))]


def test_rule_repeated_word_for_word_is_reported(docs):
    ((place, rule, message),) = told(docs, a=f"Text.\n\nMer. {HEDGE}\n")
    assert (place, rule) == ("docs/a.md:13", "typed-by-hand")
    assert 'regeln "hack". Länka dit: [ord](/regler.md#hack)' in message


@pytest.mark.parametrize(
    "text",
    [
        HEDGE.replace("har sol", "får sol"),  # a sentence of its own
        MORE,  # anybody's: the rule says it, too
    ],
)
def test_rule_in_other_words_has_no_finding(docs, text):
    assert told(docs, a=f"{text}\n") == []


@pytest.mark.parametrize(
    ("body", "rule", "words"),
    [
        ("Kort.", "duplicate-id", "står också på /regler.md#hack. Ge den nya ett eget id."),
        ("- Bara undantag.", "bad-rule", "ska börja med ett kort stycke"),
        ("", "bad-rule", "ska börja med ett kort stycke"),
    ],
)
def test_rule_duplicate_or_without_paragraph_is_reported(docs, body, rule, words):
    key = "hack" if rule == "duplicate-id" else "tom"
    front = page_with(
        "kind: regel\n", f"## Ny {{#{key}}}\n\n{body}\n\n## Sedan {{#sedan}}\n\nMer.\n"
    )
    ((place, name, message),) = told(docs, s=front)
    assert (place, name) == ("docs/s.md:12", rule) and words in message


def test_rule_summary_is_first_paragraph(docs):
    content = Content.read(docs({**FILES, "b.md": "## S {#s}\n\nIngen regel.\n"}))
    (rule,) = content.rules.values()
    assert (rule.key, rule.title, rule.link) == ("hack", "Häckar", "/regler.md#hack")
    assert rule.summary == f"{HEDGE} {MORE}"
