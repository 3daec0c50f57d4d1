"""Reads every file of a site, on all cores, and finds what is wrong.

After hyperlink (untitaker/hyperlink, docs/architecture.md): every file defines a path and its ids,
every link uses one. What is used and not defined is broken. No crawling.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from scripts.links import judge
from scripts.links.judge import Fault, Suggestions
from scripts.links.parse import Document, Use, as_utf8, is_html, read_html, reader_for
from scripts.links.resolve import Resolved, Site, directory_from_base, directory_of
from scripts.links.scan import Scanner

# Below this a second process costs more than it gives.
WORTH_A_PROCESS = 24_000_000
CHUNK = 4_000_000  # bytes of HTML in one piece of work


class Need(NamedTuple):
    """A link to a place on another page: it stands or falls with that page's ids."""

    target: str
    fragment: str
    use: Use


class Seen(NamedTuple):
    """What one file gave, small enough to send between processes."""

    path: str
    faults: list[Fault]
    ids: str  # ids and anchors, one a line
    needs: list[Need]
    leads: list[str]  # files of the site that this page is the first to lead to
    external: list[Use]
    moves_to: str = ""  # where a redirect stub leads, as a file of the site


@dataclass
class Result:
    """What a whole site gave."""

    faults: list[tuple[str, Fault]] = field(default_factory=list)  # (page, fault)
    external: dict[str, list[str]] = field(default_factory=dict)  # address → pages that use it
    leads: dict[str, list[str]] = field(default_factory=dict)
    stubs: dict[str, str] = field(default_factory=dict)


