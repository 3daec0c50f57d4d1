"""What a build costs as the site grows: python3 tests/measure/bench.py [PAGES …] [NAME=PROGRAM …]

Builds this site and copies of its pages under other names, without PDF files and with nothing kept,
beside MkDocs with stock Material and its search in the same run:

    stock    the same text: our Markdown extension gives it, and none of our steps follows
    bare     macros as they stand, a sixth of the text; so has Hugo, if named

Prints a Markdown table of CPU seconds, user and system, and the largest memory; the last column is
the power of the number of pages that a figure grows with. Findings of the content checks are counted
in, and stop nothing: copies say what is said already.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import os
import posixpath
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TypeAlias

if __name__ == "__main__":  # started as a file, on any Python: what follows needs the packages
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    from scripts.core.environment import reexec_in_venv

    reexec_in_venv("requirements-dev.txt")

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from scripts import pipeline
from scripts.content.config import EXTENSION, HOOKS
from scripts.content.content import Content
from scripts.content.page import Page
from scripts.content.project import Project
from tests.conftest import ROOT

SIZES = (0, 1000, 3000)  # pages in docs/; 0: as many as there are
COPY = "zz-kopia-"  # folders of copies, last by path: a register's home is the first that shows it
Inside: TypeAlias = dict[str, PurePosixPath]
LINK = re.compile(r"\]\((?![a-z]+:)([^)#\s]+\.md)")
ONE_HOME = re.compile(r"^(?:short|step|embed):.*\n(?:[ -].*\n)*", re.M)  # of a page's front matter
STOCK = """\
site_name: Bare
site_url: https://bare.invalid/
theme: {name: material, language: sv, font: false}
exclude_docs: /_data/
plugins: [search]
validation: {absolute_links: relative_to_docs}
markdown_extensions:
  [abbr, admonition, attr_list, def_list, md_in_html, tables, toc, pymdownx.details,
   pymdownx.superfences%s]
