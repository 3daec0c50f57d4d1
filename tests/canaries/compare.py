"""Builds the same source with ProperDocs, a fork of MkDocs 1.6, and compares the two sites.

    python3 tests/canaries/compare.py

Material for MkDocs ends on 2027-05-05 and MkDocs 1.x is unmaintained: ProperDocs is the way out.
It has an environment of its own in .build/, from the lock with hashes beside this file. Every
Monday: .github/workflows/audit.yml. Prints what differs; exits 1 when something does.
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

from scripts.content.config import read_config
from scripts.content.content import Content
from scripts.content.page import MadePage
from scripts.core import environment, language
from scripts.site import mkdocs
from tests.canaries.pages import differences

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def build_with_properdocs(source: Path, target: Path) -> None:
    """Build the project in ``source`` into ``target``. Raises CalledProcessError."""
    with environment.only_one("canary"):
        python = environment.ensure(HERE / "properdocs.txt", environment.WORK / "properdocs")
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    command = [python, "-m", "properdocs", "build", "--strict", "--quiet", "-d", target]
    subprocess.run(command, cwd=source, env=environ, check=True)


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
    said = json.dumps(language.WORDS)
    menu = re.sub(r"^extra:\n", lambda found: f"{found[0]}  words: {said}\n", menu, flags=re.M)
    (root / "mkdocs.yml").write_text(menu, encoding="utf-8")
    return root


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        faults = mkdocs.render(read_config(ROOT), work / "ours", Content.read(ROOT / "docs"))
        assert faults == [], faults
        build_with_properdocs(project(work / "source"), work / "properdocs")
        found = sorted(differences(work / "ours", work / "properdocs"))
    for one in found:
        print(*one)
    print("Differences:", len(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
