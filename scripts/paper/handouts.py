"""Makes the handouts of docs/_data/handouts.yml into a built site: PDF files and their list.

Each PDF is checked before the site takes its place: too many pages, text cut off or a fault in
its accessibility stops the build. A PDF is kept in .build/handouts/ under the hash of everything
it is made of, so only what has changed is typeset again.
"""

from __future__ import annotations

import hashlib
import html
import importlib.metadata
import json
import os
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.handouts import Handout
from scripts.core.environment import WORK
from scripts.core.findings import Finding
from scripts.core.swedish import date_words
from scripts.paper.layouts import compose
from scripts.paper.sections import PaperError, missing, page_of
from scripts.paper.typeset import FACES, STYLE, faults, typeset
from scripts.site.html_site import HtmlSite, insert_html_after, replace_with_html

CACHE = WORK / "handouts"
MADE_BY = ("typst", "pikepdf", *(package.replace("_", "-") for package, _ in FACES))


def _fault(content: Content, key: str, message: str, rule: str) -> Finding:
    file = content.files["handouts"]
    return Finding(*file.record_at(key), rule, f"{key}: {message}.")


def fingerprint(page: str, handout: Handout) -> str:
    """Return the hash of everything that decides a PDF's bytes."""
    digest = hashlib.sha256()
    for part in (STYLE, Path(__file__), Path(__file__).with_name("typeset.py")):
        digest.update(part.read_bytes())
    versions = [f"{name} {importlib.metadata.version(name)}" for name in MADE_BY]
    digest.update(json.dumps([page, handout.size, handout.pages, versions]).encode())
    return digest.hexdigest()


def make(page: str, size: float, most: int, kept: str) -> None:
    """Typeset ``page`` into ``kept``.pdf, and into ``kept``.json what the site says of it, and why
    it can't be published."""
    done = typeset(page, size, most)
    lang, version = (
        re.findall(said, page)[0]
        for said in (r'<html lang="([^"]+)"', r'name="dcterms.modified" content="([^"]+)"')
    )
    wrong = []
    if done.pages > most:
        text = f"{done.pages} sidor, högst {most}. Ta bort ett avsnitt, eller höj pages"
        wrong.append(("handout-pages", text))
    for misfit in done.misfits:
        text = f"texten ryms inte: {misfit}. Ta bort ett avsnitt, eller minska size"
        wrong.append(("handout-misfit", text))
    for fault in dict.fromkeys(faults(done.data, lang)):
        wrong.append(("handout-pdf", f"PDF-filen är inte tillgänglig: {fault}"))
    facts = {"pages": done.pages, "version": version, "wrong": wrong}
    half = Path(f"{kept}.{os.getpid()}")  # another process may be making the same
    for suffix, data in ((".pdf", done.data), (".json", json.dumps(facts).encode())):
        half.write_bytes(data)
        half.replace(half.with_suffix(suffix))


def typeset_all(
    pages: Mapping[Handout, str], cache: Path
) -> dict[Handout, tuple[bytes, dict[str, Any]]]:
    """Return each handout's PDF and facts, from ``cache`` where nothing has changed."""
    cache.mkdir(parents=True, exist_ok=True)
    names = {handout: fingerprint(page, handout) for handout, page in pages.items()}
    new = [h for h, name in names.items() if not (cache / f"{name}.json").is_file()]
    new.sort(key=lambda handout: -len(pages[handout]))  # the longest first, for even work
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # Typst works outside Python's lock
        jobs = [pool.submit(make, pages[h], h.size, h.pages, str(cache / names[h])) for h in new]
    for job in jobs:
        job.result()
    for file in cache.iterdir():
        if file.stem not in names.values():
            file.unlink(missing_ok=True)
    return {
        handout: (
            (cache / f"{name}.pdf").read_bytes(),
            json.loads((cache / f"{name}.json").read_text(encoding="utf-8")),
        )
        for handout, name in names.items()
    }


def add_handouts(content: Content, built: HtmlSite, config: Config) -> list[Finding]:
    """Check the handouts; add the PDF files and links to them, unless the build goes without.
    Return findings."""
    found, pages = list[Finding](), dict[Handout, str]()
    for handout in content.registers.handouts.values():
        if gone := list(_gone(content, built, handout)):
            found += gone
            continue
        try:
            page_of(built, handout.page)  # where the short address leads
            pages[handout] = compose(handout, built, config.extra)
        except PaperError as error:
            found.append(_fault(content, handout.key, str(error), "handout-section"))
    if found:
        return found
    if not config.pdf:
        return []
    apart = config.extra.site.apart  # another site's files would be cleared away
    cache = CACHE.with_name(f"{CACHE.name}-{apart}") if apart else CACHE
    made, folder = typeset_all(pages, cache), content.folder_of("utskrifter")
    for handout, (data, facts) in made.items():
        found += (_fault(content, handout.key, text, rule) for rule, text in facts["wrong"])
        built.write(f"{folder}{handout.file}.pdf", data)
    link_handouts(built, folder, made)
    return found


def _gone(content: Content, built: HtmlSite, handout: Handout) -> Iterator[Finding]:
    """Yield the sections of a handout that aren't there, each on its line."""
    file = content.files["handouts"]
    for number, entry in enumerate(handout.sections):
        where = file.at(handout.key, "sections", number)
        for what in missing(built, [entry]):
            yield Finding(*where, "handout-section", f"{handout.key}: {what}.")


def link_handouts(
    built: HtmlSite, folder: str, made: Mapping[Handout, tuple[bytes, Mapping[str, Any]]]
) -> None:
    """Fill the list on the page in ``folder``, where the files lie; put each handout beside
    "Skriv ut" on its own page."""
    listing = built.pages.get(folder)
    for handout, (data, facts) in made.items():
        sheets = "1 sida" if facts["pages"] == 1 else f"{facts['pages']} sidor"
        name = f"{html.escape(handout.title)} (PDF, {sheets}, {_kilobytes(len(data))})"
        slot = f'span.handout[data-handout="{handout.key}"]'  # of the macro [[utskrifter]]
        for place in listing.tree.css(slot) if listing else ():
            version = f"Version {date_words(facts['version'])}."
            replace_with_html(place, f'<a href="{handout.file}.pdf">{name}</a>. {version}')
        page = built.pages[handout.page]
        control = page.find("button.paper-print")  # of partials/paper.html
        if handout.form in ("blad", "checklista") and control is not None:
            href = f"{page.root_prefix}{folder}{handout.file}.pdf"
            insert_html_after(control, f' <a class="paper-pdf" href="{href}">{name}</a>')


def _kilobytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB".replace(".", ",") if size >= 1e6 else f"{round(size / 1e3)} kB"
