from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import language
from scripts.checks.language import check_style, untranslated
from scripts.content.content import Content
from tests.conftest import PAGE, found

check_docs = partial(found, language.check)

WORDS = """\
always:
  erfordra:
    pattern: erfordra\\w*
    use: kräva
    why: kanslisvenska
  i enlighet med:
    use: enligt
    why: kanslisvenska
    mentioned_on: [om/handbok.md]
unless:
  offer:
    use: den utsatta
    why: en människa är mer
    unless: det är lagens ord
abbreviations:
  EU: kända av alla
avoid:
  timmar: {pattern: "inom 24 timmar", message: lagen säger genast., unless: tidningen, pages: [om/handbok.md]}
"""
GLOSSARY = "lvu: {term: lagen om vård av unga, abbr: LVU, text: En lag.}\n"
LONG = "Ord" + " ord" * 29

# Fault → (files besides the good ones, where, the rule). A page's text begins on line 11.
ERRORS = {
    "word": ({"a.md": "Bra.\nDet I enlighet med lagen.\n"}, "docs/a.md:12", "word-always"),
    "inflected word": ({"a.md": "Det erfordras.\n"}, "docs/a.md:11", "word-always"),
    "word over a line break": ({"a.md": "Ett.\nTvå i enlighet\nmed lag.\n"}, "docs/a.md:12", "word-always"),
    "word in the description": ({"a.md": PAGE.replace("En sida", "Vad som erfordras")}, "docs/a.md:3", "word-always"),
    "word in a question": ({"_data/questions.yml": {"a": {"text": "Bra.\nDet erfordras."}}}, "docs/_data/questions.yml", "word-always"),
    "abbreviation": ({"a.md": "Bra.\nRing OSL i dag.\nOSL igen.\n"}, "docs/a.md:12", "undefined-abbreviation"),
    "abbreviation with small letters": ({"a.md": "Läs UtlL.\n"}, "docs/a.md:11", "undefined-abbreviation"),
    "abbreviation in the genitive": ({"a.md": "Läs OSL:s regler.\n"}, "docs/a.md:11", "undefined-abbreviation"),
    "abbreviation in a compound": ({"a.md": "Ett HVB-hem.\n"}, "docs/a.md:11", "undefined-abbreviation"),
    "abbreviation explained on another page": ({"a.md": "Ring OSL.\n", "b.md": "Lagen (OSL) gäller.\n"}, "docs/a.md:11", "undefined-abbreviation"),
}  # fmt: skip

CLEAN = {
    "plain": "Nämnden ansöker. Ring 112.\n",
    "word inside another": "Brottsoffer och erfor.\n",
    "known": "EU:s regler och LVU gäller.\n",
    "explained in brackets": "Lagen om sekretess (OSL) gäller. OSL är stark.\n",
    "explained after": "OSL (lagen om sekretess) gäller.\n",
    "explained in the sentence": "WCAG är en standard.\n",
    "explained further down": "Ring OSL.\n\nLagen om sekretess (OSL) gäller.\n",
    "document's number": "Läs 2025/26:SfU35 och C-66/21.\n",
    "code": "Skriv `OSL` och `erfordras`.\n",
    "macro and citation": "Text.[@osl-10-2]\n\n[[osakert:OSL]]\n",
}

WARNINGS = {
    "word": ("Ett offer.\n", 11, "word-unless"),
    "sentence of 31 words": (f"Bra.\n{LONG} ett.\n", 12, "long-sentence"),
}


def make(docs, files):
    return docs(
        {"om/handbok.md": "", "_data/words.yml": WORDS, "_data/glossary.yml": GLOSSARY, **files}
    )


@pytest.mark.parametrize("name", ERRORS)
def test_language_error_has_its_place(docs, name):
    files, place, rule = ERRORS[name]
    found = list(check_docs(make(docs, files)))
    assert [f.rule for f in found] == [rule], found
    assert f"{found[0].path}:{found[0].line}".startswith(place)


@pytest.mark.parametrize("name", CLEAN)
def test_language_right_text_has_no_finding(docs, name):
    assert list(check_docs(make(docs, {"a.md": CLEAN[name]}))) == []


@pytest.mark.parametrize("name", WARNINGS)
def test_language_warning_has_its_line(docs, name):
    text, line, rule = WARNINGS[name]
    folder = make(docs, {"a.md": text})
    assert list(check_docs(folder)) == []
    found = [f for f in check_style(Content.read(folder)) if str(f.path) == "docs/a.md"]
    assert [(f.line, f.rule) for f in found] == [(line, rule)], found


def test_sentence_of_30_words_has_no_warning(docs):
    assert list(check_style(Content.read(make(docs, {"a.md": LONG + "\n"})))) == []


def test_word_message_has_replacement_and_exception(docs):
    folder = make(docs, {"a.md": "Det erfordras ett offer.\n"})
    (error,), (warning,) = check_docs(folder), check_style(Content.read(folder))
    assert error.message == '"erfordras": kanslisvenska. I stället: kräva.'
    assert warning.message.endswith("I stället: den utsatta, utom när det är lagens ord.")


def test_word_on_page_that_mentions_it_has_no_finding(docs):
    folder = make(docs, {"om/handbok.md": "| i enlighet med |\n"})
    assert list(check_docs(folder)) == []


def test_language_of_keywords_and_foreign_pages_is_unchecked(docs):
    english = PAGE.replace("title:", "lang: en\ntitle:") + "OSL erfordras.\n"
    swedish = PAGE.replace("keywords: []", "keywords: [OSL, erfordras]")
    folder = make(docs, {"en.md": english, "sv.md": swedish})
    assert list(check_docs(folder)) == []


@pytest.mark.parametrize(
    ("page", "text", "told"),
    [
        ("a.md", "Bra.\nGör det inom 24 timmar.\n", [12]),
        ("a.md", "Bra. I tidningen stod inom 24 timmar.\n", []),
        ("om/handbok.md", "Gör det inom 24 timmar.\n", []),
    ],
)
def test_avoided_phrase_is_reported_except_where_allowed(docs, page, text, told):
    found = [f for f in check_docs(make(docs, {page: text})) if f.rule == "avoid"]
    assert [f.line for f in found] == told


def test_untranslated_macro_on_foreign_page_is_noted(docs):
    pages = {
        f"{lang}.md": PAGE.replace("title:", f"lang: {lang}\ntitle:") + "[[adress:a/]]\n[[lan]]\n"
        for lang in ("en", "de")
    }
    notes = list(untranslated(Content.read(make(docs, pages))))
    assert [(str(note.path), note.line) for note in notes] == [
        ("docs/de.md", 1),
        ("docs/en.md", 13),
    ]
    assert "[[lan]]" in notes[1].message and {note.severity for note in notes} == {"note"}
