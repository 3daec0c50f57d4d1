"""The cost of a build as the site grows: python3 tests/measure/bench.py [PAGES …]

Builds this site and copies of its pages under other names, without PDF files and caches, beside
MkDocs with stock Material and its search in the same run. "Stock" has the same text: our Markdown
extension, and none of the steps after it.

Prints a Markdown table of CPU seconds, user and system, and the largest memory; the last column is
the power of the number of pages that a figure grows with. The content checks are run, and their
findings ignored: copies repeat what other pages have.
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
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

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
LINK = re.compile(r"\]\((?![a-z]+:)([^)#\s]+\.md)")  # "](stod/barn.md", not "](https://…"
# Fields of front matter that only one page may have, with their lists.
UNIQUE_FIELDS = re.compile(r"^(?:short|step|embed):.*\n(?:[ -].*\n)*", re.M)
STOCK = f"""\
site_name: Stock
site_url: https://stock.invalid/
theme: {{name: material, language: sv, font: false}}
exclude_docs: /_data/
plugins: [search]
validation: {{absolute_links: relative_to_docs}}
markdown_extensions:
  [abbr, admonition, attr_list, def_list, md_in_html, tables, toc, pymdownx.details,
   pymdownx.superfences, {EXTENSION}, scripts.render.structure]
"""


class Cost(NamedTuple):
    """The cost of a build: seconds of CPU, and its largest memory in MB."""

    cpu: float
    memory: float


def build_ours(root: Path) -> None:
    """Build the project in ``root`` as scripts/build.py does, whatever the checks find."""
    project = Project.load(root, pdf=False)
    known = pipeline.check_content_and_permalinks(project.content, dt.date.today())
    result = pipeline.run_pipeline(project, root / ".build/site", known)
    if not result.has_pages:
        raise RuntimeError(result.mkdocs_findings)


def build_stock(root: Path) -> None:
    """Build the project in ``root`` as MkDocs does, with the registers of the one beside it."""
    config = load_config(str(root / "mkdocs.yml"), hooks=[str(HOOKS)])
    config.mdx_configs[EXTENSION] = {"content": Content.read(root.parent / "ours/docs")}
    mkdocs_build(config)


BUILDS = {"ours": build_ours, "stock": build_stock}


def pages_and_copies(pages: Sequence[Page], wanted: int) -> Iterator[tuple[PurePosixPath, str]]:
    """Yield (path, text) of pages, and of as many copies as make ``wanted``.

    Pages about the site list all the others: a larger site has them once, too.
    """
    yield from ((page.path, page.source) for page in pages)
    originals = [page for page in pages if page.path.parts[0] not in ("om", "index.md")]
    for number in range(max(wanted - len(pages), 0)):
        page = originals[number % len(originals)]
        generation = number // len(originals)
        remaining = wanted - len(pages) - generation * len(originals)
        copied = {other.path for other in originals[:remaining]}
        _, front_matter, body = page.source.split("---\n", 2)
        front_matter = UNIQUE_FIELDS.sub("", front_matter)
        text = f"---\n{front_matter}---\n{_links_of_copy(body, page.path, copied, generation)}"
        yield _path_of_copy(page.path, generation), text


def _path_of_copy(path: PurePosixPath, generation: int) -> PurePosixPath:
    """Return the path of a page's copy: "stod/barn.md" → "stod/zz-kopia-aa/barn.md"."""
    letters = chr(ord("a") + generation // 26) + chr(ord("a") + generation % 26)
    return PurePosixPath(path.parts[0], COPY + letters, *path.parts[1:])


def _links_of_copy(
    body: str, path: PurePosixPath, copied: set[PurePosixPath], generation: int
) -> str:
    """Return a page's text with links to the copies of the same generation, if there are any."""

    def new_link(link: re.Match[str]) -> str:
        target = PurePosixPath(posixpath.normpath(posixpath.join("/", path.parent, link[1])))
        target = target.relative_to("/")
        return f"](/{_path_of_copy(target, generation) if target in copied else target}"

    return LINK.sub(new_link, body)


def write_files(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def measure(name: str, folder: Path) -> Cost:
    """Build the project in ``folder`` in a process of its own; return the cost.

    ``name``: a key of BUILDS. Raises RuntimeError, with the end of its output, if it fails.
    """
    log = folder / "log"
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}
    environment |= {"PYTHONHASHSEED": "0", "OVERRIDES": str(ROOT / "overrides")}
    pid = os.fork()
    if not pid:
        os.chdir(folder)
        os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT), 1)
        os.dup2(1, 2)
        os.execve(sys.executable, [sys.executable, __file__, "--build", name], environment)
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise RuntimeError(f"{name} in {folder}:\n{log.read_text('utf-8', 'replace')[-2000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measure_all(work: Path, wanted: int) -> tuple[int, dict[str, Cost]]:
    """Return the number of pages in docs/, and the cost of each build of them, in ``work``."""
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    outside = f"not_in_nav: |\n  /*/{COPY}*/\n"
    settings = settings.replace("not_in_nav: |\n", outside)
    # the same menu: one made from the folders would have every page, and grow with their square
    menu = outside + "  /betanketid/vagledning/\n  /lag/\n" + settings[settings.index("\nnav:") :]
    ours = work / "ours"
    stock = work / "stock"
    shutil.copytree(ROOT / "docs", ours / "docs")
    (ours / "overrides").symlink_to(ROOT / "overrides")
    texts = pages_and_copies(Content.read(ROOT / "docs").authored_pages, wanted)
    write_files(ours, {"mkdocs.yml": settings, **{f"docs/{path}": text for path, text in texts}})
    content = Content.read(ours / "docs")
    pages = {f"docs/{page.path}": page.source for page in content.pages.values()}
    write_files(stock, {"mkdocs.yml": STOCK + menu, **pages})
    costs = {}
    for name in BUILDS:
        costs[name] = measure(name, work / name)
        print(len(content.authored_pages), name, costs[name], file=sys.stderr, flush=True)
    return len(content.authored_pages), costs


def table(sizes: Sequence[tuple[int, dict[str, Cost]]]) -> str:
    """Return the results of ``measure_all`` as a Markdown table, a column for each."""
    rows = [["", *(f"{count} pages" for count, _ in sizes), "exponent"], ["---"] * (len(sizes) + 2)]

    def add_row(name: str, values: list[float], digits: int) -> None:
        growth = math.log(sizes[-1][0] / sizes[0][0]) if len(sizes) > 1 else 0
        exponent = f"{math.log(values[-1] / values[0]) / growth:.2f}" if growth else ""
        rows.append([name, *(f"{value:.{digits}f}" for value in values), exponent])

    for name in BUILDS:
        add_row(f"{name}, memory, MB", [costs[name].memory for _, costs in sizes], 0)
        add_row(f"{name}, CPU, s", [costs[name].cpu for _, costs in sizes], 1)
    ratios = [costs["ours"].cpu / costs["stock"].cpu for _, costs in sizes]
    add_row("ours / stock, CPU", ratios, 2)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python3 tests/measure/bench.py", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="PAGES")
    parser.add_argument("--build", choices=BUILDS, help="build the folder's project, and no more")
    args = parser.parse_args(argv)
    if args.build:
        BUILDS[args.build](Path.cwd())
        return 0
    with tempfile.TemporaryDirectory() as work:
        print(table([measure_all(Path(work) / str(size), size) for size in sorted(args.sizes)]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
