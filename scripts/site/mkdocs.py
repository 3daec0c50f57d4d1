"""MkDocs, in this process: docs/ and overrides/ in, pages out; all of them, or some."""

from __future__ import annotations

import datetime as dt
import gc
import os
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from mkdocs.commands.build import _build_page, _populate_page, build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page as MkDocsPage

from scripts.content.config import Config, complaints
from scripts.content.content import Content
from scripts.content.files import picture_files
from scripts.content.page import Page
from scripts.content.settings_files import CONFIG
from scripts.core.environment import REFUSALS
from scripts.core.findings import Finding

EXTENSION = "scripts.render.extension"


class _Checked:
    """Gives MkDocs the pages as they were read and checked, whatever the files say by now: a
    plugin, as far as MkDocs asks."""

    def __init__(self, content: Content) -> None:
        self.pages = {str(path): page for path, page in content.pages.items()}
        self.written = {str(page.path) for page in content.written}
        self.docs = content.docs.name
        self.pictures = {
            file.relative_to(docs).as_posix(): file
            for docs in content.roots
            for file in picture_files(docs)
        }

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave out pages that came after the reading; put in those that aren't in MkDocs' docs/:
        generated ones, and the pages and pictures of a municipality's own docs/."""
        for file in files.documentation_pages():
            if file.src_uri not in self.written:
                files.remove(file)
            else:
                file.edit_uri = self.edit_uri(self.pages[file.src_uri])
        for uri, page in self.pages.items():
            if files.get_file_from_path(uri) is None:
                in_menu = uri in self.written
                inclusion = InclusionLevel.UNDEFINED if in_menu else InclusionLevel.NOT_IN_NAV
                made = File.generated(config, uri, content=page.markdown, inclusion=inclusion)
                made.edit_uri = self.edit_uri(page)
                files.append(made)
        for uri, picture in self.pictures.items():
            if files.get_file_from_path(uri) is None:
                files.append(File.generated(config, uri, abs_src_path=str(picture)))
        return files

    def edit_uri(self, page: Page) -> str | None:
        """Return the path in docs/ of the file that a page is written in: of a generated page its
        register; None where it is in another project, which a municipality's site inherits."""
        shown = page.file.shown
        return str(shown.relative_to(self.docs)) if shown.is_relative_to(self.docs) else None

    def on_page_read_source(self, *, page: MkDocsPage, **_: object) -> str:
        """Return the page's text."""
        return self.pages[page.file.src_uri].markdown


def render(
    config: Config, target: Path, content: Content, changed: Sequence[Page] | None = None
) -> list[Finding]:
    """Build into ``target``; return what MkDocs complains of, in its words.

    ``changed``: the only pages to write, for the preview; else all that the site has.
    """
    newest = max(page.meta.last_reviewed_on for page in content.pages.values())
    noon = dt.datetime.combine(newest, dt.time(12), dt.UTC)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(noon.timestamp()))  # the same bytes whatever the day
    config.mkdocs.site_dir = str(target)
    config.mkdocs.mdx_configs.setdefault(EXTENSION, {})["content"] = content
    if "checked" not in config.mkdocs.plugins:  # the preview renders twice by the same settings
        config.mkdocs.plugins["checked"] = _Checked(content)
    with complaints() as told:
        try:
            if changed is None:
                build(config.mkdocs)
            else:
                _write(changed, config.mkdocs)
        except (Exception, SystemExit) as error:  # of a template, an extension: MkDocs lets it pass
            if isinstance(error, OSError) and error.errno in REFUSALS:
                raise  # a full disk is nothing to mend in docs/
            if not any(str(error) in words for words in told):
                told.append(f"{type(error).__name__}: {error}")
        finally:
            del os.environ["SOURCE_DATE_EPOCH"]
            if epoch is not None:
                os.environ["SOURCE_DATE_EPOCH"] = epoch
    if changed is None:
        gc.collect()  # MkDocs' pages hold each other, and each its text twice
    return [_finding(words, content) for words in told]


def _finding(words: str, content: Content) -> Finding:
    """Return what MkDocs says, where it says that it is."""
    named = re.findall(r"'([^']+)'", words)
    page = next(filter(None, (content.pages.get(PurePosixPath(one)) for one in named)), None)
    place, line = (content.shown(page), 1) if page else (CONFIG, 1)
    words_of_page = [one for one in named if page and one != str(page.path)]
    for text in page.texts if page else ():
        for number, row in enumerate(text.source.split("\n"), 1):
            if line == 1 and any(one in row for one in words_of_page):
                place, line = content.shown(text), number
    message = f"sidorna kan inte byggas: {words.strip()}. Ta bort det du skrev sist."
    return Finding(place, line, "mkdocs", message)


def unwritten(target: Path, content: Content) -> list[Finding]:
    """Return what stops the pages that weren't written, as one finding in the settings; none after
    a mere warning."""
    pages = content.pages.values()
    left = [p for p in pages if not (target / p.address / "index.html").is_file()]
    if not left:
        return []
    settings = (content.docs.parent / CONFIG).read_text(encoding="utf-8").split("\n")
    rows = enumerate(settings, 1)
    line = max([1, *(n for n, row in rows if re.match("(exclude|draft)_docs:", row))])
    more = f" och {len(left) - 1} sidor till" if len(left) > 1 else ""
    message = (
        f"MkDocs skrev inte {content.shown(left[0])}{more}. Tar exclude_docs eller draft_docs bort "
        "sidor som ska vara med? Rätta raden."
    )
    return [Finding(CONFIG, line, "not-written", message)]


def _write(changed: Sequence[Page], config: MkDocsConfig) -> None:
    """Render some pages as MkDocs' build does all."""
    files = get_files(config)
    env = config.theme.get_env()
    files.add_files_from_theme(env, config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = get_navigation(files, config)
    documents = files.documentation_pages()
    for file in documents:
        if file.page is not None:  # its title is in the menu
            file.page.read_source(config)
    wanted = {page.path.as_posix() for page in changed}
    pages = [
        file.page or MkDocsPage(None, file, config) for file in documents if file.src_uri in wanted
    ]
    for page in pages:
        _populate_page(page, config, files)
    for page in pages:
        _build_page(page, config, documents, nav, env)
