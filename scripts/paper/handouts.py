"""Typeset the handouts of docs/_data/handouts.yml, and add the PDF files, their pictures and their
list to a built site.

Each PDF is checked before the site is published: too small text, too many pages, text cut off or a
fault in its accessibility stops the build. A PDF is kept in .build/handouts/ under the hash of
everything that it is made of, so that only what has changed is typeset again.
"""

from __future__ import annotations

import hashlib
import html
import importlib.metadata
import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.handouts import Handout, Section, flat_sections
from scripts.core.environment import WORK
from scripts.core.findings import Finding
from scripts.paper import form_fields, thumbnails, typeset
from scripts.paper.layouts import compose
from scripts.paper.sections import PaperError, load_page
from scripts.site.html_site import HtmlSite, prepend_html, replace_with_html

CACHE = WORK / "handouts"
FONT_PACKAGES = tuple(package.replace("_", "-") for package, _ in typeset.FONT_FILES)
PACKAGES = ("typst", "pikepdf", "pypdfium2", "pillow", *FONT_PACKAGES)
MODULES = (__file__, typeset.__file__, form_fields.__file__, thumbnails.__file__)
# Points: the smallest that a form's text may be. A checklist is read at arm's length, standing.
MIN_TEXT_SIZES = {"checklista": 11, "kort-a6": 12}
MIN_TEXT_SIZE = 10


@dataclass(frozen=True)
class TypesetHandout:
    """A handout's files, with the data that the site's list of handouts shows."""

    pdf: bytes
    picture: bytes  # PNG of its first page
    width: int  # of the picture, in pixels
    height: int
    pages: int
    faults: tuple[tuple[str, str], ...]  # (rule, message) of why it can't be published


def _finding(content: Content, handout: Handout, rule: str, message: str) -> Finding:
    """Return a finding at the handout's row in handouts.yml. ``message``: without a full stop."""
    file = content.files["handouts"]
    return Finding(*file.record_location(handout.key), rule, f"{handout.key}: {message}.")


def cache_key(page: str, handout: Handout) -> str:
    """Return the hash of everything that decides a handout's files and faults: its HTML (``page``)
    and settings, the design, and the code and packages that typeset it."""
    digest = hashlib.sha256()
    for part in (typeset.STYLE, *map(Path, MODULES)):
        digest.update(part.read_bytes())
    versions = [f"{name} {importlib.metadata.version(name)}" for name in PACKAGES]
    digest.update(json.dumps([page, handout.size, handout.pages, versions]).encode())
    return digest.hexdigest()


def typeset_to_cache(page: str, handout: Handout, stem: Path) -> None:
    """Typeset a handout, whose HTML is ``page``, into three files: ``stem``.pdf, .png (the picture)
    and .json (the number of pages, the picture's size, and the handout's faults)."""
    result = typeset.typeset(page, handout.size)
    picture, width, height = thumbnails.thumbnail(result.data)
    faults = list(_faults(result, handout.pages))
    facts = {"pages": result.pages, "width": width, "height": height, "faults": faults}
    # another process may be writing the same files: each is replaced when it is complete. The
    # .json is last: where it exists, all three do.
    temporary = Path(f"{stem}.{os.getpid()}")
    files = {".pdf": result.data, ".png": picture, ".json": json.dumps(facts).encode()}
    for suffix, data in files.items():
        temporary.write_bytes(data)
        temporary.replace(stem.with_suffix(suffix))


def _faults(result: typeset.TypesetPdf, max_pages: int) -> Iterator[tuple[str, str]]:
    """Yield (rule, Swedish message) of each fault that stops a PDF from being published: too many
    pages, text outside its area, violations of PDF/UA."""
    if result.pages > max_pages:
        yield (
            "handout-pages",
            f"{result.pages} sidor, högst {max_pages}. Ta bort ett avsnitt, eller låt sentences "
            "visa färre meningar ur varje steg",
        )
    for misfit in result.misfits:
        yield "handout-misfit", f"texten ryms inte: {misfit}. Ta bort ett avsnitt"
    for violation in dict.fromkeys(typeset.pdf_ua_violations(result.data)):
        yield "handout-pdf", f"PDF-filen är inte tillgänglig: {violation}"


def read_cache(stem: Path) -> TypesetHandout:
    """Return the files that ``typeset_to_cache`` has written."""
    facts = json.loads(stem.with_suffix(".json").read_text(encoding="utf-8"))
    return TypesetHandout(
        pdf=stem.with_suffix(".pdf").read_bytes(),
        picture=stem.with_suffix(".png").read_bytes(),
        width=facts["width"],
        height=facts["height"],
        pages=facts["pages"],
        faults=tuple((rule, message) for rule, message in facts["faults"]),
    )


def typeset_all(pages: Mapping[Handout, str], cache: Path) -> dict[Handout, TypesetHandout]:
    """Return each handout's files, from the folder ``cache`` if it has them; the others are typeset
    into it.

    Files in ``cache`` that belong to none of these handouts are removed. ``pages``: the handouts as
    HTML.
    """
    cache.mkdir(parents=True, exist_ok=True)
    stems = {handout: cache / cache_key(page, handout) for handout, page in pages.items()}
    # a handout is typeset if its .json, which is written last, is missing
    changed = [
        handout for handout, stem in stems.items() if not stem.with_suffix(".json").is_file()
    ]
    changed.sort(key=lambda handout: -len(pages[handout]))  # the longest first, for even work
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # Typst works outside Python's lock
        jobs = [
            pool.submit(typeset_to_cache, pages[handout], handout, stems[handout])
            for handout in changed
        ]
    for job in jobs:
        job.result()  # raises the job's exception
    current = {stem.name for stem in stems.values()}
    for file in cache.iterdir():
        if file.stem not in current:
            file.unlink(missing_ok=True)
    return {handout: read_cache(stem) for handout, stem in stems.items()}


