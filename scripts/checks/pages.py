"""Kontrollerar sidorna i docs/ innan de byggs: uppgifterna överst, rubriker, id och menyn."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TypeAlias

import yaml
from pathspec import GitIgnoreSpec

from scripts.content.content import Content
from scripts.content.files import find_similar_page
from scripts.content.markdown import ANCHOR, HEADING, RESERVED, SLUG
from scripts.content.page import GeneratedPage, Page
from scripts.content.settings_files import settings_files
from scripts.content.yaml_file import RegisterFile
from scripts.core.findings import ContentError, Finding, unused

MenuRow: TypeAlias = tuple[PurePosixPath, int]  # mkdocs.yml as findings name it, and the line


def check_address(page: Page) -> Iterator[Finding]:
    """Yield a finding for each part of an authored page's address that isn't a slug, "gora-ett"."""
    if isinstance(page, GeneratedPage):
        return  # the address may have a chapter's number, which is no slug
    for part in (*page.path.parts[:-1], page.path.stem):
        if not SLUG.match(part):
            message = f'"{part}" i adressen: skriv små bokstäver a–z och bindestreck.'
            yield Finding(page.display_path, 1, "bad-slug", message)


def check_review_dates(page: Page, today: dt.date) -> Iterator[Finding]:
    """Yield a finding for dates of review that are in the future or in the wrong order."""
    path = page.display_path
    reviewed = page.meta.last_reviewed_on
    review_by = page.meta.review_by
    if reviewed > today:
        message = f"sidan kan inte vara granskad i framtiden ({reviewed})."
        yield Finding(path, page.line("last_reviewed_on"), "future-review", message)
    if review_by <= reviewed:
        message = f"nästa granskning ({review_by}) måste vara efter den senaste ({reviewed})."
        yield Finding(path, page.line("review_by"), "bad-date", message)


def check_headings(page: Page) -> Iterator[Finding]:
    """Yield a finding for each heading below level 1 without an id, each duplicate or malformed id,
    and each skipped level, and for a page without exactly one heading of level 1, its title."""
    path = page.display_path
    lines_by_anchor: dict[str, int] = {}
    level_above = 0  # of the heading above; 0 before the first
    titles = 0
    for line, markdown in page.lines():
        heading = HEADING.match(markdown)
        if heading is None:
            continue
        level, text, anchor = len(heading[1]), heading[2], heading[3]
        if level == 1:
            titles += 1
            if text != page.title:
                message = f'rubriken "{text}" ska vara densamma som "title" överst på sidan.'
                yield Finding(path, line, "wrong-title", message)
        elif not anchor:
            message = f'rubriken "{text}" saknar id. Skriv {{#ett-kort-namn}} efter den.'
            yield Finding(path, line, "missing-id", message)
        if level_above and level > level_above + 1:
            message = f'rubriken "{text}" hoppar över en nivå. Skriv {"#" * (level_above + 1)}.'
            yield Finding(path, line, "skipped-level", message)
        level_above = level
        if anchor:
            first_line = lines_by_anchor.setdefault(anchor, line)
            if first_line != line:
                message = f'id "{anchor}" står redan på rad {first_line}. Ge rubriken ett eget.'
                yield Finding(path, line, "duplicate-id", message)
            message = _anchor_violation(anchor)
            if message:
                yield Finding(path, line, "bad-id", message)
    if titles != 1:
        message = f"sidan har {titles} rubriker på nivå 1 (#). Den ska ha en."
        yield Finding(path, page.body_line, "wrong-title", message)


def _anchor_violation(anchor: str) -> str:
    """Return a Swedish message if the id of a heading is malformed or the build's own, else ""."""
    if not ANCHOR.match(anchor):
        return f'id "{anchor}": skriv små bokstäver a–z och bindestreck.'
    if RESERVED.match(anchor):
        return f'id "{anchor}" används av bygget. Välj ett annat.'
    return ""