"""
HUGO = 'baseURL = "https://bare.invalid/"\ndisableKinds = ["taxonomy", "term"]\n'
LAYOUT = "<title>{{.Title}}</title>{{.Content}}"


class Cost(NamedTuple):
    """What a build took: seconds of CPU and of the clock, and its largest memory in MB."""

    cpu: float
    wall: float
    memory: float


def build(root: Path) -> None:
    """Build the project in ``root`` as scripts/build.py does, whatever the checks say."""
    project = Project.load(root, pdf=False)
    known = pipeline.check_content(project.content, dt.date.today())
    result = pipeline.run_pipeline(project, root / ".build/site", known)
    if not result.has_pages:
        raise RuntimeError(result.mkdocs_findings)


def build_stock(root: Path) -> None:
    """Build the project in ``root`` as MkDocs does, by our extension: docs/ beside it, read once."""
    config = load_config(str(root / "mkdocs.yml"), hooks=[str(HOOKS)])
    config.mdx_configs[EXTENSION] = {"content": Content.read(root.parent / "ours/docs")}
    mkdocs_build(config)


def copies(pages: Sequence[Page], wanted: int) -> Iterator[tuple[PurePosixPath, str]]:
    """Yield (path, text) of pages and as many copies as make ``wanted``. Links lead within a copy.
    Pages about the site list all the others: a larger site has them once, too."""
    yield from ((page.path, page.source) for page in pages)
    many = [page for page in pages if page.path.parts[0] not in ("om", "index.md")]
    for number in range(max(wanted - len(pages), 0)):
        page, times = many[number % len(many)], number // len(many)
        left = wanted - len(pages) - times * len(many)
        inside = {posixpath.join("/", one.path): one.path for one in many[:left]}

        def moved(
            link: re.Match[str], page: Page = page, times: int = times, inside: Inside = inside
        ) -> str:
            to = posixpath.normpath(posixpath.join("/", page.path.parent, link[1]))
            return f"](/{_copy(inside[to], times)}" if to in inside else f"]({to}"

        _, front, body = page.source.split("---\n", 2)
        front = ONE_HOME.sub("", front)
        yield _copy(page.path, times), f"---\n{front}---\n{LINK.sub(moved, body)}"


def _copy(path: PurePosixPath, times: int) -> PurePosixPath:
    letters = chr(ord("a") + times // 26) + chr(ord("a") + times % 26)
    return PurePosixPath(path.parts[0], COPY + letters, *path.parts[1:])


def write(folder: Path, texts: dict[str, str]) -> Path:
    """Write files into ``folder``; return it."""
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return folder


def cost(command: Sequence[str], folder: Path) -> Cost:
    """Run a program; return what it took. Raises RuntimeError where it fails."""
    log, begun = folder / "log", time.monotonic()
    given = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}
    given |= {"PYTHONHASHSEED": "0", "OVERRIDES": str(ROOT / "overrides")}
    pid = os.fork()
    if not pid:
        os.chdir(folder)
        os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT), 1)
        os.dup2(1, 2)
        os.execvpe(command[0], command, given)
    _, status, used = os.wait4(pid, 0)
    if status:
        raise RuntimeError(f"{command} in {folder}:\n{log.read_text('utf-8', 'replace')[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, time.monotonic() - begun, used.ru_maxrss / 1024)


def run(work: Path, wanted: int, peers: dict[str, str]) -> tuple[int, dict[str, Cost]]:
    """Return the number of pages in docs/, and what each build of them took."""
    own = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    outside = f"not_in_nav: |\n  /*/{COPY}*/\n"
    own = own.replace("not_in_nav: |\n", outside)
    # the same menu: made of itself it would have every page, and grow with their square
    menu = outside + "  /betanketid/vagledning/\n  /lag/\n" + own[own.index("\nnav:") :]
    ours, stock, bare = (work / name for name in ("ours", "stock", "bare"))
    shutil.copytree(ROOT / "docs", ours / "docs")
    (ours / "overrides").symlink_to(ROOT / "overrides")
    texts = copies(Content.read(ROOT / "docs").authored_pages, wanted)
    write(ours, {"mkdocs.yml": own, **{f"docs/{path}": text for path, text in texts}})
    content = Content.read(ours / "docs")
    pages = content.pages.values()
    for folder, more in ((stock, f", {EXTENSION}, scripts.render.structure"), (bare, "")):
        write(folder, {"mkdocs.yml": STOCK % more + menu})
        write(folder, {f"docs/{page.path}": page.source for page in pages})
    layouts = {f"layouts/_default/{name}.html": LAYOUT for name in ("single", "list")}
    write(bare, {"hugo.toml": HUGO, **layouts, **{f"content/{p.path}": p.source for p in pages}})
    own_child = [sys.executable, __file__]
    runs = {"ours": ([*own_child, "--build"], ours), "stock": ([*own_child, "--stock"], stock)}
    runs["bare"] = [sys.executable, "-m", "mkdocs", "build"], bare
    for name, program in peers.items():
        runs[name] = ([program], bare)
    took = {}
    for name, (command, folder) in runs.items():
        took[name] = cost(command, folder)
        print(len(content.authored_pages), name, took[name], file=sys.stderr, flush=True)
    return len(content.authored_pages), took


def table(sizes: Sequence[tuple[int, dict[str, Cost]]]) -> str:
    """Return the figures as Markdown."""
    rows = [["", *(f"{count} pages" for count, _ in sizes), "exponent"], ["---"] * (len(sizes) + 2)]

    def row(name: str, values: list[float], digits: int) -> None:
        grows = math.log(sizes[-1][0] / sizes[0][0]) if len(sizes) > 1 else 0
        power = f"{math.log(values[-1] / values[0]) / grows:.2f}" if grows else ""
        rows.append([name, *(f"{value:.{digits}f}" for value in values), power])

    names = list(sizes[0][1])
    for name in names:
        row(f"{name}, memory, MB", [took[name].memory for _, took in sizes], 0)
        row(f"{name}, CPU, s", [took[name].cpu for _, took in sizes], 1)
    for name in names[1:]:
        row(f"ours / {name}, CPU", [t["ours"].cpu / t[name].cpu for _, t in sizes], 2)
    return "\n".join(f"| {' | '.join(one)} |" for one in rows)


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python3 tests/measure/bench.py", description=__doc__)
    parser.add_argument("given", nargs="*", metavar="PAGES|NAME=PROGRAM")
    for name, call in {"--build": build, "--stock": build_stock}.items():
        parser.add_argument(name, dest="call", action="store_const", const=call)
    args = parser.parse_args(argv)
    if args.call:
        args.call(Path.cwd())
        return 0
    peers = dict(one.split("=", 1) for one in args.given if "=" in one)
    sizes = [int(one) for one in args.given if "=" not in one] or SIZES
    with tempfile.TemporaryDirectory() as work:
        print(table([run(Path(work) / str(size), size, peers) for size in sorted(sizes)]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
