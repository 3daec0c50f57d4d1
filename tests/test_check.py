from __future__ import annotations

import importlib

import pytest

from scripts import check
from tests.conftest import run_check


@pytest.mark.parametrize("name", check.CHECKS)
def test_every_check_has_a_command_that_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as stopped:
        check.main([name.replace("_", "-"), "--help"])
    assert stopped.value.code == 0
    assert importlib.import_module(f"scripts.checks.{name}").__doc__
    assert f"python3 scripts/check.py {name}" in capsys.readouterr().out


def test_check_exits_1_with_findings_0_without_and_2_without_a_folder(docs, capsys):
    folder = docs(
        {"_data/contacts.yml": {"jour": {"phone": "08-123 45 67"}}, "a.md": "Ring 112.\n"}
    )
    assert run_check("phones", folder) == 1
    assert "docs/a.md:11: " in capsys.readouterr().out
    docs({"a.md": "Ring [[nummer:jour]].\n"})
    assert run_check("phones", folder) == 0
    assert check.main(["phones", "--sajt", str(folder / "borta")]) == 2


@pytest.mark.parametrize("argv", [[], ["sidor"]])
def test_without_a_known_name_it_lists_the_names(argv, capsys):
    assert check.main(argv) == 2
    assert ", ".join(check.CHECKS) in capsys.readouterr().out


def test_check_exits_1_with_a_page_that_cannot_be_read(docs, capsys):
    assert run_check("reviews", docs({"b.md": "---\n: :\n---\n"})) == 1
    assert capsys.readouterr().out.startswith("docs/b.md:2: ")
