"""What two engines from npm say of every page, by WCAG 2.2: IBM's and HTML_CodeSniffer's.

    python -m tests.accessibility [ADDRESS ...]

Needs what scripts/test.py installs, and site/. Exits 1 when something is found.
"""

from __future__ import annotations

import argparse
import re

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import SITE, addresses, serve
from tests.machine import NODE_TOOLS, find_browser

# An engine's file, and what it says of the page that is open.
IBM = (
    "accessibility-checker-engine/ace.js",
    """async () => {
      const report = await new ace.Checker().check(document, ['IBM_Accessibility', 'WCAG_2_2']);
      return report.results.filter(r => r.value.join() === 'VIOLATION,FAIL')
        .map(r => `${r.ruleId}: ${r.message}: ${r.path.dom}`);
    }""",
)
CODESNIFFER = (
    "html_codesniffer/build/HTMLCS.js",
    """() => new Promise(done => HTMLCS.process('WCAG2AA', document,
      () => done(HTMLCS.getMessages().filter(m => m.type === HTMLCS.ERROR)
        .map(m => `${m.code}: ${m.msg}: ${m.element.outerHTML?.slice(0, 200)}`))))""",
)
# What an engine has wrong, and why.
FALSE = (
    # A heading for a group of rows has scope="rowgroup" (WCAG's technique H63); it asks for H43.
    re.compile(r"1_3_1\.H43.*figure-table-4", re.S),
)


def faults(browser: Browser, url: str, engines: list[tuple[str, str]]) -> list[str]:
    """Return what the engines find on the page at ``url``, a line each."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(url)
    found = [fault for engine in engines for fault in said_by(page, engine)]
    context.close()
    return found


def said_by(page: Page, engine: tuple[str, str]) -> list[str]:
    """Return what an engine finds on the page that is open; what is false left out."""
    file, run = engine
    page.evaluate((NODE_TOOLS / "node_modules" / file).read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(run)
    return [fault for fault in found if not any(false.search(fault) for false in FALSE)]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("address", nargs="*", help="sidor, till exempel betanketid/ansok/")
    pages = parser.parse_args().address or addresses()
    count = 0
    with serve(SITE) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_browser()), args=["--no-sandbox"]
        )
        for address in pages:
            found = faults(browser, base + address, [IBM, CODESNIFFER])
            count += len(found)
            for fault in found:
                print(f"/{address}: {fault}", flush=True)
        browser.close()
    print(f"{len(pages)} sidor, {count} fel.")
    return 1 if count else 0


if __name__ == "__main__":
    raise SystemExit(main())
