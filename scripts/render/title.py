"""Part of the Python-Markdown extension: a page's place in the work, and coming changes of the law.

The place ("Steg 3 av 7") is a line under the title, the change a line after the page's own text.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from scripts.content.sources import notice
from scripts.core.templates import template_renderer
from scripts.render.macro import PageTreeprocessor

render_template = template_renderer(__file__, "html")
# The classes of the blocks that come after a page's own text.
FOOT = ("certainty", "source-box", "terms")


class TitleTreeprocessor(PageTreeprocessor):
    """Runs after the source list is written: it has the keys of every source, also those that came
    from registers."""

    def run(self, root: ET.Element) -> None:
        title = root.find("h1")
        if title is None:
            return
        self._insert_notice(root)
        links = [link for link, _ in self.content.stages]
        if self.page and self.page.link in links:
            line = render_template(
                "place", number=links.index(self.page.link) + 1, count=len(links)
            )
            root.insert(list(root).index(title) + 1, ET.fromstring(line))

    def _insert_notice(self, root: ET.Element) -> None:
        """Insert a line on a page that cites a source whose law is about to change. A page in
        another language, and the page that lists the changes, get none."""
        keys = [
            item.get("id", "").removeprefix("kalla-")
            for item in root.iterfind(".//ol[@class='sources']/li")
        ]
        registers, page = self.content.registers, self.page
        text = notice(registers.law_changes, keys, registers.sources)
        home = self.content.page_with("lagandringar")
        silent = page and (page.meta.lang != "sv" or page == home)
        if not text or not home or silent:
            return
        end = next((i for i, block in enumerate(root) if block.get("class") in FOOT), len(root))
        root.insert(end, ET.fromstring(render_template("notice", text=text, link=home.link)))
