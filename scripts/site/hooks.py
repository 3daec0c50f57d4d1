"""MkDocs hooks: MkDocs builds the pages as they were read and checked, not from the files.

``hooks:`` is public API (https://www.mkdocs.org/user-guide/configuration/#hooks), which ProperDocs
runs, too. What the hooks share with the Markdown extension is its configuration, ``mdx_configs``:
``content``, ``extra``, ``site_url``, and ``page``, the page that is being rendered.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from scripts.content.config import EXTENSION, commits_of, known_extra
from scripts.content.content import Content
from scripts.content.files import picture_files
from scripts.content.page import Page
from scripts.core import phone
from scripts.core.language import TRANSLATIONS

UNDEFINED = InclusionLevel.UNDEFINED  # MkDocs decides, by the menu
NOT_IN_NAV = InclusionLevel.NOT_IN_NAV


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Give the templates the UI strings, as ``words``. In a plain ``mkdocs build``, also set the
    options of the Markdown extension, and the commits that the pages' foot shows."""
    options = _options(config)
    if "content" not in options:  # site/mkdocs.py has set none
        options["content"] = Content.read(Path(config.docs_dir))
        options["extra"] = known_extra(config.extra)
        options["site_url"] = config.site_url or ""
        config.extra["commits"] = commits_of(Path(config.docs_dir).parent, None)
    config.extra["words"] = TRANSLATIONS
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Change MkDocs' list of files so that it has exactly the pages and pictures of the content.
    Pages that weren't read are removed; generated pages, and the pages and pictures of the other
    docs/ folders, are added. Each page gets the path that its edit link leads to."""
    content: Content = _options(config)["content"]
    authored = {page.path for page in content.authored_pages}
    for unread in list(files.documentation_pages()):
        if PurePosixPath(unread.src_uri) not in authored:
            files.remove(unread)
    for path, page in content.pages.items():
        file = files.get_file_from_path(path.as_posix())
        if file is None:  # a generated page, or one in another docs/ folder
            file = File.generated(
                config,
                path.as_posix(),
                content=page.markdown,
                # no menu has the generated pages, and MkDocs shall not report that
                inclusion=UNDEFINED if path in authored else NOT_IN_NAV,
            )
            files.append(file)
        file.edit_uri = _edit_uri(page, content)
    for docs in content.roots:
        for picture in picture_files(docs):
            uri = picture.relative_to(docs).as_posix()
            if files.get_file_from_path(uri) is None:
                files.append(File.generated(config, uri, abs_src_path=str(picture)))
    return files


def on_page_read_source(*, page: MkDocsPage, config: MkDocsConfig) -> str:
    """Return the page's source as it was read."""
    content: Content = _options(config)["content"]
    return content.pages[PurePosixPath(page.file.src_uri)].markdown


def on_page_markdown(markdown: str, *, page: MkDocsPage, config: MkDocsConfig, **_: object) -> str:
    """Set the extension's option ``page`` to the page that is about to be rendered."""
    options = _options(config)
    options["page"] = options["content"].pages[PurePosixPath(page.file.src_uri)]
    return markdown


def on_env(env: Environment, *, config: MkDocsConfig, **_: object) -> Environment:
    """Add the template filter ``tel_uri``: telephone number → ``tel:`` URI.

    MkDocs calls this hook when every page's Markdown has been rendered: ``page`` becomes None.
    """
    _options(config)["page"] = None
    env.filters["tel_uri"] = phone.uri
    return env


def _edit_uri(page: Page, content: Content) -> str | None:
    """Return the path in docs/ of the file to edit: the page's own, or the register of a generated
    page. None for a file of the national project, which a municipality can't change.
    """
    path = page.file.display_path
    docs = content.docs.name
    return str(path.relative_to(docs)) if path.is_relative_to(docs) else None


def _options(config: MkDocsConfig) -> dict[str, Any]:
    """Return the options of the Markdown extension: the dict itself, which may be changed."""
    return config.mdx_configs.setdefault(EXTENSION, {})
