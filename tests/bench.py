"""What a build costs as the site grows: python -m tests.bench [PAGES …] [--with NAME=PROGRAM …]

Builds copies of this site (tests/corpus.py) without PDF files, nothing cached, each step measured
in a process of its own kind, beside stock Material with its search in the same run, and beside
Zensical or Hugo where a program is given. Stock has the same text: the macros of our Markdown
extension, which write two thirds of it; "plain" and the others leave macros as they stand. Prints a
Markdown table and how each step grows (the exponent between the smallest and the largest), and
draws tests/bench.svg.

Figures are CPU seconds; findings of the content checks are counted in, and don't stop it.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.corpus import make_corpus

PLOT = ROOT / "tests/bench.svg"
SIZES = (87, 300, 1000)
PLAIN = """\
site_name: Bare
site_url: https://bare.invalid/
theme: {name: material, language: sv, font: false}
exclude_docs: /_data/
plugins: [search]
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - md_in_html
  - tables
  - toc
  - pymdownx.details
  - pymdownx.superfences
"""
MACROS = "  - scripts.render.extension\n  - scripts.render.structure\nhooks: [hook.py]\n"
# docs/ read once, as our build gives it: else the extension looks through the folder for each page.
HOOK = """\
from pathlib import Path
from scripts.content.content import Content
from scripts.publish.mkdocs import EXTENSION


def on_config(config):
    content = Content.read(Path(config.docs_dir))
    config.mdx_configs.setdefault(EXTENSION, {})["content"] = content
    return config
"""
HUGO = """\
baseURL = "https://bare.invalid/"
languageCode = "sv"
disableKinds = ["taxonomy", "term"]
"""


def cpu() -> float:
    """Return the CPU seconds of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def memory() -> int:
    """Return the largest memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure(root: Path) -> dict[str, Any]:
    """Build the project in ``root`` step by step; return CPU, wall clock and memory of each."""
    import datetime as dt

    from scripts import steps
    from scripts.check import FIRST, REST, module
    from scripts.content.config import read_config
    from scripts.content.content import Content
    from scripts.links.validate import validate
    from scripts.publish import mkdocs, promise
    from scripts.publish.built import BuiltSite
    from scripts.publish.compress import compress

    rows: dict[str, tuple[float, float, int]] = {}
    gc.set_threshold(*steps.GARBAGE)

    def timed(name: str, call: Callable[..., Any], *given: Any, **named: Any) -> Any:
        before, clock = cpu(), time.perf_counter()
        result = call(*given, **named)
        rows[name] = (cpu() - before, time.perf_counter() - clock, memory())
        return result

    today, target = dt.date.today(), root / ".build/site"
    target.parent.mkdir()
    content = timed("read", Content.read, root / "docs")
    timed("checks", lambda: [list(module(n).check(content, today)) for n in (*FIRST, *REST)])
    config = timed("config", read_config, root, pdf=False)
    timed("mkdocs", mkdocs.render, config, target, content)
    site = timed("parse", BuiltSite, target, config.site_url)
    for step in (*steps.BEFORE_SHEETS, *steps.AFTER_SHEETS):
        timed(step.__name__, step, content, site, config)
    timed("save", site.save)
    for step in (steps.add_handouts, *steps.TO_FILES):
        timed(step.__name__, step, content, site, config)
    timed("promise", lambda: list(promise.check(content)))
    timed("validate", validate, target, config.site_url, root / "docs", "site", with_orphans=True)
    timed("compress", compress, target)
    size = sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
    return {"steps": rows, "memory": memory(), "bytes": size, "cpu": cpu()}


def child(command: Sequence[str | Path], folder: Path) -> tuple[float, int, str]:
    """Run a program; return its CPU seconds, its largest memory in MB, and what it wrote."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    given = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=folder, env=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        wrote = running.stdout.read() if running.stdout else ""
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise RuntimeError(f"{command[0]} ended with {running.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return total, used.ru_maxrss // 1024, wrote


def run(work: Path, pages: int, peers: dict[str, str]) -> dict[str, Any]:
    """Return the figures of one size, ours and the peers'."""
    ours = work / "ours"
    ours.mkdir(parents=True)
    made, starts = make_corpus(ROOT / "docs", ours / "docs", pages)
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    copies = "".join(f"  - {name}: {name}/index.md\n" for name in starts)
    menu = re.sub(r"^nav:\n.*\n", lambda match: match[0] + copies, config, count=1, flags=re.M)
    (ours / "mkdocs.yml").write_text(menu, encoding="utf-8", newline="\n")
    (ours / "overrides").symlink_to(ROOT / "overrides")
    used, most, wrote = child([sys.executable, "-m", "tests.bench", "--measure", ours], ROOT)
    figures = {**json.loads(wrote), "pages": made, "cpu": used, "memory": most, "peers": {}}
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "-q"]
    # the same menu: made of itself it would have every page, and grow with their square
    nav = menu[menu.index("\nnav:") :]
    stock, plain = work / "stock", work / "plain"
    shutil.copytree(ours / "docs", stock / "docs")
    (stock / "mkdocs.yml").write_text(PLAIN + MACROS + nav, encoding="utf-8")
    (stock / "hook.py").write_text(HOOK, encoding="utf-8")
    shutil.copytree(ours / "docs", plain / "docs", ignore=shutil.ignore_patterns("_data"))
    (plain / "mkdocs.yml").write_text(PLAIN + nav, encoding="utf-8")
    (plain / "hugo.toml").write_text(HUGO, encoding="utf-8")
    (plain / "layouts/_default").mkdir(parents=True)
    for name in ("single", "list"):
        layout = plain / f"layouts/_default/{name}.html"
        layout.write_text("<title>{{.Title}}</title>{{.Content}}", encoding="utf-8")
    shutil.copytree(plain / "docs", plain / "content")
    runs = {"stock": (mkdocs, stock), "plain": (mkdocs, plain)}
    for name, program in peers.items():
        runs[name] = ([program, *(["build"] if name == "zensical" else [])], plain)
    for name, (command, folder) in runs.items():
        used, most, _ = child(command, folder)
        figures["peers"][name] = {"cpu": used, "memory": most}
        print(f"{made} sidor, {name}: {used:.1f} s, {most} MB", file=sys.stderr)
    shutil.rmtree(work)
    return figures