class Worker:
    """Reads files of one site, one after the other, remembering what it has learnt.

    ``known`` holds, for a place in the tree, the tags that are right from there: see scan.py.
    """

    def __init__(self, root: str, site: Site, external: bool) -> None:
        self.root, self.site, self.external = root, site, external
        self.scanner = Scanner()
        # Folders with several pages share everything; else the folders of one parent share
        # what begins with "../".
        crowded: dict[str, int] = {}
        for path in site.files:
            if is_html(path):
                directory = directory_of(path)
                crowded[directory] = crowded.get(directory, 0) + 1
        self.crowded = {directory for directory, count in crowded.items() if count > 1}
        self.place = ""
        self.known: set[bytes] = set()
        self.paths: dict[str, Resolved] = {}

    def read(self, path: str) -> Seen:
        """Read one file. Raises OSError."""
        with open(f"{self.root}/{path}", "rb") as file:  # noqa: PTH123  (a Path for each page shows)
            data = file.read()
        if is_html(path):
            return self.html(path, data)
        reader = reader_for(path)
        return self.document(path, reader(data) if reader else Document())

    def html(self, path: str, data: bytes) -> Seen:
        """Read one page, the fast way if that is safe."""
        directory = directory_of(path)
        crowded = directory in self.crowded
        place = directory if crowded else directory_of(directory[:-1]) + "*"
        if place != self.place or len(self.known) > Scanner.LIMIT or len(self.paths) > 100_000:
            self.place, self.known, self.paths = place, set(), {}
        page = self.scanner.scan(data, self.known)
        if page is None:
            return self.document(path, read_html(as_utf8(data)))
        faults: list[Fault] = []
        ids = set(page.ids)
        ids.update(page.names)
        needs: list[Need] = []
        leads: list[str] = []
        external: list[Use] = []
        moves_to = ""
        if page.twice or "" in ids or not all(map(str.isidentifier, ids)):
            faults += judge.id_faults(page.twice, list(dict.fromkeys(page.ids)))
        paths = self.paths
        known_maps = page.maps
        for head, record in page.rest:
            good = not record.own and not record.tag and not record.charset
            for use in record.uses:
                kind, value = use
                if kind == "page" or kind == "asset":
                    link, mark, fragment = value.partition("#")
                    if not link and mark:
                        good = False
                        if kind == "page" and fragment and fragment not in ids:
                            faults += self._own(use, path, fragment, ids)
                        continue
                    resolved = paths.get(link)
                    if resolved is None:
                        resolved = self.site.resolve(link, directory)
                        if crowded or resolved.shared:
                            if not resolved.problem:
                                paths[link] = resolved
                        else:
                            good = False
                    if resolved.problem or not resolved.target or fragment:
                        good &= self._judge(
                            use, resolved, path, ids, faults, needs, leads, external
                        )
                    else:
                        leads.append(resolved.target)
                else:
                    good = False
                    moves_to = (
                        self._other(use, path, directory, ids, known_maps, faults, leads)
                        or moves_to
                    )
            if good:
                self.known.add(head)
        for use in page.uses:
            resolved = self.site.resolve(use.value.partition("#")[0], directory)
            self._judge(use, resolved, path, ids, faults, needs, leads, external)
        return Seen(
            path, list(dict.fromkeys(faults)), "\n".join(ids), needs, leads, external, moves_to
        )

    def document(self, path: str, document: Document) -> Seen:
        """Judge a file that has been read whole."""
        faults: list[Fault] = []
        if document.unreadable:
            text = f"{path} {document.unreadable}."
            faults.append(Fault("unreadable-file", path, text))
        page = is_html(path)
        ids = set(document.ids) | set(document.names)
        if page:
            faults += judge.id_faults(document.twice, list(dict.fromkeys(document.ids)))
        directory = directory_from_base(self.site, path, document.base)
        elsewhere = directory != directory_of(path)  # <base> sends even "#x" to another page
        needs: list[Need] = []
        leads: list[str] = []
        external: list[Use] = []
        moves_to = ""
        for use in dict.fromkeys(document.uses):
            if use.kind in ("page", "asset", "own", "root"):
                value = use.value
                if use.kind == "root":
                    resolved = self.site.resolve(value.partition("#")[0] or "./", "")
                    use = use if value else use._replace(value="./")
                elif value.startswith("#") and not elsewhere:
                    if page and use.kind == "page":
                        faults += self._own(use, path, value[1:], ids)
                    continue
                else:
                    link = value.partition("#")[0]
                    resolved = self.site.resolve(link or ("./" if elsewhere else ""), directory)
                if use.kind == "own" and (
                    resolved.external
                    or resolved.problem in ("host", "loopback", "credentials", "characters")
                ):
                    continue
                self._judge(use, resolved, path, ids, faults, needs, leads, external)
            else:
                moves_to = (
                    self._other(use, path, directory, ids, document.maps, faults, leads) or moves_to
                )
        return Seen(
            path, list(dict.fromkeys(faults)), "\n".join(ids), needs, leads, external, moves_to
        )

    def _own(self, use: Use, path: str, fragment: str, ids: set[str]) -> Iterator[Fault]:
        """Judge a link to a place on its own page."""
        wanted = judge.wants_fragment("page", path, fragment)
        if wanted and not judge.has_id(ids, wanted):
            yield judge.missing_anchor(use, path, wanted)

    def _judge(
        self,
        use: Use,
        resolved: Resolved,
        path: str,
        ids: set[str],
        faults: list[Fault],
        needs: list[Need],
        leads: list[str],
        external: list[Use],
    ) -> bool:
        """Enter what one use gives; return whether it is right on every page of the same place."""
        link, mark, fragment = use.value.partition("#")
        if not link.strip() and not mark:
            faults.append(judge.empty(use))
            return False
        if resolved.problem == "mailto" and judge.is_mailto(use.value.strip()):
            return True
        if resolved.problem == "tel" and judge.is_telephone(use.value.strip()):
            external.append(use)  # whoever has a register of numbers compares
            return True
        if resolved.external:
            if self.external:
                external.append(use)
            return not self.external
        if resolved.problem and resolved.problem != "slash":
            faults.append(judge.explain(self.site, use, resolved))
            return False
        if resolved.problem:
            faults.append(judge.explain(self.site, use, resolved))
            leads.append(resolved.target or "")
            return False
        if resolved.target is None:  # data:, about: …
            return True
        target = resolved.target or path
        leads.append(target)
        kind = "page" if use.kind in ("root", "own") else use.kind
        wanted = judge.wants_fragment(kind, target, fragment) if fragment else ""
        if not wanted:
            return resolved.target != ""
        if target == path:
            if not judge.has_id(ids, wanted):
                faults.append(judge.missing_anchor(use, path, wanted))
        else:
            needs.append(Need(target, wanted, use))
        return False

    def _other(
        self,
        use: Use,
        path: str,
        directory: str,
        ids: set[str],
        maps: Sequence[str],
        faults: list[Fault],
        leads: list[str],
    ) -> str:
        """Judge a reference within the page, or a meta refresh; return where a stub leads."""
        if use.kind == "ref":
            if use.value not in ids and path[-4:].lower() != ".svg":
                faults.append(judge.missing_ref(use, path))
        elif use.kind == "map":
            if use.value not in maps and use.value not in ids:
                faults.append(judge.missing_ref(use, path))
        elif use.kind == "refresh":
            needs: list[Need] = []
            page_use = Use("page", use.value)
            resolved = self.site.resolve(use.value.partition("#")[0], directory)
            self._judge(page_use, resolved, path, ids, faults, needs, leads, [])
            return (path if resolved.target == "" else resolved.target) or ""
        return ""


