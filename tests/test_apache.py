"""The built .htaccess in Debian's Apache, where scripts/test.py could unpack one."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import time
from dataclasses import replace

import pytest

from scripts.build_redirects import Redirect
from scripts.build_server_files import CONTENT_TYPES, FILE_TYPES, Publication, htaccess
from scripts.test import APACHE_FOLDER
from tests.conftest import ROOT

PROGRAM = APACHE_FOLDER / "usr/sbin/apache2"
MODULES = ("mpm_event", "authz_core", "dir", "mime", "alias", "headers", "rewrite")
LIBRARIES = sorted({str(file.parent) for file in APACHE_FOLDER.glob("usr/lib/*/libapr*.so*")})
# It refuses to serve as root, so root is given another name: one that may read the same files.
NAMED = ["unshare", "--user", "--map-user=1000", "--map-group=1000"] if os.geteuid() == 0 else []
FOLDER = "/kunskap/betanketid/"
MOVED = Redirect("gammal sida/", "om/lanka/#på plats", 308)


def runs() -> bool:
    environment = {**os.environ, "LD_LIBRARY_PATH": ":".join(LIBRARIES)}
    command = [*NAMED, str(PROGRAM), "-v"]
    if not PROGRAM.is_file() or not shutil.which(command[0]):
        return False
    return subprocess.run(command, env=environment, capture_output=True).returncode == 0


pytestmark = pytest.mark.skipif(not runs(), reason="Apache finns inte här, eller får inte köra")


@pytest.fixture(scope="module")
def ask(site, tmp_path_factory):
    """Return a function that asks the site in a folder of Apache's, with its answer's body."""
    folder = tmp_path_factory.mktemp("apache")
    shutil.copytree(site, served := folder / "site")
    own = Publication.of(ROOT / "docs", site, f"https://kommun.example{FOLDER}", "'self'")
    published = replace(own, redirects=[*own.redirects, MOVED])
    (served / ".htaccess").write_text(htaccess(published), encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    modules = APACHE_FOLDER / "usr/lib/apache2/modules"
    loaded = "\n".join(f'LoadModule {m}_module "{modules}/mod_{m}.so"' for m in MODULES)
    (folder / "conf").write_text(
        f"""\
ServerName localhost
Listen 127.0.0.1:{port}
PidFile "{folder}/pid"
ErrorLog "{folder}/error.log"
{loaded}
TypesConfig /dev/null
Alias "{FOLDER}" "{served}/"
<Directory "{served}">
AllowOverride All
Require all granted
</Directory>
"""
    )
    process = subprocess.Popen(
        [*NAMED, PROGRAM, "-X", "-d", folder, "-f", folder / "conf"],
        env={**os.environ, "LD_LIBRARY_PATH": ":".join(LIBRARIES)},
        stderr=subprocess.DEVNULL,
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
    try:
        for _ in range(100):
            try:
                ask("")
                break
            except ConnectionRefusedError:
                time.sleep(0.1)
        yield ask
    finally:
        process.terminate()
        process.wait()


@pytest.mark.parametrize("path", [
    "", "checklistor/barn.txt", "granskning.json", "sitemap.xml", *FILE_TYPES, "assets/icon.svg",
    "skriv-ut/fickkort.pdf", "finns/inte",
])  # fmt: skip
def test_each_kind_of_file_has_its_type_and_headers_however_it_is_packed(ask, path):
    file = "index.html" if path in ("", "finns/inte") else path
    for accepted in ("identity", "gzip", "gzip, br"):
        answer = ask(path, Accept_Encoding=accepted)
        assert answer.status == (404 if path == "finns/inte" else 200)
        kind = FILE_TYPES.get(path) or CONTENT_TYPES["." + file.rpartition(".")[2]]
        assert answer.getheader("Content-Type") == kind
        for name, value in ask.published.headers(file).items():
            assert answer.headers.get_all(name) == [value], name
        if file.endswith((".html", ".json", ".xml")):
            packed = {"identity": None, "gzip": "gzip", "gzip, br": "br"}[accepted]
            assert answer.getheader("Content-Encoding") == packed
            assert answer.getheader("Vary") == "Accept-Encoding"


@pytest.mark.parametrize("said", ["br;q=0", "gzip; q=0.0", "br;q=0,gzip;q=0.000"])
def test_what_the_reader_refuses_is_not_sent(ask, said):
    assert ask("kontakt/", Accept_Encoding=said).getheader("Content-Encoding") is None
    assert ask("kontakt/", Accept_Encoding="br;q=0.5").getheader("Content-Encoding") == "br"


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("p/tecken", "upptacka/tecken/"),
        ("p/sok/?q=%C3%A5", "om/index-a-o/?q=%C3%A5"),
        ("p/akut", "upptacka/forsta-dygnet/#fara"),
        ("p/akut?q=1", "upptacka/forsta-dygnet/?q=1#fara"),
        ("gammal%20sida/", "om/lanka/#p%C3%A5%20plats"),
        ("gammal%20sida?a=%20b", "om/lanka/?a=%20b#p%C3%A5%20plats"),
    ],
)
def test_it_sends_readers_on_with_what_they_searched_for(ask, path, to):
    answer = ask(path)
    assert answer.status == 308
    assert answer.getheader("Location").partition(FOLDER)[2] == to


@pytest.mark.parametrize(
    "path", [".htaccess", "_headers", "_redirects", "web.config", ".git/x", "assets/", "p/"]
)
def test_what_is_not_for_readers_is_not_found(ask, path):
    answer = ask(path)
    assert answer.status == 404 and b"Sidan finns inte" in answer.body
