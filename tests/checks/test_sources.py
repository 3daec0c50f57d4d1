from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import registers, sources
from tests.conftest import found, staged
from tests.examples import statute

check_docs = partial(found, staged(registers.check, sources.check))


SOURCE = """\
{key}:
  title: Lagen
  publisher: Riksdagen
  url: https://example.se/{key}
  kind: lag
  as_of: "2026-02"
  read_on: "2026-02"
  certainty: saker
"""
GOOD = SOURCE.format(key="lagen")
CONTACT = "{key}: {{name: SOS, group: [akut], for_whom: Alla, what_happens: Svar, source: {source}, certainty: saker}}\n"
PAGE_TEXT = "Text.[@lagen]\n"
# Two acts with the same places, so that a line in the wrong one shows.
ACT = SOURCE.replace("title: Lagen", "title: Lag {key}") + "  name: lag {key}\n  sfs: '{sfs}'\n"
ACTS = ACT.format(key="aaa", sfs="2001:1") + ACT.format(key="bbb", sfs="2002:2")
ACTS_LAW = (("a", "2001:1"), ("b", "2002:2"))
LAW = {f"_data/law/{name}.md": statute(sfs, "5-15", "6") for name, sfs in ACTS_LAW}
CITES = "Text.[@aaa-5-15, @aaa-6, @bbb-5-15, @bbb-6]\n"
# Fault → (what is changed in the second act, into what, its file and line, rule, words)
ACT_FAULTS = {
    "no name": ("  name: lag bbb\n", "", "sources.yml:11", "missing-field", '"bbb": fältet "name" saknas för författningen.'),
    "same act twice": ("https://example.se/bbb", "https://example.se/aaa", "sources.yml:11", "same-url", '"bbb": samma adress som "aaa". Behåll en.'),
    "no wording": ("  sfs: '2002:2'\n", "  sfs: '2002:2'\n  paragraphs: {'8': {as_of: '2026'}}\n", "sources.yml:11", "bad-paragraph", '"bbb": paragrafen 8 står inte i docs/_data/law/.'),
    "no number": ("- **SFS-nummer:** 2002:2\n", "Lag.\n", "law/b.md:1", "bad-law", 'filen ska ha raden "- **SFS-nummer:** 2005:716" och rubriker'),
    "no paragraph": ("###", "####", "law/b.md:1", "bad-law", 'filen ska ha raden "- **SFS-nummer:** 2005:716" och rubriker'),
    "no source": ("- **SFS-nummer:** 2002:2", "- **SFS-nummer:** 2003:3", "law/b.md:1", "bad-law", "ingen källa i sources.yml har sfs: 2003:3."),
    "two files": ("- **SFS-nummer:** 2002:2", "- **SFS-nummer:** 2001:1", "law/b.md:1", "bad-law", 'SFS 2001:1 står också i "a.md".'),
    "unused paragraph": ("### 6 §", "### 7 §\n\nOrd.\n\n### 6 §", "law/b.md:7", "unused-source", 'källan "bbb-7" används inte.'),
}  # fmt: skip

# Fault → (files besides the good ones, where, the rule).
FAULTS = {
    "unknown second source": ({"a.md": "Text.[@lagen, @x]\n"}, "docs/a.md:11", "unknown-source"),
    "unknown source link": ({"a.md": PAGE_TEXT + "[x](kalla:x)\n"}, "docs/a.md:12", "unknown-source"),
    "raw address in a link": ({"a.md": PAGE_TEXT + "[x](http://a.se)\n"}, "docs/a.md:12", "raw-url"),
    "bare www": ({"a.md": PAGE_TEXT + "Se www.polisen.se.\n"}, "docs/a.md:12", "raw-url"),
    "macro without its key": ({"a.md": PAGE_TEXT + "[[osakert]]\n"}, "docs/a.md:12", "unknown-macro"),
    "unused source": (
        {"_data/sources.yml": GOOD + SOURCE.format(key="annan")},
        "docs/_data/sources.yml:9",
        "unused-source",
    ),
    "glossary's source": ({"_data/glossary.yml": "a: {term: A, text: 'B.[@x]'}\n"}, "docs/_data/glossary.yml:1", "unknown-source"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_source_fault_has_its_place(docs, name):
    files, place, rule = FAULTS[name]
    found = list(check_docs(docs({"_data/sources.yml": GOOD, "a.md": PAGE_TEXT, **files})))
    assert [(f"{f.path}:{f.line}", f.rule) for f in found] == [(place, rule)], found


@pytest.mark.parametrize("name", ACT_FAULTS)
def test_statute_fault_has_its_place(docs, name):
    old, new, place, rule, words = ACT_FAULTS[name]
    files = {"_data/sources.yml": ACTS, **LAW}
    changed = "_data/sources.yml" if place.startswith("sources") else "_data/law/b.md"
    before, mark, after = files[changed].rpartition("bbb:\n")
    assert old in after
    files["a.md"] = "Text.[@aaa-5-15, @aaa-6, @bbb]\n" if "SFS" in old else CITES
    found = check_docs(docs({**files, changed: before + mark + after.replace(old, new)}))
    assert [(f"{f.path}:{f.line}", f.rule) for f in found] == [(f"docs/_data/{place}", rule)], found
    assert found[0].message.startswith(words)


def test_statute_in_two_files_is_reported_once(docs):
    law = {**LAW, "_data/law/b.md": statute("2001:1", "7")}
    found = check_docs(docs({"_data/sources.yml": ACTS, **law, "a.md": "Text.[@aaa-7, @bbb]\n"}))
    assert [(f.path.name, f.rule) for f in found] == [("b.md", "bad-law")]


def test_statutes_right_have_no_finding(docs):
    assert list(check_docs(docs({"_data/sources.yml": ACTS, **LAW, "a.md": CITES}))) == []


def test_source_cited_by_register_has_no_finding(docs):
    contacts = CONTACT.format(key="sos", source="lagen")
    folder = docs({"_data/sources.yml": GOOD, "_data/contacts.yml": contacts, "a.md": "Text.\n"})
    assert list(check_docs(folder)) == []


def test_source_cited_by_figure_has_no_finding(docs):
    figures = "prov: {kind: steg, title: 'T.[@annan]', description: D, parts: [{title: P, steps: [{when: N, title: T, words: W}]}]}\n"
    files = {"a.md": PAGE_TEXT, "_data/sources.yml": GOOD + SOURCE.format(key="annan")}
    assert list(check_docs(docs({**files, "_data/figures.yml": figures}))) == []


@pytest.mark.parametrize(
    ("as_of", "read_on", "right"),
    [
        ("2026-04", "2026-04-27", True),
        ("2026-04-28", "2026-04-27", False),
        ("2027", "2026-04", False),
        ("2026-04-28", "2026-04", True),
    ],
)
def test_source_newer_than_its_reading_is_reported(docs, as_of, read_on, right):
    source = GOOD.replace('as_of: "2026-02"', f'as_of: "{as_of}"')
    source = source.replace('read_on: "2026-02"', f'read_on: "{read_on}"')
    wrong = check_docs(docs({"a.md": PAGE_TEXT, "_data/sources.yml": source}))
    assert [(f.line, f.rule) for f in wrong] == ([] if right else [(1, "bad-date")])
