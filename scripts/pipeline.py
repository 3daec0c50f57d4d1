"""The steps of a build, in order. build.py and the preview run them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scripts import check
from scripts.checks import hidden as hidden_pages
from scripts.checks import settings
from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.project import Project
from scripts.core import phone
from scripts.core.findings import Finding, is_fault
from scripts.delivery.feed import add_feed
from scripts.delivery.offline import add_offline
from scripts.delivery.security import add_security_txt
from scripts.delivery.server_files import add_server_files
from scripts.delivery.sitemap import add_sitemap
from scripts.links.html import Document, read_html
from scripts.links.sources import Sources
from scripts.links.validate import validate
from scripts.paper.handouts import add_handouts
from scripts.paper.slides import add_slides, slides_folder
from scripts.site import hidden, mkdocs, permalinks
from scripts.site.addresses import short_addresses
from scripts.site.assets import add_assets
from scripts.site.checklists import add_checklists
from scripts.site.html_policy import Violation, add_policy, find_violations, locate_violations
from scripts.site.html_site import HtmlSite
from scripts.site.page_chrome import decorate_pages
from scripts.site.redirects import RedirectTable, add_redirects
from scripts.site.search.write import add_search
from scripts.site.theme_colors import apply_theme_colors

START = PurePosixPath("index.md")
# A quoted link to a Markdown file in a finding's message: "a/b.md#c". Group 1 is the file.
MARKDOWN_LINK = re.compile(r'"([^"#]+\.md)(?:#[^"]*)?"')
Step = Callable[[Content, HtmlSite, Config], list[Finding]]
# Arguments of gc.set_threshold. Nearly all objects live until the end of a build: fewer collections
# save a tenth of its time.
GC_THRESHOLDS = (50_000, 20, 50)


def check_content(content: Content, today: dt.date) -> list[Finding]:
    """Return the findings of every content check, sorted."""
    findings = set(check.check_content(content, today))
    if not any((docs / START).is_file() for docs in content.roots):
        message = "startsidan saknas. Hämta filen igen, eller skriv den."
        path = content.display_path(content.roots[0] / START)
        findings.add(Finding(path, 1, "no-start-page", message))
    if can_build(findings) and not content.faults:
        findings.update(permalinks.check(content))
    return sorted(findings)


def check_project(project: Project, today: dt.date) -> list[Finding]:
    """Return the findings of every check of the settings and of the content, sorted."""
    return sorted({*settings.check(project.config), *check_content(project.content, today)})


def can_build(findings: Iterable[Finding]) -> bool:
    """Whether the site can be built: its only errors are links to something that is gone, and they
    are few.

    Those don't stop the build, only the replacement of site/, so that one run reports them all.
    """
    rules = {finding.rule for finding in findings if is_fault(finding)}
    return rules <= check.RULES_OF_REMOVALS


@dataclass
class PipelineResult:
    """The result of a build's steps.

    Attributes:
        findings: of our own steps.
        mkdocs_findings: errors and warnings of MkDocs.
        has_pages: whether the pages were built, so that they can be shown.
    """

    findings: list[Finding]
    mkdocs_findings: list[Finding]
    has_pages: bool = True


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
    add_handouts,
)
# After an error in a page, these would repeat it: they combine pages.
COMBINING_STEPS = (add_slides, add_handouts)
FILE_STEPS: tuple[Step, ...] = (add_offline, add_security_txt, add_server_files)


def run_pipeline(project: Project, target: Path, known: Sequence[Finding]) -> PipelineResult:
    """Build the site of a project in the folder ``target``, and validate its links.

    The result has no pages if MkDocs didn't write them all, or a page can't be hidden.

    ``known``: the findings of the content checks, which the link validation doesn't repeat.
    """
    content = project.content
    config = project.config
    faults = hidden_pages.check(content, config)
    if faults:
        return PipelineResult(faults, [], has_pages=False)
    mkdocs_findings = mkdocs.render(config, target, content)
    missing = mkdocs.find_unwritten(config, target, content)
    if missing:
        return PipelineResult([], mkdocs_findings or missing, has_pages=False)
    site = HtmlSite(target, config.site_url)
    content = hidden.hide(content, site, config)
    # a warning is about a link or the menu
    has_page_error = any(finding.severity != "warning" for finding in mkdocs_findings)
    findings: list[Finding] = []
    for step in PAGE_STEPS:
        if not (has_page_error and step in COMBINING_STEPS):
            findings += step(content, site, config)
    violations, documents = finalize_pages(content, site, config)
    findings += violations
    for step in FILE_STEPS:
        findings += step(content, site, config)
    findings += validate_site(site, content, config, documents, [*known, *findings])
    return PipelineResult(findings, mkdocs_findings)


def finalize_pages(
    content: Content, site: HtmlSite, config: Config
) -> tuple[list[Finding], dict[str, Document]]:
    """Add the Content-Security-Policy to each page, check it against the HTML policy, and write it.

    Returns:
        The findings of the HTML policy.
        File of a page → its ids and links, for the link validator. It is made here so that each
        page is parsed only once.
    """
    documents: dict[str, Document] = {}
    violations_by_address: dict[str, list[Violation]] = {}
    for page in site.iter_pages():
        add_policy(page)
        violations_by_address[page.address] = list(find_violations(page))
        documents[page.file] = read_html(page.tree)
        site.write(page.address, page.serialize())
    return locate_violations(violations_by_address, content, config), documents


def dialable_numbers(content: Content, local_fields: Iterable[str]) -> set[str]:
    """Return the numbers that ``tel:`` links may have, in national form: of contacts.yml and the
    publisher. An empty set, if contacts.yml has none, allows any number.

    ``local_fields``: fields with the publisher's own numbers, from mkdocs.yml.
    """
    numbers = [contact.phone for contact in content.registers.contacts.values() if contact.phone]
    if not numbers:
        return set()
    for text in local_fields:
        numbers += phone.numbers_in_field(text)
    return {phone.national(number) for number in numbers}


def validate_site(
    site: HtmlSite,
    content: Content,
    config: Config,
    documents: Mapping[str, Document],
    known: Iterable[Finding],
) -> list[Finding]:
    """Return the findings of the link validator for the finished site, without those that repeat a
    known one, and without those of redirect pages: permalinks.check reports them.

    Args:
        documents: file of a page → its ids and links.
        known: the findings so far.
    """
    known_findings = KnownFindings(known)
    redirect_files = _redirect_files(content)
    slides = slides_folder(content)
    # every menu links to the slides; if they weren't built, that has a finding of its own
    missing_slides = None if f"{slides}/" in site.pages else PurePosixPath(slides).name
    findings: list[Finding] = []
    for finding in validate(
        site.root,
        Sources(content.docs, *content.folders_beside_docs),
        config.site_url,
        "site",
        parsed=documents,
        numbers=dialable_numbers(content, config.extra.local.values()),
    ):
        is_on_redirect = finding.page in redirect_files
        target_file = f"{finding.target.removeprefix('/')}index.html"
        # no page links to an old address
        is_orphan_redirect = finding.rule == "orphan-page" and target_file in redirect_files
        leads_to_slides = missing_slides is not None and missing_slides in finding.target
        is_expected = is_on_redirect or is_orphan_redirect or leads_to_slides
        if not is_expected and not known_findings.covers(finding):
            findings.append(finding)
    return findings


def _redirect_files(content: Content) -> set[str]:
    """Return the files of the pages at short and old addresses: "p/kort/index.html"."""
    redirects = RedirectTable.of(content)
    addresses = [short.address for short in short_addresses(content)]
    addresses += [*redirects.moved, *redirects.retired]
    return {f"{address.removeprefix('/')}index.html" for address in addresses}


class KnownFindings:
    """The findings of the content checks, so that the link validator doesn't repeat them."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.lines: set[tuple[PurePosixPath, int]] = set()  # (path, line)
        self.missing_files: set[str] = set()  # names of Markdown files that links lead to
        for finding in findings:
            self.lines.add((finding.path, finding.line))
            if finding.rule in ("no-such-page", "unknown-page"):
                for link in MARKDOWN_LINK.findall(finding.message):
                    self.missing_files.add(PurePosixPath(link).name)

    def covers(self, finding: Finding) -> bool:
        """Whether a finding of the validator repeats a known one: its line has a finding already,
        or its link leads to a missing Markdown file."""
        page = finding.target.partition("#")[0]
        leads_to_missing = page.endswith(".md") and PurePosixPath(page).name in self.missing_files
        return leads_to_missing or (finding.path, finding.line) in self.lines
