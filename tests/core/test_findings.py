from __future__ import annotations

from io import StringIO
from pathlib import PurePosixPath

import pytest

from scripts.core.findings import Finding, report
from scripts.links.report import LinkFinding

A = Finding(PurePosixPath("docs/a.md"), 2, "missing-id", "rubriken saknar id.")
B = Finding(PurePosixPath("docs/a.md"), 10, "bad-date", "datumet finns inte.")


def test_a_finding_reads_as_editors_click_it():
    assert str(A) == "docs/a.md:2: rubriken saknar id. (missing-id)"


@pytest.mark.parametrize(
    ("findings", "code", "last"),
    [([], 0, "Inga fel."), ([A], 1, "Ett fel."), ([B, A, A], 1, "2 fel.")],
)
def test_report_sorts_counts_and_returns_the_exit_code(findings, code, last):
    out = StringIO()
    assert report(findings, out) == code
    lines = out.getvalue().splitlines()
    assert lines[-1] == last
    assert lines[:-1] == [str(f) for f in sorted(set(findings))]


def test_a_dead_link_is_told_beside_other_faults():
    link = LinkFinding(A.path, 2, "broken-link", "sidan finns inte.", target="/b/")
    same = LinkFinding(B.path, B.line, B.rule, B.message)
    out = StringIO()
    assert report([B, link, A, same], out) == 1
    assert out.getvalue().splitlines() == [*map(str, (link, A, B)), "3 fel."]
