"""Runs MkDocs in this process: docs/ and overrides/ to HTML, and its warnings to findings."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import logging
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.exceptions import MkDocsException

from scripts.content.config import EXTENSION, EXTENSION_LOGGER, Config
from scripts.content.content import Content
from scripts.content.page import Page
from scripts.content.settings_files import CONFIG
from scripts.core.findings import Finding

# The target of a Markdown link, without its anchor: "a/b.md" of "[x](a/b.md#c)".
LINK_TARGET = re.compile(r"\]\(\s*([^)\s#]+)")


def build_pages(config: Config, target: Path, content: Content) -> list[Finding]:
    """Build the pages of ``content`` into the folder ``target``; return a finding for each warning
    and error that MkDocs and the Markdown extension log.

    The severity is "warning" if the pages are whole all the same, else "error": see _LogCollector.

    Raises OSError if the machine refuses, as with a full disk.
    """
    options = config.mkdocs.mdx_configs.setdefault(EXTENSION, {})
    options.update(content=content, extra=config.extra, site_url=config.site_url, page=None)
    config.mkdocs.site_dir = str(target)
    collector = _LogCollector(options)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(collector)
    try:
        with _build_date_of(content):
            build(config.mkdocs)
    except MkDocsException:
        pass  # MkDocs has logged it
    except Exception as error:  # in a template or an extension
        if isinstance(error, OSError) and error.errno:
            raise  # the machine refuses; the error of a missing template has no errno
        # without the errors: MkDocs has logged this one in other words
        warnings = [finding for finding in collector.findings if finding.severity == "warning"]
        message = f"{type(error).__name__}: {error}"
        collector.findings = [*warnings, _finding(message, options["page"], "error")]
    finally:
        logger.removeHandler(collector)
    gc.collect()  # MkDocs' pages refer to each other, and each holds its text twice
    return collector.findings


@contextlib.contextmanager
def _build_date_of(content: Content) -> Iterator[None]:
    """Set SOURCE_DATE_EPOCH, the environment variable that MkDocs takes the build date from, to
    noon on the day of the newest review: the same content gives the same bytes on any day. Restore
    the variable afterwards."""
    newest = max(page.meta.last_reviewed_on for page in content.pages.values())
    noon = dt.datetime.combine(newest, dt.time(12), dt.UTC)
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(noon.timestamp()))
    try:
        yield
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before


class _LogCollector(logging.Handler):
    """Makes a finding of each log record, of level WARNING or above, of MkDocs and of the Markdown
    extension, on the page that is being rendered.

    ``options``: of the Markdown extension; ``page`` is the page that is being rendered.
    """

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__(logging.WARNING)
        self.options = options
        self.findings: list[Finding] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Add the finding of a log record.

        A warning of MkDocs itself is about a link or the menu: the page is whole, and the finding
        is a warning. After a warning of the extension, such as of an unknown macro, or after any
        error, the page isn't what it should be: the finding is an error.
        """
        is_of_extension = record.name == EXTENSION_LOGGER
        leaves_page_whole = record.levelno == logging.WARNING and not is_of_extension
        severity = "warning" if leaves_page_whole else "error"
        message = f"{record.levelname}: {record.getMessage()}"
        self.findings.append(_finding(message, self.options["page"], severity))


def _finding(message: str, page: Page | None, severity: str) -> Finding:
    """Return the finding of MkDocs' ``message``: on the last line of ``page`` with a link that the
    message quotes, else where the page's text begins; on mkdocs.yml if ``page`` is None."""
    path = CONFIG
    line = 1
    if page is not None:
        path = page.display_path
        line = page.body_line
        for text_file in page.with_supplements:
            for number, markdown in text_file.lines():
                links = LINK_TARGET.findall(markdown)
                if any(f"'{link}'" in message for link in links):
                    path = text_file.display_path
                    line = number
    text = f"sidorna kan inte byggas: {message.strip()}. Ta bort det du skrev sist."
    return Finding(path, line, "mkdocs", text, severity=severity)


def find_unwritten(config: Config, target: Path, content: Content) -> list[Finding]:
    """Return one finding if the folder ``target`` lacks pages of ``content``, else none. It is on
    the line of the setting that makes MkDocs leave out pages."""
    missing = [
        page
        for page in content.pages.values()
        if not (target / page.address / "index.html").is_file()
    ]
    if not missing:
        return []
    setting = "draft_docs" if config.mkdocs.draft_docs else "exclude_docs"
    path, line = config.location(setting)
    others = f" och {len(missing) - 1} sidor till" if len(missing) > 1 else ""
    message = (
        f"MkDocs skrev inte {missing[0].display_path}{others}. Tar exclude_docs eller draft_docs "
        "bort sidor som ska vara med? Rätta raden."
    )
    return [Finding(path, line, "not-written", message)]
