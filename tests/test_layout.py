"""Code, tests, README and the editors' guide can't part."""

from __future__ import annotations

import ast
import graphlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.checks.pages import DATE_FIELDS, LIST_FIELDS, TEXT_FIELDS
from scripts.render.macros import MACROS
from tests.conftest import ROOT

SCRIPTS = ROOT / "scripts"
# From the lowest floor to the highest: a package imports itself and what stands below it.
FLOORS = (("core",), ("content",), ("render", "links"), ("checks", "publish"), ("paper",))
MODULES = sorted(
    f.relative_to(SCRIPTS) for f in SCRIPTS.rglob("*.py") if not f.stem.startswith("__")
)
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_every_module_has_its_tests_and_a_line_where_its_package_is_explained(module):
    assert (ROOT / "tests" / module.parent / f"test_{module.name}").is_file()
    if len(module.parts) == 1:
        assert f"`{module.name}`" in README
    else:
        text = ast.get_docstring(ast.parse((SCRIPTS / module.parent / "__init__.py").read_text()))
        assert re.search(rf"^{module.stem} ", text or "", re.M), module
        assert f"`{module.parts[0]}/`" in README


def imports(module: Path) -> Iterator[str]:
    """Yield the packages of ours that ``module`` imports."""
    for node in ast.walk(ast.parse((SCRIPTS / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("scripts."):
            yield str(node.module).split(".")[1]


@pytest.mark.parametrize("module", [m for m in MODULES if len(m.parts) > 1], ids=str)
def test_a_module_imports_only_its_own_package_and_lower_floors(module):
    own = module.parts[0]
    floor = next(i for i, packages in enumerate(FLOORS) if own in packages)
    below = {package for packages in FLOORS[:floor] for package in packages}
    assert set(imports(module)) <= below | {own}


MOST_LINES = 300


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_is_short(module):
    assert (SCRIPTS / module).read_text(encoding="utf-8").count("\n") <= MOST_LINES


def arrows() -> dict[str, set[str]]:
    """Return each module, and those of ours that it imports: at its head or when it needs them."""
    names = {".".join(("scripts", *m.with_suffix("").parts)) for m in MODULES}
    found: dict[str, set[str]] = {}
    for module in MODULES:
        own = found[".".join(("scripts", *module.with_suffix("").parts))] = set()
        for node in ast.walk(ast.parse((SCRIPTS / module).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                own |= {node.module or "", *(f"{node.module}.{a.name}" for a in node.names)} & names
    return found


def test_no_module_imports_itself_by_way_of_others():
    graphlib.TopologicalSorter(arrows()).prepare()


@pytest.mark.parametrize("name", [*TEXT_FIELDS, *DATE_FIELDS, *LIST_FIELDS])
def test_every_field_is_in_the_editors_guide(name):
    assert f"{name}:" in (ROOT / "docs/om/redaktionshandbok.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MACROS)
def test_every_macro_is_in_the_editors_guide(name):
    guide = (ROOT / "docs/om/redaktionshandbok.md").read_text(encoding="utf-8")
    assert f"[[{name}" in guide


LOCKS = ["requirements.txt", "requirements-dev.txt"]
LOCKS += [f"tests/canaries/{canary}.txt" for canary in ("properdocs", "zensical")]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_hashes_and_names_no_host(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    for block in re.split(r"\n(?=[a-z0-9])", text.strip()):
        assert "==" in block and "--hash=sha256:" in block, block[:60]


# The code knows no subject: neither its words nor its pages. What may still stand there, and why.
SUBJECT = re.compile(
    r"betänketid|betanketid|nspm|migrationsverket|socialtjänst|checklistor/|skriv-ut|oppna-fragor|112",
    re.I,
)
ALLOWED = {
    'SHORT_NUMBER = r"112|': "language: the telephone numbers of Sweden",
    '"oppna-fragor": Macro(': "a macro's name, as editors write it on their pages",
    '"""[[oppna-fragor]]': "the same macro's documentation",
    'self.page_with("oppna-fragor")': "the page is found by that macro",
}


def test_the_code_knows_no_subject():
    told, used = [], set()
    for folder in ("scripts", "overrides"):
        for file in sorted((ROOT / folder).rglob("*")):
            if not file.is_file() or file.suffix in (".pyc", ".png", ".woff2"):
                continue
            for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
                if SUBJECT.search(line):
                    reasons = {part for part in ALLOWED if part in line}
                    used |= reasons
                    if not reasons:
                        told.append(f"{file.relative_to(ROOT)}:{number}: {line.strip()}")
    assert not told, "\n".join(told)
    assert used == ALLOWED.keys(), "a reason that no line needs"


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
