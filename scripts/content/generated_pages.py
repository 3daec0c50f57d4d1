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
    """Yield a page for each statute whose wording is in docs/_data/law/, and for each chapter of a
    long one, in the folder of ``listing``, the page that lists them. ``law_files``: the files
    there, by name, as findings name them."""
    folder = listing.link.removesuffix(listing.path.name)
    pages: dict[str, tuple[str, str]] = {}  # page in ``folder`` → (macro argument, title)
    for source in sources.values():
        if not source.wording_page:
            continue
        statute = sources[source.statute]
        pages.setdefault(source.statute_page.removeprefix(folder), (source.statute, statute.title))
        if source.wording_page != source.statute_page:
            number = source.section.partition(" kap.")[0]
            title = f"{statute.title}, {number} kap. {source.chapter}".rstrip()
            pages.setdefault(
                source.wording_page.removeprefix(folder), (source.wording_argument, title)
            )
    for path, (argument, title) in pages.items():
        statute = sources[argument.partition("/")[0]]
        yield generate_page(
            listing,
            path,
            f"lagtext:{argument}",
            law_files[path.removesuffix(".md").partition("/")[0]],
            1,
            title=title,
            description=f"Paragraferna ur {statute.name} som sajten bygger på, ordagrant och med "
            "dagen då de lästes, och sidorna som bygger på dem.",
            kind=listing.meta.kind,
        )


def guide_pages(guide: Guide, file: RegisterFile, pages: Iterable[Page]) -> Iterator[GeneratedPage]:
    """Yield a page for each question and answer of the guide but the first question, whose page an
    editor writes. ``file``: guide.yml, for the lines that findings name."""
    start = ("vagledning", guide.start)
    first = next((p for p in pages if any(start == found[1:] for found in p.macros())), None)
    if first is None:
        return
    for key, node in guide.nodes.items():
        if key == guide.start:
            continue
        kind = gettext("En fråga i vägledningen.", first.meta.lang)
        searches = ""
        if isinstance(node, Outcome):
            kind = gettext("Ett svar i vägledningen.", first.meta.lang)
            searches = node.searches
        yield generate_page(
            first,
            f"{key}.md",
            f"vagledning:{key}",
            *file.record_location(key),
            title=node.title,
            description=node.description or f"{kind} {node.title}",
            last_reviewed_on=node.last_reviewed_on,
            review_by=node.review_by,
            searches={TOP: searches} if searches else {},
        )
