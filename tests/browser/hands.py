"""A person's three ways to work a page, what the page keeps of her, and pages in bad company."""

from __future__ import annotations

from dataclasses import dataclass

WIDE = "document.documentElement.scrollWidth - innerWidth"  # px that stick out sideways
# Everything a page can leave behind in a browser.
STORED = """async () => {
  const count = (name) => { try { return window[name].length } catch { return 0 } };
  return {
    local: count('localStorage'), session: count('sessionStorage'),
    databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
    cookies: document.cookie, search: location.search, hash: location.hash, state: history.state,
  };
}"""
NOTHING = {
    "local": 0, "session": 0, "databases": 0, "caches": 0,
    "cookies": "", "search": "", "hash": "", "state": None,
}  # fmt: skip


@dataclass
class Hand:
    """Does things by mouse, touch or keyboard."""

    way: str

    def press(self, control) -> None:
        """Press a button or link, or tick a box."""
        if self.way == "mouse":
            control.click()
        elif self.way == "touch":
            control.tap()
        else:
            control.focus()
            kind = control.evaluate("e => e.type || e.tagName")
            control.press("Space" if kind in ("checkbox", "radio") else "Enter")


# A mouse has a wide screen, a finger a phone, and the keyboard stands for 400 % zoom: each
# function runs once a way, and every width has had its turn.
HANDS = [("mouse", 1280), ("touch", 375), ("keyboard", 320)]


def open_page(browser, way: str, width: int, **options):
    """Return a page in a context of its own: no storage, no history."""
    context = browser.new_context(
        locale="sv-SE",
        viewport={"width": width, "height": 800},
        has_touch=way == "touch",
        **options,
    )
    context.set_default_timeout(10_000)
    return context.new_page()


def framed(page, base: str, address: str, sandbox: str):
    """Show ``address`` in a sandboxed frame on another page; return the frame."""
    page.route(
        base + "ram.html",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f'<iframe sandbox="{sandbox}" src="{base}{address}" width=1000 height=700></iframe>',
        ),
    )
    page.goto(base + "ram.html")
    return page.frames[1]
