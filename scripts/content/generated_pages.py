"""Pages without a file of their own: one for each statute, one for each node of the guide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from scripts.content.front_matter import TOP
from scripts.content.guide import Guide, Node, Outcome
from scripts.content.page import GeneratedPage, Page, generate_page
from scripts.content.sources import Source
from scripts.content.yaml_file import RegisterFile
from scripts.core.language import gettext


def statute_pages(
    sources: Mapping[str, Source], listing: Page, law_files: Mapping[str, PurePosixPath]
) -> Iterator[GeneratedPage]:
    """Yield a page for each statute with its wording in docs/_data/law/, and for each chapter of a
    long statute.

    Args:
        listing: the page that lists the statutes; the pages are in its folder.
        law_files: the files in docs/_data/law/ by name, as findings show them.
    """
    folder = listing.link.removesuffix(listing.path.name)
    for link, (argument, title) in _wording_pages(sources).items():
        path = link.removeprefix(folder)  # "lvu.md", or a chapter's "utl/kap-5.md"
        file_name = path.removesuffix(".md").partition("/")[0]  # "utl"
        statute = sources[argument.partition("/")[0]]
        yield generate_page(
            sibling=listing,
            name=path,
            macro=f"lagtext:{argument}",
            register=law_files[file_name],
            line=1,
            title=title,
            description=f"Paragraferna ur {statute.name} som sajten bygger på, ordagrant och med "
            "dagen då de lästes, och sidorna som bygger på dem.",
            kind=listing.meta.kind,
        )


def _wording_pages(sources: Mapping[str, Source]) -> dict[str, tuple[str, str]]:
    """Return link → (argument of [[lagtext:…]], title) of each page that shows the wording of a
    statute: one for the statute, one for each chapter that has a page of its own."""
    pages: dict[str, tuple[str, str]] = {}
    for source in sources.values():
        if not source.wording_page:  # no statute section, or one without its wording here
            continue
        statute = sources[source.statute]
        pages[source.statute_page] = (source.statute, statute.title)
        if source.wording_page != source.statute_page:  # a chapter's own page
            number = source.section.partition(" kap.")[0]  # "5" of "5 kap. 15 §"
            title = f"{statute.title}, {number} kap. {source.chapter}".rstrip()
            pages[source.wording_page] = (source.wording_argument, title)
    return pages


def guide_pages(guide: Guide, file: RegisterFile, pages: Iterable[Page]) -> Iterator[GeneratedPage]:
    """Yield a page for each node of the guide but the first question, in the folder of that
    question's page. The first question's page has a file of its own, with ``[[vagledning:KEY]]``;
    if it is missing, no page is generated.

    ``file``: guide.yml, for the lines of findings.
    """
    start_page = next((page for page in pages if page.has_macro("vagledning", guide.start)), None)
    if start_page is None:
        return
    for key, node in guide.nodes.items():
        if key == guide.start:
            continue
        path, line = file.record_location(key)
        yield generate_page(
            sibling=start_page,
            name=f"{key}.md",
            macro=f"vagledning:{key}",
            register=path,
            line=line,
            title=node.title,
            description=node.description or _default_description(node, start_page.meta.lang),
            last_reviewed_on=node.last_reviewed_on,
            review_by=node.review_by,
            searches=_search_phrases(node),
        )


def _default_description(node: Node, lang: str) -> str:
    """Return the description of a node's page when the node has none, in the language ``lang``:
    "En fråga i vägledningen. Var är personen?"."""
    if isinstance(node, Outcome):
        label = gettext("Ett svar i vägledningen.", lang)
    else:
        label = gettext("En fråga i vägledningen.", lang)
    return f"{label} {node.title}"


def _search_phrases(node: Node) -> dict[str, str]:
    """Return the front matter field ``searches`` of a node's page; empty for a question."""
    if isinstance(node, Outcome) and node.searches:
        return {TOP: node.searches}
    return {}
