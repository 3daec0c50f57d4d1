"""The built .htaccess in Debian's Apache, which scripts/test.py unpacks."""

from __future__ import annotations

import http.client
import shutil
import socket
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.publish.redirects import Redirect
from scripts.publish.servers.folder import htaccess
from scripts.publish.servers.headers import CONTENT_TYPES
from tests.conftest import FOLDER, Garden, publication
from tests.machine import apache_environment, find_apache, is_debian

MODULES = ("mpm_event", "authz_core", "dir", "mime", "alias", "headers", "rewrite")
MOVED = Redirect("gammal sida/", "om/lanka/#på plats")

pytestmark = pytest.mark.skipif(not is_debian(), reason="the Apache tried is Debian's")


@pytest.fixture(scope="module")
def ask(garden):
    """Return a function that asks the site in a folder of Apache's, with its answer's body."""
    apache = find_apache()
    assert apache, "Apache saknas: python3 scripts/test.py hämtar den"
    with tempfile.TemporaryDirectory() as name:
        yield from served_by(apache, garden, Path(name))


def served_by(apache: Path, garden: Garden, folder: Path):
    shutil.copytree(garden.site, served := folder / "site")
    own = publication(garden, f"https://kommun.example{FOLDER}", frame_ancestors="'self'")
    published = replace(own, redirects=[*own.redirects, MOVED])
    (served / ".htaccess").write_text(htaccess(published), encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    modules = apache / "usr/lib/apache2/modules"
    loaded = "\n".join(f'LoadModule {m}_module "{modules}/mod_{m}.so"' for m in MODULES)
    (folder / "conf").write_text(
        f"""\
ServerName localhost
Listen 127.0.0.1:{port}
PidFile "{folder}/pid"
ErrorLog /dev/stderr
LogLevel notice
User #65534
Group #65534
{loaded}
TypesConfig /dev/null
Alias "{FOLDER}" "{served}/"
<Directory "{served}">
AllowOverride All
Require all granted
</Directory>
"""
    )
    # Root's Apache serves as nobody, who may not look into what is root's own.
    for path in (folder, served, *served.rglob("*")):
        path.chmod(0o755)
    process = subprocess.Popen(
        [apache / "usr/sbin/apache2", "-DFOREGROUND", "-d", folder, "-f", folder / "conf"],
        env=apache_environment(apache),
        stderr=subprocess.PIPE,
        text=True,
    )

    def ask(path: str, method: str = "GET", **headers: str):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, FOLDER + path, headers=named)
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    ask.published = published
    with process:
        try:
            told = ""
            while "resuming normal operations" not in told:  # it listens before it says so
                told = process.stderr.readline()
                assert told, "Apache gav upp"
            yield ask
        finally:
            process.terminate()


@pytest.mark.parametrize("path", [
    "", "odla/host.txt", "granskning.json", "sitemap.xml", "andringar.xml", "assets/icon.svg",
    "om/skriv-ut/fickkort.pdf", "finns/inte",
])  # fmt: skip
def test_each_kind_of_file_has_its_type_and_headers_however_it_is_packed(ask, path):
    file = "index.html" if path in ("", "finns/inte") else path
    for accepted in ("identity", "gzip", "gzip, br"):
        answer = ask(path, Accept_Encoding=accepted)
        assert answer.status == (404 if path == "finns/inte" else 200)
        kind = CONTENT_TYPES["." + file.rpartition(".")[2]]
        assert answer.getheader("Content-Type") == kind
        for name, value in ask.published.headers(file).items():
            assert answer.headers.get_all(name) == [value], name
        if file.endswith((".html", ".json", ".xml")):
            packed = {"identity": None, "gzip": "gzip", "gzip, br": "br"}[accepted]
            assert answer.getheader("Content-Encoding") == packed
            assert answer.getheader("Vary") == "Accept-Encoding"


@pytest.mark.parametrize("said", ["br;q=0", "gzip; q=0.0", "br;q=0,gzip;q=0.000"])
def test_what_the_reader_refuses_is_not_sent(ask, said):
    assert ask("om/kontakt/", Accept_Encoding=said).getheader("Content-Encoding") is None
    assert ask("om/kontakt/", Accept_Encoding="br;q=0.5").getheader("Content-Encoding") == "br"


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("p/fraga", "om/kontakt/"),
        ("p/sok/?q=%C3%A5", "om/ord/?q=%C3%A5"),
        ("p/vatten", "odla/tomat/#vattna"),
        ("p/vatten?q=1", "odla/tomat/?q=1#vattna"),
        ("gammal%20sida/", "om/lanka/#p%C3%A5%20plats"),
        ("gammal%20sida?a=%20b", "om/lanka/?a=%20b#p%C3%A5%20plats"),
    ],
)
def test_it_sends_readers_on_with_what_they_searched_for(ask, path, to):
    answer = ask(path)
    assert answer.status == 308
    assert answer.getheader("Location").partition(FOLDER)[2] == to


@pytest.mark.parametrize("path", [".htaccess", "web.config", ".git/x", "assets/", "p/"])
def test_what_is_not_for_readers_is_not_found(ask, path):
    answer = ask(path)
    assert answer.status == 404 and b"Sidan finns inte" in answer.body