def add_handouts(content: Content, site: HtmlSite, config: Config) -> list[Finding]:
    """Step of the build: validate the handouts, and add their PDF files, with pictures and links.
    Return findings.

    Nothing is added if there are findings before the typesetting, or if the build makes no PDF
    files (``config.pdf``).
    """
    findings = list[Finding]()
    pages: dict[Handout, str] = {}
    for handout in content.registers.handouts.values():
        findings += _form_findings(content, handout)
        missing = list(_missing_sections(content, site, handout))
        if missing:  # ``compose`` would stop at the first of them
            findings += missing
            continue
        try:
            load_page(site, handout.page)  # the printed short address leads to this page
            pages[handout] = compose(handout, site, config.extra)
        except PaperError as error:
            findings.append(_finding(content, handout, "handout-section", str(error)))
    if findings or not config.pdf:
        return findings
    # a folder for each site, since ``typeset_all`` removes files that aren't of these handouts
    cache = CACHE / (config.extra.site.site_slug or "main")
    folder = content.address_of_page_with("utskrifter")
    handouts = typeset_all(pages, cache)
    for handout, files in handouts.items():
        for rule, message in files.faults:
            findings.append(_finding(content, handout, rule, message))
        site.write(f"{folder}{handout.file}.pdf", files.pdf)
        site.write(f"{folder}{handout.file}.png", files.picture)
    link_handouts(site, folder, handouts)
    return findings


def _form_findings(content: Content, handout: Handout) -> Iterator[Finding]:
    """Yield the findings of settings that don't fit a handout's form: too small text, and two
    columns on more than one page."""
    file = content.files["handouts"]
    smallest = MIN_TEXT_SIZES.get(handout.form, MIN_TEXT_SIZE)
    if handout.size < smallest:
        message = (
            f"{handout.key}: size är {handout.size:g} punkter, och minst {smallest} behövs i "
            f"formen {handout.form}. Öka den, och ta bort ett avsnitt om texten inte ryms."
        )
        yield Finding(*file.location(handout.key, "size"), "handout-size", message)
    if handout.columns > 1 and handout.pages > 1:
        message = (
            f"{handout.key}: ett blad med två spalter är en sida, annars läses nästa sida före den "
            "andra spalten. Sätt pages till 1, eller ta bort columns."
        )
        yield Finding(*file.location(handout.key, "columns"), "handout-columns", message)


def _missing_sections(content: Content, site: HtmlSite, handout: Handout) -> Iterator[Finding]:
    """Yield a finding, at the section's row in handouts.yml, for each section whose page or heading
    doesn't exist."""
    file = content.files["handouts"]
    for number, row in enumerate(handout.sections):
        for section in flat_sections([row]):
            fault = _section_fault(site, section)
            if fault:
                where = file.location(handout.key, "sections", number)
                yield Finding(*where, "handout-section", f"{handout.key}: {fault}.")


def _section_fault(site: HtmlSite, section: Section) -> str:
    """Return a Swedish message, without a full stop, if the page or heading of ``section`` doesn't
    exist; "" if both exist."""
    page = site.pages.get(section.address)
    if page is None:
        return f'sidan "{section.address}" finns inte'
    names_no_heading = section.anchor in ("", "*")
    if not names_no_heading and not page.find(f'[id="{section.anchor}"]'):
        return f"rubriken #{section.anchor} finns inte på sidan {section.address}"
    return ""


def link_handouts(site: HtmlSite, folder: str, handouts: Mapping[Handout, TypesetHandout]) -> None:
    """Add links to the PDF files, which are in ``folder``: in the list on the page at that address,
    and, for a sheet or checklist, before "Skriv ut" on the page that it belongs to."""
    list_page = site.pages.get(folder)
    for handout, files in handouts.items():
        sides = "1 sida" if files.pages == 1 else f"{files.pages} sidor"
        title = html.escape(handout.title)
        label = f"{title} (PDF, {sides}, {file_size_text(len(files.pdf))})"
        if list_page is not None:
            for slot in list_page.tree.css(f'span.handout[data-handout="{handout.key}"]'):
                replace_with_html(
                    slot,
                    f'<img src="{handout.file}.png" alt="Första sidan av {title}" '
                    f'width="{files.width}" height="{files.height}">'
                    f'<a href="{handout.file}.pdf">{label}</a>.',
                )
        page = site.pages[handout.page]
        controls = page.find("div.paper")  # with the print button: partials/paper.html
        if handout.form in ("blad", "checklista") and controls is not None:
            href = f"{page.root_prefix}{folder}{handout.file}.pdf"
            link = f'<a class="paper-pdf" href="{href}">Färdigt blad: {label}</a>'
            prepend_html(controls, link)


def file_size_text(size: int) -> str:
    """Return a file's size in bytes as text: "63 kB", "1,4 MB"."""
    if size >= 1e6:
        return f"{size / 1e6:.1f} MB".replace(".", ",")
    return f"{round(size / 1e3)} kB"
