"""Writes what servers read in the built folder itself."""

from __future__ import annotations

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.publish.built import BuiltSite
from scripts.publish.servers.apache import htaccess
from scripts.publish.servers.headers import Publication
from scripts.publish.servers.iis import web_config


def add_server_files(content: Content, site: BuiltSite, config: Config) -> list[Finding]:
    """Write what servers read in the folder itself into the built site."""
    publication = Publication.of(content, site, config)
    site.write(".htaccess", htaccess(publication))
    site.write("web.config", web_config(publication))
    return []
