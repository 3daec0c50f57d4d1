"""servers/nginx.conf in a real nginx on loopback: on a host of its own, over TLS, in a folder."""

from __future__ import annotations

import gzip
import http.client
import os
import socket
import ssl
import subprocess
from pathlib import Path

import pytest
import trustme

from scripts.delivery.server_files import SNIPPETS
from scripts.site.csp import PAGE_POLICY
from tests.conftest import FOLDER, ROOT
from tests.machine import find_nginx

pytestmark = pytest.mark.slow

SNIPPET = (SNIPPETS / "nginx.conf").read_text(encoding="utf-8")
SITE = "/srv/sajten/site"
SHORT = "public, max-age=60, must-revalidate"
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def in_folder(snippet: str, site: Path) -> str:
    """Return the snippet as its first lines say that it is written for a folder of a host."""
    before, after = snippet.split(f"root {SITE};")
    rows = [row for row in after.split("\n") if "Strict-Transport-Security" not in row]
    inner = "\n".join([f"alias {site}/;", *rows]).replace("/404.html", f"{FOLDER}404.html")
    (slash,) = (row[4:] for row in before.split("\n") if "return 308" in row)
    slash = slash.replace("/kunskap/", FOLDER).replace("/kunskap ", f"{FOLDER[:-1]} ")
    return f"{before}\n{slash}\nlocation ^~ {FOLDER} {{\n{inner}\n}}"


