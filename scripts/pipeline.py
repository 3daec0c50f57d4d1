"""The steps of a build, in order. build.py and the preview run them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
Step = Callable[[Content, HtmlSite, Config], list[Finding]]  # changes or adds to the built site
# Arguments of gc.set_threshold. Nearly all objects live until the end of a build: fewer collections
# save a tenth of its time.
GC_THRESHOLDS = (50_000, 20, 50)


def check_content_and_permalinks(content: Content, today: dt.date) -> list[Finding]:
    """Return all findings on the content, sorted: of every content check, on a missing start page,
    and, if all pages could be read, on permalinks that don't resolve."""
    findings = set(check.check_content(content, today))
    if not any((docs / START).is_file() for docs in content.roots):
        message = "startsidan saknas. Hämta filen igen, eller skriv den."
        path = content.display_path(content.roots[0] / START)
        findings.add(Finding(path, 1, "no-start-page", message))
    # The addresses of a page that can't be read would all be reported as lost.
    if can_build(findings) and not content.faults:
        findings.update(permalinks.check(content))
    return sorted(findings)


def check_project(project: Project, today: dt.date) -> list[Finding]:
    """Return all findings on the settings and the content of a project, sorted."""
    content_findings = check_content_and_permalinks(project.content, today)
    return sorted({*settings.check(project.config), *content_findings})


def can_build(findings: Iterable[Finding]) -> bool:
    """Whether the site can be built: its only errors and warnings are references to something that
    an editor has removed (check.RULES_OF_REMOVALS).

    Such references don't stop the build, only the replacement of site/, so that one run reports
    both these findings and those that only a built site has.
    """
    rules = {finding.rule for finding in findings if is_fault(finding)}
    return rules <= check.RULES_OF_REMOVALS


@dataclass
class PipelineResult:
    """The result of a build's steps.

    Attributes:
        findings: of our own steps.
        mkdocs_findings: errors and warnings of MkDocs.
        has_pages: whether all pages were written, so that the preview can show them.
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
# Left out after an error in a page: they combine pages, and would report the same error again.
COMBINING_STEPS = (add_slides, add_handouts)
FILE_STEPS: tuple[Step, ...] = (add_offline, add_security_txt, add_server_files)


def run_pipeline(
    project: Project, target: Path, content_findings: Sequence[Finding]
) -> PipelineResult:
    """Build the site of a project in the folder ``target``, and validate its links.

    The build stops, and the result has no pages, if a page can't be hidden, or if MkDocs didn't
    write all pages.

    ``content_findings``: of the content checks; the link validation doesn't repeat them.
    """
    content = project.content
    config = project.config
    faults = hidden_pages.check(content, config)
    if faults:
        return PipelineResult(faults, [], has_pages=False)
    mkdocs_findings = mkdocs.build_pages(config, target, content)
    not_written = mkdocs.find_unwritten(config, target, content)
    if not_written:
        # a finding of MkDocs says why: it is more precise
        return PipelineResult([], mkdocs_findings or not_written, has_pages=False)
    site = HtmlSite(target, config.site_url)
    content = hidden.hide(content, site, config)
    # a warning of MkDocs is about a link or the menu: the pages are whole
    has_page_error = any(finding.severity != "warning" for finding in mkdocs_findings)
    findings: list[Finding] = []
    for step in PAGE_STEPS:
        if not (has_page_error and step in COMBINING_STEPS):
            findings += step(content, site, config)
    violations, documents = finalize_pages(content, site, config)
    findings += violations
    for step in FILE_STEPS:
        findings += step(content, site, config)
    earlier_findings = [*content_findings, *findings]
    findings += validate_site(site, content, config, documents, earlier_findings)
    return PipelineResult(findings, mkdocs_findings)


def finalize_pages(
    content: Content, site: HtmlSite, config: Config
) -> tuple[list[Finding], dict[str, Document]]:
    """Add the Content-Security-Policy to each page, check it against the HTML policy, and write it.

    Returns:
        The findings of the HTML policy.
        File of a page → its ids and links, for the link validator. They are read here, where the
        page is parsed already.
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
    """Return the numbers that ``tel:`` links may have, in national form: those of contacts.yml and
    the publisher's own.

    The set is empty if contacts.yml has no number: the link validator then allows any number.

    ``local_fields``: fields of mkdocs.yml, each with one or more of the publisher's own numbers.
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
    earlier_findings: Iterable[Finding],
) -> list[Finding]:
    """Return the findings of the link validator for the finished site, without those that repeat an
    earlier one, and without those that need no mending (see _needs_no_mending).

    Args:
        documents: file of a page → its ids and links.
        earlier_findings: of the content checks and of the steps before this one.
    """
    earlier = EarlierFindings(earlier_findings)
    redirect_files = _redirect_files(content)
    slides = slides_folder(content)  # the address, without a closing slash
    unbuilt_slides = None if f"{slides}/" in site.pages else PurePosixPath(slides).name
    findings = validate(
        site.root,
        Sources(content.docs, *content.folders_beside_docs),
        config.site_url,
        "site",
        parsed=documents,
        numbers=dialable_numbers(content, config.extra.local.values()),
    )
    return [
        finding
        for finding in findings
        if not _needs_no_mending(finding, redirect_files, unbuilt_slides)
        and not earlier.include(finding)
    ]


def _needs_no_mending(
    finding: Finding, redirect_files: Collection[str], unbuilt_slides: str | None
) -> bool:
    """Whether a finding of the link validator needs no mending of its own. There are three kinds:

    - Any finding on a redirect page: permalinks.check reports the page's row in redirects.yml.
    - No link leads to a redirect page: it is there for the links of others.
    - A link leads to slides that weren't built: the step that builds them has reported why.

    Args:
        redirect_files: files of the redirect pages: "p/kort/index.html".
        unbuilt_slides: the name of the slides' folder, "presentation"; None if they were built.
    """
    is_on_redirect_page = finding.page in redirect_files
    target_file = f"{finding.target.removeprefix('/')}index.html"
    is_unlinked_redirect_page = finding.rule == "orphan-page" and target_file in redirect_files
    folders = finding.target.split("/")
    leads_to_unbuilt_slides = unbuilt_slides is not None and unbuilt_slides in folders
    return is_on_redirect_page or is_unlinked_redirect_page or leads_to_unbuilt_slides


def _redirect_files(content: Content) -> set[str]:
    """Return the files of the redirect pages, at short and old addresses: "p/kort/index.html"."""
    redirects = RedirectTable.from_content(content)
    addresses = [short.address for short in short_addresses(content)]
    addresses += [*redirects.moved, *redirects.retired]
    return {f"{address.removeprefix('/')}index.html" for address in addresses}


class EarlierFindings:
    """The findings before the link validator ran: it doesn't repeat them."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.lines: set[tuple[PurePosixPath, int]] = set()  # (path, line) of each finding
        self.missing_files: set[str] = set()  # Markdown files that links lead to, by name: "a.md"
        for finding in findings:
            self.lines.add((finding.path, finding.line))
            if finding.rule in ("no-such-page", "unknown-page"):  # their messages quote the link
                for link in MARKDOWN_LINK.findall(finding.message):
                    self.missing_files.add(PurePosixPath(link).name)

    def include(self, finding: Finding) -> bool:
        """Whether a finding of the link validator repeats an earlier one: its line has a finding
        already, or its link leads to a Markdown file that has been reported as missing."""
        file = finding.target.partition("#")[0]
        leads_to_missing = file.endswith(".md") and PurePosixPath(file).name in self.missing_files
        return leads_to_missing or (finding.path, finding.line) in self.lines
