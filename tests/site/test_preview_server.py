"""The preview's server: which host names, files and states it answers."""

from __future__ import annotations

import http.client
import json

import pytest

from scripts.site.csp import PAGE_POLICY
from scripts.site.preview_server import PreviewState, start

FILES = {
    "index.html": "<body>Start</body>",
    "a/index.html": f'<meta content="{PAGE_POLICY}"><body>A</body>',
    "404.html": "<body>Finns inte</body>",
    "a/b.txt": "å",
}


@pytest.fixture
def state(tmp_path):
    root = tmp_path / "1"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (tmp_path / "hemligt.txt").write_text("hemligt")
    return PreviewState(root)


@pytest.fixture
def get(state):
    """Return a function that sends one request and returns (status, headers, text)."""
    server = start(state, 0)
    host, port = server.server_address
    assert host == "127.0.0.1", "drafts are for this machine alone"

    def get(path, host_name="127.0.0.1"):
        connection = http.client.HTTPConnection(host, port, timeout=5)
        try:
            connection.request("GET", path, headers={"Host": host_name})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode("utf-8")
        finally:
            connection.close()

    yield get
    server.shutdown()
    server.server_close()


def test_preview_page_has_script_that_may_ask_for_the_state(get):
    status, headers, text = get("/a/?q=1")
    assert status == 200 and headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert '<body>A<script src="/.preview/preview.js" data-version="1"></script></body>' in text
    assert f"""<meta content="{PAGE_POLICY}; connect-src 'self'">""" in text
    status, headers, _ = get("/.preview/preview.js")
    assert (status, headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")


def test_preview_file_and_folder_are_served_as_by_a_static_host(get):
    assert get("/a/b.txt")[2] == "å"
    status, headers, _ = get("/a")
    assert (status, headers["Location"]) == (301, "/a/")


@pytest.mark.parametrize("path", ["/borta/", "/../hemligt.txt", "/%2e%2e/hemligt.txt", "/a/b/"])
def test_preview_path_outside_folder_is_404(get, path):
    status, _, text = get(path)
    assert status == 404 and "Finns inte" in text


def test_preview_foreign_host_name_is_forbidden(get):
    assert get("/", "ond.example")[0] == 403
    assert get("/.preview/state", "ond.example")[0] == 403
    assert get("/", "localhost:1")[0] == 200


def test_preview_state_has_version_and_message(get, state, tmp_path):
    assert json.loads(get("/.preview/state")[2]) == {"version": "1", "message": ""}
    state.root = tmp_path / "2"
    state.message = "a.md:1: fel"
    assert json.loads(get("/.preview/state")[2]) == {"version": "2", "message": "a.md:1: fel"}
