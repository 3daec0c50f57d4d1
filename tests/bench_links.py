"""Measures the link validator. Not a test: nothing here decides whether a change is right.

    python -m tests.bench_links speed [--pages N] [--menu whole|pruned] [--peer lychee]…
    python -m tests.bench_links peers [--peer NAME]…         what each finds in the planted corpus
    python -m tests.bench_links real [--peer NAME]… DIR…     side by side on built sites

Peers: tests/links/peers.py.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from tests.links.corpus import SITE_URL, plants, write
from tests.links.peers import OURS, PEERS, complaints, here, run

PYTHON = sys.executable

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


def row(*cells: object) -> None:
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


def speed(pages: int, menu: str, peers: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-links-") as folder:
        root = Path(folder) / "site"
        root.mkdir()
        size = generate(root, pages, menu == "whole")
        print(f"{pages} pages, {menu} menu, {size / 1e6:.0f} MB of HTML, {os.cpu_count()} cores\n")
        row("what", "seconds", "× floor", "peak memory MB", "complaints")
        row("---", "---", "---", "---", "---")
        parse_only(root)  # warm: the files are in memory for everybody
        floors = []
        for _ in range(3):
            started = time.perf_counter()
            parse_only(root)
            floors.append(time.perf_counter() - started)
        floor = min(floors)
        row("parser alone, every core", f"{floor:.2f}", "1", "", "")
        command = [PYTHON, "-m", "scripts.validate_links", str(root)]
        runs = [run([*command, "--site-url", "https://example.se/"], 600) for _ in range(3)]
        best = min(ran.seconds for ran in runs)
        peak = max(ran.peak for ran in runs) / 1e6
        row("ours", f"{best:.2f}", f"{best / floor:.2f}", f"{peak:.0f}", runs[0].text.strip()[-80:])
        for peer in peers:
            ran, found = complaints(PEERS[peer], root)
            more = "" if ran.done else "> "
            row(
                f"{peer}, {more}{ran.seconds / best:.1f} × ours",
                f"{more}{ran.seconds:.2f}",
                f"{more}{ran.seconds / floor:.1f}",
                f"{ran.peak / 1e6:.0f}",
                len(found) if ran.done else "stopped",
            )


def peers(names: list[str]) -> None:
    """What each checker finds in the planted corpus, and what it blames in the clean twin."""
    files = {plant.file for plant in plants()}
    found: dict[str, set[str]] = {}
    false: dict[str, set[str]] = {}
    row("checker", "found", "missed", "false alarms on the clean twin", "seconds")
    row("---", "---", "---", "---", "---")
    with tempfile.TemporaryDirectory(prefix="bench-links-") as folder:
        bad = write(Path(folder) / "fel/kunskap", good=False)
        good = write(Path(folder) / "bra/kunskap", good=True)
        for name in ("ours", *names):
            peer = OURS if name == "ours" else PEERS[name]
            ran, all_bad = complaints(peer, bad, SITE_URL)
            found[name] = {page for page, _ in all_bad} & files
            false[name] = {page for page, _ in complaints(peer, good, SITE_URL)[1]}
            hits = len(found[name])
            row(name, hits, len(files) - hits, len(false[name]), f"{ran.seconds:.1f}")
    together = set().union(*[found[p] for p in names])
    wrong = set().union(*[false[p] for p in names])
    row("all the others together", len(together), len(files) - len(together), len(wrong), "")
    print()
    row("kind of fault", "planted", *found)
    row(*["---"] * (2 + len(found)))
    for kind in sorted({plant.kind for plant in plants()}):
        mine = {plant.file for plant in plants() if plant.kind == kind}
        row(kind, len(mine), *[len(mine & found[p]) for p in found])
    for name in found:
        print(f"\n{name}, false alarms: {', '.join(sorted(false[name])) or 'none'}")


def real(folders: list[Path], names: list[str], limit: float) -> None:
    """Side by side on sites that nobody here wrote: who complains of which page."""
    for folder in folders:
        root = folder.resolve()
        print(f"\n{folder}")
        pages: dict[str, set[str]] = {}
        for name in ("ours", *names):
            peer = OURS if name == "ours" else PEERS[name]
            ran, found = complaints(peer, root, limit=limit)
            pages[name] = {page for page, _ in found}
            state = "" if ran.done else ", stopped before its end"
            print(
                f"{name}: {ran.seconds:.1f} s, {ran.peak / 1e6:.0f} MB, {len(found)} complaints "
                f"of {len(pages[name])} pages{state}"
            )
            for page, target in sorted(found):
                print(f"  {name}\t{page}\t{target}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    installed = here()
    one = commands.add_parser("speed")
    one.add_argument("--pages", type=int, default=3000)
    one.add_argument("--menu", choices=("whole", "pruned"), default="pruned")
    one.add_argument("--peer", action="append", default=[], choices=installed)
    two = commands.add_parser("peers")
    two.add_argument("--peer", action="append", choices=installed)
    three = commands.add_parser("real")
    three.add_argument("dir", type=Path, nargs="+")
    three.add_argument("--peer", action="append", choices=installed)
    three.add_argument("--limit", type=float, default=1200, help="seconds for each checker")
    args = parser.parse_args()
    if args.command == "speed":
        speed(args.pages, args.menu, args.peer)
    elif args.command == "peers":
        peers(args.peer or installed)
    else:
        real(args.dir, args.peer or ["lychee", "linkchecker"], args.limit)


if __name__ == "__main__":
    main()
