"""The engine's types, which its comments say (JSDoc), hold, and the pages' scripts call nothing that
isn't there: TypeScript reads them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.publish.search.write import PARTS
from tests.conftest import ROOT
from tests.machine import NODE_TOOLS

pytestmark = pytest.mark.slow

SETTINGS = ROOT / "tests/node/tsconfig.json"
PAGE_SETTINGS = SETTINGS.with_name("tsconfig.page.json")  # the other scripts, which know the page
COMPILER = NODE_TOOLS / "node_modules/typescript/bin/tsc"


def faults(settings: Path) -> str:
    """Return what the compiler says."""
    node = Path(sys.executable).with_name("node")
    done = subprocess.run([node, COMPILER, "--project", settings], capture_output=True, text=True)
    return done.stdout + done.stderr


def test_the_engine_is_what_it_says():
    files = [Path(file).name for file in json.loads(SETTINGS.read_text("utf-8"))["files"]]
    assert files == [f"search-{part}.js" for part in PARTS]
    assert faults(SETTINGS) == ""


def test_a_fault_would_be_found(tmp_path):
    assets = ROOT / "overrides/assets"
    for part in PARTS:
        text = (assets / f"search-{part}.js").read_text("utf-8")
        faulty = text.replace("text.root(word(i))", "text.rot(word(i))")
        (tmp_path / f"search-{part}.js").write_text(faulty, "utf-8")
    settings = json.loads(SETTINGS.read_text("utf-8"))
    settings["files"] = [Path(file).name for file in settings["files"]]
    (tmp_path / "tsconfig.json").write_text(json.dumps(settings), "utf-8")
    assert "search-vocabulary.js" in faults(tmp_path / "tsconfig.json")


def test_the_pages_scripts_call_nothing_that_is_not_there():
    engine, page = (json.loads(f.read_text("utf-8"))["files"] for f in (SETTINGS, PAGE_SETTINGS))
    ours = {file.name for file in (ROOT / "overrides/assets").glob("*.js")}
    assert {Path(file).name for file in [*engine, *page]} - {"page.d.ts"} == ours
    assert faults(PAGE_SETTINGS) == ""


def test_a_misspelt_name_in_a_pages_script_would_be_found(tmp_path):
    text = (ROOT / "overrides/assets/exit.js").read_text("utf-8")
    (tmp_path / "exit.js").write_text(
        text.replace(".addEventListener(", ".addListener(", 1), "utf-8"
    )
    (tmp_path / "page.d.ts").write_text(SETTINGS.with_name("page.d.ts").read_text("utf-8"), "utf-8")
    settings = json.loads(PAGE_SETTINGS.read_text("utf-8"))
    settings["files"] = ["page.d.ts", "exit.js"]
    (tmp_path / "tsconfig.json").write_text(json.dumps(settings), "utf-8")
    assert "addListener" in faults(tmp_path / "tsconfig.json")


def test_each_part_is_short():
    for part in PARTS:
        text = (ROOT / f"overrides/assets/search-{part}.js").read_text("utf-8")
        assert text.count("\n") <= 220, part
