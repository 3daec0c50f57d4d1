"""Tree processor: the page's stage of the work, and the notice of a coming law change.

The stage ("Steg 3 av 7") is a line under the title. The notice is a line after the page's own text.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from scripts.content.sources import change_notice
from scripts.core.templates import template_renderer
from scripts.render.macro import PageTreeprocessor

render_template = template_renderer(__file__, "html")
# Classes of the blocks at a page's foot, after its own text.
FOOT_CLASSES = ("certainty", "source-box", "terms")


class TitleTreeprocessor(PageTreeprocessor):
    """Inserts the stage and the notice. Runs after SourceTreeprocessor: the source list has the
    keys of all the page's sources, also those of records that macros show."""

    def run(self, root: ET.Element) -> None:
        """Insert the notice, and the stage on the page of a stage; neither on a page without a
        title."""
        title = root.find("h1")
        if title is None:
            return
        self._insert_notice(root)
        stage_links = self.content.stage_links
        if self.page and self.page.link in stage_links:
            number = stage_links.index(self.page.link) + 1
            line = render_template("place", number=number, count=len(stage_links))
            root.insert(list(root).index(title) + 1, ET.fromstring(line))

    def _insert_notice(self, root: ET.Element) -> None:
        """Insert a notice, after the page's own text, on a page that cites a statute section that
        is about to change. The notice is in Swedish: pages in other languages get none. Nor does
        the page that lists the changes."""
        keys = [
            item.get("id", "").removeprefix("kalla-")
            for item in root.iterfind(".//ol[@class='sources']/li")
        ]
        text = change_notice(
            self.content.registers.law_changes, keys, self.content.registers.sources
        )
        changes_page = self.content.page_with("lagandringar")
        if not text or changes_page is None:
            return
        if self.page and (self.page.meta.lang != "sv" or self.page == changes_page):
            return
        foot_start = len(root)
        for index, block in enumerate(root):
            if block.get("class") in FOOT_CLASSES:
                foot_start = index
                break
        line = render_template("notice", text=text, link=changes_page.link)
        root.insert(foot_start, ET.fromstring(line))
