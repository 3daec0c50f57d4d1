#!/usr/bin/env python3
"""Measures the search: what it finds beside others on the same queries, how fast, at which size.

    .venv/bin/python tests/search/measure.py [--set tune|sealed]      found: ours, Material's, Pagefind
    .venv/bin/python tests/search/measure.py --speed                  four times slower processor
    .venv/bin/python tests/search/measure.py --pages 3000             the same at 3,000 made-up pages

Needs a built site, Chromium (CHROMIUM names it) and, for Pagefind, a package index.

A query is answered if one of the first three hits leads to a section where its reader is served
(queries.tsv). Ours must name the section itself. Material's and Pagefind's hits are pages with
sections below: there any of a page's first three sections will do.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from scripts.content.content import Content  # noqa: E402
from scripts.publish.search.index import build_index  # noqa: E402
from scripts.publish.search.pages import read_site  # noqa: E402
from scripts.publish.search.registers import read_searches, read_synonyms  # noqa: E402
from scripts.publish.search.words import tokens  # noqa: E402
from scripts.publish.search.write import ENGINE, INDEX, engine_of, write  # noqa: E402
from tests.machine import find_browser  # noqa: E402

ASSETS = ROOT / "overrides/assets"
PAGEFIND = "pagefind_bin==1.5.2"
SLOWER = 4
KEYS = (
    "betänketid",
    "orosanmälan barn",
    "skyddsboende",
    "beteketid",
    "vem får ansöka om betänketid",
    "020-390 000",
)
Search = Callable[[list[str]], list[list[list[str]]]]  # queries → hits → places, best first

OURS = """async (queries) => {
  const engine = searchModule.searchEngine(searchIndex);
  return queries.map((q) => engine.search(q, 3).hits.map((h) => [h.address + (h.id ? "#" + h.id : "")]));
}"""
MATERIAL = """async ([worker, index, queries]) => {
  const data = await (await fetch(index)).json();
  data.options = {suggest: false};
  const search = new Worker(worker);
  const ask = (message) => new Promise((resolve) => {
    search.onmessage = (event) => resolve(event.data);
    search.postMessage(message);
  });
  await ask({type: 0, data});
  const found = [];
  for (const q of queries) {
    const groups = (await ask({type: 2, data: q})).data.items.slice(0, 3);
    found.push(groups.map((items) => items.sort((a, b) => b.score - a.score).slice(0, 3).map((i) => i.location)));
  }
  return found;
}"""
PAGEFIND_SEARCH = """async (queries) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const found = [];
  for (const q of queries) {
    const hits = (await pagefind.search(q)).results.slice(0, 3);
    const data = await Promise.all(hits.map((hit) => hit.data()));
    found.push(data.map((d) => d.sub_results.slice(0, 3).map((s) => s.url.replace(/^\\//, ""))));
  }
  return found;
}"""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve ``site`` on loopback; give the address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def queries(name: str) -> list[list[str]]:
    """Return [class, set, query, acceptable] of one set."""
    lines = (ROOT / "tests/search/queries.tsv").read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return [row for row in rows if row[1] == name]


def is_served(places: list[str], acceptable: str) -> bool:
    """Whether one of the places ("betanketid/#villkor") is acceptable ("/betanketid/*" is any)."""
    good = acceptable.split()
    return any(f"/{p}" in good or f"/{p.split('#')[0]}*" in good for p in places)


def material(page: Page, folder: Path, pipeline: str) -> Search:
    """Build the site with Material's search and return it, run by its own worker."""
    source, site = folder / "source", folder / "site"
    source.mkdir(parents=True)
    for name in ("docs", "overrides", "scripts"):
        (source / name).symlink_to(ROOT / name)
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    plugin = f"plugins:\n  - search:\n      lang: sv\n{pipeline}"
    (source / "mkdocs.yml").write_text(config.replace("plugins: []", plugin), "utf-8")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)],
        cwd=source,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        check=True,
        stderr=subprocess.DEVNULL,
    )
    # the theme's own files, should the site leave them out
    import material as theme

    scripts = Path(theme.__file__).parent / "templates/assets/javascripts"
    shutil.copytree(scripts, site / "assets/javascripts", dirs_exist_ok=True)
    worker = next((site / "assets/javascripts/workers").glob("search.*.min.js"))

    def search(texts: list[str]) -> list[list[list[str]]]:
        with served(site) as base:
            page.goto(base + "404.html")
            path = "/" + worker.relative_to(site).as_posix()
            return page.evaluate(MATERIAL, [path, "/search/search_index.json", texts])

    return search


