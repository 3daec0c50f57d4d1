from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from scripts import build, check
from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.records import Registers
from scripts.core.findings import Finding
from scripts.render.macro import Context
from scripts.site.html_site import HtmlSite
from tests.examples import whole

ROOT = Path(__file__).resolve().parent.parent
# pytest started by hand is in the environment, too: a command under test isn't to start anew there
os.environ.setdefault("SITE_ENTERED", "1")
# On GitHub and GitLab: the faults that tests make are nothing to show beside a proposal's lines.
os.environ.pop("GITHUB_ACTIONS", None)
os.environ.pop("CODE_QUALITY", None)


TODAY = dt.date(2026, 11, 24)
SITE = "https://example.se/"


def found(check: Callable[..., Iterable[Finding]], docs: Path, *more, today=TODAY, **named):
    """Return what can't be read in a folder, or else what a content check finds in it."""
    content = Content.read(docs)
    return list(content.faults) or list(check(content, today, *more, **named))


def save(site: HtmlSite) -> None:
    """Write every page of a site."""
    for page in site.iter_pages():
        site.write(page.address, page.serialize())


def run_step(step, docs: Path, root: Path, url: str = SITE, **settings) -> list[Finding]:
    """Run a step of the build on a folder of docs and a built site; return its findings."""
    site = HtmlSite(root, url)
    faults = step(Content.read(docs), site, Config(root / "mkdocs.yml", url, **settings))
    save(site)
    return faults


def context(docs: Path | Registers, **named) -> Context:
    """Return what a macro is given: a folder, or registers alone; HTML stands as it is."""
    content = (
        Content(Path("docs"), {}, docs, {}) if isinstance(docs, Registers) else Content.read(docs)
    )
    return Context(content, str, site_url=SITE, **named)


def staged(*checks: Callable[..., Iterable[Finding]]) -> Callable[..., list[Finding]]:
    """Return checks as one: the first that finds something ends it, as in a build."""
    return lambda content, today: next(filter(None, (list(c(content, today)) for c in checks)), [])


def run_check(name: str, docs: Path, *argv: str) -> int:
    """Run ``python3 scripts/check.py NAME`` on a folder of docs; return its exit code."""
    (docs.parent / "mkdocs.yml").write_text("site_name: x\nsite_url: https://x.example/\n", "utf-8")
    return check.main([name, *argv, "--sajt", str(docs.parent)])


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site: scripts/test.py builds it before the tests."""
    built = ROOT / "site"
    if not (built / "index.html").is_file():
        pytest.exit("site/ saknas. Kör: python3 scripts/build.py", returncode=2)
    return built


GARDEN = ROOT / "tests/other_subject"  # every macro, figure, tool, frame and sheet is on it


class Garden(NamedTuple):
    """The small whole site about something else, in a folder of its own."""

    root: Path

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @property
    def site(self) -> Path:
        return self.root / "site"

    def page(self, address: str) -> str:
        """Return the HTML of the built page at ``address``, "odla/tomat/"."""
        return (self.site / address / "index.html").read_text(encoding="utf-8")

    def build(self, *, url: str = "", **options) -> int:
        """Build it as the command does, in this process; return the exit code."""
        with pytest.MonkeyPatch.context() as patch:
            if url:
                patch.setenv("SITE_URL", url)
            return build.build(self.root, self.site, **{"pdf": False, **options})


def planted(folder: Path) -> Garden:
    """Return a garden in ``folder``, not built, to change."""
    return Garden(Path(shutil.copytree(GARDEN, folder / "garden")))


@pytest.fixture(scope="session")
def garden(tmp_path_factory) -> Garden:
    """The garden as a build makes it, with its PDF files. Never to be changed."""
    made = planted(tmp_path_factory.mktemp("session"))
    assert made.build(pdf=True) == 0
    return made


@pytest.fixture
def own_garden(tmp_path) -> Garden:
    """A garden to change and build."""
    return planted(tmp_path)


FOLDER = "/kunskap/lotten/"


@pytest.fixture(scope="session")
def garden_in_a_folder(tmp_path_factory) -> Garden:
    """The same for a folder on a host: SITE_URL is all that differs, and that it has no PDF files."""
    made = planted(tmp_path_factory.mktemp("folder"))
    assert made.build(url=f"https://kommun.example{FOLDER}") == 0
    return made


DESCRIPTION = (
    "En sida att prova på. Den är till för proven, och säger inget som någon läsare behöver veta."
)
PAGE = f"""\
---
title: Prov
description: {DESCRIPTION}
last_reviewed_on: 2026-11-24
review_by: 2027-05-24
owner: Redaktionen
keywords: []
---
# Prov

"""


def page_with(rows: str, body: str = "") -> str:
    """Return a page with more rows in its front matter: the first is on line 8."""
    return PAGE.replace("keywords: []\n", f"keywords: []\n{rows}") + body


def make_docs(folder: Path, files: dict[str, str | bytes | dict]) -> Path:
    """Write a small docs/ in ``folder`` out of path → text: a body gets front matter, a register
    given as rows what its records must have. Return it."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            file.write_bytes(text)
            continue
        if isinstance(text, dict):
            text = whole(Path(name).relative_to("_data").with_suffix("").as_posix(), text)
        page = name.endswith(".md") and not name.startswith("_data/")
        front = PAGE if page and not text.startswith("---") else ""
        file.write_text(front + text, encoding="utf-8")
    return folder


@pytest.fixture
def docs(tmp_path: Path):
    """Return a function that makes a small docs/: see ``make_docs``."""
    return partial(make_docs, tmp_path / "docs")
