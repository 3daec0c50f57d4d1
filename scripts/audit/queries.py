"""docs/_data/audit/*.tsv: queries of readers, and the places that answer them.

queries.tsv   one query a row: its class, set and text, and the places that answer it; "/odla/*"
              is a page or any section of it. One set is for tuning the search; the misses of the
              sealed set aren't looked at.
act_first.tsv queries whose first hit must be an action, and the pages that have it
nonsense.txt  queries that must give no hits
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from scripts.audit.budget import AUDIT_FOLDER, Budget, finding_at, read_text
from scripts.content.content import Content
from scripts.content.field_types import PAGE_KINDS
from scripts.core.findings import Finding
from scripts.site.html_site import HtmlSite
from scripts.site.search.pages import read_site
from scripts.site.search.write import engine_script, search_index

ACTION_KINDS = ("gör", "ring", "lista")  # of pages that say what to do
# Name of a share in budget.toml → number of hits among which the answer must be.
COUNTED_HITS = {"first": 1, "first_three": 3}
# Returns the first three hits of each query, as ``Hit``.
SEARCH_SCRIPT = """([index, queries]) => {
  const engine = searchModule.searchEngine(index);
  return queries.map(q => engine.search(q, 3).hits.map(h => [h.address, h.id, h.kind]));
}"""


# Address of the hit's page ("odla/"), id of its section or "", number of its kind in PAGE_KINDS.
Hit: TypeAlias = tuple[str, str, int]


class Query(NamedTuple):
    """A reader's query.

    Attributes:
        file, line: the query's row, in docs/_data/audit/.
        set: name of the set of queries.
        answers: the places that answer the query: "/odla/*", "/odla/#ordning".
    """

    file: str
    line: int
    set: str
    text: str
    answers: frozenset[str]

    def is_answered_by(self, hit: Hit) -> bool:
        """Whether a hit is at one of the places. In the set "act_first" the hit's kind must also be
        one of ACTION_KINDS."""
        address, anchor, kind = hit
        if self.set == "act_first" and PAGE_KINDS[kind] not in ACTION_KINDS:
            return False
        place = f"/{address}#{anchor}" if anchor else f"/{address}"
        return f"/{address}*" in self.answers or place in self.answers


def read_rows(docs: Path, name: str) -> list[tuple[str, int, list[str]]]:
    """Return (file name, line, cells) for each row of the tab-separated file ``name`` in
    docs/_data/audit/, except comments and the header; [] if there is no such file."""
    if not (docs / AUDIT_FOLDER / name).is_file():
        return []
    rows: list[tuple[str, int, list[str]]] = []
    for line, text in enumerate(read_text(docs, name).splitlines(), 1):
        is_header = text.startswith("class\t")  # only queries.tsv has one
        if text and text[0] != "#" and not is_header:
            rows.append((name, line, text.split("\t")))
    return rows


def read_queries(docs: Path) -> list[Query]:
    """Return the queries of queries.tsv, and those of act_first.tsv as a set of their own."""
    queries: list[Query] = []
    for file, line, (_, set_name, text, answers) in read_rows(docs, "queries.tsv"):
        queries.append(Query(file, line, set_name, text, frozenset(answers.split())))
    for file, line, (text, pages) in read_rows(docs, "act_first.tsv"):
        places = frozenset(f"/{page}*" for page in pages.split())
        queries.append(Query(file, line, "act_first", text, places))
    return queries


def place_exists(site: Path, place: str) -> bool:
    """Whether the built site has the page of "/odla/*", or the page and id of "/odla/#ordning"."""
    address, _, anchor = place.removeprefix("/").removesuffix("*").partition("#")
    file = site / address / "index.html"
    return file.is_file() and (not anchor or f'id="{anchor}"' in file.read_text(encoding="utf-8"))


def check(page: Any, site: Path, docs: Path, assets: Path, budget: Budget) -> Iterator[Finding]:
    """Yield a finding for each set of queries with too few answers, and each nonsense query with a
    hit, and a note for each place of an answer that isn't in the built site.

    Args:
        page: an open page of the browser, to run the search in.
        assets: folder of the search's scripts.
    """
    queries = read_queries(docs)
    nonsense = read_rows(docs, "nonsense.txt")
    texts = [query.text for query in queries]
    texts += [cells[0] for _, _, cells in nonsense]
    index = search_index(read_site(HtmlSite(site)), Content.read(docs))
    page.add_script_tag(content=engine_script(assets))
    hits_of_texts = page.evaluate(SEARCH_SCRIPT, [index, texts])
    yield from gone_places(queries, site, docs)
    hits_of_queries = hits_of_texts[: len(queries)]
    for message in too_few_answers(list(zip(queries, hits_of_queries, strict=True)), budget):
        yield finding_at(docs, "budget.toml", 1, "budget-search", message)
    hits_of_nonsense = hits_of_texts[len(queries) :]
    for (file, line, cells), hits in zip(nonsense, hits_of_nonsense, strict=True):
        if hits:
            address, _, _ = hits[0]
            message = f'"{cells[0]}" hittar /{address}.'
            yield finding_at(docs, file, line, "nonsense", message)


def gone_places(queries: Sequence[Query], site: Path, docs: Path) -> Iterator[Finding]:
    """Yield a note for each place of an answer that isn't in the built site."""
    for query in queries:
        for place in sorted(query.answers):
            if not place_exists(site, place):
                message = f"{place} finns inte. Ta bort platsen ur raden, eller raden."
                finding = finding_at(docs, query.file, query.line, "gone", message)
                yield replace(finding, severity="note")


def too_few_answers(
    results: Sequence[tuple[Query, Sequence[Hit]]], budget: Budget
) -> Iterator[str]:
    """Yield a Swedish message for each limit in the budget's ``search`` that isn't reached.

    ``results``: the queries, each with its hits, the best first.
    """
    for set_name, least_shares in budget.search.items():
        results_of_set = [(query, hits) for query, hits in results if query.set == set_name]
        for name, least in least_shares.items():
            count = COUNTED_HITS[name]
            answered = 0
            for query, hits in results_of_set:
                if any(query.is_answered_by(hit) for hit in hits[:count]):
                    answered += 1
            # a set without queries lacks no answer
            share = answered / len(results_of_set) if results_of_set else 1.0
            if share < least:
                yield f"{set_name}, {name}: {share:.1%} får svar, minst {least:.1%}."