def list_files(root: Path) -> list[tuple[str, int]]:
    """Return (path relative to ``root``, size) of every file, sorted. Raises OSError."""
    found: list[tuple[str, int]] = []
    stack = [(os.fspath(root), "")]
    while stack:
        folder, prefix = stack.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    stack.append((entry.path, f"{prefix}{entry.name}/"))
                else:
                    found.append((prefix + entry.name, entry.stat().st_size))
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
    files = list_files(root)
    site = Site((path for path, _ in files), site_url)
    result = Result()
    ids: dict[str, str] = {}
    waiting: dict[str, list[tuple[str, Need]]] = {}  # for pages that haven't been read yet

    def judge_need(page: str, need: Need) -> None:
        known, fragment = ids[need.target], need.fragment
        # A search of the text is quicker than a set of its lines, and right for most.
        if f"\n{fragment}\n" in known and "\n" not in fragment:
            return
        if not judge.has_id(set(known.split("\n")), fragment):
            result.faults.append((page, judge.missing_anchor(need.use, need.target, fragment)))

    for seen in read_all(root, site, files, external, processes or os.cpu_count() or 1):
        ids[seen.path] = f"\n{seen.ids}\n"
        result.faults += [(seen.path, fault) for fault in seen.faults]
        if seen.leads:  # one string for each name, not one for each page that leads there
            result.leads[seen.path] = list(map(sys.intern, seen.leads))
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
    if kind == "file":
        hint = suggestions.file(where, more)
    else:
        hint = suggestions.id(more, [name for name in ids.get(where, "").split("\n") if name])
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


def orphans(root: Path, site: Site, result: Result, start: str = "index.html") -> list[str]:
    """Return the pages that no way from ``start`` leads to.

    The error page needs none, nor does a redirect stub: it is there for old and short addresses.

    Each address was entered only for the first page that has it (see scan.py), so what can be
    reached that way surely can; the others are settled by reading the reachable pages whole.
    """
    pages = {path for path in site.files if is_html(path) and not path.endswith("404.html")}
    pages -= result.stubs.keys()
    if start not in site.files:
        return []
    reached: set[str] = set()

    def walk(begin: str) -> None:
        stack = [begin]
        while stack:
            page = stack.pop()
            if page not in reached:
                reached.add(page)
                stack += result.leads.get(page, ())

    walk(start)
    lost = pages - reached
    led_to = {target for page in lost for target in result.leads.get(page, ()) if target in lost}
    unsure = set(led_to)
    if unsure:
        worker = Worker(os.fspath(root), site, False)
        done: set[str] = set()
        while unsure - reached and (todo := (reached & pages) - done):
            for page in sorted(todo):
                done.add(page)
                data = (root / page).read_bytes()
                for target in worker.document(page, read_html(data)).leads:
                    if target in unsure and target not in reached:
                        walk(target)
    return sorted(pages - reached)
