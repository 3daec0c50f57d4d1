"""Nothing that stands in a page runs: its own policy stops it, where no header comes with it."""

from __future__ import annotations

import pytest

from scripts.site.csp import PAGE_POLICY

pytestmark = pytest.mark.slow

POLICY = f'<meta http-equiv="Content-Security-Policy" content="{PAGE_POLICY}">'
INLINE = "<script>document.documentElement.dataset.ran = 'yes'</script></body>"


@pytest.mark.parametrize(("policy", "ran"), [(POLICY, None), ("", "yes")])
def test_policy_of_page_stops_inline_script(page, garden, tmp_path, policy, ran):
    text = (garden.site / "om/index.html").read_text(encoding="utf-8")
    assert text.count(POLICY) == text.count("</body>") == 1
    file = tmp_path / "index.html"
    text = text.replace(POLICY, policy).replace("</body>", INLINE)
    file.write_text(text, encoding="utf-8")
    page.goto(file.as_uri())
    assert page.locator("html").get_attribute("data-ran") == ran
