from __future__ import annotations

import re

from scripts.content.config import read_config
from scripts.content.content import Content
from scripts.publish import mkdocs

CONFIG = """\
site_name: Prov
theme: mkdocs
plugins: []
validation: {absolute_links: relative_to_docs, unrecognized_links: warn, anchors: warn}
markdown_extensions:
  - scripts.render.extension
"""


LINKS = {
    "/c/d.md": "../../c/d",
    "/c/d.md#rubrik": "../../c/d/#rubrik",
    "/index.md": "../..",
    "/a/b.md": ".",
    "#x": "#x",
    "//example.se/x.md": "//example.se/x.md",
    "https://example.se/x.md": "https://example.se/x.md",
    "../c/d.md": "../../c/d",
}


def test_a_link_from_the_root_leads_where_it_says(docs):
    text = "\n\n".join(f"[hit]({link})" for link in LINKS)
    folder = docs({"index.md": "# Start", "a/b.md": text, "c/d.md": "## Rubrik {#r}\n"})
    (folder.parent / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    target = folder.parent / "site"
    mkdocs.render(read_config(folder.parent), target, Content.read(folder))
    page = (target / "a/b/index.html").read_text(encoding="utf-8")
    found = re.findall(r'<p><a href="([^"]+)">hit', page)
    assert [href.removesuffix("/") for href in found] == list(LINKS.values())
