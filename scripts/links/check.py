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
from scripts.links.parse import Document, Use, is_html, read_html, reader_for
from scripts.links.resolve import Resolved, Site, directory_from_base, directory_of
from scripts.links.scan import Scanner

# Below this a second process costs more than it gives.
WORTH_A_PROCESS = 24_000_000
CHUNK = 4_000_000  # bytes of HTML in one piece of work
ADDRESSES = {"page", "asset", "frame"}


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
class Found:
    """What is being found in one file."""

    path: str
    directory: str  # where its relative addresses start from
    ids: set[str]
    maps: Sequence[str]
    faults: list[Fault] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    external: list[Use] = field(default_factory=list)
    moves_to: str = ""

    def seen(self) -> Seen:
        faults = list(dict.fromkeys(self.faults))
        text = "\n".join(self.ids)
        return Seen(self.path, faults, text, self.needs, self.leads, self.external, self.moves_to)


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
        """Read one file; that it can't be read is a fault like others."""
        try:
            with open(f"{self.root}/{path}", "rb") as file:  # noqa: PTH123  (a Path a page shows)
                data = file.read()
        except OSError as error:
            return self.document(path, Document(unreadable=f"kan inte läsas ({error.strerror})"))
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
            return self.document(path, read_html(data))
        ids = set(page.ids)
        ids.update(page.names)
        found = Found(path, directory, ids, page.maps)
        if page.twice or "" in ids or not all(map(str.isidentifier, ids)):
            found.faults += judge.id_faults(page.twice, list(dict.fromkeys(page.ids)))
        paths = self.paths
        for head, record in page.rest:
            good = not record.own and not record.tag and not record.charset
            for use in record.uses:
                kind, value = use
                if kind not in ADDRESSES:
                    good = False
                    self._use(use, found)
                    continue
                link, mark, fragment = value.partition("#")
                if not link and mark:
                    good = False
                    if kind == "page" and fragment and fragment not in ids:
                        self._own(use, found)
                    continue
                resolved = paths.get(link)
                if resolved is None:
                    resolved = self.site.resolve(link, directory)
                    if crowded or resolved.shared:
                        if not resolved.problem:
                            paths[link] = resolved
                    else:
                        good = False
                target = resolved.target
                odd = resolved.problem or not target or fragment
                if odd or (kind == "asset" and target and is_html(target)):
                    good &= self._judge(use, resolved, found)
                elif target:
                    found.leads.append(target)
            if good:
                self.known.add(head)
        for use in page.uses:
            self._use(use, found)
        return found.seen()

    def document(self, path: str, document: Document) -> Seen:
        """Judge a file that has been read whole."""
        directory = directory_from_base(self.site, path, document.base)
        ids = set(document.ids) | set(document.names)
        found = Found(path, directory, ids, document.maps)
        if document.unreadable:
            text = f"{path} {document.unreadable}."
            found.faults.append(Fault("unreadable-file", path, text))
        if is_html(path):
            found.faults += judge.id_faults(document.twice, list(dict.fromkeys(document.ids)))
        for use in dict.fromkeys(document.uses):
            self._use(use, found)
        return found.seen()

    def _use(self, use: Use, found: Found) -> None:
        """Judge any use, of a file of any kind."""
        path, value = found.path, use.value
        elsewhere = found.directory != directory_of(path)  # <base> sends even "#x" to another page
        match use.kind:
            case "ref":
                if not judge.has_id(found.ids, value):
                    found.faults.append(judge.missing_ref(use, path))
            case "map":
                if value not in found.maps and value not in found.ids:
                    found.faults.append(judge.missing_ref(use, path))
            case "broken":
                found.faults.append(judge.broken_inside(use))
            case "refresh":
                resolved = self.site.resolve(value.partition("#")[0], found.directory)
                self._judge(Use("page", value), resolved, found)
                found.moves_to = (path if resolved.target == "" else resolved.target) or ""
            case "root":
                resolved = self.site.resolve(value.partition("#")[0] or "./", "")
                self._judge(use if value else use._replace(value="./"), resolved, found)
            case _ if value.startswith("#") and not elsewhere:
                if is_html(path) and use.kind == "page":
                    self._own(use, found)
            case _:
                link = value.partition("#")[0] or ("./" if elsewhere else "")
                resolved = self.site.resolve(link, found.directory)
                foreign = ("host", "loopback", "credentials", "characters")
                if use.kind != "own" or not (resolved.external or resolved.problem in foreign):
                    self._judge(use, resolved, found)

    def _own(self, use: Use, found: Found) -> None:
        """Judge a link to a place on its own page."""
        wanted = judge.wants_fragment(found.path, use.value[1:])
        if wanted and not judge.has_id(found.ids, wanted):
            found.faults.append(judge.missing_anchor(use, found.path, wanted))

    def _judge(self, use: Use, resolved: Resolved, found: Found) -> bool:
        """Enter what one use gives; return whether it is right on every page of the same place."""
        link, mark, fragment = use.value.partition("#")
        if not link.strip() and not mark:
            found.faults.append(judge.empty(use))
            return False
        if resolved.problem == "mailto" and judge.is_mailto(use.value.strip()):
            return True
        if resolved.problem == "tel" and judge.is_telephone(use.value.strip()):
            found.external.append(use)  # whoever has a register of numbers compares
            return True
        if resolved.external:
            if self.external:
                found.external.append(use)
            return not self.external
        if resolved.problem:
            found.faults.append(judge.explain(self.site, use, resolved))
            if resolved.target:  # only the slash is missing
                found.leads.append(resolved.target)
            return False
        if resolved.target is None:  # data:, about: …
            return True
        target = resolved.target or found.path
        found.leads.append(target)
        if use.kind == "asset" and is_html(target):
            found.faults.append(judge.page_as_asset(use))
            return False
        wanted = judge.wants_fragment(target, fragment) if fragment else ""
        if not wanted:
            return resolved.target != ""
        if target == found.path:
            if not judge.has_id(found.ids, wanted):
                found.faults.append(judge.missing_anchor(use, target, wanted))
        else:
            found.needs.append(Need(target, wanted, use))
        return False


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
