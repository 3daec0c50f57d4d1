"""Browsers that the tests start beside the shared Chromium: they keep whole pages, or are Firefox.

Firefox is the system's, driven over WebDriver BiDi by Playwright's channel "moz-firefox".
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from playwright.sync_api import Browser, Playwright

from scripts.audit.browser import LAUNCH_FLAGS
from tests.machine import find_firefox, find_whole_chromium

# Firefox calls home at start unless told not to; what Playwright sets itself isn't here.
PREFS: dict[str, str | float | bool] = {
    "browser.region.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
}


@contextlib.contextmanager
def firefox(playwright: Playwright, *, keeps: bool) -> Iterator[Browser]:
    """Start the system's Firefox, and end it.

    ``keeps``: whether it keeps whole pages for Back and Forward.
    """
    viewers = {} if keeps else {"browser.sessionhistory.max_total_viewers": 0}
    started = playwright.firefox.launch(
        channel="moz-firefox",
        executable_path=find_firefox(),
        firefox_user_prefs=PREFS | viewers,
    )
    yield started
    started.close()


@contextlib.contextmanager
def whole_chromium(playwright: Playwright, *, keeps: bool) -> Iterator[Browser]:
    """Start a Chromium that is more than the headless shell, which keeps no pages, and end it."""
    started = playwright.chromium.launch(
        executable_path=find_whole_chromium(),
        args=LAUNCH_FLAGS,
        # Playwright's own switch
        ignore_default_args=["--disable-back-forward-cache"] if keeps else None,
    )
    yield started
    started.close()
