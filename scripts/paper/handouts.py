"""Typeset the handouts of docs/_data/handouts.yml, and add the PDF files, their pictures and their
list to a built site.

Each PDF is checked before the site takes its place: too small text, too many pages, text cut off
or a fault in its accessibility stops the build. A PDF is kept in .build/handouts/ under the hash of
everything it is made of, so only what has changed is typeset again.
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
from scripts.content.handouts import Handout
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
    file = content.files["handouts"]
    return Finding(*file.record_location(handout.key), rule, f"{handout.key}: {message}.")


def cache_key(page: str, handout: Handout) -> str:
    """Return the hash of everything that decides the bytes of a handout's files."""
    digest = hashlib.sha256()
    for part in (typeset.STYLE, *map(Path, MODULES)):
        digest.update(part.read_bytes())
    versions = [f"{name} {importlib.metadata.version(name)}" for name in PACKAGES]
    digest.update(json.dumps([page, handout.size, handout.pages, versions]).encode())
    return digest.hexdigest()


def typeset_to_cache(page: str, size: float, most: int, stem: str) -> None:
    """Typeset ``page`` (HTML) into the files ``stem``.pdf, .png and .json, the last with what the
    site says about it and why it can't be published. ``most``: pages that it may have."""
    done = typeset.typeset(page, size)
    picture, width, height = thumbnails.thumbnail(done.data)
    faults = []
    if done.pages > most:
        text = f"{done.pages} sidor, högst {most}. Ta bort ett avsnitt, eller låt sentences visa"
        faults.append(("handout-pages", f"{text} färre meningar ur varje steg"))
    for misfit in done.misfits:
        text = f"texten ryms inte: {misfit}. Ta bort ett avsnitt"
        faults.append(("handout-misfit", text))
    for fault in dict.fromkeys(typeset.pdf_ua_violations(done.data)):
        faults.append(("handout-pdf", f"PDF-filen är inte tillgänglig: {fault}"))
    facts = {"pages": done.pages, "width": width, "height": height, "faults": faults}
    half = Path(f"{stem}.{os.getpid()}")  # another process may be writing the same
    files = {".pdf": done.data, ".png": picture, ".json": json.dumps(facts).encode()}
    for suffix, data in files.items():
        half.write_bytes(data)
        half.replace(half.with_suffix(suffix))


def read_cache(stem: Path) -> TypesetHandout:
    """Return what ``typeset_to_cache`` has written."""
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
    """Return each handout's files, from the folder ``cache`` where nothing has changed.

    ``pages``: the handouts as HTML. Files of the cache that are of no handout are removed.
    """
    cache.mkdir(parents=True, exist_ok=True)
    names = {handout: cache_key(page, handout) for handout, page in pages.items()}
    new = [h for h, name in names.items() if not (cache / f"{name}.json").is_file()]
    new.sort(key=lambda handout: -len(pages[handout]))  # the longest first, for even work
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # Typst works outside Python's lock
        jobs = [
            pool.submit(typeset_to_cache, pages[h], h.size, h.pages, str(cache / names[h]))
            for h in new
        ]
    for job in jobs:
        job.result()
    for file in cache.iterdir():
        if file.stem not in names.values():
            file.unlink(missing_ok=True)
    return {handout: read_cache(cache / name) for handout, name in names.items()}


def add_handouts(content: Content, site: HtmlSite, config: Config) -> list[Finding]:
    """Step of the build: validate the handouts; unless the build goes without PDF files, add the
    files, their pictures and links to them. Return findings."""
    findings = list[Finding]()
    pages: dict[Handout, str] = {}
    for handout in content.registers.handouts.values():
        findings += _form_findings(content, handout)
        try:
            load_page(site, handout.page)  # the short address leads there
            pages[handout] = compose(handout, site, config.extra)
        except PaperError as error:
            findings.append(_finding(content, handout, "handout-section", str(error)))
    if findings or not config.pdf:
        return findings
    # a folder for each site: typesetting removes the files of other handouts
    cache = CACHE / (config.extra.site.site_slug or "main")
    folder = content.folder_of("utskrifter")
    handouts = typeset_all(pages, cache)
    for handout, files in handouts.items():
        for rule, message in files.faults:
            findings.append(_finding(content, handout, rule, message))
        site.write(f"{folder}{handout.file}.pdf", files.pdf)
        site.write(f"{folder}{handout.file}.png", files.picture)
    link_handouts(site, folder, handouts)
    return findings


def _form_findings(content: Content, handout: Handout) -> Iterator[Finding]:
    """Yield a finding for a handout whose text is too small, or that has columns over pages."""
    file, smallest = content.files["handouts"], MIN_TEXT_SIZES.get(handout.form, MIN_TEXT_SIZE)
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


def link_handouts(site: HtmlSite, folder: str, handouts: Mapping[Handout, TypesetHandout]) -> None:
    """Fill the list on the page in ``folder``, where the files are; offer each sheet before
    "Skriv ut" on its own page."""
    listing = site.pages.get(folder)
    for handout, files in handouts.items():
        sheets = "1 sida" if files.pages == 1 else f"{files.pages} sidor"
        name = html.escape(handout.title)
        label = f"{name} (PDF, {sheets}, {_file_size(len(files.pdf))})"
        slot = f'span.handout[data-handout="{handout.key}"]'  # of the macro [[utskrifter]]
        for place in listing.tree.css(slot) if listing else ():
            replace_with_html(
                place,
                f'<img src="{handout.file}.png" alt="Första sidan av {name}" '
                f'width="{files.width}" height="{files.height}">'
                f'<a href="{handout.file}.pdf">{label}</a>.',
            )
        page = site.pages[handout.page]
        controls = page.find("div.paper")  # of partials/paper.html
        if handout.form in ("blad", "checklista") and controls is not None:
            href = f"{page.root_prefix}{folder}{handout.file}.pdf"
            link = f'<a class="paper-pdf" href="{href}">Färdigt blad: {label}</a>'
            prepend_html(controls, link)


def _file_size(octets: int) -> str:
    if octets >= 1e6:
        return f"{octets / 1e6:.1f} MB".replace(".", ",")
    return f"{round(octets / 1e3)} kB"