def pagefind(page: Page, folder: Path) -> Search:
    """Index the built site with Pagefind, in an environment of its own, and return its search."""
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv/bin/python"
    subprocess.run([python, "-m", "pip", "install", "-q", PAGEFIND], check=True)
    site = folder / "site"
    shutil.copytree(ROOT / "site", site)
    command = [folder / "venv/bin/pagefind", "--site", site, "--root-selector", "article"]
    if not command[0].exists():
        command[:1] = [python, "-m", "pagefind_bin"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def search(texts: list[str]) -> list[list[list[str]]]:
        with served(site) as base:
            page.goto(base + "404.html")
            return page.evaluate(PAGEFIND_SEARCH, texts)

    return search


def ours(page: Page, folder: Path) -> Search:
    """Return the site's own search, on a fresh index."""
    site = folder / "site"
    shutil.copytree(ROOT / "site", site)
    write(site, Content.read(ROOT / "docs"))
    index = site / INDEX

    def search(texts: list[str]) -> list[list[list[str]]]:
        page.goto("about:blank")
        page.add_script_tag(content=index.read_text("utf-8"))
        page.add_script_tag(content=engine_of(ASSETS))
        return page.evaluate(OURS, texts)

    return search


def table(page: Page, chosen: str) -> None:
    """Print how many queries of each class each search answers, and what it makes of nonsense."""
    rows = queries(chosen)
    nonsense = (ROOT / "tests/search/nonsense.txt").read_text("utf-8").split()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        stemmed = "      pipeline: [stemmer, stopWordFilter, trimmer]\n"
        searches = {
            "ours": ours(page, folder / "ours"),
            "Material": material(page, folder / "material", ""),
            "Material, stemmed": material(page, folder / "stemmed", stemmed),
            "Pagefind": pagefind(page, folder / "pagefind"),
        }
        texts = [row[2] for row in rows]
        found = {name: search(texts) for name, search in searches.items()}
        junk = {name: sum(map(bool, search(nonsense))) for name, search in searches.items()}
    print(f"\n{chosen}: {len(rows)} queries. In the first three hits (first hit), per cent.\n")
    print("| class | n | " + " | ".join(found) + " |\n| --- | --- |" + " --- |" * len(found))
    for kind in [*dict.fromkeys(row[0] for row in rows), "all"]:
        at = [n for n, row in enumerate(rows) if kind in (row[0], "all")]
        cells = []
        for hits in found.values():
            good = [[is_served(places, rows[n][3]) for places in hits[n]] for n in at]
            three = 100 * sum(any(g[:3]) for g in good) / len(at)
            one = 100 * sum(any(g[:1]) for g in good) / len(at)
            cells.append(
                f"{three:.1f} ({one:.1f})" if kind == "all" else f"{three:.0f} ({one:.0f})"
            )
        print(f"| {kind} | {len(at)} | " + " | ".join(cells) + " |")
    print(f"| nonsense with hits | {len(nonsense)} | " + " | ".join(map(str, junk.values())) + " |")


def made_up(target: Path, count: int) -> dict[str, list[str]]:
    """Write a site of ``count`` pages with the real pages' sections, shuffled, and words of their own;
    return as many search words for each section as here."""
    chance = random.Random(1)
    units = [unit for page in read_site(ROOT / "site") for unit in page.units if unit.text]
    vocabulary = sorted(
        {w for unit in units for part in unit.text for w in tokens(part) if len(w) > 4}
    )
    searches = list(read_searches(Content.read(ROOT / "docs").registers).values())
    rows = {}
    for number in range(count):
        parts = []
        for place in range(12):
            unit = chance.choice(units)
            # compounds that no other page has: the vocabulary grows with the pages
            own = " ".join(chance.choice(vocabulary) + chance.choice(vocabulary) for _ in range(2))
            tag = f'h2 id="d{place}"' if place else "h1"
            rows[f"s{number}/" + (f"#d{place}" if place else "")] = chance.choice(searches)
            parts.append(f"<{tag}>{unit.heading}</{tag[:2]}><p>{' '.join(unit.text)} {own}.</p>")
        file = target / f"s{number}/index.html"
        file.parent.mkdir(parents=True)
        file.write_text(f"<html><body><article>{''.join(parts)}</article></body></html>", "utf-8")
    return rows


def speed(page: Page, site: Path) -> None:
    """Print how long a reader waits, with the processor slowed down and the files cached."""
    with served(site) as base:
        client = page.context.new_cdp_session(page)
        start = base + "betanketid/" if (site / "betanketid").is_dir() else base + "box.html"
        first, keys = [], []
        for _ in range(5):
            page.goto(start)
            client.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            first.append(page.evaluate(FIRST))
            keys += [one for text in KEYS for one in page.evaluate(TYPE, text)]
            client.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        page.evaluate("gc && gc()")
        memory = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
    keys.sort()
    print(
        f"focus to first hit: {statistics.median(first[1:]):.0f} ms (runs {', '.join(f'{f:.0f}' for f in first)})"
    )
    print(
        f"a keystroke, {len(keys)} of them: median {statistics.median(keys):.1f}, p95 {keys[int(len(keys) * 0.95)]:.1f}, worst {keys[-1]:.1f} ms"
    )
    print(f"script memory of the page: {memory:.1f} MB")


# From the moment the reader goes to the box, with a word already in it, to the first hit on the page.
FIRST = """() => new Promise((resolve) => {
  const field = document.querySelector(".search__field"), list = document.querySelector(".search__hits");
  document.querySelector(".search").classList.add("search--open");
  field.value = "betänketid";
  const start = performance.now();
  new MutationObserver((_, self) => {
    if (!list.firstChild) return;
    self.disconnect();
    resolve(performance.now() - start);
  }).observe(list, {childList: true});
  field.focus();
})"""
# Each letter as the browser hands it over: search, list and layout.
TYPE = """(text) => {
  const field = document.querySelector(".search__field"), panel = document.querySelector(".search__panel");
  const times = [];
  for (let end = 1; end <= text.length; end++) {
    field.value = text.slice(0, end);
    const start = performance.now();
    field.dispatchEvent(new Event("input"));
    panel.getBoundingClientRect();
    times.push(performance.now() - start);
  }
  return times;
}"""


def large(page: Page, count: int) -> None:
    """Print what ``count`` made-up pages cost: to index, to send, to search."""
    with tempfile.TemporaryDirectory() as temporary:
        site = Path(temporary, "site")
        searches = made_up(site, count)
        started = time.perf_counter()
        index = build_index(
            read_site(site), read_synonyms(Content.read(ROOT / "docs").registers), searches
        )
        seconds = time.perf_counter() - started
        data = f"self.searchIndex={json.dumps(index, ensure_ascii=False)};".encode()
        (site / INDEX).parent.mkdir()
        (site / INDEX).write_bytes(data)
        size = len(gzip.compress(data, 9)) / 1e3
        print(
            f"{count} pages: {seconds:.1f} s to index, {size:.0f} kB gzip, {len(data) / 1e6:.1f} MB"
        )
        (site / ENGINE).write_text(engine_of(ASSETS), "utf-8")
        for name in ("search-results.js", "search-box.js"):
            shutil.copy(ASSETS / name, site / "assets")
        box = (ROOT / "overrides/partials/search.html").read_text("utf-8").partition("-#}")[2]
        box = box.replace("{{ 'om/index-a-o/' | url }}", "x").replace("{{ 'kontakt/' | url }}", "x")
        (site / "box.html").write_text(
            f'<html><meta charset="utf-8"><body>{box}<script src="assets/search-box.js" defer></script></body></html>',
            "utf-8",
        )
        speed(page, site)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--set",
        choices=("tune", "sealed"),
        default="tune",
        help="sealed: once, for a closing note; its misses stay unread",
    )
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--pages", type=int)
    args = parser.parse_args(argv)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(),
            args=["--no-sandbox", "--enable-precise-memory-info", "--js-flags=--expose-gc"],
        )
        page = browser.new_page(viewport={"width": 375, "height": 700})
        if args.pages:
            large(page, args.pages)
        elif args.speed:
            speed(page, ROOT / "site")
        else:
            table(page, args.set)
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
