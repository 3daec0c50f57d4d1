"""Writes what servers read in the built folder itself."""

from __future__ import annotations

from pathlib import Path

from scripts.publish.servers.apache import htaccess
from scripts.publish.servers.headers import SERVER_FILES, Publication
from scripts.publish.servers.iis import web_config
from scripts.publish.servers.netlify import netlify_headers, netlify_redirects


def add_server_files(docs: Path, target: Path, site_url: str, frame_ancestors: str) -> None:
    """Write what servers read in the folder itself into the built site."""
    site = Publication.of(docs, target, site_url, frame_ancestors)
    makers = (htaccess, web_config, netlify_headers, netlify_redirects)
    for name, make in zip(SERVER_FILES, makers, strict=True):
        (target / name).write_text(make(site), encoding="utf-8", newline="\n")
