"""How soon a page is seen on a slow phone: python3 tests/measure/phone.py [PAGE …]

The built site on loopback, slowed to 1.6 Mbit/s and 150 ms with the processor at a quarter: what
Lighthouse calls slow 4G. The medians of five first visits are shown: when the largest text was painted
(LCP), and for how long the page answered nobody (what tasks take beyond 50 ms). Above a bound: exit 1.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # started as a file, on any Python: what follows needs the packages
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    from scripts.core.environment import enter

    enter("requirements-dev.txt")

from scripts.audit.browser import browser, serve
from tests.conftest import ROOT

PAGES = ("betanketid/ansok/", "betanketid/i-natt/", "")
VISITS, SLOWER = 5, 4
LCP, BLOCKED = 1200, 50  # milliseconds
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
WATCH = """window.seen = {lcp: 0, blocked: 0};
new PerformanceObserver(list => list.getEntries().forEach(e => { seen.lcp = e.startTime; }))
  .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(e => { seen.blocked += e.duration - 50; }))
  .observe({type: 'longtask', buffered: true});"""


def visit(chromium: Any, address: str) -> tuple[float, float]:
    """Return LCP and blocked time, in milliseconds, of a first visit to ``address``."""
    context = chromium.new_context(viewport={"width": 375, "height": 667})
    page = context.new_page()
    page.add_init_script(WATCH)
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="networkidle")
    seen = page.evaluate("window.seen")
    context.close()
    return seen["lcp"], seen["blocked"]


def main(pages: list[str]) -> int:
    """Print each page's medians; return 1 if one is above its bound."""
    late = False
    with serve(ROOT / "site") as base, browser() as chromium:
        for page in pages or PAGES:
            visits = [visit(chromium, base + page) for _ in range(VISITS)]
            lcp, blocked = (statistics.median(figures) for figures in zip(*visits, strict=True))
            print(f"/{page:24} LCP {lcp:5.0f} ms of {LCP}, blocked {blocked:4.0f} ms of {BLOCKED}")
            late |= lcp > LCP or blocked > BLOCKED
    return int(late)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
