"""Makes an edition: what stands unchanged when the site goes on. Same commit, same bytes.

KEY-NAME.zip        the copy to read without a server, as the site has it
KEY-NAME.cdx.json   what the build is made of (CycloneDX)
*.pdf               the sheets
SHA256SUMS          what each of them must be
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.content.config import CONFIG, Config
from scripts.core.environment import ROOT
from scripts.core.findings import Finding
from scripts.publish.offline import pack_name

SUMS = "SHA256SUMS"


def check(config: Config, name: str) -> list[Finding]:
    """Return what is wrong with an edition ``name``: the site must say that it is that one."""
    said = config.extra.edition.this
    if said == name:
        return []
    stands = f"Där står {said}." if said else "Där står ingen."
    message = f'utgåvan ska heta som i edition under extra: this: "{name}". {stands}'
    return [Finding(CONFIG, 1, "edition", message)]


def make(site: Path, config: Config, folder: Path) -> None:
    """Fill ``folder``, which is made anew, out of a built site. Raises CalledProcessError."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    name = f"{config.key}-{config.extra.edition.this}"
    shutil.copyfile(site / pack_name(config), folder / f"{name}.zip")
    for sheet in site.rglob("*.pdf"):
        shutil.copyfile(sheet, folder / sheet.name)
    program = Path(sys.executable).with_name("cyclonedx-py")
    of = ("requirements", "requirements.txt", "--pyproject", "pyproject.toml")
    to = ("--output-reproducible", "--output-file", (folder / f"{name}.cdx.json").resolve())
    subprocess.run([program, *of, *to], cwd=ROOT, check=True, capture_output=True)
    sums = "".join(
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n"
        for file in sorted(folder.iterdir())
    )
    (folder / SUMS).write_text(sums, encoding="utf-8", newline="\n")