def check_menu(
    settings: Sequence[RegisterFile], pages: Mapping[str, PurePosixPath]
) -> Iterator[Finding]:
    """Yield a finding for each page that the menu lacks, and each menu row without a page.

    Args:
        settings: each mkdocs.yml that has a part of the menu, the project's own last.
        pages: path in docs/ → the page's file as findings name it.
    """
    rows_by_path: dict[str, list[MenuRow]] = {}  # path in docs/ → its rows in the menu
    for file in settings:
        for path, line in _menu_rows(file.node("nav")):
            rows_by_path.setdefault(path, []).append((file.display_path, line))
    yield from _check_repeated_rows(rows_by_path)
    exempt = _not_in_nav(settings)
    missing = {path for path in pages.keys() - rows_by_path.keys() if not exempt.match_file(path)}
    for path in sorted(rows_by_path.keys() - pages.keys()):
        message = f'menyn pekar på "{path}", som inte finns i docs/.'
        where = rows_by_path[path][0]
        near = find_similar_page(PurePosixPath(path), map(PurePosixPath, missing))
        if near:
            missing.remove(near)  # one finding about the page is enough
            yield Finding(*where, "menu-without-page", f'{message} Menade du "{near}"?')
        else:
            yield unused(*where, "menu-without-page", f"{message} Ta bort raden.")
    for path in sorted(missing):
        message = f'sidan saknas i menyn. Lägg till raden "- {path}" i mkdocs.yml.'
        yield Finding(pages[path], 1, "not-in-menu", message)


def _check_repeated_rows(rows_by_path: Mapping[str, Sequence[MenuRow]]) -> Iterator[Finding]:
    """Yield a finding for each row of the menu whose page an earlier row has.

    ``rows_by_path``: path in docs/ → its rows in the menu.
    """
    for path, rows in rows_by_path.items():
        first_file, first_line = rows[0]
        for file, line in rows[1:]:
            place = f"rad {first_line}"
            place = f"på {place}" if file == first_file else f"i {first_file}, {place}"
            message = f'"{path}" står redan i menyn, {place}. Behåll en av raderna.'
            yield Finding(file, line, "twice-in-menu", message)


def _not_in_nav(settings: Sequence[RegisterFile]) -> GitIgnoreSpec:
    """Return the patterns, in the syntax of .gitignore, of the pages that needn't be in the menu.
    As in MkDocs, the patterns of a project replace those of the settings that it inherits."""
    patterns = ""
    for file in settings:
        patterns = str(file.value.get("not_in_nav", patterns))
    return GitIgnoreSpec.from_lines(patterns.split())


def _menu_rows(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    """Yield (path in docs/, line from 1) of each page in a YAML node of ``nav`` in mkdocs.yml."""
    if isinstance(node, yaml.SequenceNode):
        for row in node.value:
            yield from _menu_rows(row)
    elif isinstance(node, yaml.MappingNode):
        for _, target in node.value:
            yield from _menu_rows(target)
    elif isinstance(node, yaml.ScalarNode) and node.value.endswith(".md"):
        yield node.value, node.start_mark.line + 1


def check_front_matter(content: Content) -> Iterator[Finding]:
    """Yield a finding for each ``short`` or ``step`` whose value another page has, and a note for
    each entry of ``anchors`` whose heading isn't on the page."""
    pages_by_value: dict[tuple[str, str], Page] = {}  # (field, value) → first page
    for page in content.authored_pages:
        meta = page.meta
        unique_values = {"short": meta.short.partition("#")[0]}  # "akut#fara" is also /p/akut/
        if meta.step:
            unique_values["step"] = str(meta.step.place)
        for field, value in unique_values.items():
            other = pages_by_value.setdefault((field, value), page)
            if value and other is not page:
                message = f'{field}: "{value}" står redan i {other.path}. Välj en annan.'
                yield Finding(page.display_path, page.line(field), "same-key", message)
        for anchor in meta.anchors.keys() - page.headings.keys():
            message = f'anchors: rubriken "{anchor}" finns inte. Ta bort raden, eller rätta den.'
            where = page.display_path, page.line("anchors", anchor)
            yield unused(*where, "dead-anchor", message)


def check(content: Content, today: dt.date) -> Iterator[Finding]:
    """Yield the findings of the menu, and of each page's front matter, address and headings."""
    with contextlib.suppress(ContentError):  # the build reports settings that can't be read
        own, *national = settings_files(content.project)
        # the build merges a municipality's menu with the national one
        yield from check_menu([*national, own], dict(_menu_pages(content)))
    yield from check_front_matter(content)
    for page in content.pages.values():
        yield from check_address(page)
        yield from check_review_dates(page, today)
        yield from check_headings(page)


def _menu_pages(content: Content) -> Iterator[tuple[str, PurePosixPath]]:
    """Yield (path in docs/, file as findings name it) of each page that belongs in the menu. A page
    that can't be read is one of them: its row in the menu leads to a page that exists."""
    for page in content.authored_pages:
        yield str(page.path), page.display_path
    for fault in content.faults:
        if fault.rule == "unknown-file" or fault.path.suffix != ".md":  # no page's
            continue
        for docs in content.roots:
            folder = content.display_path(docs)
            if fault.path.is_relative_to(folder):
                yield str(fault.path.relative_to(folder)), fault.path
