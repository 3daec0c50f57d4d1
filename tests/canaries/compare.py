"""Builds the same source with ProperDocs, a fork of MkDocs 1.6, and compares the two sites.

    python3 tests/canaries/compare.py

Material for MkDocs ends on 2027-05-05 and MkDocs 1.x is unmaintained: ProperDocs is the way out.
It has an environment of its own in .build/, from the lock with hashes beside this file. Every
Monday: .github/workflows/audit.yml. Prints what differs; exits 1 when something does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":  # started as a file, on any Python: what follows needs the packages
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    from scripts.core.environment import reexec_in_venv

    reexec_in_venv()

from scripts.content.config import HOOKS, read_config
from scripts.content.content import Content
from scripts.core import environment
from scripts.site import mkdocs
from tests.canaries.pages import differences

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def build_with_properdocs(folder: Path, target: Path) -> None:
    """Build the project's docs/ into ``target``, with settings in ``folder`` that add our hooks to
    those of mkdocs.yml. Raises CalledProcessError."""
    settings = folder / "mkdocs.yml"
    settings.write_text(
        f"INHERIT: {ROOT / 'mkdocs.yml'}\ndocs_dir: {ROOT / 'docs'}\nhooks: [{HOOKS}]\n",
        encoding="utf-8",
    )
    with environment.lock("canary"):
        python = environment.ensure_venv(HERE / "properdocs.txt", environment.WORK / "properdocs")
    environ = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "NO_MKDOCS_2_WARNING": "1",
        "OVERRIDES": str(ROOT / "overrides"),
    }
    command = [python, "-m", "properdocs", "build", "--strict", "--quiet"]
    command += ["-f", settings, "-d", target]
    subprocess.run(command, cwd=ROOT, env=environ, check=True)


def main() -> int:
    """Print the differences between the two builds of docs/; return 1 if there are any."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        faults = mkdocs.build_pages(read_config(ROOT), work / "ours", Content.read(ROOT / "docs"))
        assert faults == [], faults
        build_with_properdocs(work, work / "properdocs")
        found = sorted(differences(work / "ours", work / "properdocs"))
    for difference in found:
        print(*difference)
    print("Differences:", len(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
