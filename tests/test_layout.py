"""Project layout: imports go one way, modules stay short, locks have hashes, code knows no subject."""

from __future__ import annotations

import ast
import graphlib
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.render.macros import MACROS
from tests.conftest import ROOT

SCRIPTS = ROOT / "scripts"
# Layers, in the order of README's table: a package imports only itself and packages of earlier layers.
LAYERS = (
    ("core",),
    ("content",),
    ("render", "links"),
    ("checks", "site"),
    ("paper", "delivery"),
    ("audit",),
)
MODULES = sorted(
    f.relative_to(SCRIPTS) for f in SCRIPTS.rglob("*.py") if not f.stem.startswith("__")
)
LONGEST_MODULE = 400  # lines: one sitting
LOCKS = ["requirements.txt", "requirements-dev.txt"]
LOCKS += ["tests/canaries/properdocs.txt"]


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_module_length_is_one_sitting(module):
    """No total is held: a module that grows past this does more than one thing."""
    assert (SCRIPTS / module).read_bytes().count(b"\n") <= LONGEST_MODULE


def imports(module: Path) -> Iterator[ast.ImportFrom]:
    """Yield the imports of ours in ``module``, at its head or where they are needed."""
    for node in ast.walk(ast.parse((SCRIPTS / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("scripts"):
            yield node


@pytest.mark.parametrize("package", [package for layer in LAYERS for package in layer])
def test_package_imports_only_earlier_layers(package):
    layer = next(i for i, packages in enumerate(LAYERS) if package in packages)
    earlier = {name for packages in LAYERS[:layer] for name in packages}
    for module in (m for m in MODULES if m.parts[0] == package):
        used = {node.module.split(".")[1] for node in imports(module) if "." in node.module}
        assert used <= earlier | {package}, module


def test_imports_have_no_cycle():
    names = {".".join(("scripts", *m.with_suffix("").parts)): m for m in MODULES}
    arrows = {
        name: {node.module, *(f"{node.module}.{a.name}" for a in node.names)} & names.keys()
        for name, module in names.items()
        for node in imports(module)
    }
    graphlib.TopologicalSorter(arrows).prepare()


def test_mkdocs_is_imported_by_three_modules_alone():
    """README names them under "Migration"."""
    importing = {
        module.as_posix()
        for module in MODULES
        if re.search(r"^ *(?:from|import) mkdocs\b", (SCRIPTS / module).read_text("utf-8"), re.M)
    }
    assert importing == {"content/config.py", "site/hooks.py", "site/mkdocs.py"}


def test_no_script_of_ours_is_a_service_worker():
    """No old number is shown after a correction."""
    scripts = (ROOT / "overrides/assets").glob("*.js")
    assert not [file.name for file in scripts if "serviceWorker" in file.read_text("utf-8")]


@pytest.mark.parametrize("name", MACROS)
def test_every_macro_is_in_the_editors_guide(name):
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert f"[[{name}" in guide


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_hashes_and_names_no_host(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    for block in re.split(r"\n(?=[a-z0-9])", text.strip()):
        assert "==" in block and "--hash=sha256:" in block, block[:60]


# The code knows no subject: neither its words nor its pages. What may still stand there, and why.
SUBJECT = re.compile(
    r"betänketid|betanketid|nspm|migrationsverket|socialtjänst|checklistor/|skriv-ut|oppna-fragor|112"
    r"|överklag|overklag|nämnden|tillstånd|avslag|utvis|\bersättning|ersattning|ansökte|ansokan",
    re.I,
)
ALLOWED = {
    '_SHORT = r"112|': "language: the telephone numbers of Sweden",
    '"oppna-fragor": ': "a macro's name, as editors write it on their pages",
    '"oppna-fragor", rows.questions': "a heading's id",
    '"""Render [[oppna-fragor]]': "the same macro's documentation",
    'self.link_to("oppna-fragor", key': "the page is found by that macro",
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


def tracked() -> list[str]:
    """Return the paths of the files in git."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    return listed.stdout.splitlines()


def read_toml(name: str) -> dict:
    return tomllib.loads((ROOT / name).read_text("utf-8"))


def licence_of(file: str) -> str:
    """Return what REUSE.toml says of a file: the last row that fits it decides."""
    for row in reversed(read_toml("REUSE.toml")["annotations"]):
        for glob in row["path"]:
            ways = (re.escape(part).replace(r"\*", "[^/]*") for part in glob.split("**"))
            if re.fullmatch(".*".join(ways), file):
                return row["SPDX-License-Identifier"]
    return ""


def test_each_file_has_a_licence_and_each_licence_its_text():
    used = {licence for file in tracked() for licence in licence_of(file).split(" AND ")}
    assert used == {text.stem for text in (ROOT / "LICENSES").iterdir()}
    assert used == set(read_toml("pyproject.toml")["project"]["license"].split(" AND "))
    parts = ("scripts/build.py", "docs/index.md", "docs/_data/acts.yml", "docs/_data/law/lvu.md")
    told = ["MIT", "CC-BY-4.0", "CC0-1.0", "LicenseRef-lagtext"]
    assert [licence_of(file) for file in parts] == told
