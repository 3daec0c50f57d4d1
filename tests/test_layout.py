"""Code, tests, README and the editors' guide can't part."""

from __future__ import annotations

import re

import pytest

from scripts.check_pages import DATE_FIELDS, LIST_FIELDS, TEXT_FIELDS
from scripts.macros import MACROS
from tests.conftest import ROOT

SCRIPTS = sorted(f.stem for f in (ROOT / "scripts").glob("*.py") if f.stem != "__init__")
# A package's tests stand in a folder with its name; README has a row for the package.
PACKAGED = sorted(
    f.relative_to(ROOT / "scripts")
    for f in (ROOT / "scripts").glob("*/**/*.py")
    if f.stem != "__init__"
)


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_has_its_tests_and_a_line_in_readme(name):
    assert (ROOT / f"tests/test_{name}.py").is_file()
    assert f"`{name}.py`" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("module", PACKAGED, ids=str)
def test_every_module_of_a_package_has_its_tests_and_readme_names_the_package(module):
    assert (ROOT / "tests" / module.parent / f"test_{module.name}").is_file()
    assert f"`{module.parts[0]}/`" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*TEXT_FIELDS, *DATE_FIELDS, *LIST_FIELDS])
def test_every_field_is_in_the_editors_guide(name):
    assert f"{name}:" in (ROOT / "docs/om/redaktionshandbok.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MACROS)
def test_every_macro_is_in_the_editors_guide(name):
    guide = (ROOT / "docs/om/redaktionshandbok.md").read_text(encoding="utf-8")
    assert f"[[{name}" in guide


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_has_hashes_and_names_no_host(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    for block in re.split(r"\n(?=[a-z0-9])", text.strip()):
        assert "==" in block and "--hash=sha256:" in block, block[:60]


def test_only_the_owners_folders_stand_at_the_top():
    import subprocess

    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout
    tops = {line.split("/")[0] for line in files.splitlines()}
    allowed = {"docs", "overrides", "scripts", "tests", "mkdocs.yml", "README.md"}
    allowed |= {"pyproject.toml", "requirements.txt", "requirements-dev.txt"}
    assert {top for top in tops if not top.startswith(".")} <= allowed


def test_every_override_is_in_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for file in (ROOT / "overrides").rglob("*.*"):
        place = file.relative_to(ROOT / "overrides")
        assert place.name in readme or f"`{place.parent.as_posix()}/`" in readme, place
