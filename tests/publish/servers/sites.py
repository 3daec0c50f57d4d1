"""A site at the root of its host, and one in a folder, for the servers' tests."""

from __future__ import annotations

import pytest

from scripts.publish.redirects import Redirect
from scripts.publish.servers.headers import Publication

REDIRECTS = (Redirect("gammal/", "ny/#här"),)
FILES = ("index.html", "assets/site.0123456789.css", "assets/icon.svg", "x.json", "opensearch.xml")
ROOT_SITE = Publication("/", "*", REDIRECTS, FILES)
FOLDER_SITE = Publication("/kunskap/stöd/", "'none'", REDIRECTS, FILES)
BOTH = pytest.mark.parametrize("site", [ROOT_SITE, FOLDER_SITE], ids=["root", "folder"])
