from __future__ import annotations

import re
import shutil
from functools import partial
from pathlib import Path, PurePosixPath

import pytest

from scripts.checks import facts as facts_check
from scripts.checks import registers
from scripts.checks.fact_register import Facts
from scripts.checks.fact_sentences import page_sentences
from scripts.checks.facts import check_text
from scripts.content.content import Content
from scripts.content.page import Page
from scripts.content.records import Front
from tests.conftest import found as content_found
from tests.conftest import staged
from tests.examples import record

check_docs = partial(content_found, facts_check.check)

FIRST = 5  # the line where a body begins


def found(facts: Facts, body: str, path: str = "a.md"):
    page = Page(PurePosixPath(path), record(Front), body, FIRST)
    return list(check_text(facts, PurePosixPath(path), page_sentences(page), {}))


# Fault → (a page's body, line in the file, rule, words in the message).
PLANTED = {
    # phone numbers
    "wrong phone": ("Ring 020-390 001 för råd.\n", 5, "unregistered-fact", "finns inte i contacts.yml. Rätta"),
    "unregistered phone": ("Numret är 08-123 456 78.\n", 5, "unregistered-fact", "finns inte i contacts.yml. Rätta"),
    "foreign prefix": ("Numret är +46 20 390 001.\n", 5, "unregistered-fact", "finns inte i contacts.yml. Rätta"),
    "wrong emergency number": ("Ring 911 vid fara.\n", 5, "unregistered-fact", "finns inte i contacts.yml. Rätta"),
    "wrong police number": ("Polisen svarar på 114 15.\n", 5, "unregistered-fact", "finns inte i contacts.yml. Rätta"),
    "phone spelled another way": ("Ring 020-3900 00 för råd.\n", 5, "wrong-spelling", "020-390 000"),
    "number that may not be shown": ("Ring 020-52 10 10.\n", 5, "avoid", "Länka till organisationens sida"),
    "professionals' line in an emergency": ("Vid akut fara ringer du 020-390 000.\n", 5, "avoid", "112"),
    "professionals' line to the exploited": ("Den utsatta kan själv ringa 020-390 000.\n", 5, "avoid", "yrkesverksamma"),
    # forms and addresses
    "wrong form": ("Fyll i blankett 195012.\n", 5, "unregistered-fact", "finns inte i facts.yml. Rätta"),
    "wrong form, spaced": ("Fyll i 195 012.\n", 5, "unregistered-fact", "finns inte i facts.yml. Rätta"),
    "the leader's form for the board": ("Nämnden fyller i 194011.\n", 5, "avoid", "195011"),
    "wrong region's form": ("Regionen söker på blankett 4523.\n", 5, "unregistered-fact", "finns inte i facts.yml. Rätta"),
    "wrong e-mail": ("Skicka till visa@migrationsverket.se.\n", 5, "unregistered-fact", "finns inte i facts.yml. Rätta"),
    # times
    "reflection period too long": ("Betänketiden är 45 dagar.\n", 5, "unregistered-fact", "30 dagar"),
    "another subject's time": ("Betänketid gäller i 14 dagar.\n", 5, "wrong-fact", "30 dagar"),
    "in words": ("Betänketid är trettiofem dagar.\n", 5, "unregistered-fact", "30 dagar"),
    "in a compound": ("Ett 60-dagarstillstånd.\n", 5, "unregistered-fact", "60-dagar"),
    "in English": ("The reflection period is four weeks.\n", 5, "wrong-fact", "30 dagar"),
    "first word of a sentence": ("Fem veckor är det.\n", 5, "unregistered-fact", "Fem veckor"),
    "appeal": ("Nämnden överklagar inom fyra veckor.\n", 5, "wrong-fact", "3 veckor"),
    "appeal, said by the heading": ("## Överklaga\n\nNi har fyra veckor.\n", 7, "wrong-fact", "3 veckor"),
    "last day": ("Planera för dag 45.\n", 5, "unregistered-fact", "dag 45"),
    "longer permit": ("Tillståndet gäller minst fyra månader.\n", 5, "wrong-fact", "6 månader"),
    "claim": ("Sök inom tre veckor från kvartalets slut.\n", 5, "wrong-fact", "6 månader"),
    "child's age": ("Ett barn är under 17 år.\n", 5, "unregistered-fact", "18 år"),
    "in a table": ("| Vad | När |\n|---|---|\n| Att utreda eller inte | 30 dagar |\n", 7, "wrong-fact", "14 dagar"),
    "over a line break": ("Det gäller i 35\ndagar.\n", 5, "unregistered-fact", "35 dagar"),
    "on a later line of a paragraph": ("Det gäller länge,\nmen inte i 35 dagar.\n", 6, "unregistered-fact", "35 dagar"),
    "in a heading": ("## I 35 dagar {#x}\n", 5, "unregistered-fact", "35 dagar"),
    "in a link": ("Se [de 35 dagarna](a.md#x-30).\n", 5, "unregistered-fact", "35 dagar"),
    "in an alt text": ("![Kalender med 35 dagar](a.png)\n", 5, "unregistered-fact", "35 dagar"),
    # law
    "wrong paragraph": ("Enligt 5 kap. 98 § utlänningslagen.\n", 5, "unregistered-fact", "sources.yml"),
    "short form": ("Enligt UtlL 5:98.\n", 5, "unregistered-fact", "sources.yml"),
    "another law's paragraph": ("Enligt 5 kap. 15 § socialtjänstlagen.\n", 5, "unregistered-fact", "socialtjänstlagen"),
    "law named earlier": ("Utlänningslagen gäller.\n\nSe 5 kap. 99 §.\n", 7, "unregistered-fact", "5 kap. 99 §"),
    "one of two": ("I 4 kap. 1 a och 1 c §§ brottsbalken.\n", 5, "unregistered-fact", "brottsbalken"),
    "English": ("See chapter 5, section 98 of the Aliens Act.\n", 5, "unregistered-fact", "sources.yml"),
    "wrong law number": ("Socialtjänstlagen (2025:401).\n", 5, "unregistered-fact", "2025:400"),
    "wrong inquiry": ("Läs SOU 2025:118.\n", 5, "unregistered-fact", "SOU 2025:119"),
    "wrong date": ("Nämnden har kunnat ansöka sedan 1 augusti 2023.\n", 5, "unregistered-fact", "1 augusti 2022"),
    "old support": ("Bistånd enligt 4 kap. 1 § SoL.\n", 5, "avoid", "11 kap. 1 §"),
    "old support, short": ("Bistånd enligt SoL 4:1.\n", 5, "avoid", "11 kap. 1 §"),
    "old victim support": ("Se 5 kap. 11 § socialtjänstlagen.\n", 5, "avoid", "13 kap. 1 §"),
    "old assessment": ("Se 11 kap. 1 a § socialtjänstlagen.\n", 5, "avoid", "20 kap. 1 §"),
    "old report": ("Anmäl enligt 14 kap. 1 §.\n", 5, "avoid", "19 kap. 1 §"),
    "old act": ("Socialtjänstlagen (2001:453) gäller.\n", 5, "avoid", "2025:400"),
    # words
    "old name of a crime": ("Köp av sexuell tjänst är ett brott.\n", 5, "avoid", "köp av sexuell handling"),
    "inner security": ("Hot mot ordning och inre säkerheten.\n", 5, "avoid", "allmän ordning och säkerhet"),
    "24 hours": ("Bedöm skyddet inom 24 timmar.\n", 5, "avoid", "genast"),
    "24 hours in words": ("Gör det inom tjugofyra timmar.\n", 5, "avoid", "genast"),
    "evidence": ("För att ansöka krävs bevis.\n", 5, "avoid", "anledning att anta"),
    "a deadline nobody set": ("Beslutet kommer inom tre dagar.\n", 5, "avoid", "ingen frist"),
    "old hotline": ("Ring länsstyrelsens hotline.\n", 5, "avoid", "NSPM"),
    # penalties, amounts, counts
    "penalty": ("Straffet är lägst två och högst åtta år.\n", 5, "unregistered-fact", "åtta år"),
    "another crime's penalty": ("| Människohandel | högst 4 år |\n", 5, "wrong-fact", "2–10 år"),
    "amount": ("Beloppet är 168 500 kronor.\n", 5, "unregistered-fact", "168 000 kronor"),
    "another school's amount": ("| Förskola | 168 000 kronor |\n", 5, "wrong-fact", "90 000 kronor"),
    "share": ("Av dem var 62 procent kvinnor.\n", 5, "unregistered-fact", "62 procent"),
    "count": ("Myndigheten fann 685 fall.\n", 5, "unregistered-fact", "684"),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_each_fault_gives_one_finding_with_its_line(facts, name):
    body, line, rule, words = PLANTED[name]
    findings = found(facts, body)
    assert [(f.line, f.rule) for f in findings] == [(line, rule)], findings
    assert words in findings[0].message


# What an editor may write.
ALLOWED = {
    "digits or words": "Betänketiden är 30 dagar, alltså trettio dagar.\n",
    "non-breaking space": "Betänketiden är 30\u00a0dagar.\n",
    "the longer permit beside it": "Efter betänketid kan tillståndet i minst sex månader sökas.\n",
    "both forms, told apart": "Nämnden tar 195011, inte 194011.\n",
    "not for emergencies": "Den är ingen akutlinje: 020-390 000. Ring 112 vid fara.\n",
    "the new act's own paragraph": "Yttersta ansvaret: 4 kap. 1 § socialtjänstlagen.\n",
    "a list of paragraphs": "Se 4 kap. 1 a och 1 b §§ brottsbalken.\n",
    "a law without its number": "Utlänningslagen gäller. Se 5 kap. 15 §.\n",
    "a chapter": "Se 4 kap. brottsbalken.\n",
    "no timing": "Bedöm skyddet genast. Lagen anger inget antal timmar.\n",
    "no evidence": "Det krävs inte att nämnden kan bevisa brottet.\n",
    "code": "Skriv `45 dagar` så här:\n\n```text\nRing 911.\n```\n",
    "addresses and ids": "## Rubrik {#dag-45}\n\nText.[@l2025-170] Se [sidan](a-45-dagar.md).\n",
    "numbered list": "10. Ring.\n11. Skriv.\n",
    "years": "Uppgiften är från 2023 och gäller 2024–2025.\n",
    "minutes": "Mötet tar 60 eller 20 minuter.\n",
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_right_gives_no_finding(facts, name):
    assert found(facts, ALLOWED[name]) == []


def test_the_table_of_old_paragraphs_is_allowed_on_its_page_only(facts):
    row = "| Orosanmälan | 14 kap. 1 § | 19 kap. 1 § socialtjänstlagen |\n"
    assert found(facts, row, "definitioner/lagen.md") == []
    assert [f.rule for f in found(facts, row)] == ["avoid"]


def test_a_value_with_pages_stays_on_them(facts):
    assert found(facts, "Kim är 34 år.\n", "diskutera/fall.md") == []
    (finding,) = found(facts, "Kim är 34 år.\n")
    assert (finding.rule, "diskutera/fall.md" in finding.message) == ("wrong-page", True)


SOURCES = """\
lagen:
  title: Lagen
  publisher: P
  url: https://example.se
  kind: lag
  certainty: saker
"""
RECORD = "  tid: {kind: tid, value: 30 dagar, source: lagen, as_of: '2026-02', certainty: saker}\n"
GOOD = {
    "_data/sources.yml": SOURCES,
    "_data/facts.yml": f"facts:\n{RECORD}",
    "a.md": "I 30 dagar.[@lagen]\n",
}

OTHER = SOURCES + SOURCES.replace("lagen:", "annan:")
ALIKE = RECORD + RECORD.replace("tid:", "lika:", 1).replace("lagen", "annan")


def test_of_facts_alike_a_paragraph_says_that_of_its_sources(docs):
    """One is changed, and the sentences about it are told; those about the other aren't."""
    page = "I 30 dagar.\nSå är det.[@lagen]\n\n- I 30 dagar.[@annan]\n\n| A | B |\n|---|---|\n| 30 dagar | [@lagen] |\n"
    folder = docs(
        {
            "_data/sources.yml": OTHER,
            "_data/facts.yml": f"facts:\n{ALIKE}",
            "a.md": page,
            "_data/glossary.yml": "a: {term: a, text: 'I 30 dagar.[@lagen]'}\nb: {term: b, text: 'I 30 dagar.[@annan]'}\n",
        }
    )
    assert list(check_docs(folder)) == []
    facts = folder / "_data/facts.yml"
    facts.write_text(facts.read_text("utf-8").replace("30", "45", 1), encoding="utf-8")
    told = [(f.path.name, f.line, f.rule) for f in check_docs(folder)]
    assert sorted(told) == [
        ("a.md", 11, "wrong-source"),
        ("a.md", 18, "wrong-source"),
        ("glossary.yml", 1, "wrong-source"),
    ]
    message = next(f.message for f in check_docs(folder))
    assert "Ur styckets källor kommer 45 dagar (tid)." in message and "[@annan]" in message


def test_what_no_source_of_the_paragraph_says_is_told_once(docs):
    page = "I 30 dagar.[@annan]\n"
    own = "  egen: {kind: tid, value: 30 dagar, own: x, pages: [b.md]}\n"
    files = {"_data/sources.yml": OTHER, "_data/facts.yml": f"facts:\n{own}{RECORD}", "a.md": page}
    (found,) = check_docs(docs({**files, "b.md": "I 30 dagar.\n"}))
    assert (found.path.name, found.rule) == ("a.md", "wrong-source") and "[@lagen]" in found.message


def test_a_general_fact_needs_no_source_in_its_paragraph(docs):
    general = RECORD.replace("kind: tid", "kind: tid, general: true")
    page = "I 30 dagar.[@annan]\n\nText.[@lagen]\n"
    files = {"_data/sources.yml": OTHER, "_data/facts.yml": f"facts:\n{general}", "a.md": page}
    assert list(check_docs(docs(files))) == []


def test_what_is_worked_out_of_a_fact_follows_it(docs):
    own = "  sist: {kind: tid, value: dag 31, own: x, pages: [a.md], worked_out: {of: tid, plus: 1}}\n"
    files = {
        **GOOD,
        "_data/facts.yml": f"facts:\n{RECORD}{own}",
        "a.md": "I 30 dagar, till dag 31.[@lagen]\n",
    }
    folder = docs(files)
    assert list(check_docs(folder)) == []
    facts = folder / "_data/facts.yml"
    facts.write_text(facts.read_text("utf-8").replace("30", "45"), encoding="utf-8")
    row, one, day = sorted(check_docs(folder))
    assert (row.line, row.rule) == (3, "bad-field") and "Skriv dag 46" in row.message
    assert {one.message[:10], day.message[:8]} == {'"30 dagar"'[:10], '"dag 31"'}
    facts.write_text(facts.read_text("utf-8").replace("of: tid", "of: tidn"), encoding="utf-8")
    assert any('"tidn" finns inte' in f.message for f in check_docs(folder))


def test_all_lines_without_a_source_are_told_at_once(docs):
    (found,) = check_docs(docs({**GOOD, "a.md": "I 30 dagar.\n\nText.\n\nI 30 dagar.\n"}))
    assert (found.line, found.rule) == (11, "uncited-fact") and "(också rad 15)" in found.message


def test_a_changed_reflection_period_is_told_wherever_it_stands(root, tmp_path):
    """The real one: pages, the card, checklists, questions, and the days that are worked out of it;
    but not the convention's, which is as long."""
    folder = Path(shutil.copytree(root / "docs", tmp_path / "docs"))
    facts = folder / "_data/facts.yml"
    before = "betanketid-langd:\n    kind: tid\n    value: 30"
    text = facts.read_text("utf-8")
    assert before in text
    text = text.replace(before, before.replace("30", "45")).replace("[dag 30]", "[dag 45]")
    facts.write_text(text, encoding="utf-8")
    told = {(str(f.path), f.line) for f in check_docs(folder)}
    says = re.compile(r"(?i)30[- ](?:dag|day)|\bdag (?:29|30|31)\b")
    own = {"om/integritet.md", "definitioner/lagen.md", "_data/facts.yml"}
    for page in Content.read(folder).pages.values():
        for sentence in page_sentences(page):
            if says.search(sentence.text) and str(page.path) not in own:
                lines = range(sentence.line, sentence.line + sentence.text.count("\n") + 1)
                assert any((f"docs/{page.path}", line) in told for line in lines), sentence
    for name in ("card", "questions", "figures", "glossary", "checklists/efter-beslut"):
        assert any(path == f"docs/_data/{name}.yml" for path, _ in told), name
    assert not any(path == "docs/definitioner/lagen.md" for path, _ in told)


# Fault in facts.yml, or in the citing → (files besides the good ones, where, the rule).
REGISTER_FAULTS = {
    "uncited": ({"a.md": "Text.\nI 30 dagar.\n"}, "docs/a.md:12", "uncited-fact"),
    "unused": ({"a.md": "Text.\n"}, "docs/_data/facts.yml:2", "unused-fact"),
    "unknown source": ({"_data/facts.yml": f"facts:\n{RECORD}".replace("lagen", "x")}, "docs/_data/facts.yml:2", "unknown-source"),
    "unknown kind": ({"_data/facts.yml": f"facts:\n{RECORD}".replace("kind: tid", "kind: x")}, "docs/_data/facts.yml:2", "bad-field"),
    "certainty": ({"_data/facts.yml": f"facts:\n{RECORD}".replace("saker", "nog")}, "docs/_data/facts.yml:2", "bad-field"),
    "date": ({"_data/facts.yml": f"facts:\n{RECORD}".replace("2026-02", "2026-13")}, "docs/_data/facts.yml:2", "bad-date"),
    "no value": ({"_data/facts.yml": f"facts:\n{RECORD}".replace("30 dagar", "''")}, "docs/_data/facts.yml:2", "missing-field"),
    "unknown field": ({"_data/facts.yml": f"facts:\n{RECORD}".replace("as_of", "datum: x, as_of")}, "docs/_data/facts.yml:2", "unknown-field"),
    "own number on any page": ({"_data/facts.yml": "facts:\n  a: {kind: tid, value: 30 dagar, own: x}\n"}, "docs/_data/facts.yml:2", "missing-field"),
    "value of another kind": ({"_data/facts.yml": f"facts:\n{RECORD}  b: {{kind: telefon, value: 3 dagar, source: lagen, as_of: '2026', certainty: saker}}\n"}, "docs/_data/facts.yml:3", "bad-field"),
    "pattern": ({"_data/fact_patterns.yml": "avoid:\n  a: {pattern: '(', message: M}\n"}, "docs/_data/fact_patterns.yml:2", "bad-pattern"),
    "pattern for nothing": ({"_data/fact_patterns.yml": "avoid:\n  a: {pattern: 'x*', message: M}\n"}, "docs/_data/fact_patterns.yml:2", "bad-pattern"),
    "no message": ({"_data/fact_patterns.yml": "avoid:\n  a: {pattern: x}\n"}, "docs/_data/fact_patterns.yml:2", "missing-field"),
    "key twice": ({"_data/facts.yml": f"facts:\n{RECORD}{RECORD}"}, "docs/_data/facts.yml:3", "bad-yaml"),
}  # fmt: skip


@pytest.mark.parametrize("name", REGISTER_FAULTS)
def test_each_register_fault_gives_one_finding(docs, name):
    files, place, rule = REGISTER_FAULTS[name]
    check = staged(registers.check, facts_check.check)
    findings = content_found(check, docs({**GOOD, **files}))
    assert [(f"{f.path}:{f.line}", f.rule) for f in findings] == [(place, rule)], findings


def test_a_box_about_an_open_question_cites_its_sources(docs):
    question = {"vem": {"sources": ["lagen"]}}
    page = "I 30 dagar.\n\n[[osakert: vem]]\n"
    folder = docs({**GOOD, "_data/questions.yml": question, "a.md": page})
    assert list(check_docs(folder)) == []


def test_a_fact_that_a_bar_shows_is_used(docs):
    bars = {
        "prov": {
            "kind": "staplar",
            "groups": [{"title": "G", "bars": [{"title": "B", "fact": "tid"}]}],
        }
    }
    assert list(check_docs(docs({**GOOD, "a.md": "Text.\n", "_data/figures.yml": bars}))) == []
