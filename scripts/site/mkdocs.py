"""Runs MkDocs in this process: docs/ and overrides/ to HTML, and its warnings to findings."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.exceptions import MkDocsException

from scripts.content.config import EXTENSION, LOGGER, Config
from scripts.content.content import Content
from scripts.content.page import Page
from scripts.content.settings_files import CONFIG
from scripts.core.findings import Finding

LINK_TARGET = re.compile(r"\]\(\s*([^)\s#]+)")


def render(config: Config, target: Path, content: Content) -> list[Finding]:
    """Build the pages of ``content`` into the folder ``target``; return MkDocs' reports.

    Findings about links have the severity "warning": the pages are complete all the same.

    Raises OSError: the machine refuses, such as a full disk.
    """
    options = config.mkdocs.mdx_configs.setdefault(EXTENSION, {})
    options.update(content=content, extra=config.extra, site_url=config.site_url, page=None)
    config.mkdocs.site_dir = str(target)
    with _timestamp(content), _log_findings(options) as findings:
        try:
            build(config.mkdocs)
        except MkDocsException:
            pass  # MkDocs has logged it
        except Exception as error:  # in a template or an extension
            if isinstance(error, OSError) and error.errno:
                raise  # of the operating system; a template that is missing has no errno
            # MkDocs has logged the same error in other words
            findings[:] = [finding for finding in findings if finding.severity == "warning"]
            message = f"{type(error).__name__}: {error}"
            findings.append(_finding(message, options["page"], "error"))
    gc.collect()  # MkDocs' pages refer to each other, and each holds its text twice
    return findings


@contextlib.contextmanager
def _timestamp(content: Content) -> Iterator[None]:
    """Set SOURCE_DATE_EPOCH to noon on the day of the newest review, so that the same content gives
    the same bytes on any day."""
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


@contextlib.contextmanager
def _log_findings(options: dict[str, Any]) -> Iterator[list[Finding]]:
    """Yield a list that gets a finding for each log record of MkDocs and the Markdown extension of
    level WARNING or above. MkDocs' own warnings are warnings; all other records are errors.

    ``options["page"]``: the page that is being rendered, which the findings are on.
    """
    findings: list[Finding] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            # MkDocs' own warnings are about links; the extension's logger is LOGGER
            is_about_link = record.levelno == logging.WARNING and record.name != LOGGER
            severity = "warning" if is_about_link else "error"
            message = f"{record.levelname}: {record.getMessage()}"
            findings.append(_finding(message, options["page"], severity))

    logger = logging.getLogger("mkdocs")
    collector = Collector(logging.WARNING)
    logger.addHandler(collector)
    try:
        yield findings
    finally:
        logger.removeHandler(collector)


def _finding(message: str, page: Page | None, severity: str) -> Finding:
    """Return a finding on the line of ``page`` with the link that ``message`` quotes, else on the
    first line of its text; on mkdocs.yml if ``page`` is None."""
    path = CONFIG
    line = 1
    if page is not None:
        path = page.display_path
        line = page.body_line
        for text_file in page.texts:
            for number, markdown in text_file.lines():
                links = LINK_TARGET.findall(markdown)
                if any(f"'{link}'" in message for link in links):
                    path = text_file.display_path
                    line = number
    text = f"sidorna kan inte byggas: {message.strip()}. Ta bort det du skrev sist."
    return Finding(path, line, "mkdocs", text, severity=severity)


def find_unwritten(target: Path, content: Content) -> list[Finding]:
    """Return one finding on mkdocs.yml if pages of ``content`` are missing in ``target``."""
    pages = content.pages.values()
    missing = [p for p in pages if not (target / p.address / "index.html").is_file()]
    if not missing:
        return []
    settings = (content.docs.parent / CONFIG).read_text(encoding="utf-8").split("\n")
    line = 1
    for number, setting in enumerate(settings, 1):
        if re.match("(exclude|draft)_docs:", setting):
            line = number
    more = f" och {len(missing) - 1} sidor till" if len(missing) > 1 else ""
    message = (
        f"MkDocs skrev inte {missing[0].display_path}{more}. Tar exclude_docs eller draft_docs "
        "bort sidor som ska vara med? Rätta raden."
    )
    return [Finding(CONFIG, line, "not-written", message)]
