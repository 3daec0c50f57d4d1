"""``audit_text.py`` as it is run: its exit status, and the options that choose what it reads."""

from __future__ import annotations

import re
import shutil

import pytest

from scripts import audit_text

pytestmark = pytest.mark.slow


def test_audit_exits_0_without_findings_and_shows_figures_of_the_page_asked_for(garden, capsys):
    assert audit_text.main(["--sajt", str(garden.root), "--figures", "odla/tomat/"]) == 0
    figures, closing = capsys.readouterr().out.splitlines()
    assert figures.startswith("/odla/tomat/\t") and closing == "Inga fel."


def test_audit_exits_1_with_a_finding(garden, own_garden, capsys):
    (own_garden.root / "site").symlink_to(garden.site, target_is_directory=True)
    budget = own_garden.docs / "_data/audit/budget.toml"
    budget.write_text("[page]\nrequests = 1\n")
    assert audit_text.main(["--sajt", str(own_garden.root), "odla/tomat/"]) == 1
    assert "docs/odla/tomat.md:1: " in capsys.readouterr().out


def test_whole_audit_reads_the_guides_rules_the_tasks_and_the_queries(own_garden, garden, capsys):
    """A site of one page: what is asked of the others is not there."""
    site = own_garden.root / "site"
    shutil.copytree(garden.site, site, ignore=lambda _, names: {"odla", "om", "guide"} & {*names})
    file = own_garden.docs / "_data/audit/guide.toml"
    file.write_text(file.read_text("utf-8").replace('"vaxtakuten"', '"borta"'), "utf-8")
    assert audit_text.main(["--sajt", str(own_garden.root)]) == 1
    rules = set(re.findall(r"\(([\w-]+)\)$", capsys.readouterr().out, re.M))
    assert {"guide-rule", "task", "budget-search"} <= rules


def test_audit_exits_1_with_a_budget_that_cannot_be_read(garden, own_garden, capsys):
    (own_garden.root / "site").symlink_to(garden.site, target_is_directory=True)
    (own_garden.docs / "_data/audit/budget.toml").write_text("sidor = 1\n")
    assert audit_text.main(["--sajt", str(own_garden.root)]) == 1
    assert "docs/_data/audit/budget.toml:1: " in capsys.readouterr().out


def test_audit_exits_2_without_a_built_site_and_says_how_to_get_one(tmp_path, capsys):
    assert audit_text.main(["--sajt", str(tmp_path)]) == 2
    assert "scripts/build.py" in capsys.readouterr().err
