"""docs/_data/audit/*.tsv: what readers write, and whether the search answers.

queries.tsv   a query a row: its class, its set, the query, and the places where its reader is
              served; "/odla/*" is a page with all that stands on it. One set to tune on; the sealed
              one's misses nobody reads.
act_first.tsv queries whose answer is something to do, and the pages that say what
nonsense.txt  words that must find nothing
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from scripts.audit.budget import AUDIT_FOLDER, Budget, finding_at, read_text
from scripts.content.content import Content
from scripts.content.field_types import PAGE_KINDS
from scripts.core.findings import Finding
from scripts.site.html_site import HtmlSite
from scripts.site.search.pages import read_site
from scripts.site.search.write import engine_script, search_index

ACTION_KINDS = ("gör", "ring", "lista")
COUNTED_HITS = {"first": 1, "first_three": 3}  # of the budget's shares: how many hits count
SEARCH_SCRIPT = """([index, queries]) => {
  const engine = searchModule.searchEngine(index);
  return queries.map(q => engine.search(q, 3).hits.map(h => [h.address, h.id, h.kind]));
}"""


class Query(NamedTuple):
    """A query, and where it stands."""

    file: str
    line: int
    set: str
    words: str
    served: frozenset[str]

    def is_served(self, hit: list[Any]) -> bool:
        """Whether a hit is where this query's reader is served; by an act, where that is asked."""
        address, anchor, kind = hit
        if self.set == "act_first" and PAGE_KINDS[kind] not in ACTION_KINDS:
            return False
        places = {f"/{address}*", f"/{address}" + (anchor and f"#{anchor}")}
        return not self.served.isdisjoint(places)


def read_rows(docs: Path, name: str) -> list[tuple[str, int, list[str]]]:
    """Return the rows of a file of tab-separated values, each with its place; [] without it."""
    lines = read_text(docs, name).splitlines() if (docs / AUDIT_FOLDER / name).is_file() else []
    kept = [(n, row) for n, row in enumerate(lines, 1) if row and row[0] != "#"]
    return [(name, n, row.split("\t")) for n, row in kept if not row.startswith("class\t")]


def read_queries(docs: Path) -> list[Query]:
    """Return queries.tsv, and act_first.tsv as a set of its own, whose reader a page serves."""
    found = [
        Query(file, line, which, words, frozenset(served.split()))
        for file, line, (_, which, words, served) in read_rows(docs, "queries.tsv")
    ]
    return found + [
        Query(file, line, "act_first", words, frozenset(f"/{page}*" for page in served.split()))
        for file, line, (words, served) in read_rows(docs, "act_first.tsv")
    ]


def place_exists(site: Path, place: str) -> bool:
    """Whether the site has the page "/odla/*", or the id of "/odla/#ordning"."""
    address, _, anchor = place.removeprefix("/").removesuffix("*").partition("#")
    file = site / address / "index.html"
    return file.is_file() and (not anchor or f'id="{anchor}"' in file.read_text(encoding="utf-8"))


def check(page: Any, site: Path, docs: Path, assets: Path, budget: Budget) -> Iterator[Finding]:
    """Yield where the search finds too little, or something in nonsense; and, as notes,
    queries whose places are gone."""
    queries, nonsense = read_queries(docs), read_rows(docs, "nonsense.txt")
    page.add_script_tag(content=engine_script(assets))
    asked = [query.words for query in queries] + [row[0] for *_, row in nonsense]
    pages = read_site(HtmlSite(site))
    found = page.evaluate(SEARCH_SCRIPT, [search_index(pages, Content.read(docs)), asked])
    for query in queries:
        for gone in sorted(place for place in query.served if not place_exists(site, place)):
            words = f"{gone} finns inte. Ta bort platsen ur raden, eller raden."
            yield replace(finding_at(docs, query.file, query.line, "gone", words), severity="note")
    for which, shares in budget.search.items():
        own = [(q, hits) for q, hits in zip(queries, found, strict=False) if q.set == which]
        for name, least in shares.items():
            good = sum(any(map(q.is_served, hits[: COUNTED_HITS[name]])) for q, hits in own)
            share = good / len(own) if own else 1.0
            if share < least:
                words = f"{which}, {name}: {share:.1%} får svar, minst {least:.1%}."
                yield finding_at(docs, "budget.toml", 1, "budget-search", words)
    for (file, line, nothing), hits in zip(nonsense, found[len(queries) :], strict=True):
        if hits:
            yield finding_at(docs, file, line, "nonsense", f'"{nothing[0]}" hittar /{hits[0][0]}.')
