"""A paragraph with other words than the ones that were read: all that rests on it says so."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from scripts.checks import readings
from scripts.content.content import Content
from tests.conftest import Garden, found, page_with, run_check
from tests.examples import statute

check_docs = partial(found, readings.check)
LAW = "_data/law/lagen.md"
READ = "Ansökan får göras inom 30 dagar."
BASE = {
    "_data/sources.yml": {
        "lagen": {
            "sfs": "2001:1",
            "name": "lagen",
            "title": "Lagen (2001:1)",
            "read_on": "2026-04-27",
        }
    },
    LAW: statute("2001:1", p5_15=READ, p6="Annat."),
    "_data/facts.yml": "tid:\n  value: 30 dagar\n  source: lagen-5-15\nannan:\n  value: X\n  source: lagen-6\n",
    "a.md": "Ett.\n\nDet är [[fakta:tid]].[@lagen-6, @lagen-5-15]\nTvå.[@lagen-6]\n",
    "regler/tid.md": page_with("kind: regel\n", "## Tid {#tiden}\n\nSkynda.[@lagen-5-15]\n"),
    "_data/situations.yml": {
        "brott": {"question": "Är det så?", "page": "/a.md", "sources": ["lagen-6", "lagen-5-15"]}
    },
    "_data/questions.yml": {"vem": {"text": "Vem?[@lagen-5-15]", "kind": "osaker"}},
}


@pytest.fixture
def law(docs):
    """Return a docs/ whose paragraphs are marked as read."""
    folder = docs(BASE)
    assert run_check("readings", folder, "--new") == 0
    assert check_docs(folder) == []
    return folder


def amend(folder, old, new):
    file = folder / LAW
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


AMENDED = {
    "other words": (READ, READ.replace("30", "45")),
    "another amending act": (READ, f"{READ} Lag (2026:999)."),
    "one more passage": (READ, f"{READ}\n\nDet gäller inte barn."),
}


@pytest.mark.parametrize("how", AMENDED)
def test_amended_section_is_reported_where_it_is_cited(law, how):
    amend(law, *AMENDED[how])
    wrong = check_docs(law)
    assert {f.rule for f in wrong} == {"read-again"}
    places = sorted((f.path.relative_to("docs").as_posix(), f.line) for f in wrong)
    assert places == [
        ("_data/facts.yml", 3),
        ("_data/law/lagen.md", 3),
        ("_data/questions.yml", 2),
        ("_data/situations.yml", 6),
        ("a.md", 13),
        ("regler/tid.md", 14),
    ]
    told = "\n".join(f.message for f in wrong)
    assert 'regeln "tiden"' in told and "5 kap. 15 § lagen" in told and "2026-04-27" in told
    assert "readings --read lagen-5-15" in told


def test_section_marked_as_read_has_no_finding(law):
    amend(law, *AMENDED["other words"])
    assert run_check("readings", law) == 1
    assert run_check("readings", law, "--read", "lagen-5-15", "--today", "2026-12-01") == 0
    assert check_docs(law) == []
    sources = Content.read(law).registers.sources
    assert (sources["lagen-5-15"].read_on, sources["lagen-6"].read_on) == (
        "2026-12-01",
        "2026-04-27",
    )


def test_statute_marked_as_read_has_no_finding(law):
    amend(law, READ, "Nya ord.")
    amend(law, "Annat.", "Något annat.")
    assert run_check("readings", law, "--read", "lagen") == 0
    assert check_docs(law) == []


def test_section_with_other_line_breaks_has_no_finding(law):
    amend(
        law, READ, f"**[Träder i kraft 2026-01-01]**\n\n{READ.replace(' inom', chr(10) + 'inom')}"
    )
    assert check_docs(law) == []


def test_new_section_is_unread_until_marked(law):
    amend(law, "Annat.", "Annat.\n\n### 7 §\n\nNytt.")
    content = Content.read(law)
    assert (
        readings.unread_sections(content) == ["lagen-7"]
        and list(readings.check(content, dt.date.today())) == []
    )
    assert run_check("readings", law, "--new") == 0
    assert readings.unread_sections(Content.read(law)) == []


def test_mark_of_missing_section_is_noted(law):
    amend(law, "### 6 §\n\nAnnat.\n", "")
    assert [(f.rule, f.severity) for f in check_docs(law)] == [("unused-reading", "note")]


def test_mark_of_unknown_section_is_refused(law, capsys):
    before = (law / "_data/law_read.yml").read_text(encoding="utf-8")
    assert run_check("readings", law, "--read", "lagen-5-51") == 2
    assert 'Menade du "lagen-5-15"' in capsys.readouterr().err
    assert (law / "_data/law_read.yml").read_text(encoding="utf-8") == before


def test_build_with_amended_section_stops(own_garden: Garden, capsys):
    law = own_garden.docs / "_data/law/tradgardslagen.md"
    text = law.read_text(encoding="utf-8")
    law.write_text(text.replace("Lag (2014:5)", "Lag (2026:999)"), encoding="utf-8")
    assert own_garden.build() == 1
    told = capsys.readouterr().out
    assert "docs/_data/law/tradgardslagen.md:13: läs igen" in told
    assert "docs/regler/index.md:25: läs igen" in told
