"""The preview's server: which host names, files and states it answers."""

from __future__ import annotations

import http.client
import json
import threading

import pytest

from scripts.site import preview_server as module
from scripts.site.csp import PAGE_POLICY
from scripts.site.preview_server import PreviewState, start

pytestmark = pytest.mark.slow


@pytest.fixture
def live(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "WAIT", 0.2)
    root = tmp_path / "1"
    for name, text in {
        "index.html": "<body>Start</body>",
        "a/index.html": "<body>A</body>",
        "404.html": "<body>Finns inte</body>",
        "a/b.txt": "å",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (tmp_path / "hemligt.txt").write_text("hemligt")
    shown = PreviewState()
    shown.show(root)
    server = start(shown, 0)
    shown.port = server.server_address[1]
    assert server.server_address[0] == "127.0.0.1", "drafts are for this machine alone"
    yield shown
    server.shutdown()
    server.server_close()


def get(live, path, host="127.0.0.1"):
    connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=5)
    try:
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode("utf-8")
    finally:
        connection.close()


def test_preview_serves_page_with_its_script(live):
    status, headers, text = get(live, "/a/?q=1")
    assert status == 200 and headers["Content-Type"] == "text/html; charset=utf-8"
    assert text == '<body>A<script src="/.preview/preview.js" data-version="1"></script></body>'
    assert headers["Cache-Control"] == "no-store"
    status, headers, _ = get(live, "/.preview/preview.js")
    assert (status, headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert get(live, "/a")[:1] == (301,) and get(live, "/a")[1]["Location"] == "/a/"
    assert get(live, "/a/b.txt")[2] == "å"


@pytest.mark.parametrize("path", ["/borta/", "/../hemligt.txt", "/%2e%2e/hemligt.txt", "/a/b/"])
def test_preview_path_outside_folder_is_404(live, path):
    status, _, text = get(live, path)
    assert status == 404 and "Finns inte" in text


def test_preview_foreign_host_name_is_forbidden(live):
    assert get(live, "/", "ond.example")[0] == 403
    assert get(live, "/", "localhost:1")[0] == 200


def state(live, version, findings_hash):
    return json.loads(
        get(live, f"/.preview/state?version={version}&findings_hash={findings_hash}")[2]
    )


def test_a_page_learns_of_findings_and_of_the_next_version(live, tmp_path):
    first = state(live, "1", "")
    assert first["text"] == "" and first["version"] == "1"
    live.set_findings(["a.md:1: fel"])
    answer = state(live, "1", first["findings_hash"])
    assert answer["text"] == "Bygget skulle stoppas. Rätta:\na.md:1: fel"
    live.set_findings([f"a.md:{n}: fel" for n in range(20)], stale=True)
    text = state(live, "1", answer["findings_hash"])["text"]
    assert text.startswith("Den förra versionen visas. Rätta:") and "12 till" in text
    live.set_findings([])
    assert state(live, "1", answer["findings_hash"])["text"] == ""
    timer = threading.Timer(0.05, live.show, [tmp_path / "2"])
    timer.start()
    assert state(live, "1", live.findings_hash)["version"] == "2"


def test_the_script_may_ask_though_the_page_has_a_policy(live):
    (live.root / "a/index.html").write_text(f'<meta content="{PAGE_POLICY}"><body>A</body>')
    assert f"""<meta content="{PAGE_POLICY}; connect-src 'self'">""" in get(live, "/a/")[2]
