"""Reads every file of a site, on all cores, and finds what is wrong.

After hyperlink (untitaker/hyperlink, docs/architecture.md): every file defines a path and its ids,
every link uses one. What is used and not defined is broken. No crawling.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scripts.links import judge
from scripts.links.formats.document import is_html
from scripts.links.formats.reader import reader_for
from scripts.links.judge import Fault
from scripts.links.resolve import Site
from scripts.links.suggest import Suggestions
from scripts.links.worker import Need, Seen, Worker

# Below this a second process costs more than it gives.
WORTH_A_PROCESS = 24_000_000
CHUNK = 4_000_000  # bytes of HTML in one piece of work
SHORT = 20_000  # characters of ids


@dataclass
class Result:
    """What a whole site gave."""

    faults: list[tuple[str, Fault]] = field(default_factory=list)  # (page, fault)
    external: dict[str, list[str]] = field(default_factory=dict)  # address → pages that use it
    leads: dict[str, tuple[str, ...]] = field(default_factory=dict)
    stubs: dict[str, str] = field(default_factory=dict)


def list_files(root: Path) -> list[tuple[str, int]]:
    """Return (path relative to ``root``, size) of every file, sorted. Raises OSError.

    What is no file has the size -1: a symbolic link to nothing, a pipe. One to a folder around
    itself is passed over, also where other links lead there.
    """
    found: list[tuple[str, int]] = []
    stack: list[tuple[str, str, tuple[Path, ...]]] = [(os.fspath(root), "", ())]
    while stack:
        folder, prefix, ways = stack.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                way = ways
                if entry.is_symlink():
                    if not Path(entry.path).exists():
                        found.append((prefix + entry.name, -1))
                        continue
                    way = (*ways, Path(folder).resolve())
                    goal = Path(entry.path).resolve()
                    if any(passed.is_relative_to(goal) for passed in way):
                        continue
                if entry.is_dir():
                    stack.append((entry.path, f"{prefix}{entry.name}/", way))
                else:
                    size = entry.stat().st_size if entry.is_file() else -1
                    found.append((prefix + entry.name, size))
    return sorted(found)


def chunks(files: Iterable[tuple[str, int]]) -> Iterator[list[str]]:
    """Yield the files in pieces of work: neighbours together, since they share their tags."""
    piece: list[str] = []
    size = 0
    for path, bytes_ in files:
        piece.append(path)
        size += bytes_
        if size >= CHUNK:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


_worker: Worker | None = None


def _start(root: str, site: Site, external: bool) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started the run stops it, and says so
    _worker = Worker(root, site, external)


def _work(paths: list[str]) -> list[Seen]:
    assert _worker is not None
    return [_worker.read(path) for path in paths]


def read_all(
    root: Path, site: Site, files: list[tuple[str, int]], external: bool, processes: int
) -> Iterator[Seen]:
    """Yield what every file with addresses in it gave, in order of their names."""
    read = [(path, size) for path, size in files if reader_for(path)]
    if processes < 2 or sum(size for _, size in read) < WORTH_A_PROCESS:
        worker = Worker(os.fspath(root), site, external)
        for path, _ in read:
            yield worker.read(path)
        return
    import multiprocessing

    # fork starts in no time, but not safely beside threads.
    plain = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if plain else "spawn")
    with context.Pool(processes, _start, (os.fspath(root), site, external)) as pool:
        for seen in pool.imap(_work, chunks(read)):
            yield from seen


def check(
    root: Path, site_url: str = "", *, external: bool = False, processes: int | None = None
) -> tuple[Site, Result]:
    """Read the site in ``root`` and return what is wrong with it.

    ``external``: also collect the addresses that lead elsewhere, with the pages that use them.
    Raises OSError.
    """
    every = list_files(root)
    files = [(path, size) for path, size in every if size >= 0]
    site = Site((path for path, _ in files), site_url)
    result = Result()
    for path, size in every:
        if size < 0:
            text = f"{path} är ingen fil, eller en symbolisk länk till något som inte finns."
            result.faults.append((path, Fault("unreadable-file", path, text)))
    ids: dict[str, str] = {}
    waiting: dict[str, list[tuple[str, Need]]] = {}  # for pages that haven't been read yet

    sets: dict[str, frozenset[str]] = {}

    def judge_need(page: str, need: Need) -> None:
        file, fragment = need.target, need.fragment
        # A search of a short text is quicker than a set of its lines, and takes less memory.
        if len(ids[file]) < SHORT and "\n" not in fragment and f"\n{fragment}\n" in ids[file]:
            return
        if file not in sets:
            sets[file] = frozenset(ids[file].split("\n"))
        if not judge.has_id(sets[file], fragment):
            result.faults.append((page, judge.missing_anchor(need.use, file, fragment)))

    for seen in read_all(root, site, files, external, processes or os.cpu_count() or 1):
        ids[seen.path] = f"\n{seen.ids}\n"
        result.faults += [(seen.path, fault) for fault in seen.faults]
        if seen.leads:  # one string for each name, not one for each page that leads there
            result.leads[seen.path] = tuple(map(sys.intern, dict.fromkeys(seen.leads)))
        if seen.moves_to:
            result.stubs[seen.path] = seen.moves_to
        for use in seen.external:
            result.external.setdefault(use.value.strip(), []).append(seen.path)
        for need in seen.needs:
            if need.target in ids:
                judge_need(seen.path, need)
            else:
                waiting.setdefault(need.target, []).append((seen.path, need))
        for page, need in waiting.pop(seen.path, ()):
            judge_need(page, need)
    result.faults += stub_faults(result.stubs)
    suggestions = Suggestions(site)
    result.faults = [(page, _with_hint(fault, suggestions, ids)) for page, fault in result.faults]
    return site, result


def _with_hint(fault: Fault, suggestions: Suggestions, ids: dict[str, str]) -> Fault:
    if fault.hint is None:
        return fault
    kind, where, more = fault.hint
    hint = suggestions.file(where, more) if kind == "file" else suggestions.id(where, more, ids)
    return fault._replace(message=fault.message + hint, hint=None)


def stub_faults(stubs: dict[str, str]) -> Iterator[tuple[str, Fault]]:
    """Yield redirect stubs that lead to another stub, or round in a ring."""
    for page, target in sorted(stubs.items()):
        seen = [page]
        while target in stubs and target not in seen:
            seen.append(target)
            target = stubs[target]
        if target == page:
            text = "hänvisningen leder tillbaka till sig själv. Låt den leda till en riktig sida."
            yield page, Fault("redirect-loop", target, text)
        elif len(seen) > 1:
            text = (
                f'hänvisningen leder till en ny hänvisning. Låt den leda direkt till "/{target}".'
                if target not in stubs
                else "hänvisningen leder in i en ring. Låt den leda till en riktig sida."
            )
            yield page, Fault("redirect-chain", seen[1], text)


def orphans(site: Site, result: Result, start: str = "index.html") -> list[str]:
    """Return the pages that no way from ``start`` leads to.

    The error page needs none, nor does a redirect stub: it is there for old and short addresses.
    """
    pages = {path for path in site.files if is_html(path) and not path.endswith("404.html")}
    pages -= result.stubs.keys()
    if start not in site.files:
        return []
    reached: set[str] = set()
    stack = [start]
    while stack:
        page = stack.pop()
        if page not in reached:
            reached.add(page)
            stack += result.leads.get(page, ())
    return sorted(pages - reached)
