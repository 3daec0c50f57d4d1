"""Part of the Python-Markdown extension: what a page has round its own text.

Under the title: where it stands among the steps of the work. At the end of the text: what will
change in the laws it rests on, and every step, so that nobody has to guess what is left. Lists of
links: nothing is folded, and nothing stands beside the text.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from scripts.content.sources import notice
from scripts.core.templates import template_renderer
from scripts.render.macro import PageTreeprocessor

render_template = template_renderer(__file__, "html")
# What comes after a page's own text.
FOOT = ("certainty", "source-box", "terms")


class TitleTreeprocessor(PageTreeprocessor):
    """Runs when what comes after the text stands there: the list of sources holds every key, also
    those that came from registers."""

    def run(self, root: ET.Element) -> None:
        title = root.find("h1")
        if title is not None:
            self._tell_of_changes(root)
            self._show_steps(root, title)

    def _tell_of_changes(self, root: ET.Element) -> None:
        """Put a line on a page that cites a source whose law is about to change. A page in another
        language, and the page that lists the changes, get none."""
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
        root.insert(
            _foot(root), ET.fromstring(render_template("notice", text=text, link=home.link))
        )

    def _show_steps(self, root: ET.Element, title: ET.Element) -> None:
        page, steps = self.page, self.content.steps
        links = [link for link, _ in steps]
        if page is None or page.link not in links:
            return
        given = {"steps": steps, "place": links.index(page.link)}
        root.insert(list(root).index(title) + 1, ET.fromstring(render_template("beside", **given)))
        root.insert(_foot(root), ET.fromstring(render_template("all", **given)))


def _foot(root: ET.Element) -> int:
    """Return where in ``root`` the page's own text ends."""
    return next((i for i, child in enumerate(root) if child.get("class") in FOOT), len(root))
