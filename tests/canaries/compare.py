"""Builds the same source with what could follow MkDocs: the day it must move, it can.

    python3 tests/canaries/compare.py

Each canary has an environment of its own in .build/, from a lock with hashes beside this file. Every
Monday: .github/workflows/audit.yml. Exits 1 when a canary's site differs from ours in something that
zensical.yml doesn't list with its reason, or no longer differs in what it lists.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":  # started as a file, on any Python: what follows needs the packages
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    from scripts.core.environment import enter

    enter()

import yaml

from scripts import steps
from scripts.content.config import read_config
from scripts.content.content import Content
from scripts.content.page import MadePage
from scripts.core import environment, language
from scripts.publish import mkdocs
from scripts.publish.built import BuiltSite
from tests.canaries.pages import Difference, differences, unlike

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FINDING = "finding"  # of a build's steps on Zensical's pages


def run(canary: str, cwd: Path, *arguments: str | Path) -> None:
    """Run a canary's command. Raises CalledProcessError, or where it can't be installed."""
    with environment.only_one("canary"):
        python = environment.ensure(HERE / f"{canary}.txt", environment.WORK / canary)
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([python, "-m", canary, "build", *arguments], cwd=cwd, env=environ, check=True)


def project(root: Path) -> Path:
    """Return a copy of the project in the folder ``root``, where each page has a file, with its facts
    printed."""
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    content, outside = Content.read(ROOT / "docs"), "not_in_nav: |\n"
    for page in content.pages.values():
        (root / "docs" / page.path).write_text(page.source, encoding="utf-8")
    made = (page for page in content.pages.values() if isinstance(page, MadePage))
    rows = "".join(f"  {page.link}\n" for page in made)
    menu = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace(outside, outside + rows)
    # what the settings are given as they are read: the templates' words
    said = json.dumps({name: language.words(name) for name in language.languages()})
    menu = re.sub(r"^extra:\n", lambda found: f"{found[0]}  words: {said}\n", menu, flags=re.M)
    (root / "mkdocs.yml").write_text(menu, encoding="utf-8")
    return root


def finished(pages: Path) -> set[Difference]:
    """Return what the rest of the build finds on a canary's pages: search, frames, redirects,
    paper, feed, copy; then the validator and the promise."""
    config, content = read_config(ROOT, pdf=False), Content.read(ROOT / "docs")
    built = BuiltSite(pages, config.site_url)
    pages = (*steps.BEFORE_SHEETS, steps.add_handouts)
    faults = [fault for step in pages for fault in step(content, built, config)]
    found, read = steps.finish(content, built, config)
    faults += found
    faults += [fault for step in steps.TO_FILES for fault in step(content, built, config)]
    faults += steps.judge(built, content, config, read, faults)
    return {Difference(FINDING, str(fault.path), "+", fault.rule) for fault in faults}


def main() -> int:
    listed = yaml.safe_load((HERE / "zensical.yml").read_text(encoding="utf-8"))
    known = {Difference(*row) for item in listed for row in item["differences"]}
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        faults = mkdocs.render(read_config(ROOT), work / "ours", Content.read(ROOT / "docs"))
        assert faults == [], faults
        source = project(work / "source")
        run("properdocs", source, "--strict", "--quiet", "-d", work / "properdocs")
        told = unlike(set(differences(work / "ours", work / "properdocs")), set())
        run("zensical", source, "--strict", "-f", "mkdocs.yml")
        found = set(differences(work / "ours", source / "site"))
        told += unlike(found | finished(source / "site"), known)
    print(told or "Both canaries build the same site, but for what is listed.")
    return int(bool(told))


if __name__ == "__main__":
    sys.exit(main())
