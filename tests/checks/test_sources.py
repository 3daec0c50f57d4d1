from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import registers, sources
from tests.conftest import found, staged

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
LISTA = (
    "title: L\nversion: '2026-11-24'\nsheets: 1\ngroups:\n  - id: nu\n    title: Nu\n    rows:\n"
)
ROW = "      - id: {id}\n        text: T\n        applies: [{applies}]\n{more}"
CONTACT = "{key}: {{name: SOS, group: [akut], for_whom: Alla, what_happens: Svar, source: {source}, certainty: saker}}\n"
PAGE_TEXT = "Text.[@lagen]\n"
# Two acts with the same places, so that a line in the wrong one shows.
ACT = (
    SOURCE.replace("title: Lagen", "title: Lag {key}")
    + "  name: lag {key}\n  sfs: '{sfs}'\n  paragraphs:\n"
)
PARAGRAPH = "    {place}: {{amended_by: '{number}', in_force: okant}}\n"
ACTS = "".join(
    ACT.format(key=key, sfs=sfs) + PARAGRAPH.format(place="5-15", number=number) + PARAGRAPH.format(place="'6'", number=number)
    for key, sfs, number in (("aaa", "2001:1", "2011:11"), ("bbb", "2002:2", "2012:12"))
)  # fmt: skip
CITES = "Text.[@aaa-5-15, @aaa-6, @bbb-5-15, @bbb-6]\n"
# Fault → (what is changed in the second act, into what, line, rule, words)
ACT_FAULTS = {
    "no number": ("  sfs: '2002:2'\n", "", 14, "missing-field", '"bbb": fältet "sfs" saknas för författningen.'),
    "no name": ("  name: lag bbb\n", "", 14, "missing-field", '"bbb": fältet "name" saknas för författningen.'),
    "same act twice": ("https://example.se/bbb", "https://example.se/aaa", 14, "same-url", '"bbb": samma adress som "aaa". Behåll en.'),
    "place in words": ("    '6': {amended_by: '2012:12'", "    '6': {amended_by: '2012:12', in_force: okant}\n    5 kap. 16 §: {amended_by: '2012:12'", 27, "bad-paragraph", '"bbb-5 kap. 16 §": skriv paragrafen som "5-15d:'),
    "unused paragraph": ("    '6': {amended_by: '2012:12'", "    '6': {amended_by: '2012:12', in_force: okant}\n    5-16: {amended_by: '2012:12'", 27, "unused-source", 'källan "bbb-5-16" används inte.'),
}  # fmt: skip

# Fault → (files besides the good ones, where, the rule).
FAULTS = {
    "unknown second source": ({"a.md": "Text.[@lagen, @x]\n"}, "docs/a.md:11", "unknown-source"),
    "unknown source link": ({"a.md": PAGE_TEXT + "[x](kalla:x)\n"}, "docs/a.md:12", "unknown-source"),
    "raw address in a link": ({"a.md": PAGE_TEXT + "[x](http://a.se)\n"}, "docs/a.md:12", "raw-url"),
    "raw address without scheme": ({"a.md": PAGE_TEXT + "[x](//a.se/b)\n"}, "docs/a.md:12", "raw-url"),
    "bare www": ({"a.md": PAGE_TEXT + "Se www.polisen.se.\n"}, "docs/a.md:12", "raw-url"),
    "macro without its key": ({"a.md": PAGE_TEXT + "[[osakert]]\n"}, "docs/a.md:12", "unknown-macro"),
    "unknown list": ({"a.md": PAGE_TEXT + "[[checklista: x]]\n"}, "docs/a.md:12", "unknown-macro"),
    "unknown figure": ({"a.md": PAGE_TEXT + "[[figur: x]]\n"}, "docs/a.md:12", "unknown-macro"),
    "unknown group": ({"a.md": PAGE_TEXT + "[[kontakter: x]]\n"}, "docs/a.md:12", "unknown-macro"),
    "unused source": (
        {"_data/sources.yml": GOOD + SOURCE.format(key="annan")},
        "docs/_data/sources.yml:9",
        "unused-source",
    ),
    "glossary's source": ({"_data/glossary.yml": "a: {term: A, text: 'B.[@x]'}\n"}, "docs/_data/glossary.yml:1", "unknown-source"),
    "box of no group": ({"_data/checklists/l.yml": LISTA + ROW.format(id='a', applies='barn', more=''), "a.md": PAGE_TEXT + "[[checklista-ruta: l/x]]\n"}, "docs/a.md:12", "unknown-macro"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_gives_one_finding_with_its_place(docs, name):
    files, place, rule = FAULTS[name]
    found = list(check_docs(docs({"_data/sources.yml": GOOD, "a.md": PAGE_TEXT, **files})))
    assert [(f"{f.path}:{f.line}", f.rule) for f in found] == [(place, rule)], found


@pytest.mark.parametrize("name", ACT_FAULTS)
def test_each_fault_in_an_act_gives_one_finding_on_its_own_line(docs, name):
    old, new, line, rule, words = ACT_FAULTS[name]
    before, after = ACTS[: ACTS.index("bbb:\n")], ACTS[ACTS.index("bbb:\n") :]
    assert old in after
    cites = CITES + ("Mer.[@bbb-8]\n" if "    '8': {" in new else "")
    found = list(
        check_docs(docs({"_data/sources.yml": before + after.replace(old, new), "a.md": cites}))
    )
    assert [(f"{f.path}:{f.line}", f.rule) for f in found] == [
        (f"docs/_data/sources.yml:{line}", rule)
    ], found
    assert found[0].message.startswith(words)


def test_acts_without_faults_are_clean_and_used_by_their_paragraphs(docs):
    assert list(check_docs(docs({"_data/sources.yml": ACTS, "a.md": CITES}))) == []


def test_paragraphs_that_are_no_rows_are_told_of_once(docs):
    text = ACTS + ACT.format(key="ccc", sfs="2003:3") + "    - 5-15\n"
    found = list(check_docs(docs({"_data/sources.yml": text, "a.md": CITES + "[@ccc]\n"})))
    assert [(f.line, f.rule) for f in found] == [(37, "bad-field")]


def test_a_source_used_only_by_a_register_is_used(docs):
    contacts = CONTACT.format(key="sos", source="lagen")
    folder = docs({"_data/sources.yml": GOOD, "_data/contacts.yml": contacts, "a.md": "Text.\n"})
    assert list(check_docs(folder)) == []


def test_what_a_figure_cites_is_used(docs):
    figures = "prov: {kind: steg, title: 'T.[@annan]', description: D, parts: [{title: P, steps: [{when: N, title: T, words: W}]}]}\n"
    files = {"a.md": PAGE_TEXT, "_data/sources.yml": GOOD + SOURCE.format(key="annan")}
    assert list(check_docs(docs({**files, "_data/figures.yml": figures}))) == []
