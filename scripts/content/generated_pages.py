"""Pages without a file of their own: one for each statute, one for each node of the guide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from scripts.content.front_matter import TOP
from scripts.content.guide import Guide, Outcome
from scripts.content.page import GeneratedPage, Page, generate_page
from scripts.content.sources import Source
from scripts.content.yaml_file import RegisterFile
from scripts.core.language import gettext


def statute_pages(
    sources: Mapping[str, Source], listing: Page, law_files: Mapping[str, PurePosixPath]
) -> Iterator[GeneratedPage]:
    """Yield a page for each statute with its wording in docs/_data/law/, and for each chapter of a
    long one, in the folder of ``listing``, the page that lists them.

    ``law_files``: the files in docs/_data/law/ by name, as findings show them.
    """
    folder = listing.link.removesuffix(listing.path.name)
    for link, (argument, title) in _wording_pages(sources).items():
        path = link.removeprefix(folder)  # "lvu.md", or a chapter's "utl/kap-5.md"
        name = path.removesuffix(".md").partition("/")[0]
        statute = sources[argument.partition("/")[0]]
        yield generate_page(
            listing,
            path,
            f"lagtext:{argument}",
            law_files[name],
            1,
            title=title,
            description=f"Paragraferna ur {statute.name} som sajten bygger på, ordagrant och med "
            "dagen då de lästes, och sidorna som bygger på dem.",
            kind=listing.meta.kind,
        )


def _wording_pages(sources: Mapping[str, Source]) -> dict[str, tuple[str, str]]:
    """Return link → (argument of [[lagtext:…]], title) of the page of each statute, and of each
    chapter that has a page of its own."""
    pages: dict[str, tuple[str, str]] = {}
    for source in sources.values():
        if not source.wording_page:
            continue
        statute = sources[source.statute]
        pages[source.statute_page] = (source.statute, statute.title)
        if source.wording_page != source.statute_page:
            number = source.section.partition(" kap.")[0]
            title = f"{statute.title}, {number} kap. {source.chapter}".rstrip()
            pages[source.wording_page] = (source.wording_argument, title)
    return pages


def guide_pages(guide: Guide, file: RegisterFile, pages: Iterable[Page]) -> Iterator[GeneratedPage]:
    """Yield a page for each node of the guide except the first question, in the folder of the page
    that shows that one with ``[[vagledning:KEY]]``; none if there is no such page. ``file``:
    guide.yml, for lines in findings."""
    first = next((page for page in pages if page.has_macro("vagledning", guide.start)), None)
    if first is None:
        return
    for key, node in guide.nodes.items():
        if key == guide.start:
            continue
        label = gettext("En fråga i vägledningen.", first.meta.lang)
        searches = {}
        if isinstance(node, Outcome):
            label = gettext("Ett svar i vägledningen.", first.meta.lang)
            if node.searches:
                searches = {TOP: node.searches}
        yield generate_page(
            first,
            f"{key}.md",
            f"vagledning:{key}",
            *file.record_location(key),
            title=node.title,
            description=node.description or f"{label} {node.title}",
            last_reviewed_on=node.last_reviewed_on,
            review_by=node.review_by,
            searches=searches,
        )
