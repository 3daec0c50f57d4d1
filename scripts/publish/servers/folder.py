"""Writes what servers read in the built folder itself."""

from __future__ import annotations

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.publish.built import BuiltSite
from scripts.publish.servers.apache import htaccess
from scripts.publish.servers.headers import SERVER_FILES, Publication
from scripts.publish.servers.iis import web_config
from scripts.publish.servers.netlify import netlify_headers, netlify_redirects


def add_server_files(content: Content, site: BuiltSite, config: Config) -> list[Finding]:
    """Write what servers read in the folder itself into the built site."""
    publication = Publication.of(content, site, config)
    makers = (htaccess, web_config, netlify_headers, netlify_redirects)
    for name, make in zip(SERVER_FILES, makers, strict=True):
        site.write(name, make(publication))
    return []