@pytest.fixture(scope="module")
def nginx(garden, garden_in_a_folder, tmp_path_factory):
    """nginx with the built garden on three ports; yields its folder and the ports by name.

    The sockets are made here and handed over, as nginx does when it upgrades itself: they take
    connections before it has started, so nothing waits for a server to come up.
    """
    program, folder = find_nginx(), tmp_path_factory.mktemp("nginx")
    assert program, "nginx saknas: python3 scripts/test.py hämtar det"
    certificate = trustme.CA().issue_cert("localhost")
    certificate.private_key_and_cert_chain_pem.write_to_path(folder / "both.pem")
    own = SNIPPET.replace(SITE, str(garden.site))
    tls = f"ssl_certificate {folder}/both.pem; ssl_certificate_key {folder}/both.pem;"
    servers = {
        "root": ("", own),
        "tls": ("ssl", f"{tls}\n{own}"),
        # a host with rules of its own, which must not reach into our folder, nor ours out of it
        "folder": (
            "",
            in_folder(SNIPPET, garden_in_a_folder.site)
            + '\nlocation / { return 200 "the host\'s own"; }\nlocation ~ \\.xml$ { return 403; }',
        ),
    }
    sockets = {name: socket.create_server(("127.0.0.1", 0)) for name in servers}
    ports = {name: opened.getsockname()[1] for name, opened in sockets.items()}
    blocks = "\n".join(
        f"server {{ listen 127.0.0.1:{ports[name]} {more};\n{text}\n}}"
        for name, (more, text) in servers.items()
    )
    paths = "\n".join(f'{kind}_temp_path "{folder}/{kind}";' for kind in TEMPORARY)
    settings = folder / "nginx.conf"
    settings.write_text(
        f'daemon off; master_process off; pid "{folder}/pid";\n'
        f'error_log "{folder}/error.log" warn; events {{ worker_connections 256; }}\n'
        f'http {{ access_log "{folder}/access.log";\n{paths}\n{blocks}\n}}\n'
    )
    command = [program, "-p", folder, "-c", settings]
    checked = subprocess.run([*command, "-t", "-q"], capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")
    handed = [opened.fileno() for opened in sockets.values()]
    process = subprocess.Popen(
        [*command, "-e", folder / "error.log"],
        env={**os.environ, "NGINX": "".join(f"{number};" for number in handed)},
        pass_fds=handed,
        stderr=subprocess.DEVNULL,
    )
    for opened in sockets.values():
        opened.close()
    try:
        yield folder, ports
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def ask(nginx):
    """Return a function that sends one request, the path as it is, and returns the answer."""

    def ask(path: str, server: str = "root", method: str = "GET", **headers: str):
        port = nginx[1][server]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        if server == "tls":
            trust = ssl.create_default_context()
            trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
            connection = http.client.HTTPSConnection("127.0.0.1", port, context=trust, timeout=5)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    return ask


def wrong_headers(answer, cache: str = SHORT) -> dict[str, str]:
    """Return the headers that aren't what every file is sent with."""
    wanted = {
        "Content-Security-Policy": PAGE_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": cache,
        "Server": "nginx",
    }
    got = {name: ", ".join(answer.headers.get_all(name, [])) for name in wanted}
    return {name: got[name] for name in wanted if got[name] != wanted[name]}


KINDS = {
    "": "text/html; charset=utf-8",
    "odla/host.txt": "text/plain; charset=utf-8",
    "andringar.xml": "application/xml; charset=utf-8",
    "assets/icon.svg": "image/svg+xml",
    "assets/images/favicon.png": "image/png",
    "kolonilotten.zip": "application/zip",
}


@pytest.mark.parametrize(("server", "start"), [("root", "/"), ("tls", "/"), ("folder", FOLDER)])
def test_nginx_serves_the_site_with_types_headers_and_caching(ask, garden, server, start):
    for path, kind in KINDS.items():
        answer = ask(start + path, server)
        assert (answer.status, answer.getheader("Content-Type")) == (200, kind), path
        assert wrong_headers(answer) == {}, path
        always_tls = "max-age=63072000" if server == "tls" else None
        assert answer.getheader("Strict-Transport-Security") == always_tls, path
    for suffix, kind in ((".css", "text/css"), (".js", "text/javascript")):
        (file,) = (f for f in (garden.site / "assets").glob(f"every-page.*{suffix}"))
        answer = ask(f"{start}assets/{file.name}", server)
        assert answer.getheader("Content-Type") == f"{kind}; charset=utf-8"
        assert wrong_headers(answer, "public, max-age=31536000, immutable") == {}
        gone = ask(f"{start}assets/site.0123456789{suffix}", server)
        assert gone.status == 404 and wrong_headers(gone) == {}, "that it is missing isn't kept"
    slash = ask(start + "om/kontakt", server)
    assert (slash.status, slash.getheader("Location")) == (301, start + "om/kontakt/")


def test_nginx_sends_text_compressed_to_who_takes_it(ask):
    for path in ("/om/kontakt/", "/andringar.xml", "/finns/inte"):
        plain, packed = ask(path), ask(path, Accept_Encoding="gzip, deflate")
        assert plain.getheader("Content-Encoding") is None
        assert packed.getheader("Content-Encoding") == "gzip"
        assert packed.getheader("Vary") == "Accept-Encoding"
        assert gzip.decompress(packed.body) == plain.body and wrong_headers(packed) == {}


@pytest.mark.parametrize(
    "path",
    ["finns/inte/", "assets/", "404.html", ".htaccess", ".git/config", "om/.hemlig", "web.config"],
)
@pytest.mark.parametrize(("server", "start"), [("root", "/"), ("folder", FOLDER)])
def test_nginx_answers_404_with_the_sites_own_page(ask, server, start, path):
    answer = ask(start + path, server)
    assert answer.status == 404 and b"Sidan finns inte" in answer.body
    assert f'href="{start}om/kontakt/"'.encode() in answer.body, "links work at any depth"
    assert wrong_headers(answer) == {}


def test_nginx_in_a_folder_leaves_the_rest_to_the_host(ask):
    answer = ask(FOLDER.rstrip("/"), "folder")
    assert (answer.status, answer.getheader("Location")) == (308, FOLDER)
    assert ask("/", "folder").body == b"the host's own"
    assert ask("/x.xml", "folder").status == 403
    assert ask(FOLDER + "x.xml", "folder").status == 404, "the host's rule isn't ours"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nginx_takes_nothing_sent_to_it(ask, method):
    assert ask("/om/kontakt/", method=method).status == 405


def test_nginx_keeps_no_record_of_readers(ask, nginx):
    logs = [nginx[0] / name for name in ("access.log", "error.log")]
    before = [log.read_text() for log in logs]
    for server, start in (("root", "/"), ("tls", "/"), ("folder", FOLDER)):
        for path in ("", "om/ord/?q=%C3%A5", "finns/inte"):
            ask(start + path, server)
    assert [log.read_text() for log in logs] == before
    ask("/", "folder")
    assert logs[0].read_text() != before[0], "the host's own pages are its own business"


def test_nginx_takes_the_whole_configuration_of_the_image(tmp_path):
    text = (ROOT / ".ci/nginx.conf").read_text(encoding="utf-8")
    (tmp_path / "site.conf").write_text(SNIPPET, encoding="utf-8")
    for there, here in {
        "/tmp/": f"{tmp_path}/",  # first, as tmp_path may be below it
        "/etc/nginx/": f"{tmp_path}/",
        "listen 8080": f"listen unix:{tmp_path}/socket",
    }.items():
        assert there in text
        text = text.replace(there, here)
    (tmp_path / "nginx.conf").write_text(text)
    command = [find_nginx(), "-t", "-q", "-p", tmp_path, "-c", tmp_path / "nginx.conf"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
