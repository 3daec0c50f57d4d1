"""Debian's Firefox, through WebDriver BiDi (W3C): Playwright drives only a Firefox of its own.

No more of the protocol than the tests need: open, evaluate, press, click, answer for one host.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import subprocess
import time
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

from tests.machine import find_firefox

FIREFOX = find_firefox()
# It calls home at start unless told not to.
PREFS = {
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "browser.region.update.enabled": False,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.search.update": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.server": "",
}
KEYS = {"Shift": "\ue008"}


def one(selector: str) -> str:
    """Return JavaScript for the first element of a CSS selector."""
    return f"document.querySelector('{selector}')"


def button(text: str) -> str:
    """Return JavaScript for the button that says ``text``."""
    return f"[...document.querySelectorAll('button')].find(b => b.textContent === '{text}')"


class Firefox:
    """A headless Firefox with one tab, in a profile of its own, with preferences more than ours."""

    def __init__(self, folder: Path, **prefs: Any) -> None:
        assert FIREFOX
        wanted = (PREFS | prefs).items()
        lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in wanted)
        (folder / "user.js").write_text("\n".join(lines), encoding="utf-8")
        self.process = subprocess.Popen(
            [
                FIREFOX,
                "--headless",
                "--no-remote",
                "--remote-debugging-port=0",
                "--profile",
                folder,
            ],
            env={**os.environ, "HOME": str(folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr
        said = (re.search(r"listening on (ws://\S+)", line) for line in self.process.stderr)
        address = next(match[1] for match in said if match)
        self.open = contextlib.ExitStack()
        self.socket = self.open.enter_context(
            connect(f"{address}/session", proxy=None, max_size=None)
        )
        self.numbers = itertools.count(1)
        self.heard: list[str] = []  # console errors and warnings
        self.tab_is_loading = False
        self.send("session.new", capabilities={})
        events = ["log.entryAdded", "network.beforeRequestSent", "browsingContext.load"]
        self.send("session.subscribe", events=events)
        self.tab = self.send("browsingContext.getTree")["contexts"][0]["context"]

    def close(self) -> None:
        self.open.close()
        self.process.terminate()
        self.process.communicate(timeout=10)

    def send(self, method: str, **params: Any) -> Any:
        """Send a command and return its result. Raises AssertionError with Firefox's words."""
        number = self._write(method, params)
        while True:
            message = json.loads(self.socket.recv(timeout=20))
            if message.get("id") == number:
                assert message["type"] == "success", message
                return message["result"]
            self._event(message)

    def _write(self, method: str, params: dict[str, Any]) -> int:
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        return number

    def _event(self, message: dict[str, Any]) -> None:
        params = message.get("params", {})
        if message.get("method") == "browsingContext.load":
            self.tab_is_loading = False
        elif message.get("method") == "log.entryAdded" and params["level"] in ("error", "warn"):
            self.heard.append(params["text"])
        elif message.get("method") == "network.beforeRequestSent" and params["isBlocked"]:
            body = {"type": "string", "value": "<title>Väder</title>"}
            head = [{"name": "content-type", "value": {"type": "string", "value": "text/html"}}]
            request = params["request"]["request"]
            self._write(
                "network.provideResponse",
                {"request": request, "statusCode": 200, "headers": head, "body": body},
            )

    def answer_for(self, host: str) -> None:
        """Answer every request to ``host`` with a small page; nothing leaves the machine."""
        pattern = {"type": "pattern", "hostname": host}
        self.send("network.addIntercept", phases=["beforeRequestSent"], urlPatterns=[pattern])

    def goto(self, url: str) -> None:
        self.send("browsingContext.navigate", context=self.tab, url=url, wait="complete")
        # Firefox answers before that where the page that is left writes in its history
        deadline = time.monotonic() + 20
        while self.evaluate("document.readyState") != "complete":
            assert time.monotonic() < deadline, url

    def evaluate(self, expression: str) -> Any:
        """Return the value of JavaScript; a promise's result, a JSON value."""
        answer = self.send(
            "script.evaluate",
            expression=f"Promise.resolve({expression}).then(v => JSON.stringify(v ?? null))",
            target={"context": self.tab},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def wait_for_page(self) -> None:
        """Wait until the page that a link or a script has asked for is there."""
        while self.tab_is_loading:
            self._event(json.loads(self.socket.recv(timeout=20)))

    def go(self, steps: int) -> None:
        """Go Back, or Forward."""
        self.send("browsingContext.traverseHistory", context=self.tab, delta=steps)

    def arrive(self, url: str) -> None:
        """Wait until ``url`` is shown: loaded, or as it was kept for Back, which loads nothing."""
        deadline = time.monotonic() + 20
        while self.evaluate("[location.href, document.readyState]") != [url, "complete"]:
            assert time.monotonic() < deadline, url

    def click(self, element: str) -> None:
        """Move the mouse to the element that JavaScript gives, and click its middle."""
        x, y = self.evaluate(
            f"(e => {{ e.scrollIntoView({{block: 'center'}}); const r = e.getBoundingClientRect();"
            f" return [Math.round(r.x + r.width / 2), Math.round(r.y + r.height / 2)] }})({element})"
        )
        moves = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        mouse = {"type": "pointer", "id": "mouse", "actions": moves}
        self.tab_is_loading = True  # if it was a link; wait_for_page knows
        self.send("input.performActions", context=self.tab, actions=[mouse])

    def press(self, *keys: str) -> None:
        """Press keys on the keyboard, one after the other."""
        values = [KEYS.get(key, key) for key in keys]
        actions = [{"type": kind, "value": v} for v in values for kind in ("keyDown", "keyUp")]
        keyboard = {"type": "key", "id": "keyboard", "actions": actions}
        self.tab_is_loading = True
        self.send("input.performActions", context=self.tab, actions=[keyboard])
