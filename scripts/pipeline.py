"""The steps of a build, in order. build.py runs them, and preview.py at each saved change."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scripts import check
from scripts.checks import hidden as hidden_pages
from scripts.checks import settings
from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.project import Project
from scripts.core import phone
from scripts.core.findings import MAX_ERRORS, Finding, is_fault
from scripts.delivery.feed import add_feed
from scripts.delivery.offline import add_offline
from scripts.delivery.security import add_security_txt
from scripts.delivery.server_files import add_server_files
from scripts.delivery.sitemap import add_sitemap
from scripts.links.html import Document, read_html
from scripts.links.validate import Sources, validate
from scripts.paper.handouts import add_handouts
from scripts.paper.slides import add_slides, slides_folder
from scripts.site import hidden, mkdocs, permalinks
from scripts.site.addresses import short_addresses
from scripts.site.assets import add_assets
from scripts.site.checklists import add_checklists
from scripts.site.html_policy import Violation, add_policy, locate_violations, violations
from scripts.site.html_site import HtmlSite
from scripts.site.page_chrome import decorate_pages
from scripts.site.redirects import RedirectTable, add_redirects
from scripts.site.search.write import add_search
from scripts.site.theme_colors import apply_theme_colors

START = PurePosixPath("index.md")
MARKDOWN = re.compile(r'"([^"#]+\.md)(?:#[^"]*)?"')
Step = Callable[[Content, HtmlSite, Config], list[Finding]]
# Nearly all that is made lives until the end: to look through it less often is a tenth of the work.
GC_THRESHOLDS = (50_000, 20, 50)


def check_content(content: Content, today: dt.date) -> list[Finding]:
    """Return the findings of every content check, sorted."""
    found = set(check.check_content(content, today))
    if not any((docs / START).is_file() for docs in content.roots):
        message = "startsidan saknas. Hämta filen igen, eller skriv den."
        shown = content.display_path(content.roots[0] / START)
        found.add(Finding(shown, 1, "no-start-page", message))
    if can_build(found) and not content.faults:
        found |= set(permalinks.check(content))
    return sorted(found)


def check_project(project: Project, today: dt.date) -> list[Finding]:
    """Return the findings of every check of the settings and of the content, sorted."""
    return sorted({*settings.check(project.config), *check_content(project.content, today)})


def can_build(findings: Iterable[Finding]) -> bool:
    """Whether the site can be built. It can where nothing is wrong but links to something that is
    gone: then it is built, though not put in place, so that one run reports all of them."""
    faults = [one.rule for one in findings if is_fault(one)]
    return len(faults) < MAX_ERRORS and set(faults) <= check.RULES_OF_REMOVALS


@dataclass
class PipelineResult:
    """A build so far: the site, once its pages are whole, and what is wrong."""

    findings: list[Finding]
    mkdocs_findings: list[Finding]
    site: HtmlSite | None = None


# The steps after MkDocs, in order: those that change pages in memory, and those that write files.
PAGE_STEPS: tuple[Step, ...] = (
    decorate_pages,
    add_slides,
    add_search,
    add_redirects,
    add_checklists,
    apply_theme_colors,
    add_assets,
    add_sitemap,
    add_feed,
)
FILE_STEPS: tuple[Step, ...] = (add_offline, add_security_txt, add_server_files)


def run_pipeline(
    project: Project, target: Path, known: Sequence[Finding]
) -> Iterator[PipelineResult]:
    """Build the site of a project into the folder ``target``.

    Yield the result twice: when the pages can be shown, and when their links have been validated;
    once, without a site, where MkDocs could not write the pages, or a page can't be hidden.

    ``known``: the findings of the content checks.
    """
    content, config = project.content, project.config
    faults = hidden_pages.check(content, config)
    if faults:
        yield PipelineResult(faults, [])
        return
    result = PipelineResult([], mkdocs.render(config, target, content))
    missing = mkdocs.unwritten(target, content)
    if missing:
        result.mkdocs_findings = result.mkdocs_findings or missing
        yield result
        return
    site = HtmlSite(target, config.site_url)
    result.site = site
    content = hidden.hide(content, site, config)
    # After an error in a page, a step that combines pages would repeat it. A warning is about a
    # link or the menu.
    whole = all(one.severity == "warning" for one in result.mkdocs_findings)
    handouts: tuple[Step, ...] = (add_handouts,) if whole else ()
    # Handouts change pages only where their PDF files are made.
    page_steps = (*PAGE_STEPS, *handouts) if config.pdf else PAGE_STEPS
    file_steps = FILE_STEPS if config.pdf else (*handouts, *FILE_STEPS)
    for step in page_steps:
        found = step(content, site, config)
        if whole or step is not add_slides:
            result.findings += found
    found, documents = finalize_pages(content, site, config)
    result.findings += found
    yield result
    for step in file_steps:
        result.findings += step(content, site, config)
    known = [*known, *result.findings]
    result.findings += validate_site(site, content, config, documents, known)
    yield result


def finalize_pages(
    content: Content, site: HtmlSite, config: Config
) -> tuple[list[Finding], dict[str, Document]]:
    """Add the Content-Security-Policy to each page and write it. Return the violations of the HTML
    policy, and what the link validator reads on each page, by its file: each page is parsed once
    for all three."""
    documents: dict[str, Document] = {}
    by_address: dict[str, list[Violation]] = {}
    for page in site.iter_pages():
        add_policy(page)
        by_address[page.address] = list(violations(page))
        documents[page.file] = read_html(page.tree)
        site.write(page.address, page.html())
    return list(locate_violations(by_address, content, config)), documents


def dialable_numbers(content: Content, local: Iterable[str]) -> set[str]:
    """Return the numbers that a site's links may call, as the link validator compares them; none
    where contacts.yml has none. ``local``: the publisher's own, as mkdocs.yml has them."""
    known = [contact.phone for contact in content.registers.contacts.values() if contact.phone]
    own = [number for text in local for number in phone.numbers_in_field(text)]
    return {phone.national(number) for number in [*known, *own]} if known else set()


