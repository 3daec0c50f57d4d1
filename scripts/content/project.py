"""A project, read once: every command begins with ``Project.load``.

A project is a folder with mkdocs.yml and docs/. A municipality's folder has a mkdocs.yml that
inherits the national one (``INHERIT``, see MkDocs' user guide), and docs/ and tillagg/ of its own,
where it needs them. Both docs/ are read side by side, see content/read.py: a folder adds, and never
replaces, so that an update of the national text never conflicts with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scripts.content.config import Config, read_config
from scripts.content.content import Content
from scripts.content.files import display_path
from scripts.core.findings import ContentError, Finding, is_fault

DOCS = "docs"


@dataclass(frozen=True)
class Project:
    """The settings and the content of a site."""

    root: Path  # the folder with mkdocs.yml; the build makes site/ and .build/ in it
    config: Config
    content: Content

    @staticmethod
    def load(root: Path, *, pdf: bool = True) -> Project:
        """Return the project in the folder ``root``.

        Args:
            root: the folder with mkdocs.yml.
            pdf: whether this build makes the PDF files.

        Raises ContentError for settings that can't be used. Files that can't be read are in
        ``findings``.
        """
        root = root.resolve()
        config = read_config(root, pdf=pdf)
        if config.faults:
            raise ContentError(*config.faults)
        *national, own = config.roots
        return Project(root, config, Content.read(own, *national))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Findings on unreadable files in docs/ and tillagg/, and on violations of the types."""
        return self.content.faults

    @property
    def national(self) -> Path | None:
        """The folder of the national project that a municipality's folder inherits; None if this
        project inherits none."""
        return self.config.national

    def relevant(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings without the notes on files of the national project, which a
        municipality can't change. A fault stays wherever it is: it stops the build."""
        if self.national is None:
            return list(findings)
        national = display_path(self.national, self.root)
        return [
            finding
            for finding in findings
            if is_fault(finding) or not finding.path.is_relative_to(national)
        ]
