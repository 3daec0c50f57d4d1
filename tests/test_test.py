"""``scripts/test.py``: its exit status, and what it hands on to pytest."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from scripts import test as command
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("passed", "code"), [([True, True], 0), ([True, False], 1), ([False, True], 1)]
)
def test_conclusion_is_1_when_any_step_failed(passed, code, capsys):
    assert command.report_outcome(passed) == code
    assert ("Allt godkänt." in capsys.readouterr().err) == (code == 0)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts/test.py"), *arguments],
        env={**os.environ, "SITE_ENTERED": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


@pytest.mark.slow
def test_tests_named_are_the_only_ones_run_and_their_failure_is_the_commands(tmp_path):
    for text, code in (("assert True", 0), ("assert False", 1)):
        file = tmp_path / "test_named.py"
        file.write_text(f"def test_named():\n    {text}\n")
        done = run(str(file), "-p", "no:cacheprovider")
        assert done.returncode == code, done.stdout + done.stderr
        assert "Stil" not in done.stderr and "Tester" in done.stderr
    assert "1 test collected" in run(str(file), "--co").stdout, "an option of pytest"