def validate_site(
    site: HtmlSite,
    content: Content,
    config: Config,
    documents: Mapping[str, Document],
    known: Iterable[Finding],
) -> list[Finding]:
    """Return what is wrong with the links of the finished site, without what is known already.

    Args:
        documents: its pages as the link validator reads them, by their files.
        known: the findings so far.
    """
    reported = KnownFindings(known)
    redirects = RedirectTable.of(content)
    moved = {f"{one.address[1:]}index.html" for one in short_addresses(content)}
    moved |= {f"{one[1:]}index.html" for one in (*redirects.moved, *redirects.retired)}
    slides = slides_folder(content)
    findings = []
    for one in validate(
        site.root,
        Sources(content.docs, *content.more_sources),
        config.site_url,
        "site",
        read=documents,
        numbers=dialable_numbers(content, config.extra.local.values()),
    ):
        if one.page in moved:
            continue  # the checks of the permalinks report where they lead
        if one.rule == "orphan-page" and f"{one.target[1:]}index.html" in moved:
            continue  # they are for those who have the address
        if f"{slides}/" not in site.pages and PurePosixPath(slides).name in one.target:
            continue  # every menu links to the slides
        if not reported.covers(one):
            findings.append(one)
    return findings


class KnownFindings:
    """The findings of the content checks, so that the link validator doesn't repeat them."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.by_line: dict[tuple[PurePosixPath, int], list[str]] = {}
        self.pages: set[str] = set()  # files that a link to Markdown names, and aren't there
        for one in findings:
            self.by_line.setdefault((one.path, one.line), []).append(one.message)
            if one.rule in ("no-such-page", "unknown-page"):
                self.pages |= {PurePosixPath(name).name for name in MARKDOWN.findall(one.message)}

    def covers(self, finding: Finding) -> bool:
        """Whether a finding of the validator says what is known: that a page isn't there which a
        link in Markdown names, or anything of a line that has a finding, but for another place."""
        page = finding.target.partition("#")[0]
        if page.endswith(".md") and PurePosixPath(page).name in self.pages:
            return True
        messages = self.by_line.get((finding.path, finding.line), [])
        if finding.rule != "missing-anchor":
            return bool(messages)
        address = finding.message.split('"')[1]
        return any(f'"{address}"' in message for message in messages)
