"""Nothing that stands in a page runs, though no check stopped it: the page's own policy, alone.

Each way in tests/hostile.py, from a disk, where no header comes with it; and with nothing but the
policy taken away, which shows that they would run.
"""

from __future__ import annotations

import pytest

from scripts.publish.policy import PAGE_POLICY
from tests import hostile

pytestmark = pytest.mark.slow

POLICY = f'<meta http-equiv="Content-Security-Policy" content="{PAGE_POLICY}">'
RUNS = "#innehall a[href*='script:' i], #innehall a[onclick], #innehall form button"
MOVED = '<meta http-equiv="refresh" content="0; url=../'  # a page of the site's own that leads on
# Press each; none leads to another page.
CLICK = """all => all.forEach(one => {
  one.addEventListener("click", e => /script:/i.test(one.href ?? "script:") || e.preventDefault());
  one.click();
})"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site with every way in it; beside it the same without the policy."""
    root = tmp_path_factory.mktemp("hostile")
    site, _ = hostile.hostile(root / "garden")
    for file in site.root.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert text.count(POLICY) == 1, file
        bare = root / "bare" / file.relative_to(site.root)
        bare.parent.mkdir(parents=True, exist_ok=True)
        bare.write_text(text.replace(POLICY, ""), encoding="utf-8")
    site.root.rename(root / "site")
    return root


def ran(browser, root: str, files: dict[str, str]) -> tuple[set[str], set[str]]:
    """Open each page and press what may run; return those where it did, and foreign requests.

    ``files``: address → HTML.
    """
    found, asked = set[str](), set[str]()
    here = ""
    with browser.new_context() as context:
        context.set_default_timeout(10_000)
        # Asked of what the browser lets through, unlike the event "request".
        context.route("https://**/*", lambda r: asked.add(r.request.url) or r.abort())
        context.expose_binding("alert", lambda *_: found.add(here))
        # One tab for all: a tab on its way to another page sometimes never closes.
        page = context.new_page()
        for here, text in files.items():
            address = f"{root}/{here}"
            page.goto(address, wait_until="commit")
            if MOVED in text:
                page.wait_for_url(lambda url, left=address: url != left)
                continue
            page.wait_for_load_state("load")
            page.eval_on_selector_all(RUNS, CLICK)
            # a link's own task; a script that it runs may put another text in the page's place
            page.wait_for_function("() => new Promise(done => setTimeout(() => done(true)))")
        page.goto("about:blank")
    return found, asked


def test_nothing_runs_and_nothing_is_asked_for(browser, site):
    root = site / "site"
    files = {
        file.relative_to(root).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(root.rglob("*.html"))
    }
    made = {path: way for way, (path, _) in hostile.pages().items()}
    ways = {f"{path.removesuffix('.md')}/index.html": way for path, way in made.items()}
    ways = {path: way for path, way in ways.items() if path in files}  # some fields are refused
    assert set(hostile.BODIES) <= set(ways.values())
    assert ran(browser, root.as_uri(), files) == (set(), set())
    run, asked = ran(browser, (site / "bare").as_uri(), {way: files[way] for way in sorted(ways)})
    assert len(run) > 40 and asked
