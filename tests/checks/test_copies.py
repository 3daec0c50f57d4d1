from __future__ import annotations

from functools import partial

import pytest

from scripts.checks import copies
from tests.conftest import command, found

check_docs = partial(found, copies.check)
main = command("copies")


RUN = "en två tre fyra fem sex sju åtta"
WORDS = "copies:\n  lagen om vård av unga: en lags namn\n"

# Fault → (files, where, the other place).
FAULTS = {
    "two pages": ({"a.md": f"Bra.\n{RUN}.\n", "b.md": f"{RUN}.\n"}, "docs/a.md:12", "docs/b.md:11"),
    "case, markup, citation and punctuation": (
        {"a.md": f"{RUN}\n", "b.md": "En, **två** [tre](x.md).[@k] Fyra – `kod` fem: ”sex” sju {#i} ÅTTA!\n"},
        "docs/a.md:11",
        "docs/b.md:11",
    ),
    "over lines": ({"a.md": "x en två\ntre fyra fem\nsex sju åtta y\n", "b.md": f"{RUN}\n"}, "docs/a.md:11", "docs/b.md:11"),
    "over list items": ({"a.md": "- en två tre\n- fyra fem\n- sex sju åtta\n", "b.md": f"{RUN}\n"}, "docs/a.md:11", "docs/b.md:11"),
    "headings": ({"a.md": f"## {RUN} {{#a}}\n", "b.md": f"Bra.\n\n## {RUN} {{#b}}\n"}, "docs/a.md:11", "docs/b.md:13"),
    "cells": ({"a.md": f"| x | {RUN} |\n", "b.md": f"| a |\n|---|\n| {RUN} |\n"}, "docs/a.md:11", "docs/b.md:13"),
    "description": (
        {"a.md": f"Bra.\n\n{RUN}\n", "b.md": f"---\ntitle: B\ndescription: {RUN}\n---\n# B\n"},
        "docs/a.md:13",
        "docs/b.md:3",
    ),
    "page and register": (
        {"a.md": f"{RUN}\n", "_data/glossary.yml": f"a:\n  text: >-\n    Bra.\n    {RUN}.\n"},
        "docs/a.md:11",
        "docs/_data/glossary.yml:4",
    ),
    "page and checklist": (
        {"a.md": f"{RUN}\n", "_data/checklists/l.yml": f"groups:\n- rows:\n  - why: {RUN}\n"},
        "docs/a.md:11",
        "docs/_data/checklists/l.yml:3",
    ),
    "twice in a register": (
        {"_data/questions.yml": f"a:\n  text: {RUN}\nb:\n  do: {RUN}\n"},
        "docs/_data/questions.yml:2",
        "docs/_data/questions.yml:4",
    ),
    "title on another page": (
        {"a.md": f"---\ntitle: {RUN}\ndescription: A\n---\n# {RUN}\n", "b.md": f"{RUN}\n"},
        "docs/a.md:2",
        "docs/b.md:11",
    ),
}  # fmt: skip

CLEAN = {
    "seven words": {"a.md": "en två tre fyra fem sex sju\n", "b.md": "en två tre fyra fem sex sju\n"},
    "twice on a page": {"a.md": f"{RUN}\n\n## R {{#r}}\n\n{RUN}\n"},
    "cell by cell": {"a.md": "| en två tre fyra | fem sex sju åtta |\n", "b.md": "| en två tre fyra | fem sex sju åtta |\n"},
    "over a heading": {"a.md": "en två tre fyra\n\n## fem sex sju åtta {#f}\n", "b.md": f"{RUN}\n"},
    "fields apart": {"_data/questions.yml": "a:\n  text: en två tre fyra\n  do: fem sex sju åtta\n", "b.md": f"{RUN}\n"},
    "the page's own title": {"a.md": f"---\ntitle: {RUN}\ndescription: A\n---\n# {RUN}\n"},
    "code": {"a.md": f"```text\n{RUN}\n```\n", "b.md": f"```text\n{RUN}\n```\n"},
    "fixed name": {"a.md": "Se nu lagen om vård av unga i dag.\n", "b.md": "Se nu lagen om vård av unga i dag.\n"},
    "section of a law": {"a.md": "Det står i 5 kap. 15 § och vi läser.\n", "b.md": "Det står i 5 kap. 15 § och vi läser.\n"},
    "telephone number": {"a.md": "Ring till dem på 020-160 10 06 i dag\n", "b.md": "Ring till dem på 020-160 10 06 i dag\n"},
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_each_copy_gives_one_finding_with_both_places(docs, name):
    files, place, other = FAULTS[name]
    found = list(check_docs(docs(files)))
    assert [(f"{f.path}:{f.line}", f.rule) for f in found] == [(place, "copied-text")], found
    assert f"samma ord som i {other}." in found[0].message
    assert found[0].message.endswith(f'"{RUN}".')


@pytest.mark.parametrize("name", CLEAN)
def test_what_may_be_alike_is_left_alone(docs, name):
    assert list(check_docs(docs({"_data/words.yml": WORDS, **CLEAN[name]}))) == []


def test_a_fixed_name_hides_nothing_but_itself(docs):
    text = "Nu ska vi alla läsa lagen om vård av unga i dag.\n"
    (finding,) = check_docs(docs({"_data/words.yml": WORDS, "a.md": text, "b.md": text}))
    assert '"nu ska vi alla läsa lagen om vård av unga i dag"' in finding.message


def test_the_whole_run_is_shown_once(docs):
    folder = docs({"a.md": f"noll {RUN} nio tio\n", "b.md": f"x {RUN} nio y\n"})
    (finding,) = check_docs(folder)
    assert finding.message.endswith(f'"{RUN} nio".')


def test_each_place_is_told_of_once(docs):
    found = list(check_docs(docs({f"{name}.md": f"{RUN} {name}\n" for name in "abc"})))
    assert [f.message.split(".")[0] for f in found] == [
        "samma ord som i docs/b",
        "samma ord som i docs/c",
    ]
    assert {str(f.path) for f in found} == {"docs/a.md"}


def test_other_texts_are_compared_with_docs_and_not_with_each_other(docs, tmp_path):
    one, two = tmp_path / "one.md", tmp_path / "two.md"
    one.write_text("- **L1.** nio tio elva tolv tretton fjorton femton sexton\n", encoding="utf-8")
    two.write_text(f"nio tio elva tolv tretton fjorton femton sexton\n\n{RUN}\n", encoding="utf-8")
    folder = docs({"a.md": f"Bra.\n{RUN}.\n"})
    (finding,) = check_docs(folder, [one, two])
    assert (f"{finding.path}:{finding.line}", f"{two.as_posix()}:3." in finding.message) == (
        "docs/a.md:12",
        True,
    )


def test_the_number_of_words_is_a_choice(docs):
    folder = docs({"a.md": "en två tre fyra fem sex\n", "b.md": "x en två tre fyra fem sex y\n"})
    assert list(check_docs(folder, length=7)) == []
    assert len(list(check_docs(folder, length=6))) == 1


def test_exit_codes(docs, tmp_path, capsys):
    folder = docs({"a.md": f"{RUN}\n"})
    assert main([str(folder)]) == 0
    other = tmp_path / "other.md"
    other.write_text(RUN, encoding="utf-8")
    assert main([str(folder), "--against", str(other)]) == 1
    assert "copied-text" in capsys.readouterr().out
    assert main([str(folder), "--against", str(other), "--words", "9"]) == 0
    assert main([str(folder), "--against", str(tmp_path / "saknas.md")]) == 2
    assert main([str(folder), "--words", "1"]) == 2
    assert main([str(folder / "saknas")]) == 2