def exponent(small: dict[str, Any], large: dict[str, Any], value: Callable[[Any], float]) -> float:
    """Return the power with which a figure grows with the pages."""
    return math.log(max(value(large), 1e-3) / max(value(small), 1e-3)) / math.log(
        large["pages"] / small["pages"]
    )


def table(sizes: list[dict[str, Any]]) -> str:
    """Return the figures as Markdown."""
    peers = list(sizes[0]["peers"])
    rows = [["step, CPU s", *(f"{one['pages']} pages" for one in sizes), "exponent"]]

    def row(name: str, value: Callable[[Any], float], digits: int = 1) -> None:
        grows = f"{exponent(sizes[0], sizes[-1], value):.2f}" if len(sizes) > 1 else ""
        rows.append([name, *(f"{value(one):.{digits}f}" for one in sizes), grows])

    for step in sizes[0]["steps"]:
        row(step, lambda one, step=step: one["steps"][step][0], 2)
    row(
        "own steps together",
        lambda one: sum(s[0] for k, s in one["steps"].items() if k != "mkdocs"),
    )
    row("all", lambda one: one["cpu"])
    for name in peers:
        row(name, lambda one, name=name: one["peers"][name]["cpu"])
        row(f"all / {name}", lambda one, name=name: one["cpu"] / one["peers"][name]["cpu"], 2)
    row("memory, MB", lambda one: one["memory"], 0)
    for name in peers:
        row(f"memory of {name}, MB", lambda one, name=name: one["peers"][name]["memory"], 0)
    row("output, MB", lambda one: one["bytes"] / 1e6, 0)
    rows.insert(1, ["---", *["---:"] * (len(sizes) + 1)])
    return "\n".join(f"| {' | '.join(one)} |" for one in rows)


def plot(sizes: list[dict[str, Any]]) -> str:
    """Return the CPU seconds by pages as SVG, both axes logarithmic."""
    wide, high, edge = 640, 400, 60
    lines = {"ours": [one["cpu"] for one in sizes]}
    lines |= {name: [one["peers"][name]["cpu"] for one in sizes] for name in sizes[0]["peers"]}
    pages = [one["pages"] for one in sizes]
    top = math.ceil(math.log10(max(max(values) for values in lines.values())))
    low = math.floor(math.log10(min(min(values) for values in lines.values())))
    left, right = math.log10(pages[0]), math.log10(pages[-1])

    def x(value: float) -> float:
        return edge + (math.log10(value) - left) / (right - left) * (wide - 2.5 * edge)

    def y(value: float) -> float:
        return high - edge - (math.log10(value) - low) / (top - low) * (high - 1.5 * edge)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" '
        'font-family="sans-serif" font-size="13"><title>CPU seconds of a build by pages</title>'
        f'<rect width="{wide}" height="{high}" fill="#fff"/>'
    ]
    for power in range(low, top + 1):
        parts.append(
            f'<path d="M{edge} {y(10**power):.0f}H{wide - 1.5 * edge:.0f}" stroke="#ccc"/>'
            f'<text x="{edge - 8}" y="{y(10**power) + 4:.0f}" text-anchor="end">{10**power:g} s</text>'
        )
    for count in pages:
        parts.append(
            f'<text x="{x(count):.0f}" y="{high - edge + 20}" text-anchor="middle">{count}</text>'
        )
    for number, (name, values) in enumerate(lines.items()):
        points = " ".join(f"{x(p):.1f},{y(v):.1f}" for p, v in zip(pages, values, strict=True))
        dash = ("", "6 3", "2 3", "9 3 2 3")[number % 4]
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="#000" stroke-width="2" '
            f'stroke-dasharray="{dash}"/><text x="{x(pages[-1]) + 6:.0f}" '
            f'y="{y(values[-1]) + 4:.0f}">{name}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("pages", type=int, nargs="*", default=SIZES)
    parser.add_argument("--with", action="append", default=[], metavar="NAME=PROGRAM", dest="peers")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if args.measure:
        print(json.dumps(measure(args.measure)))
        return 0
    peers = dict(peer.split("=", 1) for peer in args.peers)
    with tempfile.TemporaryDirectory() as work:
        sizes = [run(Path(work) / str(pages), pages, peers) for pages in sorted(args.pages)]
    print(table(sizes))
    if len(sizes) > 1:
        PLOT.write_text(plot(sizes), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
