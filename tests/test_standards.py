"""What tools from npm say: HTML's own rules, and whether the scripts call what is there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.site.search.write import PARTS
from tests.conftest import ROOT
from tests.machine import NODE_LOCK, NODE_TOOLS

pytestmark = pytest.mark.slow

MODULES = NODE_TOOLS / "node_modules"
NODE = Path(sys.executable).with_name("node")
RULES = {
    "root": True,
    "extends": ["html-validate:standard", "html-validate:a11y"],
    "rules": {
        "no-trailing-whitespace": "off",  # of the templates; nobody reads it
        "prefer-native-element": "off",  # of the search's hits: <select> can't hold links
        # of tables: some browsers forget what they are when a narrow screen makes cards of them
        "no-redundant-role": "off",
    },
}


def test_every_page_is_valid_html(garden, tmp_path):
    rules, report = tmp_path / "rules.json", tmp_path / "report.json"
    rules.write_text(json.dumps(RULES))
    program = MODULES / "html-validate/bin/html-validate.mjs"
    # to a file: a long report is cut off on standard output
    asked = ["--config", rules, "--formatter", f"json={report}", f"{garden.site}/**/*.html"]
    subprocess.run([NODE, program, *asked], capture_output=True)
    faults = [
        f"{Path(file['filePath']).relative_to(garden.site)}:{m['line']}: {m['message']} ({m['ruleId']})"
        for file in json.loads(report.read_text(encoding="utf-8"))
        for m in file["messages"]
    ]
    assert faults == []


@pytest.mark.parametrize("name", ["tsconfig.json", "tsconfig.page.json"])
def test_the_scripts_call_nothing_that_is_not_there(name):
    """The search engine's types, which its comments say (JSDoc), and the pages' scripts."""
    compiler = MODULES / "typescript/bin/tsc"
    done = subprocess.run(
        [NODE, compiler, "--project", NODE_LOCK / name], capture_output=True, text=True
    )
    assert done.stdout + done.stderr == ""


def test_every_script_is_read():
    engine, page = (
        {Path(file).name for file in json.loads((NODE_LOCK / name).read_text("utf-8"))["files"]}
        for name in ("tsconfig.json", "tsconfig.page.json")
    )
    assert engine == {f"search-{part}.js" for part in PARTS}
    ours = {file.name for file in (ROOT / "overrides/assets").glob("*.js")}
    assert engine | page - {"page.d.ts"} == ours
