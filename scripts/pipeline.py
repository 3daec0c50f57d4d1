"""What a build does, in order: build.py runs it, and preview.py at each saved change."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scripts import check
from scripts.content.config import CONFIG, ENV, Config, read_config
from scripts.content.content import Content
from scripts.content.yaml_file import RegisterFile, parse_yaml, read_text
from scripts.core import phone
from scripts.core.findings import MOST, ContentError, Finding, is_fault
from scripts.delivery import feed
from scripts.delivery.feed import add_feed
from scripts.delivery.offline import add_offline
from scripts.delivery.security import add_security_txt
from scripts.delivery.server_files import add_server_files
from scripts.delivery.sitemap import add_sitemap
from scripts.links.html import Document, read_html
from scripts.links.validate import validate
from scripts.paper.handouts import add_handouts
from scripts.paper.slides import add_slides, slides_folder
from scripts.site import hidden, mkdocs, permalinks
from scripts.site.addresses import short_addresses
from scripts.site.assets import add_assets
from scripts.site.checklists import add_checklists
from scripts.site.html_policy import Violation, add_policy, locate_violations, violations
from scripts.site.html_site import HtmlSite
from scripts.site.page_chrome import decorate_pages
from scripts.site.redirects import Redirects, add_redirects
from scripts.site.search.write import add_search
from scripts.site.theme_colors import apply_theme_colors

# What would run somebody's code, or have the build look for pages elsewhere than it puts them.
REFUSED = ("hooks", "docs_dir", "site_dir", "use_directory_urls")
START = PurePosixPath("index.md")
MARKDOWN = re.compile(r'"([^"#]+\.md)(?:#[^"]*)?"')
Step = Callable[[Content, HtmlSite, Config], list[Finding]]
# Nearly all that is made lives until the end: to look through it less often is a tenth of the work.
GC_THRESHOLDS = (50_000, 20, 50)


def check_content(content: Content, today: dt.date) -> list[Finding]:
    """Return the findings of every content check, in order."""
    found = set(check.check_content(content, today))
    if not (content.docs / START).is_file():
        message = "startsidan saknas. Hämta filen igen, eller skriv den."
        found.add(Finding(content.docs.name / START, 1, "no-start-page", message))
    if can_build(found) and not content.faults:
        found |= {*feed.check(content, today), *permalinks.check(content)}
    return sorted(found)


def can_build(findings: Iterable[Finding]) -> bool:
    """Whether what is wrong is at most what something taken away has left behind: then the site
    is built all the same, though not put in place, and all that leads there is told at once."""
    faults = [one.rule for one in findings if is_fault(one)]
    return len(faults) < MOST and set(faults) <= check.LEFT


def read_settings(root: Path, *, pdf: bool = True) -> Config:
    """Return the settings of the project in ``root``. MkDocs' reader runs what a tag or ``hooks``
    names, so each file is read as plain data first.

    Raises ContentError for a file that isn't, or that MkDocs or the build doesn't take.
    """
    shown, seen = CONFIG, dict[PurePosixPath, RegisterFile]()
    while shown not in seen:
        text = read_text(root / shown, shown)
        value = parse_yaml(ENV.sub("", text), shown)
        rows = seen[shown] = RegisterFile(shown, text, value)
        message = "raden får inte stå här: den kör kod, eller bestäms av bygget. Ta bort den."
        if wrong := [rows.line(key) for key in REFUSED if key in value]:
            raise ContentError(*(Finding(shown, line, "settings-code", message) for line in wrong))
        shown = shown.parent / str(value.get("INHERIT", shown.name))
    config = read_config(root, pdf=pdf)
    if config.faults:
        raise ContentError(*config.faults)
    return config


@dataclass
class Made:
    """What a build has come to: the site, where its pages are whole, and what is wrong."""

    findings: list[Finding]
    words: list[Finding]  # MkDocs'
    site: HtmlSite | None = None


# What is done after MkDocs, in order: to the pages in memory, and when they are saved.
BEFORE_SHEETS: tuple[Step, ...] = (
    *(decorate_pages, add_slides, add_search, add_redirects, add_checklists),
    *(apply_theme_colors, add_assets, add_sitemap, add_feed),
)
TO_FILES: tuple[Step, ...] = (add_offline, add_security_txt, add_server_files)


def make(content: Content, config: Config, target: Path, told: Sequence[Finding]) -> Iterator[Made]:
    """Build the site of ``content`` into the folder ``target``. Yield what has come of it twice:
    when its pages can be shown, and when they have been judged; once, without a site, where
    MkDocs could not write them, or a page can't be hidden.

    ``told``: what the checks of the text have found.
    """
    if faults := hidden.check(content, config):
        yield Made(faults, [])
        return
    made = Made([], mkdocs.render(config, target, content))
    if missing := mkdocs.unwritten(target, content):
        made.words = made.words or missing
        yield made
        return
    made.site = site = HtmlSite(target, config.site_url)
    content = hidden.hide(content, site, config)
    # where MkDocs has more to say than of links and of the menu, what is made of several pages says
    # nothing
    known = ("contains a link", 'not included in the "nav"')
    whole = all(any(part in one.message for part in known) for one in made.words)
    # Sheets change pages only where they are made.
    sheets = (add_handouts,) if whole else ()
    first, later = (sheets, ()) if config.pdf else ((), sheets)
    for step in (*BEFORE_SHEETS, *first):
        found = step(content, site, config)
        made.findings += found if whole or step is not add_slides else []
    found, read = finish(content, site, config)
    made.findings += found
    yield made
    for step in (*later, *TO_FILES):
        made.findings += step(content, site, config)
    made.findings += judge(site, content, config, read, [*told, *made.findings])
    yield made


def finish(
    content: Content, site: HtmlSite, config: Config
) -> tuple[list[Finding], dict[str, Document]]:
    """Open each page once, for all that reads it as it will be, and write it; return what may not
    stand there, and what the validator reads in each file."""
    read = dict[str, Document]()
    judged = dict[str, list[Violation]]()
    for page in site.iter_pages():
        add_policy(page)
        judged[page.address] = list(violations(page))
        read[page.file] = read_html(page.tree)
        site.write(page.address, page.html())
    return list(locate_violations(judged, content, config)), read


def numbers_of(content: Content, local: Iterable[str]) -> set[str]:
    """Return the numbers that a site's links may call, as the link validator compares them; none
    where contacts.yml has none. ``local``: the publisher's own, as mkdocs.yml has them."""
    known = [contact.phone for contact in content.registers.contacts.values() if contact.phone]
    own = [number for text in local for number in phone.numbers_in_field(text)]
    return {phone.national(number) for number in [*known, *own]} if known else set()


def judge(
    site: HtmlSite,
    content: Content,
    config: Config,
    read: Mapping[str, Document],
    told: Iterable[Finding],
) -> list[Finding]:
    """Return what is wrong with the links of the finished site, without what is known already.
    ``read``: its pages, by their files; ``told``: what the checks of the text have found."""
    known, redirects = Told(told), Redirects.of(content)
    moved = {f"{one.address[1:]}index.html" for one in short_addresses(content)}
    moved |= {f"{one[1:]}index.html" for one in (*redirects.moved, *redirects.retired)}
    slides = slides_folder(content)
    found = []
    for one in validate(
        site.root,
        content.docs,
        config.site_url,
        "site",
        read=read,
        numbers=numbers_of(content, config.extra.local.values()),
    ):
        if one.page in moved:
            continue  # where they lead the checks of the permalinks report
        if one.rule == "orphan-page" and f"{one.target[1:]}index.html" in moved:
            continue  # they are for those who have the address
        if f"{slides}/" not in site.pages and PurePosixPath(slides).name in one.target:
            continue  # every menu links to the slides
        if not known.covers(one):
            found.append(one)
    return found


class Told:
    """What the checks of the text have found, so that the link validator doesn't repeat it."""

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
