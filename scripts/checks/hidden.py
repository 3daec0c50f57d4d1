"""Kontrollerar sidor som döljs med hide i mkdocs.yml: att de finns, och att inget leder dit."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator
from pathlib import PurePosixPath

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.fields import LeafValue
from scripts.content.handouts import Sections, flat_sections
from scripts.content.page import GeneratedPage, Page
from scripts.content.records import CHECKLISTS
from scripts.content.settings import Hidden
from scripts.content.visible import without_hidden
from scripts.core.findings import Finding
from scripts.core.swedish import did_you_mean


def check(content: Content, config: Config) -> list[Finding]:
    """Return a finding for each row of ``hide`` in mkdocs.yml whose page can't be hidden."""
    if not config.extra.hide:
        return []
    shown = without_hidden(content, config.extra)
    findings: list[Finding] = []
    for number, row in enumerate(config.extra.hidden):
        reason = _reason_not_hidden(row, content, shown)
        if reason:
            path, line = config.location("extra", "hide", number)
            findings.append(Finding(path, line, "hide", f'hide: "{row.page}" {reason}'))
    return findings


def _reason_not_hidden(row: Hidden, content: Content, shown: Content) -> str:
    """Return why the page or folder of a row can't be hidden, as the end of a Swedish sentence; ""
    if it can be hidden.

    ``shown``: the content without any hidden page.
    """
    hidden = {path: page for path, page in content.pages.items() if path.is_relative_to(row.page)}
    if not hidden:
        return f"finns inte.{did_you_mean(row.page, map(str, content.pages))} Skriv som menyn."
    if PurePosixPath("index.md") in hidden:
        return "är startsidan. Den kan inte döljas."
    title = _paper_that_shows({page.address for page in hidden.values()}, shown)
    if title:
        return f'kan inte döljas: "{title}" har text därifrån. Ta bort raden.'
    # the pages of the guide's nodes, and of statutes, are generated beside these two
    start = content.registers.guide.start
    for page in (content.page_with("vagledning", start), content.page_with("lagar")):
        if page and page.path in hidden and _has_generated_pages(page, shown):
            folder = page.path.parent
            return f'har sidor bredvid sig som bygget gör av den. Dölj hela mappen: "{folder}/".'
    if row.instead:  # the build changes links to the hidden page to this one
        if PurePosixPath(row.instead) in shown.pages:
            return ""
        near = did_you_mean(row.instead, map(str, shown.pages))
        return f'ersätts av "{row.instead}", som inte finns eller är dold.{near}'
    referrer = next(_links_to(content, shown, hidden), "")
    if referrer:
        return (
            f"kan inte döljas utan ersättare: {referrer} leder dit. Skriv vart läsaren går i "
            f'stället: {{page: "{row.page}", instead: hos-oss.md}}'
        )
    return ""


def _paper_that_shows(addresses: Collection[str], shown: Content) -> str:
    """Return the title of the first handout, or of the slides, that has text of a page with one of
    the addresses; "" if there is none."""
    sections_by_title: dict[str, tuple[Sections, ...]] = {
        handout.title: handout.sections for handout in shown.registers.handouts.values()
    }
    slides = shown.registers.slides
    if slides:
        sections_by_title[slides.title] = tuple(row.show for row in slides.slides if row.show)
    for title, sections in sections_by_title.items():
        if any(section.address in addresses for section in flat_sections(sections)):
            return title
    return ""


def _has_generated_pages(page: Page, shown: Content) -> bool:
    """Whether a generated page in the folder of ``page`` is shown."""
    return any(
        isinstance(other, GeneratedPage) and path.parent == page.path.parent
        for path, other in shown.pages.items()
    )


def _links_to(content: Content, shown: Content, hidden: Container[PurePosixPath]) -> Iterator[str]:
    """Yield, in Swedish, each shown situation, checklist row and node of the guide that links to a
    page in ``hidden``."""
    guide = content.registers.guide
    guide_page = shown.page_with("vagledning", guide.start)
    asked = _situations_asked(shown)
    for name, values in content.leaf_values.items():
        folder, _, checklist_name = name.rpartition("/")  # "checklists/vattna"
        is_shown_checklist = folder == CHECKLISTS and shown.page_with("checklista", checklist_name)
        for value in values:
            if _linked_page(value, content) not in hidden:
                continue
            if name == "situations" and value.label in asked:
                yield f'frågan "{value.label}" före stegen'
            elif is_shown_checklist:
                yield f'checklistan "{checklist_name}", raden "{value.label}",'
            elif name == "guide" and guide_page:
                yield f'vägledningen, "{value.label}",'
    if guide_page:  # a choice leads to the generated page of another node
        for key, node in guide.nodes.items():
            targets = [guide_page.path.with_name(f"{target}.md") for target in node.leads_to]
            if any(path in hidden for path in targets):
                yield f'vägledningen, "{key}",'


def _situations_asked(shown: Content) -> set[str]:
    """Return the keys of the situations that a shown page or checklist asks."""
    asked = {key for keys in shown.situations_by_page.values() for key in keys}
    for checklist in shown.registers.checklists.values():
        asked.update(checklist.first)
    return asked


def _linked_page(value: LeafValue, content: Content) -> PurePosixPath | None:
    """Return the path of the page that a register's value refers to: by the page's link, or by the
    key of a step on the page. None if the value refers to something else."""
    if value.field.refers_to == "pages":
        return PurePosixPath(str(value.value).partition("#")[0].lstrip("/"))
    if value.field.refers_to == "steps" and value.value in content.page_steps:
        return content.page_steps[value.value].page.path
    return None
